"""A unit's second entry against its first: E106, field by field."""

from collections.abc import Iterator, Mapping

from tally_app.checks.entry import Form
from tally_app.checks.finding import Finding

Values = tuple[int | None, ...]
"""One unit's figures by column; None is not entered."""


def check_second(form: Form, second: Values, settled: Mapping[str, int | None]) -> Iterator[Finding]:
    """E106: the second entry differs from the first, once both are complete.

    *settled*: by column key, what was read from the paper where they differed.
    """
    for key in differing(form, second, settled):
        column = form.election.column_index[key]
        yield form.finding("E106", key, first=form.values[column], second=second[column])


def differing(form: Form, second: Values, settled: Mapping[str, int | None]) -> list[str]:
    """Return the keys of the columns in which two complete entries differ, in form order; none before that.

    A column is settled while the first entry has the figure that was read from the paper.
    """
    if form.missing or Form(form.election, form.region, form.row, second).missing:
        return []
    return [
        column.key
        for column, one, other in zip(form.election.columns, form.values, second, strict=True)
        if one != other and not (column.key in settled and settled[column.key] == one)
    ]
