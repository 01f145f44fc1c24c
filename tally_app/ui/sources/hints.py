"""The line under the table of stated figures: its keys or, for a while, why something was not taken."""

from collections.abc import Sequence

from tally_app.ui.entry.hints import HintBar


class StatedHints(HintBar):
    """The keys of this screen."""

    def _shown_keys(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Enter"), self.tr("next figure")),
            (self.tr("Esc"), self.tr("take back")),
            (self.tr("Del"), self.tr("not stated")),
            (self.tr("PgDn"), self.tr("next region")),
            (self.tr("F4"), self.tr("add a source")),
            (self.tr("F1"), self.tr("all keys")),
        )
