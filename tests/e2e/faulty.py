"""The program with a fault in it: over one number, or every entry, a slot raises, with names and votes in its text.

``python -m tests.e2e.faulty draft|entry FILE`` runs the window. Started again from there, it is the program without.
"""

import sys
from pathlib import Path
from unittest import mock

from tally_app.document.document import DraftChanged, FiguresChanged
from tally_app.ui.app import run_window
from tally_app.ui.workbench import Workbench

FIGURE = 4817203
OPERATOR = "Sok Chan"


def on_draft(self: Workbench, _: DraftChanged) -> None:
    draft = self.document.live.draft
    if draft is not None and draft.change.new == FIGURE:
        raise KeyError(f"{OPERATOR} typed {FIGURE}")


def on_entry(_: Workbench, event: FiguresChanged) -> None:
    raise ValueError(f"{OPERATOR}: {event}")


FAULTS = {
    "draft": ("_on_document_draft_changed", on_draft),
    "entry": ("_on_document_figures_changed", on_entry),
}

if __name__ == "__main__":
    name, fault = FAULTS[sys.argv[1]]
    with mock.patch.object(Workbench, name, fault):
        sys.exit(run_window(Path(sys.argv[2]), sample=False, operator=OPERATOR))
