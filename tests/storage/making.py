"""Small elections, gestures and files for the tests of this room."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from tally_app.storage import TallyFile
from tally_app.storage.events import Block, Change, Figures, JsonObject, Record, Stamp, StatedEdit
from tally_app.storage.schema import TRIGGERS

STAMP = Stamp(datetime(2026, 2, 25, 18, 30, tzinfo=UTC), "Sok Dara", "window@count-3")
COLUMNS = ["cast", "FUN", "CPP", "invalid"]


def pack_json(regions: int = 3, units: int = 4, **changes: Any) -> bytes:
    pack = {
        "format": "election-tally-pack/1",
        "key": "small",
        "title": {"en": "A small election", "km": "ការបោះឆ្នោត"},
        "date": "2026-02-25",
        "chamber": {"name": {"en": "Chamber"}, "total_seats": 9, "elected_seats": 9},
        "rule": {"method": "dhondt"},
        "form": [{"field": "cast"}, {"field": "parties"}, {"field": "invalid"}],
        "parties": [
            {"key": "CPP", "ballot": 2, "name": {"en": "CPP"}},
            {"key": "FUN", "ballot": 1, "name": {"en": "FUN"}},
        ],
        "regions": [
            {
                "key": f"r{region}",
                "name": {"en": f"Region {region}"},
                "seats": 3,
                "units": [{"key": f"u{unit}", "name": {"en": f"Unit {unit}"}} for unit in range(units)],
            }
            for region in range(regions)
        ],
    }
    return json.dumps(pack | changes, ensure_ascii=False, indent=1).encode()


def one_cell(region: str, unit: str, column: str, old: int | None, new: int | None) -> Figures:
    return Figures("enter", [Block(region, [unit], [column], [[new]], [[old]])])


def one_stated(old: str | None, new: str | None, region: str | None = "r0") -> Figures:
    return Figures("state", stated=[StatedEdit("table-1", "cast", region, None, None, old, new)])


def make(folder: Path, gestures: Sequence[Figures] = (), *, name: str = "count.tally", training: bool = False) -> Path:
    path = folder / name
    TallyFile.create(path, pack_json(), training=training, stamp=STAMP, program="election-tally 0.1.0")
    with TallyFile.open(path, operator="Sok Dara") as file:
        for gesture in gestures:
            file.append("figures", gesture, STAMP)
    return path


def make_typical(folder: Path) -> Path:
    """Events 2 to 6: two cells, a correction, a stated figure, a whole region."""
    whole = Block("r2", ["u0", "u1", "u2", "u3"], COLUMNS, [[100, 60, 30, 10], [0, 0, 0, 0], [7, None, 7, 0], [1] * 4])
    return make(
        folder,
        [
            one_cell("r0", "u1", "CPP", None, 817),
            one_cell("r1", "u3", "cast", None, 1_204),
            one_cell("r0", "u1", "CPP", 817, 871),
            one_stated(None, "8.10"),
            Figures("import", [whole], reason="from the provincial table"),
        ],
    )


def one_record(key: str, old: JsonObject | None, new: JsonObject | None) -> Record:
    return Record(key, old, new)


DRAWN = {"order": ["FUN", "CPP"], "seat": 3}
CORRECTED = {"seat": 3, "order": ["CPP", "FUN"], "witnesses": [{"name": "ដារ៉ា", "signed": True}]}
SIGNED: JsonObject = {"by": "Chan Sopheap", "share": 0.5, "note": None}


def append_records(path: Path) -> Path:
    """Five more events: a lot and its correction, a sign-off that was taken back, another one."""
    changes: list[tuple[str, Change]] = [
        ("lot", one_record("r0", None, DRAWN)),
        ("lot", one_record("r0", DRAWN, CORRECTED)),
        ("sign_off", one_record("r0", None, SIGNED)),
        ("sign_off", Record("r0", SIGNED, None, undoes=9, reason="signed in the wrong place")),
        ("sign_off", one_record("r1", None, SIGNED)),
    ]
    with TallyFile.open(path, operator="Sok Dara") as file:
        for kind, change in changes:
            file.append(kind, change, STAMP)
    return path


def make_recorded(folder: Path) -> Path:
    """Events 2 to 6 as ``make_typical``'s, 7 and 8 a lot, 9 and 10 a sign-off come and gone, 11 another one."""
    return append_records(make_typical(folder))


def forge(path: Path, *statements: str, parameters: Iterable[Any] = ()) -> None:
    """Change a file behind the program's back, as somebody with a database tool would: triggers off and on again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, tuple(parameters))
        for sql in TRIGGERS.values():
            connection.execute(sql)


def fingerprint(folder: Path) -> dict[str, str]:
    """Everything in a folder, byte for byte."""
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}
