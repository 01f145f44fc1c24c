"""A second count for what is printed: the journal's raw events, added up anew with plain whole numbers.

Nothing of the document, its books, the fold or the engine's allocation has a part in it: an error there does not repeat
itself here. ``recount_check`` compares a sheet with it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tally_app.sheets.recount_seats import Region, Seats, ranges_of, seats_of
from tally_app.sheets.recount_threshold import Counted, groups_of, passes
from tally_app.storage.connection import connect_reader, translated
from tally_app.storage.errors import TamperedFile
from tally_app.storage.events import Head
from tally_app.storage.journal import Problem

Json = Mapping[str, Any]
CHAMBER = "*"


class RawEvent(NamedTuple):
    """An event as it stands in the journal."""

    kind: str
    payload: str


class Recount:
    """Figures of every unit, region and the chamber, added up from the entries themselves."""

    def __init__(self, pack: Json, events: Iterable[RawEvent]) -> None:
        self.pack = pack
        self.regions: Mapping[str, Json] = {region["key"]: region for region in pack["regions"]}
        self.parties: Mapping[str, Json] = {party["key"]: party for party in pack["parties"]}
        self.fields: Sequence[str] = [each["field"] for each in pack["form"] if each["field"] != "parties"]
        self._entered: dict[tuple[str, str], dict[str, int]] = {}
        self._lots: dict[str, Json] = {}
        self._first_signed: dict[str, Json] = {}
        for kind, payload in events:
            self._fold(kind, json.loads(payload))

    def _fold(self, kind: str, payload: Json) -> None:
        for block in payload.get("blocks", ()) if kind == "figures" else ():
            for unit, numbers in zip(block["units"], block["new"], strict=True):
                entered = self._entered.setdefault((block["region"], unit), {})
                for column, number in zip(block["columns"], numbers, strict=True):
                    if number is None:
                        entered.pop(column, None)
                    else:
                        entered[column] = number
        if kind == "signoff" and payload["new"] is not None:
            self._first_signed.setdefault(payload["key"], payload["new"])
        if kind == "lot":
            self._lots.pop(payload["key"], None)
            if payload["new"] is not None:
                self._lots[payload["key"]] = payload["new"]

    def figure(self, place: str, column: str) -> int | None:
        """Return what is entered in a column of a unit (``region/unit``), or its sum in a region or the chamber."""
        return self._sums(place).get(column)

    def votes(self, place: str) -> int | None:
        """Return the votes of all lists together; None where none are entered."""
        there = [own for party in self.parties if (own := self.figure(place, party)) is not None]
        return sum(there) if there else None

    def stands(self, region: str, party: str) -> bool:
        """Tell whether a party stands in a region."""
        parties = self.regions[region].get("parties")
        return parties is None or party in parties

    def lot(self, region: str) -> Json | None:
        """Return a region's recorded lot, as it was entered."""
        return self._lots.get(region)

    def first_signed(self, place: str) -> Json | None:
        """Return what was signed first of a region, or of the chamber: votes and seats by party."""
        return self._first_signed.get(place)

    def ranges(self, region: str, change: Mapping[str, int]) -> Mapping[str, tuple[int, int]]:
        """Return how many seats each list has at least and at most, before any lot, if lists had more or fewer votes.

        *change*: votes more by party [ballots]; they are ballots cast more, too.
        Raises: CannotRecount.
        """
        here, everywhere = (_changed(each, change) for each in (self._counted(region), self._everywhere))
        return ranges_of(Region(self.pack, self.regions[region], self._taking_part(region, here, everywhere)))

    def seats(self, place: str) -> Seats:
        """Return the seats of a region by party, or of all regions together.

        Raises: CannotRecount.
        """
        return self._chamber_seats if place == CHAMBER else self._region_seats(place)

    @cached_property
    def _chamber_seats(self) -> Seats:
        each = [self._region_seats(region) for region in self.regions]
        seats = {party: sum(region.seats[party] for region in each) for party in self.parties}
        return Seats(seats, sum(region.open_seats for region in each))

    def votes_that_count(self, region: str, party: str) -> Fraction:
        """Return a list's votes in a region; none where it does not stand there."""
        return Fraction(self._counted(region).votes[party])

    def _sums(self, place: str) -> Mapping[str, int]:
        region, _, unit = place.partition("/")
        if unit:
            return self._entered.get((region, unit), {})
        return self._region_sums[CHAMBER if place == CHAMBER else region]

    @cached_property
    def _region_sums(self) -> Mapping[str, Mapping[str, int]]:
        sums: dict[str, dict[str, int]] = {key: {} for key in (*self.regions, CHAMBER)}
        for (region, _), entered in self._entered.items():
            for column, number in entered.items():
                for place in (region, CHAMBER):
                    sums[place][column] = sums[place].get(column, 0) + number
        return sums

    def _counted(self, region: str) -> Counted:
        sums = self._sums(region)
        votes = {party: sums.get(party, 0) if self.stands(region, party) else 0 for party in self.parties}
        return Counted(votes, {field: sums.get(field, 0) for field in self.fields})

    @cached_property
    def _everywhere(self) -> Counted:
        each = [self._counted(region) for region in self.regions]
        votes = {party: sum(here.votes[party] for here in each) for party in self.parties}
        return Counted(votes, {field: sum(here.fields[field] for here in each) for field in self.fields})

    @cached_property
    def _by_region(self) -> dict[str, Seats]:
        return {}

    def _region_seats(self, key: str) -> Seats:
        if key not in self._by_region:
            self._by_region[key] = self._distributed(key)
        return self._by_region[key]

    def _distributed(self, key: str) -> Seats:
        taking_part = self._taking_part(key, self._counted(key), self._everywhere)
        return seats_of(Region(self.pack, self.regions[key], taking_part), self._lots.get(key))

    def _taking_part(self, key: str, here: Counted, everywhere: Counted) -> dict[str, int]:
        """Return the votes of every list; 0 of those that a threshold keeps out."""
        rule, own = self.pack["rule"], self.regions[key].get("alliances")
        groups = groups_of(self.pack, rule.get("alliances", []) if own is None else own)
        threshold = rule.get("threshold")
        return {
            party: votes if passes(threshold, party, here, everywhere, groups) else 0
            for party, votes in here.votes.items()
        }


def _changed(counted: Counted, change: Mapping[str, int]) -> Counted:
    more = sum(change.values())
    votes = {party: own + change.get(party, 0) for party, own in counted.votes.items()}
    fields = {field: own + more if field in ("registered", "cast") else own for field, own in counted.fields.items()}
    return Counted(votes, fields)


def recount(path: Path, head: Head, definition_sha256: str) -> Recount:
    """Count a file again from its raw events up to *head*.

    Raises: TamperedFile: the definition or the event at *head* is another one. StorageError: it cannot be read.
    """
    with translated(path), closing(connect_reader(path)) as connection:
        pack = connection.execute("SELECT CAST(pack AS BLOB) FROM definition").fetchone()[0]
        lines = connection.execute(
            "SELECT kind, payload, hash FROM journal WHERE seq <= ? ORDER BY seq", (head.seq,)
        ).fetchall()
    if sha256(pack).hexdigest() != definition_sha256:
        raise TamperedFile(path, Problem("definition", None, "the definition is another one than a moment ago"))
    if len(lines) != head.seq or lines[-1][2] != head.hash:
        raise TamperedFile(path, Problem("head", head.seq, f"event {head.seq} is another one than a moment ago"))
    return Recount(json.loads(pack), (RawEvent(kind, payload) for kind, payload, _ in lines))
