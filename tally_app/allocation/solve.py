"""A case in, an outcome out, both in the words of JSON: what a command or another program calls."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from tally_app.allocation.alliances import Part, apportion_allied
from tally_app.allocation.allocate import problem_of
from tally_app.allocation.case import MOST_SEATS, Case, Refusal, read_case
from tally_app.allocation.certificate import certify
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.engine import apportion_at_once
from tally_app.allocation.margins import has_margins, least_shift, list_margins
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.outcome import Problem
from tally_app.allocation.outcomes import outcomes as every_outcome
from tally_app.allocation.race import Award, Result
from tally_app.allocation.uncounted import ranges

Json = dict[str, Any]

MOST_STEPS = 100_000
"""Methods that need a loop over the seats are not asked for more."""
MOST_DOUBLINGS = 10_000
MOST_RANGES = 1_000
"""What uncounted ballots can change is asked of no more seats of a divisor method: time grows with their square."""
MOST_OUTCOMES = 1_000
"""So many results of lots are written for one case."""

MESSAGES = {
    Problem.OVER_AWARD: "The quota gives {given} seats where there are {seats}.",
    Problem.MINIMUM_OVER_SEATS: "The minimum seats of the lists are more than the {seats} seats there are.",
    Problem.TOO_MANY_OUTCOMES: "The ties have too many different outcomes to be worked out.",
    Problem.NO_VOTES: "No list has votes: {unfilled} seats are unfilled.",
    Problem.NO_ELIGIBLE_LIST: "No list takes part: {unfilled} seats are unfilled.",
    Problem.LISTS_EXHAUSTED: "No list can take a further seat: {unfilled} seats are unfilled.",
}


def solve(
    case: object,
    steps: bool = False,
    certificate: bool = False,
    margins: bool = False,
    outcomes: bool = False,
    uncounted: int | None = None,
) -> Json:
    """Allocate the seats of one case.

    Args:
        case: ``{id, method, parameter?, seats, votes, threshold?, min_seats?, max_seats?, start_seats?, alliances?}``.
            Least and most seats are of the seats given here, those already held not counted; one number holds for every
            list. A list without votes or below the threshold gets nothing. ``alliances`` are arrays of lists, by name
            or in an array, and may be nested.
        steps: tell each step, too.
        certificate: give what a stranger needs to check the outcome, too (``certificate_check.holds``).
        margins: give each list's margins and the least shift, too; None where they are not known (``margins``).
        outcomes: give the seats of each result that lots can bring, too; ``more`` tells whether there are others.
        uncounted: give each list's least and most seats with so many ballots uncounted, too; None where not known.

    Returns:
        ``{id, seats, tie, unfilled, error}``; nothing is ever raised. ``error`` is ``{code, message}`` where the case
        cannot be read (then ``seats`` is None), and beside seats that are valid as far as they go: ``over-award`` and
        each reason why seats are unfilled.
    """
    name = case.get("id") if isinstance(case, dict) else None
    try:
        read = read_case(case)
        contest = read.contest
        most = _most_seats(contest, steps or certificate, uncounted is not None)
        if contest.seats + contest.start_seats > most:
            raise Refusal("bad-seats", f"{read.method_name} distributes at most {most} seats here, held ones included.")
    except Refusal as refusal:
        return refused(name, refusal.code, refusal.message)
    at_once = None
    if contest.plain and not certificate and not steps:
        at_once = apportion_at_once(contest.method, contest.votes, contest.seats)
    result, parts = (at_once, ()) if at_once is not None else apportion_allied(contest, steps)
    outcome = _outcome(name, read, result)
    if steps:
        outcome["steps"] = [step for part in parts for step in _steps(read, part)]
    if certificate:
        outcome["certificate"] = certify(read, parts)
    if margins:
        outcome["margins"] = _margins(read) if has_margins(contest) and result.problem is None else None
    if outcomes:
        outcome["outcomes"] = _all(read) if result.problem is None else None
    if uncounted is not None:
        outcome["uncounted"] = _uncounted(read, uncounted)
    return outcome


def refused(name: object, code: str, message: str) -> Json:
    """Return the outcome of a case that cannot be read. *name* is its id."""
    return {"id": name, "seats": None, "tie": None, "unfilled": 0, "error": {"code": code, "message": message}}


def _margins(read: Case) -> Json:
    each = [margin._asdict() for margin in list_margins(read.contest)]
    shift = least_shift(read.contest)
    return {
        "lists": _by_list(read, each),
        "shift": None
        if shift is None
        else {"votes": shift.votes, "gains": read.names[shift.gains], "loses": read.names[shift.loses]},
    }


def _all(read: Case) -> Json:
    found = list(islice(every_outcome(read.contest), MOST_OUTCOMES + 1))
    return {"seats": [_by_list(read, seats) for seats in found[:MOST_OUTCOMES]], "more": len(found) > MOST_OUTCOMES}


def _uncounted(read: Case, ballots: int) -> Json | None:
    found = ranges(read.contest, ballots)
    if found is None:
        return None
    least, most = _by_list(read, found.least), _by_list(read, found.most)
    return {"ballots": ballots, "least": least, "most": most, "open_seats": found.open_seats, "exact": found.exact}


def _by_list(read: Case, each: Sequence[object]) -> object:
    """Return a value for each list in the shape of the case's votes."""
    return dict(zip(read.names, each, strict=True)) if read.by_name else list(each)


def _most_seats(contest: Contest, steps: bool, uncounted: bool) -> int:
    method = contest.method
    if isinstance(method, Special):
        return MOST_STEPS if method is Special.BALINSKI_YOUNG else MOST_SEATS
    if isinstance(method, Quota):
        return MOST_SEATS
    if uncounted:
        return MOST_RANGES
    if method.bound is None:
        return MOST_DOUBLINGS
    return MOST_STEPS if steps else MOST_SEATS


def _outcome(name: object, read: Case, result: Result) -> Json:
    tie = None
    if result.tie is not None:
        tie = {"parties": [read.names[party] for party in result.tie.parties], "seats": result.tie.seats}
    error = None
    problem = problem_of(read.contest, result)
    if problem is not None:
        facts = {"given": sum(result.seats), "seats": read.contest.seats, "unfilled": result.unfilled}
        error = {"code": str(problem), "message": MESSAGES[problem].format(**facts)}
    return {"id": name, "seats": _by_list(read, result.seats), "tie": tie, "unfilled": result.unfilled, "error": error}


def _steps(read: Case, part: Part) -> list[Json]:
    return [_step(read, part, award) for award in part.result.awards]


def _step(read: Case, part: Part, award: Award) -> Json:
    member = part.members[award.party]
    step: Json = {"stage": str(award.stage), "seats": award.seats}
    if isinstance(member, Alliance):
        step["alliance"] = member.name or [read.names[party] for party in member.lists]
    else:
        step["party"] = read.names[member]
    if award.value is not None:
        squared = award.stage == "average" and getattr(read.contest.method, "power", 1) == 2
        step["squared_value" if squared else "value"] = str(award.value)
    elif award.rank is not None:
        step["value"] = "infinite"
    return step
