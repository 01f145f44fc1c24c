"""The sheets' own words, in English and in Khmer, and figures as a language writes them.

Khmer terms are those of named Khmer sources where there is one (Fresh News, the National Election Committee's forms,
by way of ``docs/decisions.md``); those marked K below are ours, and a Khmer reader should check them. Where no term is
known the English word stands alone.
"""

from collections.abc import Mapping, Sequence

from tally_app.election.model import Name
from tally_app.sheets.content import Language, Words
from tally_app.sheets.letters import printable
from tally_app.wording.numbers import grouped, signed

NOT_ENTERED = "–"
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")

LABELS: Mapping[str, Name] = {
    "region-result": Name("Result of the region", "លទ្ធផលនៃភូមិភាគ"),  # K
    "chamber-result": Name("Result of the chamber", "លទ្ធផលនៃព្រឹទ្ធសភា"),  # K
    "trace": Name("How the seats were allocated", "ការបែងចែកអាសនៈ"),
    "findings": Name("Findings, and the reasons given", "អ្វីដែលមិនត្រូវគ្នា និងហេតុផល"),  # K
    "lot-record": Name("Record of a lot", "កំណត់ហេតុចាប់ឆ្នោត"),  # K
    "elected": Name("Elected candidates", "បេក្ខជនជាប់ឆ្នោត"),
    "changes": Name("Changes to signed figures", "ការកែប្រែតួលេខដែលបានចុះហត្ថលេខា"),  # K
    "form": Name("Form of the count, to be filled by hand", "ទម្រង់រាប់សន្លឹកឆ្នោត"),  # K
    "region": Name("Region", "ភូមិភាគ"),
    "unit": Name("Reporting unit"),
    "units": Name("Reporting units"),
    "number": Name("No.", "លេខរៀង"),
    "open-seats": Name("Open seats"),
    "turnout-percent": Name("Turnout %"),
    "printed": Name("Printed by {by}, {at}", "បោះពុម្ពដោយ {by}, {at}"),  # K
    "hashes": Name("Definition {definition} · journal {event}:{head}"),
    "code": Name("QR code: definition {definition}, journal {event}, {head}"),
    "signed-by": Name(
        "Signed off in the file by {name}, {role}, {at}", "បានចុះហត្ថលេខាក្នុងឯកសារដោយ {name}, {role}, {at}"
    ),  # K
    "party": Name("Political party", "គណបក្សនយោបាយ"),
    "votes": Name("Votes", "សំឡេងឆ្នោត"),
    "percent": Name("%", "ភាគរយ"),
    "seats": Name("Seats", "អាសនៈ"),
    "seat": Name("Seat", "អាសនៈ"),
    "total": Name("Total", "សរុប"),
    "registered": Name("Registered voters", "អ្នកបោះឆ្នោតក្នុងបញ្ជី"),  # K
    "cast": Name("Ballots cast", "ចំនួនសន្លឹកឆ្នោតក្នុងហិប"),  # K
    "valid": Name("Valid votes", "សន្លឹកឆ្នោតបានការ"),
    "blank": Name("Blank ballots", "សន្លឹកឆ្នោតទទេ"),  # K
    "invalid": Name("Invalid ballots", "សន្លឹកឆ្នោតមិនបានការ"),
    "turnout": Name("Turnout", "ចំនួនអ្នកបានទៅបោះឆ្នោត"),  # K
    "unofficial": Name("Unofficial results", "លទ្ធផលមិនផ្លូវការ"),  # K
    "provisional": Name("Provisional results", "លទ្ធផលបណ្តោះអាសន្ន"),
    "official": Name("Official results", "លទ្ធផលផ្លូវការ"),
    "signature": Name("Name, signature, date", "ឈ្មោះ ហត្ថលេខា កាលបរិច្ឆេទ"),  # K
    "signs-whole": Name(
        "The signatures are for all {pages} pages of this sheet.",
        "ហត្ថលេខាទាំងនេះ សម្រាប់ទំព័រទាំង {pages}",  # K
    ),
    "training": Name("TRAINING", "ការហ្វឹកហាត់"),  # K
    "not-signed": Name("NOT SIGNED OFF", "មិនទាន់ចុះហត្ថលេខា"),  # K
    "page": Name("Page {page} of {pages}", "ទំព័រ {page} នៃ {pages}"),  # K
    # the region
    "to-fill": Name("Seats to fill", "អាសនៈ"),
    "entered": Name("Units entered"),
    "entered-of": Name("{complete} of {units}"),
    "known-of": Name("{what}: {known} of {units} units", "{what} ({known}/{units})"),
    "absent": Name("Not standing here: {parties}"),
    "tie": Name("{seats} open: {parties} have equal claims, and a lot must be drawn."),
    "tie-counting": Name("{seats} open: {parties} have equal claims so far; votes are still to come."),
    "unfilled": Name("{seats} cannot be filled: no list can take a further seat, or there are no votes yet."),
    "by-lot": Name("A tie was settled by lot, drawn by {by} on {at}: {won}"),
    "not-counted": Name("Votes entered for lists that do not stand here do not count: {parties}"),
    "columns-of": Name("Columns {first} to {last} of {all}"),
    # the chamber
    "elected-seats": Name("Elected seats", "អាសនៈជាប់ឆ្នោត"),  # K
    "appointed": Name("Appointed by {by}"),
    "appointed-seats": Name("Appointed seats", "អាសនៈតែងតាំង"),  # K
    "majority": Name("Majority", "ភាគច្រើន"),  # K
    "majority-of": Name("majority {seats} of {total}"),
    "has-majority": Name("{party} has {seats} of {total} seats: a majority ({majority} are needed)."),
    "no-majority": Name("No list has the {majority} of {total} seats that are a majority."),
    "before": Name("Seats {year}", "អាសនៈ ឆ្នាំ{year}"),  # K
    "before-unknown": Name("Seats before"),
    "change": Name("Change", "ប្រែប្រួល"),  # K
    "new-list": Name("new", "ថ្មី"),  # K
    "results-by-region": Name("Votes, percentages and seats by region", "សំឡេងឆ្នោត ភាគរយ និងអាសនៈ តាមភូមិភាគ"),  # K
    "circle": Name("Half-circle of {total} seats: {parties}"),
    # the trace
    "rule": Name("Rule"),
    "source": Name("Source of the rule: {source}"),
    "no-source": Name("Source of the rule: none is given in the election’s definition."),
    "seats-here": Name("{seats} in {region}"),
    "quotients": Name("Votes divided by each divisor", "សំឡេងឆ្នោតចែកនឹងតួចែកនីមួយៗ"),  # K
    "divisor": Name("÷"),
    "quotients-legend": Name(
        "On grey: won a seat; the small number is which. Framed: the last seat. Broken frame: next in line. "
        "Dotted frame: tied. Infinite is ∞."
    ),
    "won-order": Name("The seats, one by one", "អាសនៈម្តងមួយៗ"),  # K
    "won-order-note": Name(
        "Every seat goes to the highest quotient that is left. Quotients are rounded; the exact ones decided."
    ),
    "quotient": Name("Quotient", "ផលចែក"),  # K
    "calculation": Name("Votes ÷ divisor", "សំឡេងឆ្នោត ÷ តួចែក"),  # K
    "minimum-seat": Name("minimum seat"),
    "last-seat": Name("The last seat went to {parties} with {quotient}."),
    "next-seat": Name("Next would be {party} with {quotient}: {votes} more would give it a seat."),
    "shift": Name("{votes} moved from {loses} to {gains} would move a seat."),
    "margins": Name("How few votes change it"),
    "no-shift": Name("No number of votes moved between two lists is known to move a seat while one is open."),
    "margin-gain": Name("Votes more for one more seat"),
    "margin-loss": Name("Votes fewer that lose one"),
    "margin-threshold": Name("Votes more to the threshold"),
    "no-margins": Name("The least change that moves a seat is not computed for this rule."),
    "steps": Name("Step by step"),
    "excluded": Name("Below the threshold, no part in the allocation: {parties}"),
    "lot-seat": Name("not by a quotient"),
    "too-many-steps": Name("There are too many seats to tell their order on paper; the command allocate tells it."),
    "part-among": Name("Among alliances and lists: {seats}{name}"),
    "part-inside": Name("Inside {name}: {seats}"),
    "quota": Name("Quota {quota}, from {votes} votes and {seats} seats"),
    "calculation-step": Name("Calculation"),
    "value": Name("Value"),
    "seat-number": Name("Which seat"),
    "barred": Name("passed over, at their upper quota: {parties}"),
    "stage-held": Name("Seats held before"),
    "stage-minimum": Name("Minimum seats"),
    "stage-quota": Name("Whole quotas", "កូតា"),
    "stage-surplus": Name("Quotas, one by one"),
    "stage-remainder": Name("Largest remainders"),
    "stage-average": Name("Highest averages", "មធ្យមភាគខ្ពស់បំផុត"),
    "stage-unique-average": Name("Highest averages, one seat a list", "មធ្យមភាគខ្ពស់បំផុត"),
    "stage-majority": Name("Majority of votes: one seat changes hands"),
    "stage-exhausted": Name("Lists exhausted: seats given back"),
    "stage-certain": Name("However the lots fall"),
    "stage-tied": Name("Tied"),
    "stage-policy": Name("Tie, settled by votes"),
    "stage-lot": Name("By lot, as recorded", "ចាប់ឆ្នោត"),
    # the findings
    "code-heading": Name("Code"),
    "where": Name("Where"),
    "what": Name("What does not fit"),
    "reason": Name("Reason given", "ហេតុផល"),  # K
    "errors": Name("Errors: they block the sign-off", "កំហុស"),  # K
    "warnings": Name("Warnings: accepted with a reason, or not yet", "ការព្រមាន"),  # K
    "notes": Name("Notes", "កំណត់សម្គាល់"),  # K
    "given-by": Name("{reason} ({by})"),
    "outdated": Name("NO LONGER VALID, the figures have changed: {reason} ({by})"),
    "unexplained": Name("NO REASON GIVEN"),
    "to-correct": Name("to be corrected"),
    "no-findings": Name("Nothing was found that does not fit."),
    "findings-count": Name("{errors} · {warnings}, {unexplained} of them without a reason · {notes}"),
    "late-missing": Name("Some checks were still running when this was printed: findings may be missing."),
    # the lot
    "lot-tie": Name("{seats} to be given by lot among lists with equal claims"),
    "lot-form": Name("Seats by this lot"),
    "signed-off": Name("signed off"),
    "never": Name("not signed off yet"),
    "signed": Name("Signed off"),
    "given-number": Name("{given} of {seats}"),
    "drawn-by": Name("Drawn by", "ចាប់ដោយ"),  # K
    "drawn-at": Name("Drawn at", "ពេលចាប់"),  # K
    "witnesses": Name("Witnesses", "សាក្សី"),  # K
    "note": Name("Note", "កំណត់សម្គាល់"),  # K
    "lot-counts": Name("The lot is recorded in the file, and counts."),
    "lot-void": Name("The lot is recorded in the file, but there is no such tie now: it does not count."),
    "lot-open": Name("No lot is recorded in the file yet. Fill this in by hand, then record it."),
    "won": Name("Seats won", "អាសនៈទទួលបាន"),  # K
    # candidates
    "candidate": Name("Candidate", "បេក្ខជន"),
    "list-place": Name("Place on the list", "លេខរៀងក្នុងបញ្ជី"),  # K
    "no-candidate": Name("no candidate is named for this seat"),
    "elected-order": Name("In the order of each list, as the election’s definition gives it."),
    "elected-open": Name("{seats} not given yet"),
    "no-lists": Name("no names are known of this list"),
    # changes
    "never-signed": Name("Nothing has been signed off yet."),
    "unchanged": Name("No figure was changed after a sign-off."),
    "first-signed": Name("First signed"),
    "now": Name("Now", "ឥឡូវនេះ"),  # K
    "difference": Name("Difference", "ខុសគ្នា"),  # K
    "time": Name("Time", "ពេលវេលា"),  # K
    "who": Name("Who"),
    "what-happened": Name("What happened"),
    "event": Name("Event"),
    "signed-and-now": Name("What was signed first, and what stands now"),
    "events-after": Name("Every event since the first sign-off"),
    "changed-cells": Name("Figures changed after a sign-off"),
    "column": Name("Figure"),
    "old-new": Name("Before → after", "មុន → ក្រោយ"),  # K
    "why": Name("Reason", "ហេតុផល"),  # K
    # forms
    "votes-total": Name("Total of the valid votes", "សំឡេងឆ្នោតសរុប"),
    "ballots-total": Name("Total of valid, blank and invalid ballots", "សរុប"),
    "counted": Name("What is counted"),
    "fill-in": Name("One digit in each box, to the right. Write 0 where there are none; leave nothing empty."),
}


class Writer:
    """Writes words and figures in the languages of a sheet. *khmer_digits*: on sheets in Khmer alone."""

    def __init__(self, languages: Sequence[Language], *, khmer_digits: bool = False) -> None:
        self.languages = tuple(languages)
        self._khmer_digits = khmer_digits and self.languages == ("km",)

    def label(self, key: str, **values: str) -> Words:
        """Return one of the sheets' own words; in one language only where the other has none."""
        words = self._each(LABELS[key])
        return tuple(printable(word.format(**values) if values else word) for word in words)

    def label_about(self, key: str, what: str, **values: str) -> Words:
        """Return one of the sheets' own words that has another of them, *what*, in it, each in the same language."""
        outer, inner = LABELS[key], LABELS[what]
        both = Name(outer.en.replace("{what}", inner.en), outer.km and outer.km.replace("{what}", inner.km or inner.en))
        return tuple(printable(word.format(**values)) for word in self._each(both))

    def name(self, name: Name) -> Words:
        """Return a name of the election in each language; once where both are the same, or one is missing."""
        return tuple(printable(word) for word in self._each(name))

    def one(self, name: Name) -> str:
        """Return a name inside a sentence, which is English: in the sheet's first language only if it has no other."""
        return name.km if self.languages == ("km",) and name.km else name.en

    def same(self, text: str) -> Words:
        """Return a text that is the same in every language."""
        return (printable(text),) if text else ()

    def number(self, value: int | None) -> Words:
        """Write a figure; a dash for what is not entered."""
        return (self.figure(value),)

    def figure(self, value: int | None) -> str:
        """Write a figure as one text; a dash for what is not entered."""
        return NOT_ENTERED if value is None else self.digits(grouped(value))

    def change(self, value: int | None) -> str:
        """Write a difference with its sign; a dash where it is not known."""
        return NOT_ENTERED if value is None else self.digits(signed(value) if value else "0")

    def digits(self, text: str) -> str:
        """Write the digits of a figure as the sheet's language does."""
        return text.translate(_KHMER_DIGITS) if self._khmer_digits else text

    def _each(self, name: Name) -> Words:
        texts = [name.km if language == "km" and name.km else name.en for language in self.languages]
        return tuple(dict.fromkeys(texts))
