from pathlib import Path

import msgspec
import pytest

from tally_app.cli.lot import LotKept
from tally_app.storage.errors import DiskFull
from tally_app.storage.tally_file import TallyFile
from tests.cli.conftest import Run

AT = ("--at", "2024-02-25 23:40")
DRAWN = ("--drawn-by", "Sok Chan", *AT)
KWP = ("--region", "R5", "--won", "KWP", *DRAWN)
RECORD = {
    "tied": ["CPP", "KWP"],
    "seats": 1,
    "won": {"KWP": 1},
    "votes": {"CPP": 1400, "KWP": 200},
    "drawn_by": "Sok Chan",
    "drawn_at": "2024-02-25 23:40",
    "witnesses": ["Chea Dara", "Kim Ny"],
    "note": "a coin",
}


@pytest.fixture
def tied(run: Run, published: Path) -> Path:
    """1400 ÷ 7 = 200 ÷ 1 for the last seat of Region 5."""
    assert run("enter", published, "--region", "R5", "CPP=1400", "KWP=200").code == 0
    return published


def region(run: Run, path: Path) -> dict[str, object]:
    found: dict[str, object] = run("results", path, "--json").json["regions"][4]
    return found


def test_a_lot_is_recorded_and_in_the_results(run: Run, tied: Path):
    ran = run("lot", tied, *KWP, "--witness", "Chea Dara", "--witness", "Kim Ny", "--note", "a coin", "--json")
    value = msgspec.convert(ran.json, LotKept, strict=True)
    assert (ran.code, value.event, value.old, value.operator) == (0, 4, None, "Dara")
    assert ran.json["new"] == RECORD
    assert (value.before.open_seats, value.result.open_seats) == (1, 0)
    assert value.result.seats == {"CPP": 6, "KWP": 1, "FUN": 0, "NPP": 0}
    now = region(run, tied)
    assert now["lot"] == RECORD
    assert now["settled"] == [{"parties": ["CPP", "KWP"], "seats": 1, "policy": "lot", "won": {"KWP": 1}}]
    assert (now["tie"], now["problem"]) == (None, None)
    assert run("verify", tied).code == 0


def test_people_read_how_the_tie_was_settled(run: Run, tied: Path):
    told = "1 seat among CPP (1,400 votes) and KWP (200 votes) went to KWP; drawn by Sok Chan on 2024-02-25 23:40"
    assert run("lot", tied, *KWP).out.splitlines() == [
        f"Region 5: {told}",
        "saved as event 4",
        "Seats: CPP 6, KWP 1, FUN 0, NPP 0",
    ]
    assert f"Region 5: by lot, {told}" in run("results", tied).out.splitlines()


def test_it_is_corrected_and_removed(run: Run, tied: Path):
    run("lot", tied, *KWP)
    corrected = run("lot", tied, "--region", "region 5", "--won", "cpp=1", *DRAWN, "--json").json
    assert (corrected["old"]["won"], corrected["new"]["won"]) == ({"KWP": 1}, {"CPP": 1})
    removed = run("lot", tied, "--region", "R5", "--remove", "--json").json
    assert (removed["old"]["won"], removed["new"], removed["result"]["open_seats"]) == ({"CPP": 1}, None, 1)
    assert region(run, tied)["lot"] is None
    again = run("lot", tied, "--region", "R5", "--remove")
    assert (again.code, "Nothing was changed." in again.out) == (0, True)
    assert run("verify", tied, "--json").json["events"] == 6


def test_a_lot_without_its_tie_is_told(run: Run, tied: Path):
    run("lot", tied, *KWP)
    run("enter", tied, "--region", "R5", "CPP=1500")
    now = region(run, tied)
    assert (now["settled"], now["lot"] is not None) == ([], True)
    assert any(line.startswith("Region 5: ") and "lot" in line for line in run("results", tied).out.splitlines())


def test_the_problem_of_a_region_without_votes(run: Run, blank: Path):
    assert {each["problem"] for each in run("results", blank, "--json").json["regions"]} == {"no-votes"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--region", "R4", "--won", "CPP", *DRAWN), "no-tie"),
        (("--region", "R5", "--won", "FUN", *DRAWN), "another-tie"),
        (("--region", "R5", "--won", "CPP", "--won", "KWP", *DRAWN), "not-an-outcome"),
        (("--region", "R5", "--won", "CPP=2", *DRAWN), "not-an-outcome"),
        (("--region", "R9", "--won", "CPP", *DRAWN), "bad-arguments"),
        (("--region", "R5", "--won", "XYZ", *DRAWN), "bad-arguments"),
        (("--region", "R5", "--won", "CPP=0", *DRAWN), "bad-arguments"),
        (("--region", "R5", "--won", "CPP=x", *DRAWN), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", "--won", "cpp", *DRAWN), "bad-arguments"),
        (("--region", "R5", *DRAWN), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", *AT), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", "--drawn-by", " ", *AT), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", "--drawn-by", "S" * 301, *AT), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", "--drawn-by", "Sok"), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", "--drawn-by", "Sok", "--at", "2024-02-30 23:40"), "bad-arguments"),
        (("--region", "R5", "--won", "CPP", "--drawn-by", "Sok", "--at", "2024-02-25 3:40"), "bad-arguments"),
        ((*KWP, "--witness", ""), "bad-arguments"),
        ((*KWP, *["--witness", "A"] * 51), "bad-arguments"),
        ((*KWP, "--remove"), "bad-arguments"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_changes(run: Run, tied: Path, words, code):
    ran = run("lot", tied, *words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, code)
    assert "Nothing was changed." in ran.err
    assert run("verify", tied, "--json").json["events"] == 3


def test_a_full_disk(run: Run, tied: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise DiskFull(tied)

    monkeypatch.setattr(TallyFile, "append_all", full)
    ran = run("lot", tied, *KWP, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "disk-full")
