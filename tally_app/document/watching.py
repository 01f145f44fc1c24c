"""Watching for the figures of a training file, or of a file taken over before, which must not turn up in a count."""

from pathlib import Path
from typing import Literal

from tally_app.count.book import BallotBook
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.known_rows import KNOWN_ROWS, KnownRows, known_rows_edit, rows_to_know, same_forms
from tally_app.storage.errors import StorageError
from tally_app.storage.tally_file import TallyFile


def watch_edit(
    document: Document, own: Path, other: Path, what: Literal["training", "import"] = "training"
) -> tuple[KnownRows, Edit]:
    """Read a file, and return its rows with the edit that remembers them.

    *own*: the document's file; *other*: the file to watch for, which is only read. *what*: it is practice, or its
    figures were taken over somewhere before.

    Raises:
        EditRefused: ``same-file``; ``not-training``; ``another-election``; ``no-rows``: nothing is complete there;
            ``too-many-rows``.
        StorageError: it cannot be read.
    """
    if _same(own, other):
        raise EditRefused("same-file")
    with TallyFile.open(other, read_only=True) as file:
        if what == "training" and not file.training:
            raise EditRefused("not-training")
        if not same_forms(document.election, file.election):
            raise EditRefused("another-election")
        rows = rows_to_know(file.election, BallotBook(file.election, file.values()), other.name, what)
    if not rows.rows:
        raise EditRefused("no-rows")
    return rows, known_rows_edit(document.records, rows)


def may_be_watched(document: Document, own: Path, other: Path) -> bool:
    """Can the rows of a file be watched for, and are there any? False also where it cannot be read."""
    try:
        return bool(watch_edit(document, own, other)[1])
    except (EditRefused, StorageError):
        return False


def is_watched(document: Document, other: Path) -> bool:
    """Are the rows of a file of this name remembered?"""
    return document.records.value(KNOWN_ROWS, other.name) is not None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
