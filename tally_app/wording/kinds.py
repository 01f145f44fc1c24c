"""What the kinds of events are called, where somebody chooses among them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "figures": "Figures",
        "enter": "Figures: typed",
        "paste": "Figures: pasted",
        "clear": "Figures: cleared",
        "fill": "Figures: filled with 0",
        "repair": "Figures: repaired",
        "settle": "Figures: corrected from the paper",
        "pack": "Figures: with the pack",
        "stated": "Stated figures",
        "second": "Second entries",
        "settlement": "Settled differences",
        "lot": "Lots",
        "explanation": "Reasons of warnings",
        "signoff": "Sign-offs, reopenings",
        "status": "Status of the results",
        "source": "Sources",
        "rows": "Known rows",
        "created": "The tally made",
        "undo": "Taken back",
        "redo": "Done again",
    }
)


def kind_name(kind: str) -> str:
    """Return what a kind, or a gesture, is called; one that this version does not know by its own word."""
    return _KINDS.get(kind, kind)


def in_order(kinds: Iterable[str]) -> list[str]:
    """Return kinds as they are listed: figures first, each gesture below; unknown ones last."""
    known = list(_KINDS)
    return sorted(kinds, key=lambda kind: (known.index(kind) if kind in _KINDS else len(known), kind))
