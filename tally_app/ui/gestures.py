"""What a person does to the figures: each gesture one event in the journal and one step of Undo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.lots import Lot
from tally_app.storage.errors import StorageError
from tally_app.wording.gestures import gesture_text
from tally_app.wording.names import Names
from tally_app.wording.refusals import edit_refusal


class EditCommand(QUndoCommand):
    """One gesture on the undo stack. It is committed before it is pushed, so its first redo has nothing to do."""

    def __init__(self, gestures: "Gestures", edit: Edit, seq: int, text: str) -> None:
        super().__init__(text)
        self._gestures = gestures
        self._edit = edit
        self._seq = seq
        self._already_done = True

    def undo(self) -> None:
        """Commit the inverse."""
        if self._already_done:
            self._already_done = False
            return
        if not self._gestures.commit(self._edit.inverse(), "undo", self._seq):
            self._already_done = True  # the stack has moved on: whoever called moves it back, without effect

    def redo(self) -> None:
        """Commit the edit again."""
        if self._already_done:
            self._already_done = False
            return
        if not self._gestures.commit(self._edit, "redo", self._seq):
            self._already_done = True

    @property
    def failed(self) -> bool:
        """Did the last undo or redo change nothing?"""
        return self._already_done


class Gestures(QObject):
    """Turns gestures into edits of the document and keeps the undo stack."""

    refused = Signal(str)
    """A gesture made no sense; nothing changed. Carries the hint."""
    went_back = Signal(object)
    """Undo or redo committed this Edit."""
    failed = Signal(str)
    """The file could not be written; nothing changed. Carries the message."""

    def __init__(self, document: Document, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self.stack = QUndoStack(self)

    def enter(self, cell: Cell, value: int | None) -> bool:
        """Enter a number into one cell; None makes it *not entered*. True if the cell now holds it."""
        return self._cells("enter", {cell: value})

    def clear(self, cells: Iterable[Cell]) -> bool:
        """Make cells *not entered*."""
        return self._cells("clear", dict.fromkeys(cells))

    def paste(self, corner: Cell, block: Sequence[Sequence[int | None]]) -> bool:
        """Enter a block of figures, its first one into *corner*. Its empty cells leave what is there."""
        figures = {
            Cell(corner.row + r, corner.column + c): value
            for r, line in enumerate(block)
            for c, value in enumerate(line)
            if value is not None
        }
        return self._cells("paste", figures)

    def fill_zero(self, row: int) -> bool:
        """Fill a unit's empty vote cells with 0: parties, blank, invalid; never registered voters or ballots cast."""
        cells = [Cell(row, column) for column in self._document.election.ballot_columns]
        empty = [cell for cell in cells if self._document.book.value(cell) is None]
        if not empty:
            self.refused.emit(self.tr("This row has no empty vote cell."))
            return False
        return self._cells("fill", dict.fromkeys(empty, 0))

    def state(self, key: FigureKey, text: str | None) -> bool:
        """Take down what a source states, as printed; None takes it out."""
        try:
            edit = self._document.edit_stated(key, text)
        except EditRefused as refused:
            self.refused.emit(edit_refusal(self._names, refused))
            return False
        return self.submit(edit)

    def record_lot(self, region: str, lot: Lot | None) -> bool:
        """Record the lot that was drawn for a region's tie, by the region's key; None takes the recorded one out."""
        try:
            edit = self._document.edit_lot(region, lot)
        except EditRefused as refused:
            self.refused.emit(edit_refusal(self._names, refused))
            return False
        return self.submit(edit)

    def undo(self) -> None:
        """Take the last gesture back."""
        command = self.stack.command(self.stack.index() - 1) if self.stack.canUndo() else None
        self.stack.undo()
        if isinstance(command, EditCommand) and command.failed:
            self.stack.redo()

    def redo(self) -> None:
        """Do the gesture that was taken back again."""
        command = self.stack.command(self.stack.index()) if self.stack.canRedo() else None
        self.stack.redo()
        if isinstance(command, EditCommand) and command.failed:
            self.stack.undo()

    def commit(self, edit: Edit, gesture: str, undoes: int) -> bool:
        """Commit an edit of the undo stack; False if nothing changed."""
        done = replace(edit, gesture=gesture)
        if self._commit(done, undoes) is None:
            return False
        self.went_back.emit(done)
        return True

    def _cells(self, gesture: str, cells: Mapping[Cell, int | None]) -> bool:
        try:
            edit = self._document.edit_cells(gesture, cells)
        except EditRefused as refused:
            self.refused.emit(edit_refusal(self._names, refused))
            return False
        return self.submit(edit)

    def submit(self, edit: Edit, reason: str = "", *, undoable: bool = True) -> bool:
        """Commit an edit, and put it on the undo stack unless it is one that only another act takes back."""
        if not edit:
            return True
        seq = self._commit(edit, None, reason)
        if seq is None:
            return False
        if undoable:
            self.stack.push(EditCommand(self, edit, seq, gesture_text(self._names, edit)))
        return True

    def _commit(self, edit: Edit, undoes: int | None, reason: str = "") -> int | None:
        try:
            changed = self._document.commit(edit, undoes=undoes, reason=reason)
        except EditRefused as refused:
            self.refused.emit(edit_refusal(self._names, refused))
        except StorageError as error:
            self.failed.emit(str(error))
        else:
            return changed.seq if changed else None
        return None
