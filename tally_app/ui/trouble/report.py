"""The report of a problem: a text that somebody can read through before sending it to anybody. No Qt here."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from tally_app.document.opening import unused
from tally_app.storage.errors import StorageError
from tally_app.storage.place import beside, os_error, place
from tally_app.ui.trouble.traces import Trace

_HEAD = """\
Election Tally: report of a problem

The program met an error that it did not foresee, and wrote this. It was sent nowhere.

What is in it: the versions of the program and of what it runs on, how large the count is by its order of
magnitude, the names of the last menu entries used, and which lines of the program were running.
What is not in it: votes, names of people, parties, lists or places, anything that was typed, names of files or
folders, the name of this computer or of anybody who uses it.

What to do: read it, and give it to whoever looks after the program in your office, or to those who make it.
How, and what else they may ask for, is in docs/security.md. The file you count in is not needed for that.
"""


def report_text(when: datetime, facts: Mapping[str, str], trace: Trace) -> str:
    """Write the report of what went wrong *when*. *facts*: words of the program, by what they are about."""
    width = max(map(len, ("When", *facts)))
    known = {"When": f"{when:%Y-%m-%d %H:%M:%S %z}"} | dict(facts)
    lines = [_HEAD, *(f"{name:<{width}}  {fact}" for name, fact in known.items()), "", *trace]
    return "\n".join(lines) + "\n"


def write_report(text: str, when: datetime, tally: Path | None, folder: Path) -> Path:
    """Write the report beside the file *tally*; where that cannot be, into *folder*. Return where it is.

    Raises: StorageError: neither can be written.
    """
    for target in _targets(when, tally, folder):
        try:
            return _write(target, text)
        except StorageError as error:
            failed = error
    raise failed


def magnitude(number: int) -> str:
    """Say how large a number is without saying it: 1, 10, 100, …, the next above it."""
    return f"up to {10 ** len(str(max(0, number - 1))) if number > 1 else 1}"


def _targets(when: datetime, tally: Path | None, folder: Path) -> Iterable[Path]:
    name = f"{when:%Y-%m-%d %H%M%S} problem.txt"
    if tally is not None:
        yield tally.with_name(f"{tally.stem} {name}")
    yield folder / f"Election Tally {name}"


def _write(target: Path, text: str) -> Path:
    try:
        if not target.parent.exists():
            target.parent.mkdir(parents=True)
        target = unused(target)
        with beside(target) as draft:
            draft.write_text(text, encoding="utf-8")
            place(draft, target)
    except OSError as error:
        raise os_error(target, error) from error
    return target
