"""From a file to PDFs: what is on the disk is what is read out of them again, and nothing half is left behind."""

import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tally_app.count.figures import Cell
from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.opening import create_tally
from tally_app.sheets import printing
from tally_app.sheets.batch import everything
from tally_app.sheets.content import Language
from tally_app.sheets.frame import Printing
from tally_app.sheets.marks import NotASheet, keywords, read_marks
from tally_app.sheets.printing import SUMS, BatchFailed, Press, read_sums, write_batch, write_sheet
from tally_app.sheets.recount_check import SheetRefused
from tally_app.sheets.request import Kind, NoSuchSheet, Request
from tally_app.storage.errors import DiskFull, FileAlreadyThere
from tally_app.storage.events import Head, Stamp
from tests.packs import make_pack
from tests.sheets.elections import AT, clock, make_file, open_file, random_file
from tests.sheets.reading import open_pdf, tables, tags

BOTH: tuple[Language, ...] = ("km", "en")
KINDS: tuple[tuple[Kind, str | None], ...] = (
    ("region", "R4"),
    ("chamber", None),
    ("trace", "R4"),
    ("findings", None),
    ("changes", None),
    ("forms", "R4"),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "published.tally"
    create_tally(path, "cambodia-senate-2024", training=False, stamp=Stamp(AT, "Dara", "test"))
    return path


def press_of(path: Path) -> Press:
    return Press(path, clock=clock, origin="test")


def request(kind: Kind = "region", region: str | None = "R4", **options: object) -> Request:
    return Request(kind, Printing("S. Chan", AT), region, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "region"), KINDS)
def test_it_is_an_archive_that_can_be_heard(published: Path, kind: Kind, region: str | None):
    """PDF/A-2a and PDF/UA-1 as far as can be read here: identifiers, title, language, tags, heads, fonts."""
    with press_of(published) as press:
        pdf = press.pdf(request(kind, region, languages=BOTH))
    with open_pdf(pdf) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert " · " in meta["dc:title"]
        assert opened.Root.Lang == "km"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.Root.MarkInfo.Marked
        assert "/Encrypt" not in opened.trailer
        assert "/JavaScript" not in opened.Root.get("/Names", {})
        fonts = [font for page in opened.pages for font in page.resources.get("/Font", {}).values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert "/ToUnicode" in font
    tree = tags(pdf)
    for table in tree.all("Table"):
        heads = list(table.all("TH"))
        assert heads
        assert all(row.inner for row in table.all("TR"))
    assert [tag.text for tag in tree.all("H1")] != []
    assert len(pdf) < (100_000 if kind == "region" else 200_000)


def test_heads_say_whose_column_or_row_they_are(published: Path):
    with press_of(published) as press:
        pdf = press.pdf(request())
    with open_pdf(pdf) as opened:
        scopes = {
            str(each.A.get("/Scope") if isinstance(each.A, pikepdf.Dictionary) else each.A[0].get("/Scope"))
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        }
    assert scopes == {"/Column", "/Row"}


def test_two_processes_make_the_same_bytes(published: Path, tmp_path: Path):
    made = []
    for name in ("one.pdf", "two.pdf"):
        target = tmp_path / name
        words = ["sheet", published, "--region", "R4", "--lang", "km,en", "--printed-at", "2024-02-26T08:00:00+07:00"]
        subprocess.run(
            [sys.executable, "-m", "tally_app", *map(str, words), "--operator", "S. Chan", "-o", str(target)],
            check=True,
            capture_output=True,
        )
        made.append(target.read_bytes())
    assert made[0] == made[1]
    with press_of(published) as press:
        assert press.pdf(request(languages=BOTH)) != made[0]  # another time of printing


@pytest.mark.parametrize("seed", range(100, 120))
def test_figures_of_a_random_election_are_those_of_its_file(tmp_path: Path, seed: int):
    path = random_file(tmp_path / "random.tally", seed)
    document = open_file(path)
    document.close()
    with press_of(path) as press:
        for region in press.document.election.regions:
            rows = [row for table in tables(press.pdf(request(region=region.key))) for row in table]
            position = press.document.election.region_index[region.key]
            assert_seats(press.document, position, rows)
            if len(region.units) > 1:
                assert_units(press.document, position, rows)


def assert_seats(document: Document, region: int, rows: list[list[str]]) -> None:
    election, result = document.election, document.live.committed_region(region)
    for party, stands in enumerate(election.standing[region]):
        if not stands:
            continue
        definition = election.parties[party]
        (row,) = (row for row in rows if row[1:2] == [definition.name.en])
        votes = result.sums[election.party_columns[party]]
        share = percentage(votes, result.valid) if votes is not None and result.valid else ""
        shown = [str(definition.ballot), written(votes), share, str(result.allocation.seats[party])]
        assert [row[0], *row[2:]] == shown


def assert_units(document: Document, region: int, rows: list[list[str]]) -> None:
    election, result = document.election, document.live.committed_region(region)
    width = len(election.columns)
    for unit in election.rows(region):
        found = [cell for row in rows if row[0] == election.unit(unit).name.en for cell in row[1:]]
        assert found[:width] == [written(value) for value in document.book.row(unit)]
    (total,) = (row for row in rows if row[0] == "Total" and len(row) > width)
    assert total[1 : width + 1] == [written(value) for value in result.sums]


def written(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def test_the_file_is_printed_and_not_what_somebody_types(tmp_path: Path):
    path = make_file(tmp_path / "open.tally", make_pack())
    document = open_file(path)
    document.commit(document.edit_cells("enter", {Cell(0, 2): 41}))
    document.draft(Cell(0, 2), 4177)
    with press_of(path) as press:
        rows = [cell for table in tables(press.pdf(request(region="R1"))) for row in table for cell in row]
    document.close()
    assert "41" in rows
    assert "4,177" not in rows


def test_a_sheet_with_another_figure_is_not_made(published: Path, monkeypatch: pytest.MonkeyPatch):
    with press_of(published) as press:
        row = press.document.book._values[3]  # as an error in the books would
        row[press.document.election.column_index["CPP"]] += 1
        press.document.book._counters = press.document.book._count_all()
        press.document.live._regions[3] = press.document.live._result(3)[0]
        monkeypatch.setattr(printing, "typeset_booklet", lambda *_: pytest.fail("it was typeset"))
        with pytest.raises(SheetRefused, match=r"votes in R4 it says 1,529.*make it 1,528"):
            press.pdf(request())


def test_there_is_no_sheet_of_a_region_that_there_is_not(published: Path):
    with press_of(published) as press, pytest.raises(NoSuchSheet):
        press.pdf(request(region="R99"))


def test_marks_are_read_as_they_were_written():
    wanted = Request("trace", Printing('Sok, "x" <&> ចាន់', AT), "R4", None, ("km",), "us-letter", khmer_digits=True)
    assert written_and_read(wanted) == (wanted,)


def test_marks_of_several_sheets_are_read_as_they_were_written():
    printing = Printing("Sok/Chan, 100 %", AT)
    wanted = (
        Request("region", printing, "R/4, %2F", None, BOTH),
        Request("forms", printing, "R4", "U 1/2", ("km",), "us-letter", khmer_digits=True),
        Request("chamber", printing),
    )
    assert written_and_read(*wanted) == wanted


def written_and_read(*wanted: Request) -> tuple[Request, ...]:
    words = ", ".join(keywords("a" * 64, Head(12, "b" * 64), wanted))
    xmp = words.replace("&", "&amp;").replace("<", "&lt;")
    marks = read_marks(f"%PDF-1.7 <pdf:Keywords>{xmp}</pdf:Keywords>".encode())
    assert (marks.definition, marks.head) == ("a" * 64, (12, "b" * 64))
    return marks.requests


def test_marks_of_a_sheet_that_an_earlier_version_made():
    words = (
        f"election-tally-sheet, definition={'a' * 64}, event=12, head={'b' * 64},"
        " maker=election-tally 0.1%2C typst 0.15, kind=region, region=R4, unit=, languages=km en, paper=a4,"
        " digits=european, printed-by=S. Chan, printed-at=2024-02-25T22:14:03+00:00"
    )
    marks = read_marks(f"%PDF-1.7 <pdf:Keywords>{words}</pdf:Keywords>".encode())
    assert marks.requests == (request(languages=BOTH),)


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.7 <pdf:Keywords>fiction</pdf:Keywords>",
        b"%PDF-1.7 <pdf:Keywords>election-tally-sheet, event=x</pdf:Keywords>",
        b"%PDF-1.7 <pdf:Keywords>election-tally-sheets, event=1, definition="
        + b"a" * 64
        + b", head="
        + b"b" * 64
        + b", maker=m, printed-by=x, printed-at=2024-02-25T22:14:03+00:00</pdf:Keywords>",
        b"<pdf:Keywords>election-tally-sheet</pdf:Keywords>",
    ],
)
def test_what_bears_no_marks(pdf: bytes):
    with pytest.raises(NotASheet):
        read_marks(pdf)


def test_a_batch_lists_its_hashes_as_sha256sum_does(published: Path, tmp_path: Path):
    folder = tmp_path / "sheets"
    with press_of(published) as press:
        planned = everything(press.document.election, ("region", "chamber"), request())
        written = write_batch(folder, ((name, press.pdf(wanted)) for name, wanted in planned))
    assert [each.path.name for each in written] == [*(f"region-R{n}.pdf" for n in range(1, 9)), "chamber.pdf"]
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=folder, check=True, capture_output=True)
    assert len(read_sums(folder / SUMS)) == 9


def test_a_second_batch_keeps_the_hashes_of_other_files(tmp_path: Path):
    write_batch(tmp_path, [("a.pdf", b"a"), ("b.pdf", b"b")])
    before = read_sums(tmp_path / SUMS)
    with pytest.raises(FileAlreadyThere):
        write_batch(tmp_path, [("b.pdf", b"B")])
    assert (tmp_path / "b.pdf").read_bytes() == b"b"
    write_batch(tmp_path, [("b.pdf", b"B")], overwrite=True)
    after = read_sums(tmp_path / SUMS)
    assert after["a.pdf"] == before["a.pdf"]
    assert after["b.pdf"] != before["b.pdf"]


def test_a_disk_that_fails_leaves_no_half_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fail_after(monkeypatch, 0)
    with pytest.raises(DiskFull):
        write_sheet(tmp_path / "R4.pdf", b"%PDF-1.7")
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_fails_in_the_middle_says_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fail_after(monkeypatch, 2, "c.pdf")
    with pytest.raises(BatchFailed) as failed:
        write_batch(tmp_path, [(f"{name}.pdf", name.encode()) for name in "abcd"])
    assert [each.path.name for each in failed.value.written] == ["a.pdf", "b.pdf"]
    assert [path.name for path in failed.value.missing] == ["c.pdf", "d.pdf"]
    assert failed.value.sums
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", "b.pdf", SUMS}
    assert set(read_sums(tmp_path / SUMS)) == {"a.pdf", "b.pdf"}


def test_a_batch_whose_hashes_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fail_after(monkeypatch, 0, SUMS)
    with pytest.raises(BatchFailed) as failed:
        write_batch(tmp_path, [("a.pdf", b"a")])
    assert failed.value.missing == ()
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf"}


def fail_after(monkeypatch: pytest.MonkeyPatch, good: int, name: str = "") -> None:
    """Let the disk be full when a file is synced: after so many good ones, or where its name is this."""
    import errno

    from tally_app.storage import place

    synced = []
    sync = place._sync

    def full(path: Path) -> None:
        synced.append(path)
        wanted = re.sub(r"^\.(.*)\.[0-9a-f]{8}\.part$", r"\1", path.name)
        if (name and wanted == name) or (not name and len(synced) > good):
            raise OSError(errno.ENOSPC, "full", str(path))
        sync(path)

    monkeypatch.setattr(place, "_sync", full)
