"""Findings by cause as a tree of two levels: what is probably one mistake, and the findings that hang on it."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from tally_app.checks.causes import Cause, group
from tally_app.checks.finding import identity
from tally_app.checks.repair import Repairs
from tally_app.ui.findings.ledger import Entry
from tally_app.ui.findings.marks import STATE_OF
from tally_app.ui.findings.model import Filter
from tally_app.ui.findings.texts import ROLE_LOOK, ROLE_STATE, FindingTexts, Look, Part
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.repair_details import short_place
from tally_app.wording.repairs import cause_line, repair_sentence

LIMIT = 1000
"""Causes shown at most; a filter shows the others."""

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"
_TOP = 0
"""Internal id of a cause; that of a finding under it is the cause's row + 1."""


class Branch(NamedTuple):
    """A cause with its findings as they are shown: the head, and what hangs on it."""

    cause: Cause
    head: Entry
    others: tuple[Entry, ...]

    @property
    def leaves(self) -> tuple[Entry, ...]:
        """The lines under it: of a repair all that it explains, else what hangs on the head."""
        return self.others if self.cause.repair is None else (self.head, *self.others)

    @property
    def key(self) -> object:
        """Which cause it is, whatever its figures are."""
        return identity(self.head.finding) if self.cause.repair is None else self.cause.repair.where


class CauseModel(QAbstractItemModel):
    """Causes, the worst first. ``show_findings`` puts them together anew."""

    def __init__(self, names: Names, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = FindingTexts(names, font, self)
        self._repairs = Repairs()
        self._branches: list[Branch] = []

    @property
    def repairs(self) -> Repairs:
        """What the causes were made of."""
        return self._repairs

    def show_findings(self, entries: Iterable[Entry], repairs: Repairs, chosen: Filter) -> None:
        """Group findings anew; a cause is shown whole if one of its findings passes the filter."""
        by_finding = {id(entry.finding): entry for entry in entries}
        causes = group((entry.finding for entry in by_finding.values()), repairs)
        branches = (_branch(cause, by_finding) for cause in causes)
        shown = [branch for branch in branches if self._passes(branch, chosen)]
        self.beginResetModel()
        self._repairs = repairs
        self._branches = shown[:LIMIT]
        self.endResetModel()

    def use_names(self, names: Names) -> None:
        """Say everything in another language."""
        self._texts.names = names
        self.layoutChanged.emit()

    def branch(self, index: _Index) -> Branch | None:
        """Return the cause of a top line; None of a line under one."""
        return self._branches[index.row()] if index.isValid() and index.internalId() == _TOP else None

    def entry(self, index: _Index) -> Entry:
        """Return the finding of a line; of a cause, its head."""
        top = self.branch(index)
        return top.head if top is not None else self._branches[index.internalId() - 1].leaves[index.row()]

    def key(self, index: _Index) -> object:
        """Return what names a line whatever its figures are."""
        top = self.branch(index)
        if top is not None:
            return top.key
        return self._branches[index.internalId() - 1].key, identity(self.entry(index).finding)

    def find(self, key: object) -> QModelIndex:
        """Return the line of a key, an invalid index if it is gone."""
        for row, branch in enumerate(self._branches):
            top = self.index(row, 0)
            if branch.key == key:
                return top
            if isinstance(key, tuple) and key and key[0] == branch.key:
                leaves = (self.index(leaf, 0, top) for leaf in range(len(branch.leaves)))
                return next((leaf for leaf in leaves if self.key(leaf) == key), top)
        return QModelIndex()

    def find_finding(self, wanted: str) -> QModelIndex:
        """Return the line of a finding by its identity: the cause itself if it is only that."""
        for row, branch in enumerate(self._branches):
            top = self.index(row, 0)
            if branch.cause.repair is None and identity(branch.head.finding) == wanted:
                return top
            for leaf, entry in enumerate(branch.leaves):
                if identity(entry.finding) == wanted:
                    return self.index(leaf, 0, top)
        return QModelIndex()

    def index(self, row: int, column: int, parent: _Index = _NO_INDEX) -> QModelIndex:
        """Return a cause, or a finding under one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]
        """Return the cause that a finding hangs on."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many causes there are, or how many findings hang on one."""
        if not parent.isValid():
            return len(self._branches)
        top = self.branch(parent)
        return len(top.leaves) if top is not None and parent.column() == 0 else 0

    def columnCount(self, _: _Index = _NO_INDEX) -> int:
        """Return the number of columns."""
        return len(Part)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a line says and how it looks."""
        if not index.isValid():
            return None
        part, top = Part(index.column()), self.branch(index)
        if top is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._text(top, part)
            if text is not None:
                return text
        if top is not None and role == ROLE_LOOK and part is not Part.MARK:
            text, look = self._text(top, part), self._texts.data(top.head, part, role)
            return look if text is None or not isinstance(look, Look) else look._replace(text=text)
        if top is not None and top.cause.repair is not None and role == ROLE_STATE and part is Part.MARK:
            return STATE_OF[top.cause.severity].value
        if top is not None and top.cause.repair is not None and role == Qt.ItemDataRole.ToolTipRole:
            return repair_sentence(self._texts.names, top.cause.repair, self._repairs)
        return self._texts.data(self.entry(index), part, role)

    def _passes(self, branch: Branch, chosen: Filter) -> bool:
        """Is a cause shown: for one of its findings, or because its repair is in the chosen region?"""
        repair = branch.cause.repair
        regions = self._texts.names.election.region_index
        if repair is not None and chosen.region == regions.get(repair.place.region or "", -1):
            chosen = Filter(chosen.severities)
        return any(map(chosen.passes, (branch.head, *branch.others)))

    def _text(self, branch: Branch, part: Part) -> str | None:
        """What a cause says other than its head does."""
        repair, leaves = branch.cause.repair, len(branch.leaves)
        if part is Part.CODE and leaves:
            return f"{branch.head.finding.code} +{grouped(len(branch.others))}"
        if repair is None:
            return None
        if part is Part.WHERE:
            return short_place(self._texts.names, repair)
        if part is Part.WHAT:
            text = cause_line(self._texts.names, branch.cause)
            return text.removeprefix(f"{short_place(self._texts.names, repair)}: ")
        return "" if part is Part.ADVICE else None


def _branch(cause: Cause, by_finding: dict[int, Entry]) -> Branch:
    head, *others = (by_finding[id(finding)] for finding in cause.findings)
    return Branch(cause, head, tuple(others))
