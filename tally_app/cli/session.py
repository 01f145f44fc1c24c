"""Who runs a command, where, and what time it is: passed in, never looked up by a command."""

import getpass
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from tally_app.cli.exits import Exit, Failure
from tally_app.document.document import Clock
from tally_app.storage.events import Stamp

OPERATOR_VARIABLE = "TALLY_OPERATOR"


class Session(NamedTuple):
    """What a command knows besides its arguments. *named* is the operator's name if somebody gave one."""

    named: str | None
    origin: str
    clock: Clock

    @property
    def operator(self) -> str:
        """The operator's name, else the name this person logged in with.

        Raises: Failure: there is neither.
        """
        if self.named is not None:
            return self.named
        try:
            return getpass.getuser()
        except (OSError, KeyError) as error:
            message = f"It is not known who you are: name yourself with --operator or {OPERATOR_VARIABLE}."
            raise Failure(Exit.USAGE, "no-operator", message) from error

    def stamp(self) -> Stamp:
        """Return who, when and where, for an event made now."""
        return Stamp(self.clock(), self.operator, self.origin)


def named_operator(option: str | None, environment: Mapping[str, str]) -> str | None:
    """Return the name given by option, else by environment, else None.

    Raises: Failure: the option's name is blank.
    """
    if option is not None and not option.strip():
        raise Failure(Exit.USAGE, "usage", "--operator needs a name.")
    return (option or environment.get(OPERATOR_VARIABLE, "")).strip() or None


def command_line_origin() -> str:
    """Return the origin of events made here: ``command-line@`` and the computer's name."""
    return f"command-line@{platform.node()}"


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)
