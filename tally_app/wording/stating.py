"""Stated figures in words: what is wrong in a table of them, and whether a difference can change a seat."""

from collections.abc import Callable, Mapping
from typing import Any

from tally_app.document.stated_view import StatedRow, Verdict
from tally_app.election.model import FigureKind
from tally_app.exchange.clipboard import BlockRefused
from tally_app.exchange.stated_table import COLUMNS, TableProblem
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped, listed
from tally_app.wording.refusals import misplacement, stated_refusal

_MOST_NAMED = 12
NO_DIFFERENCE = "–"

Facts = Mapping[str, Any]


def verdict_text(verdict: Verdict | None) -> str:
    """``no: 22 < 36``, ``yes: 785 ≥ 36``; a dash where no difference is open, or none of ballots."""
    if verdict is None:
        return NO_DIFFERENCE
    if verdict.votes is None:
        return "not known"
    size, votes = grouped(verdict.size), grouped(verdict.votes)
    return f"yes: {size} ≥ {votes}" if verdict.could else f"no: {size} < {votes}"


def readable(text: str | None) -> str:
    """Group a whole number by threes; a percentage stays as it was printed."""
    if text is None:
        return ""
    return grouped(int(text)) if text.isdigit() else text


def difference_text(difference: str | None) -> str:
    """``-785`` → ``−785``, ``+12345`` → ``+12,345``; nothing where there is none."""
    if difference is None:
        return ""
    sign, digits = ("", difference) if difference[0].isdigit() else (difference[0], difference[1:])
    number = grouped(int(digits)) if digits.isdigit() else digits
    return sign.replace("-", "−") + number


def differences_text(row: StatedRow) -> str:
    """The differences from what is computed, each once, in the order of the sources; 0 where all who state agree."""
    stated = dict.fromkeys(cell.difference for cell in row.cells if cell.difference is not None)
    apart = [difference_text(difference) for difference in stated if difference != "0"]
    return " · ".join(apart) if apart else "0" if stated else ""


def table_problem(names: Names, problem: TableProblem) -> str:
    """Say what is wrong in a table, where, and what to do: ``row 3, party “XYZ”: there is no such party; …``."""
    where = [] if problem.line is None else [f"row {grouped(problem.line)}"]
    if problem.column is not None:
        where.append(f"{problem.column} “{problem.text[:40]}”" if problem.text else problem.column)
    what = _PROBLEMS[problem.code](names, problem, problem.facts)
    return f"{', '.join(where)}: {what}" if where else what


def stated_block_refusal(refused: BlockRefused, figure: FigureKind) -> str:
    """Say why a pasted block was refused whole, with its first wrong cell, which is to be such a figure."""
    cell = f"row {refused.row}, column {refused.column}"
    return f"Nothing pasted. In {cell}, “{refused.text.strip()[:40]}”: {stated_refusal(figure, refused.reason)}."


def _not_utf_8(_: Names, __: TableProblem, facts: Facts) -> str:
    return f"the file is not UTF-8 text (byte {grouped(facts['byte'] + 1)}); save it as “CSV UTF-8”"


def _empty(_: Names, __: TableProblem, ___: Facts) -> str:
    return f"the file is empty; its first row names the columns: {', '.join(COLUMNS)}"


def _quotes(_: Names, __: TableProblem, ___: Facts) -> str:
    return "a quotation mark is not closed, or stands inside a cell; write it twice or leave it out"


def _unknown_column(_: Names, problem: TableProblem, ___: Facts) -> str:
    if not problem.text:
        return f"a column has no name; the columns are: {', '.join(COLUMNS)}"
    return f"there is no column “{problem.text[:40]}”; the columns are: {', '.join(COLUMNS)}"


def _column_twice(_: Names, problem: TableProblem, ___: Facts) -> str:
    return f"the column “{problem.text}” stands twice; remove one"


def _column_missing(_: Names, problem: TableProblem, ___: Facts) -> str:
    return f"the column “{problem.text}” is missing; name it in the first row, and fill it"


def _cells(_: Names, __: TableProblem, facts: Facts) -> str:
    text = f"{grouped(facts['cells'])} cells under {grouped(facts['columns'])} columns"
    if facts["cells"] > facts["columns"]:
        return f"{text}; write numbers without commas, or between quotation marks"
    return f"{text}; add the empty cells"


def _no_source(_: Names, __: TableProblem, ___: Facts) -> str:
    return "say who states it"


def _unknown(_: Names, problem: TableProblem, facts: Facts) -> str:
    text = f"there is no such {facts['what']}; there are: {_known(facts['known'])}"
    return f"{text}; to add it, ask for it (--add-source)" if problem.column == "source" else text


def _ambiguous(_: Names, __: TableProblem, facts: Facts) -> str:
    return f"several are named so; write the key: {_known(facts['known'])}"


def _unit_without_region(_: Names, __: TableProblem, ___: Facts) -> str:
    return "say in which region the unit is"


def _misplaced(names: Names, __: TableProblem, facts: Facts) -> str:
    return misplacement(names, facts["figure"], facts["reason"])


def _not_a_figure(_: Names, __: TableProblem, facts: Facts) -> str:
    return stated_refusal(facts["figure"], facts["reason"])


def _stated_twice(_: Names, __: TableProblem, facts: Facts) -> str:
    return f"row {grouped(facts['first'])} states this figure already; remove one"


def _known(keys: list[str]) -> str:
    more = len(keys) - _MOST_NAMED
    return listed([*keys[:_MOST_NAMED], f"{grouped(more)} more"]) if more > 0 else ", ".join(keys)


_PROBLEMS: Mapping[str, Callable[[Names, TableProblem, Facts], str]] = {
    "not-utf-8": _not_utf_8,
    "empty": _empty,
    "quotes": _quotes,
    "unknown-column": _unknown_column,
    "column-twice": _column_twice,
    "column-missing": _column_missing,
    "cells": _cells,
    "no-source": _no_source,
    "unknown": _unknown,
    "ambiguous": _ambiguous,
    "unit-without-region": _unit_without_region,
    "misplaced": _misplaced,
    "not-a-figure": _not_a_figure,
    "stated-twice": _stated_twice,
}
