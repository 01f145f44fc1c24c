"""A finding: facts about figures that cannot all be right. The sentence is made later, in the reader's language."""

import json
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

TELLING = (
    "source",
    "other_source",
    "figure",
    "limit",
    "limit_source",
    "what",
    "name",
    "neighbour",
    "with",
    "other_region",
    "other_unit",
    "label",
    "code",
)
"""The facts that tell two findings of one code and place apart. None of them is a figure that somebody counts."""


class Finding(Struct, frozen=True):
    """A check's result: inputs and computed values in *facts*, by name; see ``docs/checks.md``."""

    code: str
    place: Place
    facts: dict[str, Fact]

    @property
    def severity(self) -> Severity:
        """Severity is the first letter of the code."""
        return _SEVERITIES[self.code[0]]


def identity(finding: Finding) -> str:
    """Return a text that names a finding whatever its figures are: JSON of code, place and telling facts.

    It stays the same while numbers change, and is the key under which people explain a finding.
    """
    telling = [[name, finding.facts[name]] for name in TELLING if name in finding.facts]
    return json.dumps([finding.code, *finding.place, *telling], ensure_ascii=False, separators=(",", ":"))


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}
