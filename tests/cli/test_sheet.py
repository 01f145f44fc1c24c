"""``sheet`` and ``verify-sheet``, as a person types them."""

from pathlib import Path

import pytest

from tally_app.cli.exits import Exit
from tally_app.sheets import typeset
from tally_app.sheets.printing import SUMS
from tally_app.storage import place
from tests.cli.conftest import Run

AT = ("--printed-at", "2024-02-26T08:00:00+07:00")


def test_a_sheet_of_a_region(run: Run, published: Path, tmp_path: Path):
    out = tmp_path / "R4.pdf"
    ran = run(
        "sheet", published, "--kind", "region", "--region", "Region 4", "--lang", "km,en", *AT, "-o", out, "--json"
    )
    assert ran.code == 0
    assert [file["path"] for file in ran.json["files"]] == [str(out)]
    assert ran.json["files"][0]["region"] == "R4"
    assert ran.json["files"][0]["bytes"] == out.stat().st_size
    assert ran.json["printed_at"] == "2024-02-26T08:00:00+07:00"
    assert ran.json["event"] == 2


def test_the_chamber_where_no_region_is_named(run: Run, published: Path, tmp_path: Path):
    ran = run("sheet", published, "-o", tmp_path / "senate.pdf", *AT, "--json")
    assert ran.json["files"][0]["kind"] == "chamber"


@pytest.mark.parametrize("kind", ["trace", "findings", "changes", "forms"])
def test_every_other_kind(run: Run, published: Path, tmp_path: Path, kind: str):
    ran = run("sheet", published, "--kind", kind, "--region", "R4", "-o", tmp_path / "out.pdf", *AT)
    assert ran.code == 0, ran.err


def test_options_change_the_sheet_and_the_same_options_do_not(run: Run, published: Path, tmp_path: Path):
    options = [
        (),
        (),
        ("--paper", "letter"),
        ("--lang", "km"),
        ("--lang", "km", "--khmer-digits"),
        ("--operator", "Sok"),
    ]
    made = []
    for number, option in enumerate(options):
        assert run("sheet", published, "--region", "R4", *option, *AT, "-o", tmp_path / f"{number}.pdf").code == 0
        made.append((tmp_path / f"{number}.pdf").read_bytes())
    assert made[0] == made[1]
    assert len(set(made)) == len(options) - 1


def test_all_of_them_with_their_hashes(run: Run, published: Path, tmp_path: Path):
    folder = tmp_path / "sheets"
    ran = run("sheet", published, "--all", *AT, "-o", folder)
    assert ran.code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [SUMS, "chamber.pdf", *(f"region-R{number}.pdf" for number in range(1, 9))]
    )
    again = run("sheet", published, "--all", *AT, "-o", folder)
    assert again.code == Exit.FILE
    assert "already a file" in again.err
    assert run("sheet", published, "--all", *AT, "-o", folder, "--overwrite").code == 0


def test_all_of_them_in_one_pdf(run: Run, published: Path, tmp_path: Path):
    out = tmp_path / "all.pdf"
    ran = run("sheet", published, "--all", "--joined", "--lang", "km,en", *AT, "-o", out, "--json")
    assert ran.code == 0
    (file,) = ran.json["files"]
    assert [each["region"] for each in file["sheets"]] == [*(f"R{number}" for number in range(1, 9)), None]
    assert (file["kind"], file["region"], ran.json["sums"]) == (None, None, None)
    assert file["bytes"] == out.stat().st_size
    assert list(tmp_path.glob("*.pdf")) == [out]
    again = run("sheet", published, "--all", "--joined", *AT, "-o", out)
    assert again.code == Exit.FILE


def test_any_choice_of_sheets_and_languages_in_one_pdf(run: Run, published: Path, tmp_path: Path):
    kinds = ("--kind", "chamber", "--kind", "region", "--kind", "trace")
    regions, languages = ("--region", "Region 4", "--region", "R1"), ("--lang", "km", "--lang", "en,km")
    words = ("sheet", published, "--joined", *kinds, *regions, *languages, "--khmer-digits", *AT)
    ran = run(*words, "-o", tmp_path / "some.pdf", "--json")
    found = [(each["kind"], each["region"], *each["languages"]) for each in ran.json["files"][0]["sheets"]]
    assert found == [
        (kind, region, *each)
        for kind, region in (("region", "R4"), ("trace", "R4"), ("region", "R1"), ("trace", "R1"), ("chamber", None))
        for each in (("km",), ("en", "km"))
    ]
    told = run("verify-sheet", tmp_path / "some.pdf", published)
    assert told.code == 0
    assert told.out.count("CURRENT") == len(found)


def test_what_there_is_not_is_left_out_of_a_joined_pdf(run: Run, published: Path, tmp_path: Path):
    words = ("sheet", published, "--all", "--joined", *AT, "-o", tmp_path / "all.pdf", "--json")
    ran = run(*words, "--kind", "lot", "--kind", "trace")
    assert len(ran.json["skipped"]) == len(ran.json["files"][0]["sheets"]) == 8
    none = run(*words, "--kind", "lot", "--overwrite")
    assert (none.code, none.json["error"]["code"]) == (Exit.USAGE, "no-sheets")


def test_what_there_is_not_is_told_and_does_not_stop_the_others(run: Run, published: Path, tmp_path: Path):
    ran = run("sheet", published, "--all", "--kind", "lot", *AT, "-o", tmp_path / "lots", "--json")
    assert ran.code == 0
    assert ran.json["files"] == []
    assert [each["region"] for each in ran.json["skipped"]] == [f"R{number}" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--region", "R99"), "bad-arguments", "R99"),
        (("--kind", "region"), "no-region", "name it"),
        (("--kind", "chamber", "--region", "R4"), "only-chamber", "name none"),
        (("--kind", "lot", "--region", "R4"), "no-lot", "no open tie"),
        (("--kind", "forms", "--region", "R4", "--unit", "nowhere"), "bad-arguments", "nowhere"),
        (("--kind", "forms", "--unit", "R4"), "bad-arguments", "--region"),
        (("--lang", "fr"), "bad-arguments", "km,en"),
        (("--lang", "en,en"), "bad-arguments", "km,en"),
        (("--khmer-digits",), "bad-arguments", "--lang km"),
        (("--printed-at", "noon"), "bad-arguments", "no time"),
        (("--all", "--region", "R4"), "usage", "not both"),
        (("--region", "R4", "--region", "R5"), "usage", "--joined"),
        (("--lang", "km", "--lang", "en"), "usage", "--joined"),
        (("--joined", "--kind", "forms", "--region", "R4", "--region", "R5", "--unit", "R4"), "usage", "one --region"),
        (("--joined", "--kind", "region", "--kind", "lot", "--region", "R4"), "no-lot", "no open tie"),
    ],
)
def test_arguments_that_cannot_be_used(
    run: Run, published: Path, tmp_path: Path, words: tuple[str, ...], code: str, told: str
):
    out = tmp_path / "out.pdf"
    ran = run("sheet", published, *words, "-o", out, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (Exit.USAGE, code)
    assert told in ran.json["error"]["message"]
    assert not out.exists()


def test_a_tally_is_never_overwritten_by_a_sheet(run: Run, published: Path):
    before = published.read_bytes()
    assert run("sheet", published, "--overwrite", "-o", published, *AT).code == Exit.FILE
    assert published.read_bytes() == before


def test_a_full_disk_says_what_is_there(run: Run, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sync = place._sync

    def full(path: Path) -> None:
        if "region-R3" in path.name:
            raise OSError(28, "full", str(path))
        sync(path)

    monkeypatch.setattr(place, "_sync", full)
    ran = run("sheet", published, "--all", "--kind", "region", *AT, "-o", tmp_path / "sheets", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (Exit.FILE, "disk-full")
    message = ran.json["error"]["message"]
    assert "listed with their hashes: region-R1.pdf and region-R2.pdf" in message
    assert "Not written: region-R3.pdf" in message


def test_a_training_file_says_so(run: Run, tmp_path: Path):
    path = tmp_path / "practice.tally"
    run("new", "--pack", "cambodia-senate-2024-blank", "--training", path)
    ran = run("sheet", path, "--region", "R4", *AT, "-o", tmp_path / "R4.pdf")
    assert ran.out.startswith("TRAINING")


@pytest.fixture
def sheet(run: Run, published: Path, tmp_path: Path) -> Path:
    out = tmp_path / "R4.pdf"
    assert run("sheet", published, "--region", "R4", *AT, "-o", out).code == 0
    return out


def test_a_sheet_that_holds(run: Run, published: Path, sheet: Path):
    ran = run("verify-sheet", sheet, published)
    assert ran.code == Exit.DONE
    assert "CURRENT: nothing happened" in ran.out
    assert "byte for byte" in ran.out


def test_a_sheet_that_holds_no_longer(run: Run, published: Path, sheet: Path):
    run("enter", published, "--region", "R4", "CPP=1911")
    ran = run("verify-sheet", sheet, published)
    assert ran.code == Exit.OUTDATED
    assert "votes of CPP in R4: 1,191 on the sheet, 1,911 now" in ran.out
    value = run("verify-sheet", sheet, published, "--json").json
    assert value["standing"] == "outdated"
    assert {"figure": "votes", "place": "R4", "party": "CPP", "printed": "1,191", "now": "1,911"} in value["changed"]


def test_of_several_sheets_each_is_judged_and_the_worst_counts(run: Run, published: Path, blank: Path, tmp_path: Path):
    out = tmp_path / "all.pdf"
    run("sheet", published, "--all", "--joined", *AT, "-o", out)
    run("enter", published, "--region", "R4", "CPP=1911")
    ran = run("verify-sheet", out, published)
    assert ran.code == Exit.OUTDATED
    assert "Its marks: 9 sheets, printed by" in ran.out
    assert "region of R3, en: CURRENT: since then 1 event" in ran.out
    assert "region of R4, en: OUTDATED" in ran.out
    assert "votes of CPP in R4: 1,191 on the sheet, 1,911 now" in ran.out
    value = run("verify-sheet", out, published, "--json").json
    standings = {each["region"]: each["standing"] for each in value["sheets"]}
    assert [region for region, standing in standings.items() if standing == "outdated"] == ["R4", None]
    assert (value["standing"], value["kind"], value["region"]) == ("outdated", None, None)
    assert run("verify-sheet", out, blank).code == Exit.FOREIGN
    out.write_bytes(out.read_bytes()[:-1] + b"!")
    assert run("verify-sheet", out, published).code == Exit.ALTERED


def test_a_sheet_that_cannot_be_typeset_is_not_one_that_is_refused(
    run: Run, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(typeset, "_inputs", lambda *_: {"booklet": "{}"})
    ran = run("sheet", published, "--region", "R4", *AT, "-o", tmp_path / "R4.pdf", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (Exit.NOT_TYPESET, "typesetting-failed")
    assert not (tmp_path / "R4.pdf").exists()


def test_a_sheet_of_another_file(run: Run, blank: Path, sheet: Path):
    ran = run("verify-sheet", sheet, blank)
    assert ran.code == Exit.FOREIGN
    assert "FOREIGN" in ran.out


def test_a_sheet_that_somebody_changed(run: Run, published: Path, sheet: Path):
    content = bytearray(sheet.read_bytes())
    content[len(content) // 2] ^= 1
    sheet.write_bytes(content)
    ran = run("verify-sheet", sheet, published)
    assert ran.code == Exit.ALTERED
    assert "ALTERED" in ran.out


def test_a_file_that_is_no_sheet(run: Run, published: Path, tmp_path: Path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7")
    ran = run("verify-sheet", letter, published, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (Exit.FILE, "not-a-sheet")
    gone = run("verify-sheet", tmp_path / "gone.pdf", published, "--json")
    assert gone.code == Exit.FILE
