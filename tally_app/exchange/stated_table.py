"""Tables of stated figures: CSV with a heading, one figure a row. Read whole, or refused with every wrong row named.

Columns by their names, in any order: ``source``, ``figure`` and ``value``, and as far as they are needed ``region``,
``unit`` and ``party``. Without region a figure is the chamber's, without unit the region's.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, get_args

from tally_app.count.figures import FigureKey
from tally_app.election.election import Election
from tally_app.election.model import FigureKind, Name, Source
from tally_app.election.stating import Misplaced, misplaced
from tally_app.exchange.numbers import NumberRefused
from tally_app.exchange.stated_text import read_stated

COLUMNS = ("source", "figure", "region", "unit", "party", "value")
_NEEDED = ("source", "figure", "value")
_DELIMITERS = ",;\t"
_CHAMBER = ("", "*", "chamber")
_COLUMN_OF = {
    Misplaced.PARTY_MISSING: "party",
    Misplaced.PARTY_TOO_MUCH: "party",
    Misplaced.MAJORITY_OF_REGION: "region",
    Misplaced.SEATS_OF_UNIT: "unit",
}
_WORDS: Mapping[str, FigureKind] = {
    "%": "share",
    "percent": "share",
    "percentage": "share",
    "ballots cast": "cast",
    "registered voters": "registered",
    "valid votes": "valid",
    "blank ballots": "blank",
    "invalid ballots": "invalid",
    **{figure: figure for figure in get_args(FigureKind)},
}


class TableProblem(NamedTuple):
    """One thing that is wrong in a table. *code* and *facts* say what; lines count from 1, the heading's."""

    code: str
    line: int | None = None
    column: str | None = None
    text: str = ""
    facts: Mapping[str, object] = MappingProxyType({})


class TableRefused(ValueError):
    """A table cannot be used; nothing of it is. Every problem is named."""

    def __init__(self, problems: Sequence[TableProblem]) -> None:
        super().__init__("; ".join(str(problem[:4]) for problem in problems))
        self.problems = tuple(problems)


class StatedTable(NamedTuple):
    """What a table states, as printed. Figures of *new_sources* have the name in place of the source's key."""

    figures: Mapping[FigureKey, str]
    new_sources: tuple[str, ...]


class _Row(NamedTuple):
    line: int
    cells: Mapping[str, str]


def read_table(
    data: bytes, election: Election, sources: Sequence[Source], *, new_sources_too: bool = False
) -> StatedTable:
    """Read a table in UTF-8, its cells between commas, semicolons or tabs. Rows without a value state nothing.

    Args:
        data: the file.
        election: whose keys and names are meant.
        sources: who can state figures.
        new_sources_too: take names of sources that are not among them.

    Raises: TableRefused: names every wrong row.
    """
    rows, problems = _rows(_text(data))
    reader = _Reader(election, sources, new_sources_too)
    for row in rows:
        problems.extend(reader.take(row))
    if problems:
        raise TableRefused(sorted(problems, key=_line))
    return StatedTable(reader.figures, tuple(reader.new_sources))


def write_table(figures: Mapping[FigureKey, str]) -> str:
    """Return stated figures as a table, by their keys, which ``read_table`` reads back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, value in figures.items():
        writer.writerow([key.source, key.figure, key.region or "", key.unit or "", key.party or "", value])
    return out.getvalue()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableRefused([TableProblem("not-utf-8", facts={"byte": error.start})]) from error


def _rows(text: str) -> tuple[list[_Row], list[TableProblem]]:
    """Take the heading and the rows apart. A row that does not fit the heading is a problem, a bad heading the end."""
    first = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            lines.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise TableRefused([TableProblem("quotes", before + 1, facts={"why": str(error)})]) from error
    lines = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not lines:
        raise TableRefused([TableProblem("empty")])
    heading = [cell.strip().casefold() for cell in lines[0][1]]
    wrong = list(_wrong_heading(lines[0][0], heading))
    if wrong:
        raise TableRefused(wrong)
    rows, problems = [], []
    for line, cells in lines[1:]:
        if len(cells) > len(heading) and not any(cell.strip() for cell in cells[len(heading) :]):
            cells = cells[: len(heading)]  # spreadsheets add empty cells
        if len(cells) != len(heading):
            problems.append(TableProblem("cells", line, facts={"cells": len(cells), "columns": len(heading)}))
        else:
            rows.append(_Row(line, {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}))
    return rows, problems


def _wrong_heading(line: int, heading: Sequence[str]) -> Iterator[TableProblem]:
    for name in dict.fromkeys(heading):
        if name not in COLUMNS:
            yield TableProblem("unknown-column", line, text=name)
        elif heading.count(name) > 1:
            yield TableProblem("column-twice", line, text=name)
    for name in _NEEDED:
        if name not in heading:
            yield TableProblem("column-missing", line, text=name)


class _Reader:
    """Turns rows into figures; keeps what is found once for all rows."""

    def __init__(self, election: Election, sources: Sequence[Source], new_sources_too: bool) -> None:
        self._election = election
        self._new_sources_too = new_sources_too
        self._sources = _Lookup("source", ((source.key, source.name) for source in sources))
        self._regions = _Lookup("region", ((region.key, region.name) for region in election.regions))
        self._parties = _Lookup("party", ((party.key, party.name) for party in election.parties))
        self._units: dict[str, _Lookup] = {}
        self._lines: dict[FigureKey, int] = {}
        self._new: dict[str, str] = {}
        self.figures: dict[FigureKey, str] = {}

    @property
    def new_sources(self) -> Iterable[str]:
        """Names of sources that nobody knew."""
        return self._new.values()

    def take(self, row: _Row) -> Iterator[TableProblem]:
        """Add a row's figure; yield what is wrong with it instead."""
        value = row.cells["value"]
        if not value:
            return
        problems: list[TableProblem] = []
        key = self._key(row, problems)
        if key is not None:
            where = {"party": key.party is not None, "region": key.region is not None, "unit": key.unit is not None}
            for reason in misplaced(key.figure, **where):
                column = _COLUMN_OF[reason]
                facts = {"reason": reason, "figure": key.figure}
                problems.append(TableProblem("misplaced", row.line, column, row.cells.get(column, ""), facts))
        text = self._value(row, value, problems)
        if not problems and key is not None and text is not None:
            if key in self._lines:
                problems.append(TableProblem("stated-twice", row.line, facts={"first": self._lines[key]}))
            else:
                self._lines[key] = row.line
                self.figures[key] = text
        yield from problems

    def _value(self, row: _Row, value: str, problems: list[TableProblem]) -> str | None:
        """Return the figure's text as it is kept; None where it is none, which is added to *problems*."""
        figure = _WORDS.get(row.cells["figure"].casefold())
        if figure is None:
            return None
        try:
            return read_stated(figure, value)
        except NumberRefused as refused:
            facts = {"figure": figure, "reason": refused.reason}
            problems.append(TableProblem("not-a-figure", row.line, "value", value, facts))
            return None

    def _key(self, row: _Row, problems: list[TableProblem]) -> FigureKey | None:
        """Return what a row is about; None where something in it is not known, which is added to *problems*."""
        before = len(problems)
        figure = _WORDS.get(row.cells["figure"].casefold())
        if figure is None:
            facts = {"what": "figure", "known": list(get_args(FigureKind))}
            problems.append(TableProblem("unknown", row.line, "figure", row.cells["figure"], facts))
        source = self._source(row, problems)
        region = self._find(self._regions, row, "region", problems)
        unit = self._unit(region, row, problems)
        party = self._find(self._parties, row, "party", problems)
        if figure is None or source is None or len(problems) > before:
            return None
        return FigureKey(source, figure, region, unit, party)

    def _source(self, row: _Row, problems: list[TableProblem]) -> str | None:
        name = row.cells["source"]
        if self._new_sources_too and name and not self._sources.has(name):
            return self._new.setdefault(name.casefold(), name)
        if not name:
            problems.append(TableProblem("no-source", row.line, "source"))
            return None
        return self._find(self._sources, row, "source", problems)

    def _unit(self, region: str | None, row: _Row, problems: list[TableProblem]) -> str | None:
        name = row.cells.get("unit", "")
        if not name:
            return None
        if region is None:
            if not row.cells.get("region"):
                problems.append(TableProblem("unit-without-region", row.line, "unit", name))
            return None
        if region not in self._units:
            units = self._election.regions[self._election.region_index[region]].units
            self._units[region] = _Lookup("unit", ((unit.key, unit.name) for unit in units))
        return self._find(self._units[region], row, "unit", problems)

    def _find(self, lookup: "_Lookup", row: _Row, column: str, problems: list[TableProblem]) -> str | None:
        name = row.cells.get(column, "")
        if not name or (column == "region" and name.casefold() in _CHAMBER):
            return None
        keys = lookup.keys(name)
        if len(keys) == 1:
            return keys[0]
        code = "ambiguous" if keys else "unknown"
        facts = {"what": lookup.what, "known": keys or lookup.known}
        problems.append(TableProblem(code, row.line, column, name, facts))
        return None


class _Lookup:
    """Finds keys by key or by name, letters large or small; an exact key is always taken."""

    def __init__(self, what: str, things: Iterable[tuple[str, Name]]) -> None:
        self.what = what
        self._keys: dict[str, dict[str, None]] = {}
        self._exact: dict[str, None] = {}
        for key, name in things:
            self._exact[key] = None
            for text in (key, name.en, name.km):
                if text:
                    self._keys.setdefault(text.casefold(), {})[key] = None

    @property
    def known(self) -> list[str]:
        """Every key."""
        return list(self._exact)

    def has(self, text: str) -> bool:
        """Is anything called so?"""
        return bool(self.keys(text))

    def keys(self, text: str) -> list[str]:
        """Return the keys of what is called so."""
        return [text] if text in self._exact else list(self._keys.get(text.casefold(), ()))


def _line(problem: TableProblem) -> int:
    return problem.line or 0
