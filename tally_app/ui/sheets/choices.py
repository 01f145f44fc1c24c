"""Which sheet, of what, in which language, on which paper: a row of choices."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from tally_app.election.election import Election
from tally_app.sheets.batch import RESULTS
from tally_app.sheets.content import Language, Paper
from tally_app.sheets.frame import Printing
from tally_app.sheets.kinds import MAKERS
from tally_app.sheets.request import OF_A_REGION, OF_THE_CHAMBER, Kind, Request
from tally_app.ui.settings import Settings
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names

_KHMER: tuple[Language, ...] = ("km",)
_REGION_WIDTH = 190


class Choices(QWidget):
    """The choices; whoever asks for a sheet gets them as a ``Request``."""

    changed = Signal()
    """Another sheet is wanted."""

    def __init__(
        self, election: Election, names: Names, settings: Settings | None = None, parent: QWidget | None = None
    ) -> None:
        """*settings*: remember what is chosen, and what was chosen last; None: nothing is remembered."""
        super().__init__(parent)
        self._election = election
        self._settings = settings
        self.kind = QComboBox()
        self.region = QComboBox()
        self.region.setMinimumWidth(_REGION_WIDTH)
        self.languages = QComboBox()
        self.paper = QComboBox()
        self.khmer_digits = QCheckBox(self.tr("Khmer &digits"))
        self.khmer_digits.setToolTip(self.tr("On sheets in Khmer alone"))
        self._fill_kinds()
        self._fill_languages()
        self.paper.addItem("A4", "a4")
        self.paper.addItem(self.tr("Letter"), "us-letter")
        self.use_names(names)
        self._lay_out()
        self._recall()
        self._rest()
        for box in (self.kind, self.region, self.languages, self.paper):
            box.currentIndexChanged.connect(self._on_choice_changed)
        self.khmer_digits.toggled.connect(self._on_choice_changed)

    def request(self, printing: Printing) -> Request:
        """Return what is chosen."""
        kind: Kind = self.kind.currentData()
        paper: Paper = self.paper.currentData()
        languages: tuple[Language, ...] = tuple(self.languages.currentData())
        digits = languages == _KHMER and self.khmer_digits.isChecked()
        wanted = Request(kind, printing, None, None, languages, paper, digits)
        return wanted if kind in OF_THE_CHAMBER else replace(wanted, region=self._region(kind))

    def begin_at(self, region: int | None) -> None:
        """Begin where the count is: with the result of its region, or of the chamber; another kind stays chosen."""
        if self.kind.currentData() in RESULTS:
            self.choose_kind("chamber" if region is None else "region")
        self.follow(region)

    def follow(self, region: int | None) -> None:
        """Choose the region that the count shows; its overview chooses none."""
        if region is not None:
            self.region.setCurrentIndex(region + 1)

    def choose_kind(self, kind: Kind) -> None:
        """Choose another kind of sheet."""
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def use_names(self, names: Names) -> None:
        """Name the regions in another language, if it is another."""
        if self.region.count() and self.region.itemText(1) == names.text(self._election.regions[0].name):
            return
        chosen = max(self.region.currentIndex(), 0)
        self.region.blockSignals(True)
        self.region.clear()
        self.region.addItem(self.tr("All regions"), None)
        for region in self._election.regions:
            self.region.addItem(names.text(region.name), region.key)
        self.region.setCurrentIndex(chosen)
        self.region.blockSignals(False)

    def _region(self, kind: Kind) -> str | None:
        """Return the key of the region; the first one where the kind needs one and none is chosen."""
        chosen = self.region.currentData()
        if chosen is None and kind in OF_A_REGION:
            return self._election.regions[0].key
        return None if chosen is None else str(chosen)

    @property
    def _has_khmer(self) -> bool:
        return any(region.name.km for region in self._election.regions)

    def _recall(self) -> None:
        """Choose what was chosen last time: languages only where the election has names in Khmer."""
        settings = self._settings
        if settings is None:
            return
        boxes = [(self.kind, "kind"), (self.paper, "paper")]
        if self._has_khmer:
            boxes.append((self.languages, "languages"))
        for box, name in boxes:
            known = [_word(box.itemData(index)) for index in range(box.count())]
            if settings.sheet_choice(name) in known:
                box.setCurrentIndex(known.index(settings.sheet_choice(name)))
        self.khmer_digits.setChecked(settings.sheet_choice("digits") == "khmer")

    def _keep(self) -> None:
        """Remember what is chosen for next time."""
        settings = self._settings
        if settings is None:
            return
        settings.keep_sheet_choice("kind", _word(self.kind.currentData()))
        settings.keep_sheet_choice("paper", _word(self.paper.currentData()))
        settings.keep_sheet_choice("digits", "khmer" if self.khmer_digits.isChecked() else "european")
        if self._has_khmer:
            settings.keep_sheet_choice("languages", _word(self.languages.currentData()))

    def _fill_kinds(self) -> None:
        titles: dict[Kind, str] = {
            "region": self.tr("Result of a region"),
            "chamber": self.tr("Result of the chamber"),
            "trace": self.tr("Allocation, step by step"),
            "findings": self.tr("Findings and reasons"),
            "lot": self.tr("Record of a lot"),
            "elected": self.tr("Elected candidates"),
            "changes": self.tr("Changes after signing"),
            "forms": self.tr("Blank forms"),
        }
        for kind in MAKERS:
            self.kind.addItem(titles.get(kind, kind), kind)

    def _fill_languages(self) -> None:
        both = f"{self.tr('Khmer')} + {self.tr('English')}"
        for title, languages in ((both, ("km", "en")), (self.tr("Khmer"), _KHMER), (self.tr("English"), ("en",))):
            self.languages.addItem(title, languages)
        self.languages.setCurrentIndex(0 if self._has_khmer else 2)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        for text, box in (
            (self.tr("&Sheet"), self.kind),
            (self.tr("&Region"), self.region),
            (self.tr("&Language"), self.languages),
            (self.tr("&Paper"), self.paper),
        ):
            label = QLabel(text)
            label.setProperty("role", "muted")
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", ""))
            layout.addWidget(label)
            layout.addWidget(box)
            layout.addSpacing(SPACING.medium)
        layout.addWidget(self.khmer_digits)
        layout.addStretch(1)

    def _rest(self) -> None:
        """What makes no difference to the sheet rests."""
        kind: Kind = self.kind.currentData()
        self.region.setEnabled(kind not in OF_THE_CHAMBER)
        if kind in OF_A_REGION and self.region.currentData() is None:
            self.region.blockSignals(True)
            self.region.setCurrentIndex(1)
            self.region.blockSignals(False)
        self.khmer_digits.setEnabled(tuple(self.languages.currentData()) == _KHMER)

    def _on_choice_changed(self, _: object) -> None:
        self._rest()
        self._keep()
        self.changed.emit()


def _word(data: object) -> str:
    """Return a choice as one word: ``trace``, ``km,en``."""
    return ",".join(map(str, data)) if isinstance(data, tuple | list) else str(data)
