"""What ballots still in the boxes can change: a line that unfolds into a field, each party's range and a summary."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from tally_app.allocation.uncounted import Uncounted, ranges
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.exchange.numbers import NumberRefused, read_typed
from tally_app.ui.theme import SPACING

_FIELD_WIDTH = 84
_MOST_WORK = 300
"""Lists × seats beyond which the ranges would hold up the keys; then they wait for a pause in the typing."""
_PAUSE = 300


class UncountedRow(QWidget):
    """Folded away until somebody asks; it never takes the keyboard by itself."""

    def __init__(self, election: Election, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._result: RegionResult | None = None
        self._typed: dict[int, str] = {}
        self._accepted = ""
        self.fold = QToolButton(self)
        self.before, self.after, self.ranges = QLabel(self), QLabel(self), QLabel(self)
        self.field = QLineEdit(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._lay_out()
        self._name()
        self.fold.toggled.connect(self._on_fold_toggled)
        self.field.textEdited.connect(self._on_field_edited)
        self._show_open(False)

    def show_result(self, result: RegionResult) -> None:
        """Show a region; what was typed for it before comes back."""
        self._result = result
        if not self.fold.isChecked():
            return
        text = self._typed.get(result.region)
        self._accepted = _default(self._election, result) if text is None else text
        if self.field.text() != self._accepted:
            self.field.setText(self._accepted)
        work = len(result.contest.votes) * result.contest.seats
        self._timer.start(0 if work <= _MOST_WORK else _PAUSE)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again when the program's language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            if self._result is not None:
                self.show_result(self._result)

    def _lay_out(self) -> None:
        self.fold.setProperty("role", "fold")
        self.fold.setCheckable(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for label in (self.before, self.after, self.ranges):
            label.setProperty("role", "note")
            label.setIndent(0)
        self.ranges.setWordWrap(True)
        self.ranges.setTextFormat(Qt.TextFormat.RichText)
        self.ranges.setContentsMargins(3, 0, 0, 0)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        line = QHBoxLayout()
        line.setContentsMargins(3, 0, 0, 0)
        line.setSpacing(SPACING.small)
        for widget in (self.before, self.field, self.after):
            line.addWidget(widget)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(line)
        layout.addWidget(self.ranges)

    def _name(self) -> None:
        self.fold.setText(self.tr("Ballots still uncounted…"))
        self.before.setText(self.tr("If"))
        self.after.setText(self.tr("ballots are still uncounted:"))
        self.field.setAccessibleName(self.tr("Ballots still uncounted"))

    def _show_open(self, is_open: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        for widget in (self.before, self.field, self.after):
            widget.setVisible(is_open)
        self.ranges.setVisible(is_open and bool(self.ranges.text()))

    def _on_fold_toggled(self, is_open: bool) -> None:
        self._show_open(is_open)
        if self._result is not None:
            self.show_result(self._result)

    def _on_field_edited(self, text: str) -> None:
        """Take digits, Khmer ones too; any other key leaves the field as it was."""
        try:
            read_typed(text)
        except NumberRefused:
            self.field.setText(self._accepted)
            return
        self._accepted = text
        if self._result is not None:
            self._typed[self._result.region] = text
        self._timer.start(0)

    def _on_timer_timeout(self) -> None:
        if self._result is None or not self.fold.isChecked():
            return
        self.ranges.setText(self._text(self._result))
        self.ranges.setVisible(bool(self.ranges.text()))

    def _text(self, result: RegionResult) -> str:
        ballots = read_typed(self._accepted).value
        if ballots is None:
            return ""
        standing = self._election.standing[result.region]
        found = ranges(result.contest, ballots, standing)
        if found is None:
            return self.tr("By this rule, or as far as it is counted, nothing can be said of that.")
        summary = self._summary(found)
        each = (
            f"{self._election.parties[party].key}\u00a0<b>{_range(low, high)}</b>"
            for party, (low, high) in enumerate(zip(found.least, found.most, strict=True))
            if high or low
        )
        text = f"<b>{summary}</b> · {', '.join(each)}"
        return text if found.exact else self.tr("{ranges} (or narrower)").format(ranges=text)

    def _summary(self, found: Uncounted) -> str:
        return self.tr("{safe} safe, {open} open").format(safe=f"{sum(found.least):,}", open=f"{found.open_seats:,}")


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}\u2013{high:,}"


def _default(election: Election, result: RegionResult) -> str:
    """Ballots cast that no figure accounts for, where they are stated; else nothing."""
    columns = election.column_index
    cast = result.sums[columns["cast"]] if "cast" in columns else None
    if cast is None:
        return ""
    others = (result.sums[columns[key]] or 0 for key in ("blank", "invalid") if key in columns)
    missing = cast - sum(result.votes) - sum(others)
    return f"{missing:,}" if missing > 0 else ""
