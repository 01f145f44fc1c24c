"""Beside the list: all of the selected finding, what is probably behind it, and the reason it is accepted with."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tally_app.checks.finding import Severity
from tally_app.checks.repair import Repair, Repairs
from tally_app.ui.findings.candidates import CandidateList
from tally_app.ui.findings.ledger import Entry
from tally_app.ui.findings.reason import ReasonLine
from tally_app.ui.theme import SPACING
from tally_app.wording.explanations import given_text
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped
from tally_app.wording.repairs import repair_title

_WIDTH = 400


class Subject(NamedTuple):
    """What the detail is about: the selected findings, and repairs that are offered for them."""

    entries: tuple[Entry, ...] = ()
    repairs: Repairs = Repairs()
    offered: tuple[Repair, ...] = ()
    """Some of *repairs*, the best first."""
    title: str = ""
    """Instead of a single finding's sentence."""


class FindingDetail(QFrame):
    """Shows a ``Subject`` and offers what can be done about it."""

    apply_wanted = Signal()
    """Somebody wants to enter what the current candidate says."""
    accept_wanted = Signal(object)
    """The reason with which the selected warnings are accepted; None takes their reasons back."""
    repair_opened = Signal(object)
    """The Repair whose cell somebody wants to see."""
    left = Signal()
    """The keyboard goes back to the findings."""

    def __init__(self, names: Names, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._read_only = read_only
        self._subject = Subject()
        self._text = QLabel(self)
        self._advice = QLabel(self)
        self._given = QLabel(self)
        self._hint = QLabel(self)
        self.candidates = CandidateList(self)
        self.reason = ReasonLine(self)
        self._apply = QPushButton(self)
        self._go = QPushButton(self.tr("Go to cell"), self)
        self._accept = QPushButton(self)
        self._take_back = QPushButton(self.tr("Take back"), self)
        self._again = QPushButton(self.tr("Give it again"), self)
        self._area = QScrollArea(self)
        self._body = QWidget()
        self._foot = QWidget(self)
        self._lay_out()
        self._connect()

    @property
    def subject(self) -> Subject:
        """What is shown."""
        return self._subject

    @property
    def text(self) -> str:
        """All that is said, for tests and screen readers."""
        labels = (self._text, self._advice, self._given, self._hint)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def show_subject(self, subject: Subject, names: Names) -> None:
        """Show other findings, or the same ones as they are now; a reason that is being typed stays."""
        listed = subject.repairs is self._subject.repairs and subject.offered == self._subject.offered
        self._names = names
        self._subject = subject
        self._say()
        if not listed:
            self._list_candidates()
        self._offer()

    def use_names(self, names: Names) -> None:
        """Say everything in another language."""
        self.show_subject(self._subject, names)
        self._list_candidates()

    def warn(self, text: str) -> None:
        """Say why something was not done."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._area.ensureWidgetVisible(self._hint)

    @property
    def asking(self) -> bool:
        """Is somebody giving a reason?"""
        return not self.reason.isHidden()

    def end_reason(self) -> None:
        """Put the line for a reason away; the keyboard goes back to the findings if it was there."""
        had_keyboard = self.reason.isAncestorOf(self.window().focusWidget() or self)
        self.reason.hide()
        self._foot.show()
        if had_keyboard:
            self.left.emit()

    def ask_reason(self) -> bool:
        """Open the line for a reason, with the one that was given before; False if nothing here takes one."""
        warnings = self.warnings
        if not warnings or self._read_only:
            return False
        before = next((entry.given.explanation.reason for entry in warnings if entry.given is not None), "")
        self._foot.hide()
        self.reason.ask(before, len(warnings))
        return True

    @property
    def warnings(self) -> list[Entry]:
        """The selected findings that can be accepted with a reason."""
        return [entry for entry in self._subject.entries if entry.finding.severity is Severity.WARNING]

    def sizeHint(self) -> QSize:
        """Ask for the width of a candidate's arithmetic, and no height: it scrolls."""
        return QSize(_WIDTH, 100)

    def _say(self) -> None:
        entries, title = self._subject.entries, self._subject.title
        single = entries[0] if len(entries) == 1 else None
        if single is not None and not title:
            finding = single.finding
            self._text.setText(f"{finding.code} · {self._names.place(finding.place)}: {sentence(self._names, finding)}")
        else:
            self._text.setText(title or self.tr("{count} findings are selected").format(count=grouped(len(entries))))
        self._advice.setText(advice(single.finding) if single is not None else "")
        self._advice.setVisible(bool(self._advice.text()) and not self._subject.offered)
        given = single.given if single is not None else None
        self._given.setText(given_text(given) if given is not None else "")
        self._given.setVisible(given is not None)
        self._given.setProperty("role", "good" if given is not None and given.holds else "warning")
        self._given.style().unpolish(self._given)
        self._given.style().polish(self._given)
        self.warn("")

    def _offer(self) -> None:
        warnings = [entry for entry in self.warnings if not self._read_only]
        accepted = [entry for entry in warnings if entry.accepted]
        lapsed = [entry for entry in warnings if entry.given is not None and not entry.given.holds]
        count = counted(len(warnings), self.tr("warning"), self.tr("warnings"))
        several = self.tr("Accept {warnings}…").format(warnings=count)
        change = bool(accepted) and len(accepted) == len(warnings)
        one = self.tr("Change the reason…") if change else self.tr("Accept with a reason…")
        self._accept.setText(several if len(warnings) > 1 else one)
        self._accept.setVisible(bool(warnings))
        self._take_back.setVisible(bool(accepted))
        self._again.setVisible(len(lapsed) == 1 == len(warnings))
        self._label_candidate()

    def _list_candidates(self) -> None:
        subject = self._subject
        self.candidates.setVisible(bool(subject.offered))
        self.candidates.show_repairs(subject.repairs, subject.offered, self._names)
        self._label_candidate()

    def _label_candidate(self) -> None:
        repair = self.candidates.repair
        self._go.setVisible(repair is not None and repair.applicable)
        self._apply.setVisible(repair is not None and repair.applicable and not self._read_only)
        if repair is not None and len(repair.changes) == 1 and repair.changes[0].new is not None:
            self._apply.setText(self.tr("Apply {number}").format(number=grouped(repair.changes[0].new)))
        else:
            self._apply.setText(self.tr("Apply"))
        if repair is not None:
            self._apply.setAccessibleName(self.tr("Apply: {what}").format(what=repair_title(self._names, repair)))

    def _lay_out(self) -> None:
        self.setObjectName("detail")
        self.setStyleSheet("#detail { border: 0; }")
        self._advice.setProperty("role", "muted")
        self._hint.setProperty("role", "warning")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(SPACING.card, SPACING.small, SPACING.medium, SPACING.small)
        column.setSpacing(SPACING.small)
        for label in (self._text, self._hint, self._given, self._advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        column.addWidget(self.candidates)
        column.addStretch(1)
        self._area.setWidget(self._body)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(SPACING.card, SPACING.hair, SPACING.medium, SPACING.small)
        foot.setSpacing(SPACING.small)
        for button in (self._apply, self._go, self._accept, self._again, self._take_back):
            button.setStyleSheet("QPushButton { padding: 3px 8px; }")
            button.setAutoDefault(True)
            foot.addWidget(button)
        self._apply.setToolTip(self.tr("Enter this figure; Ctrl+Z takes it back (Ctrl+R)"))
        self._accept.setToolTip(self.tr("Say why it is right after all (Ctrl+E)"))
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._foot)
        layout.addWidget(self.reason)
        self.setAccessibleName(self.tr("The selected finding"))

    def _connect(self) -> None:
        self.candidates.chosen.connect(self._on_candidates_chosen)
        self.candidates.opened.connect(self._on_go_clicked)
        self._apply.clicked.connect(self._on_apply_clicked)
        self._go.clicked.connect(self._on_go_clicked)
        self._accept.clicked.connect(self.ask_reason)
        self._take_back.clicked.connect(self._on_take_back_clicked)
        self._again.clicked.connect(self._on_again_clicked)
        self.reason.given.connect(self._on_reason_given)
        self.reason.left.connect(self.end_reason)

    def _on_candidates_chosen(self) -> None:
        self._label_candidate()
        rect = self.candidates.visualItemRect(self.candidates.currentItem())
        middle = self.candidates.mapTo(self._body, rect.center())
        self._area.ensureVisible(middle.x(), middle.y(), 0, rect.height() // 2 + SPACING.small)

    def _on_apply_clicked(self) -> None:
        if self.candidates.repair is not None:
            self.apply_wanted.emit()

    def _on_go_clicked(self) -> None:
        if self.candidates.repair is not None:
            self.repair_opened.emit(self.candidates.repair)

    def _on_take_back_clicked(self) -> None:
        self.accept_wanted.emit(None)

    def _on_again_clicked(self) -> None:
        given = next((entry.given for entry in self.warnings if entry.given is not None), None)
        if given is not None:
            self.accept_wanted.emit(given.explanation.reason)

    def _on_reason_given(self, text: str) -> None:
        self.accept_wanted.emit(text)
