"""What of the count is safe at this moment: asked of the file and of the open cell, not promised."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from tally_app.storage.errors import StorageError
from tally_app.ui.workbench import Workbench
from tally_app.wording.numbers import grouped


class Safety(NamedTuple):
    """What was found."""

    event: int
    """Number of the last event that was read back from the file; 0: it could not be read."""
    entered: datetime | None
    """Its time, where it is an entry and not how the file began."""
    typing: bool
    """Does something stand in the open cell that is not entered?"""
    in_step: bool
    """Does the window know of everything that is in the file?"""


def ask(bench: Workbench) -> Safety:
    """Ask the file and the window."""
    document = bench.document
    typing, in_step = is_typing(bench), document.in_step
    try:
        event = document.last_event()
    except (StorageError, StopIteration):
        return Safety(0, None, typing, in_step)
    if (event.seq, event.hash) != document.head:
        return Safety(0, None, typing, in_step)
    return Safety(event.seq, datetime.fromisoformat(event.time) if event.seq > 1 else None, typing, in_step)


def is_typing(bench: Workbench) -> bool:
    """Does something stand in an open cell that is not entered?"""
    views = [bench.entry.grid.view, bench.entry.grid.totals, *([bench.stated.table] if bench.shows_stated else [])]
    return any(view.votes_delegate.typing for view in views)


def sentences(safety: Safety, now: datetime) -> list[str]:
    """Say what is safe, and what is not."""
    return [_about_file(safety, now), *_about_cell(safety), *_about_window(safety)]


def up_to(entered: datetime, now: datetime) -> str:
    """Say a moment as briefly as the clock on the wall does, with the day where it is another one."""
    here = entered.astimezone()
    return f"{here:%H:%M:%S}" if here.date() == now.astimezone().date() else f"{here:%Y-%m-%d %H:%M:%S}"


def _about_file(safety: Safety, now: datetime) -> str:
    if not safety.event:
        return QCoreApplication.translate("Safety", "The file cannot be read now: what is in it is not certain.")
    if safety.entered is None:
        return QCoreApplication.translate("Safety", "Nothing had been entered in this file yet.")
    text = QCoreApplication.translate("Safety", "Everything entered up to {time} is in the file (event {event}).")
    return text.format(time=up_to(safety.entered, now), event=grouped(safety.event))


def _about_cell(safety: Safety) -> list[str]:
    if not safety.typing:
        return []
    return [QCoreApplication.translate("Safety", "The number in the open cell is not entered; it still stands there.")]


def _about_window(safety: Safety) -> list[str]:
    if safety.in_step:
        return []
    return [QCoreApplication.translate("Safety", "The window may show less than the file holds: restart here.")]
