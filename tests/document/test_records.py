"""Records beside figures: written and taken back with them, never over somebody else's."""

from dataclasses import replace

import pytest

from tally_app.count.figures import Cell, CellChange
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.publication import Publication, publication, publication_edit
from tally_app.document.records import CHAMBER, RecordChange
from tally_app.document.sources import source_edit, sources
from tests.document.conftest import Opener

BLANK = "cambodia-senate-2024-blank"
NOTE = {"status": "provisional", "source": "the commission", "published_at": ""}


def both(document: Document) -> Edit:
    """One gesture that changes a figure and a record."""
    cell = Cell(0, document.election.column_index["CPP"])
    change = RecordChange("status", CHAMBER, None, dict(NOTE))
    return Edit("settle", (CellChange(cell, None, 817),), records=(change,))


def test_a_gesture_with_both_is_two_events_and_one_step_back(open_pack):
    document = open_pack(BLANK)
    before = document.head.seq
    edit = both(document)
    changed = document.commit(edit)
    assert changed is not None
    assert (changed.seq, document.head.seq) == (before + 1, before + 2)
    assert publication(document.records).status == "provisional"
    taken_back = document.commit(replace(edit.inverse(), gesture="undo"), undoes=changed.seq)
    assert taken_back is not None
    assert document.book.value(edit.cells[0].cell) is None
    assert publication(document.records) == Publication()
    undone = [event.payload for event in document._journal.events(before + 2)]
    assert [f'"undoes":{changed.seq + offset}' in text for offset, text in enumerate(undone)] == [True, True]


def test_records_are_there_after_opening_again(open_pack: Opener):
    document = open_pack(BLANK)
    document.commit(both(document))
    key, edit = source_edit(document.election, document.records, "Communiqué of 29 February", note="NEC")
    document.commit(edit)
    document = open_pack(BLANK)
    assert publication(document.records).source == "the commission"
    assert [source.key for source in sources(document.election, document.records)][-1] == key
    assert key == "communiqu-of-29-february"


def test_a_record_that_somebody_changed_meanwhile_is_left_alone(open_pack):
    document = open_pack(BLANK)
    edit = both(document)
    document.commit(publication_edit(document.records, Publication("provisional", "B", ""), chamber_signed=False))
    with pytest.raises(EditRefused) as refused:
        document.commit(edit)
    assert refused.value.code == "changed-meanwhile"
    assert document.book.value(edit.cells[0].cell) is None
    assert publication(document.records).source == "B"


def test_two_sources_of_one_name_are_one_too_many(open_pack):
    document = open_pack(BLANK)
    document.commit(source_edit(document.election, document.records, "Gazette")[1])
    with pytest.raises(EditRefused) as refused:
        source_edit(document.election, document.records, " gazette ")
    assert refused.value.code == "source-known"


@pytest.mark.parametrize("name", ["", "  ", "x" * 301])
def test_a_source_without_a_usable_name(open_pack, name):
    document = open_pack(BLANK)
    with pytest.raises(EditRefused) as refused:
        source_edit(document.election, document.records, name)
    assert refused.value.code == "no-name"


def test_sources_whose_names_have_no_latin_letters_have_keys_of_their_own(open_pack):
    document = open_pack(BLANK)
    keys = []
    for name in ("គ.ជ.ប", "រាជកិច្ច"):
        key, edit = source_edit(document.election, document.records, name)
        document.commit(edit)
        keys.append(key)
    assert len(set(keys)) == 2
