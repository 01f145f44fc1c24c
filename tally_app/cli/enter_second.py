"""``tally-app enter --second``: a form typed a second time, by somebody else. Nothing of the first entry is told."""

from collections.abc import Iterator

from msgspec import Struct

from tally_app.cli.changes import Change, change_lines
from tally_app.cli.figures import Target
from tally_app.document.document import Document, FiguresChanged
from tally_app.document.second_entry import UnitState, second_edit
from tally_app.wording.names import Names


class EnteredAgain(Struct, frozen=True):
    """What ``enter --second --json`` writes. *event* is null if every figure was there already. *state*: now."""

    region: str
    unit: str
    operator: str
    changes: list[Change]
    event: int | None
    state: str


def enter_again(document: Document, target: Target) -> EnteredAgain:
    """Type figures of a second entry; they are on the disk when this returns. Raises: EditRefused."""
    election, second = document.election, document.second
    edit = second_edit(election, document.book, second, document.operator, target.cells)
    before = second.figures(target.row)
    changed: FiguresChanged | None = document.commit(edit)
    cells = target.cells.items() if changed is not None else ()
    changes = [
        Change(election.columns[cell.column].key, before[cell.column], new)
        for cell, new in cells
        if before[cell.column] != new
    ]
    return EnteredAgain(
        region=election.regions[target.region].key,
        unit=election.unit(target.row).key,
        operator=document.operator,
        changes=changes,
        event=changed.seq if changed is not None else None,
        state=document.states.state(target.row),
    )


def lines(document: Document, row: int, value: EnteredAgain) -> Iterator[str]:
    """Say what was typed, and whether the entries agree; never where they do not."""
    names = Names(document.election)
    yield f"{names.region(value.region)} · {names.unit(row)}, second entry"
    yield from change_lines(names, value.changes, value.event)
    yield _OUTCOMES.get(UnitState(value.state), "The form is not complete yet.")


_OUTCOMES = {
    UnitState.VERIFIED: "Both entries agree: verified.",
    UnitState.DIFFERS: "The two entries of this form differ: somebody settles it from the paper.",
}
