"""About: which program this is, built of what, under whose licences. Every text can be read here, without a network."""

from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tally_app.ui.dialogs.components import Build, Part, read_build
from tally_app.ui.icons import own_icon
from tally_app.ui.theme import SPACING

_SIZE = (920, 640)
_LEAST_WIDTH = 480
_ICON = 64
_LIST_WIDTH = 250


class AboutDialog(QDialog):
    """The program's version and build, what it says about Qt, and its components with their licences."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Election Tally"))
        self._folder = folder
        self._build = read_build(folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.setSpacing(SPACING.medium)
        layout.addLayout(self._head())
        layout.addWidget(self._said(self._about_qt(), "note"))
        if self._build.components:
            layout.addWidget(self._said(self.tr("What it is made of, and under which licences"), "section"))
            layout.addLayout(self._components(), 1)
            self.resize(*_SIZE)
        else:
            text = self.tr(
                "It runs from its source: docs/licences.md says what it is made of. A package lists it here."
            )
            layout.addWidget(self._said(text, "muted"))
        layout.addWidget(self._buttons())
        self.setMinimumWidth(_LEAST_WIDTH)

    def _head(self) -> QHBoxLayout:
        icon = QLabel()
        icon.setPixmap(own_icon("application").pixmap(_ICON, _ICON))
        words = QVBoxLayout()
        words.setSpacing(SPACING.small)
        words.addWidget(self._said(self._title(), "title"))
        words.addWidget(self._said(self.tr("Votes into seats, exactly; and what contradicts."), ""))
        built = self.tr("Built from source {source} of {date}").format(source=self._build.source, date=self._build.date)
        licence = self.tr("Free software under the Apache License 2.0")
        words.addWidget(self._said(f"{built} · {licence}" if self._build.source else licence, "muted"))
        head = QHBoxLayout()
        head.setSpacing(SPACING.large)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _title(self) -> str:
        return self.tr("Election Tally {version}").format(version=self._build.version)

    def _about_qt(self) -> str:
        text = self.tr(
            "It uses Qt {version} and Qt for Python under the GNU Lesser General Public License, version 3. "
            "Both are separate files in its folder, and you may replace them by your own."
        )
        return text.format(version=qVersion())

    def _components(self) -> QHBoxLayout:
        self.parts = QListWidget()
        self.parts.setFixedWidth(_LIST_WIDTH)
        self.parts.setAccessibleName(self.tr("Components"))
        self.parts.addItems([f"{part.name} {part.version}".strip() for part in self._build.components])
        self.facts = self._said("", "note")
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Text"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Licence"))
        self.parts.currentRowChanged.connect(self._on_parts_row_changed)
        self.choice.currentTextChanged.connect(self._on_choice_text_changed)
        reading = QVBoxLayout()
        reading.addWidget(self.facts)
        reading.addWidget(self.choice)
        reading.addWidget(self.text, 1)
        columns = QHBoxLayout()
        columns.setSpacing(SPACING.medium)
        columns.addWidget(self.parts)
        columns.addLayout(reading, 1)
        self.parts.setCurrentRow(0)
        return columns

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        copy = buttons.addButton(self.tr("&Copy Version"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(self.tr("For a letter to whoever maintains the program: version and build, nothing of yours"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy_clicked)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        return buttons

    def _said(self, text: str, role: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _on_parts_row_changed(self, row: int) -> None:
        part = self._build.components[row]
        self.facts.setText(_facts(part))
        self.choice.clear()
        self.choice.addItems(part.texts)
        self.choice.setVisible(len(part.texts) > 1)

    def _on_choice_text_changed(self, name: str) -> None:
        if not name:
            self.text.clear()
            return
        try:
            self.text.setPlainText((self._folder / name).read_text(encoding="utf-8"))
        except OSError as error:
            self.text.setPlainText(self.tr("This text cannot be read: {error}").format(error=error))

    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(build_line(self._build))


def build_line(build: Build) -> str:
    """Say in one line which program this is: version, source, day, and the Qt that it runs on."""
    made = f" ({build.source}, {build.date})" if build.source else ""
    return f"Election Tally {build.version}{made}, Qt {qVersion()}"


def _facts(part: Part) -> str:
    return " · ".join(filter(None, (part.licence, part.purpose)))
