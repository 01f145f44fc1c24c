"""What a file is, asked by itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tally_app.storage.errors import DamagedFile, FileVanished, NotATallyFile
from tally_app.storage.tally_file import TallyFile
from tally_app.storage.training import is_training
from tests.storage.making import make


@pytest.mark.parametrize("training", [True, False])
def test_as_it_was_made_also_while_somebody_writes(tmp_path: Path, training: bool):
    path = make(tmp_path, training=training)
    assert is_training(path) is training
    with TallyFile.open(path, operator="Dara"):
        assert is_training(path) is training


def test_no_byte_is_changed(tmp_path: Path):
    path = make(tmp_path, training=True)
    before = path.read_bytes()
    is_training(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".tally"] == [path.name]


def test_what_cannot_be_asked(tmp_path: Path):
    with pytest.raises(FileVanished):
        is_training(tmp_path / "no.tally")
    other = tmp_path / "other.tally"
    other.write_text("no tally")
    with pytest.raises(NotATallyFile):
        is_training(other)
    path = make(tmp_path)
    with closing(sqlite3.connect(path)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{trigger}"')
        db.execute("DELETE FROM journal")
        db.commit()
    with pytest.raises(DamagedFile):
        is_training(path)
