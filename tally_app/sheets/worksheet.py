"""The steps of a method that has no single ladder: quotas, remainders, averages, alliances, as a hand replays them."""

from collections.abc import Iterator, Mapping

from tally_app.allocation.contest import Alliance
from tally_app.allocation.ladder import divisor_text
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.outcome import DHONDT
from tally_app.allocation.steps import RANKED, Kind, Stage, Step, Steps, steps
from tally_app.allocation.steps import Mark as StepMark
from tally_app.allocation.steps import Sheet as Distribution
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.cells import QUOTED
from tally_app.sheets.content import Block, Cell, Column, Heading, Mark, Paragraph, Row, Table
from tally_app.sheets.words import Writer
from tally_app.wording.fractions import exact, rounded
from tally_app.wording.numbers import grouped, signed

_AVERAGES = (Kind.AVERAGE, Kind.UNIQUE_AVERAGE)
_MOST_DECIMALS = 4
_MARKS: Mapping[StepMark, Mark] = {StepMark.LAST: "last", StepMark.NEAREST: "next", StepMark.TIED: "tied"}
_MOST_STEPS = 5_000
"""Seats given one by one beyond which nobody replays them on paper."""


def worksheet_blocks(document: Document, result: RegionResult, writer: Writer) -> Iterator[Block]:
    """Yield a table for each stage of each distribution."""
    if result.contest.seats > _MOST_STEPS:
        yield Paragraph(writer.label("too-many-steps"))
        return
    told = steps(result.contest, result.allocation)
    yield Heading(writer.label("steps"), note=writer.label("quotients-legend"))
    teller = _Teller(document, result, writer)
    for distribution in told.sheets:
        if distribution.part.alliance is None or distribution.part.seats:
            yield from teller.distribution(distribution, len(told.sheets) > 1)
    yield from teller.rest(told)


class _Teller:
    """Writes the stages of one region."""

    def __init__(self, document: Document, result: RegionResult, writer: Writer) -> None:
        self._election = document.election
        method = result.contest.method
        self._divisors = DHONDT if isinstance(method, Quota | Special) else method
        self._writer = writer

    def distribution(self, sheet: Distribution, is_part: bool) -> Iterator[Block]:
        """Yield one distribution: among everybody, or inside an alliance."""
        if is_part:
            where = "part-among" if sheet.part.alliance is None else "part-inside"
            name = "" if sheet.part.alliance is None else self._alliance(sheet.part.alliance)
            yield Paragraph(self._writer.label(where, name=name, seats=self._writer.figure(sheet.part.seats)), "strong")
        if sheet.quota is not None:
            numbers = {"votes": grouped(sheet.quota_votes), "seats": grouped(sheet.quota_seats)}
            yield Paragraph(self._writer.label("quota", quota=exact(sheet.quota), **numbers))
        for stage in sheet.stages:
            yield Heading(self._writer.label(f"stage-{stage.kind}"))
            yield self._table(sheet, stage)

    def rest(self, told: Steps) -> Iterator[Block]:
        """Yield seats that no distribution tells: certain in every outcome of lots, and given by a recorded lot."""
        for label, seats in (("stage-certain", told.certain), ("stage-lot", told.by_lot)):
            if any(seats):
                given = (
                    f"{party.key} {signed(own)}"
                    for party, own in zip(self._election.parties, seats, strict=True)
                    if own
                )
                yield Heading(self._writer.label(label))
                yield Paragraph(self._writer.same(", ".join(given)))

    def _table(self, sheet: Distribution, stage: Stage) -> Table:
        writer = self._writer
        columns = (
            Column(writer.label("party"), "left", grows=True),
            Column(writer.label("calculation-step"), "left", grows=True),
            Column(writer.label("value"), about=QUOTED),
            Column(writer.label("seats"), about=QUOTED),
            Column(writer.label("seat-number"), about=QUOTED),
        )
        return Table(columns, tuple(self._row(sheet, stage, step) for step in stage.steps), 9.5)

    def _row(self, sheet: Distribution, stage: Stage, step: Step) -> Row:
        writer, won = self._writer, step.seats > 0
        member = sheet.part.members[step.member]
        if isinstance(member, Alliance):
            name = Cell(writer.same(self._alliance(member)))
        else:
            name = Cell(writer.same(self._election.parties[member].key), party=member)
        mark = _MARKS.get(step.mark, "won" if won else "")
        value = Cell(writer.same(writer.digits(self._value(stage, step))), strong=won, mark=mark)
        number = writer.digits(str(step.number)) if stage.kind in RANKED and won else ""
        return Row((name, Cell(writer.same(self._sum(sheet, stage, step))), value, self._seats(stage, step), number))

    def _seats(self, stage: Stage, step: Step) -> str:
        is_plain = stage.kind in (Kind.HELD, Kind.MINIMUM, Kind.QUOTA) or stage.kind in RANKED
        return self._writer.digits(str(step.seats) if is_plain else signed(step.seats))

    def _value(self, stage: Stage, step: Step) -> str:
        if step.value is None:
            return "∞" if stage.kind in _AVERAGES else "–"
        return rounded(step.value, min(_MOST_DECIMALS, stage.decimals(2)), stage.squared)

    def _sum(self, sheet: Distribution, stage: Stage, step: Step) -> str:
        votes = sheet.part.entrants[step.member].votes
        if stage.kind is Kind.QUOTA and sheet.quota is not None:
            return f"{grouped(votes)} ÷ {exact(sheet.quota)}"
        if stage.kind in (Kind.REMAINDER, Kind.SURPLUS) and sheet.quota is not None and step.value is not None:
            held = int((votes - step.value) / sheet.quota)
            return f"{grouped(votes)} − {held} × {exact(sheet.quota)}"
        if stage.kind in _AVERAGES:
            text = f"{grouped(votes)} ÷ {divisor_text(self._divisors, step.held)}"
            barred = ", ".join(self._name(sheet, member) for member in step.barred)
            return f"{text}; {' '.join(self._writer.label('barred', parties=barred))}" if barred else text
        return grouped(votes)

    def _name(self, sheet: Distribution, position: int) -> str:
        member = sheet.part.members[position]
        return self._alliance(member) if isinstance(member, Alliance) else self._election.parties[member].key

    def _alliance(self, alliance: Alliance) -> str:
        return alliance.name or " + ".join(self._election.parties[party].key for party in alliance.lists)
