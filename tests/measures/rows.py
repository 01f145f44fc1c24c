"""Rows of real elections as units of one region: what the checks are measured on."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tally_app.election.election import Election
from tally_app.election.model import FieldKind
from tests.packs import make_election

DATA = Path(__file__).parents[1] / "data"
LEAST_UNITS = 4

_REST = ("blank", "invalid", "registered", "other", "area")
_NO_VOTES = ("es-congreso-seat-distribution", "us-house-apportionment-2000")
"""Seats to provinces and states: inhabitants, no votes."""

District = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one election: what they are called, its form, and the figures, units × columns."""

    name: str
    election: Election
    block: NDArray[np.int64]

    @property
    def country(self) -> str:
        """Where the election was."""
        return self.name[:2]


def districts() -> dict[str, list[District]]:
    """Districts of each election as in the data, with ``lists``: votes by the list's number, the same everywhere."""
    figures = {each["id"]: each["districts"] for each in read("elections.json")["elections"]}
    figures["pt-autarquicas-cm-2025"] = read("portugal_municipal_2025.json")["municipalities"]
    more = [each for each in read("rows.json")["elections"] if each["id"] not in _NO_VOTES]
    return {each["id"]: _joined(figures[each["id"]], each) for each in more}


def whole_elections() -> Iterator[Group]:
    """Each election with every list; a list that does not stand in a district has 0 votes there.

    Where registered voters are known, ballots cast are the sum of the others.
    """
    for name, units in districts().items():
        lists = sorted({each for unit in units for each in unit["lists"]})
        yield _group(name, units, lists)


def units_of_one_region() -> Iterator[Group]:
    """Units that have the same lists, four or more: the districts of an election, in the lists that stand in all.

    Portuguese municipalities: those of one district that have the same lists.
    """
    for name, units in districts().items():
        for part, alike in _alike(units):
            common = [each for each in alike[0]["lists"] if all(each in other["lists"] for other in alike)]
            if len(alike) >= LEAST_UNITS and len(common) > 1:
                yield _group(f"{name}{part}", alike, common)


def read(name: str) -> Any:
    """Return a file of tests/data."""
    return json.loads((DATA / name).read_bytes())


def _alike(units: list[District]) -> list[tuple[str, list[District]]]:
    if "area" not in units[0]:
        return [("", units)]
    groups: dict[tuple[str, tuple[int, ...]], list[District]] = defaultdict(list)
    for unit in units:
        groups[unit["area"], tuple(sorted(unit["lists"]))].append(unit)
    return [(f"/{number}", alike) for number, (_, alike) in enumerate(sorted(groups.items()), 1)]


def _group(name: str, units: list[District], lists: Sequence[int]) -> Group:
    parties = [f"L{each}" for each in lists]
    rows = [[unit["lists"].get(each, 0) for each in lists] for unit in units]
    if "other" in units[0]:
        parties.append("other")
        rows = [[*row, unit["other"]] for row, unit in zip(rows, units, strict=True)]
    form: list[FieldKind] = ["parties"]
    for key in ("blank", "invalid"):
        if key in units[0]:
            form.append(key)
            rows = [[*row, unit[key]] for row, unit in zip(rows, units, strict=True)]
    if "registered" in units[0]:
        form = ["registered", "cast", *form]
        rows = [[unit["registered"], sum(row), *row] for row, unit in zip(rows, units, strict=True)]
    election = make_election(parties=parties, units=(len(units),), form=form)
    return Group(name, election, np.array(rows, dtype=np.int64))


def _joined(figures: Sequence[District], more: District) -> list[District]:
    units = []
    for index, each in enumerate(figures):
        unit = {key: more[key][index] for key in _REST if key in more}
        units.append({**each, **unit, "lists": dict(zip(more["lists"][index], each["votes"], strict=True))})
    return units
