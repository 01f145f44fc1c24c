"""Any series of gestures, closings and openings: the file says what a plain dictionary says."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tally_app.count.figures import FigureKey
from tally_app.storage import TallyFile, verify_file
from tally_app.storage.events import Block, Change, Figures, JsonObject, Record, StatedEdit
from tests.storage.making import COLUMNS, STAMP, make

REGIONS, UNITS = ["r0", "r1", "r2"], ["u0", "u1", "u2", "u3"]
NUMBER = st.none() | st.integers(0, 3) | st.integers(0, 999_999_999_999)
STATED = st.none() | st.sampled_from(["0", "8.10", "10117"])
KEYS = st.builds(
    FigureKey,
    source=st.sampled_from("ab"),
    figure=st.sampled_from(["cast", "votes"]),
    region=st.none() | st.just("r0"),
    unit=st.none() | st.just("u1"),
    party=st.none() | st.just("CPP"),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
RECORDED = st.none() | st.dictionaries(st.text(), VALUES, max_size=3)


class Gestures(RuleBasedStateMachine):
    @initialize()
    def create(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tally-"))
        self.path = make(self.folder)
        self.file = TallyFile.open(self.path)
        self.cells: dict[tuple[str, str, str], int | None] = {}
        self.figures: dict[FigureKey, str] = {}
        self.records: dict[str, dict[str, JsonObject]] = {"lot": {}, "sign_off": {}}
        self.seq = 1

    @rule(
        region=st.sampled_from(REGIONS),
        units=st.lists(st.sampled_from(UNITS), min_size=1, unique=True),
        columns=st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True),
        data=st.data(),
    )
    def enter(self, region, units, columns, data):
        line = st.lists(NUMBER, min_size=len(columns), max_size=len(columns))
        new = data.draw(st.lists(line, min_size=len(units), max_size=len(units)))
        old = [[self.cells.get((region, unit, column)) for column in columns] for unit in units]
        untouched = all(value is None for values in old for value in values)
        self._append(Figures("paste", [Block(region, units, columns, new, None if untouched else old)]))
        for unit, values in zip(units, new, strict=True):
            self.cells |= {(region, unit, column): value for column, value in zip(columns, values, strict=True)}

    @rule(key=KEYS, new=STATED)
    def state(self, key, new):
        old = self.figures.get(key)
        self._append(
            Figures("state", stated=[StatedEdit(key.source, key.figure, key.region, key.unit, key.party, old, new)])
        )
        self.figures = {k: v for k, v in {**self.figures, key: new}.items() if v is not None}

    @rule(kind=st.sampled_from(["lot", "sign_off"]), key=st.sampled_from(["r0", "r1", "\0'"]), new=RECORDED)
    def record(self, kind, key, new):
        self._append(Record(key, self.records[kind].pop(key, None), new), kind)
        if new is not None:
            self.records[kind][key] = new

    @rule()
    def reopen(self):
        self.file.close()
        assert [entry.name for entry in self.folder.iterdir()] == ["count.tally"]
        assert verify_file(self.path).ok
        self.file = TallyFile.open(self.path)

    @precondition(lambda self: self.seq % 3 == 0)
    @rule()
    def copy(self):
        target = self.folder / "copy.tally"
        self.file.save_copy(target)
        with TallyFile.open(target, read_only=True) as copy:
            assert copy.head == self.file.head
            assert np.array_equal(copy.values(), self.file.values())
            assert copy.stated() == self.file.stated()
            assert repr(copy.records("lot")) == repr(self.file.records("lot"))
        target.unlink()

    @invariant()
    def the_file_says_what_was_entered(self):
        values = self.file.values()
        election = self.file.election
        for row in range(election.unit_count):
            region, unit = election.regions[election.region_of(row)].key, election.unit(row).key
            expected = [self.cells.get((region, unit, column)) for column in COLUMNS]
            assert [None if value == -1 else value for value in values[row].tolist()] == expected
        assert self.file.stated() == self.figures
        for kind, records in self.records.items():
            assert self.file.records(kind) == records
        assert self.file.head.seq == self.seq
        assert self.file.verify().ok

    def teardown(self):
        if hasattr(self, "file"):
            self.file.close()
            shutil.rmtree(self.folder)

    def _append(self, change: Change, kind: str = "figures"):
        self.seq += 1
        assert self.file.append(kind, change, STAMP).seq == self.seq


TestGestures = Gestures.TestCase
TestGestures.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
