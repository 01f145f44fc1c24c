"""The one place where commands write: JSON for programs, aligned lines for people."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO
from unicodedata import category, east_asian_width

import msgspec

from tally_app.cli.exits import Exit, Failure

# A file from a stranger may carry names that would steer the terminal or turn the reading direction.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_GAP = "  "

TRAINING_HEADING = "TRAINING – practice figures, no real count"
"""The first line of all that people read about a training file."""


class Outcome(NamedTuple):
    """What a command found or did. *lines* are made only when they are written. No *value*: they are JSON already."""

    value: msgspec.Struct | None
    lines: Iterator[str]
    exit_code: Exit = Exit.DONE


def write_outcome(outcome: Outcome, stream: TextIO, *, as_json: bool, training: bool | None = None) -> None:
    """Write what a command found or did. *training*: is the tally it is about practice? None: it is about none."""
    if training and not as_json and outcome.value is not None:
        stream.write(f"{TRAINING_HEADING}\n\n")
    if outcome.value is None:
        for line in outcome.lines:
            stream.write(_STEERING.sub(_escaped, line) + "\n")
    elif as_json:
        _write_json(_marked(outcome.value, training), stream)
    else:
        for line in outcome.lines:
            stream.write(visible(line) + "\n")
    stream.flush()


def write_failure(failure: Failure, out: TextIO | None, err: TextIO | None, *, as_json: bool) -> None:
    """Write why a command was not done: to people always, as JSON if that was asked for."""
    if err is not None:
        for line in failure.message.splitlines():
            err.write(visible(line) + "\n")
        err.flush()
    if as_json and out is not None:
        error: dict[str, object] = {"code": failure.code, "message": failure.message}
        if failure.refused:
            error["arguments"] = [refused._asdict() for refused in failure.refused]
        _write_json({"error": error}, out)
        out.flush()


def visible(line: str) -> str:
    """Return a line in which nothing steers a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", line)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> Iterator[str]:
    """Align cells under their headings: the first *left* columns to the left, the others to the right."""
    lines = [header, *rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (_pad(cell, width, i < left) for i, (cell, width) in enumerate(zip(line, widths, strict=True)))
        yield _GAP.join(cells).rstrip()


def _marked(value: msgspec.Struct, training: bool | None) -> object:
    """Say in a value whether it is of a training file, where it does not say so by itself."""
    told = msgspec.to_builtins(value)
    if training is None or not isinstance(told, dict) or "training" in told:
        return told
    return {"training": training, **told}


def _write_json(value: object, stream: TextIO) -> None:
    # A path that is no Unicode keeps its odd bytes as escapes here; msgspec's own encoder would refuse it.
    stream.write(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2) + "\n")


def _escaped(steering: re.Match[str]) -> str:
    return f"\\u{ord(steering[0]):04x}"


def _pad(text: str, width: int, left: bool) -> str:
    blank = " " * (width - _width(text))
    return text + blank if left else blank + text


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: marks sit on their letter, wide letters take two."""
    return sum(
        0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )
