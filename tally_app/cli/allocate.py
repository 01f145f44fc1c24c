"""``tally-app allocate CASES.json``: cases in, outcomes out, both JSON; a bad case never stops the others."""

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import msgspec

from tally_app.allocation.solve import Json, refused, solve
from tally_app.cli.exits import Exit, Failure
from tally_app.cli.output import Outcome
from tally_app.cli.session import Session

STANDARD_INPUT = "-"
_NOT_A_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)', re.DOTALL)


class Repeated(dict[str, Any]):
    """An object that has a key twice: one of its values would be lost."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.key = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)


class TooLong:
    """A whole number with more digits than Python reads in reasonable time."""


class Cases(NamedTuple):
    """What was read, as JSON has it. Only where *marked*, there are ``Repeated`` and ``TooLong`` in it."""

    values: list[Any]
    marked: bool


class Decimal(float):
    """A number with a point or an exponent, which keeps its text: nothing here counts with it, but an id may be one."""

    def __new__(cls, text: str) -> "Decimal":
        """Keep the text."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __repr__(self) -> str:
        return self.text


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "cases", metavar="CASES", help="a JSON file with a case or an array of cases; - : standard input"
    )
    parser.add_argument("--steps", action="store_true", help="each step of the method, too")
    parser.add_argument("--margins", action="store_true", help="on how few votes each seat hangs, too")
    parser.add_argument("--certificate", action="store_true", help="what a stranger needs to check the seats, too")
    parser.add_argument("--outcomes", action="store_true", help="the first 1000 results that lots can bring, too")
    parser.add_argument("--uncounted", type=_ballots, metavar="K", help="each list's seats if K ballots are uncounted")


def run(arguments: Namespace, _: Session) -> Outcome:
    """Read the cases; each is solved when its line is written."""
    cases = read_cases(arguments.cases)
    wanted = ("steps", "certificate", "margins", "outcomes", "uncounted")
    solve_one = partial(solve, **{key: getattr(arguments, key) for key in wanted})
    solved = partial(_solved_if_sound, solve_one) if cases.marked else solve_one
    return Outcome(None, lines(map(solved, cases.values)))


def lines(outcomes: Iterable[Json]) -> Iterator[str]:
    """Write outcomes as a JSON array, one to a line."""
    yield "["
    before = None
    for outcome in outcomes:
        if before is not None:
            yield before + ","
        before = _written(outcome)
    yield from () if before is None else (before,)
    yield "]"


def read_cases(name: str) -> Cases:
    """Return the cases of a file, or of the standard input; nothing of a case is checked.

    Raises: Failure: there is no such file, or it is neither an object nor an array in JSON.
    """
    shown = "The standard input" if name == STANDARD_INPUT else name
    try:
        value, marked = _read_json(_text(_content(name), shown), shown)
    except RecursionError:
        raise _no_cases(f"{shown}: Values are nested too deeply.") from None
    if isinstance(value, dict):
        return Cases([value], marked)
    if not isinstance(value, list):
        raise _no_cases(f"{shown}: The file must hold one case, which is an object, or an array of cases.")
    return Cases(value, marked)


def _ballots(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 1000):
        raise ArgumentTypeError("ballots are a whole number from 0 on")
    return int(text)


def _solved_if_sound(solve_one: Callable[[object], Json], case: object) -> Json:
    trouble = _trouble(case)
    if trouble is None:
        return solve_one(case)
    name = case.get("id") if isinstance(case, dict) else None
    return refused(None if _trouble(name) else name, *trouble)


def _content(name: str) -> bytes:
    if name != STANDARD_INPUT:
        try:
            return Path(name).read_bytes()
        except FileNotFoundError:
            message = f"{name}: There is no such file. Give a JSON file of cases, or - for the standard input."
            raise Failure(Exit.FILE, "no-such-file", message) from None
    if sys.stdin is None:
        raise Failure(Exit.FILE, "system-error", "There is no standard input. Give a file.")
    return sys.stdin.buffer.read()


def _text(content: bytes, shown: str) -> str:
    try:
        return content.decode(json.detect_encoding(content))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        _refuse("The text is not UTF-8", before, len(before), shown)


def _read_json(text: str, shown: str) -> tuple[object, bool]:
    """Read JSON; if need be once more, with marks on what cannot be kept."""

    def refuse_constant(_: str) -> NoReturn:
        found = next(found for found in _NOT_A_NUMBER.finditer(text) if found[1])
        _refuse(f"{found[1]} is no number of JSON", text, found.start(), shown)

    read = partial(json.loads, text, parse_float=Decimal, parse_constant=refuse_constant)
    try:
        try:
            return read(object_pairs_hook=_without_repetition), False
        except json.JSONDecodeError:
            raise
        except ValueError:  # a key is there twice, or a whole number is too long for Python
            return read(object_pairs_hook=_marked, parse_int=_whole), True
    except json.JSONDecodeError as error:
        several = ". Several cases go into one array: [case, case]" if error.msg == "Extra data" else ""
        _refuse(f"This is not JSON ({error.msg}){several}", text, error.pos, shown)


def _refuse(what: str, text: str, position: int, shown: str) -> NoReturn:
    line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    raise _no_cases(f"{shown}, line {line}, column {column}: {what}. Correct it there and try again.")


def _no_cases(message: str) -> Failure:
    return Failure(Exit.FILE, "not-cases", f"{message} Nothing was allocated.")


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(pairs)


def _whole(digits: str) -> int | TooLong:
    try:
        return int(digits)
    except ValueError:
        return TooLong()


def _trouble(value: object) -> tuple[str, str] | None:
    """Return code and message of what JSON has, but no case can have, wherever it is."""
    inside = [value]
    while inside:
        match inside.pop():
            case Repeated() as found:
                return "repeated-key", f"The key {json.dumps(found.key, ensure_ascii=False)} is there twice."
            case TooLong():
                return "too-long-number", f"A number has more than {sys.get_int_max_str_digits()} digits."
            case dict() as found:
                inside += found.values()
            case list() as found:
                inside += found
            case _:
                pass
    return None


def _written(outcome: Json) -> str:
    try:
        return _ENCODER.encode(outcome).decode()
    except (UnicodeEncodeError, RecursionError):
        pass
    message = "A text has half a character in it, or the id is nested too deeply."
    try:
        return _ENCODER.encode(refused(outcome["id"], "bad-text", message)).decode()
    except (UnicodeEncodeError, RecursionError):
        return _ENCODER.encode(refused(None, "bad-text", message)).decode()


def _as_read(value: object) -> msgspec.Raw:
    assert isinstance(value, Decimal)
    return msgspec.Raw(value.text.encode())


_ENCODER = msgspec.json.Encoder(enc_hook=_as_read)
