"""One byte of the file goes wrong, anywhere.

Some bytes carry nothing: unused space inside pages, SQLite's change counters, and the like. So the promise is:
either opening or verification reports a problem, or everything in the file is provably what it was.
"""

import random
from pathlib import Path

import pytest

from tally_app.storage import StorageError, TallyFile
from tests.storage.making import make_typical

OFFSETS = 120


def contents(file: TallyFile) -> tuple[object, ...]:
    return (
        file.definition_sha256,
        file.training,
        file.head,
        file.values().tolist(),
        file.stated(),
        list(file.events()),
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_flipped_byte_is_reported_or_carries_nothing(tmp_path: Path, seed: int):
    path = make_typical(tmp_path)
    with TallyFile.open(path, read_only=True) as file:
        good = contents(file)
    original = path.read_bytes()
    chance = random.Random(seed)
    used = [offset for offset, byte in enumerate(original) if byte]
    offsets = chance.sample(range(100), 10) + chance.sample(used, OFFSETS) + chance.sample(range(len(original)), 20)
    reported = 0
    for offset in offsets:
        flipped = bytearray(original)
        flipped[offset] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        reported += is_reported(path, good)
        assert path.read_bytes() == flipped, "looking at it changed it"
        assert [entry.name for entry in tmp_path.iterdir()] == ["count.tally"]
    assert reported > OFFSETS // 2


def is_reported(path: Path, good: tuple[object, ...]) -> bool:
    try:
        with TallyFile.open(path, read_only=True) as file:
            if not file.verify().ok:
                return True
            assert contents(file) == good
    except StorageError:
        return True
    return False
