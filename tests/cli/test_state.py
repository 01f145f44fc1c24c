"""state and sources: what sources state, taken down from a table or one by one, and shown side by side."""

from pathlib import Path

import msgspec
import pytest

from tally_app.cli.sources import SourcesTold
from tally_app.cli.state import StatedKept
from tests.cli.conftest import Run

ONE = ("--source", "results table", "--figure", "votes", "--party", "CPP")
TABLE = """source;figure;party;value
Commission’s communiqué;votes;CPP;10,052
Commission’s communiqué;votes;KWP;1394
Commission’s communiqué;votes;FUN;19
Commission’s communiqué;votes;NPP;234
Commission’s communiqué;cast;;11730
Commission’s communiqué;registered;;11747
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "communiqué.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def stated(run: Run, file: Path, figure: str, party: str | None = None, *options: str):
    """What is stated of a figure by source."""
    value = run("sources", file, "--json", *options).json
    msgspec.convert({key: value[key] for key in value if key != "training"}, SourcesTold, strict=True)
    (found,) = (f for f in value["figures"] if (f["figure"], f["party"]) == (figure, party))
    return found


def events(run: Run, file: Path) -> int:
    count: int = run("verify", file, "--json").json["events"]
    return count


def test_the_communique_is_one_gesture(run: Run, published: Path, table: Path):
    ran = run("state", published, table, "--add-source", "--json")
    assert ran.code == 0
    value = {key: ran.json[key] for key in ran.json if key != "training"}
    msgspec.convert(value, StatedKept, strict=True)
    assert len(value["changes"]) == 6
    assert list(value["new_sources"].values()) == ["Commission’s communiqué"]
    (key,) = value["new_sources"]
    assert value["changes"][0] == {
        "source": key,
        "figure": "votes",
        "region": None,
        "unit": None,
        "party": "CPP",
        "old": None,
        "new": "10052",
    }
    votes = stated(run, published, "votes", "CPP")
    assert votes["stated"][key] == {"value": "10052", "difference": "-720", "findings": ["E202", "W207"]}
    assert votes["seat"] == {"size": 785, "votes": 13, "could": True}
    found = [f for f in run("check", published, "--json").json["findings"] if f["code"] == "E202"]
    assert sorted(f["facts"]["difference"] for f in found) == [720, 785]


def test_the_same_table_again_changes_nothing(run: Run, published: Path, table: Path):
    run("state", published, table, "--add-source")
    before = events(run, published)
    assert "nothing was changed" in run("state", published, table).out
    assert events(run, published) == before


def test_a_dry_run_changes_nothing_and_needs_no_right_to_write(run: Run, published: Path, table: Path):
    ran = run("state", published, table, "--add-source", "--dry-run")
    assert ran.out.endswith("6 figures would change; nothing was changed.\n")
    assert events(run, published) == 2


def test_an_unknown_source_is_named_and_how_it_is_added(run: Run, published: Path, table: Path):
    ran = run("state", published, table, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "bad-arguments")
    assert len(ran.json["error"]["arguments"]) == 6
    assert ran.err.splitlines()[0].startswith(
        "communiqué.csv: row 2, source “Commission’s communiqué”: there is no such"
    )
    assert "--add-source" in ran.err
    assert events(run, published) == 2


def test_one_wrong_row_and_nothing_of_the_table_is_taken(run: Run, published: Path, table: Path):
    table.write_text(TABLE + "results table;votes;XYZ;1\n", encoding="utf-8")
    ran = run("state", published, table, "--add-source")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "communiqué.csv: row 8, party “XYZ”: there is no such party; there are: CPP, KWP, FUN, NPP",
        "Nothing was changed.",
    ]
    assert events(run, published) == 2


def test_a_table_that_is_not_there(run: Run, published: Path, tmp_path: Path):
    ran = run("state", published, tmp_path / "no.csv", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "system-error")
    assert "no.csv" in ran.err


def test_one_figure_of_the_chamber_and_of_a_unit(run: Run, published: Path):
    ran = run("state", published, *ONE, "10,052")
    assert ran.out.splitlines()[1:] == [
        "results table  Chamber · CPP votes  10,117  →  10,052",
        "1 figure, saved as event 3",
    ]
    ran = run(
        "state", published, "--source", "article", "--figure", "turnout", "--region", "R5", "--unit", "R5", "៩៩,៨៦"
    )
    assert ran.code == 0
    assert stated(run, published, "turnout", None, "--region", "R5", "--unit", "R5")["stated"]["article"] == {
        "value": "99.86",
        "difference": None,
        "findings": [],
    }


def test_a_figure_of_a_new_source(run: Run, published: Path):
    new = ("--source", "Observers", "--figure", "cast")
    assert "--add-source" in run("state", published, *new, "11730").err
    assert run("state", published, *new, "11730", "--add-source").code == 0
    assert stated(run, published, "cast")["stated"]["observers"]["value"] == "11730"


def test_a_figure_is_removed(run: Run, published: Path):
    assert run("state", published, *ONE, "--remove").code == 0
    assert "results-table" not in stated(run, published, "votes", "CPP")["stated"]
    assert run("state", published, *ONE, "--remove", "--json").json["event"] is None


REFUSED = [
    ([], "TABLE.csv", "say which table"),
    (["--source", "article", "t.csv"], "--source", "goes with --figure"),
    (["t.csv", "--remove"], "--remove", "goes with --figure"),
    (["--figure", "cast", "1"], "--source", "who states it"),
    ([*ONE], "VALUE", "as it is printed"),
    ([*ONE, "5", "--remove"], "VALUE", "without one"),
    ([*ONE, "1.5"], "1.5", "whole numbers"),
    ([*ONE, ""], "VALUE", "--remove takes"),
    (["--source", "article", "--figure", "share", "--party", "CPP", "85."], "85.", "a percentage as printed"),
    (["--source", "article", "--figure", "seats", "--party", "CPP", "100001"], "100001", "larger than 100,000"),
    (["--source", "nobody", "--figure", "cast", "1"], "--source nobody", "no such source"),
    (["--source", "article", "--figure", "votes", "--party", "X", "1"], "--party X", "no such party"),
    (["--source", "article", "--figure", "cast", "--unit", "R5", "1"], "--unit R5", "say in which region"),
    (["--source", "article", "--figure", "cast", "--region", "R9", "1"], "--region R9", "no such region"),
    (["--source", "article", "--figure", "cast", "--region", "R5", "--unit", "R4", "1"], "--unit R4", "no such unit"),
]


@pytest.mark.parametrize(("words", "argument", "why"), REFUSED, ids=lambda value: str(value)[:40])
def test_bad_arguments_are_named(run: Run, published: Path, words: list[str], argument: str, why: str):
    ran = run("state", published, *words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "bad-arguments")
    (refused,) = ran.json["error"]["arguments"]
    assert refused["argument"] == argument
    assert why in refused["message"]
    assert events(run, published) == 2


def test_a_figure_that_nobody_can_state_there(run: Run, published: Path):
    words = ("--source", "article", "--figure", "seats", "--party", "CPP", "--region", "R5", "--unit", "R5", "7")
    ran = run("state", published, *words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "misplaced-figure")
    assert "leave the unit out" in ran.err


class TestSources:
    def test_for_people(self, run: Run, published: Path):
        lines = run("sources", published).out.splitlines()
        assert lines[0] == "Chamber"
        assert " ".join(lines[2].split()) == "Computed Results table Summary box Article Difference Can change a seat?"
        assert " ".join(lines[3].split()) == "CPP votes 9,332 10,117 −785 yes: 785 ≥ 13"
        assert "E202  The results table states 10,117 votes; the regions add up to 9,332 (785 fewer)." in lines

    def test_of_a_region_where_all_agree(self, run: Run, published: Path):
        lines = run("sources", published, "--region", "Region 4").out.splitlines()
        assert lines[0] == "Region 4"
        assert [line.split()[-1] for line in lines[3:]] == ["–"] * 8

    def test_where_nobody_states_anything(self, run: Run, published: Path):
        assert "Nobody states anything" in run("sources", published, "--region", "R4", "--unit", "R4").out

    def test_everything_as_a_table_that_state_reads(self, run: Run, published: Path, tmp_path: Path):
        out = run("sources", published, "--csv").out
        assert len(out.splitlines()) == 86
        path = tmp_path / "all.csv"
        path.write_text(out, encoding="utf-8")
        assert "nothing was changed" in run("state", published, path).out
        run("state", published, *ONE, "1")
        assert "1 figure, saved as event 4" in run("state", published, path).out

    @pytest.mark.parametrize("words", [["--region", "R9"], ["--unit", "R5"], ["--csv", "--region", "R5"]])
    def test_bad_arguments(self, run: Run, published: Path, words: list[str]):
        assert run("sources", published, *words).code == 2
