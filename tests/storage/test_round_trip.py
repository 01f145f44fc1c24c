import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tally_app.count.figures import FigureKey
from tally_app.storage import TallyFile
from tally_app.storage.errors import Conflict, DefinitionRejected, EventRejected, FileAlreadyThere, ReadOnlyFile
from tally_app.storage.events import Block, Figures, Stamp, StatedEdit
from tests.storage.making import COLUMNS, STAMP, fingerprint, make, make_typical, one_cell, one_stated, pack_json


def test_a_new_file_has_one_event_and_nothing_entered(tmp_path: Path):
    path = make(tmp_path, training=True)
    with TallyFile.open(path) as file:
        assert file.head.seq == 1
        assert file.training
        assert file.fully_checked
        assert file.definition_sha256 == sha256(pack_json()).hexdigest()
        assert file.election.unit_count == 12
        assert (file.values() == -1).all()
        assert file.values().shape == (12, 4)
        assert file.stated() == {}
        assert [event.kind for event in file.events()] == ["created"]


def test_the_definition_is_kept_to_the_byte(tmp_path: Path):
    path = make(tmp_path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT CAST(pack AS BLOB) FROM definition").fetchone()[0] == pack_json()
    connection.close()


def test_figures_that_come_with_the_pack_are_event_2(tmp_path: Path):
    path = tmp_path / "count.tally"
    initial = Figures("pack", [Block("r1", ["u0"], ["CPP"], [[0]])])
    TallyFile.create(path, pack_json(), training=False, stamp=STAMP, initial=initial)
    with TallyFile.open(path) as file:
        assert file.head.seq == 2
        assert file.values()[4].tolist() == [-1, -1, 0, -1]


def test_everything_is_there_after_reopening(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as file:
        values = file.values()
        assert values[1].tolist() == [-1, -1, 871, -1]
        assert values[7].tolist() == [1204, -1, -1, -1]
        assert values[10].tolist() == [7, -1, 7, 0]
        assert file.stated() == {FigureKey("table-1", "cast", "r0"): "8.10"}
        assert [event.seq for event in file.events(after=4)] == [5, 6]
        assert file.verify().ok
        assert file.verify().events == 6


def test_after_closing_there_is_one_file_and_nothing_else(tmp_path: Path):
    make_typical(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["count.tally"]


def test_reading_leaves_no_trace(tmp_path: Path):
    path = make_typical(tmp_path)
    before = fingerprint(tmp_path)
    with TallyFile.open(path, read_only=True) as file:
        file.values()
        assert file.verify().ok
        with pytest.raises(ReadOnlyFile):
            file.append("figures", one_stated("8.10", None), STAMP)
    assert fingerprint(tmp_path) == before


def test_a_time_is_written_in_utc_with_milliseconds(tmp_path: Path):
    phnom_penh = datetime(2026, 2, 25, 18, 30, 1, 234567, tzinfo=timezone(timedelta(hours=7)))
    with TallyFile.open(make(tmp_path)) as file:
        event = file.append("figures", one_stated(None, "1"), Stamp(phnom_penh, "ដារ៉ា", "window@count-3"))
        assert event.time == "2026-02-25T11:30:01.234Z"
        assert event.operator == "ដារ៉ា"
        assert list(file.events(after=1)) == [event]


def test_create_never_overwrites(tmp_path: Path):
    path = make(tmp_path)
    before = fingerprint(tmp_path)
    with pytest.raises(FileAlreadyThere, match="already a file"):
        TallyFile.create(path, pack_json(), training=False, stamp=STAMP)
    assert fingerprint(tmp_path) == before


def test_create_refuses_a_name_beside_which_entries_of_a_lost_file_lie(tmp_path: Path):
    (tmp_path / "count.tally-wal").write_bytes(b"entries that were never brought into their file")
    with pytest.raises(FileAlreadyThere, match=r"count\.tally-wal"):
        TallyFile.create(tmp_path / "count.tally", pack_json(), training=False, stamp=STAMP)
    assert [file.name for file in tmp_path.iterdir()] == ["count.tally-wal"]


@pytest.mark.parametrize("pack", [b"", b"{}", b"\xff", pack_json(date="soon")])
def test_create_with_a_bad_definition_leaves_nothing(tmp_path: Path, pack: bytes):
    with pytest.raises(DefinitionRejected):
        TallyFile.create(tmp_path / "count.tally", pack, training=False, stamp=STAMP)
    assert list(tmp_path.iterdir()) == []


def test_create_with_figures_that_do_not_fit_leaves_nothing(tmp_path: Path):
    with pytest.raises(EventRejected):
        TallyFile.create(
            tmp_path / "a.tally", pack_json(), training=False, stamp=STAMP, initial=one_cell("r9", "u0", "CPP", None, 1)
        )
    assert list(tmp_path.iterdir()) == []


GOOD = Block("r0", ["u0"], ["cast"], [[5]])


@pytest.mark.parametrize(
    "payload",
    [
        one_cell("r9", "u0", "cast", None, 1),
        one_cell("r0", "u9", "cast", None, 1),
        one_cell("r0", "u0", "turnout", None, 1),
        one_cell("r0", "u0", "cast", None, -1),
        one_cell("r0", "u0", "cast", None, 10**12),
        one_cell("r0", "u0", "cast", None, 10**30),
        one_cell("r0", "u0", "cast", None, 1.5),  # type: ignore[arg-type]
        one_cell("r0", "u0", "cast", None, True),
        Figures("enter", [Block("r0", ["u0"], ["cast"], [[1, 2]])]),
        Figures("enter", [Block("r0", ["u0", "u1"], ["cast"], [[1]])]),
        Figures("enter", [Block("r0", ["u0", "u1"], ["cast", "CPP"], [[1], [1, 2]])]),
        Figures("enter", [Block("r0", ["u0", "u1"], ["cast", "CPP"], [[1, None], [-1, 2]])]),
        Figures("enter", [Block("r0", ["u0", "u0"], ["cast"], [[1], [2]])]),
        Figures("enter", [Block("r0", ["u0"], ["cast", "cast"], [[1, 2]])]),
        Figures("enter", [Block("r0", [], ["cast"], [])]),
        Figures("state", stated=[StatedEdit("", "cast", None, None, None, None, "1")]),
        Figures("state", stated=[StatedEdit("t", "beauty", None, None, None, None, "1")]),  # type: ignore[arg-type]
        Figures("enter", reason="a lone surrogate \ud800"),
    ],
    ids=str,
)
def test_an_event_that_cannot_be_is_refused_whole(tmp_path: Path, payload: Figures):
    with TallyFile.open(make(tmp_path)) as file:
        with pytest.raises(EventRejected):
            file.append(
                "figures",
                Figures(payload.gesture, [GOOD, *payload.blocks], payload.stated, None, payload.reason),
                STAMP,
            )
        assert file.head.seq == 1
        assert (file.values() == -1).all()
        assert file.verify().ok
        assert file.append("figures", Figures("enter", [GOOD]), STAMP).seq == 2


@pytest.mark.parametrize("kind", ["created", "", "two words"])
def test_a_change_cannot_call_itself_anything(tmp_path: Path, kind: str):
    with TallyFile.open(make(tmp_path)) as file, pytest.raises(EventRejected):
        file.append(kind, Figures("enter", [GOOD]), STAMP)


def test_a_time_without_zone_is_refused(tmp_path: Path):
    naive = Stamp(STAMP.time.replace(tzinfo=None), "Sok Dara", "")
    with TallyFile.open(make(tmp_path)) as file, pytest.raises(EventRejected, match="time zone"):
        file.append("figures", Figures("enter", [GOOD]), naive)


@pytest.mark.parametrize(
    "payload",
    [
        one_cell("r0", "u1", "CPP", 870, 900),
        one_cell("r0", "u1", "CPP", None, 900),
        one_cell("r0", "u0", "CPP", 0, 900),
        one_stated("8.1", "9"),
        one_stated(None, "9"),
        one_stated("8.10", "9", region=None),
    ],
    ids=str,
)
def test_a_change_made_from_other_figures_is_refused_whole(tmp_path: Path, payload: Figures):
    with TallyFile.open(make_typical(tmp_path)) as file:
        before, head = file.values(), file.head
        with pytest.raises(Conflict):
            file.append("figures", Figures("enter", [GOOD, *payload.blocks], payload.stated), STAMP)
        assert np.array_equal(file.values(), before)
        assert file.head == head
        assert file.verify().ok


def test_a_conflict_says_where_and_what(tmp_path: Path):
    where = "region r0, unit u1, column CPP holds 871, not nothing"
    with TallyFile.open(make_typical(tmp_path)) as file, pytest.raises(Conflict, match=where):
        file.append("figures", one_cell("r0", "u1", "CPP", None, 900), STAMP)


def test_a_change_is_refused_if_another_program_added_events(tmp_path: Path):
    with TallyFile.open(make(tmp_path)) as file:
        other = sqlite3.connect(file.path)
        other.execute("UPDATE head SET seq = 7")
        other.commit()
        other.close()
        with pytest.raises(Conflict, match="after event 1"):
            file.append("figures", Figures("enter", [GOOD]), STAMP)


def test_one_event_can_change_a_cell_twice(tmp_path: Path):
    with TallyFile.open(make(tmp_path)) as file:
        twice = Figures("paste", [GOOD, Block("r0", ["u0"], ["cast"], [[6]], [[5]])])
        file.append("figures", twice, STAMP)
        assert file.values()[0, 0] == 6
        assert file.verify().ok


def test_clearing_is_not_zero(tmp_path: Path):
    with TallyFile.open(make(tmp_path)) as file:
        file.append("figures", one_cell("r0", "u0", "cast", None, 0), STAMP)
        assert file.values()[0, 0] == 0
        file.append("figures", one_cell("r0", "u0", "cast", 0, None), STAMP)
        assert file.values()[0, 0] == -1


def test_columns_in_any_order_land_where_they_belong(tmp_path: Path):
    block = Block("r1", ["u2", "u0"], ["invalid", "cast"], [[1, 2], [3, 4]])
    with TallyFile.open(make(tmp_path)) as file:
        assert [column.key for column in file.election.columns] == COLUMNS
        file.append("figures", Figures("paste", [block]), STAMP)
        assert file.values()[4:8].tolist() == [[4, -1, -1, 3], [-1] * 4, [2, -1, -1, 1], [-1] * 4]


def test_the_journal_refuses_every_change_but_the_next_event(tmp_path: Path):
    connection = sqlite3.connect(make_typical(tmp_path), isolation_level=None)
    for statement in (
        "UPDATE journal SET operator = 'x' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 6",
        "INSERT INTO journal SELECT 8, time, operator, origin, kind, payload, hash FROM journal WHERE seq = 2",
        "INSERT OR REPLACE INTO journal SELECT 2, time, 'x', origin, kind, payload, hash FROM journal WHERE seq = 2",
        "UPDATE definition SET pack = '{}'",
        "DELETE FROM definition",
        "INSERT OR REPLACE INTO definition VALUES (1, '{}')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_appending_waits_for_the_disk(tmp_path: Path):
    with TallyFile.open(make(tmp_path)) as file:
        settings = {
            name: file._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "trusted_schema", "cell_size_check", "query_only")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "query_only": 0,
    }


def test_closing_twice_is_closing(tmp_path: Path):
    file = TallyFile.open(make(tmp_path))
    file.close()
    file.close()


def test_a_name_with_signs_of_its_own(tmp_path: Path):
    folder = tmp_path / "រាជធានី 100% #1?mode=x&y"
    folder.mkdir()
    with TallyFile.open(make_typical(folder)) as file:
        file.save_copy(folder / "copy; it's.tally")
        assert file.stated()
    assert sorted(entry.name for entry in folder.iterdir()) == ["copy; it's.tally", "count.tally"]


def test_now_is_accepted(tmp_path: Path):
    with TallyFile.open(make(tmp_path)) as file:
        file.append("figures", Figures("enter", [GOOD]), Stamp(datetime.now(UTC), "", ""))
        assert file.verify().ok
