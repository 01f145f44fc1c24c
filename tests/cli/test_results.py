from pathlib import Path

import msgspec
import openpyxl
import pytest

from tally_app.cli.results import Results
from tally_app.storage.tally_file import TallyFile
from tests.cli.conftest import Run

PARTIES = ["CPP", "KWP", "FUN", "NPP"]
# 2024 as published: votes, then seats, by region and party.
VOTES = {
    "R1": (817, 88, 1, 0),
    "R2": (1121, 239, 1, 4),
    "R3": (779, 130, 4, 12),
    "R4": (1191, 218, 1, 118),
    "R5": (1187, 148, 0, 2),
    "R6": (1161, 245, 1, 4),
    "R7": (1575, 151, 0, 15),
    "R8": (1501, 175, 11, 79),
}
SEATS = {
    "R1": (6, 0, 0, 0),
    "R2": (7, 1, 0, 0),
    "R3": (5, 0, 0, 0),
    "R4": (9, 1, 0, 0),
    "R5": (7, 0, 0, 0),
    "R6": (6, 1, 0, 0),
    "R7": (9, 0, 0, 0),
    "R8": (6, 0, 0, 0),
}
REGION_KEYS = (
    "key name seats_to_fill seats open_seats tie votes valid sums units begun complete settled lot problem signed_off"
)
CHAMBER_KEYS = (
    "seats open_seats votes valid shares sums units begun complete elected_seats total_seats appointed_seats majority"
    " signed_off"
)


def test_the_published_votes_give_the_published_seats(run: Run, published: Path):
    regions = {region["key"]: region for region in run("results", published, "--json").json["regions"]}
    assert {key: tuple(region["votes"].values()) for key, region in regions.items()} == VOTES
    assert {key: tuple(region["seats"].values()) for key, region in regions.items()} == SEATS


def test_the_chamber_as_published(run: Run, published: Path):
    chamber = run("results", published, "--json").json["chamber"]
    assert chamber["seats"] == {"CPP": 55, "KWP": 3, "FUN": 0, "NPP": 0}
    assert chamber["open_seats"] == 0
    assert chamber["votes"] == {"CPP": 9332, "KWP": 1394, "FUN": 19, "NPP": 234}
    assert chamber["valid"] == 10979
    assert chamber["shares"] == {"CPP": "85.00", "KWP": "12.70", "FUN": "0.17", "NPP": "2.13"}
    assert [chamber[key] for key in ("elected_seats", "total_seats", "appointed_seats", "majority")] == [58, 62, 4, 32]


def test_the_shape(run: Run, published: Path, blank: Path):
    for path in (published, blank):
        value = run("results", path, "--json").json
        msgspec.convert(value, Results, strict=True)
        assert list(value) == ["election", "training", "status", "regions", "chamber", "journal"]
        assert list(value["election"]) == ["key", "title", "date"]
        assert list(value["journal"]) == ["events", "head"]
        assert " ".join(value["chamber"]) == CHAMBER_KEYS
        for region in value["regions"]:
            assert " ".join(region) == REGION_KEYS
            assert list(region["seats"]) == list(region["votes"]) == PARTIES


def test_not_entered_is_null_and_not_zero(run: Run, published: Path):
    regions = run("results", published, "--json").json["regions"]
    assert [region["sums"]["invalid"] for region in regions] == [7, *[None] * 7]
    assert regions[0]["sums"]["NPP"] == 0


def test_the_journal_is_the_file_s(run: Run, published: Path):
    journal = run("results", published, "--json").json["journal"]
    with TallyFile.open(published, read_only=True) as file:
        assert journal == {"events": file.head.seq, "head": file.head.hash}


def test_an_empty_tally_has_every_seat_open(run: Run, blank: Path):
    value = run("results", blank, "--json").json
    assert value["chamber"]["open_seats"] == 58
    assert value["chamber"]["shares"] == dict.fromkeys(PARTIES)
    assert [region["begun"] for region in value["regions"]] == [0] * 8
    ran = run("results", blank)
    assert ran.code == 0
    assert "0/6" in ran.out


def test_a_tie_is_named_and_its_seat_open(run: Run, published: Path):
    run("enter", published, "--region", "R1", "CPP=50", "KWP=50", "FUN=0", "NPP=0")
    run("enter", published, "--region", "R3", "CPP=100", "KWP=100", "FUN=0", "NPP=0")  # 5 seats
    region = run("results", published, "--json").json["regions"][2]
    assert region["seats"] == {"CPP": 2, "KWP": 2, "FUN": 0, "NPP": 0}
    assert region["tie"] == {"parties": ["CPP", "KWP"], "seats": 1}
    assert region["open_seats"] == 1
    assert "Region 3: CPP and KWP are tied for 1 seat; a lot must be drawn." in run("results", published).out


def test_for_people(run: Run, published: Path):
    lines = run("results", published).out.splitlines()
    assert lines[0] == "Cambodian Senate election 2024, as published (2024-02-25)"
    assert "Region 4    9    1    0    0     0  10" in lines
    assert "Senate     55    3    0    0     0  58" in lines
    assert "Senate    9,332  1,394    19   234  10,979        7    8/8" in lines
    assert "62 seats: 58 elected, 4 appointed; a majority is 32." in lines


def test_a_workbook_of_the_results(run: Run, published: Path, tmp_path: Path):
    out = tmp_path / "results.xlsx"
    ran = run("results", published, "--xlsx", out, "--json")
    assert ran.json["journal"] == run("results", published, "--json").json["journal"]
    assert ran.json["path"] == str(out)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["Lists"].iter_rows()]
    assert [row[1:6:2] for row in rows[1:]] == [["CPP", 9332, 55], ["KWP", 1394, 3], ["FUN", 19, 0], ["NPP", 234, 0]]
    before = out.read_bytes()
    again = run("results", published, "--xlsx", out)
    assert (again.code, out.read_bytes()) == (3, before)
    assert f"{out}: There is already a file of this name" in again.err


@pytest.mark.parametrize("command", ["results", "check", "verify"])
def test_reading_while_somebody_writes(run: Run, published: Path, command: str):
    with TallyFile.open(published, operator="Vanna"):
        assert run(command, published, "--json").code == (1 if command == "check" else 0)


@pytest.mark.parametrize("command", ["results", "check", "verify"])
def test_reading_changes_no_byte(run: Run, published: Path, command: str):
    before = published.read_bytes()
    run(command, published)
    assert published.read_bytes() == before
    assert [path.name for path in published.parent.iterdir()] == [published.name]


@pytest.mark.parametrize("command", ["results", "check", "verify"])
def test_what_is_no_tally(run: Run, tmp_path: Path, command: str):
    other = tmp_path / "notes.txt"
    other.write_text("CPP 817\n" * 200)
    for path, code in ((other, "not-a-tally-file"), (tmp_path, "not-a-tally-file"), (tmp_path / "x", "no-such-file")):
        ran = run(command, path, "--json")
        assert (ran.code, ran.json["error"]["code"]) == (3, code)
        assert str(path) in ran.err
