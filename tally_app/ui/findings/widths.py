"""How wide the columns of findings are: shared out by what there is to read."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontMetrics

from tally_app.ui.findings.texts import SMALL, Part
from tally_app.ui.theme import SIZES, sized

MARK_WIDTH = 30
TEXTS = tuple(part for part in Part if part is not Part.MARK)
_GAP = 22  # what a style leaves free around a text, and air to the next column
_MOST_WHERE = 300
_PLACE_OF_TEN = 3  # the place takes so many tenths of the width at most; the tooltip has all of it
_LEAST = 80
_LEAST_ADVICE = 160  # below it the advice is in the tooltip only
_LEAST_SENTENCE = 360  # below it there is no link: Enter and a double-click do the same
_SENTENCE_OF_TEN = 7  # a sentence may take so many tenths of the width it shares with the advice


class Widths:
    """What the texts need, and what each column gets of the width there is [px]."""

    def __init__(self) -> None:
        self._need = dict.fromkeys(Part, 0)

    def forget(self) -> None:
        """Measure anew: what needed the most may be gone."""
        self._need = dict.fromkeys(Part, 0)

    def measure(self, part: Part, texts: Iterable[str], font: QFont, indent: int = 0) -> None:
        """Let a column grow with some texts. *font*: the program's."""
        metrics = QFontMetrics(sized(font, SIZES.note if part in SMALL else SIZES.base, part is Part.WHERE))
        need = max((metrics.horizontalAdvance(text) for text in texts), default=0) + _GAP + indent
        self._need[part] = max(self._need[part], need)

    def shared(self, width: int, mark: int = MARK_WIDTH) -> dict[Part, int]:
        """Give every column what it needs; sentence and advice share the rest, the sentence first or alone.

        A column that is missing in the answer is hidden. *mark*: width of the first column.
        """
        need = self._need
        where = min(need[Part.WHERE], _MOST_WHERE, width * _PLACE_OF_TEN // 10)
        widths = {Part.MARK: mark, Part.CODE: need[Part.CODE], Part.WHERE: where}
        free = width - sum(widths.values())
        if free - need[Part.LINK] >= min(_LEAST_SENTENCE, need[Part.WHAT]):
            widths[Part.LINK] = need[Part.LINK]
            free -= need[Part.LINK]
        if free < need[Part.WHAT] + _LEAST_ADVICE:
            return widths | {Part.WHAT: max(free, _LEAST)}
        most = max(free * _SENTENCE_OF_TEN // 10, free - need[Part.ADVICE])
        what = max(min(need[Part.WHAT], most), _LEAST)
        return widths | {Part.WHAT: what, Part.ADVICE: max(free - what, _LEAST)}
