"""What went wrong, as far as it can be told without votes, names or places of files. No Qt here.

An exception's text may quote anything: a figure, a list's name, the user's folders. So nothing of it is taken, nor of
its notes, its arguments or the values of variables; only its class, and which lines of which modules were running.
"""

import errno
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from itertools import groupby
from types import CodeType

Trace = tuple[str, ...]
"""The lines of a report that say where the program was."""

_MOST_LINES = 400
_MOST_FRAMES = 60
_DEEPEST_GROUP = 5
_OUTSIDE = "(outside of any module)"


class FaultElsewhere(Exception):
    """Something broke in another process of the program, and told where."""

    def __init__(self, trace: Trace) -> None:
        super().__init__("in another process")
        self.trace = trace


def describe(error: BaseException) -> Trace:
    """Return what went wrong and where, with what it came from, and nothing that somebody typed or named."""
    return tuple(_lines(error, set(), 0))[:_MOST_LINES]


def _lines(error: BaseException, seen: set[int], depth: int) -> Iterator[str]:
    margin = "  " * depth
    before: BaseException | None = error
    while before is not None and id(before) not in seen:
        seen.add(id(before))
        yield f"{margin}{_kind(before)}{_code(before)}"
        if isinstance(before, FaultElsewhere):
            yield from (f"{margin}  {line}" for line in before.trace)
        yield from (f"{margin}  {position}" for position in _positions(before))
        if isinstance(before, BaseExceptionGroup) and depth < _DEEPEST_GROUP:
            for part in before.exceptions:
                yield f"{margin}one of several:"
                yield from _lines(part, seen, depth + 1)
        cause, context = before.__cause__, before.__context__
        hidden = cause is None and before.__suppress_context__
        before = None if hidden else cause or context
        if before is not None:
            yield f"{margin}caused by:" if cause is not None else f"{margin}while there was already:"


def _kind(error: BaseException) -> str:
    """The exception's class, or the nearest above it that a module really has: others may be named after anything."""
    for kind in type(error).__mro__:
        module = sys.modules.get(str(kind.__module__))
        found: object = module
        for name in str(kind.__qualname__).split("."):
            found = vars(found).get(name) if hasattr(found, "__dict__") else None
        if found is kind:
            return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    return "BaseException"


def _code(error: BaseException) -> str:
    """What the operating system or SQLite calls it: a word from their own lists."""
    if isinstance(error, OSError) and isinstance(error.errno, int) and error.errno in errno.errorcode:
        return f" ({errno.errorcode[error.errno]})"
    name = getattr(error, "sqlite_errorname", None)
    if isinstance(error, sqlite3.Error) and isinstance(name, str) and name.startswith("SQLITE_") and name in _SQLITE:
        return f" ({name})"
    return ""


_SQLITE = frozenset(vars(sqlite3))


def _positions(error: BaseException) -> list[str]:
    steps = traceback.walk_tb(error.__traceback__)
    found = (_position(frame.f_code, frame.f_globals.get("__name__"), line) for frame, line in steps)
    alike = [(position, sum(1 for _ in same)) for position, same in groupby(found)]
    told = [position if times == 1 else f"{position}  × {times}" for position, times in alike]
    if len(told) <= _MOST_FRAMES:
        return told
    half = _MOST_FRAMES // 2
    return [*told[:half], f"… {len(told) - 2 * half} more", *told[-half:]]


def _position(code: CodeType, module: object, line: int) -> str:
    """Name a line by its module. The file's name on this computer is not asked for more than that it fits."""
    if not isinstance(module, str) or module not in sys.modules or not _is_file_of(code.co_filename, module):
        return _OUTSIDE
    return f"{module.replace('.', '/')}.py:{line} in {code.co_qualname}"


def _is_file_of(file: str, module: str) -> bool:
    if file == f"<frozen {module}>":
        return True
    stem = file.replace("\\", "/").removesuffix(".py").removesuffix("/__init__")
    return f"/{stem}".endswith(f"/{module.replace('.', '/')}")
