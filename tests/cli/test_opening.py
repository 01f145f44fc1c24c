from datetime import UTC, datetime
from pathlib import Path

import pytest

from tally_app.count.figures import Cell
from tally_app.document import opening
from tally_app.document.document import Document
from tally_app.resources import resource
from tally_app.storage.errors import DefinitionRejected, FileLocked, StorageError, TamperedFile
from tally_app.storage.events import Figures, Stamp, StatedEdit
from tally_app.storage.tally_file import TallyFile

STAMP = Stamp(datetime(2026, 11, 23, 4, 0, tzinfo=UTC), "Dara", "test@here")


def now() -> datetime:
    return STAMP.time


def sample(folder: Path) -> Document:
    return opening.open_sample(folder, operator="Dara", clock=now, origin="test@here")


def test_the_sample_is_made_in_the_user_s_documents(home: Path):
    folder = opening.documents_folder()
    assert folder.is_relative_to(home)
    document = sample(folder)
    document.close()
    path = folder / "Election Tally" / "Cambodia Senate 2024, as published.tally"
    assert opening.sample_path(folder) == path
    assert path.is_file()
    assert document.live.chamber.seats == (55, 3, 0, 0)
    assert not document.training


def test_the_copy_that_is_there_is_used_again(tmp_path: Path):
    document = sample(tmp_path)
    cell = Cell(0, document.election.party_columns[0])
    document.commit(document.edit_cells("enter", {cell: 818}))
    document.close()
    again = sample(tmp_path)
    again.close()
    assert again.book.value(cell) == 818
    assert again.head.seq == 3


def test_the_sample_that_another_made_at_the_same_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    create = TallyFile.create

    def twice(path: Path, *arguments: object, **options: object) -> None:
        create(path, *arguments, **options)  # type: ignore[arg-type]
        create(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(TallyFile, "create", twice)
    assert opening.make_sample(tmp_path, STAMP).is_file()


def test_a_documents_folder_that_is_a_file(tmp_path: Path):
    (tmp_path / "Election Tally").touch()
    with pytest.raises(StorageError):
        opening.make_sample(tmp_path, STAMP)


def test_one_writes_and_others_read(tmp_path: Path):
    path = tmp_path / "count.tally"
    opening.create_tally(path, "cambodia-senate-2024", training=True, stamp=STAMP)
    writer = opening.open_document(path, operator="Dara", clock=now, origin="a")
    with pytest.raises(FileLocked, match="Dara"):
        opening.open_document(path, operator="Sok", clock=now, origin="b")
    reader = opening.open_document(path, operator="Sok", clock=now, origin="b", read_only=True)
    assert (reader.read_only, reader.training, writer.read_only) == (True, True, False)
    reader.close()
    writer.close()


def test_what_is_read_is_of_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = opening.make_sample(tmp_path, STAMP)
    writer = opening.open_document(path, operator="Dara", clock=now, origin="a")
    cell = Cell(0, writer.election.party_columns[0])
    values = TallyFile.values
    figures = iter([818, 819])

    def written_meanwhile(file: TallyFile) -> object:
        for figure in figures:
            writer.commit(writer.edit_cells("enter", {cell: figure}))
            break
        return values(file)

    monkeypatch.setattr(TallyFile, "values", written_meanwhile)
    reader = opening.open_document(path, operator="", clock=now, origin="", read_only=True)
    assert (reader.book.value(cell), reader.head) == (819, writer.head)
    reader.close()
    writer.close()


def test_a_document_that_cannot_be_made_lets_go_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = opening.make_sample(tmp_path, STAMP)
    closed: list[TallyFile] = []
    close = TallyFile.close

    def remembered(file: TallyFile) -> None:
        closed.append(file)
        close(file)

    monkeypatch.setattr(TallyFile, "close", remembered)
    monkeypatch.setattr(opening, "Document", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        opening.open_document(path, operator="Dara", clock=now, origin="a", read_only=True)
    assert len(closed) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{ "field": "parties" },', ""),
        ('"key": "R2",\n      "name": { "en": "Region 2"', '"key": "R1",\n      "name": { "en": "Region 2"'),
        ('"en": "Senate"', '"en": "\\u001b[2J"'),
    ],
    ids=["no votes", "a region twice", "a terminal's command"],
)
def test_a_stranger_s_file_has_a_definition_that_no_pack_can_have(tmp_path: Path, old: str, new: str):
    path = tmp_path / "stranger.tally"
    pack = resource("elections", "cambodia-senate-2024.json").read_text(encoding="utf-8")
    assert old in pack
    TallyFile.create(path, pack.replace(old, new).encode(), training=False, stamp=STAMP)
    with pytest.raises(DefinitionRejected):
        opening.open_document(path, operator="", clock=now, origin="", read_only=True)


@pytest.mark.parametrize(
    "stated",
    [
        StatedEdit("article", "votes", None, None, "CPP", None, "abc"),
        StatedEdit("article", "share", None, None, "CPP", None, "x.y"),
        StatedEdit("article", "share", None, None, "ABC", None, "1.5"),
        StatedEdit("article", "votes", "R9", None, "CPP", None, "5"),
        StatedEdit("article", "votes", "R1", "U9", "CPP", None, "5"),
        StatedEdit("article", "votes", None, "R1", "CPP", None, "5"),
    ],
    ids=repr,
)
def test_a_stranger_s_file_states_what_nobody_can_type(tmp_path: Path, stated: StatedEdit):
    path = tmp_path / "stranger.tally"
    pack = resource("elections", "cambodia-senate-2024.json").read_bytes()
    TallyFile.create(path, pack, training=False, stamp=STAMP, initial=Figures("state", [], [stated]))
    with pytest.raises(TamperedFile, match="article states"):
        opening.open_document(path, operator="", clock=now, origin="", read_only=True)


def test_figures_stated_of_one_unit(tmp_path: Path):
    path = tmp_path / "count.tally"
    pack = resource("elections", "cambodia-senate-2024.json").read_bytes()
    stated = StatedEdit("somebody else", "votes", "R1", "R1", "CPP", None, "817")
    TallyFile.create(path, pack, training=False, stamp=STAMP, initial=Figures("state", [], [stated]))
    opening.open_document(path, operator="", clock=now, origin="", read_only=True).close()
