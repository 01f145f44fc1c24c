"""The help card: every key on one page, made from the table of actions."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tally_app.ui.actions import ACTIONS, MENUS, translated
from tally_app.ui.theme import SPACING

TYPING: tuple[tuple[str, str], ...] = (
    (str(QT_TRANSLATE_NOOP("Actions", "0–9 ០–៩")), str(QT_TRANSLATE_NOOP("Actions", "Type over; counts at once"))),
    (str(QT_TRANSLATE_NOOP("Actions", "Enter, Tab")), str(QT_TRANSLATE_NOOP("Actions", "Next field in ballot order"))),
    (str(QT_TRANSLATE_NOOP("Actions", "Shift+Enter, Shift+Tab")), str(QT_TRANSLATE_NOOP("Actions", "Previous field"))),
    (str(QT_TRANSLATE_NOOP("Actions", "Esc")), str(QT_TRANSLATE_NOOP("Actions", "Take back what is being typed"))),
    (str(QT_TRANSLATE_NOOP("Actions", "Arrows")), str(QT_TRANSLATE_NOOP("Actions", "Move as in a spreadsheet"))),
    (
        str(QT_TRANSLATE_NOOP("Actions", "↓ past the last row")),
        str(QT_TRANSLATE_NOOP("Actions", "To the stated figures")),
    ),
    (str(QT_TRANSLATE_NOOP("Actions", "Shift+Arrows")), str(QT_TRANSLATE_NOOP("Actions", "Select a block"))),
    (str(QT_TRANSLATE_NOOP("Actions", "F2")), str(QT_TRANSLATE_NOOP("Actions", "Change the figure in the cell"))),
)


class HelpCard(QDialog):
    """Keys of typing, and of every action, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        columns = QHBoxLayout()
        columns.setSpacing(SPACING.large * 2)
        columns.addLayout(self._column([(self.tr("Typing"), list(TYPING)), self._menu(MENUS[1])]))
        columns.addLayout(self._column([self._menu(title) for title in MENUS if title != MENUS[1]]))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.addLayout(columns)
        layout.addWidget(buttons)

    def _menu(self, menu: str) -> tuple[str, list[tuple[str, str]]]:
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            (", ".join(QKeySequence(keys).toString(native) for keys in spec.shortcuts), spec.text)
            for spec in ACTIONS
            if spec.menu == menu and spec.shortcuts
        ]
        return translated(menu).replace("&", ""), rows

    def _column(self, sections: list[tuple[str, list[tuple[str, str]]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACING.large)
        grid.setVerticalSpacing(SPACING.small)
        row = 0
        for title, keys in sections:
            heading = QLabel(title)
            heading.setProperty("role", "section")
            grid.addWidget(heading, row, 0, 1, 2)
            for offset, (shortcut, text) in enumerate(keys, 1):
                cap = QLabel(translated(shortcut))
                cap.setProperty("role", "key")
                grid.addWidget(cap, row + offset, 0, Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(QLabel(translated(text).replace("&", "").rstrip("…")), row + offset, 1)
            row += len(keys) + 2
            grid.setRowMinimumHeight(row - 1, SPACING.large)
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(1, 1)
        return grid
