from dataclasses import replace

from tally_app.allocation.allocate import allocate
from tally_app.allocation.margins import ListMargin
from tally_app.ui.seats.live_margins import LiveMargins


def known(margins: LiveMargins, party: int) -> ListMargin:
    margin = margins.of(party)
    assert margin is not None
    return margin


def test_who_won_by_lot_would_lose_by_one_vote_and_is_far_from_its_next_seat(senate, region_result):
    """1400 ÷ 7 = 200 ÷ 1 for the last seat. KWP's second needs 200 + 267, above twice CPP's 1400 ÷ 6."""
    tied = region_result(senate, 4, [1400, 200, 0, 2])
    margins = LiveMargins()
    margins.show_result(tied, [0, 1, 2, 3])
    assert known(margins, 1)[:2] == (1, None)
    margins.show_result(replace(tied, allocation=allocate(tied.contest, lot=(0, 1, 0, 0))), [0, 1, 2, 3])
    assert known(margins, 1)[:2] == (267, 1)
    assert known(margins, 0).gain == 1
