"""``tally-app explain FILE --finding N|CODE … --reason TEXT``: warnings accepted with a reason, or no longer."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from contextlib import closing

from msgspec import Struct

from tally_app.checks.finding import Finding
from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.choosing import NotFound, choice, choose, choose_region
from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.cli.findings import Accepted, FoundPlace, accepted, numbered, place_of
from tally_app.cli.output import Outcome
from tally_app.cli.refusal import refusal
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.explanations import explanation_edit, given
from tally_app.document.opening import open_document
from tally_app.election.election import Election
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import listed


class Explained(Struct, frozen=True):
    """One warning, and the reason it is accepted with now; null: with none."""

    number: int
    code: str
    place: FoundPlace
    sentence: str
    accepted: Accepted | None


class Explanations(Struct, frozen=True):
    """What ``explain --json`` writes. *event* is null if just this was recorded already."""

    operator: str
    findings: list[Explained]
    event: int | None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument(
        "--finding",
        action="append",
        required=True,
        metavar="N|CODE",
        help="the warning's number as check lists it now, or its code if there is one of it; again for several",
    )
    parser.add_argument("--region", metavar="R", help="of this region only: its key or name")
    parser.add_argument("--unit", metavar="U", help="of this reporting unit of the region only: its key or name")
    parser.add_argument("--reason", metavar="TEXT", help="why it is right after all")
    parser.add_argument("--remove", action="store_true", help="take the reason back; the journal keeps it")
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Accept warnings, or take that back; it is on the disk when this returns."""
    _check(arguments)
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        document.work()
        chosen = _chosen(document, arguments)
        reason = None if arguments.remove else arguments.reason
        try:
            edits = [explanation_edit(document.records, each, reason, document.operator) for each in chosen.values()]
            records = {change.key: change for edit in edits for change in edit.records}
            changed = document.commit(Edit("explain", records=tuple(records.values())))
        except EditRefused as error:
            raise refusal(Names(document.election), error) from error
        value = _value(document, chosen, changed.seq if changed else None)
        return Outcome(value, iter(list(lines(document.election, value))))


def lines(election: Election, value: Explanations) -> Iterator[str]:
    """Say which warnings are accepted now, and which are not any more."""
    names = Names(election)
    for each in value.findings:
        yield f"{each.code} {names.place(place_of(each.place))}: {each.sentence}"
        if each.accepted is not None:
            yield f"  accepted by {each.accepted.by}: {each.accepted.reason}"
        else:
            yield "  not accepted"
    yield f"saved as event {value.event}" if value.event else "Nothing was changed."


def _value(document: Document, chosen: Mapping[int, Finding], event: int | None) -> Explanations:
    names = Names(document.election)
    findings = [
        Explained(
            number,
            finding.code,
            FoundPlace(*finding.place),
            sentence(names, finding),
            accepted(given(document.records, finding)),
        )
        for number, finding in chosen.items()
    ]
    return Explanations(document.operator, findings, event)


def _check(arguments: Namespace) -> None:
    """Refuse what is missing or too much, before the file is opened."""
    if arguments.remove == (arguments.reason is not None):
        raise _failure([Refused("--reason", "say why with --reason TEXT, or take it back with --remove")])
    if arguments.unit is not None and arguments.region is None:
        raise _failure([Refused("--unit", "say of which region, with --region")])


def _chosen(document: Document, arguments: Namespace) -> dict[int, Finding]:
    election = document.election
    region = None if arguments.region is None else choose_region(election, arguments.region)
    unit = None if region is None or arguments.unit is None else _unit(election, region, arguments.unit)
    everything = numbered(document)
    there = {
        number: finding
        for number, finding in everything.items()
        if (region is None or finding.place.region == region) and (unit is None or finding.place.unit == unit)
    }
    chosen: dict[int, Finding] = {}
    refused = []
    for given_text in arguments.finding:
        try:
            number = _number(there, given_text)
            chosen[number] = there[number]
        except NotFound as error:
            refused.append(Refused(f"--finding {given_text}", str(error)))
    if refused:
        raise _failure(refused)
    return dict(sorted(chosen.items()))


def _number(there: Mapping[int, Finding], text: str) -> int:
    """Return the number of the finding that is meant. Raises: NotFound: none, or several."""
    if text.isascii() and text.isdigit():
        if int(text[:9]) in there:
            return int(text[:9])
        raise NotFound("there is no finding of this number here; check lists them")
    numbers = [number for number, finding in there.items() if finding.code == text.strip().upper()]
    if not numbers:
        raise NotFound("there is no finding of this code here; check lists them")
    if len(numbers) > 1:
        raise NotFound(f"several have this code; write the number: {listed([str(each) for each in numbers], 'or')}")
    return numbers[0]


def _unit(election: Election, region: str, text: str) -> str:
    units = election.regions[election.region_index[region]].units
    try:
        return units[choose(text, "reporting unit", (choice(unit.key, unit.name) for unit in units))].key
    except NotFound as error:
        raise _failure([Refused(f"--unit {text}", str(error))]) from error


def _failure(refused: list[Refused]) -> Failure:
    told = [f"{argument}: {message}" for argument, message in refused]
    return Failure(Exit.USAGE, "bad-arguments", "\n".join([*told, "Nothing was changed."]), refused)
