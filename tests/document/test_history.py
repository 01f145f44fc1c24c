"""History is the journal backwards, read no further than somebody looks."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from tally_app.count.figures import Cell
from tally_app.document import history as module
from tally_app.document.history import Entry, Wanted, chronicle, history
from tally_app.document.sources import source_edit
from tally_app.storage.events import Block, Created, Figures, StatedEdit
from tests.eventful import NIGHT

BLANK = "cambodia-senate-2024-blank"


@pytest.fixture
def document(open_pack):
    document = open_pack(BLANK)
    for number in range(1, 10):
        document.commit(document.edit_cells("enter", {Cell(8, 3): number}))
    return document


@pytest.mark.parametrize("block", [1, 2, 3, 10, 200])
def test_newest_first_whatever_the_size_of_a_block(document, monkeypatch, block):
    monkeypatch.setattr(module, "_BLOCK", block)
    assert [entry.seq for entry in history(document)] == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert [entry.seq for entry in history(document, after=7)] == [10, 9, 8]
    assert list(history(document, after=10)) == []


def test_who_what_and_where(document):
    latest = next(history(document))
    assert (latest.operator, latest.origin, latest.kind, latest.region) == ("S. Chan", "test", "figures", "R4")
    assert f"{latest.time:%Y-%m-%d %H:%M:%S %z}" == "2024-02-25 22:14:03 +0000"
    assert isinstance(latest.payload, Figures)
    assert latest.payload.blocks[0].new == [[9]]
    first = list(history(document))[-1]
    assert isinstance(first.payload, Created)
    assert first.region is None


def test_no_more_is_read_than_is_asked_for(document, monkeypatch):
    monkeypatch.setattr(module, "_BLOCK", 2)
    asked: list[int] = []
    events = document._journal.events

    def counted(after):
        asked.append(after)
        return events(after)

    monkeypatch.setattr(document._journal, "events", counted)
    assert len(list(islice(history(document), 3))) == 3
    assert asked == [8, 6]


class TestWanted:
    ENTRY = Entry(7, NIGHT, "Dara", "test", "figures", Figures("paste", [Block("R4", ["a", "b"], ["CPP"], [[1], [2]])]))

    @pytest.mark.parametrize(
        "wanted",
        [
            Wanted(),
            Wanted(since=NIGHT, until=NIGHT),
            Wanted(region="R4", unit="R4/b", person="Dara", kind="paste", text="CPP"),
            Wanted(kind="figures", text="  cpp "),
        ],
    )
    def test_it_passes(self, wanted):
        assert wanted.passes(self.ENTRY, "No. 7: CPP 1")

    @pytest.mark.parametrize(
        "wanted",
        [
            Wanted(region="R5"),
            Wanted(region="*"),
            Wanted(unit="R4/c"),
            Wanted(person="dara"),
            Wanted(kind="enter"),
            Wanted(kind="stated"),
            Wanted(text="KWP"),
            Wanted(since=NIGHT + timedelta(microseconds=1)),
            Wanted(until=NIGHT - timedelta(microseconds=1)),
            Wanted(region="R4", kind="lot"),
        ],
    )
    def test_it_does_not(self, wanted):
        assert bool(wanted)
        assert not wanted.passes(self.ENTRY, "No. 7: CPP 1")

    def test_what_an_event_of_several_regions_is_about(self):
        blocks = [Block("R4", ["a"], ["CPP"], [[1]]), Block("R5", ["a"], ["CPP"], [[1]])]
        stated = [StatedEdit("table", "votes", region, unit, "CPP", None, "1") for region, unit in STATED]
        about = Entry(7, NIGHT, "Dara", "test", "figures", Figures("undo", blocks, stated, undoes=3)).about
        assert about.regions == {"R4", "R5", "R6", "*"}
        assert about.units == {"R4/a", "R5/a", "R6/x"}
        assert about.kinds == {"figures", "stated", "undo"}


STATED: list[tuple[str | None, str | None]] = [("R6", "x"), (None, None)]


def test_taken_back_and_done_again_are_told_apart(document):
    first = document.edit_cells("enter", {Cell(8, 3): 77})
    seq = document.commit(first).seq
    document.commit(replace(first.inverse(), gesture="undo"), undoes=seq)
    document.commit(replace(first, gesture="redo"), undoes=seq)
    redo, undo, entered = islice(history(document), 3)
    assert [sorted(entry.about.kinds) for entry in (entered, undo, redo)] == [
        ["enter", "figures"],
        ["figures", "undo"],
        ["figures", "redo"],
    ]


def test_a_record_done_again(open_pack):
    document = open_pack(BLANK)
    _, edit = source_edit(document.election, document.records, "the radio")
    seq = document.commit(edit).seq
    document.commit(edit.inverse(), undoes=seq)
    document.commit(edit, undoes=seq)
    kinds = [sorted(entry.about.kinds) for entry in islice(history(document), 3)]
    assert kinds == [["redo", "source"], ["source", "undo"], ["source"]]
    assert [entry.seq for entry in chronicle(document)] == [1, 2, 3, 4]
    assert [entry.seq for entry in chronicle(document, 2)] == [3, 4]
