"""A region's panel: seats per party, the last seat and who is nearest to it, the quotients behind them."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tally_app.allocation.ladder import Ladder, Quotient
from tally_app.allocation.methods import Quota
from tally_app.allocation.outcome import Problem
from tally_app.allocation.steps import Mark, Steps, steps
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.ui.seats.ladder import LadderView
from tally_app.ui.seats.lot_row import LotRow
from tally_app.ui.seats.quotients import INFINITE, QuotientModel
from tally_app.ui.seats.rule_line import RuleLine
from tally_app.ui.seats.seat_rows import SeatRowsModel, SeatRowsView
from tally_app.ui.seats.steps_table import StepsModel, StepsView
from tally_app.ui.seats.uncounted_row import UncountedRow
from tally_app.ui.seats.wording import decimals_needed, name_in, quotient
from tally_app.ui.still_label import StillLabel
from tally_app.ui.theme import SPACING, Language

_MOST_STEPS = 2_000
"""Beyond so many seats given one by one the worksheet would hold up the keys."""


class RegionSeatsPanel(QWidget):
    """Who wins which seat of one region, live, and how near the last seat is to going to somebody else."""

    def __init__(self, election: Election, language: Language = "en", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._language: Language = language
        self._shown: tuple[RegionResult, RegionResult | None] | None = None
        self.title = StillLabel(self)
        self.title.setProperty("role", "section")
        self.seats_model = SeatRowsModel(election, self)
        self.seats_view = SeatRowsView(election, self.seats_model, self)
        self.open_label = _label("warning", self)
        self.lot_row = LotRow(election, self)
        self.last_label = _label("note", self)
        self.last_label.setTextFormat(Qt.TextFormat.RichText)
        self.quotients = QuotientModel(election, self)
        self.ladder = LadderView(self.quotients, self)
        self.shift_label = _label("note", self)
        self.shift_label.setTextFormat(Qt.TextFormat.RichText)
        self.rule_label = _label("muted", self)
        self._rule_line = RuleLine(election, self)
        self.steps_model = StepsModel(election, self)
        self.steps_view = StepsView(self.steps_model, self)
        self.uncounted = UncountedRow(election, self)
        self.seats_model.margins.changed.connect(self._on_margins_changed)
        self._lay_out()

    def show_result(self, result: RegionResult, committed: RegionResult | None = None) -> None:
        """Show a region; *committed* is the same without the draft, None where there is no draft."""
        self._shown = (result, committed)
        self.seats_model.show_result(result, committed)
        self.seats_view.fit_height()
        self.ladder.show_result(result)
        self._show_steps(result)
        self.uncounted.show_result(result)
        self._on_margins_changed()
        self.open_label.setText(self._open_text(result))
        self.open_label.setVisible(bool(self.open_label.text()))
        self.lot_row.show_result(result)
        # Of a ladder two lines at once, so that nothing below moves while the sentence changes with the typing.
        lines = 1 if self.quotients.ladder is None else 2
        self.last_label.setMinimumHeight(lines * self.last_label.fontMetrics().lineSpacing() + 4)
        self.last_label.setText(self._last_text(result))
        self.last_label.setVisible(bool(self.last_label.text()))
        self._retitle(result, committed)
        summary = self.seats_model.summary()
        self.seats_view.setAccessibleDescription(summary)
        self.setAccessibleDescription(". ".join(filter(None, (summary, self.open_label.text()))))

    def use_language(self, language: Language) -> None:
        """Name the region in another language."""
        self._language = language
        if self._shown is not None:
            self.show_result(*self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again when the program's language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.use_language(self._language)

    def _lay_out(self) -> None:
        self.seats_view.setAccessibleName(self.tr("Seats per party"))
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACING.card, SPACING.small + 2, SPACING.card, SPACING.medium)
        inside.setSpacing(SPACING.small)
        inside.addWidget(self.seats_view)
        inside.addWidget(self.open_label)
        inside.addWidget(self.lot_row)
        inside.addWidget(self.last_label)
        inside.addWidget(self.shift_label)
        inside.addSpacing(SPACING.hair)
        inside.addWidget(self.rule_label)
        inside.addWidget(self.ladder)
        inside.addWidget(self.steps_view)
        inside.addWidget(self.uncounted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small + 2)
        layout.addWidget(self.title)
        layout.addWidget(card)
        layout.addStretch(1)

    def _show_steps(self, result: RegionResult) -> None:
        """Show the worksheet where there is no ladder, and the rule above either."""
        told = self._steps(result) if self.quotients.ladder is None else None
        sheet = told.sheets[0] if told is not None else None
        self.rule_label.setText(self._rule_line.text(result, sheet))
        self.steps_view.show_steps(told)
        self.steps_view.setVisible(bool(self.steps_model.lines))
        self.ladder.setVisible(self.quotients.ladder is not None)

    def _steps(self, result: RegionResult) -> Steps | None:
        contest = result.contest
        one_by_one = not isinstance(contest.method, Quota) and contest.seats > _MOST_STEPS
        return None if one_by_one else steps(contest, result.allocation)

    def _on_margins_changed(self) -> None:
        """Say how few votes move a seat from one list to another."""
        shift = self.seats_model.margins.shift
        self.shift_label.setVisible(shift is not None)
        if shift is None:
            return
        if shift.votes == 1:
            text = self.tr("{start}1 vote{end} moved from {loses} to {gains} moves a seat")
        else:
            text = self.tr("{start}{votes} votes{end} moved from {loses} to {gains} move a seat")
        lists = {"gains": self._key(shift.gains), "loses": self._key(shift.loses)}
        self.shift_label.setText(text.format(start="<b>", end="</b>", votes=f"{shift.votes:,}", **lists))

    def _retitle(self, result: RegionResult, committed: RegionResult | None) -> None:
        typed = committed is not None and committed.votes != result.votes
        region = name_in(self._election.regions[result.region].name, self._language)
        literal = self.tr("Seats in {region} · as typed") if typed else self.tr("Seats in {region}")
        self.title.setText(literal.format(region=region))
        self.setAccessibleName(self.title.text())

    def _open_text(self, result: RegionResult) -> str:
        allocation = result.allocation
        if allocation.tie is not None:
            parties = self._enumerated(self._election.parties[party].key for party in allocation.tie.parties)
            if allocation.tie.seats == 1:
                return self.tr("1 seat open: tie between {parties}; a lot must be drawn").format(parties=parties)
            text = self.tr("{seats} seats open: tie between {parties}; lots must be drawn")
            return text.format(seats=allocation.tie.seats, parties=parties)
        return self._problem_text(result)

    def _problem_text(self, result: RegionResult) -> str:
        problem, unfilled = result.allocation.problem, result.allocation.unfilled
        facts = {
            "seats": f"{unfilled:,}",
            "given": f"{sum(result.allocation.seats):,}",
            "all": f"{result.contest.seats:,}",
        }
        if problem is None and not unfilled:
            return ""
        if problem is Problem.OVER_AWARD:
            text = self.tr("The quota gives {given} seats where there are {all}: the rule has no answer here")
        elif problem is Problem.MINIMUM_OVER_SEATS:
            text = self.tr("The lists’ minimum seats are more than the {all} seats there are: nothing is allocated")
        elif problem is Problem.TOO_MANY_OUTCOMES:
            text = self.tr("Ties with too many outcomes to follow: nothing is allocated")
        elif unfilled == 1:
            return self._one_unfilled(problem)
        elif problem is Problem.NO_ELIGIBLE_LIST:
            text = self.tr("{seats} seats not filled: no list passes the threshold")
        elif problem is Problem.LISTS_EXHAUSTED:
            text = self.tr("{seats} seats not filled: no list has a candidate left")
        else:
            text = self.tr("{seats} seats not yet filled: no votes entered")
        return text.format(**facts)

    def _one_unfilled(self, problem: Problem | None) -> str:
        if problem is Problem.NO_ELIGIBLE_LIST:
            return self.tr("1 seat not filled: no list passes the threshold")
        if problem is Problem.LISTS_EXHAUSTED:
            return self.tr("1 seat not filled: no list has a candidate left")
        return self.tr("1 seat not yet filled: no votes entered")

    def _last_text(self, result: RegionResult) -> str:
        climbed = self.quotients.ladder
        if climbed is None:
            return self._last_step_text(result)
        if not climbed.last or result.allocation.tie is not None:
            return ""
        decimals = decimals_needed(climbed, at_least=2)
        winners = ", ".join(self._key(each.party) for each in climbed.last)
        value = self._value(climbed, climbed.last[0], decimals)
        sentence = self.tr("Last seat: {party} {quotient}").format(party=winners, quotient=value)
        return f"{sentence} · {self._nearest_text(climbed, decimals)}" if climbed.nearest else sentence

    def _last_step_text(self, result: RegionResult) -> str:
        """Say the same of a worksheet, where one distribution gives all seats."""
        lines = {mark: [line for line in self.steps_model.lines if line.mark is mark] for mark in Mark}
        if result.contest.alliances or not lines[Mark.LAST]:
            return ""
        last, *equal = lines[Mark.LAST]
        winners = ", ".join(f"<b>{escape(line.title)}</b>" for line in (last, *equal))
        sentence = self.tr("Last seat: {party} {quotient}").format(party=winners, quotient=last.value)
        following = ", ".join(f"<b>{escape(line.title)}</b> {line.value}" for line in lines[Mark.NEAREST])
        return self.tr("{last} · next: {parties}").format(last=sentence, parties=following) if following else sentence

    def _nearest_text(self, climbed: Ladder, decimals: int) -> str:
        needs = climbed.nearest[0].needs
        if needs == 1:
            text = self.tr("nearest: {parties}, {start}1 more vote{end} would take it")
        else:
            text = self.tr("nearest: {parties}, {start}{votes} more votes{end} would take it")
        parties = (f"{self._key(each.party)} {self._value(climbed, each, decimals)}" for each, _ in climbed.nearest)
        return text.format(parties=", ".join(parties), votes=f"{needs:,}", start="<b>", end="</b>")

    def _value(self, climbed: Ladder, found: Quotient, decimals: int) -> str:
        return quotient(found, decimals, climbed.squared) if found.bottom else INFINITE

    def _key(self, party: int) -> str:
        return f"<b>{escape(self._election.parties[party].key)}</b>"

    def _enumerated(self, names: Iterable[str]) -> str:
        *rest, last = names
        return self.tr("{first} and {last}").format(first=", ".join(rest), last=last) if rest else last


def _label(role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setIndent(0)
    label.setContentsMargins(3, 0, 0, 0)  # in line with the texts of the tables
    return label
