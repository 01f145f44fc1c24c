"""New tally: which election, practice or real count, and where the file goes."""

from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tally_app.document.opening import SUFFIX, TRAINING_SUFFIX, unused
from tally_app.election.pack import PackInfo
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.theme import SPACING


class NewTallyDialog(QDialog):
    """Asks for the pack, training or live, and the file."""

    def __init__(self, packs: list[PackInfo], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New tally"))
        self._folder = folder
        self._packs = packs
        self._pack = QComboBox()
        for pack in packs:
            self._pack.addItem(pack.title.en, pack.key)
        self._live = QRadioButton(self.tr("&Live: a real count"))
        self._training = QRadioButton(self.tr("&Training: practice; every page will say so"))
        self._kind = QButtonGroup(self)
        self._kind.addButton(self._live)
        self._kind.addButton(self._training)
        self._live.setChecked(True)
        self._double_entry = QCheckBox(self.tr("&Double entry: somebody else types every form a second time"))
        self._path = QLineEdit()
        self._path.setMinimumWidth(460)
        self._lay_out()
        self._pack.currentIndexChanged.connect(self._on_pack_changed)
        self._training.toggled.connect(self._on_training_toggled)
        self._on_pack_changed()

    @property
    def pack(self) -> str:
        """Key of the chosen pack."""
        return str(self._pack.currentData())

    @property
    def training(self) -> bool:
        """Is it to be a training file?"""
        return self._training.isChecked()

    @property
    def double_entry(self) -> bool:
        """Is every form to be typed a second time?"""
        return self._double_entry.isChecked()

    @property
    def path(self) -> Path:
        """The file to make."""
        path = Path(self._path.text()).expanduser()
        return path if path.suffix in (SUFFIX, TRAINING_SUFFIX) else path.with_name(path.name + self._suffix)

    def choose(self, pack: str, training: bool) -> None:
        """Begin with these choices."""
        index = self._pack.findData(pack)
        if index >= 0:
            self._pack.setCurrentIndex(index)
        self._training.setChecked(training)
        self._live.setChecked(not training)

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse_clicked)
        file_row = QHBoxLayout()
        file_row.addWidget(self._path, 1)
        file_row.addWidget(browse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        create = buttons.addButton(self.tr("&Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        create.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.setSpacing(SPACING.medium)
        layout.addWidget(self._label(self.tr("&Election"), self._pack))
        layout.addWidget(self._pack)
        layout.addWidget(self._live)
        layout.addWidget(self._training)
        why = QLabel(self.tr("This cannot be changed later: practice never becomes a count."))
        why.setProperty("role", "muted")
        layout.addWidget(why)
        layout.addSpacing(SPACING.medium)
        layout.addWidget(self._double_entry)
        layout.addWidget(self._label(self.tr("&File"), self._path))
        layout.addLayout(file_row)
        layout.addWidget(buttons)

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(buddy)
        return label

    @property
    def _suffix(self) -> str:
        return TRAINING_SUFFIX if self.training else SUFFIX

    def _on_pack_changed(self) -> None:
        self._path.setText(str(unused(self._folder / (_file_name(self._pack.currentText()) + self._suffix))))

    def _on_training_toggled(self) -> None:
        path = Path(self._path.text())
        if path.suffix in (SUFFIX, TRAINING_SUFFIX):
            self._path.setText(str(unused(path.with_suffix(self._suffix))))

    def _on_browse_clicked(self) -> None:
        title = self.tr("New tally")
        filters = self.tr("Tallies (*.tally *.tally-training)")
        name, _ = FileDialog.ask_to_save(self, title, self._path.text(), filters)
        if name:
            self._path.setText(name)


def _file_name(title: str) -> str:
    """Leave out of a title what no file's name may have."""
    return "".join(character for character in title if character not in '\\/:*?"<>|').strip()
