"""What an open document asks of wherever its journal is kept; the file is one answer, a server may be another."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tally_app.count.figures import FigureKey
from tally_app.election.election import Election
from tally_app.storage.events import Change, Event, Head, JsonObject, Stamp

ProblemKind = Literal["damaged", "schema", "definition", "missing", "chain", "event", "current", "head"]


class Problem(NamedTuple):
    """What verification found first."""

    kind: ProblemKind
    event: int | None
    """Number of the first broken event; None if no event can be named."""
    text: str


class Verification(NamedTuple):
    """Outcome of checking everything: how many events were found good, and the first problem."""

    ok: bool
    events: int
    problem: Problem | None


class Journal(Protocol):
    """An append-only journal of one election, together with the current values that are its fold."""

    @property
    def election(self) -> Election:
        """The definition, numbered."""
        ...

    @property
    def training(self) -> bool:
        """Is this practice, and not a real count?"""
        ...

    @property
    def definition_sha256(self) -> str:
        """SHA-256 of the definition's bytes, hexadecimal."""
        ...

    @property
    def head(self) -> Head:
        """The last event's number and hash."""
        ...

    @property
    def read_only(self) -> bool:
        """True if ``append_all`` is refused."""
        ...

    @property
    def fully_checked(self) -> bool:
        """False if the journal was too long to check all of it on opening: ``verify`` does."""
        ...

    def values(self) -> NDArray[np.int64]:
        """Return the current values, units × columns, −1 = not entered."""
        ...

    def stated(self) -> Mapping[FigureKey, str]:
        """Return the current stated figures, as printed."""
        ...

    def records(self, kind: str) -> Mapping[str, JsonObject]:
        """Return the current records of a kind by key; none if nothing of that kind was recorded."""
        ...

    def append_all(self, changes: Sequence[tuple[str, Change]], stamp: Stamp) -> list[Event]:
        """Add an event for each change (kind, payload) and their effects, all durably, or change nothing."""
        ...

    def events(self, after: int = 0) -> Iterator[Event]:
        """Yield the events with a number above *after*, in order."""
        ...

    def verify(self) -> Verification:
        """Check everything."""
        ...

    def save_copy(self, target: Path) -> None:
        """Write a verified copy beside, or nothing."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
