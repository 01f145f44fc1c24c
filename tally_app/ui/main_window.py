"""The main window: a shell around one workbench, or the start screen while no file is open."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from tally_app.count.figures import Cell
from tally_app.document.document import Document, DraftChanged, FiguresChanged
from tally_app.document.publication import publication
from tally_app.ui.actions import ACTIONS, VIEW, build_actions, fill_menu_bar
from tally_app.ui.banner import Banner
from tally_app.ui.dock_title import DockTitle
from tally_app.ui.icons import own_icon
from tally_app.ui.signing.frame import TrainingFrame
from tally_app.ui.start.screen import StartScreen
from tally_app.ui.status import CountStatusBar
from tally_app.ui.trouble.bar import TroubleBar
from tally_app.ui.workbench import Workbench
from tally_app.wording.findings import capital
from tally_app.wording.signing import status_name

_LAYOUT_VERSION = 1
_DOCKS: tuple[tuple[str, Qt.DockWidgetArea], ...] = (
    ("regions", Qt.DockWidgetArea.LeftDockWidgetArea),
    ("seats", Qt.DockWidgetArea.RightDockWidgetArea),
    ("findings", Qt.DockWidgetArea.BottomDockWidgetArea),
    ("history", Qt.DockWidgetArea.BottomDockWidgetArea),
)
_ON_DEMAND = "history"
"""The dock that is there only when somebody asks for it."""
_HISTORY_HEIGHT = 260
_FINDINGS_HEIGHT = 210


class MainWindow(QMainWindow):
    """Menus, docks, banner and status bar. What they do is the session's business."""

    def __init__(
        self,
        handlers: Mapping[str, Callable[[], None]],
        may_close: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """*handlers*: what each action of the table does; *may_close*: closes the file, False if it has to stay."""
        super().__init__(parent)
        self._may_close = may_close
        self.setObjectName("main")
        self.actions_by_key = build_actions(self, handlers)
        self._menus = fill_menu_bar(self.menuBar(), self.actions_by_key)
        self.start = StartScreen()
        self.banner = Banner()
        self.trouble = TroubleBar()
        self.status = CountStatusBar()
        self.setStatusBar(self.status)
        self.workbench: Workbench | None = None
        self._path = Path()
        self._centre = QStackedWidget()
        self._centre.addWidget(self.start)
        self._training = QLabel(self.tr("TRAINING"))
        self._training.setProperty("role", "badge")
        self._docks = {name: self._make_dock(name, area) for name, area in _DOCKS}
        self._lay_out()
        self._frame = TrainingFrame(self)
        self._restored = False
        self.show_start()

    def show_start(self) -> None:
        """Show the start screen; no file is open."""
        self.workbench = None
        for dock in self._docks.values():
            dock.hide()
            _put_into(dock, QWidget())
        for name in ("regions", "findings", "history"):
            _put_above(self._docks[name], DockTitle(""))
        while (widget := self._centre.widget(1)) is not None:
            self._centre.removeWidget(widget)
            widget.deleteLater()
        self._centre.setCurrentIndex(0)
        self._toolbar.hide()
        self.status.clear_all()
        self.status.hide()
        self._mark_training(False)
        self.banner.end_offer()
        self.setWindowTitle(self.tr("Election Tally"))
        self._enable_actions(None)

    def show_workbench(self, workbench: Workbench, path: Path) -> None:
        """Show an open file."""
        self.workbench = workbench
        self._path = path
        self._centre.addWidget(workbench.centre)
        self._centre.setCurrentWidget(workbench.centre)
        for name, widget in (
            ("regions", workbench.regions),
            ("seats", workbench.seats),
            ("findings", workbench.findings),
            ("history", workbench.history),
        ):
            _put_into(self._docks[name], widget)
            self._docks[name].setVisible(name != _ON_DEMAND)
        _put_above(self._docks["regions"], workbench.regions.header)
        _put_above(self._docks["findings"], workbench.findings.header)
        _put_above(self._docks["history"], workbench.history.header)
        self._toolbar.show()
        self.status.show()
        self._training_action.setVisible(workbench.document.training)
        QTimer.singleShot(0, self, self._size_docks)  # once the docks are really there
        self._enable_actions(workbench.document)
        self._connect(workbench)
        self._mark_training(workbench.document.training)
        self._title(workbench.document)
        self.status.show_saved(None, workbench.document.read_only)
        self.status.show_head(workbench.document.head)

    @property
    def path(self) -> Path:
        """The open file."""
        return self._path

    def enable_actions(self) -> None:
        """Enable what can be done with the open file."""
        self._enable_actions(self.workbench.document if self.workbench is not None else None)

    def restore_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Put window and docks where they were left."""
        self.restoreGeometry(geometry)
        self._restored = self.restoreState(state, _LAYOUT_VERSION)

    def layout_state(self) -> QByteArray:
        """Return where the docks are."""
        return self.saveState(_LAYOUT_VERSION)

    def default_layout(self) -> None:
        """Put every dock back to where it is at first."""
        self._restored = False
        for name, area in _DOCKS:
            dock = self._docks[name]
            dock.setFloating(False)
            self.addDockWidget(area, dock)
            dock.setVisible(self.workbench is not None and name != _ON_DEMAND)
        self.tabifyDockWidget(self._docks["findings"], self._docks["history"])
        self._size_docks()

    def toggle_history(self) -> None:
        """Show the history with the keyboard in it; put it away if that is so already."""
        dock, focus = self._docks["history"], self.focusWidget()
        if dock.isVisible() and focus is not None and dock.isAncestorOf(focus):
            dock.hide()
            if self.workbench is not None:
                self.workbench.panes()[0].setFocus()
            return
        self.show_history()

    def show_history(self) -> None:
        """Show the history with the keyboard in it."""
        dock = self._docks["history"]
        dock.show()
        dock.raise_()
        self.resizeDocks([dock], [max(dock.height(), _HISTORY_HEIGHT)], Qt.Orientation.Vertical)
        if self.workbench is not None:
            self.workbench.history.setFocus()

    def dock_of(self, widget: QWidget) -> QDockWidget | None:
        """Return the dock that holds a widget."""
        return next((dock for dock in self._docks.values() if dock.widget() is widget), None)

    def next_pane(self) -> None:
        """Put the keyboard into the next pane."""
        if self.workbench is None:
            return
        panes = self.workbench.panes()
        focus = self.focusWidget()
        inside = [focus is not None and (pane is focus or pane.isAncestorOf(focus)) for pane in panes]
        current = inside.index(True) if True in inside else -1
        panes[(current + 1) % len(panes)].setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the file first; stay if that is not possible."""
        if self._may_close():
            event.accept()
            QApplication.quit()
        else:
            event.ignore()

    def _lay_out(self) -> None:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.trouble)
        layout.addWidget(self.banner)
        layout.addWidget(self._centre, 1)
        self.setCentralWidget(centre)
        self._toolbar = QToolBar(self.tr("Tools"))
        self._toolbar.setObjectName("tools")
        self._toolbar.setMovable(False)
        self._toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for key in ("undo", "redo"):
            self._toolbar.addAction(self.actions_by_key[key])
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._toolbar.addWidget(spacer)
        self._training_action = self._toolbar.addWidget(self._training)
        self._toolbar.addAction(self.actions_by_key["language"])
        self.addToolBar(self._toolbar)
        self._menus[VIEW].addSeparator()
        for name, dock in self._docks.items():
            if name != _ON_DEMAND:
                self._menus[VIEW].addAction(dock.toggleViewAction())
        self.tabifyDockWidget(self._docks["findings"], self._docks["history"])
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)

    def _size_docks(self) -> None:
        if self._restored:
            return
        seats = max(332, min(440, self.width() // 4))
        sideways, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.resizeDocks([self._docks["regions"], self._docks["seats"]], [224, seats], sideways)
        self.resizeDocks([self._docks["findings"]], [max(_FINDINGS_HEIGHT, self.height() // 4)], down)

    def _make_dock(self, name: str, area: Qt.DockWidgetArea) -> QDockWidget:
        titles = {
            "regions": self.tr("Regions"),
            "seats": self.tr("Seats"),
            "findings": self.tr("Findings"),
            "history": self.tr("History"),
        }
        dock = QDockWidget(titles[name])
        dock.setObjectName(name)
        dock.setTitleBarWidget(DockTitle(titles[name] if name == "regions" else ""))
        self.addDockWidget(area, dock)
        return dock

    def _connect(self, workbench: Workbench) -> None:
        workbench.signals.figures_changed.connect(self._on_document_figures_changed)
        workbench.signals.draft_changed.connect(self._on_document_draft_changed)
        workbench.gestures.failed.connect(self._on_gestures_failed)
        workbench.gestures.refused.connect(self._on_gestures_refused)
        workbench.findings.acts.told.connect(self.banner.show_done)
        workbench.cell_changed.connect(self._on_workbench_cell_changed)
        stack = workbench.gestures.stack
        stack.undoTextChanged.connect(self._on_stack_undo_text_changed)
        stack.redoTextChanged.connect(self._on_stack_redo_text_changed)
        self._on_stack_undo_text_changed("")
        self._on_stack_redo_text_changed("")

    def _enable_actions(self, document: Document | None) -> None:
        for spec in ACTIONS:
            allowed = document is not None and (spec.needs in ("", "file") or not document.read_only)
            doubled = spec.needs != "double" or (document is not None and document.second.active)
            self.actions_by_key[spec.key].setEnabled((allowed and doubled) or not spec.needs)
        self._enable_lot()

    def _enable_lot(self) -> None:
        self.actions_by_key["record_lot"].setEnabled(self.workbench is not None and self.workbench.may_record_lot)

    def _mark_training(self, training: bool) -> None:
        """Frame and icon of practice, or of everything else."""
        self._frame.show_for(training)
        self.setWindowIcon(own_icon("training") if training else QIcon())  # none: the application's

    def _title(self, document: Document) -> None:
        status = status_name(publication(document.records).status)
        parts = [document.election.pack.title.en, status, self._path.name, self.tr("Election Tally")]
        self.status.show_results(capital(status), document.training)
        if document.training:
            parts.insert(0, self.tr("TRAINING"))
        self.setWindowTitle(" — ".join(parts))

    def _on_document_figures_changed(self, event: FiguresChanged) -> None:
        self.status.show_saved(event.saved)
        self.status.show_draft(False)
        self.banner.something_saved()
        if self.workbench is not None:
            self.status.show_head(self.workbench.document.head)
            if event.edit.records:
                self._title(self.workbench.document)
        self._enable_lot()

    def _on_document_draft_changed(self, _: DraftChanged) -> None:
        live = self.workbench.document.live if self.workbench is not None else None
        self.status.show_draft(live is not None and (live.draft or live.stated_draft) is not None)
        self._enable_lot()

    def _on_gestures_refused(self, message: str) -> None:
        """Say it where there is no grid whose hints would; a dialog says it by itself."""
        if (
            self.workbench is not None
            and self.workbench.centre.currentWidget() is self.workbench.overview
            and QApplication.activeModalWidget() is None
        ):
            self.banner.show_problem(message)

    def _on_gestures_failed(self, message: str) -> None:
        self.status.show_not_saved()
        self.banner.show_failure(message)

    def _on_workbench_cell_changed(self, cell: Cell | None) -> None:
        if self.workbench is not None:
            self.status.show_place(self.workbench.names.cell(cell) if cell is not None else "")
        self._enable_lot()

    def _on_stack_undo_text_changed(self, text: str) -> None:
        self._name_action(self.actions_by_key["undo"], self.tr("&Undo"), text)

    def _on_stack_redo_text_changed(self, text: str) -> None:
        self._name_action(self.actions_by_key["redo"], self.tr("&Redo"), text)

    def _name_action(self, action: QAction, verb: str, text: str) -> None:
        action.setText(f"{verb}: {text}" if text else verb)
        action.setIconText(verb.replace("&", ""))
        action.setEnabled(bool(text))


def _put_into(dock: QDockWidget, widget: QWidget) -> None:
    """Give a dock another widget; Qt would keep the one before, and with it all of a closed file."""
    before = dock.widget()
    dock.setWidget(widget)
    if before is not None:
        before.deleteLater()


def _put_above(dock: QDockWidget, title: QWidget) -> None:
    """Give a dock another title; Qt would keep the one before."""
    before = dock.titleBarWidget()
    dock.setTitleBarWidget(title)
    if before is not None:
        before.deleteLater()
