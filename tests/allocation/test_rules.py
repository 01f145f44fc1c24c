"""From a pack's rule to contests: thresholds of real laws, limits, alliances; the model's names are the table's."""

from fractions import Fraction
from typing import Any, get_args

import msgspec
import pytest

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.methods import METHODS, NAMES, stationary
from tally_app.allocation.outcome import Policy, Problem
from tally_app.allocation.rules import Ballots, Rules, method_of
from tally_app.election.election import Election
from tally_app.election.model import Alliance, CoalitionShare, MethodName, Name, Rule, Threshold
from tests.packs import make_pack


def rules(
    rule: Rule, parties: str = "ABCD", seats: int = 10, partners: dict[str, int] | None = None, **region: Any
) -> Rules:
    pack = make_pack(parties=parties, units=(1, 1), seats=seats, rule=rule)
    first = msgspec.structs.replace(pack.regions[0], **region)
    lists = [msgspec.structs.replace(each, partners=(partners or {}).get(each.key, 1)) for each in pack.parties]
    return Rules(Election(msgspec.structs.replace(pack, regions=[first, pack.regions[1]], parties=lists)))


def count(found: Rules, votes: tuple[int, ...], everywhere: tuple[int, ...] | None = None, **bases: int) -> Allocation:
    here = Ballots(votes, **bases)
    return allocate(found.contest(0, here, Ballots(everywhere or votes, **bases)))


def test_methods_of_packs_are_those_of_the_table():
    assert set(get_args(MethodName)) == set(NAMES)


@pytest.mark.parametrize("name", METHODS)
def test_a_rule_names_its_method(name):
    assert method_of(Rule(name)) == METHODS[name]


def test_stationary_has_a_parameter():
    assert method_of(Rule("stationary", parameter="1/3")) == stationary(Fraction(1, 3))
    assert method_of(Rule("stationary", parameter="0.25")) == stationary(Fraction(1, 4))


def test_exactly_five_per_cent_is_enough_unless_the_law_asks_for_more():
    votes = (510, 440, 50, 0)
    assert count(rules(Rule("hare", threshold=Threshold(share="5/100"))), votes).seats == (5, 4, 1, 0)
    assert count(rules(Rule("hare", threshold=Threshold(share="0.05", inclusive=False))), votes).seats[2] == 0


@pytest.mark.parametrize(
    ("base", "passes"), [("valid", True), ("valid+blank", True), ("cast", True), ("registered", False)]
)
def test_bases(base, passes):
    """50 of 900 valid, 950 with blank, 1,000 cast, 1,001 registered: 5 % is 45, 47.5, 50 and 50.05."""
    rule = Rule("dhondt", threshold=Threshold(share="1/20", base=base))
    found = rules(rule).contest(0, Ballots((850, 50, 0, 0), 50, 1000, 1001), Ballots((850, 50, 0, 0), 50, 1000, 1001))
    assert found.standing()[1] == passes


def test_a_base_that_is_not_entered_yet_is_no_easier_than_valid_votes():
    rule = Rule("dhondt", threshold=Threshold(share="1/20", base="registered"))
    votes = (980, 20, 0, 0)
    assert not rules(rule).contest(0, Ballots(votes), Ballots(votes)).standing()[1]


def test_a_threshold_of_the_whole_chamber():
    """60 of 1,000 here, but 60 of 2,000 everywhere."""
    rule = Rule("hare", threshold=Threshold(share="5/100", scope="chamber"))
    votes = (500, 440, 60, 0)
    assert count(rules(rule), votes).seats == (5, 4, 1, 0)
    assert count(rules(rule), votes, everywhere=(1000, 940, 60, 0)).seats == (5, 5, 0, 0)
    assert rules(rule).spans_chamber
    assert not rules(Rule("hare", threshold=Threshold(share="5/100"))).spans_chamber


def test_region_or_chamber_as_in_extremadura():
    rule = Rule("hare", threshold=Threshold(any_of=[Threshold(share="1/20"), Threshold(share="1/20", scope="chamber")]))
    votes = (500, 440, 60, 0)
    assert count(rules(rule), votes, everywhere=(1000, 940, 60, 0)).seats == (5, 4, 1, 0)
    both = Rule("hare", threshold=Threshold(all_of=[Threshold(share="1/20"), Threshold(share="1/20", scope="chamber")]))
    assert count(rules(both), votes, everywhere=(1000, 940, 60, 0)).seats == (5, 5, 0, 0)


def test_coalitions_need_more_and_minorities_nothing_as_in_poland():
    threshold = Threshold(share="5/100", coalitions=[CoalitionShare(2, "8/100")], exempt=["D"])
    found = rules(Rule("dhondt", threshold=threshold), partners={"C": 2})
    assert found.contest(0, Ballots((860, 50, 70, 20)), Ballots((0,) * 4)).standing() == [True, True, False, True]


def test_alliances_by_size():
    alliances = [Alliance("left", Name("Left"), ["B", "C"])]
    threshold = Threshold(share="5/100", alliances=True, coalitions=[CoalitionShare(2, "10/100")])
    found = rules(Rule("dhondt", threshold=threshold, alliances=alliances))
    votes = (900, 49, 50, 1)
    assert found.contest(0, Ballots(votes), Ballots(votes)).standing() == [True, False, False, False]
    votes = (899, 50, 50, 1)
    assert found.contest(0, Ballots(votes), Ballots(votes)).standing() == [True, True, True, False]


def test_nested_alliances():
    inner, outer = Alliance("bc", Name("BC"), ["B", "C"]), Alliance("bcd", Name("BCD"), ["bc", "D"])
    found = rules(Rule("dhondt", alliances=[inner, outer]), seats=3)
    assert count(found, (100, 40, 35, 30)).seats == (1, 1, 1, 0)
    assert count(rules(Rule("dhondt"), seats=3), (100, 40, 35, 30)).seats == (2, 1, 0, 0)


def test_a_region_can_have_alliances_of_its_own_or_none():
    rule = Rule("dhondt", alliances=[Alliance("bcd", Name("BCD"), ["B", "C", "D"])])
    assert count(rules(rule, seats=3, alliances=[]), (100, 40, 35, 30)).seats == (2, 1, 0, 0)


def test_limits_of_a_region():
    found = rules(Rule("dhondt"), seats=5, max_seats={"A": 1}, min_seats={"D": 1}, start_seats={"B": 2})
    assert count(found, (1000, 60, 31, 1)).seats == (1, 1, 2, 1)


def test_one_seat_each():
    assert count(rules(Rule("dhondt", min_seats=1), seats=4), (1000, 1, 1, 1)).seats == (1, 1, 1, 1)


def test_too_few_seats_for_the_minimum():
    found = count(rules(Rule("dhondt", min_seats=1), seats=3), (1000, 1, 1, 1))
    assert (found.seats, found.problem, found.unfilled) == ((0, 0, 0, 0), Problem.MINIMUM_OVER_SEATS, 3)


def test_ties_by_policy():
    found = rules(Rule("dhondt", ties="fewest-votes"), seats=2)
    allocation = count(found, (200, 100, 0, 0))
    assert allocation.seats == (1, 1, 0, 0)
    assert [each.policy for each in allocation.settled] == [Policy.FEWEST_VOTES]
