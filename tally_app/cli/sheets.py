"""The commands about sheets, loaded when they are called: Typst, fonts and QR codes would delay every other command."""

from argparse import ArgumentParser, Namespace

from tally_app.cli.output import Outcome
from tally_app.cli.session import Session


def add_sheet_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``sheet``."""
    from tally_app.cli.sheet import add_arguments

    add_arguments(parser)


def run_sheet(arguments: Namespace, session: Session) -> Outcome:
    """Make sheets from a file."""
    from tally_app.cli.sheet import run

    return run(arguments, session)


def add_verify_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``verify-sheet``."""
    from tally_app.cli.verify_sheet import add_arguments

    add_arguments(parser)


def run_verify(arguments: Namespace, session: Session) -> Outcome:
    """Compare a sheet with a file."""
    from tally_app.cli.verify_sheet import run

    return run(arguments, session)
