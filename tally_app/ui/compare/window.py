"""*Compare methods*: a window beside the count, live, that changes nothing."""

from collections.abc import Iterable
from fractions import Fraction
from typing import get_args

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tally_app.document.comparison import Choice, own_choice, same_method, usual_choices
from tally_app.document.document import Document, DraftChanged, FiguresChanged
from tally_app.election.model import MethodName
from tally_app.ui.compare.model import CHAMBER, CompareModel
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.theme import SPACING
from tally_app.wording.comparison import explanation, title
from tally_app.wording.names import Names

_PORTION = 0.008
"""Seconds of computing between two looks at the keyboard."""
_LIST_WIDTH = 196
_CELL_WIDTH = 176
"""Four parties' changes in one line."""
_CHOICE = Qt.ItemDataRole.UserRole
_STATIONARY: MethodName = "stationary"


class CompareWindow(QDialog):
    """Methods at the left; what they give in the chamber and in every region at the right."""

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = self.tr("Compare methods")
        self.setWindowTitle(f"{self.tr('TRAINING')} — {title}" if document.training else title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self.model = CompareModel(document, names, self)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setMinimumHeight(2 * self.sentence.fontMetrics().lineSpacing() + SPACING.small)
        self.methods = self._make_methods()
        self.parameter = QLineEdit("1/3")
        self.parameter.setMaximumWidth(64)
        self.only_changes = QCheckBox(self.tr("Only rows that &change"))
        self.view = self._make_view()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._lay_out()
        self._connect(signals)
        self._choose()
        room = self.screen().availableSize() - QSize(2 * SPACING.large, 4 * SPACING.large)
        self.resize(QSize(1210, 580).boundedTo(room))

    def copy(self) -> None:
        """Copy the table, tab-separated, as it is shown."""
        rows = [row for row in range(self.model.rowCount()) if not self.view.isRowHidden(row)]
        columns = range(self.model.columnCount())
        head = [str(self.model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
        lines = ["\t".join(["", *head])]
        for row in rows:
            cells = [str(self.model.index(row, column).data() or "").replace("\n", " · ") for column in columns]
            lines.append("\t".join([str(self.model.headerData(row, Qt.Orientation.Vertical)), *cells]))
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def _make_methods(self) -> QListWidget:
        rule = self._document.election.pack.rule
        usual = usual_choices(rule)
        methods = QListWidget()
        methods.setAccessibleName(self.tr("Methods to compare with"))
        methods.setFixedWidth(_LIST_WIDTH)
        methods.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in get_args(MethodName):
            choice = Choice(name, "1/3" if name == _STATIONARY else None)
            if name == rule.method and same_method(choice, own_choice(rule)):
                continue
            item = QListWidgetItem(self.tr("Divisors n + r") if name == _STATIONARY else title(choice))
            item.setData(_CHOICE, name)
            item.setToolTip(explanation(choice))
            item.setCheckState(Qt.CheckState.Checked if choice in usual else Qt.CheckState.Unchecked)
            methods.addItem(item)
        methods.setCurrentRow(0)
        return methods

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Seats by each method"))
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        lines = view.fontMetrics().lineSpacing()
        view.verticalHeader().setDefaultSectionSize(2 * lines + SPACING.medium)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setMinimumSectionSize(_CELL_WIDTH)
        return view

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("The same votes, thresholds and limits by other methods. Nothing is changed by it."))
        heading.setProperty("role", "note")
        stationary = QHBoxLayout()
        label = QLabel(self.tr("&r, an exact fraction:"))
        label.setBuddy(self.parameter)
        stationary.addWidget(label)
        stationary.addWidget(self.parameter)
        stationary.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.methods, 1)
        left.addLayout(stationary)
        left.addWidget(self.only_changes)
        right = QVBoxLayout()
        right.addWidget(self.sentence)
        right.addWidget(self.view, 1)
        body = QHBoxLayout()
        body.setSpacing(SPACING.large)
        body.addLayout(left)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING.medium)
        layout.addWidget(heading)
        layout.addLayout(body, 1)

    def _connect(self, signals: DocumentSignals) -> None:
        self.methods.itemChanged.connect(self._on_methods_item_changed)
        self.parameter.editingFinished.connect(self._choose)
        self.only_changes.toggled.connect(self._on_only_changes_toggled)
        self.view.selectionModel().currentChanged.connect(self._on_view_current_changed)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        signals.draft_changed.connect(self._on_signals_draft_changed)
        QShortcut(QKeySequence.StandardKey.Copy, self.view, self.copy, context=Qt.ShortcutContext.WidgetShortcut)

    def _choices(self) -> list[Choice]:
        chosen = []
        for row in range(self.methods.count()):
            item = self.methods.item(row)
            if item.checkState() == Qt.CheckState.Checked:
                name: MethodName = item.data(_CHOICE)
                chosen.append(Choice(name, self._fraction() if name == _STATIONARY else None))
        return chosen

    def _fraction(self) -> str:
        """Return the parameter that is typed, or 1/3 where it is none."""
        try:
            value = Fraction(self.parameter.text().strip())
        except (ValueError, ZeroDivisionError):
            value = Fraction(1, 3)
        value = min(max(value, Fraction(0)), Fraction(1)).limit_denominator(10_000)
        self.parameter.setText(str(value))
        return str(value)

    def _choose(self) -> None:
        chosen = self._choices()
        if chosen != list(self.model.choices[1:]) or not self.view.currentIndex().isValid():
            self.model.choose(chosen)
            self.view.setCurrentIndex(self.model.index(CHAMBER, min(1, len(chosen))))
        self._timer.start()

    def _refresh(self, regions: Iterable[int]) -> None:
        self.model.refresh(regions)
        self._timer.start()

    def _say(self) -> None:
        current = self.view.currentIndex()
        self.sentence.setText(self.model.sentence(current.row(), current.column()) if current.isValid() else "")

    def _hide_rows(self) -> None:
        for row in range(1, self.model.rowCount()):
            self.view.setRowHidden(row, self.only_changes.isChecked() and not self.model.changes(row))

    def _on_timer_timeout(self) -> None:
        self.model.work(_PORTION)
        if self.model.waiting:
            return
        self._timer.stop()
        self._hide_rows()
        self._say()

    def _on_methods_item_changed(self, _: QListWidgetItem) -> None:
        self._choose()

    def _on_only_changes_toggled(self, _: bool) -> None:
        self._hide_rows()

    def _on_view_current_changed(self, _: QModelIndex, __: QModelIndex) -> None:
        self._say()

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        self._refresh(event.regions)

    def _on_signals_draft_changed(self, event: DraftChanged) -> None:
        self._refresh([event.region])
