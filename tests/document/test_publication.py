"""The status of the results, and rows of a training file that must not turn up in a live one."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.known_rows import MOST_ROWS, KnownRows, known_rows, known_rows_edit, rows_to_know, same_forms
from tally_app.document.opening import create_tally, open_document
from tally_app.document.publication import Publication, publication, publication_edit
from tally_app.document.watching import is_watched, watch_edit
from tally_app.storage.errors import StorageError
from tally_app.storage.tally_file import TallyFile
from tests.document.conftest import NIGHT
from tests.packs import make_election
from tests.storage.making import STAMP
from tests.ui.fake_journal import bundled_document
from tests.ui.fake_journal import open_document as in_memory

BLANK = "cambodia-senate-2024-blank"
ROW = (60_123, 40_456, 21_789, 1_111, 99)
"""Votes of the four lists, and invalid ballots."""


@pytest.fixture
def document() -> Document:
    return in_memory(make_election())


def say(document: Document, *status: str) -> None:
    document.commit(publication_edit(document.records, Publication(*status), chamber_signed=False))  # type: ignore[arg-type]


class TestStatus:
    def test_nobody_said_anything(self, document):
        assert publication(document.records) == Publication("unofficial", "", "")

    def test_as_written_without_the_blanks_around_it(self, document):
        say(document, "provisional", " the commission ", " 26 Feb, in the morning ")
        assert publication(document.records) == Publication("provisional", "the commission", "26 Feb, in the morning")
        say(document, "unofficial")
        assert publication(document.records) == Publication()

    def test_saying_what_is_so_already_is_no_event(self, document):
        say(document, "unofficial")
        say(document, "provisional", "x")
        head = document.head
        say(document, "provisional", "x ")
        assert document.head == head
        assert head.seq == 1

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (Publication("official", "x"), "not-signed"),
            (Publication("provisional", "  "), "no-source"),
            (Publication("provisional", "x" * 301), "too-long"),
            (Publication("unofficial", "", "x" * 301), "too-long"),
        ],
    )
    def test_refused(self, document, status, code):
        with pytest.raises(EditRefused) as refused:
            publication_edit(document.records, status, chamber_signed=False)
        assert refused.value.code == code


class TestKnownRows:
    def test_complete_rows_with_votes(self, document):
        fill(document, 0, (900, 105, 60, 40, 5))
        fill(document, 1, (900, 105, 60, 40, None))
        fill(document, 2, (900, 0, 0, 0, 0))
        rows = rows_to_know(document.election, document.book, "practice.tally")
        assert list(rows.rows.values()) == ["Region 1 · Unit 1.1"]
        assert (rows.what, rows.name) == ("training", "practice.tally")

    def test_rows_of_the_pack_are_everybodys(self):
        document = bundled_document()
        assert rows_to_know(document.election, document.book, "x").rows == {}
        row, column = document.election.starts[4], document.election.party_columns[0]
        document.commit(document.edit_cells("enter", {Cell(row, column): 1200}))
        assert list(rows_to_know(document.election, document.book, "x").rows.values()) == [
            "Region 5 · Region 5, whole region"
        ]

    def test_a_row_of_two_files_is_told_of_the_training_file_whatever_came_first(self, document):
        files: list[tuple[str, Literal["training", "import"]]] = [
            ("a", "import"),
            ("z", "training"),
            ("b", "import"),
            ("y", "training"),
        ]
        for name, what in files:
            document.commit(known_rows_edit(document.records, KnownRows(what, name, {"d": f"row of {name}"})))
        assert known_rows(document.records) == {"d": ("training", "z · row of z")}

    def test_the_same_rows_again_are_no_event(self, document):
        rows = KnownRows("training", "a", {"d": "x"})
        document.commit(known_rows_edit(document.records, rows))
        assert not known_rows_edit(document.records, rows)

    def test_too_many(self, document):
        rows = KnownRows("import", "a", {str(number): "x" for number in range(MOST_ROWS + 1)})
        with pytest.raises(EditRefused, match="too-many-rows"):
            known_rows_edit(document.records, rows)

    def test_forms_that_can_be_compared(self):
        one = make_election()
        assert same_forms(one, make_election(seats=5))
        assert not same_forms(one, make_election(parties="AC"))
        assert not same_forms(one, make_election(units=(2, 3)))
        assert not same_forms(one, make_election(form=("cast", "parties", "invalid")))


class TestWatching:
    def test_a_training_row_in_a_live_file_is_w502(self, tmp_path):
        other = practice(tmp_path)
        with closing(open_file(tmp_path, "live", training=False)) as live:
            rows, edit = watch_edit(live, tmp_path / "live.tally", other)
            live.commit(edit)
            assert (len(rows.rows), is_watched(live, other), is_watched(live, tmp_path / "x")) == (1, True, False)
            live.work()
            assert "W502" not in {finding.code for finding in live.live.findings()}
            enter(live, 7)
            live.work()
            found = [finding for finding in live.live.findings() if finding.code == "W502"]
            assert [finding.facts["with"] for finding in found] == ["training"]
            assert str(found[0].facts["label"]).startswith("practice.tally · Region 1")
            assert found[0].place.unit == live.election.unit(7).key

    def test_refused(self, tmp_path):
        other = practice(tmp_path)
        open_file(tmp_path, "second", training=False).close()
        open_file(tmp_path, "empty", training=True).close()
        create_tally(tmp_path / "table.tally", "cambodia-senate-2024", training=True, stamp=STAMP)
        with closing(open_file(tmp_path, "live", training=False)) as live:
            own = tmp_path / "live.tally"
            for name, code in (
                ("live", "same-file"),
                ("second", "not-training"),
                ("empty", "no-rows"),
                ("table", "another-election"),
            ):
                with pytest.raises(EditRefused) as refused:
                    watch_edit(live, own, tmp_path / f"{name}.tally")
                assert refused.value.code == code
            with pytest.raises(StorageError):
                watch_edit(live, own, tmp_path / "nowhere.tally")
            other.write_text("something else")
            with pytest.raises(StorageError):
                watch_edit(live, own, other)


class TestTrainingIsForEver:
    def test_no_edit_and_no_copy_changes_it(self, tmp_path):
        practice(tmp_path)
        with closing(open_file(tmp_path, "practice", training=False)) as document:
            assert document.training
            with pytest.raises(AttributeError):
                document.training = False  # type: ignore[misc]
            document.save_copy(tmp_path / "copy.tally")
        with TallyFile.open(tmp_path / "copy.tally", read_only=True) as copy:
            assert copy.training

    def test_whoever_rewrites_the_first_event_is_found_out(self, tmp_path):
        path = practice(tmp_path)
        with closing(sqlite3.connect(path)) as db:
            for (trigger,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                db.execute(f'DROP TRIGGER "{trigger}"')
            payload = json.loads(db.execute("SELECT payload FROM journal WHERE seq = 1").fetchone()[0])
            assert payload["training"] is True
            text = json.dumps(payload | {"training": False}, separators=(",", ":"))
            db.execute("UPDATE journal SET payload = ? WHERE seq = 1", (text,))
            db.commit()
        with pytest.raises(StorageError):
            TallyFile.open(path, read_only=True)


def fill(document: Document, row: int, figures: tuple[int | None, ...]) -> None:
    document.commit(document.edit_cells("enter", {Cell(row, column): value for column, value in enumerate(figures)}))


def practice(folder: Path) -> Path:
    """A training file with one form that is complete."""
    with closing(open_file(folder, "practice", training=True)) as document:
        enter(document, 0)
    return folder / "practice.tally"


def enter(document: Document, row: int) -> None:
    cells = {Cell(row, column): n for column, n in zip(document.election.ballot_columns, ROW, strict=True)}
    for column, key in enumerate(document.election.columns):
        if key.key in ("registered", "cast"):
            cells[Cell(row, column)] = sum(ROW)
    document.commit(document.edit_cells("enter", cells))


def open_file(folder: Path, name: str, *, training: bool) -> Document:
    path = folder / f"{name}.tally"
    if not path.exists():
        create_tally(path, BLANK, training=training, stamp=STAMP)
    return open_document(path, operator="S. Chan", clock=lambda: NIGHT, origin="test")
