"""The second count: it agrees with the first one where that is right, and no other figure gets past it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tally_app.allocation.margins import list_margins
from tally_app.count.figures import Cell as Place
from tally_app.count.figures import CellChange
from tally_app.document.document import Document
from tally_app.document.draw import draw_of
from tally_app.document.signing_off import sign_off
from tally_app.sheets.about import About, Fact
from tally_app.sheets.batch import everything
from tally_app.sheets.content import Beside, Block, Cell, Figure, Figures, HalfCircle, Paragraph, Row, Sheet, Table
from tally_app.sheets.frame import Printing
from tally_app.sheets.kinds import sheets_for
from tally_app.sheets.printing import Press
from tally_app.sheets.recount import Recount, recount
from tally_app.sheets.recount_check import QUOTED, SheetRefused, figures, refuse_differences
from tally_app.sheets.recount_figures import says
from tally_app.sheets.recount_margins import margin_holds
from tally_app.sheets.request import KINDS, Kind, NoSuchSheet, Request
from tests.packs import make_pack
from tests.sheets.elections import AT, METHODS, clock, make_file, open_file, random_file
from tests.sheets.making import explain, small_pack


def count_of(path: Path, document: Document) -> Recount:
    return recount(path, document.head, document.definition_sha256)


def request(kind: Kind, region: str | None, **options: object) -> Request:
    return Request(kind, Printing("Dara", AT), region, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(4 * len(METHODS)))
def test_seats_are_those_of_the_engine_by_another_way(tmp_path: Path, seed: int):
    path = random_file(tmp_path / "random.tally", seed)
    document = open_file(path)
    count = count_of(path, document)
    parties = [party.key for party in document.election.parties]
    for position, region in enumerate(document.election.regions):
        allocation = document.live.committed_region(position).allocation
        again = count.seats(region.key)
        assert dict(again.seats) == dict(zip(parties, allocation.seats, strict=True))
        assert again.open_seats == allocation.open_seats
    document.close()


@pytest.fixture
def several(tmp_path: Path) -> Iterator[tuple[Path, Document]]:
    """A file with two regions of three units, all entered."""
    path = make_file(tmp_path / "several.tally", make_pack(("A", "B", "C"), (3, 3), seats=4))
    document = open_file(path)
    for row in range(6):
        for column, value in enumerate((900, 700, 310 + 7 * row, 205 - row, 1100 // (row + 3), 12)):
            document.commit(document.edit_cells("enter", {Place(row, column): value}))
    yield path, document
    document.close()


def is_refused(sheet: Sheet, count: Recount, region: str | None) -> bool:
    try:
        refuse_differences(sheet, count, region)
    except SheetRefused:
        return True
    return False


def mutated(text: str) -> Iterator[str]:
    """Yield texts that a slip could make of a figure."""
    yield "" if text not in ("", "–") else "0"
    yield text + "1"
    if text[:1].isdigit() and text[:1] != "7":
        yield "7" + text[1:]


def one_wrong(sheet: Sheet) -> Iterator[tuple[Sheet, str]]:
    """Yield a sheet for every figure and every slip in it."""
    for place, block in enumerate(sheet.blocks):
        for wrong, what in wrong_blocks(block):
            yield replace(sheet, blocks=(*sheet.blocks[:place], wrong, *sheet.blocks[place + 1 :])), what


def wrong_blocks(block: Block) -> Iterator[tuple[Block, str]]:
    match block:
        case Beside():
            for left, what in wrong_blocks(block.left):
                assert isinstance(left, HalfCircle)
                yield replace(block, left=left), what
            for right, what in wrong_blocks(block.right):
                assert isinstance(right, Table)
                yield replace(block, right=right), what
        case HalfCircle():
            first, *rest = block.seats
            yield replace(block, seats=tuple(rest)), "a seat fewer"
            yield replace(block, seats=(replace(first, party=2), *rest)), "another's seat"
        case Figures():
            yield from wrong_figures(block)
        case Table():
            yield from wrong_tables(block)
        case Paragraph():
            yield from wrong_sentences(block)


def wrong_figures(block: Figures) -> Iterator[tuple[Block, str]]:
    for position, figure in enumerate(block.figures):
        if figure.about is None or figure.about.figure == QUOTED:
            continue
        for text in mutated(figure.value):
            wrong = replace(figure, value=text)
            yield replace(block, figures=_with(block.figures, position, wrong)), f"{figure.value} as {text}"


def wrong_sentences(block: Paragraph) -> Iterator[tuple[Block, str]]:
    for position, fact in enumerate(block.facts):
        for text in mutated(fact.text):
            words = tuple(each.replace(fact.text, text or "no") for each in block.words)
            facts = _with(block.facts, position, fact._replace(text=text))
            yield replace(block, words=words, facts=facts), f"{fact.text} as {text!r} in a sentence"
            if fact.text not in (text, text[:-1]):
                yield replace(block, words=words), f"{fact.text} as {text!r} in the words alone"


def wrong_tables(table: Table) -> Iterator[tuple[Table, str]]:
    for number, row in enumerate(table.rows):
        for position, cell in enumerate(row.cells):
            own = Cell((cell,)) if isinstance(cell, str) else cell
            single = Table((table.columns[position],), (Row((own,), about=row.about),))
            found = list(figures(Sheet("", (), "a4", False, None, (), (single,))))  # type: ignore[arg-type]
            if not found or found[0].about is None or found[0].about.figure == QUOTED:
                continue
            if found[0].about.figure == "quotient" and found[0].mark in ("won", "last", "next"):
                other = replace(own, mark="" if found[0].mark in ("won", "last") else "won")
                cells = _with(row.cells, position, other)
                marked = _with(table.rows, number, replace(row, cells=cells))
                yield replace(table, rows=marked), f"row {number}, column {position}: {own.mark} as {other.mark!r}"
            for text in mutated(found[0].text):
                if says(text, None) and says(found[0].text, None):
                    continue
                cells = _with(row.cells, position, replace(own, words=(text,)))
                rows = _with(table.rows, number, replace(row, cells=cells))
                yield replace(table, rows=rows), f"row {number}, column {position}: {found[0].text} as {text!r}"


def _with(items: tuple[Any, ...], position: int, item: object) -> tuple[Any, ...]:
    return (*items[:position], item, *items[position + 1 :])


@pytest.fixture
def signed(tmp_path: Path) -> Iterator[tuple[Path, Document]]:
    """A file with a tie that was drawn in Region 1, and a region that was signed, reopened and changed."""
    path = make_file(tmp_path / "signed.tally", small_pack())
    document = open_file(path)
    entered = ((260, 207, 150, 50, 3, 4), (240, 200, 150, 50, 0, 0), (100, 90, 90, 0, 0, 0), (100, 10, 8, 0, 1, 1))
    for row, line in enumerate(entered):
        for column, value in enumerate(line):
            document.commit(document.edit_cells("enter", {Place(row, column): value}))
    draw = draw_of(document.election, document.live.committed_region(0))
    assert draw is not None
    lot = draw.lot({"B": 1}, "Sok Chan", "2024-02-25 23:40", ["Chea Dara"], "from a hat")
    document.commit(document.edit_lot("R1", lot))
    explain(document, "as on the paper")
    document.commit(sign_off(document, "R2", "Kim Ny", "chair"))
    document.commit(document.signing.reopening_edit("R2"), reason="a form was read again")
    document.commit(document.edit_cells("enter", {Place(2, 2): 91}))
    document.work()
    yield path, document
    document.close()


@pytest.mark.parametrize(("kind", "region"), [("lot", "R1"), ("changes", "R2"), ("elected", None), ("trace", "R1")])
def test_a_slip_in_a_record_keeps_the_sheet_in_the_house(signed: tuple[Path, Document], kind: Kind, region: str | None):
    path, document = signed
    count = count_of(path, document)
    sheet = sheets_for(document, request(kind, region))
    refuse_differences(sheet, count, region)
    slips = list(one_wrong(sheet))
    assert len(slips) >= 5
    assert [what for wrong, what in slips if not is_refused(wrong, count, region)] == []


def test_the_records_figures_are_all_counted(signed: tuple[Path, Document]):
    _, document = signed
    compared = sheets_for(document, request("changes", "R2")).blocks[1]
    assert isinstance(compared, Table)
    assert {column.about.figure for column in compared.columns if column.about} == {
        "signed-votes",
        "signed-seats",
        "votes",
        "seats",
        "difference",
    }
    assert {"lot-votes", "lot-won"} <= {
        each.about.figure for each in figures(sheets_for(document, request("lot", "R1"))) if each.about
    }


def test_a_margin_is_the_first_number_of_votes_that_moves_a_seat(several: tuple[Path, Document]):
    path, document = several
    count = count_of(path, document)
    for party, margin in enumerate(list_margins(document.live.committed_region(0).contest)):
        key = document.election.parties[party].key
        for figure, votes in (("margin-gain", margin.gain), ("margin-loss", margin.loss)):
            about = About(figure, "R1", key)
            wrong = (None, votes - 1, votes + 1, 2 * votes) if votes else (0, 1, 10)
            assert margin_holds(count, about, votes)
            assert not any(margin_holds(count, about, each) for each in wrong), (about, votes)


@pytest.mark.parametrize(("kind", "region"), [("region", "R2"), ("chamber", None), ("trace", "R1")])
def test_a_slip_in_any_figure_keeps_the_sheet_in_the_house(
    several: tuple[Path, Document], kind: Kind, region: str | None
):
    path, document = several
    count = count_of(path, document)
    sheet = sheets_for(document, request(kind, region))
    refuse_differences(sheet, count, region)
    slips = list(one_wrong(sheet))
    assert len(slips) > 40
    assert [what for wrong, what in slips if not is_refused(wrong, count, region)] == []


def test_the_refusal_names_figure_and_both_values(several: tuple[Path, Document]):
    path, document = several
    document.book.put([CellChange(Place(0, 2), 310, 390)])  # behind the journal's back
    document.live.refresh([CellChange(Place(0, 2), 310, 390)], [])
    sheet = sheets_for(document, request("region", "R1"))
    with pytest.raises(SheetRefused) as refused:
        refuse_differences(sheet, count_of(path, document), "R1")
    assert refused.value.figure.place.startswith("R1")
    assert refused.value.printed != refused.value.counted
    assert refused.value.printed in str(refused.value)
    assert refused.value.counted in str(refused.value)


def test_a_figure_left_out_keeps_the_sheet_in_the_house(several: tuple[Path, Document]):
    path, document = several
    sheet = sheets_for(document, request("region", "R1"))
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    for table in tables:
        shorter = replace(table, rows=table.rows[1:])
        blocks = tuple(shorter if block is table else block for block in sheet.blocks)
        with pytest.raises(SheetRefused):
            refuse_differences(replace(sheet, blocks=blocks), count_of(path, document), "R1")


def test_a_number_that_says_not_what_it_is_of(several: tuple[Path, Document]):
    path, document = several
    sheet = sheets_for(document, request("region", "R1"))
    stray = Figures((Figure(("Votes",), "1,191"),))
    with pytest.raises(SheetRefused, match="1,191"):
        refuse_differences(replace(sheet, blocks=(*sheet.blocks, stray)), count_of(path, document), "R1")


def test_figures_inside_a_sentence(several: tuple[Path, Document]):
    path, document = several
    sheet = sheets_for(document, request("region", "R1"))
    count = count_of(path, document)
    votes = f"{count.figure('R1', 'A'):,}"
    fact = Fact(About("votes", "R1", "A"), votes)
    right = Paragraph((f"A has {votes} votes.",), facts=(fact,))
    refuse_differences(replace(sheet, blocks=(*sheet.blocks, right)), count, "R1")
    for wrong in (
        Paragraph(("A has 12 votes.",), facts=(fact,)),
        Paragraph(("A has 12 votes.",), facts=(Fact(fact.about, "12"),)),
    ):
        with pytest.raises(SheetRefused):
            refuse_differences(replace(sheet, blocks=(*sheet.blocks, wrong)), count, "R1")


def test_khmer_digits_are_the_same_figures(several: tuple[Path, Document]):
    path, document = several
    sheet = sheets_for(document, request("region", "R1", languages=("km",), khmer_digits=True))
    refuse_differences(sheet, count_of(path, document), "R1")
    assert any("៣" in each.text for each in figures(sheet))


def test_nothing_entered_is_a_dash_and_never_0(tmp_path: Path):
    path = make_file(tmp_path / "empty.tally", make_pack(units=(2, 2)))
    document = open_file(path)
    sheet = sheets_for(document, request("region", "R1"))
    refuse_differences(sheet, count_of(path, document), "R1")
    votes = [each.text for each in figures(sheet) if each.about is not None and each.about.figure == "votes"]
    assert votes
    assert set(votes) == {"–"}
    document.close()


@pytest.mark.parametrize(
    ("text", "value", "right"),
    [
        ("1,191", 1191, True),
        ("1191", 1191, True),
        ("1.191", 1191, False),
        ("១,១៩១", 1191, True),
        ("−3", -3, True),
        ("+3", 3, True),
        ("0", None, False),
        ("–", None, True),
        ("–", 0, False),
        ("12.345", None, False),
    ],
)
def test_what_a_printed_text_says(text: str, value: int | None, right: bool):
    assert says(text, value) is right


@pytest.mark.parametrize("seed", range(200, 219))
def test_every_kind_of_sheet_of_a_random_election_agrees(tmp_path: Path, seed: int):
    """One seed of every method; each kind prints what the raw entries make."""
    path = random_file(tmp_path / "random.tally", seed)
    made = set()
    with Press(path, clock=clock, origin="test") as press:
        for _, wanted in everything(press.document.election, KINDS, request("region", None, languages=("km", "en"))):
            with suppress(NoSuchSheet):
                made.add(press.sheet(wanted).kind)
    assert {"region", "chamber", "trace", "findings", "forms"} <= made
