import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from tally_app.cli.verify import Verified
from tests.cli.conftest import Run


def change(path: Path, sql: str) -> None:
    """Do to the file what this program never does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def test_a_whole_file(run: Run, published: Path):
    ran = run("verify", published, "--json")
    msgspec.convert(ran.json, Verified, strict=True)
    head = run("results", published, "--json").json["journal"]["head"]
    assert (ran.code, ran.json) == (0, {"ok": True, "events": 2, "head": head, "problem": None})
    assert run("verify", published).out == f"The file is whole: 2 events, head {head}\n"


def test_a_changed_figure_is_found_in_its_cell(run: Run, published: Path):
    change(published, 'UPDATE current SET figures = zeroblob(length(figures)) WHERE "row" = 3')
    ran = run("verify", published, "--json")
    msgspec.convert(ran.json, Verified, strict=True)
    assert (ran.code, ran.json["ok"], ran.json["head"]) == (1, False, None)
    assert ran.json["problem"]["kind"] == "current"
    assert "region R4, unit R4, column CPP holds 0, but by the journal 1191" in ran.json["problem"]["text"]
    assert "NOT as it was written" in run("verify", published).out


def test_a_rewritten_event_is_named(run: Run, published: Path):
    run("enter", published, "--region", "R5", "CPP=1")
    sql = "DROP TRIGGER journal_no_update; UPDATE journal SET operator = 'Nobody' WHERE seq = 2;"
    with closing(sqlite3.connect(published)) as connection:
        trigger = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_no_update'").fetchone()[0]
        connection.executescript(sql + trigger)
    ran = run("verify", published, "--json")
    assert (ran.code, ran.json["events"]) == (1, 1)
    assert (ran.json["problem"]["kind"], ran.json["problem"]["event"]) == ("chain", 2)


def test_other_commands_do_not_use_a_changed_file(run: Run, published: Path):
    change(published, 'UPDATE current SET figures = zeroblob(length(figures)) WHERE "row" = 3')
    for words in (["results", published], ["check", published], ["enter", published, "--region", "R1", "CPP=1"]):
        ran = run(*words, "--json")
        assert (ran.code, ran.json["error"]["code"]) == (3, "tampered")


def test_a_file_cut_short(run: Run, published: Path):
    with published.open("r+b") as file:
        file.truncate(20_000)
    ran = run("verify", published, "--json")
    assert (ran.code, ran.json["problem"]["kind"]) == (1, "damaged")
    ran = run("results", published, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "damaged")
