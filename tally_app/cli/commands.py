"""The table of commands, and running one: arguments in, text or JSON and an exit code out."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, Protocol, TextIO, cast

from tally_app.cli.arguments import Parser, add_json
from tally_app.cli.exits import as_failure
from tally_app.cli.output import Outcome, write_failure, write_outcome
from tally_app.cli.session import Session
from tally_app.cli.training import training_of


class CommandModule(Protocol):
    """What a command's module has."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, arguments: Namespace, session: Session) -> Outcome:
        """Do it."""


class Command(NamedTuple):
    """A command: what it does in a few words, and the module of this folder that does it.

    The module is loaded when its command is called: neither the window nor another command waits for it.
    """

    summary: str
    module: str

    def load(self) -> CommandModule:
        """Return the module."""
        return cast("CommandModule", import_module(f"tally_app.cli.{self.module}"))


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "new": Command("make a new tally from an election pack", "new"),
        "results": Command("votes and seats of every region and of the chamber", "results"),
        "check": Command("every figure that cannot be right", "check"),
        "enter": Command("enter figures of one reporting unit, all or none", "enter"),
        "settle": Command("settle where two entries of a unit differ", "settle"),
        "units": Command("how far each unit is, and for whom it waits", "units"),
        "state": Command("take down what a source states: a table, or one figure", "state"),
        "sources": Command("what sources state, side by side", "sources"),
        "verify": Command("is the file as it was written?", "verify"),
        "sheet": Command("sheets to print, as PDF", "sheet"),
        "verify-sheet": Command("whose is a printed sheet, and does it still hold?", "verify_sheet"),
        "explain": Command("accept warnings with a reason, or no longer", "explain"),
        "lot": Command("record the lot that was drawn for a region's tie", "lot"),
        "sign-off": Command("sign off a region, or the chamber", "sign_off"),
        "reopen": Command("open a signed region, or the chamber, again", "reopen"),
        "status": Command("unofficial, provisional or official results", "status"),
        "watch": Command("watch for the figures of a training file", "known_rows"),
        "history": Command("who did what when, newest first", "history"),
        "compare": Command("what other methods would give", "compare"),
        "allocate": Command("seats from votes by any method: JSON in, JSON out", "allocate"),
    }
)


def run_command(
    name: str,
    words: Sequence[str],
    session_for: Callable[[str | None], Session],
    out: TextIO,
    err: TextIO | None,
) -> int:
    """Run one command and return its exit code.

    Args:
        name: a key of ``COMMANDS``.
        words: its arguments.
        session_for: makes the session from the --operator given, or None.
        out: where the answer goes.
        err: where messages about failures go.
    """
    command = COMMANDS[name]
    as_json = "--json" in words  # also where the arguments cannot be read, so that a program gets what it asked for
    try:
        module = command.load()
        arguments = _parser(name, command.summary, module).parse_intermixed_args(words)
        outcome = module.run(arguments, session_for(getattr(arguments, "operator", None)))
    except Exception as error:
        failure = as_failure(error)
        if failure is None:
            raise
        write_failure(failure, out, err, as_json=as_json)
        return failure.exit_code
    write_outcome(outcome, out, as_json=as_json, training=training_of(arguments))
    return outcome.exit_code


def command_list() -> str:
    """List the commands for a help text."""
    width = max(map(len, COMMANDS))
    return "\n".join(f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items())


def _parser(name: str, summary: str, module: CommandModule) -> ArgumentParser:
    parser = Parser(f"tally-app {name}", summary)
    module.add_arguments(parser)
    add_json(parser)
    return parser
