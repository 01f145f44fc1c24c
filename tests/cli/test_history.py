import json
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tally_app.cli.history import Exported, History
from tally_app.cli.moments import read_span
from tests.cli.conftest import Run
from tests.eventful import everything


def test_newest_first_with_sentence_and_payload(run: Run, published: Path):
    run("enter", published, "--region", "R5", "KWP=170", "--operator", "Sok Chea")
    value = run("history", published, "--json").json
    msgspec.convert(value, History, strict=True)
    assert [event["event"] for event in value["events"]] == [3, 2, 1]
    latest = value["events"][0]
    assert (latest["operator"], latest["kind"]) == ("Sok Chea", "figures")
    assert latest["sentence"] == "Region 5 · Region 5, whole region · KWP: 148 → 170"
    assert latest["payload"]["blocks"][0]["new"] == [[170]]
    assert latest["time"].endswith("Z")
    datetime.fromisoformat(latest["time"])


def test_for_people_it_is_a_table(run: Run, published: Path):
    run("enter", published, "--region", "R5", "KWP=170")
    header, *rows = run("history", published).out.splitlines()
    assert header.split() == ["No.", "Time", "Who", "What"]
    assert len(rows) == 3
    assert rows[0].startswith("3    20")
    assert rows[0].endswith("Dara  Region 5 · Region 5, whole region · KWP: 148 → 170")


def test_it_reads_only(run: Run, published: Path):
    before = published.read_bytes()
    assert run("history", published).code == 0
    assert published.read_bytes() == before


def test_no_file(run: Run, tmp_path: Path):
    assert run("history", tmp_path / "none.tally").code == 3


@pytest.fixture(scope="module")
def night(tmp_path_factory) -> Path:
    """A file in which an event of every kind happened."""
    night = everything(tmp_path_factory.mktemp("night") / "night.tally")
    night.document.close()
    return night.path


class TestFilters:
    @pytest.mark.parametrize(
        ("words", "kinds"),
        [
            (["--kind", "lot"], {"lot"}),
            (["--kind", "repair"], {"figures"}),
            (["--kind", "Undo"], {"figures", "settlement"}),
            (["--region", "chamber", "--kind", "signoff"], {"signoff"}),
            (["--unit", "Unit 2.1", "--kind", "explanation"], {"explanation"}),
            (["--region", "R1", "--unit", "R1-2"], {"figures", "second"}),
            (["--person", "kim ny"], {"signoff"}),
            (["--text", "SMUDGED"], {"settlement"}),
            (["--since", "2024-02-25T15:10:00Z", "--until", "2024-02-25T15:10:59Z"], {"second"}),
            (["--since", "2024-02-27"], set()),
        ],
    )
    def test_only_what_is_wanted(self, run: Run, night: Path, words: list[str], kinds: set[str]):
        events = run("history", night, *words, "--json").json["events"]
        assert {event["kind"] for event in events} == kinds
        assert len(events) < 10

    def test_all_of_them_must_hold(self, run: Run, night: Path):
        one = {e["event"] for e in run("history", night, "--person", "Sok", "--json").json["events"]}
        other = {e["event"] for e in run("history", night, "--region", "R2", "--json").json["events"]}
        both = run("history", night, "--person", "Sok", "--region", "R2", "--json").json["events"]
        assert {event["event"] for event in both} == one & other
        assert one & other
        assert one ^ other

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--region", "R9"], "--region R9: there is no such region; there are: R1 (Region 1)"),
            (["--unit", "nowhere"], "--unit nowhere: no region has such a unit"),
            (["--region", "R1", "--unit", "R2-1"], "there is no such unit; there are: R1-1 (Unit 1.1)"),
            (["--person", "Nobody"], "there is no such person; there are: Dara, Kim Ny, Sok, Sok Chan, Vanna"),
            (["--kind", "beauty"], "there is no such kind; there are: created, enter, explanation, figures"),
            (["--since", "yesterday"], "--since yesterday: this is no time that can be used"),
            (["--until", "2024-02-30"], "this is no time that can be used"),
        ],
    )
    def test_what_is_not_there_is_named(self, run: Run, night: Path, words: list[str], said: str):
        ran = run("history", night, *words)
        assert ran.code == 2
        assert said in ran.err

    def test_nothing_found_is_said(self, run: Run, night: Path):
        ran = run("history", night, "--text", "zzz")
        assert (ran.code, ran.out) == (0, "Nothing of this kind happened.\n")


class TestExport:
    def test_both_at_once(self, run: Run, night: Path, tmp_path: Path):
        table, log = tmp_path / "night.csv", tmp_path / "night.json"
        ran = run("history", night, "--csv", table, "--nist", log, "--kind", "lot", "--json")
        msgspec.convert(ran.json, Exported, strict=True)
        assert [(each["format"], each["events"]) for each in ran.json["files"]] == [("csv", 2), ("nist-sp-1500-101", 2)]
        assert ran.json["events"] > 30
        assert table.read_bytes().startswith(b"\xef\xbb\xbfevent,time,person,")
        assert len(table.read_text("utf-8-sig").splitlines()) == 3
        events = json.loads(log.read_text("utf-8"))["Device"][0]["Event"]
        assert {event["Type"] for event in events} == {"lot"}

    def test_the_reader_is_told_about_apostrophes(self, run: Run, night: Path, tmp_path: Path):
        ran = run("history", night, "--csv", tmp_path / "night.csv")
        assert "night.csv: 34 of 34 events" in ran.out
        assert "has an apostrophe (') before it" in ran.out

    def test_nothing_is_overwritten_and_nothing_half_done(self, run: Run, night: Path, tmp_path: Path):
        table, log = tmp_path / "night.csv", tmp_path / "night.json"
        log.write_text("mine")
        ran = run("history", night, "--csv", table, "--nist", log, "--json")
        assert (ran.code, ran.json["error"]["code"]) == (3, "exists-already")
        assert not table.exists()
        assert log.read_text() == "mine"


class TestAsOf:
    def test_results_of_a_past_moment(self, run: Run, published: Path):
        now = run("results", published, "--json").json
        run("enter", published, "--region", "R5", "KWP=170")
        assert run("results", published, "--json").json["regions"] != now["regions"]
        assert run("results", published, "--as-of", "2", "--json").json == now
        out = run("results", published, "--as-of", "2").out
        assert "As of no. 2, 20" in out
        assert ": what came later is left out.\n\nCambodian Senate" in out
        assert run("results", published, "--as-of", "2999-01-01", "--json").json["journal"]["events"] == 3

    def test_findings_of_a_past_moment(self, run: Run, published: Path):
        now = run("check", published, "--json")
        run("enter", published, "--region", "R4", "CPP=1911")
        ran = run("check", published, "--as-of", "2", "--json")
        assert (ran.code, ran.json) == (now.code, now.json)
        assert run("check", published, "--json").json["findings"] != now.json["findings"]
        assert run("check", published, "--as-of", "2").out.startswith("As of no. 2, 20")

    @pytest.mark.parametrize(
        ("moment", "said"),
        [
            ("0", "there is no such event; the last one is 2"),
            ("3", "there is no such event; the last one is 2"),
            ("1999-12-31", "there was no event yet at that time"),
            ("noon", "this is no time that can be used"),
        ],
    )
    def test_a_moment_that_never_was(self, run: Run, published: Path, moment: str, said: str):
        ran = run("results", published, "--as-of", moment)
        assert ran.code == 2
        assert said in ran.err


@pytest.mark.parametrize(
    ("text", "start", "length"),
    [
        ("2024-02-25T22:14:03.5Z", "2024-02-25T22:14:03.500000+00:00", timedelta(milliseconds=100)),
        ("2024-02-25 22:14:03Z", "2024-02-25T22:14:03+00:00", timedelta(seconds=1)),
        ("2024-02-25 22:14+07:00", "2024-02-25T22:14:00+07:00", timedelta(minutes=1)),
    ],
)
def test_a_time_is_as_long_as_it_is_written(text: str, start: str, length: timedelta):
    span = read_span("--since", text)
    assert span.start == datetime.fromisoformat(start)
    assert span.end == span.start + length - timedelta(microseconds=1)


def test_a_time_without_a_zone_is_this_computers():
    day = read_span("--until", "2024-02-25")
    assert (day.start, day.end - day.start) == (datetime(2024, 2, 25).astimezone(), timedelta(days=1, microseconds=-1))
    assert read_span("--since", "2024-02-25 22:14").start == datetime(2024, 2, 25, 22, 14).astimezone()
