"""Rows of real elections, as units of one region: what the checks are measured on."""

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

District = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Units that have the same lists: their election, and their figures, units × columns."""

    name: str
    election: Election
    block: NDArray[np.int64]


def elections() -> dict[str, list[District]]:
    """Districts of each election: ``lists`` (numbered by name) to votes, and blank, invalid, registered, if known."""
    figures = {each["id"]: each["districts"] for each in _read("elections.json")["elections"]}
    figures["pt-autarquicas-cm-2025"] = _read("portugal_municipal_2025.json")["municipalities"]
    return {each["id"]: _joined(figures[each["id"]], each) for each in _read("rows.json")["elections"]}


def units_of_one_region() -> Iterator[Group]:
    """Each election as one region, its districts as units, in the lists that stand in all of them.

    Portuguese municipalities: those of one district that have the same lists.
    """
    for name, districts in elections().items():
        for part, units in _alike(districts):
            together = _group(f"{name}{part}", units)
            if together is not None:
                yield together


def _alike(districts: list[District]) -> list[tuple[str, list[District]]]:
    if "area" not in districts[0]:
        return [("", districts)]
    groups: dict[tuple[str, tuple[int, ...]], list[District]] = defaultdict(list)
    for district in districts:
        groups[district["area"], tuple(sorted(district["lists"]))].append(district)
    parts = enumerate((units for _, units in sorted(groups.items())), 1)
    return [(f"/{number}", units) for number, units in parts if len(units) >= LEAST_UNITS]


def _group(name: str, districts: list[District]) -> Group | None:
    common = [each for each in districts[0]["lists"] if all(each in other["lists"] for other in districts)]
    if len(districts) < LEAST_UNITS or len(common) < 2:
        return None
    keys = [f"L{each}" for each in common]
    columns = [[district["lists"][each] for each in common] for district in districts]
    if "other" in districts[0]:
        keys.append("other")
        columns = [[*row, district["other"]] for row, district in zip(columns, districts, strict=True)]
    form: list[FieldKind] = ["parties"]
    for key in ("blank", "invalid"):
        if key in districts[0]:
            form.append(key)
            columns = [[*row, district[key]] for row, district in zip(columns, districts, strict=True)]
    election = make_election(parties=keys, units=(len(districts),), form=form)
    return Group(name, election, np.array(columns, dtype=np.int64))


def _joined(figures: Sequence[District], more: District) -> list[District]:
    districts = []
    for index, each in enumerate(figures):
        district: District = {key: more[key][index] for key in _REST if key in more}
        district["name"] = each["name"]
        district["lists"] = dict(zip(more["lists"][index], each["votes"], strict=True))
        districts.append(district)
    return districts


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_bytes())
