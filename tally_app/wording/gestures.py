"""What a gesture is called, in the Undo menu and in the history."""

from collections.abc import Mapping

from tally_app.checks.finding import Place
from tally_app.document.edit import Edit
from tally_app.document.explanations import EXPLANATION
from tally_app.document.lots import KIND as LOT
from tally_app.document.lots import lot_from_record
from tally_app.document.records import RecordChange
from tally_app.document.second_entry import SECOND, SETTLEMENT, row_of
from tally_app.document.sources import SOURCE
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, listed

_VERBS = {"paste": "Paste", "clear": "Clear", "fill": "Fill with 0", "enter": "Enter", "repair": "Repair"}


def gesture_text(names: Names, edit: Edit) -> str:
    """Name an edit: ``Enter 170 · Region 5 · Takeo · KWP``, ``Paste, 12 cells · …``, ``Record the lot · …``."""
    if edit.records and edit.gesture != "import":
        return _record_text(names, edit.records[0])
    if edit.stated:
        return _stated_text(names, edit)
    first = edit.cells[0]
    verb = _VERBS[edit.gesture]
    if len(edit.cells) == 1:
        what = f"{verb} {grouped(first.new)}" if edit.gesture == "enter" and first.new is not None else verb
        if edit.gesture == "enter" and first.new is None:
            what = "Clear"
    else:
        what = f"{verb}, {counted(len(edit.cells), 'cell', 'cells')}"
    return f"{what} · {names.cell(first.cell)}"


def won_text(won: Mapping[str, int]) -> str:
    """Say what a lot gave: ``KWP``, ``KWP and FUN``, or with numbers where somebody got several seats."""
    if all(seats == 1 for seats in won.values()):
        return listed(list(won))
    return ", ".join(f"{party} {grouped(seats)}" for party, seats in won.items())


def _stated_text(names: Names, edit: Edit) -> str:
    """Name what is stated: one figure with its place, many by their number."""
    key, _, new = edit.stated[0]
    if len(edit.stated) > 1 or edit.gesture == "import":
        verb = {"import": "Import", "paste": "Paste", "clear": "Remove"}.get(edit.gesture, "State")
        return f"{verb} {counted(len(edit.stated), 'stated figure', 'stated figures')}"
    place = names.place(Place(key.region, key.unit))
    verb = f"State {new}" if new is not None else "Remove stated figure"
    return " · ".join((verb, place, key.party or names.figure(key.figure)))


def _record_text(names: Names, change: RecordChange) -> str:
    """Name what is recorded; of a settlement with its cells, the settlement."""
    if change.kind == LOT:
        return _lot_text(names, change)
    if change.kind in (SECOND, SETTLEMENT):
        unit = names.unit(row_of(names.election, change.key))
        return f"{'Second entry' if change.kind == SECOND else 'Settle the difference'} · {unit}"
    if change.kind == SOURCE:
        name = (change.new or change.old or {}).get("en", change.key)
        return f"{'Add' if change.new is not None else 'Remove'} the source “{name}”"
    if change.kind == EXPLANATION:
        code = (change.new or change.old or {}).get("code", "")
        return f"{'Accept' if change.new is not None else 'Take back the reason of'} {code}"
    return f"{'Record' if change.new is not None else 'Remove'} {change.kind}"


def _lot_text(names: Names, change: RecordChange) -> str:
    place = names.region(change.key)
    if change.new is None:
        return f"Remove the lot · {place}"
    verb = "Record" if change.old is None else "Correct"
    return f"{verb} the lot · {place} · {won_text(lot_from_record(change.new).won)}"
