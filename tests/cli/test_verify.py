import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tally_app.cli.verify import Verified
from tests.cli.conftest import Run
from tests.eventful import everything
from tests.storage.making import forge


def change(path: Path, sql: str) -> None:
    """Do to the file what this program never does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def test_a_whole_file(run: Run, published: Path):
    ran = run("verify", published, "--json")
    msgspec.convert(ran.json, Verified, strict=True)
    head = run("results", published, "--json").json["journal"]["head"]
    assert (ran.code, ran.json) == (
        0,
        {"training": False, "ok": True, "events": 2, "head": head, "problem": None, "known": None},
    )
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


class TestHash:
    def test_the_last_event(self, run: Run, published: Path):
        head = run("verify", published, "--json").json["head"]
        ran = run("verify", published, "--hash", head[:8], "--json")
        msgspec.convert(ran.json, Verified, strict=True)
        known = ran.json["known"]
        assert (ran.code, known["event"], known["hash"], known["operator"]) == (0, 2, head, "Dara")
        assert (known["events_since"], known["changing_figures_since"], known["same_figures"]) == (0, 0, True)
        assert "It is the last event" in run("verify", published, "--hash", head).out

    def test_as_it_stands_on_a_sheet(self, run: Run, published: Path):
        head = run("verify", published, "--json").json["head"].upper()
        assert run("verify", published, "--hash", f"{head[:4]} {head[4:8]}").code == 0

    def test_what_changed_since(self, run: Run, published: Path):
        head = run("verify", published, "--json").json["head"]
        run("enter", published, "--region", "R5", "KWP=170", "--operator", "Sok")
        ran = run("verify", published, "--hash", head[:8])
        assert ran.code == 0
        assert "is that of event 2, " in ran.out
        assert "by Dara." in ran.out
        assert "1 event, one of which changed figures; the figures are NOT those of that moment." in ran.out
        run("enter", published, "--region", "R5", "KWP=148")
        ran = run("verify", published, "--hash", head[:8])
        assert "2 events, of which 2 changed figures; the figures are the same again now." in ran.out
        known = run("verify", published, "--hash", head[:8], "--json").json["known"]
        assert (known["events_since"], known["changing_figures_since"], known["same_figures"]) == (2, 2, True)

    def test_no_event_has_it(self, run: Run, published: Path):
        ran = run("verify", published, "--hash", "00000000", "--json")
        assert (ran.code, ran.json["ok"], ran.json["known"]) == (1, True, None)
        assert "No event of this file has the hash 00000000" in run("verify", published, "--hash", "00000000").out

    def test_of_a_file_that_is_not_whole_nothing_is_said(self, run: Run, published: Path):
        head = run("verify", published, "--json").json["head"]
        change(published, 'UPDATE current SET figures = zeroblob(length(figures)) WHERE "row" = 3')
        ran = run("verify", published, "--hash", head, "--json")
        assert (ran.code, ran.json["known"]) == (1, None)
        assert "nothing can be said" in run("verify", published, "--hash", head).out

    @pytest.mark.parametrize("text", ["", "1234567", "1234567g", "1" * 65])
    def test_what_is_no_hash_is_refused(self, run: Run, published: Path, text: str):
        ran = run("verify", published, "--hash", text, "--json")
        assert (ran.code, ran.json["error"]["code"]) == (2, "bad-arguments")


def test_each_event_of_a_night_with_every_kind_is_named_if_it_is_altered(run: Run, tmp_path: Path):
    night = everything(tmp_path / "night.tally")
    kinds = [event.kind for event in night.document._journal.events()]
    night.document.close()
    whole = night.path.read_bytes()
    for number in [kinds.index(kind) + 1 for kind in dict.fromkeys(kinds)]:
        night.path.write_bytes(whole)
        forge(night.path, f"UPDATE journal SET payload = payload || ' ' WHERE seq = {number}")
        problem = run("verify", night.path, "--json").json["problem"]
        assert (problem["kind"], problem["event"]) == ("chain", number)
