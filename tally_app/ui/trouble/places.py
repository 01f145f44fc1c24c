"""Where the keyboard is in an open file, kept among the program's own files as long as it is open; no figure is in it.

When a file is closed its place is forgotten. One that is still there was left by a program that ended otherwise.
"""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer

from tally_app.count.figures import Cell
from tally_app.document.stated_view import Scope
from tally_app.ui.trouble.safety import is_typing
from tally_app.ui.workbench import Workbench

_AFTER_MS = 300
"""So long what happens is gathered before it is written."""


class Place(msgspec.Struct, frozen=True):
    """What is in the centre, and where in it: a cell of the forms, what is stated, else the overview."""

    row: int | None = None
    column: int = 0
    stated: bool = False
    region: str | None = None
    unit: str | None = None
    """Of what is stated: the scope."""
    second: bool = False
    """Is it a second entry?"""
    typing: bool = False
    """Did something stand in the open cell that was not entered?"""
    restarting: bool = False
    """Did the program end in order to start again here?"""


class Places:
    """One small file for each tally that is open, named by a hash of the tally's path.

    Not in the settings, which are written to the medium each time: a key press would wait for that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def left(self, tally: Path) -> Place | None:
        """Return where the keyboard was in a file that was not closed; None: it was, or that cannot be read."""
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode(self._of(tally).read_bytes(), type=Place)
        return None

    def keep(self, tally: Path, place: Place) -> None:
        """Remember where the keyboard is; where that cannot be written, the file opens at its beginning."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._of(tally).with_suffix(".part")
            draft.write_bytes(msgspec.json.encode(place))
            draft.replace(self._of(tally))

    def forget(self, tally: Path) -> None:
        """The file is closed."""
        with suppress(OSError):
            self._of(tally).unlink(missing_ok=True)

    def _of(self, tally: Path) -> Path:
        return self._folder / f"{sha256(str(tally).encode()).hexdigest()[:16]}.place"


def place_of(bench: Workbench, *, second: bool, restarting: bool = False) -> Place:
    """Return where the keyboard is."""
    typing = is_typing(bench)
    if bench.shows_stated:
        scope = bench.stated.scope
        return Place(None, 0, True, scope.region, scope.unit, second, typing, restarting)
    cell = bench.entry.cell if bench.region is not None else None
    if cell is None:
        row = bench.document.election.starts[bench.region] if bench.region is not None else None
        return Place(row, second=second, typing=typing, restarting=restarting)
    return Place(cell.row, cell.column, second=second, typing=typing, restarting=restarting)


def go_back(bench: Workbench, place: Place, begin_second: Callable[[], None]) -> None:
    """Put the keyboard where it was; a place that this file does not have is the overview."""
    election = bench.document.election
    if place.second and bench.document.second.active:
        begin_second()
    if place.stated and not place.second and (place.region is None or place.region in election.region_index):
        bench.show_stated(Scope(place.region, place.unit))
    elif place.row is not None and 0 <= place.row < election.unit_count and 0 <= place.column < len(election.columns):
        bench.go_to_cell(Cell(place.row, place.column))


class PlaceKeeper(QObject):
    """Keeps the place of one open file."""

    def __init__(
        self, bench: Workbench, keep: Callable[[Place], None], is_second: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._keep = keep
        self._is_second = is_second
        self._kept: Place | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        bench.cell_changed.connect(self._on_bench_changed)
        bench.signals.draft_changed.connect(self._on_bench_changed)
        bench.signals.figures_changed.connect(self._on_bench_changed)
        self.keep()

    def keep(self, *, restarting: bool = False) -> None:
        """Keep the place as it is now."""
        place = place_of(self._bench, second=self._is_second(), restarting=restarting)
        if place != self._kept:
            self._keep(place)
            self._kept = place

    def stop(self) -> None:
        """Keep nothing more: the file is being closed."""
        self._timer.stop()

    def _on_bench_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
