"""The open document: the only mutator. Journal first, then the books, then an event to whoever listens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange, FigureKey, StatedChange
from tally_app.count.statements import Statements
from tally_app.document.edit import (
    Edit,
    EditRefused,
    LotChange,
    check_lot,
    check_stated,
    check_votes,
    lot_payload,
    payload,
)
from tally_app.document.live import LiveResults
from tally_app.document.lots import KIND as LOT
from tally_app.document.lots import Lot, lot_from_record
from tally_app.storage.events import FIGURES, Head, Stamp
from tally_app.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class FiguresChanged:
    """Figures were entered, or a lot recorded, durably."""

    edit: Edit
    regions: frozenset[int]
    saved: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The open cell's digits changed, or the draft is gone (*cell* is then where it was); None: a stated figure's."""

    cell: Cell | None
    region: int


DocumentEvent = FiguresChanged | DraftChanged
Listener = Callable[[DocumentEvent], None]


class Clock(Protocol):
    """Tells the time, with its zone."""

    def __call__(self) -> datetime:
        """Now."""


class Document:
    """An election being counted: its books, live results and journal."""

    def __init__(self, journal: Journal, clock: Clock, operator: str, origin: str) -> None:
        self.election = journal.election
        self.operator = operator
        self._origin = origin
        self._journal = journal
        self._clock = clock
        self.book = BallotBook(self.election, journal.values())
        self.statements = Statements(journal.stated())
        self._lots = {region: lot_from_record(record) for region, record in journal.records(LOT).items()}
        self.live = LiveResults(self.election, self.book, self.statements, self._lots)
        self._listeners: list[Listener] = []

    @property
    def training(self) -> bool:
        """Is this a training file?"""
        return self._journal.training

    @property
    def read_only(self) -> bool:
        """Can nothing be entered?"""
        return self._journal.read_only

    @property
    def head(self) -> Head:
        """The journal's last event."""
        return self._journal.head

    def subscribe(self, listener: Listener) -> None:
        """Call *listener* with every later event."""
        self._listeners.append(listener)

    def edit_cells(self, gesture: str, cells: Mapping[Cell, int | None]) -> Edit:
        """Return the edit that gives *cells* these values, without those that have them already.

        Raises: EditRefused: a number is out of range.
        """
        changes = []
        for cell, new in cells.items():
            check_votes(new)
            old = self.book.value(cell)
            if old != new:
                changes.append(CellChange(cell, old, new))
        return Edit(gesture, tuple(changes))

    def edit_stated(self, key: FigureKey, text: str | None) -> Edit:
        """Return the edit that makes a source state *text*, as printed; None: it states nothing.

        Raises: EditRefused: the text is not such a figure.
        """
        check_stated(key, text)
        old = self.statements.value(key)
        changes = () if old == text else (StatedChange(key, old, text),)
        return Edit("state", (), changes)

    def lot(self, region: str) -> Lot | None:
        """Return the lot that is recorded for a region, by its key."""
        return self._lots.get(region)

    def edit_lot(self, region: str, lot: Lot | None) -> Edit:
        """Return the edit that records a lot for a region's open tie; None takes the recorded one out.

        Raises: EditRefused: there is no such tie, or no lot can give these seats.
        """
        old = self._lots.get(region)
        if lot is not None:
            check_lot(self.election, self.live.committed_region(self.election.region_index[region]), lot)
        return Edit("lot", lot=LotChange(region, old, lot) if lot != old else None)

    def commit(self, edit: Edit, *, undoes: int | None = None, reason: str = "") -> FiguresChanged | None:
        """Make an edit durable, then visible. Silent, and None, when it changes nothing.

        Raises: EditRefused: something else changed these figures meanwhile. StorageError: it could not be written;
            nothing was changed.
        """
        if not edit:
            return None
        self._refuse_stale(edit)
        now = self._clock()
        stamp = Stamp(now, self.operator, self._origin)
        if edit.lot is not None:
            event = self._journal.append(LOT, lot_payload(edit.lot, undoes, reason), stamp)
            self._put_lot(edit.lot)
        else:
            event = self._journal.append(FIGURES, payload(self.election, edit, undoes, reason), stamp)
        self.book.put(edit.cells)
        self.statements.put(edit.stated)
        regions = self.live.refresh(edit.cells, edit.stated, [edit.lot.region] if edit.lot else ())
        changed = FiguresChanged(edit, regions, now, event.seq)
        self._tell(changed)
        return changed

    def draft(self, cell: Cell, value: int | None) -> None:
        """Let the digits typed so far count in every result, without entering them."""
        self.live.set_draft(cell, value)
        self._tell(DraftChanged(cell, self.election.region_of(cell.row)))

    def draft_stated(self, key: FigureKey, text: str | None) -> None:
        """Let a region's stated figure count as typed so far, without taking it down.

        Raises: EditRefused: the text is not such a figure.
        """
        check_stated(key, text)
        self.live.set_stated_draft(key, text)
        if key.region is not None:
            self._tell(DraftChanged(None, self.election.region_index[key.region]))

    def drop_draft(self) -> None:
        """Take the draft back; everything returns to what is entered."""
        draft, stated = self.live.draft, self.live.stated_draft
        self.live.clear_draft()
        if draft is not None:
            self._tell(DraftChanged(draft.change.cell, draft.region.region))
        elif stated is not None:
            self._tell(DraftChanged(None, stated.region.region))

    @property
    def fully_checked(self) -> bool:
        """Was everything in the file checked when it was opened?"""
        return self._journal.fully_checked

    def save_copy(self, target: Path) -> None:
        """Write a compact, re-read, verified copy.

        Raises: StorageError: there is no copy; this file is as it was.
        """
        self._journal.save_copy(target)

    def close(self) -> None:
        """Close the file, complete in itself."""
        self._journal.close()

    def _put_lot(self, change: LotChange) -> None:
        if change.new is None:
            self._lots.pop(change.region, None)
        else:
            self._lots[change.region] = change.new

    def _refuse_stale(self, edit: Edit) -> None:
        if edit.lot is not None and self._lots.get(edit.lot.region) != edit.lot.old:
            raise EditRefused("changed-meanwhile", region=edit.lot.region)
        for cell, old, _ in edit.cells:
            if self.book.value(cell) != old:
                raise EditRefused("changed-meanwhile", cell=cell)
        for key, text, _ in edit.stated:
            if self.statements.value(key) != text:
                raise EditRefused("changed-meanwhile", key=key)

    def _tell(self, event: DocumentEvent) -> None:
        for listener in list(self._listeners):
            listener(event)
