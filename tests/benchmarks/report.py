"""Tables, for a terminal and for ``docs/benchmarks.md``."""

from dataclasses import dataclass, field
from pathlib import Path

_BEGIN = "<!-- measured: begin (written by `make bench`) -->\n"
_END = "<!-- measured: end -->\n"


@dataclass(slots=True)
class Table:
    """A section's figures; the first column says what, the others are numbers."""

    title: str
    headings: list[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def as_text(table: Table) -> str:
    lines = [table.headings, *table.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.headings))]
    shown = ["  ".join(_padded(line, widths)).rstrip() for line in lines]
    return "\n".join([table.title, *(f"  {line}" for line in shown), *(f"  {note}" for note in table.notes), ""])


def as_markdown(table: Table) -> str:
    lines = [f"### {table.title}", "", _line(table.headings), _line(["---", *["---:"] * (len(table.headings) - 1)])]
    lines += [_line(row) for row in table.rows]
    for note in table.notes:
        lines += ["", note]
    return "\n".join([*lines, ""])


def write(path: Path, tables: list[Table]) -> None:
    """Put the tables between the marks of a page, each in the place of the one with its title.

    What is around the marks was written by hand and stays, and so does a table that was not measured this time.
    """
    before, _, rest = path.read_text(encoding="utf-8").partition(_BEGIN)
    measured, mark, after = rest.partition(_END)
    if not mark:
        raise ValueError(f"{path} lacks the marks between which the figures belong")
    parts = {part.partition("\n")[0]: f"### {part.strip()}\n" for part in measured.split("### ")[1:]}
    parts |= {table.title: as_markdown(table) for table in tables}
    joined = "\n".join(parts.values())
    path.write_text(f"{before}{_BEGIN}\n{joined}\n{_END}{after}", encoding="utf-8")


def _padded(line: list[str], widths: list[int]) -> list[str]:
    first = line[0].ljust(widths[0])
    return [first, *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
