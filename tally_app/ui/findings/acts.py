"""What a person does about findings: a repair entered, a warning accepted; each one gesture that Undo takes back."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from tally_app.checks.claims import claim_key, finding_key
from tally_app.checks.finding import Finding, Severity
from tally_app.checks.repair import Repair
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.explanations import explanation_edit
from tally_app.ui.gestures import Gestures
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted
from tally_app.wording.refusals import edit_refusal
from tally_app.wording.repairs import repair_title


class FindingActs(QObject):
    """Turns what is decided in the panel into gestures. Nothing is ever changed without one."""

    told = Signal(str)
    """What was done, and how it is taken back."""
    refused = Signal(str)
    """Nothing was changed; carries why."""
    applied = Signal(object)
    """The Cell that a repair changed."""

    def __init__(self, document: Document, gestures: Gestures, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._gestures = gestures
        self._names = names
        self._acting = False
        gestures.refused.connect(self._on_gestures_refused)

    def apply(self, repair: Repair, finding: Finding | None) -> bool:
        """Enter what a repair says, with the finding as its reason; False if that cannot be done.

        *finding*: the one that it was offered for; None: the first that it removes.
        """
        current = self._document.late.repairs
        if not repair.applicable:
            return False
        if current is None or repair not in current.found:
            self.refused.emit(self.tr("The figures have changed since. Look at the candidates again."))
            return False
        edit = Edit("repair", repair.changes)
        if not self._submit(edit, self._reason(repair, finding)):
            return False
        done = self.tr("Entered as a repair: {what}. Ctrl+Z takes it back.")
        self.told.emit(done.format(what=repair_title(self._names, repair)))
        self.applied.emit(repair.changes[0].cell)
        return True

    def accept(self, findings: Sequence[Finding], reason: str | None) -> bool:
        """Accept warnings with one reason, None: take their reasons back; False if that cannot be done."""
        records = self._document.records
        try:
            edits = [explanation_edit(records, each, reason, self._document.operator) for each in findings]
        except EditRefused as refused:
            self.refused.emit(edit_refusal(self._names, refused))
            return False
        changes = {change.key: change for edit in edits for change in edit.records}
        if not self._submit(Edit("explain", records=tuple(changes.values())), ""):
            return False
        warnings = counted(len(findings), self.tr("warning"), self.tr("warnings"))
        done = self.tr("{warnings} accepted.") if reason is not None else self.tr("{warnings} without a reason again.")
        self.told.emit(" ".join((done.format(warnings=warnings), self.tr("Ctrl+Z takes it back."))))
        return True

    def _submit(self, edit: Edit, reason: str) -> bool:
        self._acting = True
        done = self._gestures.submit(edit, reason)
        self._acting = False
        return done

    def _reason(self, repair: Repair, finding: Finding | None) -> str:
        about = finding or self._first_removed(repair)
        if about is None:
            return repair.fixed[0].code if repair.fixed else ""
        return f"{about.code} {self._names.place(about.place)}: {sentence(self._names, about)}"

    def _first_removed(self, repair: Repair) -> Finding | None:
        keys = [claim_key(claim) for claim in repair.fixed]
        return next((each for each in self._document.live.findings() if finding_key(each) in keys), None)

    def _on_gestures_refused(self, text: str) -> None:
        if self._acting:
            self.refused.emit(text)


def warnings_of(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that can be accepted with a reason."""
    return [finding for finding in findings if finding.severity is Severity.WARNING]
