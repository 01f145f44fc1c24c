"""Edits of what sources state: many figures in one gesture, and a table with sources that nobody knew before."""

from collections.abc import Mapping

from tally_app.count.figures import FigureKey, StatedChange
from tally_app.count.statements import Statements
from tally_app.document.document import Document
from tally_app.document.edit import Edit, check_stated
from tally_app.document.sources import additions
from tally_app.exchange.stated_table import StatedTable


def stated_edit(statements: Statements, figures: Mapping[FigureKey, str | None], gesture: str = "state") -> Edit:
    """Return the edit that makes sources state these texts, as printed, without what they state already.

    *gesture*: state, paste or clear. None: it is not stated.

    Raises: EditRefused: a text is not such a figure, or nobody can state it there.
    """
    changes = []
    for key, text in figures.items():
        check_stated(key, text)
        old = statements.value(key)
        if old != text:
            changes.append(StatedChange(key, old, text))
    return Edit(gesture, stated=tuple(changes))


def import_edit(document: Document, table: StatedTable) -> Edit:
    """Return the edit that takes a table over, its new sources with it.

    Raises: EditRefused: a new source cannot be added.
    """
    added = additions(document.election, document.records, table.new_sources)
    keys = {name: change.key for name, change in added.items()}
    figures = {key._replace(source=keys.get(key.source, key.source)): text for key, text in table.figures.items()}
    edit = stated_edit(document.statements, figures)
    return Edit("import", stated=edit.stated, records=tuple(added.values()))
