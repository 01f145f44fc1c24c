"""Names and numbers as the seat panels print them."""

from tally_app.allocation.ladder import Ladder, Quotient, decimals_apart, quotient_text
from tally_app.election.model import Name
from tally_app.ui.theme import MINUS, Language

NOT_KNOWN = "\u2013"


def name_in(name: Name, language: Language) -> str:
    """Return the name in a language; English where the Khmer one is not known."""
    return (name.km if language == "km" else name.en) or name.en


def both_names(name: Name) -> str:
    """Return the name in English and, where known, in Khmer."""
    return f"{name.en} \u00b7 {name.km}" if name.km else name.en


def signed(change: int) -> str:
    """A change with its sign, ``+1`` or ``\u22121``; nothing where nothing changes."""
    if change == 0:
        return ""
    return f"+{change:,}" if change > 0 else f"{MINUS}{-change:,}"


def quotient(found: Quotient, decimals: int, squared: bool = False) -> str:
    """A quotient rounded half up to *decimals*, its thousands grouped."""
    whole, point, rest = quotient_text(found.top, found.bottom, decimals, squared).partition(".")
    return f"{int(whole):,}{point}{rest}"


def decimals_needed(climbed: Ladder, at_least: int) -> int:
    """Return how many decimals tell the last seat's quotient from those of its nearest contenders."""
    if not climbed.last:
        return at_least
    last = climbed.last[0]
    return max(
        (decimals_apart(last[2:], each.quotient[2:], at_least, climbed.squared) for each in climbed.nearest),
        default=at_least,
    )


def short_votes(votes: int) -> str:
    """A number of votes in at most five signs, rounded down: ``1,234``, ``12k``, ``1.2M``."""
    if votes < 10_000:
        return f"{votes:,}"
    for unit, sign in ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k")):
        if votes >= unit:
            tenths = votes * 10 // unit
            return f"{tenths // 10}.{tenths % 10}{sign}" if tenths < 100 else f"{tenths // 10:,}{sign}"
    return f"{votes:,}"
