"""``tally-app sign-off FILE [--region R] --name NAME --role ROLE``: a region, or the chamber, or what hinders it."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.choosing import choose_region
from tally_app.cli.exits import Exit
from tally_app.cli.output import Outcome
from tally_app.cli.refusal import refusal
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.opening import open_document
from tally_app.document.signing import Obstacle, SignOff, probable_slips
from tally_app.document.signing_off import obstacles, sign_off
from tally_app.election.election import Election
from tally_app.wording.findings import capital
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted
from tally_app.wording.repairs import repair_sentence
from tally_app.wording.signing import (
    hindrance_advice,
    hindrance_heading,
    obstacle_place,
    obstacle_text,
    place_name,
    signed_sentence,
)


class InTheWay(Struct, frozen=True):
    """One thing that stands in the way. *code*: of the finding that it is, if it is one."""

    kind: str
    region: str | None
    unit: str | None
    code: str | None
    place: str
    sentence: str


class SignedOff(Struct, frozen=True):
    """What ``sign-off --json`` writes. Without region: the chamber. *signed* is null where something is in the way."""

    region: str | None
    operator: str
    obstacles: list[InTheWay]
    signed: SignOff | None
    event: int | None
    slips: list[str] = []
    """Figures that are probably others. They stop nobody; read them on the paper once more."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", metavar="R", help="the region's key or name: R5, 'Region 5'; else the chamber")
    parser.add_argument("--name", required=True, metavar="NAME", help="who signs")
    parser.add_argument("--role", required=True, metavar="ROLE", help="as what: one of the election's roles, or a text")
    parser.add_argument("--note", default="", metavar="TEXT", help="what else should be known of it")
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Sign off, unless something stands in the way; then say what."""
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        names = Names(document.election)
        region = None if arguments.region is None else choose_region(document.election, arguments.region)
        found = obstacles(document, region) if document.signing.of(region) is None else []
        event = None
        slips = [repair_sentence(names, *slip) for slip in probable_slips(document.late.repairs, region)]
        if not found:
            role = role_text(document.election, arguments.role)
            try:
                edit = sign_off(document, region, arguments.name, role, arguments.note)
                changed = document.commit(edit)
            except EditRefused as error:
                raise refusal(names, error) from error
            event = changed.seq if changed else None
        value = replace(_value(document, names, region, found, event), slips=slips)
        return Outcome(value, iter(list(_lines(names, value, found))), Exit.FOUND if found else Exit.DONE)


def role_text(election: Election, given: str) -> str:
    """Return the name of the role that is meant, by its key or name; any other text as it is."""
    wanted = given.strip().casefold()
    for role in election.pack.roles:
        if wanted in (role.key.casefold(), role.name.en.casefold(), role.name.km.casefold()):
            return role.name.en
    return given


def _value(document: Document, names: Names, region: str | None, found: list[Obstacle], event: int | None) -> SignedOff:
    hindrances = [
        InTheWay(
            kind=each.kind.value,
            region=each.region,
            unit=_unit(document.election, each),
            code=each.finding.code if each.finding else None,
            place=obstacle_place(names, each),
            sentence=obstacle_text(names, each),
        )
        for each in found
    ]
    return SignedOff(region, document.operator, hindrances, document.signing.of(region), event)


def _unit(election: Election, obstacle: Obstacle) -> str | None:
    if obstacle.row is not None:
        return election.unit(obstacle.row).key
    return obstacle.finding.place.unit if obstacle.finding is not None else None


def _lines(names: Names, value: SignedOff, found: list[Obstacle]) -> Iterator[str]:
    place = place_name(names, value.region)
    for slip in value.slips:
        yield f"Read on the paper once more: {slip}"
    if value.signed is not None:
        yield f"{place}: {signed_sentence(value.signed)}"
        yield f"saved as event {value.event}"
        return
    number = counted(len(found), "thing stands", "things stand")
    yield f"{capital(place)} is not signed off: {number} in the way."
    counts = Counter(each.kind for each in found)
    for kind, many in counts.items():
        yield ""
        yield f"{hindrance_heading(kind, many)} ({hindrance_advice(kind)})"
        for each in (each for each in found if each.kind is kind):
            yield f"  {obstacle_place(names, each)}: {obstacle_text(names, each)}"
