"""Sign off: first what stands in the way, each line leading to its place; if nothing does, who signs as what."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.signing import Obstacle, probable_slips
from tally_app.document.signing_off import sign_off
from tally_app.ui.gestures import Gestures
from tally_app.ui.signing.act_dialog import ActDialog, label, plain_line, titled
from tally_app.ui.signing.obstacle_list import ObstacleList
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped
from tally_app.wording.refusals import edit_refusal
from tally_app.wording.repairs import repair_sentence
from tally_app.wording.signing import place_name

_LONGEST = 300
_WIDTH = 560
_WIDE = 820


class SignOffDialog(ActDialog):
    """Signs a region off by its key, None: the chamber. *found*: what stands in the way."""

    wanted = Signal(object)
    """The Obstacle whose place is to be shown; the dialog is closed by then."""

    def __init__(
        self,
        document: Document,
        gestures: Gestures,
        names: Names,
        region: str | None,
        found: Sequence[Obstacle],
        parent: QWidget | None = None,
    ) -> None:
        self._place = place_name(names, region)
        heading = self.tr("Sign off: {place}").format(place=self._place)
        super().__init__(gestures, heading, document.training, parent)
        self._document = document
        self._names = names
        self._region = region
        self.list: ObstacleList | None = ObstacleList(found, names, region) if found else None
        self.name = QLineEdit(document.operator)
        self.role = QComboBox()
        self.note = QLineEdit()
        self.sign = QPushButton(self.tr("&Sign off"))
        if self.list is not None:
            self._show_obstacles(len(found), self.list)
        else:
            self._show_form()

    def accept(self) -> None:
        """Sign; stay, with everything typed, if that is not possible."""
        if self.list is not None:
            return
        if not self.name.text().strip() or not self.role.currentText().strip():
            empty = self.role if self.name.text().strip() else self.name
            empty.setFocus()
            self.say(self.tr("Say who signs, and as what."))
            return
        role = self.role.currentText()
        try:
            edit = sign_off(self._document, self._region, self.name.text(), role, self.note.text())
        except EditRefused as refused:
            self.say(edit_refusal(self._names, refused))
            return
        if self.gestures.submit(edit, undoable=False):
            super().accept()

    def _show_obstacles(self, number: int, found: ObstacleList) -> None:
        self.setMinimumWidth(_WIDE)
        things = counted(number, self.tr("thing stands"), self.tr("things stand"))
        self.add(label(self.tr("{things} in the way.").format(things=things), ""))
        self.add(found)
        text = self.tr("Enter goes to the place; Ctrl+Return there shows what is left. Esc closes.")
        self.add(label(text, "muted"))
        go = QPushButton(self.tr("&Go there"))
        go.setDefault(True)
        self.buttons.addButton(go, QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText(self.tr("Close"))
        close.setAutoDefault(False)
        go.clicked.connect(self._on_go_clicked)
        found.chosen.connect(self._on_list_chosen)
        found.setFocus()

    def _show_form(self) -> None:
        self.setMinimumWidth(_WIDTH)
        text = self.tr("Nothing stands in the way. From then on nobody can change these figures until somebody opens")
        self.add(label(f"{text} {self.tr('them again, with a reason.')}", ""))
        self.add(self._result())
        for repair, repairs in probable_slips(self._document.late.repairs, self._region):
            text = self.tr("Read this form once more: {slip}")
            self.add(label(text.format(slip=repair_sentence(self._names, repair, repairs)), "warning"))
        line = plain_line()
        self.role.setLineEdit(line)
        for role in self._document.election.pack.roles:
            self.role.addItem(self._names.text(role.name), role.key)
        self.role.setCurrentIndex(-1)
        line.setPlaceholderText(self.tr("Choose with ↓, or type"))
        for text_field in (self.name, self.note, line):
            text_field.setMaxLength(_LONGEST)
        form = QGridLayout()
        form.setHorizontalSpacing(SPACING.large)
        form.setVerticalSpacing(SPACING.medium)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Name"), self.name),
            (self.tr("&Role"), self.role),
            (self.tr("N&ote"), self.note),
        )
        for row, (name, field) in enumerate(rows):
            form.addWidget(titled(name, field), row, 0)
            form.addWidget(field, row, 1)
        self.add(form)
        self.sign.setDefault(True)
        self.buttons.addButton(self.sign, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        for first, second in pairwise((self.name, self.role, self.note, self.sign, cancel)):
            self.setTabOrder(first, second)
        self.name.selectAll()
        (self.role if self.name.text() else self.name).setFocus()

    def _result(self) -> QFrame:
        """What is signed: votes and seats of every list."""
        election, live = self._document.election, self._document.live
        if self._region is None:
            votes, seats = live.chamber.votes, live.chamber.seats
        else:
            result = live.region(election.region_index[self._region])
            votes, seats = result.votes, result.allocation.seats
        card = QFrame()
        card.setProperty("role", "card")
        table = QGridLayout(card)
        table.setContentsMargins(SPACING.card, SPACING.card, SPACING.card, SPACING.card)
        table.setHorizontalSpacing(SPACING.large)
        table.setColumnStretch(0, 1)
        for column, heading in enumerate((self.tr("Signed are"), self.tr("Votes"), self.tr("Seats"))):
            _put(table, 0, column, heading, "muted")
        for row, party in enumerate(election.parties, 1):
            _put(table, row, 0, f"{party.key}  {self._names.party(party.key)}", "")
            _put(table, row, 1, grouped(votes[row - 1]), "")
            _put(table, row, 2, grouped(seats[row - 1]), "")
        head = self._document.head
        about = self.tr("after event {seq} of the journal, {hash}")
        text = about.format(seq=grouped(head.seq), hash=f"{head.hash[:4]} {head.hash[4:8]}")
        table.addWidget(label(text, "muted"), len(election.parties) + 1, 0, 1, 3)
        return card

    def _on_go_clicked(self) -> None:
        if self.list is not None and self.list.current is not None:
            self._on_list_chosen(self.list.current)

    def _on_list_chosen(self, obstacle: Obstacle) -> None:
        self.done(0)
        self.wanted.emit(obstacle)


def _put(table: QGridLayout, row: int, column: int, text: str, role: str) -> None:
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    table.addWidget(made, row, column, side)
