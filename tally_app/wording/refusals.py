"""Why something that was typed or pasted is not taken."""

from collections.abc import Mapping

from tally_app.document.edit import EditRefused
from tally_app.election.model import FigureKind
from tally_app.election.stating import MAX_DECIMALS, PERCENTAGES, Misplaced, largest
from tally_app.exchange.clipboard import BlockRefused
from tally_app.exchange.numbers import LIMIT, Refusal
from tally_app.wording.findings import capital
from tally_app.wording.names import Names
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


def edit_refusal(names: Names, refused: EditRefused) -> str:
    """Say why an edit was not made; nothing of it was."""
    text = _PLAIN.get(refused.code)
    if text is not None:
        return text
    return _of_lot(refused) or _of_figures(names, refused) or _of_units(names, refused) or _of_signing(names, refused)


def _of_lot(refused: EditRefused) -> str:
    match refused.code, refused.facts:
        case "another-tie", {"parties": list(parties), "seats": int(seats)}:
            return f"The tie is another one: {counted(seats, 'seat', 'seats')} among {listed(parties)}."
        case "not-an-outcome", {"seats": int(seats)}:
            return f"No lot can bring this result for {counted(seats, 'open seat', 'open seats')}."
        case "changed-meanwhile", {"kind": "lot"}:
            return "The lot was changed since, so nothing was changed."
        case "changed-meanwhile", _:
            return "Not taken back: the figure was changed since."
    return ""


def stated_refusal(figure: FigureKind, reason: Refusal) -> str:
    """Say why a text is no figure of this kind as a source states it."""
    if figure in PERCENTAGES:
        return f"a percentage as printed, at most {MAX_DECIMALS} decimals (85.90)"
    if reason is Refusal.TOO_LARGE:
        return f"larger than {grouped(largest(figure))}"
    return refusal(reason)


def misplacement(names: Names, figure: str, reason: Misplaced) -> str:
    """Say why nobody can state a figure of such a party or place."""
    name = capital(names.figure(figure))
    return {
        Misplaced.PARTY_MISSING: f"{name}: say of which party.",
        Misplaced.PARTY_TOO_MUCH: f"{name}: this is no figure of one party; leave the party out.",
        Misplaced.MAJORITY_OF_REGION: "A majority is the chamber’s; leave the region out.",
        Misplaced.SEATS_OF_UNIT: "Seats are a region’s, or the chamber’s; leave the unit out.",
    }[reason]


def _of_figures(names: Names, refused: EditRefused) -> str:
    match refused.code, refused.facts:
        case "not-whole", {"text": str(text)}:
            return f"“{text}” is not a whole number."
        case "not-a-figure", {"text": str(text)}:
            return f"“{text}” is not a figure as it would be printed."
        case "misplaced-figure", {"reason": Misplaced() as reason, "figure": str(figure)}:
            return misplacement(names, figure, reason)
        case "source-known", {"name": str(name)}:
            return f"There is a source of the name “{name}” already."
    return ""


def _of_units(names: Names, refused: EditRefused) -> str:
    match refused.code, refused.facts:
        case ("same-clerk" | "second-clerk") as code, {"row": int(row), "operator": str(operator)}:
            which = "first" if code == "same-clerk" else "second"
            return f"{operator} made the {which} entry of {names.unit(row)}: somebody else must make the other one."
        case "not-entered", {"row": int(row)}:
            return f"The first entry of {names.unit(row)} is not complete yet."
        case "not-differing", {"columns": list(columns)}:
            return f"The entries agree in {listed([names.column(key) for key in columns])}: nothing to settle there."
        case "not-settled", {"columns": list(columns)}:
            return f"Say for {listed([names.column(key) for key in columns])}, too, what the paper says."
    return ""


def _of_signing(names: Names, refused: EditRefused) -> str:
    match refused.code, refused.facts:
        case ("signed-off" | "chamber-signed" | "not-signed-off") as code, {"region": region}:
            return _signed(names, code, region if isinstance(region, str) else None)
        case "obstacles", {"obstacles": list(obstacles)}:
            return f"{counted(len(obstacles), 'thing stands', 'things stand')} in the way of the sign-off."
    return str(refused)


def _signed(names: Names, code: str, region: str | None) -> str:
    if code == "chamber-signed":
        return "The chamber is signed off: open it again before its regions."
    place = "The chamber" if region is None else names.region(region)
    if code == "not-signed-off":
        return f"{place} is not signed off."
    return f"{place} is signed off. To change anything, open it again with a reason."


_PLAIN: Mapping[str, str] = {
    "no-tie": "No tie is open here, so there is nothing to draw.",
    "lot-incomplete": "It must say who drew the lot and when, in texts of at most 300 characters.",
    "number-out-of-range": "The number is too large.",
    "no-double-entry": "This election has no double entry: its pack does not ask for it.",
    "no-difference": "The two entries of this unit do not differ.",
    "not-a-warning": "Only warnings are accepted with a reason: errors are corrected, notes need none.",
    "no-reason": "Write a reason, in at most 1,000 characters.",
    "no-signature": "Name and role of whoever signs are needed, in at most 300 characters.",
    "only-reopening": "A sign-off is not taken back: open what is signed again, with a reason.",
    "same-file": "That is this very file: its own figures cannot be watched for.",
    "not-training": "That is no training file. (watch --import remembers a file whose figures were taken over before.)",
    "another-election": "That file is about another election: its parties, forms or units are not the ones here.",
    "no-rows": "There is no complete form in that file yet, so there is nothing to watch for.",
    "too-many-rows": "That file has more rows than can be watched for.",
    "not-signed": "Official results are signed off: sign the chamber off first.",
    "no-source": "Say on whose word the results are provisional or official.",
    "no-name": "Give the source a name of at most 300 characters.",
    "too-long": "At most 300 characters.",
}
