"""What sheet somebody wants, of what, in which languages; and that there is no such sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from tally_app.sheets.content import Language, Paper
from tally_app.sheets.frame import Printing
from tally_app.sheets.words import Writer

Kind = Literal["region", "chamber", "trace", "findings", "lot", "elected", "changes", "forms"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_A_REGION: frozenset[Kind] = frozenset({"region", "trace", "lot"})
"""Kinds that are about one region."""
OF_THE_CHAMBER: frozenset[Kind] = frozenset({"chamber"})
"""Kinds that are about no region; the others are about one, or about all."""


class NoSuchSheet(Exception):
    """A sheet that cannot be. *code*: why; *facts*: of what.

    Codes: ``no-region``: the kind is about one region, and none is named; ``unknown-region``, ``unknown-unit``;
    ``only-chamber``: the kind is about the chamber; ``no-lot``: there is no tie, and no lot was recorded;
    ``no-candidates``: the election names none.
    """

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts: Mapping[str, str] = MappingProxyType(facts)
        super().__init__(f"{code}: {facts}")


@dataclass(frozen=True, slots=True)
class Request:
    """A sheet as somebody wants it. *khmer_digits* are for sheets in Khmer alone."""

    kind: Kind
    printing: Printing
    region: str | None = None
    """Key of the region; None: the chamber, or all regions."""
    unit: str | None = None
    """Key of the unit of a form; None: every unit."""
    languages: tuple[Language, ...] = ("en",)
    paper: Paper = "a4"
    khmer_digits: bool = False

    @property
    def writer(self) -> Writer:
        """Who writes the sheet's words."""
        return Writer(self.languages, khmer_digits=self.khmer_digits)
