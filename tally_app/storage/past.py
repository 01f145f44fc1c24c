"""A journal as it was after one of its events: what came later is not there, and nothing can be added."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn

import numpy as np
from msgspec import DecodeError
from msgspec.json import decode
from numpy.typing import NDArray

from tally_app.count.figures import FigureKey
from tally_app.election.election import Election
from tally_app.storage.chain import GENESIS, event_hash
from tally_app.storage.errors import ReadOnlyFile, StorageError, TamperedFile
from tally_app.storage.events import CREATED, Change, Created, Event, Head, JsonObject, RecordKey, Stamp
from tally_app.storage.fold import Fold, OldDiffers, PayloadInvalid, decode_change
from tally_app.storage.journal import Journal, Problem, ProblemKind, Verification


class NoSuchEvent(ValueError):
    """A journal has no event of this number; *last* is its last one."""

    def __init__(self, seq: int, last: int) -> None:
        super().__init__(f"there is no event {seq}: the last one is {last}")
        self.seq = seq
        self.last = last


class PastJournal:
    """The first events of another journal, folded in memory; their chain is checked while they are read."""

    def __init__(self, source: Journal, seq: int, path: Path, *, owned: bool = False) -> None:
        """*path*: the file, for messages. *owned*: the source is closed with this.

        Raises: NoSuchEvent: there is none of this number. TamperedFile: the chain or an event does not hold.
            StorageError: the source cannot be read.
        """
        if not 1 <= seq <= source.head.seq:
            raise NoSuchEvent(seq, source.head.seq)
        self._source = source
        self._path = path
        self._owned = owned
        self._fold, self._head = self._read(seq)

    @property
    def election(self) -> Election:
        """The definition, numbered."""
        return self._source.election

    @property
    def training(self) -> bool:
        """Is this practice, and not a real count?"""
        return self._source.training

    @property
    def definition_sha256(self) -> str:
        """SHA-256 of the definition's bytes, hexadecimal."""
        return self._source.definition_sha256

    @property
    def head(self) -> Head:
        """Number and hash of the last event of that moment."""
        return self._head

    @property
    def read_only(self) -> bool:
        """The past cannot be changed."""
        return True

    @property
    def fully_checked(self) -> bool:
        """All of it was checked when it was read."""
        return True

    def values(self) -> NDArray[np.int64]:
        """Return the values of that moment, units × columns, −1 = not entered."""
        return self._fold.values.copy()

    def stated(self) -> Mapping[FigureKey, str]:
        """Return the stated figures of that moment, as printed, in the order in which a file gives them."""
        return dict(sorted(self._fold.stated.items(), key=_keys))

    def records(self, kind: str) -> Mapping[str, JsonObject]:
        """Return the records of a kind of that moment, by key."""
        return {name.key: value for name, value in sorted(self._fold.records.items(), key=_name) if name.kind == kind}

    def append_all(self, changes: Sequence[tuple[str, Change]], stamp: Stamp) -> list[Event]:  # noqa: ARG002
        """Refuse. Raises: ReadOnlyFile: always."""
        raise ReadOnlyFile(self._path, "This is the state of a past moment.")

    def events(self, after: int = 0) -> Iterator[Event]:
        """Yield the events of that moment with a number above *after*, in order."""
        yield from islice(self._source.events(after), max(0, self._head.seq - after))

    def verify(self) -> Verification:
        """Read everything again."""
        try:
            self._read(self._head.seq)
        except TamperedFile as error:
            good = (error.problem.event or 1) - 1
            return Verification(False, good, error.problem)
        return Verification(True, self._head.seq, None)

    def save_copy(self, target: Path) -> None:
        """Refuse. Raises: StorageError: always."""
        raise StorageError(target, "The state of a past moment is no file.", "Save a copy of the whole count instead.")

    def close(self) -> None:
        """Let go of the source, if nobody else has it."""
        if self._owned:
            self._source.close()

    def _read(self, seq: int) -> tuple[Fold, Head]:
        fold, head = Fold(self.election), Head(0, GENESIS)
        for event in islice(self._source.events(), seq):
            self._check(head, event)
            if event.kind != CREATED:
                try:
                    fold.apply(event.kind, decode_change(event.kind, event.payload.encode()))
                except (PayloadInvalid, OldDiffers) as error:
                    text = f"event {event.seq} does not follow from the events before it: {error}"
                    raise TamperedFile(self._path, Problem("event", event.seq, text)) from error
            head = Head(event.seq, event.hash)
        if head.seq != seq:
            self._broken("missing", head.seq + 1, "is missing from the journal")
        return fold, head

    def _check(self, before: Head, event: Event) -> None:
        expected = before.seq + 1
        if event.seq != expected:
            self._broken("missing", expected, "is missing from the journal")
        fields = (str(event.seq), *event[1:-1])
        if event_hash(before.hash, (field.encode() for field in fields)) != event.hash:
            self._broken("chain", expected, "of the journal, or one before it, was altered: its hash does not fit")
        if (event.kind == CREATED) != (expected == 1):
            self._broken("event", expected, "is out of place")
        if expected == 1 and not self._is_of_this_election(event):
            self._broken("event", expected, "is not the creation of this file")

    def _is_of_this_election(self, event: Event) -> bool:
        try:
            return decode(event.payload, type=Created).definition_sha256 == self.definition_sha256
        except DecodeError:
            return False

    def _broken(self, kind: ProblemKind, event: int, what: str) -> NoReturn:
        raise TamperedFile(self._path, Problem(kind, event, f"event {event} {what}"))


def _keys(item: tuple[FigureKey, str]) -> tuple[str, ...]:
    return tuple(part or "" for part in item[0])


def _name(item: tuple[RecordKey, JsonObject]) -> RecordKey:
    return item[0]
