"""The state as of a past moment: figures, seats, findings and records are those of that moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.kinds import KINDS
from tally_app.document.opening import open_document
from tally_app.document.past import open_past, past_of
from tally_app.document.second_entry import second_edit
from tally_app.storage.errors import ReadOnlyFile
from tally_app.storage.past import NoSuchEvent
from tests.eventful import NIGHT, Night, everything


class State(NamedTuple):
    """Everything that a reader can see of a document."""

    values: list[list[int | None]]
    stated: dict[FigureKey, str]
    records: dict[str, dict[str, object]]
    regions: list[object]
    chamber: object
    findings: list[object]
    states: list[object]
    signed: list[object]
    head: object


def state(document: Document) -> State:
    document.work()
    election, journal = document.election, document._journal
    return State(
        [list(document.book.row(row)) for row in range(election.unit_count)],
        dict(journal.stated()),
        {kind: dict(document.records.of(kind)) for kind in KINDS},
        [document.live.region(region) for region in range(len(election.regions))],
        document.live.chamber,
        sorted(document.live.findings(), key=repr),
        [(document.second.state(row, document.book.row(row)), document.second.clerks(row)) for row in range(4)],
        [document.signing.of(region) for region in ("R1", "R2", None)],
        document.head,
    )


def clock() -> datetime:
    return NIGHT


def test_after_each_event_of_a_night_it_is_what_it_was(tmp_path: Path):
    path = tmp_path / "count.tally"
    night = everything(path)
    end = night.document.head.seq
    night.document.close()
    document = open_document(path, operator="Dara", clock=clock, origin="test", read_only=True)
    now = state(document)
    assert state(past_of(document, end, path)) == now
    states = [state(past_of(document, seq, path)) for seq in range(1, end + 1)]
    assert len({repr(each) for each in states}) == end
    document.close()
    for seq in (1, 7, 29, end):
        opened = open_past(path, seq, clock=clock, origin="test")
        assert state(opened) == states[seq - 1]
        opened.close()


FIGURES = st.one_of(st.none(), st.integers(0, 500))
CELLS = st.dictionaries(st.sampled_from(["registered", "cast", "A", "B", "invalid"]), FIGURES, min_size=1, max_size=5)
STATED = st.tuples(st.sampled_from(["R1", "R2", None]), st.sampled_from(["A", "B"]), st.sampled_from([None, "7", "9"]))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.integers(0, 3), CELLS),
        st.tuples(st.just("second"), st.integers(0, 3), CELLS),
        st.tuples(st.just("state"), st.just(0), STATED),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_the_state_after_n_events_is_that_of_the_file_when_it_had_n(steps):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "count.tally"
        night = Night(path)
        seen = {}
        for kind, row, what in steps:
            _do(night, kind, row, what)
            fresh = open_document(path, operator="", clock=clock, origin="test", read_only=True)
            seen[night.document.head.seq] = state(fresh)
            fresh.close()
        for seq, expected in seen.items():
            assert state(past_of(night.document, seq, path)) == expected
        night.document.close()


def _do(night: Night, kind: str, row: int, what) -> None:
    document = night.document
    if kind == "state":
        region, party, text = what
        edit = document.edit_stated(FigureKey("table", "votes", region, None, party), text)
    elif kind == "enter":
        edit = document.edit_cells("enter", night.cells(row, what))
    else:
        try:
            cells = night.cells(row, what)
            edit = second_edit(document.election, document.book, document.second, "Sok", cells)
        except EditRefused:
            return
    if edit:
        night.commit(edit, "Sok" if kind == "second" else "Dara")


def test_the_past_takes_no_figures(tmp_path: Path):
    night = Night(tmp_path / "count.tally")
    night.enter(0, {"A": 5})
    past = past_of(night.document, 1, night.path)
    assert past.read_only
    with pytest.raises(ReadOnlyFile):
        past.commit(past.edit_cells("enter", {Cell(0, 2): 7}))
    assert past.book.value(Cell(0, 2)) is None
    assert night.document.book.value(Cell(0, 2)) == 5
    past.close()
    night.enter(0, {"A": 6})  # the document's journal is still open
    night.document.close()


def test_by_time_it_is_the_last_event_that_had_happened(tmp_path: Path):
    night = Night(tmp_path / "count.tally")
    for number in range(3):
        night.enter(0, {"A": number})  # at 15:00, 15:01, 15:02
    night.document.close()

    def seq(moment: datetime) -> int:
        document = open_past(night.path, moment, clock=clock, origin="test")
        document.close()
        return document.head.seq

    assert seq(NIGHT) == 2
    assert seq(NIGHT + timedelta(seconds=59)) == 2
    assert seq(NIGHT + timedelta(minutes=1)) == 3
    assert seq(datetime(2030, 1, 1, tzinfo=UTC)) == 4
    with pytest.raises(NoSuchEvent):
        seq(NIGHT - timedelta(milliseconds=1))


def test_figures_are_of_the_moment(tmp_path: Path):
    night = Night(tmp_path / "count.tally")
    night.enter(0, {"A": 5, "B": 4})
    night.enter(0, {"B": 6})
    past, now = past_of(night.document, 2, night.path), night.document
    assert past.live.region(0).allocation.seats == (1, 0)
    assert now.live.region(0).allocation.seats == (0, 1)
    assert np.array_equal(past._journal.values()[0], [-1, -1, 5, 4, -1])
    now.close()
