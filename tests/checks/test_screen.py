"""The quick look over all units never hides one that has a finding."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tally_app.checks.entry import Form, check_form
from tally_app.checks.screen import suspect_rows
from tests.packs import make_election

FORMS = [
    ("registered", "cast", "parties", "invalid"),
    ("parties", "invalid"),
    ("cast", "parties", "valid", "blank", "invalid"),
    ("parties",),
]
figure = st.integers(-1, 6)


@given(st.data())
def test_every_unit_with_a_finding_is_a_suspect(data):
    form = data.draw(st.sampled_from(FORMS))
    optional = data.draw(st.sampled_from([(), ("invalid",), ("invalid", "blank", "cast")]))
    standing = data.draw(st.sampled_from([None, (["A"], None)]))
    election = make_election(units=(4, 1), form=form, optional=optional, standing=standing)
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
