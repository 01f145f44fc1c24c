"""The ledger of findings: what it counts, and that it compares objects, not findings, at each key press."""

from tally_app.checks.finding import identity
from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.explanations import explanation_edit
from tally_app.election.election import Election
from tally_app.ui.findings.ledger import Counts, Ledger
from tests.packs import make_pack
from tests.ui.fake_journal import open_document

SHARES = [(310, 40), (295, 33), (402, 61), (38, 350), (511, 70), (288, 31)]


def swapped() -> Document:
    """Six units, the fourth with its columns exchanged, the sixth with a ballot too many."""
    document = open_document(Election(make_pack(units=(6,))))
    cells = {}
    for row, (a, b) in enumerate(SHARES):
        for column, value in enumerate((900, a + b + row + (row == 5), a, b, row)):
            cells[Cell(row, column)] = value
    document.commit(document.edit_cells("paste", cells))
    return document


def test_what_comes_late_is_compared_once_and_known_by_identity_after_that():
    document = swapped()
    ledger = Ledger(document)
    document.work()
    added = ledger.refresh((0,), ()).added
    assert "W501" in [entry.finding.code for entry in added]
    document.commit(document.edit_cells("enter", {Cell(0, 4): 1}))
    document.work()
    ledger.refresh((0,), ())
    now = document.live.unit_findings(0)
    assert set(now) >= {0, 3, 5}
    for row, findings in now.items():
        assert ledger._units[0][row].findings is findings
    assert not ledger.refresh((0,), ())


def test_accepted_warnings_are_counted_apart_until_their_figures_change():
    document = swapped()
    document.work()
    ledger = Ledger(document)
    before = ledger.counts
    assert before == Counts(errors=1, warnings=1, notes=before.notes)
    (warning,) = [each for each in document.live.findings() if each.code == "W501"]
    document.commit(explanation_edit(document.records, warning, "They voted so", "S. Chan"))
    changes = ledger.refresh((0,), (), reasons=True)
    assert [identity(entry.finding) for entry in changes.changed] == [identity(warning)]
    assert ledger.counts == before._replace(warnings=0, accepted=1)
    document.commit(document.edit_cells("enter", {Cell(3, 2): 37, Cell(3, 1): 390}))
    document.work()
    ledger.refresh((0,), ())
    assert ledger.counts == before


def test_counts_are_those_of_a_new_ledger_whatever_happened():
    document = swapped()
    ledger = Ledger(document)
    for column, value in ((2, 311), (2, None), (4, 900), (2, 310), (1, 350)):
        document.commit(document.edit_cells("enter", {Cell(0, column): value}))
        ledger.refresh((0,), (0,))
        document.work()
        ledger.refresh((0,), ())
        assert ledger.counts == Ledger(document).counts
        assert ledger.entries() == Ledger(document).entries()
