"""The window opens, counts and explains by every method there is."""

from typing import get_args

import msgspec
import pytest

from tally_app.election.election import Election
from tally_app.election.model import MethodName, Rule, Threshold
from tally_app.election.pack import load_election
from tally_app.resources import resource
from tally_app.ui.workbench import Workbench
from tests.ui.fake_journal import open_document


@pytest.mark.parametrize("threshold", [None, Threshold(share="5/100")])
@pytest.mark.parametrize("method", get_args(MethodName))
def test_every_method_can_be_shown(qtbot, method, threshold):
    pack = load_election(resource("elections", "cambodia-senate-2024.json")).pack
    rule = Rule(method, "1/3" if method == "stationary" else None, threshold)
    document = open_document(Election(msgspec.structs.replace(pack, rule=rule)))
    bench = Workbench(document, "en")
    qtbot.addWidget(bench.centre)
    qtbot.addWidget(bench.seats)
    for region in range(8):
        bench.show_region(region)
        rows = bench.region_seats.seats_model.rows
        allocation = document.live.region(region).allocation
        assert sum(row.seats for row in rows) == sum(allocation.seats) + allocation.open_seats
    assert bench.region_seats.quotients.ladder is None or bench.region_seats.quotients.columnCount() == 6
    bench.close()
