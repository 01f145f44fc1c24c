"""Every result that lots can bring."""

from collections.abc import Sequence

from tally_app.allocation.allocate import allocate, fits
from tally_app.allocation.contest import Contest


def possible(contest: Contest, lot: Sequence[int]) -> bool:
    """Can a lot give just these seats beyond the certain ones?"""
    tie = allocate(contest).tie
    return tie is not None and fits(tie, lot) and max(lot) <= 1
