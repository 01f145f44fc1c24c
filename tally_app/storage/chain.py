"""The hash that ties every event to all events before it, as docs/file-format.md describes it to strangers."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = "0" * 64
"""Stands where the hash of the event before the first one would be."""


def event_hash(previous: str, fields: Iterable[bytes]) -> str:
    """Hash the previous event's hash and an event's fields: seq, time, operator, origin, kind, payload, as UTF-8.

    Every field is preceded by its length, so that no two different events feed the same bytes.
    """
    parts = (previous.encode("ascii"), *fields)
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def utc_text(time: datetime) -> str:
    """Write a time as the journal does: ISO 8601, UTC, milliseconds.

    Raises: ValueError: the time has no time zone.
    """
    if time.tzinfo is None:
        raise ValueError("a time without a time zone")
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
