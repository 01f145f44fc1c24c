"""Names and numbers as the seat panels print them."""

from tally_app.allocation.ladder import quotient_text
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


def quotient(votes: int, divisor: int, decimals: int) -> str:
    """A quotient rounded half up to *decimals*, its thousands grouped."""
    whole, point, rest = quotient_text(votes, divisor, decimals).partition(".")
    return f"{int(whole):,}{point}{rest}"
