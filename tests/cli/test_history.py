from datetime import datetime
from pathlib import Path

import msgspec

from tally_app.cli.history import History
from tests.cli.conftest import Run


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
