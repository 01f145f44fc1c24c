"""Who states figures: the sources of the election's pack, and those that people added to the count."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from tally_app.document.edit import Edit, EditRefused
from tally_app.document.records import RecordBook, RecordChange, read_record, write_record
from tally_app.election.election import Election
from tally_app.election.model import Name, Source

SOURCE = "source"
"""Kind of the records of added sources; their key is the source's."""


class AddedSource(Struct, frozen=True, forbid_unknown_fields=True):
    """A source that somebody added: ``commission's communiqué of 29 February``."""

    en: Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]
    km: Annotated[str, Meta(max_length=300)] = ""
    note: Annotated[str, Meta(max_length=300)] = ""


def sources(election: Election, records: RecordBook) -> Sequence[Source]:
    """Return all sources, those of the pack first."""
    added = ((key, read_record(record, AddedSource)) for key, record in sorted(records.of(SOURCE).items()))
    return (*election.pack.sources, *(Source(key, Name(each.en, each.km), each.note) for key, each in added))


def source_edit(election: Election, records: RecordBook, name: str, km: str = "", note: str = "") -> tuple[str, Edit]:
    """Return the key and the edit that add a source by its name.

    Raises: EditRefused: ``source-known``: there is one of this name; ``no-name``: the name is empty or too long.
    """
    change = _addition(sources(election, records), AddedSource(name.strip(), km, note))
    return change.key, Edit("source", records=(change,))


def additions(election: Election, records: RecordBook, names: Iterable[str]) -> Mapping[str, RecordChange]:
    """Return the changes that add sources of these names, by name; their keys are the sources'.

    Raises: EditRefused: as ``source_edit``.
    """
    known = list(sources(election, records))
    changes = {}
    for name in names:
        changes[name] = change = _addition(known, AddedSource(name.strip()))
        known.append(Source(change.key, Name(name.strip())))
    return changes


def _addition(known: Sequence[Source], source: AddedSource) -> RecordChange:
    if any(source.en.casefold() == each.name.en.casefold() for each in known):
        raise EditRefused("source-known", name=source.en)
    try:
        record = write_record(source)
    except ValueError as error:
        raise EditRefused("no-name", problem=str(error)) from error
    return RecordChange(SOURCE, _free_key(source.en, {each.key for each in known}), None, record)


def _free_key(name: str, taken: set[str]) -> str:
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.casefold()).strip("-")
    stem = "-".join(filter(None, plain.split("-")))[:48] or "source"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key
