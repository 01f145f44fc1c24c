"""What hides the first entries while a form is typed a second time: everything but the form itself."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QVBoxLayout, QWidget

from tally_app.exchange.clipboard import BlockRefused, read_block
from tally_app.ui.dock_title import DockTitle
from tally_app.ui.main_window import MainWindow
from tally_app.ui.theme import SPACING

_HARMLESS = frozenset(
    {
        *("new", "open", "sample", "save_copy", "close", "quit", "undo", "redo", "copy", "paste", "clear", "fill_zero"),
        *(
            "previous_region",
            "next_region",
            "language",
            "go_to_unit",
            "unit_list",
            "second_entry",
            "verify",
            "operator",
        ),
        *("keys", "log_folder", "about"),
    }
)
"""Actions that show nothing of the first entries. Whatever is not named here rests until the second entry ends."""

_WINDOWS = (Qt.WindowType.Window, Qt.WindowType.Dialog)


class Cover(QWidget):
    """Stands calmly in the place of something that is not to be seen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = QLabel(self.tr("Hidden while a second entry is typed"))
        text.setProperty("role", "muted")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.addWidget(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text.text())


class _Covered(NamedTuple):
    dock: QDockWidget
    widget: QWidget | None
    title: QWidget | None


class Covers(QObject):
    """Covers every dock of a window, closes its other windows and lets the actions rest that would show results."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._covered: list[_Covered] = []
        self._resting: QActionGroup | None = None

    def cover(self, instead_of_regions: QWidget) -> None:
        """Hide everything; a list of regions that knows no results takes the place of the usual one."""
        self._close_other_windows()
        for dock in self._window.findChildren(QDockWidget):
            regions = dock.objectName() == "regions"
            self._covered.append(_Covered(dock, dock.widget(), dock.titleBarWidget()))
            dock.setWidget(instead_of_regions if regions else Cover())
            dock.setTitleBarWidget(DockTitle(dock.windowTitle()))
        self._resting = QActionGroup(self)
        self._resting.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for key, action in self._window.actions_by_key.items():
            if key not in _HARMLESS:
                self._resting.addAction(action)
        self._resting.setEnabled(False)  # an action in a group that rests cannot be enabled by itself
        if _are_figures(QGuiApplication.clipboard().text()):
            QGuiApplication.clipboard().clear()  # they may be the first entry's

    def uncover(self) -> None:
        """Show everything again."""
        for dock, widget, title in self._covered:
            for before in (dock.widget(), dock.titleBarWidget()):
                if before is not None:
                    before.deleteLater()
            if widget is not None:
                dock.setWidget(widget)
                widget.show()
            if title is not None:
                dock.setTitleBarWidget(title)
                title.show()
        self._covered.clear()
        if self._resting is not None:
            self._resting.setEnabled(True)
            for action in self._resting.actions():
                _leave(self._resting, action)
            self._resting.deleteLater()
            self._resting = None
        self._window.enable_actions()

    def _close_other_windows(self) -> None:
        """Close comparisons, moments of the past and whatever else shows the first entries beside this window."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible() and widget.windowType() in _WINDOWS:
                widget.close()


def _are_figures(text: str) -> bool:
    try:
        return bool(text.strip()) and bool(read_block(text))
    except BlockRefused:
        return False


def _leave(group: QActionGroup, action: QAction) -> None:
    group.removeAction(action)
