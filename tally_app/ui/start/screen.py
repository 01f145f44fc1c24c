"""The start screen: the demonstration, a new tally, a file, or one that was open lately."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tally_app.election.pack import PackInfo, bundled_packs
from tally_app.ui.start.card import CardButton
from tally_app.ui.start.new_tally import NewTally
from tally_app.ui.start.recent import RecentFile, RecentList
from tally_app.ui.theme import SIZES, SPACING, sized

_WIDEST = 860
_GAP = 20
_SAMPLE = "cambodia-senate-2024"


class StartScreen(QScrollArea):
    """What is seen while no file is open.

    *new_requested* carries a pack's key and whether the file is for training; *open_requested* a path, or None where
    the user is still to choose one; *recent_removed* the path to forget.
    """

    sample_requested = Signal()
    new_requested = Signal(object, bool)
    open_requested = Signal(object)
    recent_removed = Signal(object)

    def __init__(self, packs: Sequence[PackInfo] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        known = bundled_packs() if packs is None else packs
        khmer = next((pack.title.km for pack in known if pack.key == _SAMPLE), "")
        self._title = QLabel(self.tr("Election Tally"), self)
        self.sample = CardButton(
            self.tr("Open the &2024 Senate results"),
            [khmer, self.tr("The published table and everything in it that contradicts. Opens as your own copy.")],
            main=True,
        )
        self.open = CardButton(self.tr("&Open…"), [self.tr("A tally file from this computer or a drive.")])
        self.new = NewTally(known)
        self.recent = RecentList()
        self._nothing = QLabel(self.tr("Files you open are listed here."), self)
        self._lay_out()
        self.sample.clicked.connect(self._on_sample_clicked)
        self.open.clicked.connect(self._on_open_clicked)
        self.new.requested.connect(self.new_requested)
        self.recent.opened.connect(self.open_requested)
        self.recent.removed.connect(self.recent_removed)
        self.set_recent([])

    def set_recent(self, files: Sequence[RecentFile]) -> None:
        """List files that were open lately, the latest first."""
        self.recent.files.set_files(files)
        self.recent.setVisible(bool(files))
        self._nothing.setVisible(not files)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard on the first button."""
        super().showEvent(event)
        self._title.setFont(sized(self.font(), SIZES.number, bold=True))
        self.sample.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(SPACING.large, _GAP, SPACING.large, _GAP)
        inner.setSpacing(SPACING.small)
        inner.addWidget(self._title)
        about = QLabel(self.tr("Type the votes from the paper forms; see seats and contradictions at every key press."))
        about.setWordWrap(True)
        inner.addWidget(about)
        inner.addSpacing(_GAP)
        inner.addLayout(self._two_columns())
        outer = QVBoxLayout(page)
        outer.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(0)
        row.addWidget(column, 1)
        row.addStretch(0)
        outer.addLayout(row)
        outer.addStretch(3)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Start"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _two_columns(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(SPACING.medium)
        for widget in (self.sample, self.new, self.open):
            left.addWidget(widget)
        left.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(_GAP)
        columns.addLayout(left, 1)
        columns.addWidget(self._recent_card(), 1)
        return columns

    def _recent_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        heading = QLabel(self.tr("Recent &files"))
        heading.setProperty("role", "section")
        heading.setContentsMargins(SPACING.large, SPACING.card, SPACING.large, SPACING.small)
        heading.setBuddy(self.recent)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(SPACING.large, 0, SPACING.large, 0)
        self.recent.setAccessibleName(self.tr("Recent files"))
        self.recent.setAccessibleDescription(self.tr("Enter opens a file, Delete takes it off the list."))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(heading)
        layout.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.recent, 1)
        layout.addStretch(0)
        return card

    def _on_sample_clicked(self) -> None:
        self.sample_requested.emit()

    def _on_open_clicked(self) -> None:
        self.open_requested.emit(None)
