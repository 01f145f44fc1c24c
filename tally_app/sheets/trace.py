"""How a region's seats were allocated, so that a reader checks each by hand: every quotient, or every step."""

from collections.abc import Iterator

from tally_app.allocation.ladder import ladder
from tally_app.allocation.margins import has_margins, least_shift, list_margins
from tally_app.allocation.margins_closed import closed
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.about import About
from tally_app.sheets.cells import QUOTED
from tally_app.sheets.content import Block, Cell, Column, Heading, Paragraph, Row, Sheet, Table
from tally_app.sheets.frame import frame_of, party_marks, signatures
from tally_app.sheets.ladders import ladder_blocks
from tally_app.sheets.region import remarks
from tally_app.sheets.request import Request
from tally_app.sheets.words import Writer
from tally_app.sheets.worksheet import worksheet_blocks
from tally_app.wording.numbers import counted
from tally_app.wording.rules import excluded_text, rule_sentence

_MOST_SEARCHED = 200
"""Lists × seats up to which margins that have no closed form are searched for: longer, and the sheet would wait."""
_FEW = 8


def trace_sheet(document: Document, request: Request) -> Sheet:
    """Return the sheet that tells how a region's seats came about."""
    writer, election = request.writer, document.election
    key = str(request.region)
    region = election.region_index[key]
    result = document.live.committed_region(region)
    climbed = ladder(result.contest, result.allocation)
    blocks: tuple[Block, ...] = (
        *rule_blocks(document, region, result, writer),
        *(
            worksheet_blocks(document, result, writer)
            if climbed is None
            else ladder_blocks(document, result, climbed, writer)
        ),
        *remarks(document, region, result, writer, rule=False),
        *margin_blocks(document, result, writer),
        signatures(document, writer, key),
    )
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=False,
        frame=frame_of(document, writer, writer.label("trace"), key, request.printing),
        parties=party_marks(document),
        blocks=blocks,
        size=10.5 if len(election.parties) <= _FEW else 9.5,
    )


def rule_blocks(document: Document, region: int, result: RegionResult, writer: Writer) -> Iterator[Block]:
    """Say how many seats there are, by which rule they are given, and what the rule rests on."""
    election = document.election
    seats = counted(election.regions[region].seats, "seat", "seats")
    yield Paragraph(writer.same(f"{seats}. {rule_sentence(election)}."), "strong")
    source = election.pack.rule.source
    yield Paragraph(writer.label("source", source=source) if source else writer.label("no-source"), "small")
    missed = excluded_text(election, result)
    if missed:
        yield Paragraph(writer.label("excluded", parties=missed))


def margin_blocks(document: Document, result: RegionResult, writer: Writer) -> Iterator[Block]:
    """Say how few votes move a seat: between two lists, and for each list by itself."""
    contest, election = result.contest, document.election
    is_quick = closed(contest) is not None or len(contest.votes) * contest.seats <= _MOST_SEARCHED
    if not has_margins(contest) or not is_quick or not any(contest.votes):
        yield Heading(writer.label("margins"), note=writer.label("no-margins"))
        return
    shift, told = least_shift(contest), writer.label("no-shift")
    if shift is not None:
        keys = {"gains": election.parties[shift.gains].key, "loses": election.parties[shift.loses].key}
        told = writer.label("shift", votes=counted(shift.votes, "vote", "votes"), **keys)
    yield Heading(writer.label("margins"), note=told)
    margins = list_margins(contest)
    thresholds = any(margin.to_threshold for margin in margins)
    rows = []
    for party, margin in enumerate(margins):
        if not election.standing[result.region][party]:
            continue
        figures = [margin.gain, margin.loss, *([margin.to_threshold or None] if thresholds else [])]
        cells: list[Cell | str] = [
            Cell(writer.same(election.parties[party].key), party=party),
            writer.figure(contest.votes[party] if result.sums[election.party_columns[party]] is not None else None),
            writer.figure(result.allocation.seats[party]),
            *map(writer.figure, figures),
        ]
        about = About(place=election.regions[result.region].key, party=election.parties[party].key)
        rows.append(Row(tuple(cells), about=about))
    columns = [
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes"), about=About("votes")),
        Column(writer.label("seats"), about=About("seats")),
        Column(writer.label("margin-gain"), width=32.0, about=About("margin-gain")),
        Column(writer.label("margin-loss"), width=32.0, about=About("margin-loss")),
    ]
    columns += [Column(writer.label("margin-threshold"), width=32.0, about=QUOTED)] if thresholds else []
    yield Table(tuple(columns), tuple(rows), 9.5)
