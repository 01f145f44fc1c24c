"""Arguments that several commands share, and a parser that raises instead of ending the program."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import NoReturn

from tally_app.cli.exits import EXIT_CODES, Exit, Failure
from tally_app.cli.session import OPERATOR_VARIABLE


class Parser(ArgumentParser):
    """Reads one command's arguments."""

    def __init__(self, prog: str, summary: str, *, epilog: str = EXIT_CODES) -> None:
        super().__init__(
            prog=prog,
            description=summary,
            epilog=epilog,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise Failure(Exit.USAGE, "usage", f"{self.prog}: {message}\n{self.format_usage().strip()}")


def add_file(parser: ArgumentParser, meaning: str = "the tally's file") -> None:
    """Declare FILE."""
    parser.add_argument("file", type=Path, metavar="FILE", help=meaning)


def add_operator(parser: ArgumentParser) -> None:
    """Declare --operator."""
    parser.add_argument(
        "--operator", metavar="NAME", help=f"who does this (else {OPERATOR_VARIABLE}, else the name you logged in with)"
    )


def add_json(parser: ArgumentParser) -> None:
    """Declare --json."""
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
