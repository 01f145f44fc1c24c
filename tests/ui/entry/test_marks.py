"""Marks and tooltips of the grid's cells: every finding of a cell, those that come late, and what it probably is."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from tally_app.checks.finding import Severity
from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.election.election import Election
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.looks import LOOK_ROLE, Look
from tally_app.ui.entry.region_model import RegionModel
from tally_app.ui.gestures import Gestures
from tally_app.wording.names import Names
from tests.packs import make_pack
from tests.ui.fake_journal import open_document

SWAPPED = 3

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def document() -> Document:
    """One region; the votes of A and B have changed places in its fourth unit."""
    document = open_document(Election(make_pack(units=(6,))))
    votes = [(310, 40), (295, 33), (402, 61), (38, 350), (511, 70), (288, 31)]
    cells = {}
    for row, (a, b) in enumerate(votes):
        for column, value in enumerate((900, a + b + row, a, b, row)):
            cells[Cell(row, column)] = value
    document.commit(document.edit_cells("paste", cells))
    return document


@pytest.fixture
def model(document: Document) -> RegionModel:
    names = Names(document.election)
    return RegionModel(document, DocumentSignals(document), Gestures(document, names), names)


def look(model: RegionModel, row: int, column: int) -> Look:
    shown = model.index(row, column).data(LOOK_ROLE)
    assert isinstance(shown, Look)
    return shown


def tooltip(model: RegionModel, row: int, column: int) -> str:
    return str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def test_both_columns_that_look_swapped_are_marked_when_that_is_known(model, document):
    painted: list[QModelIndex] = []
    model.dataChanged.connect(lambda first, last: painted.extend((first, last)))
    assert look(model, SWAPPED, 2).severity is None
    document.work()
    assert painted, "the grid is painted again"
    assert [look(model, SWAPPED, column).severity for column in range(5)] == [
        None,
        None,
        Severity.WARNING,
        Severity.WARNING,
        None,
    ]
    assert look(model, SWAPPED, model.sum_column).severity is Severity.WARNING
    for column in (2, 3):
        assert "<b>W501</b> A 38 and B 350 look swapped" in tooltip(model, SWAPPED, column)
        assert "<i>Compare both figures with the form.</i>" in tooltip(model, SWAPPED, column)
    assert tooltip(model, SWAPPED - 1, 2) == ""


def test_a_row_that_is_another_s_is_marked_beside_its_sum(model, document):
    document.commit(
        document.edit_cells("paste", {Cell(5, column): document.book.value(Cell(4, column)) for column in range(5)})
    )
    document.work()
    for row in (4, 5):
        assert look(model, row, model.sum_column).severity is Severity.WARNING
        assert "<b>W502</b>" in tooltip(model, row, model.sum_column)
        assert look(model, row, 2).severity is None


def test_names_cannot_make_markup():
    pack = make_pack(units=(2,), parties=("<i>A", "B"))
    document = open_document(Election(pack))
    document.commit(document.edit_cells("enter", {Cell(0, 1): 5}))
    names = Names(document.election)
    model = RegionModel(document, DocumentSignals(document), Gestures(document, names), names)
    assert "&lt;i&gt;A" in tooltip(model, 0, 2)
