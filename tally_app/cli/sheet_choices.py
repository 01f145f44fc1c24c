"""Which sheets somebody wants, from the arguments of ``sheet``: one, every combination of several, or all."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally_app.cli.choosing import choose_region
from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.cli.moments import bad_argument, read_span
from tally_app.cli.scope import read_scope
from tally_app.cli.session import Session
from tally_app.election.election import Election
from tally_app.sheets.batch import RESULTS, everything
from tally_app.sheets.content import Language, Paper
from tally_app.sheets.frame import Printing
from tally_app.sheets.request import KINDS, OF_THE_CHAMBER, Kind, Request

_LANGUAGES: Sequence[Language] = ("km", "en")
_PAPERS: dict[str, Paper] = {"a4": "a4", "letter": "us-letter"}


def add_choices(parser: ArgumentParser) -> None:
    """Declare the arguments that choose sheets."""
    parser.add_argument(
        "--kind",
        choices=KINDS,
        action="append",
        help="which sheet (else the result: of the region, or of the chamber); with --joined as often as you like",
    )
    parser.add_argument(
        "--region",
        metavar="R",
        action="append",
        help="the region's key or name: R5, 'Region 5'; else the chamber; with --joined as often as you like",
    )
    parser.add_argument("--unit", metavar="U", help="of a blank form: the reporting unit; else every unit's")
    parser.add_argument("--all", action="store_true", help="of every region and of the chamber, into a folder")
    parser.add_argument("--joined", action="store_true", help="all sheets in one PDF, each with its own count of pages")
    parser.add_argument(
        "--lang",
        metavar="L,L",
        action="append",
        help="languages side by side: en (as if nothing is said), km or km,en; with --joined again for the same sheets"
        " in another language",
    )
    parser.add_argument("--paper", choices=tuple(_PAPERS), default="a4", help="paper (a4)")
    parser.add_argument("--khmer-digits", action="store_true", help="digits as Khmer writes them; with --lang km alone")
    parser.add_argument(
        "--printed-at", metavar="TIME", help="the time of printing that the sheet bears (now); as --since of history"
    )


def refuse_contradictions(arguments: Namespace) -> None:
    """Refuse arguments that do not go together.

    Raises: Failure.
    """
    if arguments.all and (arguments.region is not None or arguments.unit is not None):
        raise Failure(Exit.USAGE, "usage", "Give --all, or --region and --unit, not both.")
    for name, given in (("--kind", arguments.kind), ("--region", arguments.region), ("--lang", arguments.lang)):
        if not arguments.joined and len(given or ()) > 1:
            raise Failure(Exit.USAGE, "usage", f"{name} is given several times: that goes with --joined, into one PDF.")
    if arguments.unit is not None and len(arguments.region or ()) > 1:
        raise Failure(Exit.USAGE, "usage", "--unit goes with one --region.")


def read_choices(arguments: Namespace, session: Session) -> list[Request]:
    """Return what is the same for all sheets, once for each language: a time of printing, a paper, digits.

    Raises: Failure.
    """
    each = [_languages(text) for text in arguments.lang or ("en",)]
    if arguments.khmer_digits and ("km",) not in each:
        raise bad_argument("--khmer-digits", "figures are the same for both languages; it goes with --lang km alone")
    at = arguments.printed_at
    when = session.clock().astimezone() if at is None else read_span("--printed-at", at).start
    return [
        Request(
            kind="region",
            printing=Printing(session.operator, when),
            languages=languages,
            paper=_PAPERS[arguments.paper],
            khmer_digits=arguments.khmer_digits and languages == ("km",),
        )
        for languages in dict.fromkeys(each)
    ]


def planned(arguments: Namespace, election: Election, likes: Sequence[Request]) -> Iterator[Request]:
    """Yield the wanted sheets in their order: by place, by kind, by language; what is about the chamber comes last.

    Raises: Failure.
    """
    if arguments.all:
        kinds = tuple(dict.fromkeys(arguments.kind or RESULTS))
        for _, request in everything(election, kinds, likes[0]):
            yield from (replace(like, kind=request.kind, region=request.region) for like in likes)
        return
    unit = None if arguments.unit is None else _unit(election, arguments.region, arguments.unit)
    for kind, region in _named(arguments, election):
        yield from (replace(like, kind=kind, region=region, unit=unit) for like in likes)


def _named(arguments: Namespace, election: Election) -> Iterator[tuple[Kind, str | None]]:
    regions = dict.fromkeys(choose_region(election, given) for given in arguments.region or ())
    default: Kind = "region" if regions else "chamber"
    kinds: dict[Kind, None] = dict.fromkeys(arguments.kind or (default,))
    together = {kind for kind in kinds if arguments.joined and kind in OF_THE_CHAMBER}
    for region in regions or (None,):
        yield from ((kind, region) for kind in kinds if kind not in together)
    yield from ((kind, None) for kind in kinds if kind in together)


def _languages(text: str) -> tuple[Language, ...]:
    words = [word.strip() for word in text.split(",")]
    found = tuple(language for word in words for language in _LANGUAGES if language == word)
    if len(found) != len(words) or len(set(found)) != len(found):
        raise bad_argument(f"--lang {text}", "languages are en and km; write en, km, 'km,en' or 'en,km'")
    return found


def _unit(election: Election, regions: Sequence[str] | None, unit: str) -> str | None:
    refused: list[Refused] = []
    scope = read_scope(election, regions[0] if regions else None, unit, refused)
    if scope is None:
        raise bad_argument(refused[0].argument, refused[0].message)
    return scope.unit
