"""What a lot can bring, and the lot as it is recorded."""

from math import comb

import pytest

from tally_app.count.figures import Cell
from tally_app.document.draw import draw_of
from tally_app.election.model import Alliance, Name, Rule
from tests.packs import make_election
from tests.ui.fake_journal import open_document


def drawing(votes: tuple[int, ...], seats: int, rule: Rule | None = None):
    parties = "ABCDE"[: len(votes)]
    document = open_document(make_election(parties=parties, units=(1,), seats=seats, rule=rule or Rule("dhondt")))
    cells = {Cell(0, column): own for column, own in zip(document.election.party_columns, votes, strict=True)}
    document.commit(document.edit_cells("paste", cells))
    return document, draw_of(document.election, document.live.region(0))


def test_without_a_tie_there_is_no_draw():
    assert drawing((5, 3), 1)[1] is None


def test_one_seat_among_two():
    _, draw = drawing((6, 6, 1), 1)
    assert (draw.parties, draw.tie.seats, draw.free) == ((0, 1), 1, True)
    assert list(draw.outcomes()) == [{"A": 1}, {"B": 1}]
    assert draw.possible({"B": 1})
    assert not draw.possible({"C": 1})
    assert not draw.possible({"A": 1, "B": 1})


def test_two_of_three():
    _, draw = drawing((6, 6, 6, 1), 2)
    assert {tuple(won) for won in draw.outcomes()} == {("A", "B"), ("A", "C"), ("B", "C")}


def test_two_ties_at_once_inside_alliances():
    pairs = [Alliance("X", Name("X"), ["A", "B"]), Alliance("Y", Name("Y"), ["C", "D"])]
    _, draw = drawing((3, 3, 12, 12), 4, Rule("dhondt", alliances=pairs))
    found = list(draw.outcomes())
    assert not draw.free
    assert len(found) < comb(len(draw.parties), draw.tie.seats)
    assert all(draw.possible(won) for won in found)
    assert not draw.possible({"A": 1, "B": 1})


def test_the_lot_holds_the_tie_as_it_was():
    document, draw = drawing((6, 6, 1), 1)
    lot = draw.lot({"A": 0, "B": 1}, "Sok", "2024-02-25 23:40", ["Dara"])
    assert (lot.tied, lot.seats, lot.won, lot.votes) == (["A", "B"], 1, {"B": 1}, {"A": 6, "B": 6})
    document.commit(document.edit_lot("R1", lot))
    settled = draw_of(document.election, document.live.region(0))
    assert settled == draw  # a recorded lot does not hide the draw: it can be corrected


@pytest.mark.parametrize("texts", [("", "2024"), ("  ", "2024"), ("Sok", ""), ("S" * 301, "2024"), ("Sok", "1", [""])])
def test_what_could_not_be_read_again_is_not_recorded(texts):
    _, draw = drawing((6, 6), 1)
    with pytest.raises(ValueError):
        draw.lot({"A": 1}, *texts)
