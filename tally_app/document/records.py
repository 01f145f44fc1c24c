"""What people recorded about the count: lots, second entries, explanations, sign-offs …, each by kind and key.

The journal keeps a record as a JSON object; the module of each kind has the class that it is read into.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from msgspec import Struct, ValidationError, convert, to_builtins

from tally_app.storage.events import JsonObject, Record
from tally_app.storage.fold import canonical
from tally_app.storage.journal import Journal

CHAMBER = "*"
"""Key of what is recorded of the chamber. No region can have it."""

Kind = TypeVar("Kind", bound=Struct)
_NOTHING: Mapping[str, JsonObject] = {}


class RecordChange(NamedTuple):
    """A record before and after; None: there is none."""

    kind: str
    key: str
    old: JsonObject | None
    new: JsonObject | None

    def inverse(self) -> "RecordChange":
        """Return the change that takes this one back."""
        return RecordChange(self.kind, self.key, self.new, self.old)

    def payload(self, undoes: int | None, reason: str) -> Record:
        """Return the change as the journal keeps it."""
        return Record(self.key, self.old, self.new, undoes, reason)


class RecordBook:
    """The current records by kind and key."""

    def __init__(self, journal: Journal, kinds: Iterable[str]) -> None:
        self._by_kind: dict[str, dict[str, JsonObject]] = {kind: dict(journal.records(kind)) for kind in kinds}

    def value(self, kind: str, key: str) -> JsonObject | None:
        """Return one record, None if there is none."""
        return self._by_kind.get(kind, _NOTHING).get(key)

    def of(self, kind: str) -> Mapping[str, JsonObject]:
        """Return the records of a kind by key."""
        return self._by_kind.get(kind, _NOTHING)

    def put(self, changes: Iterable[RecordChange]) -> None:
        """Write the changes' new values; None removes a record."""
        for kind, key, _, new in changes:
            if new is None:
                self._by_kind.get(kind, {}).pop(key, None)
            else:
                self._by_kind.setdefault(kind, {})[key] = new


def read_record(record: Mapping[str, object], kind: type[Kind]) -> Kind:
    """Read a record from the journal. Raises ``ValueError``: it is no such record."""
    try:
        return convert(dict(record), kind)
    except ValidationError as error:
        raise ValueError(str(error)) from error


def write_record(value: Struct) -> JsonObject:
    """Return a record as the journal keeps it.

    Raises ``ValueError``: a reader would refuse it, so it must not be written.
    """
    record: JsonObject = dict(to_builtins(value))
    read_record(record, type(value))
    return record


def same(one: JsonObject | None, other: JsonObject | None) -> bool:
    """Do two records say the same, whatever the order of their keys?"""
    return canonical(one) == canonical(other)
