"""One calm line above the findings: the number that is probably another one, seen without a click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from tally_app.checks.repair import Repair, Repairs
from tally_app.count.figures import Cell
from tally_app.ui.theme import COLOURS, SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.repair_details import gain_text, kind_text
from tally_app.wording.repairs import repair_title

_SHEET = f"""
#slips {{ background: {COLOURS.selection}; border: 0; border-left: 4px solid {COLOURS.accent}; }}
QPushButton {{ padding: 1px 10px; }}
"""


class SlipLine(QFrame):
    """Shown while some repair stands alone. *wanted* asks to show it, or the next one."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slips")
        self.setStyleSheet(_SHEET)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._what = QLabel(self)
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setStyleSheet("font-weight: 700;")
        self._show = QPushButton(self.tr("Show"), self)
        self._show.setToolTip(self.tr("Show the arithmetic (Shift+F8)"))
        self._show.clicked.connect(self.wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING.card, SPACING.hair, SPACING.medium, SPACING.hair)
        layout.setSpacing(SPACING.medium)
        layout.addWidget(self._what)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._show)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says; nothing if it is hidden."""
        return "" if self.isHidden() else f"{self._what.text()} {self._text.text()}"

    def show_repairs(self, repairs: Repairs, names: Names) -> None:
        """Say what stands alone; hide where nothing does."""
        alone = slips_alone(repairs)
        self.setVisible(bool(alone))
        if not alone:
            return
        first = alone[0]
        head = self.tr("Probable slip:")
        if len(alone) > 1:
            head = self.tr("{count} probable slips, the first:").format(count=grouped(len(alone)))
        self._what.setText(f"{head} {repair_title(names, first)}")
        self._text.setText(f"{kind_text(first)}; {gain_text(first)}")
        self._text.setToolTip(self._text.text())
        self.setAccessibleName(f"{self._what.text()}, {self._text.text()}")


def slips_alone(repairs: Repairs) -> tuple[Repair, ...]:
    """Return the repairs that stand alone and can be entered."""
    return tuple(repair for repair in repairs.standing_alone if repair.applicable)


def slips_at(repairs: Repairs, cell: Cell) -> tuple[Repair, ...]:
    """Return those of a cell that stand alone."""
    return tuple(repair for repair in slips_alone(repairs) if any(change.cell == cell for change in repair.changes))
