"""Sign-offs, what stands in their way, and the status of the results, in the reader's words."""

from collections.abc import Mapping
from datetime import datetime

from tally_app.document.publication import Publication, StatusName
from tally_app.document.second_entry import UnitState
from tally_app.document.signing import Hindrance, Obstacle, SignOff
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

_HEADINGS: Mapping[Hindrance, tuple[str, str, str]] = {
    Hindrance.ERROR: ("error", "errors", "corrected from the paper, never explained away"),
    Hindrance.UNEXPLAINED: ("warning without a reason", "warnings without a reason", "correct it, or write why"),
    Hindrance.NOT_ENTERED: ("unit not entered", "units not entered", "blank is not 0"),
    Hindrance.NOT_VERIFIED: ("unit not verified", "units not verified", "somebody else types it a second time"),
    Hindrance.REGION_OPEN: ("region not signed off", "regions not signed off", "regions come before the chamber"),
    Hindrance.RESULT_CHANGED: (
        "region whose seats changed since it was signed",
        "regions whose seats changed since they were signed",
        "open it again, look, and sign again",
    ),
}
_STATUSES: Mapping[StatusName, str] = {
    "unofficial": "unofficial results",
    "provisional": "provisional results",
    "official": "official results",
}


def hindrance_heading(kind: Hindrance, number: int) -> str:
    """Head a group of what stands in the way: ``2 errors``."""
    one, many, _ = _HEADINGS[kind]
    return counted(number, one, many)


def hindrance_advice(kind: Hindrance) -> str:
    """Say in a few words what to do about a group."""
    return _HEADINGS[kind][2]


def obstacle_place(names: Names, obstacle: Obstacle, within: str | None = None) -> str:
    """Say where something stands in the way. *within*: the region that all is about; its name is left out."""
    if obstacle.row is not None:
        return names.unit(obstacle.row)
    if obstacle.finding is not None:
        place = names.place(obstacle.finding.place)
        return place if within is None else place.removeprefix(f"{names.region(within)} · ")
    return place_name(names, obstacle.region)


def obstacle_text(names: Names, obstacle: Obstacle) -> str:
    """Say what stands in the way there."""
    if obstacle.kind is Hindrance.NOT_ENTERED:
        return "nothing is entered"
    if obstacle.kind is Hindrance.NOT_VERIFIED:
        begun = obstacle.state is UnitState.TYPED_AGAIN
        return "the second entry is not complete" if begun else "waits for the second entry"
    if obstacle.finding is not None:
        return f"{obstacle.finding.code}: {sentence(names, obstacle.finding)}"
    if obstacle.kind is Hindrance.RESULT_CHANGED:
        return "votes elsewhere moved a threshold of the whole chamber"
    return "not signed off"


def place_name(names: Names, region: str | None) -> str:
    """Name a region by its key, or the chamber by its own name."""
    return names.text(names.election.pack.chamber.name) if region is None else names.region(region)


def signed_chip(signed: SignOff) -> str:
    """Say in a few words who signed: ``signed off · S. Chan, chair · 22:14``."""
    return f"signed off · {signed.name}, {signed.role} · {_time(signed.at, '%H:%M')}"


def signed_sentence(signed: SignOff) -> str:
    """Say who signed, when, and over which event of the journal."""
    told = (
        f"signed off by {signed.name}, {signed.role}, on {_time(signed.at, '%Y-%m-%d %H:%M')},"
        f" after event {grouped(signed.event)}, head {signed.head[:8]}"
    )
    if signed.explained:
        told += f", {counted(signed.explained, 'warning', 'warnings')} accepted with a reason"
    return f"{told}; note: {signed.note}" if signed.note else told


def frozen_hint(names: Names, region: str, signed: SignOff) -> str:
    """Say why a cell takes no figure."""
    return (
        f"{names.region(region)} is signed off by {signed.name}, {signed.role}: to change it, reopen it with a reason."
    )


def status_name(status: StatusName) -> str:
    """Name a status: ``provisional results``."""
    return _STATUSES[status]


def status_text(status: Publication) -> str:
    """Say what the results are, on whose word, and when that was made public."""
    told = [status_name(status.status), *filter(None, (status.source, status.published_at))]
    return " · ".join(told)


def _time(text: str, form: str) -> str:
    """Write a recorded moment in the time of the place; as it stands where it is no moment."""
    try:
        return datetime.fromisoformat(text).astimezone().strftime(form)
    except ValueError:
        return text
