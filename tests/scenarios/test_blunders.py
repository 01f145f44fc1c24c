"""Blunders that have happened in real counts, each made here once, and caught.

Among them: the Austrian party vote of 2023 (columns swapped), Putney 2024 (rows left
out of a sum), and what every counting office knows.
"""

from collections.abc import Sequence

import pytest

from tally_app.checks.finding import Finding
from tally_app.checks.slips import Kind
from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.known_rows import known_rows_edit, rows_to_know
from tally_app.document.signing import Hindrance
from tally_app.document.sources import source_edit
from tests.document.conftest import Opener

BLANK = "cambodia-senate-2024-blank"
R8 = 7
FORMS = {  # of Region 8: registered, ballots cast, CPP, KWP, FUN, NPP, invalid; made up, but alike
    "06": (310, 308, 262, 38, 1, 6, 1),
    "13": (150, 149, 127, 18, 0, 3, 1),
    "10": (205, 204, 175, 24, 1, 4, 0),
    "19": (90, 90, 77, 11, 0, 2, 0),
    "16": (160, 158, 133, 20, 1, 3, 1),
    "11": (61, 61, 51, 8, 0, 2, 0),
}


def enter(document: Document, row: int, figures: Sequence[int | None]) -> None:
    cells = {Cell(row, column): value for column, value in enumerate(figures)}
    document.commit(document.edit_cells("paste", cells))


def row_of(document: Document, unit: str) -> int:
    return document.election.row("R8", unit)


def state(document: Document, source: str, party: str, value: int, region: str | None = "R8") -> None:
    document.commit(document.edit_stated(FigureKey(source, "votes", region, None, party), str(value)))


def state_totals(document: Document, source: str = "results-table", without: str = "") -> None:
    """What a source states of the region, perhaps without one of its units."""
    for position, party in enumerate(document.election.parties):
        total = sum(figures[2 + position] for unit, figures in FORMS.items() if unit != without)
        state(document, source, party.key, total)


def found(document: Document, code: str) -> list[Finding]:
    document.work()
    return [finding for finding in document.live.findings() if finding.code == code]


@pytest.fixture
def counted(open_pack: Opener) -> Document:
    """Region 8 as its forms have it, with nothing wrong."""
    document = open_pack(BLANK)
    for unit, figures in FORMS.items():
        enter(document, row_of(document, unit), figures)
    return document


def test_nothing_is_wrong_with_the_right_figures(counted):
    state_totals(counted)
    counted.work()
    about = [f.code for f in counted.live.findings() if f.place.region == "R8" and f.code[0] != "N"]
    assert about == []
    assert counted.late.repairs.found == ()
    assert counted.signing.obstacles("R8") == []


def test_columns_swapped(counted):
    registered, cast, cpp, kwp, *rest = FORMS["10"]
    enter(counted, row_of(counted, "10"), (registered, cast, kwp, cpp, *rest))  # still adds up to the ballots cast
    (finding,) = found(counted, "W501")
    assert (finding.place.unit, finding.place.column, finding.facts["neighbour"]) == ("10", "CPP", "KWP")
    state_totals(counted)
    counted.work()
    best = counted.late.repairs.found[0]
    assert (best.kind, best.place.unit, counted.late.repairs.alone) == (Kind.EXCHANGED, "10", True)
    assert [change.new for change in best.changes] == [cpp, kwp]


def test_a_sheet_keyed_twice(counted):
    enter(counted, row_of(counted, "13"), FORMS["06"])
    twins = found(counted, "W502")
    assert {finding.place.unit for finding in twins} >= {"13"}
    assert {finding.facts["with"] for finding in twins} == {"unit"}


def test_rows_left_out_of_a_sum(counted):
    state_totals(counted, without="16")
    wrong = found(counted, "E201")
    assert {f.place.party: int(str(f.facts["sum"])) - int(str(f.facts["stated"])) for f in wrong} == {
        "CPP": 133,
        "KWP": 20,
        "FUN": 1,
        "NPP": 3,
    }
    best = counted.late.repairs.found[0]
    assert (best.kind, best.place.unit, best.source, best.changes) == (Kind.LEFT_OUT, "16", "results-table", ())
    assert counted.late.repairs.alone


def test_a_dropped_digit(counted):
    registered, cast, _, *rest = FORMS["06"]
    enter(counted, row_of(counted, "06"), (registered, cast, 26, *rest))  # 262 on the paper
    (finding,) = found(counted, "E103")
    assert finding.place.unit == "06"
    (best,) = {repair.changes for repair in counted.late.repairs.explaining(finding).found}
    assert [(change.old, change.new) for change in best] == [(26, 262)]


def test_blank_counted_as_complete(counted):
    enter(counted, row_of(counted, "19"), (90, 90, 77, 11, None, 2, 0))  # the paper says 0
    (finding,) = found(counted, "E101")
    assert (finding.place.unit, finding.facts["columns"]) == ("19", ["FUN"])
    assert counted.live.region(R8).complete == len(FORMS) - 1
    assert [each.kind for each in counted.signing.obstacles("R8")] == [Hindrance.ERROR]
    enter(counted, row_of(counted, "19"), (None,) * 7)
    counted.work()
    assert [(each.kind, each.row) for each in counted.signing.obstacles("R8")] == [
        (Hindrance.NOT_ENTERED, row_of(counted, "19"))
    ]


def test_a_tie_broken_by_list_order(open_pack):
    document = open_pack(BLANK)
    enter(document, document.election.starts[0], (706, 706, 600, 100, 6, 0, 0))  # 600 ÷ 6 = 100 ÷ 1, for the last seat
    allocation = document.live.region(0).allocation
    assert (allocation.seats, allocation.open_seats) == ((5, 0, 0, 0), 1)
    (tie,) = found(document, "E401")
    assert tie.facts["parties"] == ["CPP", "KWP"]
    assert Hindrance.ERROR in {each.kind for each in document.signing.obstacles("R1")}
    with pytest.raises(EditRefused):
        document.signing.sign_off_edit("R1", "Sok Chan", "chair", "2024-02-25T23:40:00+07:00", document.head)


def test_a_print_that_differs_from_the_file(counted):
    """Somebody corrected the printed sheet by hand, or in a word processor: its figures are a source like any other."""
    key, edit = source_edit(counted.election, counted.records, "Signed sheet on the wall")
    counted.commit(edit)
    state_totals(counted, key)
    assert found(counted, "E201") == []
    state(counted, key, "KWP", 128)  # 119 in the file
    (finding,) = found(counted, "E201")
    assert (finding.place.party, finding.facts["stated"], finding.facts["sum"]) == ("KWP", 128, 119)


def test_a_figure_changed_behind_a_signature(counted):
    """The head that a sign-off recorded, and with it the paper, no longer is the file's once anything was changed."""
    edit = counted.signing.sign_off_edit("R8", "Sok Chan", "chair", "2024-02-25T23:40:00+07:00", counted.head)
    counted.commit(edit)
    with pytest.raises(EditRefused) as refused:
        enter(counted, row_of(counted, "06"), (310, 308, 261, 39, 1, 6, 1))
    assert refused.value.code == "signed-off"
    assert counted.live.region(R8).votes[:2] == (825, 119)


def test_training_data_in_live_results(counted):
    training = rows_to_know(counted.election, counted.book, "Training of 20 February")
    assert len(training.rows) == len(FORMS)
    counted.commit(known_rows_edit(counted.records, training))
    twins = found(counted, "W502")
    assert {finding.facts["with"] for finding in twins} == {"training"}
    assert {finding.place.unit for finding in twins} == set(FORMS)


def test_two_lists_exchange_one_digit_and_the_total_still_fits(counted):
    """A slip that the row sum hides: only a second entry finds it, and the program does not claim otherwise."""
    registered, cast, cpp, kwp, *rest = FORMS["06"]
    enter(counted, row_of(counted, "06"), (registered, cast, cpp - 10, kwp + 10, *rest))
    counted.work()
    assert [f.code for f in counted.live.findings() if f.place.unit == "06" and f.code[0] != "N"] == []
