"""The program's own window in a process of its own, measured where it would begin to wait for a person.

Started as ``python -m tests.benchmarks.window RESULT WHAT [FILE]``. WHAT: ``start`` (until usable), ``keys`` (key
presses until painted), ``bare`` (an empty Qt window, the least that any such program takes).
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.clock import peak_memory, since_the_start
from tests.benchmarks.measuring import Timings

CELLS = 200
_QUIET = 15_000_000  # ns without a repaint: then nothing more is due
_REPAINTS = (QEvent.Type.UpdateRequest, QEvent.Type.Paint)
_PATIENCE = 120.0
Measurement = Callable[["Screen"], dict[str, Any]]


class Screen(QObject):
    """A window as a person sees it, and when it was last repainted."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        self.window = window
        self._repaints = 0
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() in _REPAINTS:
            self._repaints += 1
        return False

    def first_paint(self) -> int:
        """Wait for the first paint, and for the events that come with it; return when that was [ns]."""
        end = time.monotonic() + _PATIENCE
        while not self._repaints:
            QApplication.processEvents()
            if time.monotonic() > end:
                raise TimeoutError("the window was never painted")
        while True:
            seen = self._repaints
            QApplication.sync()
            if self._repaints == seen:
                return time.monotonic_ns()

    def press(self, key: Qt.Key, timings: Timings) -> None:
        """Press a key and time it until the last repaint it leads to has reached the screen."""
        from PySide6.QtTest import QTest

        handle = self.window.windowHandle()
        processor, wall = time.thread_time_ns(), time.perf_counter_ns()
        QTest.keyPress(handle, key)
        after = self.settle()
        timings.wall.append(after[0] - wall)
        timings.processor.append(after[1] - processor)
        QTest.keyRelease(handle, key)

    def settle(self) -> tuple[int, int]:
        """Handle events until no repaint is due; return when the last one was done, by both clocks."""
        while True:
            QApplication.sync()
            done = time.perf_counter_ns(), time.thread_time_ns()
            seen = self._repaints
            while self._repaints == seen and time.perf_counter_ns() - done[0] < _QUIET:
                QApplication.processEvents()
            if self._repaints == seen:
                return done


def main(result: Path, what: str, file: Path | None) -> None:
    found = _bare() if what == "bare" else _in_the_program(file, {"start": _start, "keys": _keys}[what])
    result.write_text(json.dumps(found), encoding="utf-8")


def _in_the_program(file: Path | None, measurement: Measurement) -> dict[str, Any]:
    """Run the program as it is; only where it would wait for events it is measured instead."""
    from PySide6 import QtWidgets

    from tally_app import __main__ as program

    found: dict[str, Any] = {}

    class Measured(QApplication):
        def exec(self) -> int:  # type: ignore[override]  # static in Qt; called on the object here
            window = next(widget for widget in self.topLevelWidgets() if isinstance(widget, QMainWindow))
            screen = Screen(window)
            found["usable"] = since_the_start(screen.first_paint())
            found.update(measurement(screen))
            window.close()
            return 0

    vars(QtWidgets)["QApplication"] = Measured  # not with unittest.mock, which imports much and would be measured too
    code = program.main([str(file)] if file else [])
    if code:
        raise RuntimeError(f"the program ended with {code}")
    return found


def _bare() -> dict[str, Any]:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    found = {"usable": since_the_start(Screen(window).first_paint())}
    application.processEvents()
    return found


def _start(screen: Screen) -> dict[str, Any]:
    found = {"memory": peak_memory(), "modules": sorted(sys.modules)}
    verified = _wait_for_verification(screen)
    return {**found, "verified": verified, "memory_verified": peak_memory()}


def _keys(screen: Screen) -> dict[str, Any]:
    QApplication.setCursorFlashTime(0)
    found: dict[str, Any] = {}
    workbench = _workbench(screen)
    if workbench is not None and not workbench.document.fully_checked:
        while _verifier(screen) is None:
            QApplication.processEvents()
        while_verifying = _typed(screen, CELLS, 1, lambda: _verifier(screen) is None)
        found["verifying"] = {name: (t.wall, t.processor) for name, t in while_verifying.items()}
        _wait_for_verification(screen)
    found["quiet"] = {name: (t.wall, t.processor) for name, t in _typed(screen, CELLS, 2, lambda: False).items()}
    return found


def _typed(screen: Screen, cells: int, seed: int, ended: Callable[[], bool]) -> dict[str, Timings]:
    """Type three digits into cell after cell; half of them are entered, half taken back; now and then a page on."""
    random = Random(seed)
    timings = {name: Timings() for name in ("open", "digit", "enter", "page")}
    bench = _workbench(screen)
    election = bench.document.election
    bench.show_region(0)
    for number in range(cells):
        if ended():
            break
        cell = _random_cell(election, bench.region or 0, random)
        bench.go_to_cell(cell)
        screen.settle()
        digits = [random.randrange(1, 10) for _ in range(3)]
        for position, digit in enumerate(digits):
            screen.press(Qt.Key(Qt.Key.Key_0 + digit), timings["digit" if position else "open"])
        value = int("".join(map(str, digits)))
        draft = bench.document.live.draft
        if (bench.document.book.value(cell) if draft is None else draft.change.new) != value:
            raise AssertionError(f"{value} was typed, the draft is {draft}")
        if number % 2:
            screen.press(Qt.Key.Key_Escape, Timings())
        else:
            screen.press(Qt.Key.Key_Return, timings["enter"])
            if bench.document.book.value(cell) != value:
                raise AssertionError(f"{value} was entered, but is not there")
        if number % 4 == 3:
            if bench.region == len(election.regions) - 1:
                bench.show_region(0)
                screen.settle()
            screen.press(Qt.Key.Key_PageDown, timings["page"])
    return timings


def _random_cell(election: Any, region: int, random: Random) -> Any:
    from tally_app.count.figures import Cell

    standing = [
        column for column, stands in zip(election.party_columns, election.standing[region], strict=True) if stands
    ]
    return Cell(random.choice(election.rows(region)), random.choice(standing))


def _workbench(screen: Screen) -> Any:
    return screen.window.workbench  # type: ignore[attr-defined]  # the main window of the program


def _verifier(screen: Screen) -> Any:
    """The process that checks a large file after it was opened, while it runs."""
    from tally_app.ui.background import Verifier

    workbench = _workbench(screen)
    found = workbench.parent().findChild(Verifier) if workbench is not None else None
    return found if found is not None and found.running else None


def _wait_for_verification(screen: Screen) -> float | None:
    """Return how long after the start of the process the file was verified, None if it was on opening."""
    workbench = _workbench(screen)
    if workbench is None or workbench.document.fully_checked:
        return None
    while _verifier(screen) is None:
        QApplication.processEvents()
    while _verifier(screen) is not None:
        QApplication.processEvents()
        time.sleep(0.005)
    return since_the_start()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if len(sys.argv) > 3 else None)
