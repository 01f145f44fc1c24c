"""Changed figures of one unit, as commands tell them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tally_app.cli.output import table
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped


class Change(Struct, frozen=True):
    """A cell before and after; null is *not entered*, which is not 0."""

    column: str
    old: int | None
    new: int | None


def change_lines(names: Names, changes: Sequence[Change], event: int | None) -> Iterator[str]:
    """Say what was changed, and by which event it is saved."""
    if not changes:
        yield "These figures were entered already; nothing was changed."
        return
    rows = [[names.column(change.column), figure_text(change.old), "→", figure_text(change.new)] for change in changes]
    yield from table(["", "before", "", "now"], rows)
    yield f"saved as event {event}"


def figure_text(value: int | None) -> str:
    """Return a figure, or a dash where nothing is entered."""
    return "–" if value is None else grouped(value)
