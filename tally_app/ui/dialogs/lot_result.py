"""Who won by the lot: the tied parties as radio buttons or check boxes, or a list of what lots can bring."""

from collections.abc import Mapping
from functools import cached_property
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tally_app.allocation.ladder import Ladder, divisor_text, ladder, quotient_text
from tally_app.document.draw import Draw
from tally_app.ui.theme import COLOURS, SPACING, mark_icon, party_colour
from tally_app.wording.gestures import won_text
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

_MARK = 14
_FOCUS = f"""
QRadioButton, QCheckBox {{ border: 1px solid transparent; border-radius: 4px; padding: 2px {SPACING.small}px; }}
QRadioButton:focus, QCheckBox:focus {{ border-color: {COLOURS.accent}; }}
"""
"""Where the keyboard is must be seen also while nothing is chosen."""
MOST_LISTED = 200
"""Outcomes that are listed; where lots can bring more, seats are given party by party."""
_ROWS = 6


class LotResult(QWidget):
    """The tied parties, each with mark, votes and quotient, and something to choose with. Base of three ways."""

    changed = Signal()

    def __init__(self, draw: Draw, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draw = draw
        self._names = names
        self.setStyleSheet(_FOCUS)
        self.inputs: list[QWidget] = []
        """What the keyboard can reach, in order."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACING.large)
        grid.setVerticalSpacing(SPACING.medium)
        grid.setColumnStretch(1, 1)
        for row, party in enumerate(draw.parties):
            self._lay_out_party(grid, row, party)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACING.medium)
        self.box.addLayout(grid)

    @property
    def question(self) -> str:
        """What is asked, for the line above."""
        if self.draw.tie.seats == 1:
            return self.tr("Wh&o won the seat?")
        return self.tr("Wh&o won the {seats} seats?").format(seats=grouped(self.draw.tie.seats))

    @property
    def won(self) -> dict[str, int]:
        """Seats by party, as chosen so far."""
        raise NotImplementedError

    @property
    def complete(self) -> bool:
        """Can a lot bring just this?"""
        return self.draw.possible(self.won)

    @property
    def missing(self) -> str:
        """What is still to be chosen; nothing if it is complete."""
        if self.complete:
            return ""
        given, seats = sum(self.won.values()), self.draw.tie.seats
        if seats == 1 or not given:
            return self.tr("who won")
        if given == seats:
            return self.tr("a result that lots can bring")
        return self.tr("exactly {seats} seats ({given} chosen)").format(seats=grouped(seats), given=grouped(given))

    def choose(self, won: Mapping[str, int]) -> None:
        """Choose a result that was recorded."""
        raise NotImplementedError

    def chooser(self, party: int) -> QWidget:
        """Return what stands at the left of a party's row."""
        label = QLabel()
        label.setPixmap(mark_icon(party, party_colour(self.draw.election, party), _MARK).pixmap(_MARK, _MARK))
        return label

    def key(self, party: int) -> str:
        """Key of a party."""
        return self.draw.election.parties[party].key

    def describe(self, party: int) -> str:
        """Say a party's row in one line, for who cannot see it."""
        return f"{self.key(party)}, {self._names.party(self.key(party))}, {self._votes(party)}"

    def show_party(self, button: QAbstractButton, party: int) -> None:
        """Label a button with a party's mark and key."""
        button.setText(self.key(party).replace("&", "&&"))
        button.setIcon(mark_icon(party, party_colour(self.draw.election, party), _MARK))
        button.setAccessibleName(self.describe(party))

    def _lay_out_party(self, grid: QGridLayout, row: int, party: int) -> None:
        name = QLabel(self._names.party(self.key(party)))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        grid.addWidget(self.chooser(party), row, 0)
        grid.addWidget(name, row, 1)
        for column, text in ((2, self._votes(party)), (3, self._quotient(party))):
            label = QLabel(text)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, column)

    def _votes(self, party: int) -> str:
        return self.tr("{votes} votes").format(votes=grouped(self.draw.contest.votes[party]))

    def _quotient(self, party: int) -> str:
        """The equal quotient as it is made: ``÷ 7 = 200``; nothing where the method has none."""
        next_one = self._ladder.next(party) if self._ladder else None
        if self._ladder is None or next_one is None or not next_one.bottom:
            return ""
        text = quotient_text(next_one.top, next_one.bottom, 2, self._ladder.squared)
        whole, _, rest = text.partition(".")
        value = f"{grouped(int(whole))}.{rest}".removesuffix(".00")
        return f"÷ {divisor_text(self._ladder.divisors, next_one.held)} = {value}"

    @cached_property
    def _ladder(self) -> Ladder | None:
        return ladder(self.draw.contest, self.draw.before)


class PartyButtons(LotResult):
    """One seat: a radio button for each party. Several, one to each at most: check boxes."""

    def __init__(self, draw: Draw, names: Names, parent: QWidget | None = None) -> None:
        self._buttons: dict[str, QAbstractButton] = {}
        self._group = QButtonGroup()
        self._group.setExclusive(draw.tie.seats == 1)
        super().__init__(draw, names, parent)
        self._group.setParent(self)
        self._group.buttonToggled.connect(self._on_group_button_toggled)
        if draw.tie.seats > 1:
            hint = QLabel(self.tr("Exactly {seats} of them.").format(seats=grouped(draw.tie.seats)))
            hint.setProperty("role", "muted")
            self.box.addWidget(hint)

    @property
    def won(self) -> dict[str, int]:
        """A seat for each party that is chosen."""
        return {party: 1 for party, button in self._buttons.items() if button.isChecked()}

    def choose(self, won: Mapping[str, int]) -> None:
        """Choose the parties that won."""
        for party, button in self._buttons.items():
            button.setChecked(party in won)
        next(button for party, button in self._buttons.items() if party in won).setFocus()

    def chooser(self, party: int) -> QWidget:
        """Return the party's button."""
        button = QRadioButton() if self.draw.tie.seats == 1 else QCheckBox()
        self.show_party(button, party)
        self._buttons[self.key(party)] = button
        self._group.addButton(button)
        self.inputs.append(button)
        return button

    def _on_group_button_toggled(self) -> None:
        self.changed.emit()


class OutcomeList(LotResult):
    """Everything that lots can bring, line by line."""

    def __init__(self, draw: Draw, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(draw, names, parent)
        self._outcomes = list(draw.outcomes())
        self._list = QListWidget()
        self._list.addItems([won_text(won) for won in self._outcomes])
        self._list.setAccessibleName(self.tr("Results that lots can bring"))
        rows = min(len(self._outcomes), _ROWS)
        self._list.setMinimumHeight(rows * (self._list.sizeHintForRow(0) or SPACING.row) + 2 * SPACING.small)
        self._list.itemSelectionChanged.connect(self._on_list_selection_changed)
        self.inputs.append(self._list)
        self.box.addWidget(self._list)

    @property
    def won(self) -> dict[str, int]:
        """The line that is chosen."""
        rows = self._list.selectionModel().selectedRows()
        return self._outcomes[rows[0].row()] if rows else {}

    def choose(self, won: Mapping[str, int]) -> None:
        """Choose the line of a result."""
        if dict(won) in self._outcomes:
            self._list.setCurrentRow(self._outcomes.index(dict(won)))

    def _on_list_selection_changed(self) -> None:
        self.changed.emit()


class PartyCounters(LotResult):
    """Too many outcomes for a list: a number of seats for each party."""

    def __init__(self, draw: Draw, names: Names, parent: QWidget | None = None) -> None:
        self._counters: dict[str, QSpinBox] = {}
        super().__init__(draw, names, parent)

    @property
    def won(self) -> dict[str, int]:
        """The numbers that are not 0."""
        return {party: counter.value() for party, counter in self._counters.items() if counter.value()}

    def choose(self, won: Mapping[str, int]) -> None:
        """Show the seats of a result."""
        for party, counter in self._counters.items():
            counter.setValue(won.get(party, 0))

    def chooser(self, party: int) -> QWidget:
        """Return the party's counter, behind its key."""
        counter = QSpinBox()
        counter.setRange(0, self.draw.most(party))
        counter.setPrefix(f"{self.key(party)}  ")
        counter.setAccessibleName(self.describe(party))
        counter.valueChanged.connect(self._on_counter_value_changed)
        self._counters[self.key(party)] = counter
        self.inputs.append(counter)
        return counter

    def _on_counter_value_changed(self) -> None:
        self.changed.emit()


def lot_result(draw: Draw, names: Names) -> LotResult:
    """Return the simplest way to choose the result of a draw."""
    if draw.free:
        return PartyButtons(draw, names)
    if len(list(islice(draw.outcomes(), MOST_LISTED + 1))) <= MOST_LISTED:
        return OutcomeList(draw, names)
    return PartyCounters(draw, names)
