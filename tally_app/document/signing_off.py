"""Signing off an open document: late findings are computed first, so that nothing is signed that was not looked at."""

from tally_app.document.document import Document
from tally_app.document.edit import Edit
from tally_app.document.signing import Obstacle


def obstacles(document: Document, region: str | None) -> list[Obstacle]:
    """Return all that stands in the way of the sign-off of a region by its key, None: of the chamber; worst first."""
    document.work()
    return document.signing.obstacles(region)


def sign_off(document: Document, region: str | None, name: str, role: str, note: str = "") -> Edit:
    """Return the edit that signs a region, or the chamber, off now.

    Raises: EditRefused: as ``Signing.sign_off_edit`` says.
    """
    document.work()
    at = document.now.isoformat(timespec="seconds")
    return document.signing.sign_off_edit(region, name, role, at, document.head, note)
