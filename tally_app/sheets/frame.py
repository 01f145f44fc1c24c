"""What stands on every page: which election and place, what the results are, who printed it, and the file's hashes."""

from dataclasses import dataclass
from datetime import datetime

import segno

from tally_app.document.document import Document
from tally_app.document.publication import publication
from tally_app.document.signing import SignOff
from tally_app.election.model import Name
from tally_app.sheets.content import Frame, PartyMark, Signatures, Words
from tally_app.sheets.words import Writer
from tally_app.wording.marks import colour_of, shape_of

SHORT = 12
"""Digits of a hash that are printed; the QR code has all."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What a printed sheet says of its printing, besides what the file says."""

    operator: str
    at: datetime
    """With its zone; the same time makes the same bytes."""


def frame_of(
    document: Document, writer: Writer, title: Words, region: str | None, printing: Printing, *, results: bool = True
) -> Frame:
    """Return what stands on every page of a sheet about a region, by its key, or about the chamber.

    *results*: it has results, so that their status and a missing sign-off are said.
    """
    pack = document.election.pack
    definition, head = document.definition_sha256, document.head
    signed = document.signing.of(region)
    place = pack.chamber.name if region is None else region_name(document, region)
    printed = f"{printing.at:%Y-%m-%d %H:%M %Z}".strip()
    return Frame(
        election=writer.name(pack.title),
        title=title,
        place=writer.name(place),
        status=_status(document, writer) if results else (),
        training=writer.label("training") if document.training else (),
        unsigned=writer.label("not-signed") if signed is None and results else (),
        lines=(
            writer.label("printed", by=printing.operator, at=writer.digits(printed)),
            writer.label("hashes", definition=definition[:SHORT], event=str(head.seq), head=head.hash[:SHORT]),
        ),
        definition=definition[:SHORT],
        head=f"{head.seq}:{head.hash[:SHORT]}",
        page=writer.label("page"),
        code=_modules(f"election-tally {definition} {head.seq} {head.hash}"),
        code_alternative=" ".join(
            writer.label("code", definition=definition[:SHORT], event=str(head.seq), head=head.hash[:SHORT])
        ),
        digits=writer.digits("0123456789"),
    )


def party_marks(document: Document) -> tuple[PartyMark, ...]:
    """Return the parties' colours and shapes, in ballot order."""
    election = document.election
    return tuple(
        PartyMark(party.key, colour_of(election, index), shape_of(index))
        for index, party in enumerate(election.parties)
    )


def signatures(document: Document, writer: Writer, region: str | None) -> Signatures:
    """Return the lines to sign on, and who signed in the file."""
    signed = document.signing.of(region)
    told = () if signed is None else (signed_words(writer, signed),)
    whole = writer.label("signs-whole")
    return Signatures(signing_roles(document, writer), told, writer.label("signature"), whole)


def signing_roles(document: Document, writer: Writer) -> tuple[Words, ...]:
    """Return who signs a sheet; three nameless lines where the election does not say."""
    roles = tuple(writer.name(role.name) for role in document.election.pack.roles)
    return roles or ((),) * 3


def signed_words(writer: Writer, signed: SignOff) -> Words:
    """Say who signed in the file, and when."""
    return writer.label("signed-by", name=signed.name, role=signed.role, at=moment(signed.at))


def moment(text: str) -> str:
    """Write a recorded moment to the minute, with its zone as it was recorded; another text as it stands."""
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M %Z}".strip()
    except ValueError:
        return text


def region_name(document: Document, region: str) -> Name:
    """Return the name of a region, by its key."""
    return document.election.regions[document.election.region_index[region]].name


def _status(document: Document, writer: Writer) -> Words:
    status = publication(document.records)
    rest = ", ".join(filter(None, (status.source, status.published_at)))
    said = writer.label(status.status)
    return tuple(f"{word} · {' '.join(writer.same(rest))}" for word in said) if rest else said


def _modules(text: str) -> tuple[str, ...]:
    code = segno.make(text, error="m", micro=False)
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)
