"""Signing off a region, then the chamber: what stands in the way, what is recorded, and what is frozen by it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from tally_app.checks.entry import Form, check_missing
from tally_app.checks.finding import Finding, Severity
from tally_app.checks.repairs import Repair, Repairs
from tally_app.count.book import BallotBook
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.explanations import EXPLANATION, unexplained
from tally_app.document.live import LiveResults
from tally_app.document.lots import KIND as LOT
from tally_app.document.publication import STATUS, publication
from tally_app.document.records import CHAMBER, RecordBook, RecordChange, read_record, write_record
from tally_app.document.second_entry import SECOND, SETTLEMENT, SecondEntries, UnitState
from tally_app.election.election import Election
from tally_app.storage.events import Head

SIGN_OFF = "signoff"
"""Kind of the records of sign-offs; their key is the region's, or the chamber's."""

Named = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]
Text = Annotated[str, Meta(max_length=300)]
_ACTS = ("sign-off", "reopen")
"""The only gestures that make or remove a sign-off: neither undo nor redo does."""


class SignOff(Struct, frozen=True, forbid_unknown_fields=True):
    """Who signed what: the votes and seats at that moment, and the journal's head before."""

    name: Named
    role: Named
    at: str
    """ISO 8601, with its zone."""
    event: int
    """The journal's last event before the sign-off."""
    head: str
    """Its hash: it stands for everything that was signed."""
    votes: dict[str, int]
    seats: dict[str, int]
    explained: int = 0
    """Warnings that had been accepted with a reason."""
    note: Text = ""


class Hindrance(StrEnum):
    """Why something cannot be signed off."""

    ERROR = "error"
    UNEXPLAINED = "unexplained"
    """A warning without a reason."""
    NOT_ENTERED = "not-entered"
    NOT_VERIFIED = "not-verified"
    """The election has double entry, and the second entry is missing or differs."""
    REGION_OPEN = "region-open"
    RESULT_CHANGED = "result-changed"
    """A region's seats are others than those that were signed: votes elsewhere moved a threshold of the chamber."""


class Obstacle(NamedTuple):
    """One thing that stands in the way: a finding, a unit's row, or a region."""

    kind: Hindrance
    finding: Finding | None = None
    row: int | None = None
    region: str | None = None
    state: UnitState | None = None


class Signing:
    """What is signed off, and what stands in the way of it."""

    def __init__(
        self,
        election: Election,
        book: BallotBook,
        live: LiveResults,
        records: RecordBook,
        second: SecondEntries,
    ) -> None:
        self._election = election
        self._book = book
        self._live = live
        self._records = records
        self._second = second

    def of(self, region: str | None) -> SignOff | None:
        """Return the sign-off of a region by its key, or of the chamber; None: it is open."""
        record = self._records.value(SIGN_OFF, region or CHAMBER)
        return None if record is None else read_record(record, SignOff)

    @property
    def signed_regions(self) -> frozenset[str]:
        """Keys of the regions that are signed off."""
        return frozenset(self._records.of(SIGN_OFF)) - {CHAMBER}

    def obstacles(self, region: str | None) -> list[Obstacle]:
        """Return what stands in the way of a sign-off, worst first. Late findings must have been computed."""
        found = self._of_chamber() if region is None else self._of_region(self._election.region_index[region])
        return sorted(found, key=_order)

    def sign_off_edit(self, region: str | None, name: str, role: str, at: str, head: Head, note: str = "") -> Edit:
        """Return the edit that signs a region, or the chamber, off.

        Raises: EditRefused: ``signed-off`` already; ``obstacles``, with them; ``no-signature``: no name or role.
        """
        if self.of(region) is not None:
            raise EditRefused("signed-off", region=region)
        found = self.obstacles(region)
        if found:
            raise EditRefused("obstacles", region=region, obstacles=found)
        votes, seats = self._result(region)
        explained = sum(finding.severity is Severity.WARNING for finding in self._findings(region))
        try:
            record = write_record(
                SignOff(name.strip(), role.strip(), at, head.seq, head.hash, votes, seats, explained, note.strip())
            )
        except ValueError as error:
            raise EditRefused("no-signature", problem=str(error)) from error
        return Edit("sign-off", records=(RecordChange(SIGN_OFF, region or CHAMBER, None, record),))

    def reopening_edit(self, region: str | None) -> Edit:
        """Return the edit that opens a region, or the chamber, again. Official results become provisional by it.

        Raises: EditRefused: ``not-signed-off``; ``chamber-signed``: the chamber must be opened first.
        """
        record = self._records.value(SIGN_OFF, region or CHAMBER)
        if record is None:
            raise EditRefused("not-signed-off", region=region)
        if region is not None and self.of(None) is not None:
            raise EditRefused("chamber-signed", region=region)
        changes = [RecordChange(SIGN_OFF, region or CHAMBER, record, None)]
        status = publication(self._records)
        if region is None and status.status == "official":
            before = self._records.value(STATUS, CHAMBER)
            changes.append(RecordChange(STATUS, CHAMBER, before, {**(before or {}), "status": "provisional"}))
        return Edit("reopen", records=tuple(changes))

    def refuse_frozen(self, edit: Edit) -> None:
        """Raise EditRefused for an edit that only another act may make.

        Codes: ``signed-off``: it is about something that is signed off; ``only-reopening``: it would make or remove a
        sign-off by the way; ``not-signed``: it would leave results official that nobody signed.
        """
        signatures = [change for change in edit.records if change.kind == SIGN_OFF]
        if signatures and not _is_act(edit, signatures):
            raise EditRefused("only-reopening")
        after = {(change.kind, change.key): change.new for change in edit.records}
        status = after.get((STATUS, CHAMBER), self._records.value(STATUS, CHAMBER))
        chamber = self.of(None) is not None
        signed_after = after.get((SIGN_OFF, CHAMBER), self._records.value(SIGN_OFF, CHAMBER)) is not None
        if status is not None and status.get("status") == "official" and not signed_after:
            raise EditRefused("not-signed")
        signed = self.signed_regions
        if signatures or not signed:
            return
        for region in sorted(regions_of(self._election, edit) & signed):
            raise EditRefused("signed-off", region=region)
        if chamber and any(change.kind == EXPLANATION for change in edit.records):
            raise EditRefused("signed-off", region=None)

    def _of_region(self, region: int) -> Iterator[Obstacle]:
        key = self._election.regions[region].key
        yield from self._of_findings(self._findings(key))
        for row in self._election.rows(region):
            first = self._book.row(row)
            state = self._second.state(row, first)
            if state is UnitState.EMPTY:
                missing = next(check_missing(Form(self._election, region, row, first)), None)
                yield Obstacle(Hindrance.NOT_ENTERED, missing, row, key, state)
            elif self._second.active and state in (UnitState.ENTERED, UnitState.TYPED_AGAIN):
                yield Obstacle(Hindrance.NOT_VERIFIED, None, row, key, state)

    def _of_chamber(self) -> Iterator[Obstacle]:
        for region in self._election.regions:
            signed = self.of(region.key)
            if signed is None:
                yield Obstacle(Hindrance.REGION_OPEN, None, None, region.key)
                continue
            if signed.seats != self._result(region.key)[1]:
                yield Obstacle(Hindrance.RESULT_CHANGED, None, None, region.key)
            for finding in self._findings(region.key):  # what a source states can still be corrected, and can be wrong
                if finding.severity is Severity.ERROR:
                    yield Obstacle(Hindrance.ERROR, finding, None, region.key)
        yield from self._of_findings(self._findings(None))

    def _of_findings(self, findings: Iterable[Finding]) -> Iterator[Obstacle]:
        findings = list(findings)
        for finding in findings:
            if finding.severity is Severity.ERROR:
                yield Obstacle(Hindrance.ERROR, finding, None, finding.place.region)
        for finding in unexplained(self._records, findings):
            yield Obstacle(Hindrance.UNEXPLAINED, finding, None, finding.place.region)

    def _findings(self, region: str | None) -> list[Finding]:
        if region is None:
            return list(self._live.chamber_findings())
        position = self._election.region_index[region]
        by_unit = self._live.unit_findings(position).values()
        return [*self._live.region_findings(position), *(finding for unit in by_unit for finding in unit)]

    def _result(self, region: str | None) -> tuple[dict[str, int], dict[str, int]]:
        keys = [party.key for party in self._election.parties]
        if region is None:
            chamber = self._live.committed_chamber
            return dict(zip(keys, chamber.votes, strict=True)), dict(zip(keys, chamber.seats, strict=True))
        result = self._live.committed_region(self._election.region_index[region])
        return dict(zip(keys, result.votes, strict=True)), dict(zip(keys, result.allocation.seats, strict=True))


def regions_of(election: Election, edit: Edit) -> set[str]:
    """Return the keys of the regions whose count an edit is about; what a source states is none of it."""
    regions = {election.regions[election.region_of(change.cell.row)].key for change in edit.cells}
    return regions | {region for change in edit.records if (region := region_of_record(change)) is not None}


def _is_act(edit: Edit, signatures: list[RecordChange]) -> bool:
    """Is it a sign-off or a reopening, of one thing, and nothing besides?"""
    alone = not edit.cells and not edit.stated and all(change.kind in (SIGN_OFF, STATUS) for change in edit.records)
    if edit.gesture not in _ACTS or not alone or len(signatures) != 1:
        return False
    made = signatures[0].old is None and signatures[0].new is not None
    removed = signatures[0].old is not None and signatures[0].new is None
    return made if edit.gesture == "sign-off" else removed


def region_of_record(change: RecordChange) -> str | None:
    """Return the key of the region that a record is about; None: the chamber, or none."""
    reader = _REGION_OF.get(change.kind)
    return None if reader is None else reader(change)


def _by_key(change: RecordChange) -> str | None:
    return None if change.key == CHAMBER else change.key


def _by_unit(change: RecordChange) -> str | None:
    return change.key.partition("/")[0]


def _by_value(change: RecordChange) -> str | None:
    region = (change.new or change.old or {}).get("region")
    return region if isinstance(region, str) else None


_REGION_OF: Mapping[str, Callable[[RecordChange], str | None]] = {
    LOT: _by_key,
    SIGN_OFF: _by_key,
    SECOND: _by_unit,
    SETTLEMENT: _by_unit,
    EXPLANATION: _by_value,
}
_RANKS = {kind: rank for rank, kind in enumerate(Hindrance)}


def _order(obstacle: Obstacle) -> tuple[int, int]:
    return _RANKS[obstacle.kind], -1 if obstacle.row is None else obstacle.row


def probable_slips(repairs: Repairs | None, region: str | None) -> Iterator[tuple[Repair, Repairs]]:
    """Yield the repairs that stand alone in what is to be signed. They stop nobody, but should be read before.

    *region*: its key; None: the chamber, of which every region is part.
    """
    if repairs is None:
        return
    for repair in repairs.standing_alone:
        if repair.applicable and region in (None, repair.place.region):
            yield repair, repairs
