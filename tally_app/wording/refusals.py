"""Why something that was typed or pasted is not taken."""

from collections.abc import Mapping

from tally_app.exchange.clipboard import BlockRefused
from tally_app.exchange.numbers import LIMIT, Refusal
from tally_app.wording.numbers import grouped

_REFUSALS: Mapping[Refusal, str] = {
    Refusal.SIGN: "votes have no sign",
    Refusal.DECIMAL: "votes are whole numbers, and are grouped by threes (1,191)",
    Refusal.LETTER: "only digits: 0–9 or ០–៩",
    Refusal.GROUPING: "digits are grouped by threes (1,191) or not at all",
    Refusal.TOO_LARGE: f"larger than {grouped(LIMIT)}",
    Refusal.CHARACTER: "only digits: 0–9 or ០–៩",
}


def refusal(reason: Refusal) -> str:
    """Say why a text is no number of votes."""
    return _REFUSALS[reason]


def block_refusal(refused: BlockRefused) -> str:
    """Say why a pasted block was refused whole, with its first wrong cell."""
    cell = f"row {refused.row}, column {refused.column}"
    return f"Nothing pasted. In {cell}, “{refused.text.strip()[:40]}”: {refusal(refused.reason)}."
