import io

import pytest

from tally_app.cli.choosing import Choice, NotFound, choose, enumerated
from tally_app.cli.exits import Exit, Failure
from tally_app.cli.output import table, visible, write_failure


def test_columns_are_aligned():
    assert list(table(["Region", "CPP"], [["R1", "1,187"], ["Region 10", "2"]])) == [
        "Region       CPP",
        "R1         1,187",
        "Region 10      2",
    ]


def test_khmer_marks_and_wide_letters_are_measured_as_they_are_shown():
    lines = list(table(["", "n"], [["កុំ", "1"], ["選挙", "2"], ["abcd", "3"]]))
    assert lines == ["      n", "កុំ     1", "選挙  2", "abcd  3"]


@pytest.mark.parametrize("steering", ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "a\nb", "a\rb"])
def test_nothing_steers_the_terminal(steering: str):
    assert not set("\x1b\x07\x9b\u202e\n\r") & set(visible(f"Region {steering}"))
    err = io.StringIO()
    write_failure(Failure(Exit.FILE, "x", f"{steering}: no"), None, err, as_json=False)
    assert not set("\x1b\x07\x9b\u202e\r") & set(err.getvalue())


def test_an_exact_key_wins_over_names():
    assert choose("R2", "region", [Choice("R1", ("R2",)), Choice("R2", ("R1",))]) == 1


def test_a_name_that_several_have():
    with pytest.raises(NotFound, match=r"several .* 1 \(Kep\), 2 \(KEP\)"):
        choose("kep", "unit", [Choice("1", ("Kep",)), Choice("2", ("KEP",))])


def test_long_lists_are_cut():
    assert enumerated([Choice(str(number)) for number in range(1020)]).endswith("18, 19, … and 1,000 more")
