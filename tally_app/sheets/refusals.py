"""Why a sheet was not made, or not written, in a sentence."""

from collections.abc import Mapping

from tally_app.sheets.printing import BatchFailed
from tally_app.sheets.request import NoSuchSheet
from tally_app.wording.numbers import counted, listed

_SENTENCES: Mapping[str, str] = {
    "no-region": "A sheet of the kind “{kind}” is about one region: name it.",
    "only-chamber": "A sheet of the kind “{kind}” is about all regions together: name none.",
    "unknown-region": "There is no region {region}.",
    "unknown-unit": "There is no unit {unit} in region {region}.",
    "no-lot": "There is no open tie and no recorded lot here, so there is no record of one.",
    "no-candidates": "The election names no candidates, so there is no sheet of who is elected.",
}


def no_such_sheet(error: NoSuchSheet) -> str:
    """Say why there is no such sheet."""
    sentence = _SENTENCES.get(error.code)
    return f"There is no such sheet ({error.code})." if sentence is None else sentence.format_map(_Facts(error.facts))


def batch_failed(error: BatchFailed) -> str:
    """Say what of a batch is there and what is not."""
    there = [each.path.name for each in error.written]
    if not error.missing:
        return f"{error} All {counted(len(there), 'sheet is', 'sheets are')} there; only their list of hashes is not."
    missing = listed([path.name for path in error.missing])
    if not there:
        return f"{error} None of the sheets was written: {missing}."
    listing = "listed with its hash" if len(there) == 1 else "listed with their hashes"
    known = f", whole and {listing}" if error.sums else " and whole, but not in the list of hashes"
    return f"{error} There{known}: {listed(there)}. Not written: {missing}."


class _Facts(dict[str, str]):
    """Facts of a refusal; one that is not told is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
