"""The status bar, which never lies: what is saved, what is not yet, by whom, and where the keyboard is."""

from datetime import datetime

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from tally_app.storage.events import Head
from tally_app.ui.still_label import StillLabel
from tally_app.ui.theme import SPACING


class CountStatusBar(QStatusBar):
    """Saved · operator · draft — place · journal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(SPACING.medium, 0, SPACING.medium, 0)
        self._fine = True
        self._results = QLabel()
        self._results.setObjectName("results")
        self._saved = StillLabel(widest=self.tr("✓ Everything saved"))
        self._saved.setObjectName("saved")
        self._operator = QLabel()
        self._mode = QLabel()
        self._mode.setProperty("role", "second")
        self._mode.hide()
        self._draft = StillLabel(widest=self._draft_text())
        self._draft.setProperty("role", "warning")
        self._place = QLabel()
        self._journal = QLabel()
        for label in (self._saved, self._operator, self._mode, self._draft):
            if label is not self._mode:
                label.setContentsMargins(0, 0, SPACING.large, 0)
            self.addWidget(label)
        for label in (self._place, self._results, self._journal):
            label.setContentsMargins(SPACING.large, 0, 0, 0)
            self.addPermanentWidget(label)

    def clear_all(self) -> None:
        """Show nothing: no file is open."""
        for label in (self._saved, self._draft, self._place, self._results, self._journal):
            label.clear()

    def show_saved(self, time: datetime | None, read_only: bool = False) -> None:
        """Say that everything entered is on disk: since *time*, or since the file was opened."""
        self._set_good(not read_only)
        if read_only:
            self._saved.setText(self.tr("Read-only"))
        elif time is None:
            self._saved.setText(self.tr("✓ Everything saved"))
        else:
            self._saved.setText(self.tr("✓ Saved {time}").format(time=f"{time.astimezone():%H:%M:%S}"))

    def show_not_saved(self) -> None:
        """Say that the last gesture could not be written."""
        self._set_good(False)
        self._saved.setText(self.tr("✗ Not saved"))

    def show_operator(self, name: str) -> None:
        """Say whose name events get."""
        self._operator.setText(self.tr("Operator: {name}").format(name=name))

    def show_mode(self, text: str) -> None:
        """Say in what way forms are typed now; nothing where it is the usual one."""
        self._mode.setText(text)
        self._mode.setVisible(bool(text))

    def show_draft(self, typing: bool) -> None:
        """Say that what stands in the open cell is not saved."""
        self._draft.setText(self._draft_text() if typing else "")
        self._saved.mute(typing and self._fine)

    def _draft_text(self) -> str:
        return self.tr("Draft in this cell: not saved until Enter")

    def show_results(self, status: str, training: bool) -> None:
        """Say what the results are; of a training file, that before all."""
        self._results.setText(self.tr("TRAINING · {status}").format(status=status) if training else status)
        self._results.setProperty("role", "warning" if training else "")
        self._results.style().unpolish(self._results)
        self._results.style().polish(self._results)

    def show_place(self, text: str) -> None:
        """Say where the keyboard is."""
        self._place.setText(text)

    def show_head(self, head: Head) -> None:
        """Show the beginning of the journal's last hash, as it is printed on sheets."""
        self._journal.setText(self.tr("Journal {short}").format(short=f"{head.hash[:4]} {head.hash[4:8]}"))
        self._journal.setToolTip(self.tr("{count} events, the last one {hash}").format(count=head.seq, hash=head.hash))

    def _set_good(self, good: bool) -> None:
        self._fine = good
        self._paint_saved("good" if good else "bad")

    def _paint_saved(self, role: str) -> None:
        if self._saved.property("role") == role:
            return
        self._saved.setProperty("role", role)
        self._saved.style().unpolish(self._saved)
        self._saved.style().polish(self._saved)
