"""The row below the pages: what they show, how large, and what can be done with them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QProgressBar, QPushButton, QToolButton, QWidget

from tally_app.ui.sheets.jobs import Progress
from tally_app.ui.theme import SPACING

_BAR_WIDTH = 140


class SheetsBar(QWidget):
    """Says what is shown; has the buttons. While something is done, its progress takes their place."""

    print_wanted = Signal()
    save_wanted = Signal()
    file_wanted = Signal()
    """All regions in one PDF."""
    folder_wanted = Signal()
    print_all_wanted = Signal()
    cancel_wanted = Signal()
    zoom_wanted = Signal(str)
    """Carries ``in``, ``out``, ``width`` or ``page``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = QLabel()
        self.shown.setProperty("role", "note")
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shown.setWordWrap(True)
        self.zoom = QLabel()
        self.zoom.setProperty("role", "muted")
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("000 %"))
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zooming = self._zoom_buttons()
        self.all_regions = QPushButton(self.tr("&All regions"))
        self.save = QPushButton(self.tr("Save PD&F…"))
        self.print = QPushButton(self.tr("Prin&t…"))
        self._doing = QLabel()
        self._doing.setProperty("role", "note")
        self._progress = QProgressBar()
        self._progress.setFixedWidth(_BAR_WIDTH)
        self._progress.setTextVisible(False)
        self.cancel = QPushButton(self.tr("&Cancel"))
        self._connect()
        self._lay_out()
        self.end_progress()

    def show_progress(self, progress: Progress) -> None:
        """Show how far a job is."""
        text = self.tr("{doing} {done} of {all}") if progress.all else self.tr("{doing}…")
        self._doing.setText(
            text.format(doing=progress.doing, done=min(progress.done + 1, progress.all), all=progress.all)
        )
        self._progress.setMaximum(progress.all)
        self._progress.setValue(progress.done)
        self._swap(busy=True)

    def end_progress(self) -> None:
        """Nothing is being done any more."""
        self._swap(busy=False)

    def show_zoom(self, zoom: float) -> None:
        """Show how large pages are."""
        self.zoom.setText(f"{round(zoom * 100)} %")

    def allow(self, sheet: bool) -> None:
        """Is there a sheet to be printed and saved?"""
        for button in (self.save, self.print):
            button.setEnabled(sheet)

    def _swap(self, *, busy: bool) -> None:
        for widget in (self._doing, self._progress, self.cancel):
            widget.setVisible(busy)
        for widget in (self.all_regions, self.save, self.print):
            widget.setVisible(not busy)

    def _connect(self) -> None:
        menu = QMenu(self.all_regions)
        menu.addAction(self.tr("Save as &one PDF…"), QKeySequence("Ctrl+Shift+O")).triggered.connect(self.file_wanted)
        menu.addAction(self.tr("Save in a &folder…"), QKeySequence("Ctrl+Shift+S")).triggered.connect(
            self.folder_wanted
        )
        menu.addAction(self.tr("&Print…"), QKeySequence("Ctrl+Shift+P")).triggered.connect(self.print_all_wanted)
        self.all_regions.setMenu(menu)
        self.save.clicked.connect(self.save_wanted)
        self.print.clicked.connect(self.print_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.save.setToolTip(self.tr("Ctrl+S"))
        self.print.setToolTip(self.tr("Ctrl+P"))
        for button in (self.all_regions, self.save, self.print, self.cancel):
            button.setAutoDefault(False)

    def _zoom_buttons(self) -> list[QToolButton]:
        buttons = []
        for wish, text, tip in (
            ("out", "−", self.tr("Smaller: Ctrl+−")),
            ("in", "+", self.tr("Larger: Ctrl++")),
            ("width", self.tr("Fit &width"), self.tr("As wide as the window: Ctrl+0")),
            ("page", self.tr("Whole pa&ge"), self.tr("A whole page: Ctrl+9")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setObjectName(wish)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.clicked.connect(self._on_zoom_clicked)
            buttons.append(button)
        return buttons

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        smaller, larger, width, page = self._zooming
        layout.addWidget(self.shown, 1)
        for widget in (smaller, self.zoom, larger, width, page):
            layout.addWidget(widget)
        layout.addSpacing(SPACING.large)
        for other in (self._doing, self._progress, self.cancel, self.all_regions, self.save, self.print):
            layout.addWidget(other)

    def _on_zoom_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.zoom_wanted.emit(sender.objectName())
