"""A journal as it was: the first events of a file, folded, with their chain checked."""

from pathlib import Path

import numpy as np
import pytest

from tally_app.storage import TallyFile
from tally_app.storage.errors import ReadOnlyFile, StorageError, TamperedFile
from tally_app.storage.past import NoSuchEvent, PastJournal
from tests.storage.making import CORRECTED, DRAWN, STAMP, forge, make_recorded, one_cell


def past(file: TallyFile, seq: int) -> PastJournal:
    return PastJournal(file, seq, file.path)


def test_what_came_later_is_not_there(tmp_path: Path):
    with TallyFile.open(make_recorded(tmp_path)) as file:
        events = list(file.events())
        for seq in range(1, 12):
            journal = past(file, seq)
            assert journal.head == (seq, events[seq - 1].hash)
            assert list(journal.events()) == events[:seq]
            assert list(journal.events(seq - 1)) == events[seq - 1 : seq]
            assert list(journal.events(seq)) == list(journal.events(seq + 3)) == []
            assert (journal.records("lot") == {}) == (seq < 7)
            assert (journal.stated() == {}) == (seq < 5)
        assert past(file, 7).records("lot") == {"r0": DRAWN}
        assert past(file, 8).records("lot") == {"r0": CORRECTED}
        assert past(file, 10).records("sign_off") == {}
        assert (past(file, 1).values() == -1).all()
        assert past(file, 2).values()[1].tolist() == [-1, -1, 817, -1]
        assert past(file, 4).values()[1].tolist() == [-1, -1, 871, -1]
        now = past(file, 11)
        assert np.array_equal(now.values(), file.values())
        assert list(now.stated().items()) == list(file.stated().items())
        assert list(now.records("sign_off").items()) == list(file.records("sign_off").items())
        assert (now.election, now.training, now.definition_sha256) == (
            file.election,
            file.training,
            file.definition_sha256,
        )


def test_it_can_only_be_read(tmp_path: Path):
    path = make_recorded(tmp_path)
    with TallyFile.open(path) as file:
        journal = past(file, 3)
        assert journal.read_only
        assert journal.verify() == (True, 3, None)
        journal.values()[:] = 5
        assert (journal.values() != 5).all()
        with pytest.raises(ReadOnlyFile):
            journal.append_all([("figures", one_cell("r0", "u1", "CPP", 817, 1))], STAMP)
        with pytest.raises(StorageError, match="past moment"):
            journal.save_copy(tmp_path / "copy.tally")
        assert not (tmp_path / "copy.tally").exists()
        assert file.head.seq == 11


def test_later_events_do_not_reach_it(tmp_path: Path):
    with TallyFile.open(make_recorded(tmp_path)) as file:
        journal = past(file, 11)
        file.append("figures", one_cell("r0", "u1", "CPP", 871, 1), STAMP)
        assert journal.head.seq == len(list(journal.events())) == 11
        assert journal.values()[1, 2] == 871


@pytest.mark.parametrize("seq", [-1, 0, 12])
def test_there_is_no_such_event(tmp_path: Path, seq: int):
    with TallyFile.open(make_recorded(tmp_path)) as file, pytest.raises(NoSuchEvent) as caught:
        past(file, seq)
    assert (caught.value.seq, caught.value.last) == (seq, 11)


def test_a_source_of_its_own_is_closed_with_it(tmp_path: Path):
    file = TallyFile.open(make_recorded(tmp_path))
    past(file, 3).close()
    assert len(list(file.events())) == 11
    PastJournal(file, 3, file.path, owned=True).close()
    with TallyFile.open(file.path):  # nobody holds its lock any more
        pass


FORGERIES = {
    "a person": ("UPDATE journal SET operator = 'Nobody' WHERE seq = 3", 3, "chain"),
    "a payload": ("UPDATE journal SET payload = replace(payload, 'FUN', 'CPP') WHERE seq = 7", 7, "chain"),
    "an event gone": ("DELETE FROM journal WHERE seq = 5", 5, "missing"),
    "the first event": ("UPDATE journal SET payload = replace(payload, 'false', 'true') WHERE seq = 1", 1, "chain"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_chain_that_was_broken_meanwhile_is_named(tmp_path: Path, forgery: str):
    statement, event, kind = FORGERIES[forgery]
    path = make_recorded(tmp_path)
    with TallyFile.open(path) as file:
        before, later = past(file, 2), past(file, 11)
        forge(path, statement)
        with pytest.raises(TamperedFile) as caught:
            past(file, 11)
        assert (caught.value.problem.event, caught.value.problem.kind) == (event, kind)
        assert later.verify().problem == caught.value.problem
        assert before.verify().ok == (event > 2)
