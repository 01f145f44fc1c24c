"""Signing off: what stands in the way, what is recorded, what is frozen by it, and how it is opened again."""

from dataclasses import replace
from datetime import datetime

import msgspec
import pytest

from tally_app.checks.finding import Finding
from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.explanations import explanation_edit
from tally_app.document.publication import STATUS, Publication, publication, publication_edit
from tally_app.document.records import CHAMBER, RecordChange
from tally_app.document.second_entry import UnitState, second_edit, settlement_edit
from tally_app.document.signing import SIGN_OFF, Hindrance
from tally_app.document.signing_off import obstacles, sign_off
from tally_app.election.election import Election
from tally_app.election.model import Rule, Threshold
from tally_app.storage.events import JsonObject
from tests.packs import make_election, make_pack
from tests.ui.fake_journal import open_document

FORM = (1000, 60, 40, 15, 5)
"""registered, cast, A, B, invalid: adds up."""
SECOND_FORM = (2000, 91, 61, 23, 7)


def fill(document: Document, row: int, figures: tuple[int | None, ...] = FORM) -> None:
    document.commit(document.edit_cells("enter", {Cell(row, column): value for column, value in enumerate(figures)}))


def fill_all(document: Document) -> None:
    for row in range(document.election.unit_count):
        scale = row + 1
        fill(
            document,
            row,
            tuple(figure * scale + row * extra for figure, extra in zip(FORM, (7, 3, 2, 1, 0), strict=True)),
        )


def sign(document: Document, region: str | None) -> None:
    document.commit(sign_off(document, region, "S. Chan", "chair"))


def explain_all(document: Document, region: str | None) -> None:
    for obstacle in obstacles(document, region):
        assert obstacle.kind is Hindrance.UNEXPLAINED
        assert obstacle.finding is not None
        document.commit(explanation_edit(document.records, obstacle.finding, "Looked at.", "S. Chan"))


def refusal(document: Document, edit: Edit, reason: str = "") -> str:
    before = document.head
    with pytest.raises(EditRefused) as refused:
        document.commit(edit, reason=reason)
    assert document.head == before
    return refused.value.code


@pytest.fixture
def document() -> Document:
    return open_document(make_election())


@pytest.fixture
def whole(document: Document) -> Document:
    fill_all(document)
    return document


@pytest.fixture
def signed(whole: Document) -> Document:
    sign(whole, "R1")
    return whole


class TestObstacles:
    def test_units_that_nobody_entered(self, document):
        fill(document, 0)
        found = obstacles(document, "R1")
        assert [(each.kind, each.row, each.region) for each in found] == [(Hindrance.NOT_ENTERED, 1, "R1")]

    def test_a_unit_of_a_form_with_optional_fields_only_is_not_entered_either(self):
        document = open_document(make_election(form=("parties",), optional=("parties",), units=(1,)))
        assert [each.kind for each in obstacles(document, "R1")] == [Hindrance.NOT_ENTERED]

    def test_a_begun_unit_is_an_error_and_nothing_else(self, document):
        fill(document, 0)
        fill(document, 1, (1000, 60, 40, None, None))
        assert [(each.kind, _code(each.finding)) for each in obstacles(document, "R1")] == [(Hindrance.ERROR, "E101")]

    def test_registered_voters_alone_do_not_begin_a_unit(self, document):
        fill(document, 0)
        fill(document, 1, (1000, None, None, None, None))
        assert [each.kind for each in obstacles(document, "R1")] == [Hindrance.NOT_ENTERED]

    def test_an_error_of_a_unit(self, document):
        fill(document, 0, (1000, 61, 40, 15, 5))
        fill(document, 1, SECOND_FORM)
        assert [(each.kind, _code(each.finding)) for each in obstacles(document, "R1")] == [(Hindrance.ERROR, "E103")]
        assert obstacles(document, "R2")[0].kind is Hindrance.NOT_ENTERED

    def test_an_open_tie_is_an_error(self):
        document = open_document(make_election(units=(1,), seats=1))
        fill(document, 0, (1000, 60, 30, 30, 0))
        assert [(each.kind, _code(each.finding)) for each in obstacles(document, "R1")] == [(Hindrance.ERROR, "E401")]

    def test_a_warning_until_it_has_a_reason(self, document):
        fill(document, 0)
        fill(document, 1, (500, 0, 0, 0, 0))
        found = obstacles(document, "R1")
        assert [(each.kind, _code(each.finding)) for each in found] == [(Hindrance.UNEXPLAINED, "W107")]
        explain_all(document, "R1")
        assert obstacles(document, "R1") == []
        sign(document, "R1")
        assert document.signing.of("R1").explained == 1

    def test_late_findings_are_computed_first(self, document):
        """Two equal forms: W502, which no key press computes."""
        fill(document, 0, (90_000, 61_234, 40_123, 20_111, 1_000))
        fill(document, 1, (91_000, 61_234, 40_123, 20_111, 1_000))
        found = obstacles(document, "R1")
        assert {_code(each.finding) for each in found} == {"W502"}
        assert refusal_of_sign_off(document, "R1") == "obstacles"

    def test_the_second_entry_under_double_entry(self):
        document = double_entry()
        fill(document, 0)
        assert [(each.kind, each.state) for each in obstacles(document, "R1")] == [
            (Hindrance.NOT_VERIFIED, UnitState.ENTERED)
        ]
        type_again(document, 0, (1000, 60, 40, None, None))
        assert [each.state for each in obstacles(document, "R1")] == [UnitState.TYPED_AGAIN]
        type_again(document, 0, (1000, 60, 41, 15, 5))
        assert [(each.kind, _code(each.finding)) for each in obstacles(document, "R1")] == [(Hindrance.ERROR, "E106")]
        document.commit(settlement_edit(document.election, document.book, document.second, "Dara", 0, {2: 40}))
        assert obstacles(document, "R1") == []

    def test_worst_first(self, document):
        fill(document, 1, (500, 0, 0, 0, 0))
        fill(document, 2, (1000, 61, 40, 15, 5))
        fill(document, 3, (500, 0, 0, 0, 0))
        assert [each.kind for each in obstacles(document, "R2")] == [Hindrance.ERROR, Hindrance.UNEXPLAINED]
        assert [each.kind for each in obstacles(document, "R1")] == [Hindrance.UNEXPLAINED, Hindrance.NOT_ENTERED]


class TestSigning:
    def test_what_is_recorded(self, whole):
        head = whole.head
        changed = whole.commit(sign_off(whole, "R1", " S. Chan ", " chair ", " all forms seen "))
        record = whole.signing.of("R1")
        result = whole.live.region(0)
        assert (record.name, record.role, record.note) == ("S. Chan", "chair", "all forms seen")
        assert (record.event, record.head) == (head.seq, head.hash)
        assert record.votes == {"A": result.votes[0], "B": result.votes[1]}
        assert sum(record.seats.values()) == 3
        assert record.seats == dict(zip("AB", result.allocation.seats, strict=True))
        assert datetime.fromisoformat(record.at) == whole.now
        assert changed.regions == {0}
        assert whole.signing.signed_regions == {"R1"}
        assert whole.signing.of("R2") is None

    @pytest.mark.parametrize(("name", "role"), [("", "chair"), ("  ", "chair"), ("S. Chan", " "), ("x" * 301, "chair")])
    def test_nobody_signs_without_name_and_role(self, whole, name, role):
        with pytest.raises(EditRefused, match="no-signature"):
            sign_off(whole, "R1", name, role)

    def test_once_only(self, signed):
        with pytest.raises(EditRefused, match="signed-off"):
            sign_off(signed, "R1", "S. Chan", "chair")

    def test_it_is_there_after_opening_again(self, open_pack):
        document = open_pack("cambodia-senate-2024")
        explain_all(document, "R1")
        sign(document, "R1")
        record = document.signing.of("R1")
        again = open_pack("cambodia-senate-2024")
        assert again.signing.of("R1") == record
        cell = Cell(0, again.election.party_columns[0])
        assert refusal(again, again.edit_cells("enter", {cell: 1})) == "signed-off"


class TestFrozen:
    @pytest.mark.parametrize(
        "gesture", ["enter", "paste", "clear", "fill", "repair", "undo", "redo", "status", "reopen"]
    )
    def test_no_gesture_changes_a_cell(self, signed, gesture):
        edit = signed.edit_cells(gesture, {Cell(1, 2): 5})
        assert refusal(signed, edit, "because") == "signed-off"

    def test_a_gesture_over_two_regions_is_refused_whole(self, signed):
        assert refusal(signed, signed.edit_cells("paste", {Cell(0, 2): 5, Cell(2, 2): 5})) == "signed-off"
        assert signed.book.value(Cell(2, 2)) != 5

    def test_other_regions_go_on(self, signed):
        assert signed.commit(signed.edit_cells("enter", {Cell(2, 2): 5})) is not None

    def test_what_a_source_states_goes_on(self, signed):
        edit = signed.edit_stated(FigureKey("table", "votes", "R1", None, "A"), "77")
        assert signed.commit(edit) is not None

    def test_reasons_lots_and_second_entries(self):
        document = double_entry()
        fill(document, 0)
        type_again(document, 0, FORM)
        sign(document, "R1")
        key: JsonObject = {"region": "R1", "unit": None, "code": "W107", "facts": {}, "reason": "x", "by": "y"}
        for change in (
            RecordChange("explanation", "k", None, key),
            RecordChange("second", "R1/R1-1", None, {"figures": {"cast": 1}, "by": ["Dara"]}),
            RecordChange(
                "settlement", "R1/R1-1", None, {"fields": {"cast": {"first": 1, "second": 2, "paper": 1, "by": "Dara"}}}
            ),
            RecordChange("lot", "R1", None, {}),
        ):
            assert refusal(document, Edit("settle", records=(change,))) == "signed-off"

    def test_the_chamber_freezes_its_own_reasons(self, whole):
        sign_everything(whole)
        key: JsonObject = {"region": None, "unit": None, "code": "W210", "facts": {}, "reason": "x", "by": "y"}
        assert refusal(whole, Edit("explain", records=(RecordChange("explanation", "k", None, key),))) == "signed-off"

    def test_neither_undo_nor_redo_signs_or_opens(self, signed):
        record = signed.records.value(SIGN_OFF, "R1")
        out = RecordChange(SIGN_OFF, "R1", record, None)
        for gesture in ("undo", "redo", "enter", "sign-off"):
            assert refusal(signed, Edit(gesture, records=(out,)), "because") == "only-reopening"
        signed.commit(signed.signing.reopening_edit("R1"), reason="a form was missing")
        assert refusal(signed, Edit("redo", records=(out.inverse(),))) == "only-reopening"

    def test_nothing_goes_along_with_a_sign_off(self, signed):
        edit = signed.signing.reopening_edit("R1")
        smuggled = replace(edit, cells=signed.edit_cells("enter", {Cell(0, 2): 5}).cells)
        assert refusal(signed, smuggled, "because") == "only-reopening"


class TestReopening:
    @pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
    def test_it_needs_a_reason(self, signed, reason):
        assert refusal(signed, signed.signing.reopening_edit("R1"), reason) == "no-reason"
        assert signed.signing.of("R1") is not None

    def test_everything_can_be_changed_again(self, signed):
        signed.commit(signed.signing.reopening_edit("R1"), reason="Form 2 was misread")
        assert signed.signing.of("R1") is None
        assert signed.commit(signed.edit_cells("enter", {Cell(0, 2): 5})) is not None

    def test_what_is_open_is_not_opened(self, whole):
        for region in ("R1", None):
            with pytest.raises(EditRefused, match="not-signed-off"):
                whole.signing.reopening_edit(region)

    def test_the_chamber_comes_first(self, whole):
        sign_everything(whole)
        with pytest.raises(EditRefused, match="chamber-signed"):
            whole.signing.reopening_edit("R1")
        whole.commit(whole.signing.reopening_edit(None), reason="Region 1 again")
        whole.commit(whole.signing.reopening_edit("R1"), reason="Form 2 was misread")
        assert whole.signing.signed_regions == {"R2"}


class TestChamber:
    def test_all_regions_come_first(self, signed):
        assert [(each.kind, each.region) for each in obstacles(signed, None)] == [(Hindrance.REGION_OPEN, "R2")]

    def test_its_votes_and_seats_are_recorded(self, whole):
        sign_everything(whole)
        record = whole.signing.of(None)
        assert record.votes == dict(zip("AB", whole.live.chamber.votes, strict=True))
        assert sum(record.seats.values()) == 6

    def test_an_error_that_a_source_brought_into_a_signed_region(self, whole):
        sign(whole, "R1")
        sign(whole, "R2")
        whole.commit(whole.edit_stated(FigureKey("table", "votes", "R1", None, "A"), "1"))
        worst, *others = obstacles(whole, None)
        assert (worst.kind, _code(worst.finding), worst.region) == (Hindrance.ERROR, "E201", "R1")
        assert all(each.kind is Hindrance.UNEXPLAINED for each in others)

    def test_a_warning_of_the_chamber_needs_its_reason(self, whole):
        sign(whole, "R1")
        sign(whole, "R2")
        whole.commit(whole.edit_stated(FigureKey("table", "majority", None, None, None), "3"))
        assert [(each.kind, _code(each.finding)) for each in obstacles(whole, None)] == [
            (Hindrance.UNEXPLAINED, "W210")
        ]
        explain_all(whole, None)
        sign(whole, None)
        assert whole.signing.of(None).explained == 1

    def test_seats_that_a_threshold_of_the_chamber_moved_are_signed_again(self):
        """C has 19 of 110 votes when Region 1 is signed; Region 2 brings it below a tenth of all."""
        rule = Rule("dhondt", threshold=Threshold(share="1/10", scope="chamber"))
        document = open_document(Election(make_pack("ABC", units=(1, 1), rule=rule, seats=8)))
        fill(document, 0, (1000, 110, 61, 30, 19, 0))
        sign(document, "R1")
        record = document.signing.of("R1")
        assert record is not None
        assert record.seats["C"] == 1
        fill(document, 1, (1000, 503, 301, 202, 0, 0))
        sign(document, "R2")
        assert (Hindrance.RESULT_CHANGED, "R1") in [(each.kind, each.region) for each in obstacles(document, None)]
        document.commit(document.signing.reopening_edit("R1"), reason="C is below the threshold now")
        sign(document, "R1")
        assert obstacles(document, None) == []


class TestOfficial:
    def official(self, document: Document) -> Edit:
        new = Publication("official", "commission", "29 February 2024")
        return publication_edit(document.records, new, chamber_signed=document.signing.of(None) is not None)

    def test_nothing_is_official_that_nobody_signed(self, signed):
        with pytest.raises(EditRefused, match="not-signed"):
            self.official(signed)
        change = RecordChange(STATUS, CHAMBER, None, {"status": "official", "source": "x", "published_at": ""})
        for gesture in ("status", "redo", "undo"):
            assert refusal(signed, Edit(gesture, records=(change,))) == "not-signed"

    def test_opening_the_chamber_makes_it_provisional(self, whole):
        sign_everything(whole)
        whole.commit(self.official(whole))
        assert publication(whole.records).status == "official"
        whole.commit(whole.signing.reopening_edit(None), reason="recount in Region 1")
        assert publication(whole.records) == Publication("provisional", "commission", "29 February 2024")

    def test_an_opening_that_leaves_it_official_is_refused(self, whole):
        sign_everything(whole)
        whole.commit(self.official(whole))
        edit = whole.signing.reopening_edit(None)
        alone = replace(edit, records=tuple(change for change in edit.records if change.kind == SIGN_OFF))
        assert refusal(whole, alone, "because") == "not-signed"


def double_entry() -> Document:
    pack = make_pack(units=(1,))
    return open_document(Election(msgspec.structs.replace(pack, double_entry=True)))


def type_again(document: Document, row: int, figures: tuple[int | None, ...]) -> None:
    document.operator = "Dara"
    cells = {Cell(row, column): value for column, value in enumerate(figures)}
    document.commit(second_edit(document.election, document.book, document.second, "Dara", cells))
    document.operator = "S. Chan"


def sign_everything(document: Document) -> None:
    for region in (*(region.key for region in document.election.regions), None):
        sign(document, region)


def refusal_of_sign_off(document: Document, region: str) -> str:
    with pytest.raises(EditRefused) as refused:
        sign_off(document, region, "S. Chan", "chair")
    return refused.value.code


def _code(finding: Finding | None) -> str:
    assert finding is not None
    return finding.code
