"""Why a table was not imported: every problem in a list that can be scrolled, read aloud and copied."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tally_app.ui.theme import SPACING
from tally_app.wording.numbers import counted

_SIZE = (720, 360)


class ImportProblems(QDialog):
    """Stands beside the window, so that nothing waits for it."""

    def __init__(self, file_name: str, problems: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Not imported"))
        self.resize(*_SIZE)
        heading = QLabel()
        number = counted(len(problems), self.tr("problem"), self.tr("problems"))
        text = self.tr("Nothing of {file} was imported: {problems}.")
        heading.setText(text.format(file=file_name, problems=number))
        heading.setWordWrap(True)
        self.list = QPlainTextEdit("\n".join(problems))
        self.list.setReadOnly(True)
        self.list.setAccessibleName(self.tr("Problems in the table"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING.medium)
        layout.addWidget(heading)
        layout.addWidget(self.list)
        layout.addWidget(buttons)
