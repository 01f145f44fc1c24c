"""The manual page, from the program's own parsers: what --help says of each command."""

from argparse import Action, ArgumentParser

from release.project import COMMAND, TITLE, day, version
from tally_app.cli.commands import COMMANDS
from tally_app.cli.exits import EXIT_CODES

_ABOUT = (
    "opens a tally in a window, in which votes are typed from paper forms and seats and contradictions are seen at "
    "every key press; or does one thing with a tally and ends. Nothing needs saving."
)


def man_page(date: int) -> str:
    """Write the page, in the macros of man(7)."""
    lines = [
        f'.TH {COMMAND.upper()} 1 "{day(date)}" "{TITLE} {version()}" "User Commands"',
        ".SH NAME",
        f"{_plain(COMMAND)} \\- type votes from paper forms; see seats and contradictions at every key press",
        ".SH SYNOPSIS",
        f".B {COMMAND}\n[\\fB\\-\\-operator\\fR \\fINAME\\fR] [\\fIFILE\\fR | \\fB\\-\\-sample\\fR]",
        f".br\n.B {COMMAND}\n\\fICOMMAND\\fR ... [\\fB\\-\\-json\\fR]",
        ".SH DESCRIPTION",
        f".B {COMMAND}\n{_plain(_ABOUT)}",
        ".SH COMMANDS",
    ]
    for name, command in COMMANDS.items():
        parser = ArgumentParser(f"{COMMAND} {name}", add_help=False)
        command.load().add_arguments(parser)
        summary = command.summary[:1].upper() + command.summary[1:]
        lines += [f".SS {_plain(name)}", f"{_plain(summary)}.", *_usage(parser)]
        lines += [line for action in parser._actions for line in _argument(action)]
    lines += [".SH EXIT STATUS", ".nf", _plain(EXIT_CODES), ".fi"]
    return "\n".join(lines) + "\n"


def _usage(parser: ArgumentParser) -> list[str]:
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    return [".PP", f"\\fB{_plain(usage)}\\fR"]


def _argument(action: Action) -> list[str]:
    value = action.metavar if isinstance(action.metavar, str) else (action.dest.upper() if action.nargs != 0 else "")
    names = ", ".join(f"\\fB{_plain(option)}\\fR" for option in action.option_strings)
    head = " ".join(filter(None, (names, f"\\fI{_plain(value)}\\fR" if value else "")))
    return [".TP", head, _plain((action.help or "").replace("%%", "%"))]


def _plain(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in escaped.splitlines())
