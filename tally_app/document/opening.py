"""Making a tally from a pack, and opening one: what the window and the commands both begin with."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from platformdirs import user_documents_path

from tally_app import __version__
from tally_app.count.figures import FigureKey
from tally_app.document.document import Clock, Document
from tally_app.document.edit import EditRefused, check_stated, pack_edit, payload
from tally_app.document.kinds import KINDS
from tally_app.document.lots import Lot
from tally_app.document.records import RecordChange, read_record
from tally_app.document.second_entry import SECOND, SETTLEMENT, SecondEntry, Settlement, row_of
from tally_app.document.signing import region_of_record
from tally_app.election import problem, validation
from tally_app.election.election import Election
from tally_app.election.model import Pack
from tally_app.election.pack import PackError, encode_pack, find_pack, read_pack
from tally_app.storage.errors import DefinitionRejected, FileAlreadyThere, TamperedFile
from tally_app.storage.events import Stamp
from tally_app.storage.journal import Journal, Problem
from tally_app.storage.place import os_error
from tally_app.storage.tally_file import TallyFile

SAMPLE_PACK = "cambodia-senate-2024"
SUFFIX, TRAINING_SUFFIX = ".tally", ".tally-training"
"""What new files' names end in, for systems that choose a file's icon by its name. What a file is, it says itself."""
_FOLDER = "Election Tally"
_SAMPLE_NAME = "Cambodia Senate 2024, as published.tally"
_ATTEMPTS = 5
_PROGRAM = f"election-tally {__version__}"


def create_tally(
    path: Path, pack_path_or_name: str | Path, *, training: bool, stamp: Stamp, double_entry: bool = False
) -> None:
    """Make a new file from a pack: its definition, and as the second event the figures that came with it.

    Args:
        path: the file to make.
        pack_path_or_name: a pack's file, or the key of a bundled pack.
        training: practice, not a real count; fixed for the life of the file.
        stamp: who makes it, when and where.
        double_entry: every form is typed a second time, whatever the pack says; written into the file's
            definition, and fixed like all of it.

    Raises:
        PackError: the pack cannot be read or used.
        StorageError: the file exists already or cannot be made; nothing is left behind.
    """
    pack = _read(pack_path_or_name)
    pack = replace(pack, double_entry=pack.double_entry or double_entry)
    election = Election(pack)
    edit = pack_edit(election)
    TallyFile.create(
        path,
        encode_pack(pack, readable=False),
        training=training,
        stamp=stamp,
        initial=payload(election, edit, None, "") if edit else None,
        program=_PROGRAM,
    )


def open_document(path: Path, *, operator: str, clock: Clock, origin: str, read_only: bool = False) -> Document:
    """Open a file; for reading it opens while somebody else is writing it.

    Its journal being whole does not say that this program wrote it, so what this program never writes is refused.

    Raises: StorageError: one of its kinds says what is wrong; the file is untouched.
    """
    for _ in range(_ATTEMPTS - 1):
        document, behind = _open(path, operator, clock, origin, read_only)
        if not behind:
            return document
        document.close()
    return _open(path, operator, clock, origin, read_only)[0]


def refuse_foreign(path: Path, journal: Journal) -> None:
    """Refuse a definition that no pack can have, and stated figures and records that nobody could have typed.

    Raises: DefinitionRejected, TamperedFile.
    """
    found = validation.problems(journal.election.pack)
    if found:
        raise DefinitionRejected(path, str(found[0]))
    for key, text in journal.stated().items():
        if not _can_be_stated(journal.election, key, text):
            raise TamperedFile(path, Problem("current", None, f"{key.source} states {text!r} as {key.figure}"))
    for kind, shape in KINDS.items():
        for name, record in journal.records(kind).items():
            if not _can_be_recorded(journal.election, kind, shape, name, record):
                text = f"the {kind} of {name!r} is one that nobody can record"
                raise TamperedFile(path, Problem("current", None, text))


def documents_folder() -> Path:
    """Return where the user keeps documents."""
    return user_documents_path()


def tallies_folder() -> Path:
    """Return where, among the user's documents, this program keeps what nobody gave another place."""
    return documents_folder() / _FOLDER


def unused(path: Path) -> Path:
    """Return *path*, or the first of its kind that no file has yet: ``count 2.tally``."""
    free, number = path, 2
    while free.exists():
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return free


def sample_path(documents: Path) -> Path:
    """Return where the user's own copy of the 2024 Senate results is, or will be."""
    return documents / _FOLDER / _SAMPLE_NAME


def make_sample(documents: Path, stamp: Stamp) -> Path:
    """Make the user's copy of the 2024 Senate results, if it is not there yet, and return where it is.

    Raises: StorageError: it cannot be made.
    """
    path = sample_path(documents)
    if path.exists():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise os_error(path, error) from error
    try:
        create_tally(path, SAMPLE_PACK, training=False, stamp=stamp)
    except FileAlreadyThere:
        if not path.exists():
            raise
        # Another window made it in the meantime.
    return path


def open_sample(documents: Path, *, operator: str, clock: Clock, origin: str) -> Document:
    """Open the user's copy of the 2024 Senate results, made now if there is none.

    Raises: StorageError: it cannot be made or opened.
    """
    path = make_sample(documents, Stamp(clock(), operator, origin))
    return open_document(path, operator=operator, clock=clock, origin=origin)


def _open(path: Path, operator: str, clock: Clock, origin: str, read_only: bool) -> tuple[Document, bool]:
    """Open a file once; also say if somebody wrote while it was read: its figures may then be of two moments."""
    file = TallyFile.open(path, read_only=read_only, operator=operator)
    try:
        refuse_foreign(path, file)
        document = Document(file, clock, operator, origin)
        return document, next(file.events(file.head.seq), None) is not None
    except BaseException:
        file.close()
        raise


def _read(pack_path_or_name: str | Path) -> Pack:
    try:
        path = find_pack(pack_path_or_name)
        return read_pack(path.read_bytes(), path.name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PackError(str(pack_path_or_name), [problem.Problem("", f"the file cannot be read: {reason}")]) from error


def _can_be_recorded(
    election: Election, kind: str, shape: type[Struct], key: str, record: Mapping[str, object]
) -> bool:
    try:
        value = read_record(record, shape)
        region = region_of_record(RecordChange(kind, key, None, dict(record)))
        if region is not None and region not in election.region_index:
            return False
        if kind in (SECOND, SETTLEMENT):
            row_of(election, key)
    except (ValueError, KeyError):
        return False
    match value:
        case Lot():
            return {*value.tied, *value.won, *value.votes} <= set(election.party_index)
        case SecondEntry(figures=figures):
            return set(figures) <= set(election.column_index)
        case Settlement(fields=fields):
            return set(fields) <= set(election.column_index)
    return True


def _can_be_stated(election: Election, key: FigureKey, text: str) -> bool:
    try:
        check_stated(key, text)
    except EditRefused:
        return False
    known_party = key.party is None or key.party in election.party_index
    if key.unit is None:
        return known_party and (key.region is None or key.region in election.region_index)
    try:
        election.row(key.region or "", key.unit)
    except KeyError:
        return False
    return known_party
