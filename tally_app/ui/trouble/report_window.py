"""Shows a report as it was written, so that whoever sends it has seen what is in it."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tally_app.ui.theme import SPACING

_SIZE = (860, 560)


class ReportWindow(QDialog):
    """The text of a report, and where it lies."""

    def __init__(self, text: str, path: Path | None, parent: QWidget | None = None) -> None:
        """*path*: of the report; None: it could not be written."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report of a problem"))
        self.resize(*_SIZE)
        where = QLabel(str(path) if path is not None else self.tr("This report could not be written. Copy it."))
        where.setWordWrap(True)
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text = text
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        copy = buttons.addButton(self.tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.setSpacing(SPACING.medium)
        layout.addWidget(where)
        layout.addWidget(shown, 1)
        layout.addWidget(buttons)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
