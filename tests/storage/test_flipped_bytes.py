"""One byte of the file goes wrong, anywhere.

Some bytes carry nothing: unused space inside pages, SQLite's change counters, and the like. So the promise is: either
the file is refused, or everything in it is provably what it was (verification may still report damage). Where a file
is too long to be checked on opening, verification is what refuses it.
"""

import random
from pathlib import Path

import pytest

from tally_app.storage import StorageError, TallyFile
from tests.storage.making import make_recorded

OFFSETS = 120


def contents(file: TallyFile) -> tuple[object, ...]:
    return (
        file.definition_sha256,
        file.training,
        file.head,
        file.values().tolist(),
        file.stated(),
        repr((file.records("lot"), file.records("sign_off"))),
        list(file.events()),
    )


@pytest.mark.parametrize(("seed", "long"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_flipped_byte_is_reported_or_carries_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, long: bool
):
    if long:
        monkeypatch.setattr("tally_app.storage.verification.FOLD_BUDGET", 0)
        monkeypatch.setattr("tally_app.storage.verification.CHAIN_BUDGET", 0)
    path = make_recorded(tmp_path)
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


def test_damage_that_touches_no_content_is_left_to_verification(tmp_path: Path):
    """SQLite's count of free pages, bytes 36 to 39."""
    path = make_recorded(tmp_path)
    content = bytearray(path.read_bytes())
    content[39] ^= 1
    path.write_bytes(content)
    with TallyFile.open(path, read_only=True) as file:
        problem = file.verify().problem
    assert problem is not None
    assert problem.kind == "damaged"


def is_reported(path: Path, good: tuple[object, ...]) -> bool:
    try:
        with TallyFile.open(path, read_only=True) as file:
            ok = file.verify().ok
            if ok or file.fully_checked:
                assert contents(file) == good
            return not ok
    except StorageError:
        return True
