"""When something broke: count it, log it, write a report, and say what is safe. The count goes on."""

import platform
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import PySide6
from PySide6.QtCore import QObject, QTimer, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from tally_app import __version__
from tally_app.storage.errors import StorageError
from tally_app.ui.session import Session
from tally_app.ui.trouble import safety
from tally_app.ui.trouble.crashes import Seat
from tally_app.ui.trouble.log import Log, log_folder
from tally_app.ui.trouble.report import magnitude, report_text, write_report
from tally_app.ui.trouble.traces import Trace
from tally_app.ui.trouble.watch import Watch
from tally_app.ui.workbench import Workbench

_MOST_REPORTS = 10
"""Of one run of the program; the log tells of more."""
_OFTEN = 3
"""From so many errors on it is better to start again."""
_DUE = frozenset({1, _OFTEN, 10, 100, 1000, 10_000})
"""Which times of the same error are told, and logged: not each."""
_AGAIN_MS = 500
"""An error at each repaint must not paint the bar each time."""
_ACTIONS = 20


class _Report(NamedTuple):
    """A report that was made: its text, where it is (None: nowhere), and why there."""

    text: str
    path: Path | None
    problem: str = ""


class Trouble(QObject):
    """Takes what broke from the watch, to the log, to a report, and to the bar of the window."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.log = Log(log_folder(), seat.number)
        self._watch = Watch(partial(self.log.warn, "qt"), self)
        self._watch.broke.connect(self._on_watch_broke)
        self._session: Session | None = None
        self._counts: Counter[Trace] = Counter()
        self._reports = 0
        self._report: _Report | None = None
        self._actions: deque[str] = deque(maxlen=_ACTIONS)
        self._since = monotonic()
        self._files = 0
        self._busy = False
        self._behind = False
        """Did something break while the window was being told of an entry? It may show the figures before it."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self._show)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch over the program as long as this lasts."""
        self.log.note("started", **{name.lower(): fact for name, fact in _versions().items()})
        with self._watch.kept():
            try:
                yield
            except Exception:
                sys.excepthook(*sys.exc_info())
                self._say_the_end()
                raise SystemExit(1) from None
            finally:
                self.log.note("ended", seconds=round(monotonic() - self._since))
                self._leave()

    def attend(self, session: Session) -> None:
        """Show what breaks in this session's window, and tell of the last time if the program crashed then."""
        self._session = session
        bar = session.window.trouble
        bar.restart_wanted.connect(self._on_bar_restart_wanted)
        bar.report_wanted.connect(self._show_report)
        session.shown.connect(self._on_session_shown)
        for key, action in session.window.actions_by_key.items():
            action.triggered.connect(partial(self._note_action, key))
        if self._seat.left:
            self.log.warn("crashed the last time", self._seat.left)
            self._report = self._write_report(self._seat.left, "the last time", None)
            bar.set_report(True)
            head = self.tr("The program ended unexpectedly the last time.")
            text = self.tr("Open the file again: it will say up to when everything is in it.")
            bar.show_past(head, text)

    def _on_watch_broke(self, trace: Trace, part: str) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            self._take(trace, part)
        except Exception:
            self._say_least()
        finally:
            self._busy = False

    def _take(self, trace: Trace, part: str) -> None:
        self._counts[trace] += 1
        times = self._counts[trace]
        if times in _DUE:
            self.log.warn(f"broke part={part.replace(' ', '-')} times={times}", trace)
        if times == 1 and self._reports < _MOST_REPORTS:
            self._reports += 1
            path = self._session.window.path if self._session is not None and self._session.document else None
            self._report = self._write_report(trace, part, path)
        bench = self._session.window.workbench if self._session is not None else None
        self._behind = self._behind or (bench is not None and not bench.document.in_step)
        bar = self._session.window.trouble if self._session is not None else None
        if times in _DUE:
            self._show()
            modal = QApplication.activeModalWidget()
            if bar is not None and modal is not None:
                self._show_over(modal, bar.text)
        else:
            self._show_soon()

    def _say_least(self) -> None:
        """Say that something broke, when saying more broke as well."""
        with suppress(Exception):
            self.log.warn("reporter broke", ())
        with suppress(Exception):
            if self._session is not None:
                head = self.tr("The program met an error that it did not foresee, and another while reporting it.")
                text = self.tr("Whatever the status bar called saved is in the file. Restart here before you go on.")
                self._session.window.trouble.show_fault(head, text, urgent=True)

    def _say_the_end(self) -> None:
        """Say that the window itself cannot be."""
        text = self.tr("The program cannot start: it met an error that it did not foresee.")
        QMessageBox.critical(None, self.tr("Election Tally"), f"{text}\n\n{self._about_report()}")

    def _show(self) -> None:
        if self._session is None:
            return
        total = self._counts.total()
        bench = self._session.window.workbench
        found = safety.ask(bench)._replace(in_step=not self._behind) if bench is not None else None
        urgent = total >= _OFTEN or self._behind
        head = self.tr("The program met an error that it did not foresee.")
        if total > 1:
            head = self.tr("The program met {times} errors that it did not foresee.").format(times=total)
        said = safety.sentences(found, datetime.now().astimezone()) if found is not None else []
        if total >= _OFTEN:
            said.append(self.tr("This goes on: restart here."))
        bar = self._session.window.trouble
        bar.set_report(self._report is not None)
        bar.show_fault(head, " ".join((*said, self._about_report())), urgent=urgent)

    def _show_soon(self) -> None:
        """Say what has become of it, if it is still being said."""
        if self._session is not None and self._session.window.trouble.shows_fault and not self._timer.isActive():
            self._timer.start()

    def _about_report(self) -> str:
        report = self._report
        if report is None:
            return ""
        if report.path is None:
            return self.tr("No report could be written. {problem}").format(problem=report.problem)
        if self._session is not None and report.path.parent == self._session.window.path.parent:
            return self.tr("A report without votes or names lies beside the file.")
        return self.tr("A report without votes or names is at {path}.").format(path=report.path)

    def _write_report(self, trace: Trace, part: str, tally: Path | None) -> _Report:
        when = datetime.now().astimezone()
        text = report_text(when, self._facts(part), trace)
        try:
            return _Report(text, write_report(text, when, tally, log_folder()))
        except StorageError as error:
            return _Report(text, None, error.happened)

    def _facts(self, part: str) -> Mapping[str, str]:
        facts = _versions() | {"Screen": QGuiApplication.platformName(), "Broke in": part}
        bench = self._session.window.workbench if self._session is not None else None
        if bench is not None:
            document = bench.document
            facts["Count"] = ", ".join(
                (
                    "training" if document.training else "live",
                    "read-only" if document.read_only else "writable",
                    f"regions {magnitude(len(document.election.regions))}",
                    f"units {magnitude(document.election.unit_count)}",
                    f"events {magnitude(document.head.seq)}",
                    "in step" if document.in_step else "window behind the file",
                )
            )
        facts["Minutes"] = magnitude(round((monotonic() - self._since) / 60))
        facts["Last used"] = ", ".join(self._actions) or "nothing from the menus"
        return facts

    def _show_report(self) -> None:
        from tally_app.ui.trouble.report_window import ReportWindow

        if self._session is not None and self._report is not None:
            ReportWindow(self._report.text, self._report.path, self._session.window).open()

    def _show_over(self, dialog: QWidget, text: str) -> None:
        """Say it over a dialog, too, that keeps everybody from the bar."""
        box = QMessageBox(dialog)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(text)
        restart = box.addButton(self.tr("&Restart here"), QMessageBox.ButtonRole.ActionRole)
        restart.clicked.connect(self._on_bar_restart_wanted)
        box.setDefaultButton(box.addButton(self.tr("&Go on"), QMessageBox.ButtonRole.AcceptRole))
        box.open()

    def _note_action(self, key: str) -> None:
        self._actions.append(key)
        self.log.note("used", action=key)

    def _on_bar_restart_wanted(self) -> None:
        self.log.note("restarting", errors=self._counts.total())
        if self._session is not None:
            self._session.restart(self._leave)

    def _leave(self) -> None:
        self._timer.stop()
        self._session = None
        self.log.close()
        self._seat.leave()

    def _on_session_shown(self, bench: Workbench) -> None:
        self._files += 1
        self._behind = False
        kind = "training" if bench.document.training else "live"
        size = magnitude(bench.document.election.unit_count).replace(" ", "-")
        self.log.note("opened", file=self._files, kind=kind, units=size)
        bench.signals.figures_changed.connect(self._show_soon)
        bench.signals.draft_changed.connect(self._show_soon)
        bench.closed.connect(partial(self._on_bench_closed, self._files, monotonic()))

    def _on_bench_closed(self, number: int, since: float) -> None:
        self.log.note("closed", file=number, seconds=round(monotonic() - since))


def _versions() -> dict[str, str]:
    made = "packaged" if getattr(sys, "frozen", False) else "from source"
    return {
        "Program": f"Election Tally {__version__}, {made}",
        "Python": platform.python_version(),
        "Qt": f"{qVersion()}, PySide {PySide6.__version__}",
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
