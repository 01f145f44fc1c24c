"""The other windows of this user on this computer: which file each shows, and asking one of them to come to the front.

Each window has a folder of its own inside the user's private folder for running programs. It writes there what it
shows, and watches it for requests: small files, which it answers by renaming them. A lock in the folder, which the
operating system drops with the process, tells the living from the dead. Files, because a socket would need a library
for networks, and nothing here goes near one.
"""

import os
import stat
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import TypeVar

import msgspec
from filelock import FileLock, Timeout
from platformdirs import user_runtime_path
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QFileSystemWatcher, QObject, QTimer, Signal

from tally_app.ui.front import let_come_forward

Told = TypeVar("Told", bound=msgspec.Struct)

_ANSWER_MS = 2000
"""A window that has not answered by then hangs."""
_LOOK_EVERY_MS = 20
_OLD_SECONDS = 24 * 3600
_ALIVE, _SHOWN, _OPENING = "alive", "shown", "opening"


class Answer(Enum):
    """What came of asking for the window that shows a file."""

    IN_FRONT = auto()
    NOBODY = auto()
    """No window shows it."""
    OPENING = auto()
    """A window is just opening it."""
    SILENT = auto()
    """A window shows it and does not answer."""
    SILENT_BY_ANOTHER_NAME = auto()
    """The same, under a name whose lock is another one: a hard link, a mount."""


class _File(msgspec.Struct, frozen=True):
    """A file by what stays the same whatever path leads to it; who writes this, and which path was taken."""

    device: int
    number: int
    path: str
    pid: int

    def same(self, other: "_File") -> bool:
        if self.number and other.number:
            return (self.device, self.number) == (other.device, other.number)
        return self.path == other.path  # file systems without numbers


class _Request(msgspec.Struct, frozen=True):
    file: _File
    token: str


def private_folder() -> Path | None:
    """Return the user's own folder for running programs, made if need be; None where no place is safe from others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that another folder serves where the desktop made none is as it should be
        folder = user_runtime_path("election-tally", appauthor=False)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        if os.name == "nt" or (
            stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
        ):
            return folder
    return None


class Neighbours(QObject):
    """What this window tells the others, and asks them. Without a folder there are no others."""

    summoned = Signal(str)
    """The user asked for the file of this window elsewhere; the window system's token for coming to the front."""

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._own: Path | None = None
        self._alive: FileLock | None = None
        self._shown: _File | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_watcher_directory_changed)
        if folder is not None:
            self._move_in(folder / token_hex(8))

    def opens(self, path: Path | None) -> None:
        """Say that this window is opening a file, or that it is done with that."""
        self._announce(_OPENING, path)

    def shows(self, path: Path | None) -> None:
        """Say which file this window shows, or that it shows none."""
        self._shown = self._announce(_SHOWN, path)

    def bring_to_front(self, path: Path, token: str) -> Answer:
        """Ask the window that shows *path*, by whatever name, to come to the front, and wait for its answer."""
        wanted = _identify(path)
        answer = Answer.NOBODY
        if wanted is None:
            return answer
        for folder in self._others():
            shown, opening = _read(folder / _SHOWN, _File), _read(folder / _OPENING, _File)
            if shown is not None and shown.same(wanted) and _lives(folder):
                answer = _ask(folder, shown.pid, _Request(wanted, token))
                if answer is Answer.SILENT and shown.path != wanted.path:
                    return Answer.SILENT_BY_ANOTHER_NAME
                if answer is not Answer.NOBODY:
                    return answer
            elif opening is not None and opening.same(wanted) and _lives(folder):
                answer = Answer.OPENING
        return answer

    def leave(self) -> None:
        """Be no neighbour any more."""
        if self._own is not None and self._alive is not None:
            self._watcher.removePath(str(self._own))
            self._alive.release()
            rmtree(self._own, ignore_errors=True)
            self._own = self._shown = None

    def _move_in(self, own: Path) -> None:
        alive = FileLock(own / _ALIVE, timeout=0, thread_local=False)
        try:
            own.mkdir(mode=0o700)
            alive.acquire()
        except (OSError, Timeout):
            return
        self._own, self._alive = own, alive
        self._sweep()
        self._watcher.addPath(str(own))

    def _sweep(self) -> None:
        """Remove what windows that died days ago left, whose files nobody asked for since."""
        for folder in self._others():
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > _OLD_SECONDS:
                    _lives(folder)

    def _announce(self, name: str, path: Path | None) -> _File | None:
        file = _identify(path) if path is not None else None
        if self._own is not None:
            with suppress(OSError):
                if file is None:
                    (self._own / name).unlink(missing_ok=True)
                else:
                    _write(self._own / name, file)
        return file

    def _others(self) -> Iterator[Path]:
        with suppress(OSError):
            if self._folder is not None:
                yield from [folder for folder in self._folder.iterdir() if folder != self._own]

    def _on_watcher_directory_changed(self) -> None:
        for request in sorted(self._own.glob("*.ask")) if self._own is not None else ():
            asked = _read(request, _Request)
            here = asked is not None and self._shown is not None and asked.file.same(self._shown)
            if asked is not None and here:
                self.summoned.emit(asked.token)
            with suppress(OSError):
                request.rename(request.with_suffix(".yes" if here else ".no"))


def wait(milliseconds: int) -> None:
    """Let time pass; requests of others are answered meanwhile, and what the user does is done afterwards."""
    loop = QEventLoop()
    timer = QTimer(loop)
    timer.timeout.connect(loop.quit)
    timer.start(milliseconds)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _identify(path: Path) -> _File | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _File(status.st_dev, status.st_ino, str(path), os.getpid())


def _ask(folder: Path, pid: int, request: _Request) -> Answer:
    let_come_forward(pid)
    note = folder / f"{token_hex(8)}.ask"
    yes, no = note.with_suffix(".yes"), note.with_suffix(".no")
    patience = QDeadlineTimer(_ANSWER_MS)
    try:
        _write(note, request)
        while not patience.hasExpired():
            if yes.exists():
                return Answer.IN_FRONT
            if no.exists() or not folder.exists():
                return Answer.NOBODY
            wait(_LOOK_EVERY_MS)
        return Answer.SILENT
    except OSError:
        return Answer.NOBODY  # the window was closed meanwhile
    finally:
        for each in (note, yes, no):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _lives(folder: Path) -> bool:
    """Does the window of this folder live? What a dead one left behind is removed."""
    try:
        with FileLock(folder / _ALIVE, timeout=0, thread_local=False):
            pass
    except Timeout:
        return True
    except OSError:
        return False
    rmtree(folder, ignore_errors=True)
    return False


def _read(path: Path, kind: type[Told]) -> Told | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(path.read_bytes(), type=kind)
    return None


def _write(path: Path, told: msgspec.Struct) -> None:
    """Write a file that nobody sees half written."""
    draft = path.with_name(f"{path.name}.part")
    draft.write_bytes(msgspec.json.encode(told))
    draft.replace(path)
