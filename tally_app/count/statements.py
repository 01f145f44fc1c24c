"""The book of stated figures: what each source says, arranged by what it is about."""

from collections.abc import Iterable, Mapping, Sequence

from tally_app.count.figures import FigureKey, StatedChange
from tally_app.election.model import FigureKind

Subject = tuple[FigureKind, str | None]
"""A figure and the party it is about, within one scope."""
Scope = tuple[str | None, str | None]
"""Region and unit; (None, None) is the chamber."""

_NOTHING: Mapping[Subject, Mapping[str, str]] = {}


class Statements:
    """Stated figures by scope, then subject, then source. Values are text exactly as printed."""

    def __init__(self, stated: Mapping[FigureKey, str] | None = None) -> None:
        self._scopes: dict[Scope, dict[Subject, dict[str, str]]] = {}
        self._units: dict[tuple[str, str], None] = {}
        self.put(StatedChange(key, None, value) for key, value in (stated or {}).items())

    def value(self, key: FigureKey) -> str | None:
        """Return what a source states, None if it does not."""
        scope = self._scopes.get((key.region, key.unit), {})
        return scope.get((key.figure, key.party), {}).get(key.source)

    def put(self, changes: Iterable[StatedChange]) -> None:
        """Write the changes' new values; None removes a figure."""
        for key, _, new in changes:
            if key.region is not None and key.unit is not None:
                self._units[key.region, key.unit] = None
            by_source = self._scopes.setdefault((key.region, key.unit), {}).setdefault((key.figure, key.party), {})
            if new is None:
                by_source.pop(key.source, None)
            else:
                by_source[key.source] = new

    def about(self, region: str | None = None, unit: str | None = None) -> Mapping[Subject, Mapping[str, str]]:
        """Everything stated about one scope: subject → source → value. Subjects may be empty."""
        return self._scopes.get((region, unit), _NOTHING)

    def figures(self) -> Mapping[FigureKey, str]:
        """Everything that is stated, by what and of what."""
        return {
            FigureKey(source, figure, region, unit, party): text
            for (region, unit), subjects in self._scopes.items()
            for (figure, party), by_source in subjects.items()
            for source, text in by_source.items()
        }

    def units(self) -> Sequence[tuple[str, str]]:
        """Region and unit of which anything is, or once was, stated."""
        return tuple(self._units)
