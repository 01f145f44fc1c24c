"""Every quotient of a divisor method, the winning ones marked, and the seats one by one."""

from collections.abc import Iterator, Sequence

from tally_app.allocation.ladder import Ladder, Quotient, decimals_apart, divisor_text, quotient_text
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.about import About, Fact
from tally_app.sheets.cells import EMPTY, QUOTED
from tally_app.sheets.content import Block, Cell, Column, Heading, Mark, Paragraph, Row, Table
from tally_app.sheets.widths import evenly
from tally_app.sheets.words import Writer
from tally_app.wording.numbers import counted, listed

_ACROSS = 6
"""Lists side by side on an upright page."""
_DECIMALS = 2
_MOST_DECIMALS = 6
_IN_ONE = 14
"""Seats that are listed in one column; more stand in two."""
_MOST_SEATS = 400
"""Seats that are listed one by one; beyond them, every quotient stands in the table above all the same."""
INFINITE = "∞"


def ladder_blocks(document: Document, result: RegionResult, climbed: Ladder, writer: Writer) -> Iterator[Block]:
    """Yield the tables of quotients, who won the last seat and who is next, and the order of the seats."""
    told = _Teller(document, result, climbed, writer)
    yield Heading(writer.label("quotients"), note=writer.label("quotients-legend"))
    for parties in evenly(told.parties, _ACROSS):
        yield told.quotients(parties)
    yield from told.ends()
    if sum(climbed.seats) <= _MOST_SEATS:
        yield Heading(writer.label("won-order"), note=writer.label("won-order-note"))
        yield told.order()


class _Teller:
    """Writes one region's ladder."""

    def __init__(self, document: Document, result: RegionResult, climbed: Ladder, writer: Writer) -> None:
        self._election = document.election
        self._key = document.election.regions[result.region].key
        self._ladder = climbed
        self._writer = writer
        self._last = {(each.party, each.held) for each in climbed.last}
        self._next = {(each.quotient.party, each.quotient.held) for each in climbed.nearest}
        self._decimals = self._enough_decimals()
        self._starts = any(entrant.start for entrant in climbed.entrants)
        standing = document.election.standing[result.region]
        self.parties = [
            party
            for party, entrant in enumerate(climbed.entrants)
            if standing[party] and (entrant.votes or not entrant.start)
        ]

    def quotients(self, parties: Sequence[int]) -> Table:
        """Return the quotients of some lists: up to the first that won nothing, and one more line for comparison."""
        writer, seats = self._writer, self._ladder.seats
        lines = max((seats[party] for party in parties), default=0) + 1
        columns = [Column(writer.label("divisor"), "center", about=QUOTED if self._starts else About("divisor"))]
        columns += [
            Column(
                (*writer.same(self._election.parties[party].key), *self._votes(party)),
                grows=True,
                party=party,
                about=About("quotient", party=self._election.parties[party].key),
            )
            for party in parties
        ]
        rows = []
        for own in range(lines):
            name = f"{own + 1}" if self._starts else divisor_text(self._ladder.divisors, own)
            cells = [self._cell(party, own) for party in parties]
            rows.append(Row((writer.digits(name), *cells), about=About(place=self._key, step=own)))
        return Table(tuple(columns), tuple(rows), 10.0)

    def ends(self) -> Iterator[Block]:
        """Say who won the last seat, and who is nearest to it."""
        last, writer = self._ladder.last, self._writer
        if last:
            parties = listed([self._party(each) for each in last])
            words = writer.label("last-seat", parties=parties, quotient=self._text(last[0]))
            yield Paragraph(words, "strong", self._facts(last[0]))
        for each in self._ladder.nearest:
            needs = counted(each.needs, "vote", "votes")
            words = writer.label(
                "next-seat", party=self._party(each.quotient), quotient=self._text(each.quotient), votes=needs
            )
            yield Paragraph(words, facts=self._facts(each.quotient))

    def _facts(self, quotient: Quotient) -> tuple[Fact, ...]:
        """Say what a quotient in a sentence is of, where a cell of the table would say it, too."""
        if self._starts or self._ladder.squared or not quotient.bottom:
            return ()
        about = About("quotient", self._key, self._election.parties[quotient.party].key, quotient.held)
        return (Fact(about, self._text(quotient)),)

    def order(self) -> Table:
        """Return the seats in the order in which they are won, in two columns if there are many."""
        lines = self._lines()
        halves = 1 if len(lines) <= _IN_ONE else 2
        height = -(-len(lines) // halves)
        rows = []
        for line in range(height):
            cells: list[Cell | str] = []
            for half in range(halves):
                position = line + half * height
                cells += lines[position] if position < len(lines) else [EMPTY, EMPTY, EMPTY]
            rows.append(Row(tuple(cells)))
        writer = self._writer
        columns = (
            Column(writer.label("seat"), "center", about=QUOTED),
            Column(writer.label("party"), "left", grows=True),
            Column(writer.label("calculation"), "left", grows=True),
        )
        return Table(columns * halves, tuple(rows), 9.0 if halves > 1 else 10.0)

    def _lines(self) -> list[list[Cell | str]]:
        found = []
        for party in self.parties:
            for own in range(self._ladder.seats[party]):
                number = self._ladder.seat_number(party, own)
                found.append((0 if number is None else number, party, own))
        return [self._line(number, party, own) for number, party, own in sorted(found)]

    def _line(self, number: int, party: int, own: int) -> list[Cell | str]:
        writer, quotient = self._writer, self._ladder.quotient(party, own)
        if number:
            divisor = divisor_text(self._ladder.divisors, quotient.held)
            votes = writer.figure(self._ladder.entrants[party].votes)
            text = f"{votes} ÷ {writer.digits(divisor)} = {self._text(quotient)}"
            if party in self._ladder.by_lot and own == self._ladder.seats[party] - 1:
                text = f"{text} · {writer.label('stage-lot')[-1]}"
        else:
            text = " ".join(writer.label("minimum-seat" if self._ladder.by_minimum(party, own) else "lot-seat"))
        shown = writer.digits(str(number)) if number else "–"
        return [shown, Cell(writer.same(self._election.parties[party].key), party=party), Cell(writer.same(text))]

    def _cell(self, party: int, own: int) -> Cell:
        entrant, seats = self._ladder.entrants[party], self._ladder.seats[party]
        if own > seats or not entrant.votes or (entrant.most is not None and own >= entrant.most):
            return EMPTY
        quotient = self._ladder.quotient(party, own)
        number = self._ladder.seat_number(party, own)
        exact = quotient.bottom and not self._ladder.squared
        mark = self._mark(party, quotient, own)
        return Cell(
            self._writer.same(self._text(quotient)),
            strong=mark in ("won", "last"),
            mark=mark,
            tag="" if number is None else self._writer.digits(str(number)),
            about=None if exact else QUOTED,
        )

    def _mark(self, party: int, quotient: Quotient, own: int) -> Mark:
        if self._ladder.won(party, own):
            return "last" if (party, quotient.held) in self._last else "won"
        if party in self._ladder.tied:
            return "tied"
        return "next" if (party, quotient.held) in self._next else ""

    def _text(self, quotient: Quotient) -> str:
        if not quotient.bottom:
            return INFINITE
        text = quotient_text(quotient.top, quotient.bottom, self._decimals, self._ladder.squared)
        whole, point, rest = text.partition(".")
        return f"{self._writer.figure(int(whole))}{point}{self._writer.digits(rest)}"

    def _party(self, quotient: Quotient) -> str:
        return self._election.parties[quotient.party].key

    def _votes(self, party: int) -> tuple[str, ...]:
        return self._writer.same(self._writer.figure(self._ladder.entrants[party].votes))

    def _enough_decimals(self) -> int:
        """As many as tell the last seat from the next quotients."""
        decimals = _DECIMALS
        for last in self._ladder.last[:1]:
            for party in range(len(self._ladder.seats)):
                following = self._ladder.next(party) if self._ladder.entrants[party].votes else None
                if following is not None:
                    apart = decimals_apart(last[2:], following[2:], _DECIMALS, self._ladder.squared)
                    decimals = max(decimals, min(_MOST_DECIMALS, apart))
        return decimals
