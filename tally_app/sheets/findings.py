"""What does not fit, with the reasons that were given, by whom, and what nobody explained."""

from collections.abc import Iterator, Sequence

from tally_app.checks.finding import Finding, Severity
from tally_app.document.document import Document
from tally_app.document.explanations import given
from tally_app.document.sources import sources
from tally_app.sheets.content import Block, Cell, Column, Heading, Paragraph, Row, Sheet, Table, Words
from tally_app.sheets.frame import frame_of, party_marks, signatures
from tally_app.sheets.request import Request
from tally_app.sheets.words import Writer
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted

_HEADINGS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


def findings_sheet(document: Document, request: Request) -> Sheet:
    """Return the findings of a region, or all of them. Late ones are there as far as they are computed."""
    writer, names = request.writer, names_for(document, request.writer)
    found = findings_of(document, request.region)
    blocks: list[Block] = [Paragraph(summary(document, found, writer), "strong")]
    if not document.late.done:
        blocks.append(Paragraph(writer.label("late-missing"), "warning"))
    for severity in Severity:
        of_it = [finding for finding in found if finding.severity is severity]
        if of_it:
            blocks += [Heading(writer.label(_HEADINGS[severity])), _table(document, of_it, names, writer)]
    blocks.append(signatures(document, writer, request.region))
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=False,
        frame=frame_of(document, writer, writer.label("findings"), request.region, request.printing),
        parties=party_marks(document),
        blocks=tuple(blocks),
        size=10.0,
    )


def names_for(document: Document, writer: Writer) -> Names:
    """Return the names inside sentences: in Khmer where the sheet has no other language, otherwise in English."""
    names = Names(document.election, "km" if writer.languages == ("km",) else "en")
    names.add_sources(sources(document.election, document.records))
    return names


def findings_of(document: Document, region: str | None) -> Sequence[Finding]:
    """Return what was found in a region and its units, or everywhere."""
    live = document.live
    if region is None:
        return live.findings()
    position = document.election.region_index[region]
    units = live.unit_findings(position).values()
    return [*live.region_findings(position), *(finding for unit in units for finding in unit)]


def summary(document: Document, found: Sequence[Finding], writer: Writer) -> Words:
    """Say how many findings of each severity there are, and how many warnings nobody explained."""
    if not found:
        return writer.label("no-findings")
    number = {severity: sum(each.severity is severity for each in found) for severity in Severity}
    open_ones = sum(each.severity is Severity.WARNING and not _holds(document, each) for each in found)
    return writer.label(
        "findings-count",
        errors=counted(number[Severity.ERROR], "error", "errors"),
        warnings=counted(number[Severity.WARNING], "warning", "warnings"),
        unexplained=str(open_ones),
        notes=counted(number[Severity.NOTE], "note", "notes"),
    )


def _table(document: Document, found: Sequence[Finding], names: Names, writer: Writer) -> Table:
    severity = found[0].severity
    columns = [
        Column(writer.label("code-heading"), "left"),
        Column(writer.label("where"), "left", width=36.0),
        Column(writer.label("what"), "left", grows=True),
    ]
    if severity is not Severity.NOTE:
        last = "reason" if severity is Severity.WARNING else "to-correct"
        columns.append(Column(writer.label(last), "left", width=58.0))
    rows = (Row(tuple(_cells(document, each, names, writer))) for each in found)
    return Table(tuple(columns), tuple(rows), 9.0)


def _cells(document: Document, finding: Finding, names: Names, writer: Writer) -> Iterator[Cell]:
    yield Cell(writer.same(finding.code), strong=True)
    yield Cell(writer.same(names.place(finding.place)))
    yield Cell(writer.same(sentence(names, finding)))
    if finding.severity is Severity.ERROR:
        yield Cell(writer.same(advice(finding)))
    elif finding.severity is Severity.WARNING:
        last = given(document.records, finding)
        if last is None:
            yield Cell(writer.label("unexplained"), strong=True)
        else:
            reason = {"reason": last.explanation.reason, "by": last.explanation.by}
            yield Cell(writer.label("given-by" if last.holds else "outdated", **reason), strong=not last.holds)


def _holds(document: Document, finding: Finding) -> bool:
    last = given(document.records, finding)
    return last is not None and last.holds
