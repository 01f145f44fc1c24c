"""What the actions do that need nothing but the open file's workbench and its window."""

from collections.abc import Callable
from datetime import UTC, datetime

from tally_app.ui.handlers import Handlers


class BenchActions(Handlers):
    """Handlers of the table's actions, by key; they are disabled while no file is open."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {
            "undo": self._undo,
            "redo": self._redo,
            "copy": self._copy,
            "paste": self._paste,
            "clear": self._clear,
            "fill_zero": self._fill_zero,
            "overview": self._overview,
            "previous_region": self._previous_region,
            "next_region": self._next_region,
            "next_pane": self._next_pane,
            "history": self._toggle_history,
            "go_to_unit": self._go_to_unit,
            "next_finding": self._next_finding,
            "next_source": self._next_source,
            "record_lot": self.record_lot,
            "compare": self._compare,
        }

    def _undo(self) -> None:
        if self._bench.finish():
            self._bench.gestures.undo()

    def _redo(self) -> None:
        if self._bench.finish():
            self._bench.gestures.redo()

    def _copy(self) -> None:
        self._bench.copy()

    def _paste(self) -> None:
        self._bench.paste()

    def _clear(self) -> None:
        self._bench.clear()

    def _fill_zero(self) -> None:
        if self._bench.region is not None:
            self._bench.entry.fill_zero()

    def _overview(self) -> None:
        self._bench.show_region(None)

    def _previous_region(self) -> None:
        self._bench.step(-1)

    def _next_region(self) -> None:
        self._bench.step(1)

    def _next_pane(self) -> None:
        self._window.next_pane()

    def _go_to_unit(self) -> None:
        from tally_app.ui.dialogs.go_to_unit import GoToUnit

        bench = self._bench
        dialog = GoToUnit(bench.document.election, bench.names, bench.region, self._window)
        dialog.chosen.connect(bench.go_to_unit)
        dialog.open()

    def _next_finding(self) -> None:
        self._bench.next_finding()

    def _next_source(self) -> None:
        self._bench.entry.grid.next_source()

    def _toggle_history(self) -> None:
        self._window.toggle_history()

    def record_lot(self) -> None:
        """Ask for the lot of the region that is shown; what is being typed there may end, or make, its tie."""
        from tally_app.ui.dialogs.record_lot import RecordLotDialog

        bench = self._bench
        if bench.entry.finish() and bench.may_record_lot and bench.region is not None:
            RecordLotDialog(
                bench.document, bench.gestures, bench.names, bench.region, datetime.now(UTC), self._window
            ).open()

    def _compare(self) -> None:
        """Show what other methods would give, in a window of its own beside the count."""
        from tally_app.ui.compare.window import CompareWindow

        bench = self._bench
        window = CompareWindow(bench.document, bench.signals, bench.names, self._window)
        bench.closed.connect(window.close)
        window.show()
