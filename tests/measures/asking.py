"""Each check asked about real figures that are right: whatever it says of them is a false alarm."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.case import read_case
from tally_app.checks.closeness import check_margin, least_change
from tally_app.checks.definition import check_definition
from tally_app.checks.entry import Form, check_form
from tally_app.checks.finding import Finding
from tally_app.checks.outcome import check_filled
from tally_app.checks.screen import suspect_rows
from tally_app.checks.stated import Subject, check_seats, check_shares, check_turnout
from tally_app.checks.twins import Twins
from tally_app.count.statements import Subject as Figure
from tally_app.count.tally import Tally
from tally_app.election.election import Election
from tally_app.election.pack import load_election
from tally_app.resources import resource
from tests.allocation.test_elections import case_of
from tests.measures.rows import Group, districts, read, units_of_one_region, whole_elections
from tests.measures.swaps import falsely_swapped
from tests.packs import make_election

PACKS = ("cambodia-senate-2024", "cambodia-senate-2024-blank")
Stated = Mapping[Figure, Mapping[str, str]]


class Answer(NamedTuple):
    """How often a check was asked about figures of one country, and how often it fired."""

    code: str
    country: str
    asked: int
    alarms: int


def answers() -> Iterator[Answer]:
    """Ask every check that real figures can be asked about, but N403."""
    yield from _of_rows()
    yield from _of_seats()
    yield from _of_swaps()
    yield from _of_percentages()
    yield from _of_packs()


def _of_rows() -> Iterator[Answer]:
    """W107, N108, E104 and W502 of whole rows; E103 holds by construction."""
    for group in whole_elections():
        units, columns = len(group.block), group.election.column_index
        found = [finding for row in suspect_rows(group.election, 0, group.block) for finding in _form(group, row)]
        yield Answer("W107", group.country, units, _count(found, "W107"))
        if "invalid" in columns:
            yield Answer("N108", group.country, units, _count(found, "N108"))
        if "registered" in columns:
            yield Answer("E104", group.country, units, _count(found, "E104"))
        twins = list(Twins(group.election, group.block).findings(0))
        yield Answer("W502", group.country, units, len(twins))


def _form(group: Group, row: int) -> Iterator[Finding]:
    figures = [None if value < 0 else value for value in group.block[row].tolist()]
    return check_form(Form(group.election, 0, row, tuple(figures)))


def closeness() -> Iterator[Answer]:
    """N403 of each district by its own rule, where it would be highlighted. Takes minutes."""
    for name, rule, unit in _districts():
        change = least_change(read_case(case_of(rule, unit)).contest)
        findings = check_margin(_election_of(unit), 0, change, sum(unit["votes"]))
        yield Answer("N403", name[:2], 1, sum(bool(f.facts["close"]) for f in findings))


def _of_seats() -> Iterator[Answer]:
    """E203 and E402 of each district by its own rule."""
    for name, rule, unit in _districts():
        allocation = allocate(read_case(case_of(rule, unit)).contest)
        election = _election_of(unit)
        official = zip(election.parties, unit["official"], strict=True)
        stated: Stated = {("seats", party.key): {"official": str(seats)} for party, seats in official}
        wrong = list(check_seats(_subject(election, unit["votes"], stated, allocation)))
        yield Answer("E203", name[:2], 1, int(bool(wrong)))
        yield Answer("E402", name[:2], 1, len(list(check_filled(election, 0, allocation, counted=True))))


def _election_of(unit: dict[str, Any]) -> Election:
    return make_election(parties=[f"L{each}" for each in range(len(unit["votes"]))], units=(1,))


def _districts() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every district with the name and the rule of its election."""
    rules = {each["id"]: each for each in read("elections.json")["elections"]}
    for name, units in districts().items():
        for unit in units:
            yield name, rules.get(name, {"method": "dhondt"}), unit


def _of_swaps() -> Iterator[Answer]:
    for group in units_of_one_region():
        yield Answer("W501", group.country, len(group.block), len({f.place.unit for f in falsely_swapped(group)}))


def _of_percentages() -> Iterator[Answer]:
    """W206: the eight regions of the Senate as printed; W208: turnouts of Cambodia as printed."""
    senate = read("cambodia_senate_2024.json")
    for region in senate["districts"]:
        election = make_election(parties=list(region["votes"]), units=(1,))
        shares: Stated = {("share", party): {"table": text} for party, text in region["stated_pct"].items()}
        subject = _subject(election, list(region["votes"].values()), shares)
        yield Answer("W206", "kh", len(shares), len(list(check_shares(subject))))
    for each in read("rows.json")["turnouts"]:
        sources = {str(number): text for number, text in enumerate(each["stated"])}
        turnout: Stated = {
            ("turnout", None): sources,
            ("cast", None): {"0": str(each["cast"])},
            ("registered", None): {"0": str(each["registered"])},
        }
        subject = _subject(make_election(), [0, 0], turnout)
        yield Answer("W208", "kh", len(sources), len(list(check_turnout(subject))))


def _of_packs() -> Iterator[Answer]:
    """E301, E302 and W303 of the packs that come with the program."""
    for name in PACKS:
        election = load_election(resource("elections", f"{name}.json"))
        found = list(check_definition(election))
        yield Answer("E301", "kh", 1, _count(found, "E301"))
        yield Answer("E302", "kh", 1, _count(found, "E302"))
        yield Answer("W303", "kh", len(election.parties), _count(found, "W303"))


def _subject(election: Election, votes: list[int], stated: Stated, allocation: Allocation | None = None) -> Subject:
    """One region of one unit: its votes, and nothing else entered."""
    sums: list[int | None] = [None] * len(election.columns)
    for column, count in zip(election.party_columns, votes, strict=True):
        sums[column] = count
    tally = Tally(tuple(sums), tuple(int(value is not None) for value in sums), 1, 1, 1, 0, 0)
    certain = allocation.seats if allocation else (0,) * len(votes)
    most = allocation.most if allocation else certain
    open_to = tuple(high - own for own, high in zip(certain, most, strict=True))
    return Subject(election, election.regions[0].key, tally, certain, open_to, stated)


def _count(findings: list[Finding], code: str) -> int:
    return len({finding.place for finding in findings if finding.code == code})
