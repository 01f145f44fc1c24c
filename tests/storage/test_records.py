"""Things recorded about the count beside figures: by kind and key, each with a current value."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tally_app.storage import TallyFile
from tally_app.storage.errors import Conflict, DamagedFile, EventRejected
from tally_app.storage.events import Change, Figures, Record
from tests.storage.making import CORRECTED, DRAWN, SIGNED, STAMP, make, make_recorded, one_cell, one_record
from tests.storage.test_tampering import rehash


def test_records_are_there_after_reopening(tmp_path: Path):
    path = make_recorded(tmp_path)
    for read_only in (False, True):
        with TallyFile.open(path, read_only=read_only) as file:
            assert file.records("lot") == {"r0": CORRECTED}
            assert file.records("sign_off") == {"r1": SIGNED}
            assert file.records("explanation") == {}
            assert file.head.seq == 11
            assert file.verify().ok


def test_the_journal_says_who_recorded_what_and_what_it_replaced(tmp_path: Path):
    with TallyFile.open(make_recorded(tmp_path), read_only=True) as file:
        events = list(file.events(after=6))
    assert [event.kind for event in events] == ["lot", "lot", "sign_off", "sign_off", "sign_off"]
    assert {event.operator for event in events} == {"Sok Dara"}
    assert msgspec.json.decode(events[1].payload, type=Record) == one_record("r0", DRAWN, CORRECTED)
    assert msgspec.json.decode(events[3].payload, type=Record).undoes == 9


def test_figures_and_records_do_not_touch_each_other(tmp_path: Path):
    with TallyFile.open(make_recorded(tmp_path)) as file:
        values, stated, lots = file.values().tolist(), file.stated(), file.records("lot")
        file.append("lot", one_record("r1", None, DRAWN), STAMP)
        assert (file.values().tolist(), file.stated()) == (values, stated)
        file.append("figures", one_cell("r0", "u1", "CPP", 871, None), STAMP)
        assert file.records("lot") == lots | {"r1": DRAWN}


def test_a_record_that_is_removed_can_be_made_again(tmp_path: Path):
    with TallyFile.open(make_recorded(tmp_path)) as file:
        file.append("lot", one_record("r0", CORRECTED, None), STAMP)
        assert file.records("lot") == {}
        file.append("lot", one_record("r0", None, DRAWN), STAMP)
        assert file.records("lot") == {"r0": DRAWN}
        assert file.verify().ok


def test_a_kind_that_this_program_does_not_know_is_kept(tmp_path: Path):
    """A file of a later program with one more kind of record: nothing is lost, and the chain goes on."""
    path = make_recorded(tmp_path)
    with TallyFile.open(path) as file:
        file.append("seal_number", Record("box 17", None, {"seal": "KH-004711", "since": [2026, 2]}), STAMP)
    with TallyFile.open(path) as file:
        assert file.records("seal_number") == {"box 17": {"seal": "KH-004711", "since": [2026, 2]}}
        file.append("lot", one_record("r1", None, DRAWN), STAMP)
        assert file.verify().events == 13
        file.save_copy(tmp_path / "copy.tally")


@pytest.mark.parametrize(
    "old",
    [None, {}, DRAWN, CORRECTED | {"seat": 3.0}, CORRECTED | {"witnesses": []}, CORRECTED | {"seat": True}],
    ids=str,
)
def test_a_record_made_from_another_one_is_a_conflict(tmp_path: Path, old: dict[str, Any] | None):
    with TallyFile.open(make_recorded(tmp_path)) as file:
        for new in (SIGNED, None):
            with pytest.raises(Conflict, match="lot of 'r0' is recorded as"):
                file.append("lot", one_record("r0", old, new), STAMP)
        assert file.records("lot") == {"r0": CORRECTED}
        assert file.head.seq == 11
        assert file.verify().ok


def test_the_order_of_keys_does_not_matter(tmp_path: Path):
    turned = dict(reversed(CORRECTED.items()))
    assert list(turned) != list(CORRECTED)
    with TallyFile.open(make_recorded(tmp_path)) as file:
        file.append("lot", one_record("r0", turned, SIGNED), STAMP)
        assert file.records("lot") == {"r0": SIGNED}


def nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"in": value}
    return value


NOT_JSON: dict[str, Any] = {
    "a tuple": {"order": ("FUN", "CPP")},
    "not a number": {"share": float("nan")},
    "infinite": {"share": float("inf")},
    "a number for a key": {1: "FUN"},
    "a time": {"at": datetime(2026, 2, 25, tzinfo=UTC)},
    "not Unicode": {"who": "a lone surrogate \ud800"},
    "an object of the program": {"what": object()},
    "too deep": nested(5_000),
    "a list": ["FUN"],
    "a text": "FUN",
}


@pytest.mark.parametrize("name", NOT_JSON)
def test_what_json_cannot_give_back_is_refused(tmp_path: Path, name: str):
    with TallyFile.open(make(tmp_path)) as file:
        with pytest.raises(EventRejected):
            file.append("lot", one_record("r0", None, NOT_JSON[name]), STAMP)
        assert file.head.seq == 1
        assert file.records("lot") == {}
        assert file.append("lot", one_record("r0", None, DRAWN), STAMP).seq == 2
        assert file.verify().ok


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("lot", one_record("", None, DRAWN)),
        ("figures", one_record("r0", None, DRAWN)),
        ("created", one_record("r0", None, DRAWN)),
        ("two words", one_record("r0", None, DRAWN)),
        ("", one_record("r0", None, DRAWN)),
        ("lot", Figures("enter")),
        ("lot", one_cell("r0", "u0", "cast", None, 1)),
    ],
    ids=str,
)
def test_a_kind_and_a_payload_that_do_not_go_together_are_refused(tmp_path: Path, kind: str, change: Change):
    with TallyFile.open(make(tmp_path)) as file:
        with pytest.raises(EventRejected):
            file.append(kind, change, STAMP)
        assert file.head.seq == 1
        assert (file.values() == -1).all()
        assert file.verify().ok


def test_a_record_written_with_blanks_is_the_same_record(tmp_path: Path):
    """Equal is what means the same: a later version may space and order it in another way."""
    path = make_recorded(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE records SET value = replace(value, ',', ' ,\n  ')")
    with TallyFile.open(path) as file:
        assert file.verify().ok
        file.append("lot", one_record("r0", CORRECTED, DRAWN), STAMP)


def test_a_record_damaged_while_the_file_is_open(tmp_path: Path):
    path = make_recorded(tmp_path)
    with TallyFile.open(path) as file:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE records SET value = 'FUN' WHERE kind = 'lot'")
        with pytest.raises(DamagedFile, match="the lot of 'r0' cannot be read"):
            file.records("lot")
        with pytest.raises(Conflict, match="the lot of 'r0' cannot be read"):
            file.append("lot", one_record("r0", CORRECTED, DRAWN), STAMP)
        assert file.head.seq == 11


def test_a_large_record(tmp_path: Path):
    path = make(tmp_path)
    large = {"minutes": "ក" * 200_000, "list": list(range(10_000))}
    with TallyFile.open(path) as file:
        file.append("minutes", one_record("r0", None, large), STAMP)
    rehash(path)  # the chain as docs/file-format.md describes it
    with TallyFile.open(path) as file:
        assert file.records("minutes") == {"r0": large}
        assert file.verify().ok
