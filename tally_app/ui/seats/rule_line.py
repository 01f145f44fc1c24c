"""The rule of a region in words: method and quota, threshold and who misses it, what settles ties."""

from fractions import Fraction
from math import ceil, floor

from PySide6.QtCore import QObject

from tally_app.allocation.contest import Contest
from tally_app.allocation.hurdles import excluded
from tally_app.allocation.margins_threshold import to_threshold
from tally_app.allocation.methods import METHODS, Quota, Then
from tally_app.allocation.rules import Ballots
from tally_app.allocation.steps import Sheet
from tally_app.document.results import RegionResult
from tally_app.election import model
from tally_app.election.election import Election
from tally_app.wording.fractions import exact, percent, rounded
from tally_app.wording.methods import METHOD_WORDS, TIES, short_name

_BEYOND = {"droop": 1, "hagenbach-bischoff": 1, "imperiali-quota": 2}
"""Seats that the quota adds to those there are."""


class RuleLine(QObject):
    """Writes the line. A QObject, so that its words are translated."""

    def __init__(self, election: Election, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._rule = election.pack.rule

    def text(self, result: RegionResult, sheet: Sheet | None) -> str:
        """Return the line. *sheet*: the outermost distribution, where a quota is asked."""
        parts = [self._method(sheet), self._threshold(result), TIES[self._rule.ties]]
        return " · ".join(filter(None, parts))

    def _method(self, sheet: Sheet | None) -> str:
        words = METHOD_WORDS[self._rule.method]
        if not words.quota or sheet is None or not sheet.quota:
            return short_name(self._rule)
        value = self._quota(sheet, sheet.quota)
        method = METHODS[self._rule.method]
        if not isinstance(method, Quota):
            return self.tr("{method}, quota {sum}").format(method=words.short, sum=value)
        then = {
            Then.REMAINDERS: self.tr("largest remainders"),
            Then.AVERAGES: self.tr("then averages"),
            Then.SINGLE_PASS: self.tr("then one average each"),
        }[method.then]
        return f"{words.quota} {value}, {then}"

    def _quota(self, sheet: Sheet, quota: Fraction) -> str:
        divisor = sheet.quota_seats + _BEYOND.get(self._rule.method, 0)
        division = f"{sheet.quota_votes:,} \u00f7 {divisor:,}"
        if self._rule.method == "droop":
            return self.tr("{quota}, the first whole number above {sum}").format(quota=exact(quota), sum=division)
        return f"{division} = {rounded(quota, 0 if quota.denominator == 1 else 2)}"

    def _threshold(self, result: RegionResult) -> str:
        threshold = self._rule.threshold
        if threshold is None or result.contest.condition is None:
            return ""
        text = self._condition(threshold, result)
        missed = [self._missed(result.contest, each.party) for each in excluded(result.contest)]
        if not missed:
            return text
        return self.tr("{threshold}; excluded: {parties}").format(threshold=text, parties=", ".join(missed))

    def _condition(self, threshold: model.Threshold, result: RegionResult) -> str:
        parts = threshold.any_of or threshold.all_of
        if parts:
            between = self.tr(" and ") if threshold.all_of else self.tr(" or ")
            return between.join(self._condition(part, result) for part in parts)
        if threshold.share is None:
            return self.tr("{votes} votes").format(votes=f"{threshold.votes or 0:,}")
        bases = {
            "valid": self.tr("valid votes"),
            "valid+blank": self.tr("valid and blank votes"),
            "cast": self.tr("ballots cast"),
            "registered": self.tr("registered voters"),
        }
        text = self.tr("{share} of {base}").format(share=percent(Fraction(threshold.share)), base=bases[threshold.base])
        if threshold.scope == "chamber":
            return self.tr("{threshold} of all regions").format(threshold=text)
        needed = Fraction(threshold.share) * self._base(threshold, result)
        least = ceil(needed) if threshold.inclusive else floor(needed) + 1
        return self.tr("{threshold}: {votes} votes").format(threshold=text, votes=f"{least:,}")

    def _base(self, threshold: model.Threshold, result: RegionResult) -> int:
        columns = self._election.column_index
        sums = (result.sums[columns[key]] if key in columns else 0 for key in ("blank", "cast", "registered"))
        return Ballots(result.contest.votes, *(each or 0 for each in sums)).base(threshold.base)

    def _missed(self, contest: Contest, party: int) -> str:
        """Say whom a threshold keeps out, and how many votes would let it in: they raise the whole, too."""
        key = self._election.parties[party].key
        needs = to_threshold(contest, party)
        if not needs:
            return key
        return self.tr("{party} (needs {votes} more)").format(party=key, votes=f"{needs:,}")
