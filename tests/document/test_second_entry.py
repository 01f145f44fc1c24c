"""Two entries of one form: who may make which, when they agree, and how a difference is settled and comes back."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally_app.checks.entry import Form
from tally_app.checks.finding import Severity
from tally_app.checks.second import differing
from tally_app.count.figures import Cell, CellChange
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.second_entry import UnitState, second_edit, settlement_edit
from tally_app.document.signing import Hindrance
from tests.doubled import FIRST, NIGHT, doubled_file, first, opened, second, settle, state, undo
from tests.packs import make_election
from tests.ui.fake_journal import open_document as in_memory

B_SLIP = (100, 90, 50, 73, 3)
B = 3


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return doubled_file(tmp_path)


@pytest.fixture
def document(path: Path) -> Iterator[Document]:
    document = opened(path)
    yield document
    document.close()


@pytest.fixture
def contested(document: Document) -> Document:
    """Row 0: 37 for B by Chan, 73 by Kim."""
    first(document, "Chan", 0, *FIRST)
    second(document, "Kim", 0, *B_SLIP)
    assert state(document, 0) is UnitState.DIFFERS
    return document


def codes(document: Document, row: int = 0) -> list[str]:
    return [finding.code for finding in document.live.unit_findings(0).get(row, ())]


def refused(code: str):
    return pytest.raises(EditRefused, match=f"^{code}:")


def test_a_unit_goes_from_empty_to_verified(document):
    assert state(document, 0) is UnitState.EMPTY
    first(document, "Chan", 0, 100)
    assert state(document, 0) is UnitState.EMPTY  # registered voters may be known beforehand
    first(document, "Chan", 0, 100, 90)
    assert state(document, 0) is UnitState.BEGUN
    first(document, "Chan", 0, *FIRST)
    assert state(document, 0) is UnitState.ENTERED
    second(document, "Kim", 0, 100, 90)
    assert state(document, 0) is UnitState.TYPED_AGAIN
    second(document, "Kim", 0, *FIRST)
    assert state(document, 0) is UnitState.VERIFIED
    assert document.states.counts(0)[UnitState.VERIFIED] == 1
    assert document.states.counts()[UnitState.EMPTY] == 3
    assert document.states.rows([UnitState.VERIFIED]).tolist() == [0]
    assert document.states.rows([UnitState.EMPTY], region=1).tolist() == [2, 3]
    assert codes(document) == []


def test_a_second_entry_changes_no_result(document):
    first(document, "Chan", 0, *FIRST)
    before = document.live.chamber
    second(document, "Kim", 0, *B_SLIP)
    assert document.live.chamber == before
    assert document.book.row(0) == FIRST
    assert document.second.figures(0) == B_SLIP


def test_a_difference_is_an_error_that_blocks_the_sign_off(contested):
    assert codes(contested) == ["E106"]
    (finding,) = contested.live.unit_findings(0)[0]
    assert (finding.severity, finding.place) == (Severity.ERROR, ("R1", "R1-1", "B", "B"))
    assert finding.facts == {"first": 37, "second": 73}
    contested.work()
    kinds = {(o.kind, o.finding.code if o.finding else None) for o in contested.signing.obstacles("R1")}
    assert (Hindrance.ERROR, "E106") in kinds


def test_what_waits_for_a_second_clerk_blocks_the_sign_off(document):
    first(document, "Chan", 0, *FIRST)
    first(document, "Chan", 1, *FIRST)
    second(document, "Kim", 1, 100)
    waiting = [(o.row, o.state) for o in document.signing.obstacles("R1") if o.kind is Hindrance.NOT_VERIFIED]
    assert waiting == [(0, UnitState.ENTERED), (1, UnitState.TYPED_AGAIN)]
    for row in (0, 1):
        second(document, "Kim", row, *FIRST)
    assert not [o for o in document.signing.obstacles("R1") if o.kind is Hindrance.NOT_VERIFIED]


def test_a_settlement_corrects_the_first_entry_and_says_who_decided(contested):
    changed = settle(contested, "Sok", 0, {"B": 39}, "the 7 is a 9")
    assert changed is not None
    assert changed.edit.cells == (CellChange(Cell(0, B), 37, 39),)
    assert state(contested, 0) is UnitState.VERIFIED
    assert "E106" not in codes(contested)
    settlement = contested.second.settlement(0)
    assert settlement is not None
    assert settlement.note == "the 7 is a 9"
    field = settlement.fields["B"]
    assert (field.first, field.second, field.paper, field.by) == (37, 73, 39, "Sok")


def test_a_settlement_that_keeps_the_first_entry_changes_no_figure(contested):
    changed = settle(contested, "Sok", 0, {"B": 37})
    assert changed is not None
    assert changed.edit.cells == ()
    assert state(contested, 0) is UnitState.VERIFIED


def test_a_settlement_is_one_gesture_and_can_be_undone(contested):
    before = contested.head.seq
    changed = settle(contested, "Sok", 0, {"B": 73})
    assert contested.head.seq == before + 2  # the figures and the record, in one transaction
    undo(contested, changed)
    assert state(contested, 0) is UnitState.DIFFERS
    assert contested.book.row(0) == FIRST
    assert contested.second.settlement(0) is None
    assert contested.second.clerks(0) == ("Chan",)


def test_a_verified_unit_that_is_corrected_later_differs_again(contested):
    settle(contested, "Sok", 0, {"B": 73})
    first(contested, "Chan", 0, *FIRST)
    assert state(contested, 0) is UnitState.DIFFERS
    assert codes(contested) == ["E106"]
    first(contested, "Chan", 0, *B_SLIP)
    assert state(contested, 0) is UnitState.VERIFIED
    first(contested, "Chan", 0, *B_SLIP[:4], 4)
    assert [f.place.column for f in contested.live.unit_findings(0)[0] if f.code == "E106"] == ["invalid"]


def test_a_settled_field_is_a_question_again_when_the_second_entry_is_typed_anew(contested):
    settle(contested, "Sok", 0, {"B": 37})
    second(contested, "Kim", 0, *FIRST[:3], 70)
    assert state(contested, 0) is UnitState.DIFFERS
    second(contested, "Kim", 0, *B_SLIP)
    assert state(contested, 0) is UnitState.VERIFIED


def test_who_decided_a_field_stays_when_another_is_settled_later(contested):
    settle(contested, "Sok", 0, {"B": 37})
    second(contested, "Kim", 0, *B_SLIP[:4], 8)
    settle(contested, "Ny", 0, {"invalid": 3})
    settlement = contested.second.settlement(0)
    assert settlement is not None
    assert {key: field.by for key, field in settlement.fields.items()} == {"B": "Sok", "invalid": "Ny"}


@pytest.mark.parametrize("name", ["Chan", "chan", " CHAN ", "\uff23han"])
def test_the_same_clerk_cannot_make_both(document, name):
    first(document, "Chan", 0, *FIRST)
    with refused("same-clerk"):
        second(document, name, 0, *FIRST)
    assert document.second.entry(0) is None


def test_whoever_typed_a_part_of_the_first_entry_is_its_clerk(document):
    first(document, "Chan", 0, *FIRST)
    first(document, "Kim", 0, *B_SLIP)
    assert document.second.clerks(0) == ("Chan", "Kim")
    for name in ("Chan", "Kim"):
        with refused("same-clerk"):
            second(document, name, 0, 1)


def test_the_second_clerk_cannot_type_the_first_entry(contested):
    with refused("second-clerk"):
        first(contested, "kim", 0, *B_SLIP)
    with refused("second-clerk"):
        first(contested, "Kim", 0, *B_SLIP, gesture="paste")
    assert contested.book.row(0) == FIRST
    first(contested, "Kim", 1, *FIRST)  # another form is another matter


def test_a_digit_in_the_wrong_row_taken_back_makes_nobody_its_clerk(document):
    slip = first(document, "Kim", 0, None, None, 7)
    undo(document, slip)
    assert document.second.clerks(0) == ()
    first(document, "Chan", 0, *FIRST)
    slip = first(document, "Kim", 0, *B_SLIP)
    assert document.second.typed_first(0, "Kim")
    undo(document, slip)
    assert document.second.clerks(0) == ("Chan",)
    second(document, "Kim", 0, *FIRST)
    assert state(document, 0) is UnitState.VERIFIED


def test_a_form_that_is_cleared_is_anybodys_again(document):
    first(document, "Chan", 0, *FIRST)
    first(document, "Chan", 0, *[None] * 5, gesture="clear")
    first(document, "Kim", 0, *FIRST)
    second(document, "Chan", 0, *FIRST)
    assert document.second.clerks(0) == ("Kim",)


def test_whoever_settles_becomes_no_clerk(contested):
    settle(contested, "Sok", 0, {"B": 39})
    assert contested.second.clerks(0) == ("Chan",)
    assert not contested.second.typed_first(0, "Sok")


def test_figures_that_came_with_the_election_are_nobodys(tmp_path):
    election = make_election()
    document = opened(doubled_file(tmp_path))
    document.commit(Edit("pack", tuple(CellChange(Cell(0, c), None, v) for c, v in enumerate(FIRST))))
    assert election.unit_count == 4
    assert document.second.clerks(0) == ()
    second(document, "Chan", 0, *FIRST)
    assert state(document, 0) is UnitState.VERIFIED
    document.close()


def test_a_second_entry_waits_for_a_complete_first(document):
    with refused("not-entered"):
        second(document, "Kim", 0, *FIRST)
    first(document, "Chan", 0, *FIRST[:4])
    with refused("not-entered"):
        second(document, "Kim", 0, *FIRST)


def test_a_second_entry_that_is_cleared_is_none_and_anybodys(contested):
    second(contested, "Kim", 0, *[None] * 5)
    assert contested.second.entry(0) is None
    assert state(contested, 0) is UnitState.ENTERED
    second(contested, "Ny", 0, *FIRST)
    entry = contested.second.entry(0)
    assert entry is not None
    assert entry.by == ["Ny"]


def test_several_second_clerks_are_named_in_the_order_they_came(document):
    first(document, "Chan", 0, *FIRST)
    second(document, "Kim", 0, 100)
    second(document, "Ny", 0, *FIRST)
    second(document, "Sok", 0, *FIRST)  # changes nothing
    entry = document.second.entry(0)
    assert entry is not None
    assert entry.by == ["Kim", "Ny"]


def test_zero_is_not_the_same_as_not_entered(tmp_path):
    document = opened(doubled_file(tmp_path, optional=("invalid",)))
    first(document, "Chan", 0, 100, 90, 50, 40)
    second(document, "Kim", 0, 100, 90, 50, 40, 0)
    assert state(document, 0) is UnitState.DIFFERS
    with refused("not-settled"):
        settle(document, "Sok", 0, {})
    settle(document, "Sok", 0, {"invalid": None})
    assert state(document, 0) is UnitState.VERIFIED
    document.close()


@pytest.mark.parametrize(
    ("code", "paper"),
    [
        ("not-settled", {}),
        ("not-settled", {"B": None}),
        ("not-differing", {"B": 37, "A": 50}),
        ("number-out-of-range", {"B": -1}),
        ("number-out-of-range", {"B": 10**12}),
    ],
)
def test_a_settlement_says_what_the_paper_says_where_they_differ_and_nowhere_else(contested, code, paper):
    with refused(code):
        settle(contested, "Sok", 0, paper)
    assert state(contested, 0) is UnitState.DIFFERS


def test_a_note_that_no_reader_would_accept_is_refused(contested):
    with refused("too-long"):
        settle(contested, "Sok", 0, {"B": 37}, "x" * 301)


def test_nothing_to_settle(document):
    first(document, "Chan", 0, *FIRST)
    with refused("no-difference"):
        settle(document, "Sok", 0, {"B": 37})


def test_without_double_entry_there_is_neither():
    document = in_memory(make_election())
    assert not document.second.active
    with refused("no-double-entry"):
        second_edit(document.election, document.book, document.second, "Kim", {Cell(0, 0): 1})
    with refused("no-double-entry"):
        settlement_edit(document.election, document.book, document.second, "Kim", 0, {})
    first(document, "Chan", 0, *FIRST)
    assert document.states.state(0) is UnitState.ENTERED
    assert document.second.clerks(0) == ()


def test_a_signed_region_takes_neither(contested):
    settle(contested, "Sok", 0, {"B": 37})
    first(contested, "Chan", 1, *FIRST)
    second(contested, "Kim", 1, *FIRST)
    contested.work()
    for obstacle in contested.signing.obstacles("R1"):
        assert obstacle.kind is Hindrance.UNEXPLAINED  # two equal rows: a warning that somebody must explain
    first(contested, "Chan", 1, 100, 90, 49, 38, 3)
    second(contested, "Kim", 1, 100, 90, 49, 38, 3)
    contested.work()
    edit = contested.signing.sign_off_edit("R1", "Sok", "Officer", NIGHT.isoformat(), contested.head)
    contested.commit(edit)
    with refused("signed-off"):
        second(contested, "Kim", 1, 99)


def test_everything_is_there_again_when_the_file_is_opened_again(path):
    document = opened(path)
    first(document, "Chan", 0, *FIRST)
    slip = first(document, "Kim", 0, *B_SLIP)
    undo(document, slip)
    second(document, "Kim", 0, *B_SLIP)
    undo(document, settle(document, "Sok", 0, {"B": 39}))
    settle(document, "Sok", 0, {"B": 73})
    first(document, "Chan", 1, *FIRST)
    second(document, "Kim", 1, 100)
    before = [(state(document, row), document.second.clerks(row), document.second.figures(row)) for row in range(4)]
    findings = document.live.findings()
    document.close()
    again = opened(path)
    after = [(state(again, row), again.second.clerks(row), again.second.figures(row)) for row in range(4)]
    assert after == before
    assert before[0][:2] == (UnitState.VERIFIED, ("Chan",))
    assert again.live.findings() == findings
    again.close()


VALUES = st.one_of(st.none(), st.integers(0, 3))
ROWS = st.tuples(VALUES, VALUES, VALUES, VALUES, VALUES)
PEOPLE = ("Chan", "Kim", "Sok")


@given(one=ROWS, other=ROWS, settled=st.dictionaries(st.sampled_from("AB"), VALUES))
def test_state_and_finding_agree(one, other, settled):
    """DIFFERS is just where E106 is: the check and the document must never tell two stories."""
    document = in_memory(make_election(optional=("invalid",)))
    form = Form(document.election, 0, 0, one)
    both = not form.missing and not Form(document.election, 0, 0, other).missing
    expected = [
        key
        for key, mine, theirs in zip(("registered", "cast", "A", "B", "invalid"), one, other, strict=True)
        if mine != theirs and not (key in settled and settled[key] == mine)
    ]
    assert differing(form, other, settled) == (expected if both else [])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("first", "second", "settle", "undo")), st.sampled_from(PEOPLE), st.integers(0, 1), ROWS
        ),
        max_size=12,
    )
)
def test_whatever_people_do_the_states_are_those_of_the_reopened_file(steps):
    with tempfile.TemporaryDirectory() as folder:
        path = doubled_file(Path(folder))
        document = opened(path)
        last = None
        for what, who, row, figures in steps:
            try:
                last = _step(document, what, who, row, figures, last)
            except EditRefused:
                last = None
            for other in (0, 1):
                entry = document.second.entry(other)
                assert entry is None or not set(entry.by) & set(document.second.clerks(other))
                is_different = state(document, other) is UnitState.DIFFERS
                assert is_different == ("E106" in codes(document, other))
        before = [(state(document, row), document.second.clerks(row)) for row in range(4)]
        document.close()
        again = opened(path)
        assert [(state(again, row), again.second.clerks(row)) for row in range(4)] == before
        again.close()


def _step(document, what, who, row, figures, last):
    if what == "first":
        return first(document, who, row, *figures)
    if what == "second":
        return second(document, who, row, *figures)
    if what == "settle":
        differing = document.second.differing(row, document.book.row(row))
        paper = {document.election.columns[column].key: figures[column] for column in differing}
        return settle(document, who, row, paper)
    if last is not None:
        undo(document, last)
    return None
