"""What a program asked the kernel for that has to do with sockets: strace, and how its lines are judged."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

STRACE = ("strace", "--follow-forks", "--seccomp-bpf", "--quiet=all", "--signal=none", "--string-limit=200")
WATCHED = "--trace=%network,io_uring_setup"
"""Every call that makes, binds, connects or uses a socket; and the one way past them."""

_CALL = re.compile(r"\d+ +(?:<\.\.\. )?(\w+)\(?(.*)")
_MADE = re.compile(r"(AF_\w+)")
_ADDRESS = re.compile(r'sa_family=(AF_\w+)(?:, sun_path=@?"([^"]*)")?')


class Use(NamedTuple):
    """One use of a socket: the call, the family, and the path of a local one (empty: none is named)."""

    call: str
    family: str
    path: str = ""


def traced(command: Sequence[str], log: Path) -> list[str]:
    """Return the command that runs *command* and writes what it does with sockets to *log*, its children's included."""
    return [*STRACE, WATCHED, f"--output={log}", *command]


def uses(log: Path) -> set[Use]:
    """Read what was done, each thing once."""
    return set(_uses(log.read_text(encoding="utf-8", errors="replace").splitlines()))


def _uses(lines: Iterable[str]) -> Iterable[Use]:
    for line in lines:
        call = _CALL.match(line)
        if call is None:
            raise ValueError(f"not a line of strace: {line!r}")
        name, rest = call.groups()
        addresses = _ADDRESS.findall(rest)
        yield from (Use(name, family, path) for family, path in addresses)
        if name in ("socket", "socketpair") and (made := _MADE.match(rest)):
            yield Use(name, made[1])
        if name == "io_uring_setup":
            yield Use(name, "?")


def beyond(found: Iterable[Use], paths: Iterable[str]) -> list[Use]:
    """What is neither a socket of this computer nor a connection to one of *paths* (regular expressions)."""
    known = re.compile("|".join(paths) or "(?!)")
    return sorted(use for use in found if use.family != "AF_UNIX" or (use.path and not known.fullmatch(use.path)))
