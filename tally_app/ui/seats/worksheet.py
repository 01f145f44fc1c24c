"""The steps of a method as lines of a worksheet: what a hand writes down to find the same seats."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject

from tally_app.allocation.contest import Alliance
from tally_app.allocation.dutch import LARGE_COUNCIL
from tally_app.allocation.ladder import divisor_text
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.methods import Sequence as DivisorSequence
from tally_app.allocation.outcome import DHONDT
from tally_app.allocation.rules import method_of
from tally_app.allocation.steps import RANKED, Kind, Mark, Sheet, Stage, Step, Steps
from tally_app.election.election import Election
from tally_app.ui.seats.wording import signed
from tally_app.wording.fractions import exact, rounded

_MOST_DECIMALS = 4
_LARGE_COUNT = 100_000
_LONGEST_HEAD = 8
DASH = "\u2013"
INFINITE = "\u221e"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what stands in each column. Titles have a *title*, and heads of columns beside it."""

    title: str = ""
    party: int | None = None
    """Position of the list; None: a title, or an alliance, whose name is *title*."""
    votes: str = ""
    by: str = ""
    seats: str = ""
    value: str = ""
    mark: Mark = Mark.PLAIN
    won: bool = False
    """Did the value win a seat?"""
    whole: bool = False
    """Did whole quotas win seats?"""
    tip: str = ""
    is_head: bool = False


class WorksheetWriter(QObject):
    """Writes the lines. A QObject, so that its words are translated."""

    def __init__(self, election: Election, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._method = method_of(election.pack.rule)
        self._is_dutch = self._method is Special.DUTCH_MUNICIPAL

    def lines(self, steps: Steps) -> list[Line]:
        """Return the whole worksheet."""
        lines: list[Line] = []
        for sheet in steps.sheets:
            if sheet.part.alliance is not None and not sheet.part.seats:
                continue
            if len(steps.sheets) > 1 or sheet.part.alliance is not None or _is_allied(sheet):
                lines.append(Line(self._part_title(sheet), is_head=True))
            lines += self._merged(sheet) if _merges(sheet) else self._staged(sheet)
        lines += self._by_list(self.tr("In every outcome of the lots"), steps.certain)
        lines += self._by_list(self.tr("By lot, as recorded"), steps.by_lot)
        return lines

    def _part_title(self, sheet: Sheet) -> str:
        if sheet.part.alliance is None:
            return self.tr("Among alliances and lists: {seats}").format(seats=sheet.part.seats)
        name = self._alliance(sheet.part.alliance)
        return self.tr("Inside {alliance}: {seats}").format(alliance=name, seats=sheet.part.seats)

    def _alliance(self, alliance: Alliance) -> str:
        return alliance.name or " + ".join(self._election.parties[party].key for party in alliance.lists)

    def _merged(self, sheet: Sheet) -> Iterator[Line]:
        """Yield a line per list: whole quotas and remainder side by side, in the order of the remainders."""
        whole = {step.member: step for step in sheet.stages[0].steps} if sheet.stages[0].kind is Kind.QUOTA else {}
        rest = next((stage for stage in sheet.stages if stage.kind is Kind.REMAINDER), Stage(Kind.REMAINDER, ()))
        order = {step.member: step for step in rest.steps}
        others = [member for member, entrant in enumerate(sheet.part.entrants) if entrant.votes and member not in order]
        quota = sheet.quota or Fraction(1)
        by = self._by_quota(quota)
        yield Line(
            "P 6, P 8" if self._is_dutch else "",
            None,
            self.tr("Votes"),
            by,
            self.tr("Seats"),
            self.tr("Remainder"),
            is_head=True,
        )
        shares = [Fraction(entrant.votes) / quota for entrant in sheet.part.entrants if entrant.votes]
        decimals = Stage(Kind.QUOTA, tuple(Step(0, 0, 0, 0, share) for share in shares)).decimals(2)
        for member in (*order, *others):
            votes, full = sheet.part.entrants[member].votes, whole[member].seats if member in whole else 0
            step = order.get(member) or Step(member, 0, full, 0, votes - quota * full)
            name, party = self._member(sheet, member)
            share = Fraction(votes) / quota
            tip = f"{self._division(votes, exact(quota), share)}\n{self._tip(sheet, rest, step)}"
            yield Line(
                name,
                party,
                f"{votes:,}",
                rounded(share, min(_MOST_DECIMALS, decimals)),
                f"{full} + {step.seats}" if step.seats else str(full),
                self._value(rest, step, votes),
                step.mark,
                step.seats > 0,
                full > 0,
                tip + self._law(member in order),
            )

    def _by_quota(self, quota: Fraction) -> str:
        """Head of the column of shares; the rule's line above says a long quota."""
        text = rounded(quota, 0 if quota.denominator == 1 else 2)
        return f"\u00f7 {text}" if len(text) <= _LONGEST_HEAD else self.tr("÷ quota")

    def _law(self, is_ranked: bool) -> str:
        if not self._is_dutch or is_ranked:
            return ""
        return self.tr(", less than three quarters of the quota")

    def _staged(self, sheet: Sheet) -> Iterator[Line]:
        """Yield stage after stage, each with its title and a line per step."""
        alone = len(sheet.stages) == 1
        for stage in sheet.stages:
            yield self._head(sheet, stage, alone)
            shown = stage.steps
            if stage.kind is Kind.QUOTA:
                shown = (*shown, *self._without_quota(sheet, stage))
            for step in shown:
                yield self._line(sheet, stage, step)

    def _without_quota(self, sheet: Sheet, stage: Stage) -> Iterator[Step]:
        got = {step.member for step in stage.steps}
        for member, entrant in enumerate(sheet.part.entrants):
            if entrant.votes and member not in got and sheet.quota:
                yield Step(member, 0, 0, 0, entrant.votes / sheet.quota)

    def _head(self, sheet: Sheet, stage: Stage, alone: bool) -> Line:
        title = "" if alone and stage.kind is Kind.AVERAGE else self._title(stage.kind, sheet.part.seats)
        by, value = "", ""
        if stage.kind is Kind.QUOTA and sheet.quota is not None:
            by = self._by_quota(sheet.quota)
        elif stage.kind in (Kind.AVERAGE, Kind.UNIQUE_AVERAGE):
            by, value = "\u00f7", self.tr("Average")
        elif stage.kind in (Kind.REMAINDER, Kind.SURPLUS):
            value = self.tr("Remainder")
        seats = self.tr("Seat") if stage.kind in RANKED else self.tr("Seats")
        return Line(title, None, "" if title else self.tr("Votes"), by, seats, value, is_head=True)

    def _title(self, kind: Kind, seats: int) -> str:
        if self._is_dutch:
            law = {
                Kind.QUOTA: self.tr("P 6: whole quotas"),
                Kind.REMAINDER: self.tr("P 8: remainders"),
                Kind.UNIQUE_AVERAGE: self.tr("P 8: one each"),
                Kind.AVERAGE: self.tr("P 7: averages") if seats >= LARGE_COUNCIL else self.tr("P 8: averages"),
                Kind.MAJORITY: self.tr("P 9: majority"),
                Kind.EXHAUSTED: self.tr("P 10: lists exhausted"),
            }
            if kind in law:
                return law[kind]
        return {
            Kind.HELD: self.tr("Held before"),
            Kind.MINIMUM: self.tr("Minimum"),
            Kind.QUOTA: self.tr("Whole quotas"),
            Kind.SURPLUS: self.tr("Quotas, one by one"),
            Kind.REMAINDER: self.tr("Remainders"),
            Kind.AVERAGE: self.tr("Averages"),
            Kind.CERTAIN: self.tr("However the lots fall"),
            Kind.TIED: self.tr("Tied"),
            Kind.POLICY: self.tr("Tie, settled by votes"),
        }.get(kind, str(kind))

    def _line(self, sheet: Sheet, stage: Stage, step: Step) -> Line:
        name, party = self._member(sheet, step.member)
        votes = sheet.part.entrants[step.member].votes
        ranked = stage.kind in RANKED
        by = ""
        if stage.kind is Kind.QUOTA and step.value is not None:
            by = rounded(step.value, min(_MOST_DECIMALS, stage.decimals(2)))
        elif stage.kind in (Kind.AVERAGE, Kind.UNIQUE_AVERAGE):
            by = f"\u00f7 {self._divisor(step.held)}"
        if ranked:
            seats = str(step.number) if step.seats else ""
        elif stage.kind in (Kind.HELD, Kind.MINIMUM) or (stage.kind is Kind.QUOTA and not step.held):
            seats = str(step.seats)
        else:
            seats = signed(step.seats)
        value = self._value(stage, step, votes) if ranked else ""
        won = step.seats > 0
        whole = won and stage.kind is Kind.QUOTA
        tip = self._tip(sheet, stage, step)
        return Line(name, party, f"{votes:,}", by, seats, value, step.mark, ranked and won, whole, tip)

    def _member(self, sheet: Sheet, position: int) -> tuple[str, int | None]:
        member = sheet.part.members[position]
        if isinstance(member, Alliance):
            return self._alliance(member), None
        return self._election.parties[member].key, member

    def _divisor(self, held: int) -> str:
        return divisor_text(self._divisors, held)

    @property
    def _divisors(self) -> DivisorSequence:
        return DHONDT if isinstance(self._method, Quota | Special) else self._method

    def _value(self, stage: Stage, step: Step, votes: int) -> str:
        if step.value is None:
            return INFINITE if stage.kind is Kind.AVERAGE else DASH
        whole = not stage.squared and all(each.value is None or each.value.denominator == 1 for each in stage.steps)
        least = 0 if whole or votes >= _LARGE_COUNT else 1
        return rounded(step.value, min(_MOST_DECIMALS, stage.decimals(least)), stage.squared)

    def _tip(self, sheet: Sheet, stage: Stage, step: Step) -> str:
        sums = self._sum(sheet, stage, step)
        outcome = self._outcome(stage, step)
        lines = [": ".join(filter(None, (sums, outcome)))]
        if step.barred:
            barred = ", ".join(self._member(sheet, member)[0] for member in step.barred)
            lines.append(self.tr("At the upper quota, passed over: {parties}").format(parties=barred))
        return "\n".join(lines)

    def _sum(self, sheet: Sheet, stage: Stage, step: Step) -> str:
        votes = sheet.part.entrants[step.member].votes
        if stage.kind is Kind.QUOTA and sheet.quota is not None and step.value is not None:
            return self._division(votes, exact(sheet.quota), step.value)
        if stage.kind in (Kind.REMAINDER, Kind.SURPLUS) and sheet.quota is not None and step.value is not None:
            held = int((votes - step.value) / sheet.quota)
            return f"{votes:,} \u2212 {held} \u00d7 {exact(sheet.quota)} = {exact(step.value)}"
        if stage.kind not in (Kind.AVERAGE, Kind.UNIQUE_AVERAGE):
            return ""
        if step.value is None:
            return f"{votes:,} \u00f7 {self._divisor(step.held)} = {INFINITE}"
        if stage.squared:
            return f"{votes:,} \u00f7 {self._divisor(step.held)} \u2248 {rounded(step.value, 3, squared=True)}"
        return self._division(votes, self._divisor(step.held), step.value)

    def _division(self, votes: int, by: str, value: Fraction) -> str:
        text = exact(value)
        if "/" in text:
            text = f"{text} \u2248 {rounded(value, 3)}"
        return f"{votes:,} \u00f7 {by} = {text}"

    def _outcome(self, stage: Stage, step: Step) -> str:
        if stage.kind is Kind.QUOTA or (step.seats and stage.kind not in RANKED):
            return self.tr("{seats} seats").format(seats=step.seats) if abs(step.seats) != 1 else self.tr("1 seat")
        if step.seats:
            return self.tr("seat {number}").format(number=step.number) if step.number else self.tr("a seat")
        return {
            Mark.TIED: self.tr("tied, a lot decides"),
            Mark.NEAREST: self.tr("no seat, next in line"),
            Mark.BARRED: self.tr("no seat, at its upper quota"),
        }.get(step.mark, self.tr("no seat"))

    def _by_list(self, title: str, seats: Sequence[int]) -> Iterator[Line]:
        if not any(seats):
            return
        yield Line(title, seats=self.tr("Seats"), is_head=True)
        for party, own in enumerate(seats):
            if own:
                yield Line(self._election.parties[party].key, party, seats=signed(own))


def _is_allied(sheet: Sheet) -> bool:
    return any(isinstance(member, Alliance) for member in sheet.part.members)


def _merges(sheet: Sheet) -> bool:
    """Are there only whole quotas and one remainder each, so that a line per list tells everything?"""
    kinds = [stage.kind for stage in sheet.stages]
    if kinds not in ([Kind.QUOTA, Kind.REMAINDER], [Kind.REMAINDER], [Kind.QUOTA]) or sheet.quota is None:
        return False
    if sheet.part.result.problem is not None:
        return False
    members = [step.member for stage in sheet.stages if stage.kind is Kind.REMAINDER for step in stage.steps]
    return len(members) == len(set(members))
