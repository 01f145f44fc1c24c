"""The status of the results: unofficial, provisional or official, on whose word, and when they were made public."""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from tally_app.document.edit import Edit, EditRefused
from tally_app.document.records import CHAMBER, RecordBook, RecordChange, read_record, write_record

STATUS = "status"
"""Kind of the record of the status; its key is the chamber's."""

StatusName = Literal["unofficial", "provisional", "official"]
STATUSES: tuple[StatusName, ...] = get_args(StatusName)
Text = Annotated[str, Meta(max_length=300)]


class Publication(Struct, frozen=True, forbid_unknown_fields=True):
    """What the results are, on whose word, and when they were made public, as written down."""

    status: StatusName = "unofficial"
    source: Text = ""
    published_at: Text = ""


def publication(records: RecordBook) -> Publication:
    """Return the present status; unofficial where nobody said anything."""
    record = records.value(STATUS, CHAMBER)
    return Publication() if record is None else read_record(record, Publication)


def publication_edit(records: RecordBook, new: Publication, *, chamber_signed: bool) -> Edit:
    """Return the edit that gives the results another status.

    Raises: EditRefused: ``not-signed``: official results are signed off; ``no-source``: nothing but unofficial results
        is said by nobody; ``too-long``.
    """
    new = Publication(new.status, new.source.strip(), new.published_at.strip())
    if new.status == "official" and not chamber_signed:
        raise EditRefused("not-signed")
    if new.status != "unofficial" and not new.source:
        raise EditRefused("no-source")
    try:
        record = write_record(new)
    except ValueError as error:
        raise EditRefused("too-long", problem=str(error)) from error
    old = records.value(STATUS, CHAMBER)
    unchanged = new == publication(records)
    return Edit("status", records=() if unchanged else (RecordChange(STATUS, CHAMBER, old, record),))
