import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tally_app.resources import resource
from tally_app.storage.tally_file import TallyFile
from tests.cli.conftest import Run


@pytest.mark.parametrize(("pack", "events"), [("cambodia-senate-2024", 2), ("cambodia-senate-2024-blank", 1)])
def test_a_bundled_pack_makes_a_tally(run: Run, tmp_path: Path, pack: str, events: int):
    path = tmp_path / "count.tally"
    ran = run("new", "--pack", pack, path, "--json")
    head = ran.json.pop("head")
    assert ran.code == 0
    assert ran.json == {
        "path": str(path),
        "pack": pack,
        "title": ran.json["title"],
        "training": False,
        "double_entry": False,
        "events": events,
        "head": head,
    }
    assert len(head) == 64
    assert run("verify", path).code == 0


def test_a_pack_of_ones_own(run: Run, tmp_path: Path):
    pack = tmp_path / "own.json"
    pack.write_bytes(resource("elections", "cambodia-senate-2024.json").read_bytes())
    ran = run("new", "--pack", pack, tmp_path / "own.tally")
    assert (ran.code, ran.err) == (0, "")
    assert "Cambodian Senate election 2024, as published (2 events)" in ran.out


def test_the_events_say_who_where_and_when(published: Path):
    with TallyFile.open(published, read_only=True) as file:
        events = list(file.events())
    assert [event.kind for event in events] == ["created", "figures"]
    for event in events:
        assert event.operator == "Dara"
        assert event.origin.startswith("command-line@")
        assert datetime.now(UTC) - datetime.fromisoformat(event.time) < timedelta(minutes=1)
    assert json.loads(events[1].payload)["gesture"] == "pack"


def test_the_option_names_the_operator_before_the_environment(run: Run, tmp_path: Path):
    path = tmp_path / "count.tally"
    run("new", "--pack", "cambodia-senate-2024", "--operator", "Sok", path)
    with TallyFile.open(path, read_only=True) as file:
        assert {event.operator for event in file.events()} == {"Sok"}


def test_training_is_for_ever(run: Run, tmp_path: Path):
    path = tmp_path / "practice.tally"
    assert "for TRAINING" in run("new", "--training", "--pack", "cambodia-senate-2024", path).out
    assert run("results", path, "--json").json["training"] is True
    assert "TRAINING" in run("results", path).out


def test_nothing_is_overwritten(run: Run, published: Path):
    before = published.read_bytes()
    ran = run("new", "--pack", "cambodia-senate-2024-blank", published, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "exists-already")
    assert published.read_bytes() == before


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path):
    ran = run("new", "--pack", "cambodia-senate-2024", tmp_path / "no" / "count.tally", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "no-such-folder")


def test_an_unknown_pack_names_the_known_ones(run: Run, tmp_path: Path):
    ran = run("new", "--pack", "cambodia", tmp_path / "count.tally", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (4, "bad-pack")
    assert "cambodia-senate-2024, cambodia-senate-2024-blank" in ran.err


def test_a_bad_pack_names_every_problem_and_leaves_no_file(run: Run, tmp_path: Path):
    pack = json.loads(resource("elections", "cambodia-senate-2024.json").read_bytes())
    pack["date"] = "2024-02-31"
    pack["regions"][1]["key"] = "R1"
    (tmp_path / "bad.json").write_text(json.dumps(pack))
    ran = run("new", "--pack", tmp_path / "bad.json", tmp_path / "count.tally")
    assert ran.code == 4
    assert "bad.json: $.date" in ran.err
    assert "bad.json: $.regions" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


@pytest.mark.parametrize("name", ["x" * 300, "a\udcff.json"], ids=["too long", "no Unicode"])
def test_a_strange_name_of_a_pack(run: Run, tmp_path: Path, name: str):
    assert run("new", "--pack", name, tmp_path / "count.tally").code == 4
