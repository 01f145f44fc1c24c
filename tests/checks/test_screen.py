"""The quick look over all units never hides one that has a finding."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tally_app.checks.entry import Form, check_form
from tally_app.checks.screen import suspect_rows
from tally_app.election.election import Election
from tally_app.election.model import Limits
from tests.packs import make_election, make_pack

FORMS = [
    ("registered", "cast", "parties", "invalid"),
    ("parties", "invalid"),
    ("cast", "parties", "valid", "blank", "invalid"),
    ("parties",),
]
figure = st.integers(-1, 6)
LIMITS = [
    Limits(),
    Limits(invalid_percent="20", invalid_ballots=1),
    Limits(invalid_percent="33.3", invalid_ballots=0, turnout_points="25"),
    Limits(turnout_points="0"),
]
TURNOUTS = [None, "50", "66.67", "100"]


def with_turnouts(pack):
    """Each unit of the first region has another last turnout."""
    first = pack.regions[0]
    units = [replace(unit, last_turnout=last) for unit, last in zip(first.units, TURNOUTS, strict=True)]
    return replace(pack, regions=[replace(first, units=units), *pack.regions[1:]])


@given(st.data())
def test_every_unit_with_a_finding_is_a_suspect(data):
    form = data.draw(st.sampled_from(FORMS))
    optional = data.draw(st.sampled_from([(), ("invalid",), ("invalid", "blank", "cast")]))
    standing = data.draw(st.sampled_from([None, (["A"], None)]))
    pack = with_turnouts(make_pack(units=(4, 1), form=form, optional=optional, standing=standing))
    election = Election(replace(pack, checks=data.draw(st.sampled_from(LIMITS))))
    width = len(election.columns)
    rows = data.draw(st.lists(st.lists(figure, min_size=width, max_size=width), min_size=4, max_size=4))
    suspects = suspect_rows(election, 0, np.array(rows, dtype=np.int64))
    for row, figures in enumerate(rows):
        values = tuple(None if figure < 0 else figure for figure in figures)
        if list(check_form(Form(election, 0, row, values))):
            assert row in suspects


def test_clean_units_are_not_suspects():
    election = make_election(units=(2, 1))
    block = np.array([[100, 90, 50, 37, 3], [-1, -1, -1, -1, -1]], dtype=np.int64)
    assert suspect_rows(election, 0, block) == []


def test_the_clean_ones_are_left_out_also_where_invalid_ballots_and_turnouts_are_looked_at():
    """Per unit: clean; 3 of 90 invalid with a limit of 3 %; a turnout that moved by 30 points; clean."""
    pack = with_turnouts(make_pack(units=(4, 1)))
    election = Election(replace(pack, checks=Limits("3", 3, turnout_points="25")))
    rows = [[100, 90, 50, 38, 2], [130, 90, 50, 37, 3], [93, 90, 50, 38, 2], [100, 90, 50, 38, 2]]
    assert suspect_rows(election, 0, np.array(rows, dtype=np.int64)) == [1, 2]
