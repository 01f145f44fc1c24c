"""Reading a stated figure as it is typed; knows nothing of Qt."""

import re

from tally_app.count.figures import FigureKey
from tally_app.document.edit import EditRefused, check_stated
from tally_app.exchange.numbers import NumberRefused, parse_votes, read_typed

_KHMER = str.maketrans("០១២៣៤៥៦៧៨៩,", "0123456789.")
_SHARE = re.compile(r"[0-9]{0,3}(\.[0-9]{0,6})?", re.ASCII)


class StatedRefused(ValueError):
    """The text is not a figure of its kind."""


def read_stated(key: FigureKey, typed: str) -> str | None:
    """Return a typed figure as it is kept: ASCII digits, a percentage with the decimals it has; None for nothing.

    Raises: StatedRefused: the text is not such a figure.
    """
    text = typed.strip()
    try:
        if key.figure == "share":
            text = text.translate(_KHMER)
        else:
            number = parse_votes(text)
            text = "" if number is None else str(number)
        check_stated(key, text or None)
    except (NumberRefused, EditRefused) as refused:
        raise StatedRefused(typed) from refused
    return text or None


def may_become_stated(key: FigureKey, typed: str) -> bool:
    """Could further keys still make a figure of what is typed so far?"""
    if key.figure == "share":
        return _SHARE.fullmatch(typed.strip().translate(_KHMER)) is not None
    try:
        read_typed(typed)
    except NumberRefused:
        return False
    return True
