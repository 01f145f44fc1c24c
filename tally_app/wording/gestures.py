"""What a gesture is called, in the Undo menu and in the history."""

from tally_app.document.edit import Edit
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

_VERBS = {"paste": "Paste", "clear": "Clear", "fill": "Fill with 0", "enter": "Enter"}


def gesture_text(names: Names, edit: Edit) -> str:
    """Name an edit: ``Enter 170 · Region 5 · Takeo · KWP``, ``Paste 12 cells · …``."""
    if edit.stated:
        key, _, new = edit.stated[0]
        about = key.party or names.figure(key.figure)
        place = names.region(key.region) if key.region else "Chamber"
        verb = f"State {new}" if new is not None else "Remove stated figure"
        return " · ".join((verb, place, about))
    first = edit.cells[0]
    verb = _VERBS[edit.gesture]
    if len(edit.cells) == 1:
        what = f"{verb} {grouped(first.new)}" if edit.gesture == "enter" and first.new is not None else verb
        if edit.gesture == "enter" and first.new is None:
            what = "Clear"
    else:
        what = f"{verb}, {counted(len(edit.cells), 'cell', 'cells')}"
    return f"{what} · {names.cell(first.cell)}"
