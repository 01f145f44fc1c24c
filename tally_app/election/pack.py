"""Election packs: reading and checking them, finding the bundled ones, writing one.

The format is described in ``docs/pack-format.md`` and ``docs/pack.schema.json``.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from tally_app.election.election import Election
from tally_app.election.model import Name, Pack
from tally_app.election.problem import Problem
from tally_app.election.validation import problems
from tally_app.resources import resource

MAX_BYTES = 256 * 1024 * 1024
_MAX_BYTES_FOR_TWINS = 8 * 1024 * 1024
_SHOWN = 20
_NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class PackError(Exception):
    """A pack cannot be used. *problems* are all that were found, *origin* is the file's name."""

    def __init__(self, origin: str, problems: Sequence[Problem]) -> None:
        self.origin = origin
        self.problems = tuple(problems)
        lines = [f"{origin}: {problem}" for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            lines.append(f"{origin}: … and {len(self.problems) - _SHOWN} more")
        super().__init__("\n".join(lines))


class PackInfo(NamedTuple):
    """A bundled pack, for a list to choose from."""

    key: str
    title: Name
    path: Path


class _Heading(msgspec.Struct):
    """As much of a pack as a list of packs shows."""

    key: str
    title: Name


def read_pack(data: bytes, origin: str) -> Pack:
    """Read and check an election pack.

    Args:
        data: the file's bytes: JSON in UTF-8, with or without a byte order mark.
        origin: the file's name, for messages.

    Raises:
        PackError: the text is not JSON, not a pack, or contradicts itself; carries every problem that was found.
    """
    if len(data) > MAX_BYTES:
        raise PackError(origin, [Problem("", f"the file has {len(data)} bytes; a pack has {MAX_BYTES} at most")])
    data = data.removeprefix(b"\xef\xbb\xbf")
    pack = _decode(data, origin)
    found = _twins(data) + problems(pack)
    if found:
        raise PackError(origin, found)
    return pack


def load_election(path: Path) -> Election:
    """Read a pack's file and number its rows and columns.

    Raises:
        OSError: the file cannot be read.
        PackError: it is no usable pack.
    """
    return Election(read_pack(path.read_bytes(), path.name))


def encode_pack(pack: Pack, *, readable: bool = True) -> bytes:
    """Write a pack as JSON in UTF-8: for people (two spaces, a final newline), or as short as possible for storing."""
    data = msgspec.json.encode(pack)
    return msgspec.json.format(data, indent=2) + b"\n" if readable else data


def bundled_packs() -> list[PackInfo]:
    """Return the packs that come with the program, in order of their keys."""
    found = []
    for path in resource("elections").glob("*.json"):
        heading = msgspec.json.decode(path.read_bytes(), type=_Heading)
        found.append(PackInfo(heading.key, heading.title, path))
    return sorted(found, key=lambda info: info.key)


def find_pack(name_or_path: str | Path) -> Path:
    """Return the path of a pack, given as the key of a bundled one or as the path of a file.

    Raises:
        PackError: neither; the message names the bundled packs.
    """
    path = Path(name_or_path)
    if path.is_file():
        return path
    packs = bundled_packs()
    for info in packs:
        if info.key == str(name_or_path):
            return info.path
    known = ", ".join(info.key for info in packs)
    raise PackError(str(name_or_path), [Problem("", f"no such file and no bundled pack; bundled: {known}")])


def _decode(data: bytes, origin: str) -> Pack:
    try:
        return msgspec.json.decode(data, type=Pack)
    except msgspec.ValidationError as error:
        raise PackError(origin, _shape_problems(data, error)) from error
    except _NOT_JSON as error:
        raise PackError(origin, [_syntax_problem(data, error)]) from error


def _shape_problems(data: bytes, error: msgspec.ValidationError) -> list[Problem]:
    """Look for the first problem of every part: the decoder stops at the first of the whole file."""
    found = [_shape_problem("$", error)]
    try:
        raw = msgspec.json.decode(data)
    except _NOT_JSON as wrong:
        return [_syntax_problem(data, wrong)]
    if not isinstance(raw, dict):
        return found
    for field, kind in get_type_hints(Pack, include_extras=True).items():
        if field not in raw:
            continue
        for path, value, expected in _parts(f"$.{field}", raw[field], kind):
            try:
                msgspec.convert(value, expected)
            except msgspec.ValidationError as part:
                found.append(_shape_problem(path, part))
    return list(dict.fromkeys(found))


def _parts(path: str, value: object, kind: object) -> Iterator[tuple[str, object, Any]]:
    base = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(base) is list and isinstance(value, list) and value:
        (item,) = get_args(base)
        for index, element in enumerate(value):
            yield f"{path}[{index}]", element, item
    else:
        yield path, value, kind


def _shape_problem(path: str, error: msgspec.ValidationError) -> Problem:
    text, found, inner = str(error).rpartition(" - at `$")
    return Problem(path + inner.removesuffix("`"), text) if found else Problem(path, inner)


def _syntax_problem(data: bytes, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return Problem("", "the text is nested too deeply to be a pack; choose another file")
    try:
        json.loads(data.decode())  # for the place: msgspec's own points past the wrong word, or nowhere
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode()) + 1
        return Problem("", f"line {line}, column {column}: not UTF-8 text; save the file as UTF-8")
    except json.JSONDecodeError as wrong:
        return Problem("", f"line {wrong.lineno}, column {wrong.colno}: {wrong.msg}; correct the JSON there")
    except (RecursionError, ValueError):
        pass  # numbers too long for Python, which msgspec has refused already
    return Problem("", f"{error}; correct the JSON")


class _WithTwins(dict[str, object]):
    """A JSON object that has a key twice, and which."""

    twins: tuple[str, ...] = ()


def _twins(data: bytes) -> list[Problem]:
    """Find keys that one JSON object has twice: the decoder keeps the last and forgets the others.

    Only in files that a person may have written: it costs as much again as decoding.
    """
    if len(data) > _MAX_BYTES_FOR_TWINS:
        return []
    return [
        Problem(f"{path}.{key}", f"'{key}' is given twice; remove one of them")
        for path, twins in _objects_with_twins("$", json.loads(data, object_pairs_hook=_object))
        for key in twins
    ]


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    keys = [key for key, _ in pairs]
    marked = _WithTwins(plain)
    marked.twins = tuple(key for key in plain if keys.count(key) > 1)
    return marked


def _objects_with_twins(path: str, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(value, _WithTwins):
        yield path, value.twins
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _objects_with_twins(f"{path}.{key}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects_with_twins(f"{path}[{index}]", item)
