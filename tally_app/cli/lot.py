"""``tally-app lot FILE --region R --won PARTY …``: the lot that was drawn for a region's tie, recorded or removed."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.choosing import Choice, NotFound, choice, choose
from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.cli.output import Outcome
from tally_app.cli.regions import SeatsWon, seats_line, seats_won
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.draw import LONGEST, MOST_WITNESSES, TIME_FORMAT, Draw, draw_of
from tally_app.document.edit import EditRefused
from tally_app.document.lots import Lot
from tally_app.document.opening import open_document
from tally_app.election.election import Election
from tally_app.wording.history import lot_details
from tally_app.wording.names import Names
from tally_app.wording.refusals import edit_refusal

_NEEDED = {
    "won": "--won: say which party won the seat",
    "drawn_by": "--drawn-by: say who drew the lot",
    "at": "--at: say when it was drawn: '2024-02-25 23:40'",
}


class LotKept(Struct, frozen=True):
    """What ``lot --json`` writes: the record before and after, null where there is none, and the region's seats.

    *event* is null if just this was recorded already.
    """

    region: str
    operator: str
    old: Lot | None
    new: Lot | None
    event: int | None
    before: SeatsWon
    result: SeatsWon


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", required=True, metavar="R", help="the region's key or name: R5, 'Region 5'")
    parser.add_argument(
        "--won",
        action="append",
        metavar="PARTY[=SEATS]",
        help="who won by the lot; again for each party if several seats were open",
    )
    parser.add_argument("--drawn-by", metavar="NAME", help="who drew the lot")
    parser.add_argument("--at", metavar="TIME", help="when: '2024-02-25 23:40', the time of the place")
    parser.add_argument(
        "--witness", action="append", default=[], metavar="NAME", help="who was present; may be given again"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="what else should be known of it")
    parser.add_argument("--remove", action="store_true", help="take the recorded lot out; the journal keeps it")
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Record or remove the lot; it is on the disk when this returns."""
    _check(arguments)
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        region = _region(document.election, arguments.region)
        try:
            value = _keep(document, region, arguments)
        except EditRefused as error:
            raise Failure(
                Exit.USAGE, error.code, f"{edit_refusal(Names(document.election), error)} Nothing was changed."
            ) from error
        return Outcome(value, iter(list(lines(document, value))))


def lines(document: Document, value: LotKept) -> Iterator[str]:
    """Say what was recorded, and who has the region's seats now."""
    place = Names(document.election).region(value.region)
    if value.new is not None:
        yield f"{place}: {lot_details(value.new)}"
    elif value.old is not None:
        yield f"{place}: removed: {lot_details(value.old)}"
    else:
        yield f"{place}: no lot is recorded"
    yield f"saved as event {value.event}" if value.event else "Nothing was changed."
    yield seats_line(value.result)


def _keep(document: Document, region: int, arguments: Namespace) -> LotKept:
    election = document.election
    key = election.regions[region].key
    result = document.live.region(region)
    lot = None if arguments.remove else _lot(election, draw_of(election, result), key, arguments)
    old = document.lot(key)
    changed = document.commit(document.edit_lot(key, lot))
    return LotKept(
        region=key,
        operator=document.operator,
        old=old,
        new=lot,
        event=changed.seq if changed else None,
        before=seats_won(election, result),
        result=seats_won(election, document.live.region(region)),
    )


def _lot(election: Election, draw: Draw | None, region: str, arguments: Namespace) -> Lot:
    if draw is None:
        raise EditRefused("no-tie", region=region)
    return draw.lot(_won(election, arguments.won), arguments.drawn_by, arguments.at, arguments.witness, arguments.note)


def _check(arguments: Namespace) -> None:
    """Refuse what is missing, and texts that cannot be used, before the file is opened."""
    if arguments.remove:
        if any(getattr(arguments, name) for name in _NEEDED):
            raise _failure([Refused("--remove", "give it without --won, --drawn-by and --at")])
        return
    refused = [Refused(*message.split(": ", 1)) for name, message in _NEEDED.items() if not getattr(arguments, name)]
    if arguments.at and not _is_time(arguments.at):
        refused.append(Refused(f"--at {arguments.at}", "write it as 2024-02-25 23:40"))
    names = [("--witness", name) for name in arguments.witness]
    if arguments.drawn_by:
        names.append(("--drawn-by", arguments.drawn_by))
    refused += [Refused(option, "write a name") for option, name in names if not name.strip()]
    too_long = (option for option, text in [*names, ("--note", arguments.note)] if len(text) > LONGEST)
    refused += [Refused(option, f"at most {LONGEST} characters") for option in too_long]
    if len(arguments.witness) > MOST_WITNESSES:
        refused.append(Refused("--witness", f"at most {MOST_WITNESSES} names"))
    if refused:
        raise _failure(refused)


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return datetime.strptime(text, TIME_FORMAT).strftime(TIME_FORMAT) == text
    return False


def _region(election: Election, given: str) -> int:
    try:
        return choose(given, "region", (choice(region.key, region.name) for region in election.regions))
    except NotFound as error:
        raise _failure([Refused(f"--region {given}", str(error))]) from error


def _won(election: Election, given: list[str]) -> Mapping[str, int]:
    won: dict[str, int] = {}
    refused = []
    for text in given:
        try:
            party, seats = _seats(election, text)
            if party in won:
                raise NotFound(f"{party} is given twice; write {party}=SEATS")
            won[party] = seats
        except NotFound as error:
            refused.append(Refused(f"--won {text}", str(error)))
    if refused:
        raise _failure(refused)
    return won


def _seats(election: Election, text: str) -> tuple[str, int]:
    name, equals, number = text.partition("=")
    if equals and not (number.isascii() and number.isdigit() and int(number[:9]) > 0 and len(number) <= 9):
        raise NotFound("write PARTY, or PARTY=SEATS with a whole number of seats")
    parties = [Choice(party.key, (party.name.en, party.name.km)) for party in election.parties]
    return parties[choose(name, "party", parties)].key, int(number or 1)


def _failure(refused: list[Refused]) -> Failure:
    told = [f"{argument}: {message}" for argument, message in refused]
    return Failure(Exit.USAGE, "bad-arguments", "\n".join([*told, "Nothing was changed."]), refused)
