"""Somebody changes the file with a database tool: verification names the first event that is no longer right."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tally_app.storage import TallyFile, verify_file
from tally_app.storage.chain import GENESIS, event_hash
from tally_app.storage.errors import TamperedFile
from tests.storage.making import forge, make_recorded, make_typical

EDITS = {
    "payload": ("UPDATE journal SET payload = replace(payload, '817', '917') WHERE seq = 2", 2, "chain"),
    "operator": ("UPDATE journal SET operator = 'Nobody' WHERE seq = 3", 3, "chain"),
    "time": ("UPDATE journal SET time = '2026-02-25T18:30:00.001Z' WHERE seq = 3", 3, "chain"),
    "origin": ("UPDATE journal SET origin = '' WHERE seq = 6", 6, "chain"),
    "kind": ("UPDATE journal SET kind = 'figure' WHERE seq = 5", 5, "chain"),
    "moved bytes": (
        "UPDATE journal SET operator = operator || 'w', origin = substr(origin, 2) WHERE seq = 4",
        4,
        "chain",
    ),
    "hash": ("UPDATE journal SET hash = replace(hash, 'a', 'b') WHERE seq = 2", 2, "chain"),
    "hash in capitals": ("UPDATE journal SET hash = upper(hash) WHERE seq = 2", 2, "chain"),
    "first event": ("UPDATE journal SET payload = replace(payload, 'false', 'true') WHERE seq = 1", 1, "chain"),
    "last event gone": ("DELETE FROM journal WHERE seq = 6", 6, "missing"),
    "two last events gone": ("DELETE FROM journal WHERE seq > 4", 5, "missing"),
    "event in the middle gone": ("DELETE FROM journal WHERE seq = 3", 3, "missing"),
    "first event gone": ("DELETE FROM journal WHERE seq = 1", 1, "missing"),
    "an event too many": (
        "INSERT INTO journal SELECT 7, time, operator, origin, kind, payload, hash FROM journal WHERE seq = 6",
        7,
        "chain",
    ),
    "a cell": ('UPDATE current SET figures = zeroblob(32) WHERE "row" = 10', 6, "current"),
    "a cell corrected once": (
        f"UPDATE current SET figures = x'{'ff' * 16}3103000000000000{'ff' * 8}' WHERE \"row\" = 1",
        4,
        "current",
    ),
    "a row gone": ('DELETE FROM current WHERE "row" = 7', 3, "current"),
    "a row too many": ("INSERT INTO current VALUES (0, zeroblob(32))", None, "current"),
    "a row outside": ("INSERT INTO current VALUES (12, zeroblob(32))", None, "current"),
    "a row too short": ('UPDATE current SET figures = zeroblob(24) WHERE "row" = 7', None, "current"),
    "a stated figure": ("UPDATE stated SET value = '8.1'", 5, "current"),
    "a stated figure gone": ("DELETE FROM stated", 5, "current"),
    "a stated figure of nobody": ("INSERT INTO stated VALUES ('table-1', 'cast', 'r1', '', '', '7')", None, "current"),
    "a stated figure of no kind": ("UPDATE stated SET figure = 'beauty'", None, "current"),
    "the head": ("UPDATE head SET hash = replace(hash, 'a', 'b')", 6, "head"),
    "the head's number": ("UPDATE head SET seq = 5", 6, "head"),
    "the definition": ("UPDATE definition SET pack = pack || ' '", None, "definition"),
}
RECORD_EDITS = {
    "a lot's event": ("UPDATE journal SET payload = replace(payload, 'FUN', 'CPP') WHERE seq = 7", 7, "chain"),
    "a lot's event made a sign-off": ("UPDATE journal SET kind = 'sign_off' WHERE seq = 8", 8, "chain"),
    "a lot's reason": ("UPDATE journal SET payload = replace(payload, 'wrong', 'right') WHERE seq = 10", 10, "chain"),
    "a lot's event gone": ("DELETE FROM journal WHERE seq = 8", 8, "missing"),
    "the last record's event gone": ("DELETE FROM journal WHERE seq = 11", 11, "missing"),
    "a record": ("UPDATE records SET value = replace(value, 'FUN', 'KWP') WHERE kind = 'lot'", 8, "current"),
    "a record's true is 1": ("UPDATE records SET value = replace(value, 'true', '1')", 8, "current"),
    "a record's 0.5 is 0.50001": ("UPDATE records SET value = replace(value, '0.5', '0.50001')", 11, "current"),
    "a record as it was before": (
        """UPDATE records SET value = '{"order":["FUN","CPP"],"seat":3}' WHERE kind = 'lot'""",
        8,
        "current",
    ),
    "a record gone": ("DELETE FROM records WHERE kind = 'sign_off'", 11, "current"),
    "all records gone": ("DELETE FROM records", 8, "current"),
    "a record that was taken back": ("INSERT INTO records VALUES ('sign_off', 'r0', '{}')", 10, "current"),
    "a record of nobody": ("INSERT INTO records VALUES ('lot', 'r2', '{}')", None, "current"),
    "a record of another region": ("UPDATE records SET \"key\" = 'r2' WHERE kind = 'lot'", 8, "current"),
    "a record of another kind": ("UPDATE records SET kind = 'lots' WHERE kind = 'lot'", 8, "current"),
    "a record that is no object": ("UPDATE records SET value = '[]'", None, "current"),
    "a record that is no JSON": ("UPDATE records SET value = 'FUN'", None, "current"),
    "a record too deep": (f"UPDATE records SET value = '{{\"a\":{'[' * 5000}{']' * 5000}}}'", None, "current"),
    "the table of records gone": ("DROP TABLE records", None, "schema"),
}
ALL_EDITS = {name: (make_typical, *edit) for name, edit in EDITS.items()} | {
    name: (make_recorded, *edit) for name, edit in RECORD_EDITS.items()
}


@pytest.mark.parametrize("edit", ALL_EDITS)
def test_an_edit_is_found_and_the_first_broken_event_named(tmp_path: Path, edit: str):
    make_file, statement, event, kind = ALL_EDITS[edit]
    path = make_file(tmp_path)
    forge(path, statement)
    verification = verify_file(path)
    assert not verification.ok
    assert verification.problem is not None
    assert (verification.problem.event, verification.problem.kind) == (event, kind)
    with pytest.raises(TamperedFile) as caught:
        TallyFile.open(path)
    assert caught.value.problem.event == event


def test_swapped_events_are_found_at_the_first_of_them(tmp_path: Path):
    path = make_typical(tmp_path)
    forge(
        path,
        "UPDATE journal SET seq = -3 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = -3",
    )
    assert _problem_event(path) == 3


def test_an_edit_is_named_also_where_the_triggers_were_left_off(tmp_path: Path):
    path = make_typical(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE journal SET operator = 'Nobody' WHERE seq = 3")
    assert _problem_event(path) == 3


def test_a_text_turned_into_bytes_is_named_though_its_hash_would_fit(tmp_path: Path):
    path = make_typical(tmp_path)
    with_schema(path, "replace(sql, ') STRICT', ')')")
    forge(path, "UPDATE journal SET payload = CAST(payload AS BLOB) WHERE seq = 4")
    with_schema(path, "sql || ' STRICT'")
    with pytest.raises(TamperedFile, match="event 4"):
        TallyFile.open(path)


def with_schema(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"UPDATE sqlite_schema SET sql = {sql} WHERE name = 'journal'")


def test_an_edit_made_while_the_file_is_open_is_found(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as file:
        forge(path, "UPDATE journal SET operator = 'Nobody' WHERE seq = 3")
        problem = file.verify().problem
    assert problem is not None
    assert problem.event == 3


def test_a_payload_rehashed_by_a_forger_still_contradicts_the_figures_after_it(tmp_path: Path):
    path = make_typical(tmp_path)
    forge(path, "UPDATE journal SET payload = replace(payload, '817', '917') WHERE seq = 2")
    rehash(path)
    problem = verify_file(path).problem
    assert problem is not None
    assert (problem.event, problem.kind) == (4, "event")
    assert "holds 917, not 817" in problem.text


def test_a_record_rehashed_by_a_forger_still_contradicts_the_one_after_it(tmp_path: Path):
    path = make_recorded(tmp_path)
    forge(path, 'UPDATE journal SET payload = replace(payload, \'["FUN","CPP"]\', \'["CPP"]\') WHERE seq = 7')
    rehash(path)
    problem = verify_file(path).problem
    assert problem is not None
    assert (problem.event, problem.kind) == (8, "event")
    assert """lot of 'r0' is recorded as {"order":["CPP"],"seat":3}, not {"order":["FUN",""" in problem.text


@pytest.mark.parametrize(
    "payload",
    [
        '{"key": "r0", "old": null}',
        '{"key": "", "old": null, "new": {}}',
        '{"key": "r0", "old": null, "new": []}',
        '{"key": "r0", "old": null, "new": {}, "signature": ""}',
        '{"gesture": "enter"}',
        f'{{"key": "r0", "old": null, "new": {{"a": {"[" * 5000}{"]" * 5000}}}}}',
    ],
)
def test_a_rehashed_record_of_another_shape_is_named(tmp_path: Path, payload: str):
    path = make_recorded(tmp_path)
    forge(path, f"UPDATE journal SET payload = '{payload}' WHERE seq = 7")
    rehash(path)
    problem = verify_file(path).problem
    assert problem is not None
    assert (problem.event, problem.kind) == (7, "event")


@pytest.mark.parametrize("kind", ["figures", "created", "two words", ""])
def test_a_rehashed_record_of_a_kind_that_cannot_be_is_named(tmp_path: Path, kind: str):
    path = make_recorded(tmp_path)
    forge(path, f"UPDATE journal SET kind = '{kind}' WHERE seq = 7")
    rehash(path)
    assert _problem_event(path) == 7


def test_a_rehashed_payload_that_nobody_can_read_is_named(tmp_path: Path):
    path = make_typical(tmp_path)
    forge(path, 'UPDATE journal SET payload = \'{"gesture": "enter", "blocks": [{}]}\' WHERE seq = 5')
    rehash(path)
    problem = verify_file(path).problem
    assert problem is not None
    assert (problem.event, problem.kind) == (5, "event")


def test_a_rehashed_second_creation_is_named(tmp_path: Path):
    path = make_typical(tmp_path)
    forge(path, "UPDATE journal SET kind = 'created' WHERE seq = 5")
    rehash(path)
    assert _problem_event(path) == 5


def test_a_whole_forgery_agrees_with_itself_but_not_with_a_hash_on_paper(tmp_path: Path):
    """What no file can prove by itself: that is why sheets print the head's hash."""
    path = make_typical(tmp_path)
    with TallyFile.open(path) as file:
        printed = file.head
    forge(path, "UPDATE journal SET operator = 'Nobody' WHERE seq = 2")
    rehash(path)
    with TallyFile.open(path) as file:
        assert file.verify().ok
        assert file.head != printed


def rehash(path: Path) -> None:
    """Make the chain fit again, as a forger who has read docs/file-format.md would."""
    previous = GENESIS
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT seq, time, operator, origin, kind, payload FROM journal ORDER BY seq"
        ).fetchall()
    for row in rows:
        previous = event_hash(previous, [str(field).encode() for field in row])
        forge(path, f"UPDATE journal SET hash = '{previous}' WHERE seq = {row[0]}")
    forge(path, f"UPDATE head SET hash = '{previous}'")


def _problem_event(path: Path) -> int | None:
    verification = verify_file(path)
    assert not verification.ok
    assert verification.problem is not None
    return verification.problem.event
