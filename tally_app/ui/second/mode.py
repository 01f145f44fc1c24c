"""Second entry as a way of working: begun and ended on one workbench, with everything hidden in between."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from tally_app.count.figures import Cell
from tally_app.ui.main_window import MainWindow
from tally_app.ui.second.covers import Cover, Covers
from tally_app.ui.second.gestures import SecondGestures
from tally_app.ui.second.regions import SecondRegions
from tally_app.ui.second.screen import SecondScreen
from tally_app.ui.workbench import Workbench


class SecondMode(QObject):
    """The mode, from its beginning to ``end``. A list of gestures to undo never goes over its edge."""

    def __init__(self, window: MainWindow, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._bench = bench
        self._first = bench.entry
        document = bench.document
        gestures = SecondGestures(document, bench.names, bench.gestures, self)
        self.screen = SecondScreen(document, bench.signals, gestures, bench.names)
        self.regions = SecondRegions(document, bench.signals, bench.names)
        self._covers = Covers(window, self)
        self._overview = Cover()
        self._begin()

    def end(self, *, closing: bool = False) -> None:
        """Show the first entries and every result again; *closing*: the file is being closed."""
        bench = self._bench
        region = self.screen.region
        bench.centre.currentChanged.disconnect(self._on_centre_current_changed)
        bench.gestures.stack.clear()
        bench.use_entry(self._first)
        self._covers.uncover()
        self._window.status.show_mode("")
        self._window.status.show_draft(False)
        if not closing:
            bench.show_region(region)
        for widget in (self.screen, self._overview):
            bench.centre.removeWidget(widget)
            widget.deleteLater()

    def _begin(self) -> None:
        bench = self._bench
        before = bench.region
        bench.gestures.stack.clear()
        self._covers.cover(self.regions)
        bench.use_entry(self.screen)
        bench.centre.addWidget(self._overview)
        for key, slot in ((Qt.Key.Key_PageUp, self._on_page_up), (Qt.Key.Key_PageDown, self._on_page_down)):
            shortcut = QShortcut(QKeySequence(key), self._overview)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        bench.centre.currentChanged.connect(self._on_centre_current_changed)
        bench.operator_changed.connect(self._on_bench_operator_changed)
        bench.cell_changed.connect(self._on_bench_cell_changed)
        self.regions.entered_region.connect(bench.show_region)
        self.screen.drafted.connect(self._window.status.show_draft)
        self._window.status.show_mode(self.tr("SECOND ENTRY"))
        self._go_to_work(before or 0)

    def _go_to_work(self, region: int) -> None:
        """Show the first unit that waits for this operator, from a region on; the region itself if none does."""
        document = self._bench.document
        waiting = document.states.waiting_for(document.operator)
        later = waiting[waiting >= document.election.starts[region]]
        if len(waiting):
            row = int(later[0] if len(later) else waiting[0])
            self._bench.go_to_cell(Cell(row, 0))
            self.screen.focus_waiting(row - 1)
        else:
            self._bench.show_region(region)
            self.screen.warn(self.tr("No unit waits for a second entry by {name}.").format(name=document.operator))

    def _on_centre_current_changed(self) -> None:
        """Nothing but second entries is shown in the centre."""
        centre = self._bench.centre
        if centre.currentWidget() not in (self.screen, self._overview):
            centre.setCurrentWidget(self._overview)
            self._overview.setFocus()

    def _on_bench_operator_changed(self) -> None:
        self.screen.operator_changed()
        self.regions.regions.refresh()
        self._go_to_work(self.screen.region)

    def _on_bench_cell_changed(self, _: Cell | None) -> None:
        self.regions.show_region(self._bench.region)

    def _on_page_up(self) -> None:
        self._bench.step(-1)

    def _on_page_down(self) -> None:
        self._bench.step(1)
