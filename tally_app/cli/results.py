"""``tally-app results FILE``: votes and seats of every region and of the chamber."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from tally_app.allocation.outcome import Policy
from tally_app.cli.arguments import add_file
from tally_app.cli.moments import add_as_of, as_of_lines, open_for_reading
from tally_app.cli.output import Outcome, table
from tally_app.cli.regions import Settled, Tie, by_party, seats_won, settled
from tally_app.cli.session import Session
from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.lots import Lot
from tally_app.document.publication import Publication, publication
from tally_app.document.results import RegionResult
from tally_app.document.signing import SignOff
from tally_app.document.sources import sources
from tally_app.election.election import Election
from tally_app.storage.export import write_export
from tally_app.wording.findings import capital, sentence
from tally_app.wording.gestures import won_text
from tally_app.wording.history import lot_details
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, listed
from tally_app.wording.results_file import results_workbook
from tally_app.wording.signing import place_name, signed_sentence, status_text

_TOLD = ("E401", "E402", "W405")
"""Findings without which the seats would be misread."""
_POLICIES = {"most-votes": "most votes", "fewest-votes": "fewest votes"}


class ElectionTitle(Struct, frozen=True):
    """Which election it is."""

    key: str
    title: str
    date: str


class RegionFigures(Struct, frozen=True):
    """One region. *sums* has every column of the form, null where no unit's figure is entered.

    *lot* is what is recorded; whether it counts, *settled* says. *problem*: why seats are not as one would expect.
    """

    key: str
    name: str
    seats_to_fill: int
    seats: dict[str, int]
    open_seats: int
    tie: Tie | None
    votes: dict[str, int]
    valid: int
    sums: dict[str, int | None]
    units: int
    begun: int
    complete: int
    settled: list[Settled]
    lot: Lot | None
    problem: str | None
    signed_off: SignOff | None


class ChamberFigures(Struct, frozen=True):
    """All regions together. A share is null as long as nobody has a vote."""

    seats: dict[str, int]
    open_seats: int
    votes: dict[str, int]
    valid: int
    shares: dict[str, str | None]
    sums: dict[str, int | None]
    units: int
    begun: int
    complete: int
    elected_seats: int
    total_seats: int
    appointed_seats: int
    majority: int
    signed_off: SignOff | None


class JournalHead(Struct, frozen=True):
    """The last event: its number, which is how many there are, and its hash, which stands for all of them."""

    events: int
    head: str


class Results(Struct, frozen=True):
    """What ``results --json`` writes."""

    election: ElectionTitle
    training: bool
    status: Publication
    regions: list[RegionFigures]
    chamber: ChamberFigures
    journal: JournalHead


class WrittenResults(Struct, frozen=True):
    """What ``results --xlsx OUT --json`` writes."""

    path: str
    journal: JournalHead


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    add_as_of(parser)
    parser.add_argument(
        "--xlsx", type=Path, metavar="OUT", help="write them to this new file, as a workbook for spreadsheets"
    )


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and say its results, or write them to a workbook."""
    with closing(open_for_reading(arguments, session)) as document:
        if arguments.xlsx is not None:
            return _written(document, arguments.xlsx, session)
        value = results(document)
        return Outcome(value, iter([*as_of_lines(arguments, document), *lines(document, value)]))


def _written(document: Document, target: Path, session: Session) -> Outcome:
    document.work()
    names = Names(document.election)
    names.add_sources(sources(document.election, document.records))
    write_export(target, [results_workbook(document, names, session.clock())])
    head = JournalHead(document.head.seq, document.head.hash)
    said = f"Wrote {target}: the results as of event {grouped(head.events)}, {head.head}"
    return Outcome(WrittenResults(str(target), head), iter([said]))


def results(document: Document) -> Results:
    """Return the results of an open document as a value."""
    election, pack = document.election, document.election.pack
    return Results(
        election=ElectionTitle(pack.key, pack.title.en, pack.date),
        training=document.training,
        status=publication(document.records),
        regions=[_region(document, document.live.region(index)) for index in range(len(election.regions))],
        chamber=_chamber(document),
        journal=JournalHead(document.head.seq, document.head.hash),
    )


def lines(document: Document, value: Results) -> Iterator[str]:
    """Write results for people."""
    names, election = Names(document.election), document.election
    yield f"{value.election.title} ({value.election.date})"
    yield capital(status_text(value.status))
    yield ""
    yield from _seats_table(election, value)
    yield ""
    yield from _votes_table(names, election, value)
    yield ""
    for index in range(len(election.regions)):
        yield from _remarks(names, document.live.region(index), value.regions[index])
    chamber = value.chamber
    if chamber.signed_off is not None:
        yield f"{place_name(names, None)}: {signed_sentence(chamber.signed_off)}"
    yield (
        f"{counted(chamber.total_seats, 'seat', 'seats')}: {grouped(chamber.elected_seats)} elected,"
        f" {grouped(chamber.appointed_seats)} appointed; a majority is {grouped(chamber.majority)}."
    )
    yield f"{counted(value.journal.events, 'event', 'events')}, head {value.journal.head}"


def _remarks(names: Names, result: RegionResult, region: RegionFigures) -> Iterator[str]:
    """Say how ties were settled, and what is not as one would expect."""
    place = names.region(region.key)
    for each in region.settled:
        if each.policy == Policy.LOT and region.lot is not None:
            yield f"{place}: by lot, {lot_details(region.lot)}"
        else:
            seats = counted(each.seats, "seat", "seats")
            how = _POLICIES[each.policy]
            yield f"{place}: by {how}, {seats} among {listed(each.parties)} went to {won_text(each.won)}"
    if region.signed_off is not None:
        yield f"{place}: {signed_sentence(region.signed_off)}"
    for finding in result.findings:
        if finding.code in _TOLD:
            yield f"{names.place(finding.place)}: {sentence(names, finding)}"


def _region(document: Document, result: RegionResult) -> RegionFigures:
    election = document.election
    definition = election.regions[result.region]
    won = seats_won(election, result)
    return RegionFigures(
        key=definition.key,
        name=definition.name.en,
        seats_to_fill=won.seats_to_fill,
        seats=won.seats,
        open_seats=won.open_seats,
        tie=won.tie,
        votes=by_party(election, result.votes),
        valid=result.valid,
        sums=_sums(election, result.sums),
        units=result.units,
        begun=result.begun,
        complete=result.complete,
        settled=settled(election, result),
        lot=result.lot,
        problem=None if result.allocation.problem is None else str(result.allocation.problem),
        signed_off=document.signing.of(definition.key),
    )


def _chamber(document: Document) -> ChamberFigures:
    election, result = document.election, document.live.chamber
    chamber = election.pack.chamber
    votes = by_party(election, result.votes)
    return ChamberFigures(
        seats=by_party(election, result.seats),
        open_seats=result.open_seats,
        votes=votes,
        valid=result.valid,
        shares={key: percentage(count, result.valid) if result.valid else None for key, count in votes.items()},
        sums=_sums(election, result.sums),
        units=result.units,
        begun=result.begun,
        complete=result.complete,
        elected_seats=chamber.elected_seats,
        total_seats=chamber.total_seats,
        appointed_seats=sum(appointment.seats for appointment in chamber.appointed),
        majority=chamber.total_seats // 2 + 1,
        signed_off=document.signing.of(None),
    )


def _sums(election: Election, sums: tuple[int | None, ...]) -> dict[str, int | None]:
    return {column.key: value for column, value in zip(election.columns, sums, strict=True)}


def _seats_table(election: Election, value: Results) -> Iterator[str]:
    rows = [_seats_row(region.name, region.seats_to_fill, region) for region in value.regions]
    to_fill = sum(region.seats_to_fill for region in value.regions)
    rows.append(_seats_row(election.pack.chamber.name.en, to_fill, value.chamber))
    yield from table(["Seats", *value.chamber.seats, "Open", "Of"], rows)


def _seats_row(name: str, to_fill: int, figures: RegionFigures | ChamberFigures) -> list[str]:
    return [name, *map(grouped, figures.seats.values()), grouped(figures.open_seats), grouped(to_fill)]


def _votes_table(names: Names, election: Election, value: Results) -> Iterator[str]:
    others = [column.key for column in election.columns if column.party is None]
    rows = [_votes_row(region.name, others, region) for region in value.regions]
    rows.append(_votes_row(election.pack.chamber.name.en, others, value.chamber))
    shares = [share or "–" for share in value.chamber.shares.values()]
    rows.append(["%", *shares, *[""] * (len(others) + 2)])
    headings = [names.column(key) for key in others]
    yield from table(["Votes", *value.chamber.votes, "Sum", *headings, "Forms"], rows)


def _votes_row(name: str, others: list[str], figures: RegionFigures | ChamberFigures) -> list[str]:
    votes = [_or_dash(figures.sums[key]) for key in figures.votes]
    fields = [_or_dash(figures.sums[key]) for key in others]
    return [name, *votes, grouped(figures.valid), *fields, f"{grouped(figures.begun)}/{grouped(figures.units)}"]


def _or_dash(value: int | None) -> str:
    return "–" if value is None else grouped(value)
