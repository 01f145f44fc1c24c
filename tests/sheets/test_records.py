"""What people recorded on paper: findings with reasons, lots, who is elected, changes after a sign-off; blank forms."""

import pytest

from tally_app.document.document import Document
from tally_app.document.explanations import explanation_edit
from tally_app.sheets.content import Blanks, Boxes, Heading
from tests.sheets.making import (
    blocks,
    explain,
    fill,
    large_document,
    make_document,
    pages_of,
    paragraphs,
    rows,
    sheet_of,
    signed_document,
    small_document,
    small_pack,
    tables,
    text_of,
)
from tests.ui.fake_journal import bundled_document


@pytest.fixture
def senate() -> Document:
    document = bundled_document()
    document.work()
    return document


def by_code(sheet, code: str) -> list[list[str]]:
    return [row for table in tables(sheet) for row in rows(table) if row[0] == code]


def test_findings_with_what_to_do(senate: Document):
    sheet = sheet_of(senate, "findings")
    assert len([row for table in tables(sheet) for row in rows(table)]) == len(senate.live.findings())
    assert by_code(sheet, "E202") == [
        [
            "E202",
            "Chamber · CPP",
            "The results table states 10,117 votes; the regions add up to 9,332 (785 fewer).",
            "Compare the regions with their sheets.",
        ]
    ]
    assert "3 errors · 10 warnings, 10 of them without a reason · " in paragraphs(sheet)
    assert all(row[3] == "NO REASON GIVEN" for row in by_code(sheet, "W206"))
    assert "10,117 votes" in " ".join(text_of(sheet).split())


def test_reasons_and_by_whom(senate: Document):
    explain(senate, "asked by telephone", ["W210"])
    sheet = sheet_of(senate, "findings")
    assert [row[3] for row in by_code(sheet, "W210")] == ["asked by telephone (Dara)"]
    assert "10 warnings, 9 of them without a reason" in paragraphs(sheet)


def test_a_reason_that_holds_no_longer(senate: Document):
    (finding,) = [each for each in senate.live.findings() if each.code == "W206" and each.facts["stated"] == "11.92"]
    senate.commit(explanation_edit(senate.records, finding, "rounding", "Dara"))
    fill(senate, 0, KWP=99)
    senate.work()
    told = [row[3] for row in by_code(sheet_of(senate, "findings"), "W206")]
    assert told.count("NO LONGER VALID, the figures have changed: rounding (Dara)") == 1


def test_findings_of_one_region(senate: Document):
    sheet = sheet_of(senate, "findings", "R3")
    assert {row[0] for table in tables(sheet) for row in rows(table)} == {"N403"}


def test_no_findings():
    document = make_document(small_pack())
    document.work()
    assert "findings may be missing" not in paragraphs(sheet_of(document, "findings", "R1"))


def test_checks_that_still_run_are_said():
    assert "findings may be missing" in paragraphs(sheet_of(bundled_document(), "findings"))


def test_the_record_of_a_lot():
    sheet = sheet_of(small_document(), "lot", "R1")
    lists, told = tables(sheet)
    assert rows(lists) == [["Party A", "300", "0"], ["Party B", "100", "1"]]
    assert rows(told) == [
        ["Drawn by", "Sok Chan"],
        ["Drawn at", "2024-02-25 23:40"],
        ["Witnesses", "Chea Dara"],
        ["Witnesses", "Kim Sophal"],
        ["Note", "from a hat"],
    ]
    assert "The lot is recorded in the file, and counts." in paragraphs(sheet)


def test_a_lot_of_a_tie_that_is_gone():
    document = small_document()
    fill(document, 0, A=160)
    assert "it does not count" in paragraphs(sheet_of(document, "lot", "R1"))


def test_a_tie_that_waits_for_its_lot():
    document = small_document()
    document.commit(document.edit_lot("R1", None))
    sheet = sheet_of(document, "lot", "R1")
    (blanks,) = [block for block in blocks(sheet) if isinstance(block, Blanks)]
    assert blanks.labels[0] == ("Drawn by",)
    assert [row[:2] for row in rows(tables(sheet)[0])] == [["Party A", "300"], ["Party B", "100"]]


def test_who_is_elected():
    sheet = sheet_of(small_document(), "elected")
    first, second = tables(sheet)
    assert rows(first) == [
        ["", "Party A", "2"],
        ["1", "Ana Reyes", ""],
        ["2", "Tom Bell", ""],
        ["", "Party B", "1"],
        ["1", "Bo Hart", ""],
    ]
    assert rows(second) == [["", "Party A", "3"], ["", "no names are known of this list", ""]]


def test_a_seat_without_a_name_is_said():
    document = small_document()
    fill(document, 0, A=1000)
    assert rows(tables(sheet_of(document, "elected", "R1"))[0])[-1] == ["3", "no candidate is named for this seat", ""]


def test_changes_after_a_sign_off():
    document = signed_document()
    sheet = sheet_of(document, "changes")
    compared, changed, events = tables(sheet)
    assert rows(compared) == [["A", "98", "99", "+1", "3", "3"], ["B", "0", "0", "0", "0", ""]]
    assert [row[1:] for row in rows(changed)] == [["Unit 2.1", "Ballots cast", "90 → 91"], ["Unit 2.1", "A", "90 → 91"]]
    told = [row[3] for row in rows(events)]
    assert told[0].startswith("Signed off · Region 2: Kim Ny, chair")
    assert "Reason: a form was read again" in told[1]
    assert "A 90 → 91" in told[2]
    assert "Region 1" not in paragraphs(sheet)


def test_what_was_never_signed_has_no_changes():
    assert "Nothing has been signed off yet." in paragraphs(sheet_of(small_document(), "changes"))
    assert "Nothing has been signed off yet." in paragraphs(sheet_of(signed_document(), "changes", "R1"))


def forms(document: Document, *place: str) -> list[Boxes]:
    region, unit = (*place, None, None)[:2]
    return [each for each in blocks(sheet_of(document, "forms", region, unit=unit)) if isinstance(each, Boxes)]


def test_a_form_has_its_fields_in_order():
    document = small_document()
    first, *rest = forms(document)
    assert len(rest) == 3
    assert [(line.number, line.name[0]) for line in first.lines] == [
        ("", "Registered voters"),
        ("", "Ballots cast"),
        ("1", "Party A"),
        ("2", "Party B"),
        ("", "Total of the valid votes"),
        ("", "Blank ballots"),
        ("", "Invalid ballots"),
        ("", "Total of valid, blank and invalid ballots"),
    ]
    assert "Party B" not in [line.name[0] for line in rest[-1].lines]
    assert len(forms(document, "R1")) == 2
    assert len(forms(document, "R1", "R1-2")) == 1


def test_a_form_where_valid_votes_are_a_field_has_no_second_total():
    (form,) = forms(make_document(small_pack(form=("parties", "valid", "invalid"))), "R1", "R1-1")
    assert [line.name[0] for line in form.lines] == [
        "Party A",
        "Party B",
        "Valid votes",
        "Invalid ballots",
        "Total of valid, blank and invalid ballots",
    ]


def test_each_unit_begins_a_page_and_forty_lists_go_on():
    document = large_document(40, [2], 5)
    sheet = sheet_of(document, "forms", "R1")
    titles = [block for block in blocks(sheet) if isinstance(block, Heading)]
    assert [title.words for title in titles] == [("Unit 1.1",)] * 2 + [("Unit 1.2",)] * 2
    pages = text_of(sheet)
    assert "Page 4 of 4" in pages
    assert sum(len(form.lines) for form in forms(document, "R1", "R1-1")) == 46


def test_signatures_say_that_they_are_for_all_pages_of_the_sheet():
    pages = pages_of(sheet_of(large_document(6, [120], 5), "region", "R1"))
    assert len(pages) > 1
    said = f"The signatures are for all {len(pages)} pages of this sheet."
    assert [said in " ".join(page.split()) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "The signatures are for" not in text_of(sheet_of(small_document(), "lot", "R1"))
