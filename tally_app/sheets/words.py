"""The sheets' own words, in English and in Khmer, and figures as a language writes them.

Khmer terms are those of named Khmer sources where there is one (Fresh News, the National Election Committee's forms,
by way of ``docs/decisions.md``); those marked K below are ours, and a Khmer reader should check them.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from tally_app.election.model import Name
from tally_app.sheets.content import Words
from tally_app.wording.numbers import grouped

Language = Literal["en", "km"]
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")

LABELS: Mapping[str, Name] = {
    "region-result": Name("Result of the region", "លទ្ធផលនៃភូមិភាគ"),  # K
    "chamber-result": Name("Result of the chamber", "លទ្ធផលនៃព្រឹទ្ធសភា"),  # K
    "unit": Name("Reporting unit"),
    "units": Name("Reporting units"),
    "number": Name("No.", "លេខរៀង"),
    "open-seats": Name("Open seats: a lot is to be drawn, or votes are missing"),
    "turnout-percent": Name("Turnout %"),
    "printed": Name("Printed by {by}, {at}"),
    "hashes": Name("Definition {definition} · journal {event}:{head}"),
    "signed-by": Name("Signed off in the file by {name}, {role}, {at}"),
    "party": Name("Political party", "គណបក្សនយោបាយ"),
    "votes": Name("Votes", "សំឡេងឆ្នោត"),
    "percent": Name("%", "ភាគរយ"),
    "seats": Name("Seats", "អាសនៈ"),
    "total": Name("Total", "សរុប"),
    "registered": Name("Registered voters", "អ្នកបោះឆ្នោតក្នុងបញ្ជី"),  # K
    "cast": Name("Ballots cast", "ចំនួនសន្លឹកឆ្នោតក្នុងហិប"),  # K
    "valid": Name("Valid votes", "សន្លឹកឆ្នោតបានការ"),
    "blank": Name("Blank ballots", "សន្លឹកឆ្នោតទទេ"),  # K
    "invalid": Name("Invalid ballots", "សន្លឹកឆ្នោតមិនបានការ"),
    "turnout": Name("Turnout", "ចំនួនអ្នកបានទៅបោះឆ្នោត"),  # K
    "unofficial": Name("Unofficial results"),
    "provisional": Name("Provisional results", "លទ្ធផលបណ្តោះអាសន្ន"),
    "official": Name("Official results", "លទ្ធផលផ្លូវការ"),
    "signature": Name("Name, signature, date", "ឈ្មោះ ហត្ថលេខា កាលបរិច្ឆេទ"),  # K
    "training": Name("TRAINING"),
    "not-signed": Name("NOT SIGNED OFF"),
    "page": Name("Page {page} of {pages}"),
}


class Writer:
    """Writes words and figures in the languages of a sheet. *khmer_digits*: on sheets in Khmer alone."""

    def __init__(self, languages: Sequence[Language], *, khmer_digits: bool = False) -> None:
        self.languages = tuple(languages)
        self._khmer_digits = khmer_digits and self.languages == ("km",)

    def label(self, key: str, **values: str) -> Words:
        """Return one of the sheets' own words; in one language only where the other has none."""
        return self._filled(self.name(LABELS[key]), values)

    def name(self, name: Name) -> Words:
        """Return a name of the election in each language; once where both are the same, or one is missing."""
        texts = [name.km if language == "km" and name.km else name.en for language in self.languages]
        return tuple(dict.fromkeys(texts))

    def same(self, text: str) -> Words:
        """Return a text that is the same in every language."""
        return (self._digits(text),) if text else ()

    def number(self, value: int | None) -> Words:
        """Write a figure; a dash for what is not entered."""
        return self.same("–" if value is None else grouped(value))

    def _filled(self, words: Words, values: Mapping[str, str]) -> Words:
        return tuple(word.format(**values) if values else word for word in words)

    def _digits(self, text: str) -> str:
        return text.translate(_KHMER_DIGITS) if self._khmer_digits else text
