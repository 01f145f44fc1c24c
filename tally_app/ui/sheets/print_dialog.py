"""The system's print dialog, set up for sheets."""

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget


class PrintDialog(QPrintDialog):
    """Asks for printer, pages, copies and a grey copy; prints to no file, for a PDF has its own way out.

    Where the dialog is Qt's own (Linux), it leaves colour to the printer's description, and many have none: hence the
    tab. Dialogs of other systems have it among the printer's settings, and show no tabs of ours.
    """

    def __init__(self, printer: QPrinter, pages: int | None, parent: QWidget) -> None:
        """*pages*: that there are to choose from; None: nobody knows yet."""
        super().__init__(printer, parent)
        self.chosen = printer
        """The printer, as it was chosen and set up. The dialog's own reference to it would not keep it alive."""
        self.setWindowTitle(self.tr("Print"))
        self.setOption(self.PrintDialogOption.PrintToFile, False)
        self.setOption(self.PrintDialogOption.PrintPageRange, pages is not None)
        if pages is not None:
            self.setMinMax(1, pages)
        self.grey = QCheckBox(self.tr("Print in &grey"))
        self.grey.setToolTip(self.tr("Parties are told apart by the shapes of their marks."))
        self._tab = QWidget()
        self._tab.setWindowTitle(self.tr("Colour"))
        layout = QVBoxLayout(self._tab)
        layout.addWidget(self.grey)
        layout.addStretch(1)
        self.setOptionTabs([self._tab])
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        """The last word about colour is here: Qt's dialog says *in colour* when it is accepted."""
        if self.grey.isChecked():
            self.chosen.setColorMode(QPrinter.ColorMode.GrayScale)
