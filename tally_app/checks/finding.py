"""A finding: facts about figures that cannot all be right. The sentence is made later, in the reader's language."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class Severity(StrEnum):
    """E blocks the sign-off, W wants a written reason, N informs. None ever blocks typing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(NamedTuple):
    """Where: all keys, None where the finding is not about one. No region: the chamber."""

    region: str | None = None
    unit: str | None = None
    party: str | None = None
    column: str | None = None
    """Column key of the cell to look at: a party's key or a form field."""


Fact = int | str | bool | None | list[str] | list[int]


class Finding(Struct, frozen=True):
    """A check's result: inputs and computed values in *facts*, by name; see ``docs/checks.md``."""

    code: str
    place: Place
    facts: dict[str, Fact]

    @property
    def severity(self) -> Severity:
        """Severity is the first letter of the code."""
        return _SEVERITIES[self.code[0]]


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}
