"""Every kind of sheet: one function from a document to what is printed, for commands and the window alike."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tally_app.document.document import Document
from tally_app.sheets.chamber import chamber_sheet
from tally_app.sheets.changes import changes_sheet
from tally_app.sheets.content import Sheet
from tally_app.sheets.elected import elected_sheet
from tally_app.sheets.findings import findings_sheet
from tally_app.sheets.forms import forms_sheet
from tally_app.sheets.lot import lot_sheet
from tally_app.sheets.region import region_sheet
from tally_app.sheets.request import OF_A_REGION, OF_THE_CHAMBER, Kind, NoSuchSheet, Request
from tally_app.sheets.trace import trace_sheet

Maker = Callable[[Document, Request], Sheet]

MAKERS: Mapping[Kind, Maker] = MappingProxyType(
    {
        "region": region_sheet,
        "chamber": chamber_sheet,
        "trace": trace_sheet,
        "findings": findings_sheet,
        "lot": lot_sheet,
        "elected": elected_sheet,
        "changes": changes_sheet,
        "forms": forms_sheet,
    }
)


def sheets_for(document: Document, request: Request) -> Sheet:
    """Return the sheet that is asked for, from what is entered.

    Raises: NoSuchSheet: there is none; its code says why.
    """
    _refuse(document, request)
    return MAKERS[request.kind](document, request)


def _refuse(document: Document, request: Request) -> None:
    kind, region = request.kind, request.region
    if kind in OF_A_REGION and region is None:
        raise NoSuchSheet("no-region", kind=kind)
    if kind in OF_THE_CHAMBER and region is not None:
        raise NoSuchSheet("only-chamber", kind=kind, region=region)
    if region is not None and region not in document.election.region_index:
        raise NoSuchSheet("unknown-region", region=region)
    if request.unit is not None:
        _refuse_unit(document, request.unit, region)


def _refuse_unit(document: Document, unit: str, region: str | None) -> None:
    if region is None:
        raise NoSuchSheet("no-region", kind="forms")
    try:
        document.election.row(region, unit)
    except KeyError as error:
        raise NoSuchSheet("unknown-unit", region=region, unit=unit) from error
