"""Whose is a sheet, is it as it was made, and does it still hold?"""

from pathlib import Path
from shutil import copyfile

import pytest

from tally_app.count.figures import Cell
from tally_app.document.publication import Publication, publication_edit
from tally_app.sheets import verifying
from tally_app.sheets.about import About
from tally_app.sheets.frame import Printing
from tally_app.sheets.marks import NotASheet
from tally_app.sheets.printing import SUMS, Press, write_batch, write_sheet
from tally_app.sheets.request import Kind, Request
from tally_app.sheets.verifying import Listed, Remade, Standing, Verdict, verify_sheet
from tests.packs import make_pack
from tests.sheets.elections import AT, clock, make_file, open_file


@pytest.fixture
def tally(tmp_path: Path) -> Path:
    path = make_file(tmp_path / "count.tally", make_pack(units=(2, 1)))
    for row in range(3):
        enter(path, row, 2, 100 + row)
    return path


def enter(path: Path, row: int, column: int, value: int | None) -> None:
    document = open_file(path)
    document.commit(document.edit_cells("enter", {Cell(row, column): value}))
    document.close()


def print_to(path: Path, tally: Path, kind: Kind = "region", region: str | None = "R1") -> Path:
    with Press(tally, clock=clock, origin="test") as press:
        write_sheet(path, press.pdf(Request(kind, Printing("S. Chan", AT), region)))
    return path


def verdict(pdf: Path, tally: Path) -> Verdict:
    return verify_sheet(pdf, tally, clock=clock, origin="test")


def test_a_sheet_of_just_now(tally: Path, tmp_path: Path):
    found = verdict(print_to(tmp_path / "R1.pdf", tally), tally)
    assert (found.standing, found.remade, found.listed) == (Standing.CURRENT, Remade.SAME, Listed.NO_LIST)
    assert found.events_since == 0


def test_what_happened_elsewhere_leaves_it_current(tally: Path, tmp_path: Path):
    pdf = print_to(tmp_path / "R1.pdf", tally)
    enter(tally, 2, 3, 77)  # in R2
    found = verdict(pdf, tally)
    assert (found.standing, found.events_since) == (Standing.CURRENT, 1)


def test_another_figure_makes_it_outdated_and_is_named(tally: Path, tmp_path: Path):
    pdf = print_to(tmp_path / "R1.pdf", tally)
    enter(tally, 0, 2, 250)
    found = verdict(pdf, tally)
    assert (found.standing, found.remade) == (Standing.OUTDATED, Remade.SAME)
    changed = {each.about: (each.printed, each.now) for each in found.differences}
    assert changed[About("votes", "R1", "A")] == ("201", "351")
    assert changed[About("votes", "R1/R1-1", "A")] == ("100", "250")


def test_a_figure_taken_back_makes_it_current_again(tally: Path, tmp_path: Path):
    pdf = print_to(tmp_path / "R1.pdf", tally)
    enter(tally, 0, 2, 250)
    enter(tally, 0, 2, 100)
    found = verdict(pdf, tally)
    assert (found.standing, found.events_since) == (Standing.CURRENT, 2)


def test_another_status_makes_it_outdated(tally: Path, tmp_path: Path):
    pdf = print_to(tmp_path / "chamber.pdf", tally, "chamber", None)
    document = open_file(tally)
    document.commit(publication_edit(document.records, Publication("provisional", "NEC"), chamber_signed=False))
    document.close()
    found = verdict(pdf, tally)
    assert found.standing is Standing.OUTDATED
    assert found.differences == ()


def test_a_sheet_of_another_count(tally: Path, tmp_path: Path):
    other = make_file(tmp_path / "other.tally", make_pack(units=(2, 1)))
    enter(other, 0, 2, 999)
    found = verdict(print_to(tmp_path / "R1.pdf", other), tally)
    assert (found.standing, found.remade) == (Standing.FOREIGN, None)  # the same pack, another journal


def test_a_sheet_of_another_election(tally: Path, tmp_path: Path):
    other = make_file(tmp_path / "other.tally", make_pack(("A", "X"), units=(2, 1)))
    assert verdict(print_to(tmp_path / "R1.pdf", other), tally).standing is Standing.FOREIGN


def test_a_sheet_from_a_later_moment_than_the_file_has(tally: Path, tmp_path: Path):
    before = tmp_path / "before.tally"
    copyfile(tally, before)
    enter(tally, 0, 2, 250)
    assert verdict(print_to(tmp_path / "R1.pdf", tally), before).standing is Standing.FOREIGN


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_a_byte_that_was_changed(tally: Path, tmp_path: Path, place: float):
    pdf = print_to(tmp_path / "R1.pdf", tally)
    content = bytearray(pdf.read_bytes())
    content[int(len(content) * place)] ^= 1
    pdf.write_bytes(content)
    assert verdict(pdf, tally).standing is Standing.ALTERED


def test_marks_of_another_moment(tally: Path, tmp_path: Path):
    """Somebody prints, corrects a figure, and lets the old sheet bear the new hash."""
    old = print_to(tmp_path / "old.pdf", tally).read_bytes()
    before = open_file(tally)
    head = before.head
    before.close()
    enter(tally, 0, 2, 250)
    after = open_file(tally)
    forged = old.replace(head.hash.encode(), after.head.hash.encode())
    forged = forged.replace(f"event={head.seq}".encode(), f"event={after.head.seq}".encode())
    after.close()
    (tmp_path / "forged.pdf").write_bytes(forged)
    assert verdict(tmp_path / "forged.pdf", tally).standing is Standing.ALTERED


def bind(path: Path, tally: Path, *wanted: tuple[Kind, str | None]) -> Path:
    """Print several sheets into one PDF."""
    with Press(tally, clock=clock, origin="test") as press:
        requests = [Request(kind, Printing("S. Chan", AT), region) for kind, region in wanted]
        write_sheet(path, press.booklet([(request, press.sheet(request)) for request in requests]))
    return path


ALL: tuple[tuple[Kind, str | None], ...] = (("region", "R1"), ("region", "R2"), ("trace", "R2"), ("chamber", None))


def test_every_sheet_of_a_joined_pdf_is_judged(tally: Path, tmp_path: Path):
    pdf = bind(tmp_path / "all.pdf", tally, *ALL)
    found = verdict(pdf, tally)
    assert (found.standing, found.remade) == (Standing.CURRENT, Remade.SAME)
    assert [(each.request.kind, each.request.region) for each in found.sheets] == list(ALL)
    enter(tally, 0, 2, 250)  # in R1
    found = verdict(pdf, tally)
    standings = [each.standing for each in found.sheets]
    assert standings == [Standing.OUTDATED, Standing.CURRENT, Standing.CURRENT, Standing.OUTDATED]
    assert (found.standing, found.remade) == (Standing.OUTDATED, Remade.SAME)
    assert About("votes", "R1", "A") in {each.about for each in found.sheets[0].differences}
    assert found.sheets[1].differences == ()


def test_a_joined_pdf_with_a_sheet_less(tally: Path, tmp_path: Path):
    """Somebody takes a sheet out of the marks, so that it is not looked at."""
    pdf = bind(tmp_path / "all.pdf", tally, *ALL)
    content = pdf.read_bytes()
    pdf.write_bytes(content.replace(b", sheet=region/R2//en/a4/european", b""))
    found = verdict(pdf, tally)
    assert [each.standing for each in found.sheets] == [Standing.ALTERED] * 3


def test_a_joined_pdf_of_another_count(tally: Path, tmp_path: Path):
    other = make_file(tmp_path / "other.tally", make_pack(units=(2, 1)))
    enter(other, 0, 2, 999)
    found = verdict(bind(tmp_path / "all.pdf", other, *ALL), tally)
    assert {each.standing for each in found.sheets} == {Standing.FOREIGN}


def test_the_worst_of_a_joined_pdf_of_another_version(tally: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pdf = bind(tmp_path / "all.pdf", tally, *ALL)
    pdf.write_bytes(pdf.read_bytes() + b"%")
    monkeypatch.setattr(verifying, "maker", lambda: "election-tally 9.9")
    assert verdict(pdf, tally).standing is Standing.UNPROVEN
    enter(tally, 0, 2, 250)
    found = verdict(pdf, tally)
    assert {each.standing for each in found.sheets} == {Standing.UNPROVEN, Standing.OUTDATED}
    assert found.standing is Standing.OUTDATED


def test_a_list_of_hashes_beside_it(tally: Path, tmp_path: Path):
    folder = tmp_path / "sheets"
    with Press(tally, clock=clock, origin="test") as press:
        pdf = press.pdf(Request("region", Printing("S. Chan", AT), "R1"))
    write_batch(folder, [("R1.pdf", pdf)])
    assert verdict(folder / "R1.pdf", tally).listed is Listed.SAME
    copyfile(folder / "R1.pdf", folder / "copy.pdf")
    assert verdict(folder / "copy.pdf", tally).listed is Listed.NOT_LISTED
    (folder / SUMS).write_text(f"{'0' * 64}  R1.pdf\n", encoding="utf-8")
    found = verdict(folder / "R1.pdf", tally)
    assert (found.standing, found.listed) == (Standing.ALTERED, Listed.OTHER)


def test_a_sheet_of_another_version(tally: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its bytes cannot be made again; without a list that knows them nothing is proven."""
    folder = tmp_path / "sheets"
    with Press(tally, clock=clock, origin="test") as press:
        pdf = press.pdf(Request("region", Printing("S. Chan", AT), "R1"))
    write_batch(folder, [("R1.pdf", pdf + b"%")])
    monkeypatch.setattr(verifying, "maker", lambda: "election-tally 9.9")
    found = verdict(folder / "R1.pdf", tally)
    assert (found.standing, found.remade) == (Standing.CURRENT, Remade.IMPOSSIBLE)
    (folder / SUMS).unlink()
    assert verdict(folder / "R1.pdf", tally).standing is Standing.UNPROVEN
    enter(tally, 0, 2, 250)
    assert verdict(folder / "R1.pdf", tally).standing is Standing.OUTDATED


def test_a_file_that_is_no_sheet(tally: Path, tmp_path: Path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7\nDear Sir")
    with pytest.raises(NotASheet):
        verdict(tmp_path / "letter.pdf", tally)
