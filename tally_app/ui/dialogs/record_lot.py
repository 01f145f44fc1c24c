"""Record the lot: what people drew on paper for a region's tie. Opens only when somebody asks for it."""

from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tally_app.document.document import Document
from tally_app.document.draw import LONGEST, MOST_WITNESSES, TIME_FORMAT, Draw, draw_of
from tally_app.ui.dialogs.lot_result import LotResult, lot_result
from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import SPACING
from tally_app.wording.history import lot_details
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped, listed

_TIME_FORMAT = "yyyy-MM-dd HH:mm"
_SEPARATORS = "-/.: "
_WIDTH = 520
_WITNESS_LINES = 3


class MomentEdit(QDateTimeEdit):
    """A date and time as the record has it. Arrows go from part to part; Tab leaves, as everywhere else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())  # the digits of the record, whatever the system's are
        self.setDisplayFormat(_TIME_FORMAT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a separator as the end of a part. Qt goes on by itself after a full one, and would then go wrong."""
        if not event.text() or event.text() not in _SEPARATORS:
            super().keyPressEvent(event)
        elif not self.lineEdit().hasSelectedText():
            self.setCurrentSectionIndex(min(self.currentSectionIndex() + 1, self.sectionCount() - 1))
            self.setSelectedSection(self.currentSection())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave, where Qt would go through year, month, day, hour and minute."""
        return QWidget.focusNextPrevChild(self, forward)


class RecordLotDialog(QDialog):
    """Asks for the result, who drew it, when and before whom. Closes once that is on the disk."""

    def __init__(
        self,
        document: Document,
        gestures: Gestures,
        names: Names,
        region: int,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._gestures = gestures
        self._key = document.election.regions[region].key
        self._region = names.region(self._key)
        self._lot = document.lot(self._key)
        result = document.live.committed_region(region)
        self.draw: Draw | None = draw_of(document.election, result)
        self._to_come = result.units - result.complete
        self.result_view: LotResult | None = lot_result(self.draw, names) if self.draw else None
        self.drawn_by = QLineEdit()
        self.at = MomentEdit()
        self.witnesses = QPlainTextEdit()
        self.note = QLineEdit()
        self.message = QLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.record = QPushButton(self.tr("&Record the lot"))
        self.remove = QPushButton(self.tr("Re&move the lot"))
        self._prepare_fields(now)
        self._lay_out()
        self._fill()
        self._connect()
        self._show_missing()

    @property
    def missing(self) -> list[str]:
        """What is still to be said before the lot can be recorded."""
        found = [self.result_view.missing] if self.result_view is not None else []
        if not self.drawn_by.text().strip():
            found.append(self.tr("who drew the lot"))
        names = self._witness_names()
        if len(names) > MOST_WITNESSES or any(len(name) > LONGEST for name in names):
            text = self.tr("at most {most} witnesses, one short line each")
            found.append(text.format(most=MOST_WITNESSES))
        return [each for each in found if each]

    def accept(self) -> None:
        """Record the lot; stay, with everything typed, if that is not possible."""
        if self.draw is None or self.result_view is None or self.missing:
            return
        lot = self.draw.lot(
            self.result_view.won,
            self.drawn_by.text().strip(),
            self.at.dateTime().toString(_TIME_FORMAT),
            self._witness_names(),
            self.note.text().strip(),
        )
        if self._gestures.record_lot(self._key, lot):
            super().accept()

    def _prepare_fields(self, now: datetime) -> None:
        self.setWindowTitle(self.tr("Record the lot – {region}").format(region=self._region))
        for line in (self.drawn_by, self.note):
            line.setMaxLength(LONGEST)
        self.drawn_by.setPlaceholderText(self.tr("Name"))
        self.at.setDateTime(QDateTime.fromString(now.astimezone().strftime(TIME_FORMAT), _TIME_FORMAT))
        self.at.setMinimumHeight(self.drawn_by.sizeHint().height())
        self.witnesses.setTabChangesFocus(True)
        self.witnesses.setPlaceholderText(self.tr("One name per line"))
        lines = self.witnesses.fontMetrics().lineSpacing() * _WITNESS_LINES
        self.witnesses.setFixedHeight(lines + 2 * SPACING.medium + SPACING.small)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        # Two lines at once, so that nothing moves while the sentence changes.
        self.message.setMinimumHeight(2 * self.message.fontMetrics().lineSpacing())
        self.record.setDefault(True)
        self.remove.setAutoDefault(False)
        self.buttons.addButton(self.record, QDialogButtonBox.ButtonRole.AcceptRole)
        if self._lot is not None:
            self.record.setText(self.tr("Save the co&rrection"))
            self.buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ResetRole)  # away from the others

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.setSpacing(SPACING.medium)
        self.setMinimumWidth(_WIDTH)
        layout.addWidget(_label(self._heading(), "title"))
        layout.addWidget(_label(self._explanation(), ""))
        if self.draw is not None and self._to_come:
            layout.addWidget(_label(self._warning(), "warning"))
        if self.result_view is None:
            self.record.hide()
        else:
            layout.addSpacing(SPACING.small)
            layout.addWidget(self._titled(self.result_view.question, self.result_view.inputs[0]))
            layout.addWidget(_card(self.result_view))
            layout.addSpacing(SPACING.small)
            layout.addLayout(self._form())
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self._chain()

    def _chain(self) -> None:
        """Let Tab walk from the result downwards."""
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        fields = [self.drawn_by, self.at, self.witnesses, self.note, self.record, cancel, self.remove]
        inputs = self.result_view.inputs if self.result_view is not None else []
        for first, second in pairwise(field for field in [*inputs, *fields] if field.window() is self):
            self.setTabOrder(first, second)

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(SPACING.large)
        form.setVerticalSpacing(SPACING.medium)
        form.setColumnStretch(1, 1)
        rows = (
            (self.tr("&Drawn by"), self.drawn_by),
            (self.tr("Da&te and time"), self.at),
            (self.tr("&Witnesses"), self.witnesses),
            (self.tr("&Note"), self.note),
        )
        for row, (text, field) in enumerate(rows):
            field.setAccessibleName(text.replace("&", ""))
            top = Qt.AlignmentFlag.AlignTop if field is self.witnesses else Qt.AlignmentFlag.AlignVCenter
            form.addWidget(self._titled(text, field), row, 0, top)
            form.addWidget(field, row, 1)
        form.setAlignment(self.at, Qt.AlignmentFlag.AlignLeft)
        return form

    def _heading(self) -> str:
        if self.draw is None:
            return self.tr("{region}: the lot has no tie").format(region=self._region)
        if self.draw.tie.seats == 1:
            return self.tr("{region}: 1 seat by lot").format(region=self._region)
        return self.tr("{region}: {seats} seats by lot").format(region=self._region, seats=self.draw.tie.seats)

    def _explanation(self) -> str:
        if self.draw is None:
            told = lot_details(self._lot) if self._lot is not None else ""
            text = self.tr("The tie that this lot was drawn for is no longer there, so the lot does not count. {told}.")
            return text.format(told=told)
        parties = listed([self.draw.election.parties[party].key for party in self.draw.parties], self.tr("and"))
        text = self.tr("{parties} are equal. Draw the lot on paper, with witnesses, and write down here what it gave.")
        return text.format(parties=parties)

    def _warning(self) -> str:
        if self._to_come == 1:
            return self.tr("1 unit is not complete yet: the tie may still go away.")
        text = self.tr("{units} units are not complete yet: the tie may still go away.")
        return text.format(units=grouped(self._to_come))

    def _titled(self, text: str, field: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(field)
        return label

    def _fill(self) -> None:
        """Show the lot that is recorded for this tie; of one for another tie nothing is taken over."""
        lot, view = self._lot, self.result_view
        if lot is None or view is None or not view.draw.fits(lot):
            return
        view.choose(lot.won)
        self.drawn_by.setText(lot.drawn_by)
        self.witnesses.setPlainText("\n".join(lot.witnesses))
        self.note.setText(lot.note)
        time = QDateTime.fromString(lot.drawn_at, _TIME_FORMAT)
        if time.isValid():
            self.at.setDateTime(time)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.remove.clicked.connect(self._on_remove_clicked)
        self._gestures.refused.connect(self._on_gestures_refused)
        self._gestures.failed.connect(self._on_gestures_refused)
        if self.result_view is not None:
            self.result_view.changed.connect(self._on_field_changed)
        for signal in (self.drawn_by.textChanged, self.witnesses.textChanged, self.note.textChanged):
            signal.connect(self._on_field_changed)
        self.at.dateTimeChanged.connect(self._on_field_changed)

    def _witness_names(self) -> list[str]:
        return [line.strip() for line in self.witnesses.toPlainText().splitlines() if line.strip()]

    def _show_missing(self) -> None:
        missing = self.missing
        self.record.setEnabled(self.draw is not None and not missing)
        text = self.tr("Still missing: {what}.").format(what=", ".join(missing)) if missing and self.draw else ""
        self._say(text, "muted")

    def _say(self, text: str, role: str) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        if self.message.property("role") != role:
            self.message.setProperty("role", role)
            self.message.style().unpolish(self.message)
            self.message.style().polish(self.message)

    def _on_field_changed(self) -> None:
        self._show_missing()

    def _on_remove_clicked(self) -> None:
        if self._gestures.record_lot(self._key, None):
            super().accept()

    def _on_gestures_refused(self, message: str) -> None:
        self._say(message, "bad")


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _card(content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(SPACING.card, SPACING.card, SPACING.card, SPACING.card)
    layout.addWidget(content)
    return card
