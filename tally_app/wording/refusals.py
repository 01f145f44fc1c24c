"""Why something that was typed or pasted is not taken."""

from collections.abc import Mapping

from tally_app.document.edit import EditRefused
from tally_app.exchange.clipboard import BlockRefused
from tally_app.exchange.numbers import LIMIT, Refusal
from tally_app.wording.numbers import counted, grouped, listed

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


def lot_refusal(refused: EditRefused) -> str:
    """Say why a lot is not recorded, corrected or removed."""
    facts = refused.facts
    match refused.code, facts:
        case "no-tie", _:
            return "No tie is open here, so there is nothing to draw."
        case "another-tie", {"parties": list(parties), "seats": int(seats)}:
            return f"The tie is another one: {counted(seats, 'seat', 'seats')} among {listed(parties)}."
        case "not-an-outcome", {"seats": int(seats)}:
            return f"No lot can bring this result for {counted(seats, 'open seat', 'open seats')}."
        case "lot-incomplete", _:
            return "It must say who drew the lot and when, in texts of at most 300 characters."
        case "changed-meanwhile", _:
            return "The lot was changed since, so nothing was changed."
    return str(refused)
