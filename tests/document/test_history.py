"""History is the journal backwards, read no further than somebody looks."""

from itertools import islice

import pytest

from tally_app.count.figures import Cell
from tally_app.document import history as module
from tally_app.document.history import history
from tally_app.storage.events import Created, Figures

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
