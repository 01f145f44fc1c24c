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
    check_lot,
    check_stated,
    check_votes,
    lot_change,
    payloads,
)
from tally_app.document.explanations import LONGEST
from tally_app.document.kinds import KINDS
from tally_app.document.known_rows import KNOWN_ROWS
from tally_app.document.late import LateFindings
from tally_app.document.live import LiveResults
from tally_app.document.lots import KIND as LOT
from tally_app.document.lots import Lot, lot_from_record
from tally_app.document.records import RecordBook, same
from tally_app.document.second_entry import SecondEntries
from tally_app.document.signing import Signing, regions_of
from tally_app.document.unit_states import UnitStates
from tally_app.storage.events import Event, Head, Stamp
from tally_app.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class FiguresChanged:
    """Figures were entered, or something recorded, durably. *seq*: number of the edit's first event."""

    edit: Edit
    regions: frozenset[int]
    saved: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The open cell's digits changed, or the draft is gone (*cell* is then where it was); None: a stated figure's."""

    cell: Cell | None
    region: int


@dataclass(frozen=True, slots=True)
class LateFindingsChanged:
    """Findings that take longer than a key press are others now in these regions; *done*: all are, and the repairs."""

    regions: frozenset[int]
    done: bool


DocumentEvent = FiguresChanged | DraftChanged | LateFindingsChanged
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
        self.records = RecordBook(journal, KINDS)
        self._lots = {region: lot_from_record(record) for region, record in self.records.of(LOT).items()}
        self.second = SecondEntries(self.election, self.records, journal if self.election.pack.double_entry else None)
        self.live = LiveResults(self.election, self.book, self.statements, self._lots, self.second)
        self.late = LateFindings(self.election, self.book, self.statements, self.records, self.live)
        self.signing = Signing(self.election, self.book, self.live, self.records, self.second)
        self.states = UnitStates(self.election, self.book, self.second)
        self._listeners: list[Listener] = []
        self._told = journal.head.seq

    @property
    def training(self) -> bool:
        """Is this a training file?"""
        return self._journal.training

    @property
    def read_only(self) -> bool:
        """Can nothing be entered?"""
        return self._journal.read_only

    @property
    def definition_sha256(self) -> str:
        """SHA-256 of the election's definition, hexadecimal."""
        return self._journal.definition_sha256

    @property
    def head(self) -> Head:
        """The journal's last event."""
        return self._journal.head

    def last_event(self) -> Event:
        """Read the journal's last event from where it is kept: everything up to it is safe.

        Raises: StorageError: it cannot be read now.
        """
        return next(self._journal.events(self.head.seq - 1))

    @property
    def in_step(self) -> bool:
        """Was everybody told of all that is in the journal? Not so if the program broke between the two."""
        return self.read_only or self._told == self.head.seq

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
        return Edit("lot", records=(lot_change(region, old, lot),) if lot != old else ())

    def commit(self, edit: Edit, *, undoes: int | None = None, reason: str = "") -> FiguresChanged | None:
        """Make an edit durable, then visible. Silent, and None, when it changes nothing.

        Raises: EditRefused: something else changed these figures meanwhile, or they are signed off, or a reason is
            needed. StorageError: it could not be written; nothing was changed.
        """
        if not edit:
            return None
        self._refuse(edit, reason)
        now = self._clock()
        stamp = Stamp(now, self.operator, self._origin)
        events = self._journal.append_all(payloads(self.election, edit, undoes, reason), stamp)
        self.second.note_clerk(events[0].seq, self.operator, edit, undoes)
        regions = self._take_over(edit)
        changed = FiguresChanged(edit, regions, now, events[0].seq)
        self._tell(changed)
        self._told = self.head.seq
        return changed

    @property
    def now(self) -> datetime:
        """The time by the document's clock."""
        return self._clock()

    def work(self, seconds: float | None = None) -> bool:
        """Compute late findings and repairs for so long, None: to the end; return whether everything is done."""
        regions = self.late.work(seconds)
        if regions or self.late.done:
            self._tell(LateFindingsChanged(regions, self.late.done))
        return self.late.done

    def draft(self, cell: Cell, value: int | None) -> None:
        """Let the digits typed so far count in every result, without entering them."""
        region = self.election.region_of(cell.row)
        self.live.set_draft(cell, value)
        self.late.touch((region,), (), figures=False)
        self._tell(DraftChanged(cell, region))

    def draft_stated(self, key: FigureKey, text: str | None) -> None:
        """Let a region's stated figure count as typed so far, without taking it down.

        Raises: EditRefused: the text is not such a figure.
        """
        check_stated(key, text)
        self.live.set_stated_draft(key, text)
        if key.region is not None:
            region = self.election.region_index[key.region]
            self.late.touch((region,), (), figures=False)
            self._tell(DraftChanged(None, region))

    def drop_draft(self) -> None:
        """Take the draft back; everything returns to what is entered."""
        draft, stated = self.live.draft, self.live.stated_draft
        self.live.clear_draft()
        typed = draft or stated
        if typed is not None:
            region = typed.region.region
            self.late.touch((region,), (), figures=False)
            self._tell(DraftChanged(draft.change.cell if draft is not None else None, region))

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

    def _take_over(self, edit: Edit) -> frozenset[int]:
        """Bring the books and the results up to date; return the regions that were touched."""
        self.book.put(edit.cells)
        self.statements.put(edit.stated)
        self.records.put(edit.records)
        rows = self.second.put(edit.records)
        self.states.refresh({change.cell.row for change in edit.cells} | rows)
        for change in edit.records:
            if change.kind == LOT:
                self._put_lot(change.key)
        about = {self.election.region_index[key] for key in regions_of(self.election, edit)}
        regions = self.live.refresh(edit.cells, edit.stated, about, rows)
        self.late.touch(regions, {change.cell.row for change in edit.cells}, figures=bool(edit.cells or edit.stated))
        if any(change.kind == KNOWN_ROWS for change in edit.records):
            self.late.forget_known_rows()
        return regions

    def _put_lot(self, region: str) -> None:
        record = self.records.value(LOT, region)
        if record is None:
            self._lots.pop(region, None)
        else:
            self._lots[region] = lot_from_record(record)

    def _refuse(self, edit: Edit, reason: str) -> None:
        """Raise EditRefused for an edit that cannot be made now."""
        self.signing.refuse_frozen(edit)
        self.second.refuse_second_clerk(edit, self.operator)
        if edit.gesture == "reopen" and (not reason.strip() or len(reason) > LONGEST):
            raise EditRefused("no-reason", limit=LONGEST)
        for kind, key, old, _ in edit.records:
            if not same(self.records.value(kind, key), old):
                raise EditRefused("changed-meanwhile", kind=kind, key=key)
        for cell, value, _ in edit.cells:
            if self.book.value(cell) != value:
                raise EditRefused("changed-meanwhile", cell=cell)
        for figure, text, _ in edit.stated:
            if self.statements.value(figure) != text:
                raise EditRefused("changed-meanwhile", key=figure)

    def _tell(self, event: DocumentEvent) -> None:
        for listener in list(self._listeners):
            listener(event)
