"""The entry screen while forms are typed a second time: the same keys, another frame, and no result."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QApplication

from tally_app.count.figures import Cell
from tally_app.document.document import DraftChanged
from tally_app.document.second_entry import UnitState
from tally_app.election.election import Election
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.grid import EntryGrid
from tally_app.ui.entry.hints import HintBar
from tally_app.ui.entry.region_model import RegionModel
from tally_app.ui.entry.screen import EntryScreen
from tally_app.ui.entry.totals_model import TotalsModel
from tally_app.ui.second.model import SecondModel
from tally_app.ui.theme import SIZES
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

_LEAST = "999"
_MEASURED = 200
_FRAME = 4
_BORDER = 3


class SecondGrid(EntryGrid):
    """The units' rows without sums, stated figures and differences. No width tells a first figure."""

    _edges = 4 + 2 * (_FRAME + _BORDER)

    def __init__(self, election: Election, names: Names, rows: SecondModel, totals: TotalsModel) -> None:
        super().__init__(election, names, rows, totals)
        self.setProperty("role", "second")
        self.totals.hide()
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
            layout.setSpacing(0)

    def fit(self) -> None:
        """Give the names and every column their width."""
        super().fit()
        columns = range(self.rows_model.columnCount())
        used = self.view.verticalHeader().width() + sum(self.view.columnWidth(column) for column in columns)
        if used > self.width() - self._edges:
            self.view.setMaximumHeight(self.view.maximumHeight() + self.view.horizontalScrollBar().sizeHint().height())
        self.setMaximumHeight(self.view.maximumHeight() + 2 * (_FRAME + _BORDER))

    def _figure_width(self, column: int) -> int:
        rows = range(min(self.rows_model.rowCount(), _MEASURED))
        texts = (str(self.rows_model.index(row, column).data() or "") for row in rows)
        widest = max(map(len, (_LEAST, *texts)))
        extra = 36 if column == self.rows_model.sum_column else 14
        return int(widest * SIZES.entry * 0.58) + extra


class SecondHints(HintBar):
    """The keys that matter to a second clerk."""

    def _shown_keys(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Enter"), self.tr("next field")),
            (self.tr("Esc"), self.tr("take back")),
            (self.tr("Ctrl 0"), self.tr("fill with 0")),
            (self.tr("PgDn"), self.tr("next region")),
            (self.tr("Ctrl U"), self.tr("units")),
            (self.tr("Ctrl Shift E"), self.tr("end")),
        )


class SecondScreen(EntryScreen):
    """Where a second clerk types one region's forms. *drafted*: does something stand in an open cell?"""

    drafted = Signal(bool)

    def focus_waiting(self, after: int = -1) -> bool:
        """Put the keyboard into the first unit below row *after* that waits for this operator; False: there is none."""
        rows = self._second
        for row in self._document.election.rows(self.region):
            if row > after and rows.waits(row):
                figures = self._document.second.figures(row)
                empty = next((column for column, figure in enumerate(figures) if figure is None), 0)
                self.go_to(Cell(row, empty))
                return True
        return False

    def operator_changed(self) -> None:
        """Another operator sits here now."""
        self._second.repaint_units()
        self._refresh_heading()

    def show_region(self, region: int) -> None:
        """Show another region from the first unit that waits for this operator."""
        super().show_region(region)
        self.focus_waiting()

    @property
    def _second(self) -> SecondModel:
        if not isinstance(self._rows, SecondModel):
            raise TypeError("the rows are not those of second entries")
        return self._rows

    def _make_rows(self, signals: DocumentSignals) -> RegionModel:
        return SecondModel(self._document, signals, self._gestures, self._names, self)

    def _make_grid(self) -> EntryGrid:
        grid = SecondGrid(self._document.election, self._names, self._second, self._totals)
        grid.view.passes_over = self._is_passed_over
        grid.view.setAccessibleName(self.tr("Forms of the region, second entry"))
        return grid

    def _make_hints(self) -> HintBar:
        return SecondHints()

    def _is_passed_over(self, row: int) -> bool:
        return not self._second.waits(self._document.election.starts[self.region] + row)

    def _refresh_heading(self) -> None:
        super()._refresh_heading()
        counts = self._document.states.counts(self.region)
        verified = self.tr("{verified} of {units} units verified").format(
            verified=grouped(counts[UnitState.VERIFIED]), units=grouped(sum(counts.values()))
        )
        self._state.setProperty("role", "second")
        self._state.setText(self.tr("SECOND ENTRY · {verified}").format(verified=verified))
        text = self.tr("Typed by {operator} from the paper. The first entry and every result are hidden.")
        self._subtitle.setText(text.format(operator=self._document.operator))

    def _on_view_ended(self) -> None:
        region = self._names.text(self._document.election.regions[self.region].name)
        waiting = any(map(self._second.waits, self._document.election.rows(self.region)))
        if waiting:
            text = self.tr("Last unit of {region}. PgUp, PgDn, Ctrl+U: others that wait · F2: change this figure.")
        else:
            text = self.tr("No more unit of {region} waits for you. PgDn: next region · Ctrl+U: all units.")
        self._hints.warn(text.format(region=region))
        QApplication.beep()

    def _on_view_locked(self) -> None:
        index = self.grid.view.currentIndex()
        why = self._second.why_not(self._rows.cell(index).row) if index.isValid() else ""
        if why and self._is_form_cell(index):
            self._hints.warn(why)
        else:
            super()._on_view_locked()

    def _on_grid_current_changed(self, index: QModelIndex) -> None:
        self._second.set_current(self._rows.cell(index).row if index.isValid() else None)
        super()._on_grid_current_changed(index)

    def _on_delegate_drafted(self, index: QModelIndex, value: int | None) -> None:
        self._hints.calm()
        self.drafted.emit(self._second.set_draft(self._rows.cell(index), value))

    def _on_delegate_closed(self) -> None:
        self._second.set_draft(None, None)
        self.drafted.emit(False)

    def _on_document_draft_changed(self, event: DraftChanged) -> None:
        """What is typed into first entries is nothing here."""
