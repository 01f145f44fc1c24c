"""What a second clerk does to the figures: the same gestures, on second entries, in the same undo list."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.second_entry import second_edit
from tally_app.ui.gestures import Gestures
from tally_app.wording.names import Names
from tally_app.wording.refusals import edit_refusal


class SecondGestures(Gestures):
    """Turns gestures into edits of second entries; the window's own gestures commit and undo them."""

    def __init__(self, document: Document, names: Names, main: Gestures, parent: QObject | None = None) -> None:
        super().__init__(document, names, parent)
        self._main = main
        main.refused.connect(self.refused)

    def fill_zero(self, row: int) -> bool:
        """Fill the empty vote cells of a unit's second entry with 0."""
        figures = self._document.second.figures(row)
        empty = [Cell(row, column) for column in self._document.election.ballot_columns if figures[column] is None]
        if not empty:
            self.refused.emit(self.tr("This row has no empty vote cell."))
            return False
        return self._cells("fill", dict.fromkeys(empty, 0))

    def submit(self, edit: Edit, reason: str = "", *, undoable: bool = True) -> bool:
        """Commit an edit, as one step of the window's Undo."""
        return self._main.submit(edit, reason, undoable=undoable)

    def _cells(self, gesture: str, cells: Mapping[Cell, int | None]) -> bool:  # noqa: ARG002
        document = self._document
        try:
            edit = second_edit(document.election, document.book, document.second, document.operator, cells)
        except EditRefused as refused:
            self.refused.emit(edit_refusal(self._names, refused))
            return False
        return self.submit(edit)
