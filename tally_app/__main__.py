"""``tally-app``: from arguments to the window or to a command; the one place that wires everything."""

import gc
import io
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tally_app import __version__
from tally_app.cli.arguments import Parser, add_operator
from tally_app.cli.commands import COMMANDS, command_list, run_command
from tally_app.cli.exits import EXIT_CODES, Exit, Failure
from tally_app.cli.output import write_failure
from tally_app.cli.session import Session, command_line_origin, named_operator, utc_now

_WITH_VALUE = frozenset({"--operator", "--pack", "--region", "--unit"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    out = sys.stdout or io.StringIO()  # a program without a console has none
    for stream in (out, sys.stderr):
        _speak_utf8(stream)
    try:
        code = _to_the_end(words, out)
        out.flush()
    except BrokenPipeError:
        _forget_output(out)
        return Exit.NOBODY_READS
    except OSError as error:
        _forget_output(out)
        _complain(f"The output cannot be written: {error}")
        return Exit.FILE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code


def _to_the_end(words: list[str], out: TextIO) -> int:
    try:
        position = _command_position(words)
        if position is None:
            return _window(words, out)
        return run_command(words[position], words[:position] + words[position + 1 :], _session, out, sys.stderr)
    except SystemExit as end:  # from --help and --version
        return end.code if isinstance(end.code, int) else Exit.DONE


def _command_position(words: Sequence[str]) -> int | None:
    """Find the command: the first word that is no option, if it is the name of one. Else it is the window's file."""
    value_follows = False
    for position, word in enumerate(words):
        if word == "--":
            return None
        if not value_follows and not word.startswith("-"):
            return position if word in COMMANDS else None
        value_follows = word in _WITH_VALUE
    return None


def _session(operator: str | None) -> Session:
    return Session(named_operator(operator, os.environ), command_line_origin(), utc_now)


def _window(words: Sequence[str], out: TextIO) -> int:
    gc.disable()  # what is loaded and built now is there to stay; the window looks for garbage once it is painted
    try:
        arguments = _read_window_arguments(words)
        return _show_window(arguments.file, arguments.sample, named_operator(arguments.operator, os.environ))
    except Failure as failure:
        write_failure(failure, out, sys.stderr, as_json="--json" in words)
        return failure.exit_code
    finally:
        gc.enable()


def _read_window_arguments(words: Sequence[str]) -> Namespace:
    usage = "tally-app [--operator NAME] [FILE | --sample]\n       tally-app COMMAND … [--json]"
    summary = "Opens a tally in a window, or does one thing with it and ends."
    epilog = (
        f"commands:\n{command_list()}\n\ntally-app COMMAND --help tells more. A file that is named like a command: "
        f"./results\n\n{EXIT_CODES}"
    )
    parser = Parser("tally-app", summary, epilog=epilog)
    parser.usage = usage
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the tally to open")
    parser.add_argument("--sample", action="store_true", help="open the results of the 2024 Senate election, as a copy")
    parser.add_argument("--version", action="version", version=f"Election Tally {__version__}")
    add_operator(parser)
    arguments = parser.parse_args(words)
    if arguments.sample and arguments.file:
        parser.error("give FILE or --sample, not both")
    if arguments.file and not _like_a_file(arguments.file):
        parser.error(f"'{arguments.file}' is neither a file nor a command; commands: {', '.join(COMMANDS)}")
    return arguments


def _like_a_file(path: Path) -> bool:
    """Whether a word is meant as a file: the window says best what is wrong with one that is not there."""
    return bool(path.suffix) or len(path.parts) > 1 or path.exists()


def _show_window(path: Path | None, sample: bool, operator: str | None) -> int:
    try:
        from tally_app.ui.app import run_window
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        message = f"The window cannot be opened: {error}\nThe commands work without it: tally-app --help"
        raise Failure(Exit.FILE, "no-window", message) from error
    return run_window(path, sample, operator)


def _speak_utf8(stream: object) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output(out: TextIO) -> None:
    """Let Python's last flush go nowhere: it would fail once more and end the program with a code of its own."""
    try:
        descriptor = out.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _complain(message: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(message + "\n")


if __name__ == "__main__":
    from multiprocessing import freeze_support  # a frozen program starts itself again to make sheets

    freeze_support()
    sys.exit(main())
