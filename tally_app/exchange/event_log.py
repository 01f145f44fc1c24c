"""Election event logs as NIST SP 1500-101 has them (version 1, JSON): devices, each with its events."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import encode


class LoggedEvent(
    Struct, frozen=True, rename="pascal", tag_field="@type", tag="EventLogging.Event", omit_defaults=True
):
    """One event. *id* and *type* classify it; *sequence* counts through all devices of a log."""

    id: str
    sequence: str
    time_stamp: str
    """ISO 8601, with its zone."""
    type: str
    disposition: Literal["success", "failure", "na", "other"]
    user_id: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    details: str | UnsetType = UNSET
    hash: str | UnsetType = UNSET


class Device(Struct, frozen=True, rename="pascal", tag_field="@type", tag="EventLogging.Device", omit_defaults=True):
    """What the events were made at, without the events."""

    id: str
    type: Literal["ems"]
    details: str | UnsetType = UNSET
    manufacturer: str | UnsetType = UNSET
    model: str | UnsetType = UNSET
    version: str | UnsetType = UNSET
    hash_type: Literal["sha-256"] | UnsetType = UNSET


class Log(
    Struct, frozen=True, rename="pascal", tag_field="@type", tag="EventLogging.ElectionEventLog", omit_defaults=True
):
    """What an event log says of itself, without its devices."""

    generated_time: str
    """ISO 8601, with its zone."""
    election_id: str | UnsetType = UNSET
    details: str | UnsetType = UNSET


class DeviceLog(NamedTuple):
    """A device and its events, these as ``encoded_event`` writes them."""

    device: Device
    events: Sequence[bytes]


def encoded_event(event: LoggedEvent) -> bytes:
    """Return an event as it stands in the log."""
    return encode(event)


def event_log(log: Log, devices: Iterable[DeviceLog]) -> Iterator[bytes]:
    """Yield a log in pieces, an event to a line."""
    yield encode(log)[:-1] + b',"Device":['
    for number, (device, events) in enumerate(devices):
        yield (b",\n" if number else b"\n") + encode(device)[:-1] + b',"Event":['
        for position, event in enumerate(events):
            yield (b",\n" if position else b"\n") + event
        yield b"\n]}"
    yield b"\n]}\n"
