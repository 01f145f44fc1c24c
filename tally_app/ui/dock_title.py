"""A dock's title: a line of small capitals to drag it by; double-click lets it float."""

from PySide6.QtWidgets import QLabel, QWidget

from tally_app.ui.theme import SPACING


class DockTitle(QLabel):
    """Says what the dock shows, and takes no more room than that."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "section")
        self.setContentsMargins(SPACING.medium + 2, SPACING.medium, SPACING.medium, SPACING.small)
