"""``tally-app new --pack NAME_OR_PATH FILE``: make a new tally from an election pack."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.exits import Exit, Failure
from tally_app.cli.output import Outcome
from tally_app.cli.session import Session
from tally_app.document.opening import create_tally
from tally_app.storage.tally_file import TallyFile
from tally_app.wording.numbers import counted


class Made(Struct, frozen=True):
    """What ``new --json`` writes."""

    path: str
    pack: str
    title: str
    training: bool
    double_entry: bool
    events: int
    head: str


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--pack", required=True, metavar="NAME_OR_PATH", help="a bundled election pack's name, or a pack's file"
    )
    parser.add_argument("--training", action="store_true", help="practice: every printed page will say so, for ever")
    parser.add_argument(
        "--double-entry", action="store_true", help="every form is typed a second time, by somebody else; for ever"
    )
    add_operator(parser)
    add_file(parser, "the file to make; an existing one is never overwritten")


def run(arguments: Namespace, session: Session) -> Outcome:
    """Make the file and read it back."""
    path: Path = arguments.file
    if not path.absolute().parent.is_dir():
        raise Failure(Exit.FILE, "no-such-folder", f"{path.parent}: There is no such folder. Make it first.")
    create_tally(
        path,
        arguments.pack,
        training=arguments.training,
        stamp=session.stamp(),
        double_entry=arguments.double_entry,
    )
    with TallyFile.open(path, read_only=True) as file:
        pack, head = file.election.pack, file.head
        value = Made(str(path), pack.key, pack.title.en, file.training, pack.double_entry, head.seq, head.hash)
    return Outcome(value, lines(value))


def lines(value: Made) -> Iterator[str]:
    """Say what was made."""
    training = ", for TRAINING" if value.training else ""
    doubled = ", with double entry" if value.double_entry else ""
    yield f"Made {value.path}{training}{doubled}: {value.title} ({counted(value.events, 'event', 'events')})"
