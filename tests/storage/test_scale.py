"""A large count, small enough for every run: 21 regions of 1,000 units × 21 columns."""

from pathlib import Path

import numpy as np

from tally_app.storage import TallyFile
from tally_app.storage.events import Block, Figures
from tests.storage.making import STAMP, pack_json

REGIONS, UNITS = 21, 1_000
PARTIES = [{"key": f"p{number}", "ballot": number, "name": {"en": f"Party {number}"}} for number in range(1, 20)]


def test_a_large_import_and_one_cell_after_it(tmp_path: Path):
    path = tmp_path / "large.tally"
    TallyFile.create(path, pack_json(REGIONS, UNITS, parties=PARTIES), training=False, stamp=STAMP)
    values = np.random.default_rng(1).integers(-1, 600, (REGIONS * UNITS, 21))
    with TallyFile.open(path) as file:
        columns = [column.key for column in file.election.columns]
        for number, region in enumerate(file.election.regions):
            table = values[number * UNITS : (number + 1) * UNITS].tolist()
            new = [[None if value < 0 else value for value in line] for line in table]
            block = Block(region.key, [unit.key for unit in region.units], columns, new)
            file.append("figures", Figures("import", [block]), STAMP)
        old = None if values[20_999, 20] < 0 else int(values[20_999, 20])
        file.append("figures", Figures("enter", [Block("r20", ["u999"], ["invalid"], [[1]], [[old]])]), STAMP)
        values[20_999, 20] = 1
    with TallyFile.open(path) as file:
        assert np.array_equal(file.values(), values)
        assert file.head.seq == REGIONS + 2
        assert file.verify().ok
