"""Walking from finding to finding, also when those that one has seen go meanwhile."""

from tally_app.checks.finding import Place
from tally_app.ui.findings.ledger import Entry, Rank
from tally_app.ui.findings.model import FindingsModel


class Walk:
    """Remembers the finding that was shown last."""

    def __init__(self, model: FindingsModel) -> None:
        self._model = model
        self._last: Rank | None = None

    def stand_at(self, entry: Entry) -> None:
        """Go on from this finding."""
        self._last = entry.rank

    def row_after(self, after: Place | None, current: int | None) -> int:
        """Return the row after *after*, or after the last finding, or after row *current*; may be past the end."""
        rank = self._last
        if rank is None and after is None and current is not None:
            rank = self._model.entry(current).rank
        if rank is not None:
            row = self._model.row_at(rank)
            here = row < self._model.rowCount() and self._model.entry(row).rank == rank
            if after is None or (here and self._model.entry(row).finding.place == after):
                return row + 1 if here else row
        row_of_place = None if after is None else self._model.row_of(after)
        return 0 if row_of_place is None else row_of_place + 1
