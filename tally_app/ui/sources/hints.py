"""The line under the table of stated figures: its keys or, for a while, why something was not taken."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from tally_app.ui.entry.hints import HintBar
from tally_app.ui.theme import SPACING


class StatedHints(HintBar):
    """The keys of this screen."""

    def _keys(self) -> QWidget:
        widget = QWidget()
        layout = QHBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        for key, text in (
            (self.tr("Enter"), self.tr("next figure")),
            (self.tr("Esc"), self.tr("take back")),
            (self.tr("Del"), self.tr("not stated")),
            (self.tr("PgDn"), self.tr("next region")),
            (self.tr("F4"), self.tr("add a source")),
            (self.tr("F1"), self.tr("all keys")),
        ):
            cap = QLabel(key)
            cap.setProperty("role", "key")
            cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            label = QLabel(text)
            label.setProperty("role", "muted")
            layout.addWidget(cap)
            layout.addWidget(label)
            layout.addSpacing(SPACING.medium)
        layout.addStretch(1)
        return widget
