"""Choosing the election of a new tally, and whether it is for training."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from tally_app.election.pack import PackInfo
from tally_app.ui.theme import SPACING, sized

_TITLE = 15
_INDENT = 24


class NewTally(QFrame):
    """A card with the bundled elections. *requested* carries a pack's key and whether the file is for training."""

    requested = Signal(object, bool)

    def __init__(self, packs: Sequence[PackInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._packs = tuple(packs)
        self._choice = QButtonGroup(self)
        self._training = QCheckBox(self.tr("Fo&r training"), self)
        self._create = QPushButton(self.tr("&New tally…"), self)
        self._title = QLabel(self.tr("New tally"), self)
        self._lay_out()
        self._create.clicked.connect(self._on_create_clicked)

    def choose(self, key: str) -> None:
        """Choose an election."""
        for index, pack in enumerate(self._packs):
            if pack.key == key:
                self._choice.button(index).setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the title's size from the font that the window really has."""
        self._title.setFont(sized(self.font(), _TITLE, bold=True))
        super().showEvent(event)

    def _lay_out(self) -> None:
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 13, 14, 14)
        layout.setSpacing(SPACING.small)
        layout.addWidget(self._title)
        layout.addWidget(_muted(self.tr("An election that comes with the program.")))
        layout.addSpacing(SPACING.small)
        for index, pack in enumerate(self._packs):
            self._add_pack(layout, index, pack)
        if self._packs:
            blank = [index for index, pack in enumerate(self._packs) if pack.key.endswith("-blank")]
            self._choice.button(blank[0] if blank else 0).setChecked(True)
        layout.addSpacing(SPACING.medium)
        layout.addWidget(self._training)
        why = self.tr("Every sheet is printed with a watermark. This cannot be changed later.")
        layout.addWidget(_muted(why, _INDENT))
        self._training.setAccessibleDescription(why)
        layout.addSpacing(SPACING.medium)
        layout.addWidget(self._create, 0, Qt.AlignmentFlag.AlignLeft)
        self._create.setEnabled(bool(self._packs))

    def _add_pack(self, layout: QVBoxLayout, index: int, pack: PackInfo) -> None:
        button = QRadioButton(pack.title.en.replace("&", "&&"), self)
        button.setAccessibleDescription(pack.title.km)
        self._choice.addButton(button, index)
        layout.addWidget(button)
        if pack.title.km:
            layout.addWidget(_muted(pack.title.km, _INDENT))

    def _on_create_clicked(self) -> None:
        pack = self._packs[max(self._choice.checkedId(), 0)]
        self.requested.emit(pack.key, self._training.isChecked())


def _muted(text: str, indent: int = 0) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setContentsMargins(indent, 0, 0, 0)
    return label
