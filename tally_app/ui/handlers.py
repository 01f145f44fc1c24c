"""What the actions of the table do, in groups: each screen's own, put together by the session."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from tally_app.ui.main_window import MainWindow
from tally_app.ui.workbench import Workbench


class Handlers(QObject):
    """A group of handlers. They are called only while a file is open: else their actions are disabled.

    Dialogs and windows are imported where they are opened: the first paint does not wait for them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: MainWindow | None = None

    def use(self, window: MainWindow) -> None:
        """Work in this window; it is made after the handlers, which its menus need."""
        self._shown = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action does, by the action's key."""
        raise NotImplementedError

    @property
    def _window(self) -> MainWindow:
        if self._shown is None:
            raise RuntimeError("there is no window yet")
        return self._shown

    @property
    def _bench(self) -> Workbench:
        if self._window.workbench is None:
            raise RuntimeError("no file is open")
        return self._window.workbench
