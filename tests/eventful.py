"""A file in which everything happened that can happen: an event of every kind, by three people."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import structs

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.draw import draw_of
from tally_app.document.edit import Edit
from tally_app.document.explanations import explanation_edit
from tally_app.document.known_rows import KnownRows, known_rows_edit
from tally_app.document.opening import create_tally, open_document
from tally_app.document.publication import Publication, publication_edit
from tally_app.document.second_entry import second_edit, settlement_edit
from tally_app.document.sources import source_edit
from tally_app.election.model import Name
from tally_app.election.pack import encode_pack
from tally_app.storage.events import Stamp
from tests.packs import make_pack

NIGHT = datetime(2024, 2, 25, 15, 0, tzinfo=UTC)
FORM = {"registered": 900, "cast": 505, "A": 300, "B": 200, "invalid": 5}
TIED = {"registered": 900, "cast": 400, "A": 200, "B": 200, "invalid": 0}


class Night:
    """Each event a minute after the one before, by whoever is at the desk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._minutes = 0
        make_file(path)
        self.document = open_document(path, operator="Dara", clock=self._clock, origin="window@count-1")

    def commit(self, edit: Edit, operator: str = "Dara", reason: str = "", undoes: int | None = None) -> int:
        self.document.operator = operator
        changed = self.document.commit(edit, reason=reason, undoes=undoes)
        assert changed is not None
        self._minutes += 1
        return changed.seq

    def enter(self, row: int, figures: Mapping[str, int | None], operator: str = "Dara", gesture: str = "enter") -> int:
        return self.commit(self.document.edit_cells(gesture, self.cells(row, figures)), operator)

    def type_again(self, row: int, figures: Mapping[str, int | None], operator: str = "Sok") -> int:
        document = self.document
        cells = self.cells(row, figures)
        return self.commit(second_edit(document.election, document.book, document.second, operator, cells), operator)

    def cells(self, row: int, figures: Mapping[str, int | None]) -> dict[Cell, int | None]:
        columns = self.document.election.column_index
        return {Cell(row, columns[key]): value for key, value in figures.items()}

    def _clock(self) -> datetime:
        return NIGHT + timedelta(minutes=self._minutes)


def make_file(path: Path) -> None:
    """Two regions of two units, two parties, one seat each, double entry; names in Khmer, too."""
    pack = make_pack(seats=1)
    khmer = ("ភូមិភាគទី១", "ភូមិភាគទី២")
    regions = [
        structs.replace(region, name=Name(region.name.en, km)) for region, km in zip(pack.regions, khmer, strict=True)
    ]
    pack = structs.replace(pack, double_entry=True, regions=regions)
    source = path.with_suffix(".pack.json")
    source.write_bytes(encode_pack(pack))
    create_tally(path, source, training=False, stamp=Stamp(NIGHT, "Dara", "command-line@count-1"))


def everything(path: Path) -> Night:
    """Make the file; the document is open."""
    night = Night(path)
    for _ in _steps(night):
        pass
    return night


def _steps(night: Night) -> Iterator[int]:
    document = night.document
    election = document.election
    yield night.enter(0, FORM)
    yield night.type_again(0, FORM | {"A": 30})
    settle = settlement_edit(election, document.book, document.second, "Vanna", 0, {2: 290}, "smudged")
    yield night.commit(settle, "Vanna")
    yield night.commit(settle.inverse(), "Vanna", undoes=4)
    yield night.enter(0, {"A": 3000}, gesture="paste")
    yield night.commit(document.edit_cells("repair", night.cells(0, {"A": 300})), "Vanna", "E103: a digit too many")
    yield night.type_again(0, {"A": 300})
    yield night.enter(1, TIED | {"A": 0, "B": 100, "cast": 100})
    yield night.enter(2, TIED)
    yield night.enter(3, TIED)
    for row in (1, 2, 3):
        yield night.type_again(row, {key: document.book.value(cell) for key, cell in _columns(night, row)})
    yield night.commit(document.edit_stated(FigureKey("table", "votes", "R1", None, "A"), "301"))
    yield night.commit(document.edit_stated(FigureKey("table", "seats", None, None, "B"), "1"))
    yield night.commit(document.edit_stated(FigureKey("table", "votes", "R1", None, "A"), None))
    yield night.commit(source_edit(election, document.records, "the commission's communiqué", "សេចក្តីប្រកាស")[1])
    yield night.commit(known_rows_edit(document.records, KnownRows("training", "practice", {"ab": "R1/R1-1"})))
    for region, won in (("R1", "A"), ("R2", "B")):
        draw = draw_of(election, document.live.region(election.region_index[region]))
        if draw is not None:
            lot = draw.lot({won: 1}, "Sok Chan", "2024-02-25 23:40", ["Chea Dara"], "a coin")
            yield night.commit(document.edit_lot(region, lot), "Vanna")
    yield from _sign(night)


def _sign(night: Night) -> Iterator[int]:
    document = night.document
    document.work()
    warnings = [finding for finding in document.live.findings() if finding.code.startswith("W")]
    for finding in warnings:
        yield night.commit(explanation_edit(document.records, finding, "as on the paper", "Vanna"), "Vanna")
    if warnings:
        yield night.commit(explanation_edit(document.records, warnings[0], None, "Vanna"), "Vanna")
        yield night.commit(explanation_edit(document.records, warnings[0], "counted twice", "Vanna"), "Vanna")
    document.work()
    at = "2024-02-25T23:50:00+07:00"
    signing = document.signing
    for region in ("R1", "R2", None):
        yield night.commit(signing.sign_off_edit(region, "Kim Ny", "chair", at, document.head, "all present"), "Vanna")
    status = Publication("official", "the commission", "2024-02-26 10:00")
    yield night.commit(publication_edit(document.records, status, chamber_signed=True), "Vanna")
    yield night.commit(signing.reopening_edit(None), "Vanna", "a form turned up")
    yield night.commit(signing.reopening_edit("R1"), "Vanna", "a form turned up")


def _columns(night: Night, row: int) -> Iterator[tuple[str, Cell]]:
    for position, column in enumerate(night.document.election.columns):
        yield column.key, Cell(row, position)
