"""Events of one gesture: all of them on the disk, or none."""

import pytest

from tally_app.storage import TallyFile
from tally_app.storage.errors import Conflict
from tally_app.storage.events import Record
from tests.storage.making import DRAWN, STAMP, make_typical, one_cell, one_record


def test_figures_and_records_stand_one_after_the_other(tmp_path):
    with TallyFile.open(make_typical(tmp_path)) as file:
        last = file.head.seq
        events = file.append_all(
            [("figures", one_cell("r0", "u1", "CPP", 871, 900)), ("settlement", one_record("r0/u1", None, DRAWN))],
            STAMP,
        )
        assert [event.seq for event in events] == [last + 1, last + 2]
        assert file.head.hash == events[-1].hash
        assert file.verify().ok
        assert file.records("settlement") == {"r0/u1": DRAWN}


@pytest.mark.parametrize("wrong_first", [True, False])
def test_one_that_does_not_fit_keeps_all_out(tmp_path, wrong_first):
    good, wrong = ("figures", one_cell("r0", "u1", "CPP", 871, 900)), ("lot", Record("r0", DRAWN, None))
    with TallyFile.open(make_typical(tmp_path)) as file:
        head, values = file.head, file.values().tolist()
        with pytest.raises(Conflict):
            file.append_all([wrong, good] if wrong_first else [good, wrong], STAMP)
        assert (file.head, file.values().tolist()) == (head, values)
        assert len(list(file.events())) == head.seq
        assert file.verify().ok
        assert file.append("figures", one_cell("r0", "u1", "CPP", 871, 900), STAMP).seq == head.seq + 1


def test_the_second_may_build_on_the_first(tmp_path):
    with TallyFile.open(make_typical(tmp_path)) as file:
        file.append_all([("lot", one_record("r0", None, DRAWN)), ("lot", one_record("r0", DRAWN, None))], STAMP)
        assert file.records("lot") == {}
        assert file.verify().ok
