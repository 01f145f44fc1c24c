"""Settle differences: both entries of a unit field by field, and what the paper says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.second_entry import UnitState, settlement_edit
from tally_app.exchange.numbers import Refusal
from tally_app.ui.gestures import Gestures
from tally_app.ui.second.paper import PaperLine
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, listed
from tally_app.wording.refusals import edit_refusal, refusal
from tally_app.wording.units import second_clerks

_LONGEST = 300
_PAPER_WIDTH = 150
_FIGURE_WIDTH = 110


class SettleDialog(QDialog):
    """Asks, for each field in which the entries differ, what is on the paper. Goes on to the next unit that differs."""

    unit_shown = Signal(object)
    """First differing Cell of the unit that is asked about."""

    def __init__(
        self, document: Document, gestures: Gestures, names: Names, row: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settle differences"))
        self._document = document
        self._gestures = gestures
        self._names = names
        self._row = row
        self.papers: dict[int, PaperLine] = {}
        """What the paper says, by column."""
        self._figures: dict[int, tuple[QLabel, QLabel]] = {}
        self.title = QLabel()
        self.who = QLabel()
        self._fields = QFrame()
        self.note = QLineEdit()
        self.message = QLabel()
        self.decided_by = QLabel()
        self.record = QPushButton(self.tr("&Record"))
        self.next = QPushButton(self.tr("Ne&xt difference"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._gestures.refused.connect(self.message.setText)
        self._gestures.failed.connect(self.message.setText)
        self._show_unit()

    @property
    def row(self) -> int:
        """Row of the unit that is asked about."""
        return self._row

    def accept(self) -> None:
        """Record what the paper says, and go on to the next unit; stay, with everything typed, if it is refused."""
        document = self._document
        paper = {column: line.value for column, line in self.papers.items() if line.is_decided}
        try:
            edit = settlement_edit(
                document.election, document.book, document.second, document.operator, self._row, paper, self.note.text()
            )
        except EditRefused as refused:
            self.message.setText(edit_refusal(self._names, refused))
            return
        if not self._gestures.submit(edit):
            return
        if self._others():
            self._go_on()
        else:
            super().accept()

    def _others(self) -> list[int]:
        """Rows of the other units that differ, from the one after this on."""
        rows = [int(row) for row in self._document.states.rows((UnitState.DIFFERS,)) if row != self._row]
        return [row for row in rows if row > self._row] + [row for row in rows if row < self._row]

    def _go_on(self) -> None:
        others = self._others()
        if others:
            self._row = others[0]
            self._show_unit()

    def _lay_out(self) -> None:
        self.title.setProperty("role", "title")
        self.who.setProperty("role", "muted")
        self.decided_by.setProperty("role", "muted")
        self.decided_by.setWordWrap(True)
        self.message.setProperty("role", "warning")
        self.message.setWordWrap(True)
        self.message.setMinimumHeight(self.message.fontMetrics().lineSpacing())
        for label in (self.title, self.who, self.message, self.decided_by):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._fields.setProperty("role", "card")
        self.note.setMaxLength(_LONGEST)
        self.note.setPlaceholderText(self.tr("Note (optional): what the paper shows"))
        self.note.setAccessibleName(self.tr("Note"))
        self.record.setDefault(True)
        self.next.setAutoDefault(False)
        self.buttons.addButton(self.record, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.next, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.next.clicked.connect(self._go_on)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        self._column.setSpacing(SPACING.medium)
        for widget in (self.title, self.who, self._fields, self.note, self.decided_by, self.message, self.buttons):
            self._column.addWidget(widget)

    def _show_unit(self) -> None:
        document, row = self._document, self._row
        second = document.second
        region = document.election.regions[document.election.region_of(row)]
        self.title.setText(f"{self._names.text(region.name)} · {self._names.unit(row)}")
        first_by, second_by = second.clerks(row), second_clerks(second, row)
        self.who.setText(
            self.tr("First entry by {first} · second entry by {second}").format(
                first=listed(list(first_by)) or self.tr("nobody: it came with the election"),
                second=listed(list(second_by)),
            )
        )
        self.decided_by.setText(self._decider())
        self.message.clear()
        self.note.clear()
        columns = second.differing(row, document.book.row(row))
        self._fill_fields(columns)
        self.next.setEnabled(bool(self._others()))
        self.next.setToolTip(counted(len(self._others()), self.tr("more unit differs"), self.tr("more units differ")))
        self._show_state()
        self.unit_shown.emit(Cell(row, columns[0]))
        self.papers[columns[0]].setFocus()

    def _decider(self) -> str:
        operator, second = self._document.operator, self._document.second
        text = self.tr("Decided by {operator}, whose name is recorded.").format(operator=operator)
        if second.typed_first(self._row, operator) or second.typed_second(self._row, operator):
            own = self.tr("One of these entries is your own: let somebody else read the paper, too, if you can.")
            return f"{text} {own}"
        return text

    def _fill_fields(self, columns: list[int]) -> None:
        before = self._fields
        self._fields = QFrame()
        self._fields.setProperty("role", "card")
        self._column.replaceWidget(before, self._fields)
        before.hide()
        before.deleteLater()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(SPACING.card, SPACING.card, SPACING.card, SPACING.card)
        grid.setHorizontalSpacing(SPACING.large)
        grid.setVerticalSpacing(SPACING.medium)
        grid.setColumnStretch(0, 1)
        headings = (self.tr("Field"), self.tr("← First"), self.tr("Second →"), self.tr("On the paper"))
        for position, text in enumerate(headings):
            heading = QLabel(text)
            heading.setProperty("role", "section")
            side = Qt.AlignmentFlag.AlignLeft if position == 0 else Qt.AlignmentFlag.AlignRight
            grid.addWidget(heading, 0, position, side)
        self.papers, self._figures = {}, {}
        for line, column in enumerate(columns, 1):
            self._add_field(grid, line, column)
        previous: QWidget | None = None
        for each in (*self.papers.values(), self.note, self.record, self.next):
            if previous is not None:
                QWidget.setTabOrder(previous, each)
            previous = each

    def _add_field(self, grid: QGridLayout, line: int, column: int) -> None:
        definition = self._document.election.columns[column]
        first = self._document.book.row(self._row)[column]
        second = self._document.second.figures(self._row)[column]
        paper = PaperLine(first, second, definition.required, self._fields)
        name = self._names.column(definition.key)
        label = QLabel(name if definition.party is None else f"{name}  {self._names.party(definition.key)}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(paper)
        grid.addWidget(label, line, 0)
        figures = (self._figure(first), self._figure(second))
        for position, figure in enumerate(figures, 1):
            grid.addWidget(figure, line, position)
        paper.setFont(sized(self.font(), SIZES.entry))
        paper.setFixedWidth(_PAPER_WIDTH)
        texts = (name, figures[0].text(), figures[1].text())
        paper.setAccessibleName(
            self.tr("{field}: first {first}, second {second}. On the paper:").format(
                field=texts[0], first=texts[1], second=texts[2]
            )
        )
        grid.addWidget(paper, line, 3, Qt.AlignmentFlag.AlignRight)
        paper.decided.connect(self._show_state)
        paper.left.connect(self._on_paper_left)
        paper.refused.connect(self._on_paper_refused)
        self.papers[column] = paper
        self._figures[column] = figures

    def _figure(self, value: int | None) -> QLabel:
        label = QLabel(self.tr("not entered") if value is None else grouped(value))
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setMinimumWidth(_FIGURE_WIDTH)
        return label

    def _show_state(self) -> None:
        """Show which entry each field takes, and whether everything is said."""
        self.message.clear()
        for column, paper in self.papers.items():
            for which, label in enumerate(self._figures[column]):
                taken = paper.chosen == which
                label.setFont(sized(self.font(), SIZES.entry, bold=taken))
                ground = f"background: {COLOURS.selection}; border-radius: 4px;" if taken else ""
                label.setStyleSheet(f"QLabel {{ padding: 2px 6px; {ground} }}")
        self.record.setEnabled(all(paper.is_decided for paper in self.papers.values()))

    def _on_paper_left(self, by: int) -> None:
        """Go to the next field, after the last one to the note; never past one that says nothing yet."""
        lines = list(self.papers.values())
        at = next((index for index, line in enumerate(lines) if line.hasFocus()), 0)
        if by > 0 and not lines[at].is_decided:
            self.message.setText(self.tr("← or → takes an entry’s figure; or type what is on the paper."))
        elif by > 0 and at == len(lines) - 1:
            self.note.setFocus()
        else:
            lines[max(at + by, 0)].setFocus()

    def _on_paper_refused(self, reason: Refusal) -> None:
        self.message.setText(self.tr("Not taken: {reason}.").format(reason=refusal(reason)))
