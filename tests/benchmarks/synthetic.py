"""A made-up count of the size of Indonesia's in 2024: seeded, so that every machine measures the same figures."""

import json
import os
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tally_app.storage.events import Block, Figures, Stamp
from tally_app.storage.schema import VERSION
from tally_app.storage.tally_file import TallyFile

_GENERATOR = 1  # a further number where the same seed no longer makes the same file
_STAMP = Stamp(datetime(2024, 2, 14, 20, 0, tzinfo=UTC), "benchmark", "benchmark")
_FAULTY = 0.0005
_EMPTY = 0.0002
_VILLAGE = 12  # polling stations that share a village's name


@dataclass(frozen=True, slots=True)
class Size:
    """How large a count is."""

    units: int
    parties: int
    regions: int


LARGE = Size(823_220, 18, 84)
SMALL = Size(16_800, 18, 84)


@dataclass(frozen=True, slots=True)
class Count:
    """A count: *values* are units × columns, −1 = not entered; the columns are registered, cast, parties, invalid."""

    size: Size
    starts: NDArray[np.int64]
    """First row of each region, and the number of rows."""
    seats: NDArray[np.int64]
    values: NDArray[np.int64]
    faulty: NDArray[np.int64]
    """Rows whose figures contradict each other."""
    empty: NDArray[np.int64]
    """Rows where only the registered voters are known."""

    @property
    def columns(self) -> list[str]:
        return ["registered", "cast", *(_party_key(party) for party in range(self.size.parties)), "invalid"]

    def unit_keys(self, region: int) -> list[str]:
        units = int(self.starts[region + 1] - self.starts[region])
        return [f"{region + 11}{unit // _VILLAGE:05d}.{unit % _VILLAGE + 1:03d}" for unit in range(units)]


def make_count(size: Size, seed: int = 2024) -> Count:
    """Make a count whose figures add up in every unit, but for the few that are meant not to."""
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.full(size.regions, 20.0))
    starts = np.concatenate(([0], np.rint(np.cumsum(shares) * size.units))).astype(np.int64)
    registered = random.integers(150, 301, size.units)
    cast = random.binomial(registered, random.normal(0.81, 0.04, size.units).clip(0.5, 0.99))
    invalid = random.binomial(cast, 0.03)
    nation = random.dirichlet(np.full(size.parties, 1.5))
    votes = np.empty((size.units, size.parties), dtype=np.int64)
    for region in range(size.regions):
        rows = slice(int(starts[region]), int(starts[region + 1]))
        votes[rows] = random.multinomial((cast - invalid)[rows], random.dirichlet(nation * 30 + 0.1))
    values = np.column_stack((registered, cast, votes, invalid)).astype(np.int64)
    odd = random.permutation(size.units)
    faults, empties = (max(4, round(size.units * share)) for share in (_FAULTY, _EMPTY))
    faulty, empty = np.sort(odd[:faults]), np.sort(odd[faults : faults + empties])
    _break(values, random.permutation(faulty))
    values[empty, 1:] = -1
    return Count(size, starts, random.integers(3, 11, size.regions), values, faulty, empty)


def pack_json(count: Count) -> bytes:
    """Return the definition. Written as text: a model of 823,220 units would first have to be built."""
    parties = range(count.size.parties)
    head = {
        "format": "election-tally-pack/1",
        "key": f"synthetic-{count.size.units}",
        "title": {"en": f"Made-up count of {count.size.units:,} units"},
        "date": "2024-02-14",
        "chamber": {
            "name": {"en": "Made-up chamber"},
            "total_seats": int(count.seats.sum()),
            "elected_seats": int(count.seats.sum()),
        },
        "rule": {"method": "dhondt", "source": "benchmark"},
        "form": [{"field": field} for field in ("registered", "cast", "parties", "invalid")],
        "parties": [{"key": _party_key(i), "ballot": i + 1, "name": {"en": f"Party {i + 1}"}} for i in parties],
    }
    regions = ",".join(_region_json(count, region) for region in range(count.size.regions))
    return f'{json.dumps(head)[:-1]},"regions":[{regions}]}}'.encode()


def write_file(path: Path, count: Count) -> None:
    """Write a ``.tally`` file: the definition, and one event per region as an import makes it."""
    TallyFile.create(path, pack_json(count), training=False, stamp=_STAMP)
    with closing(TallyFile.open(path)) as file:
        for region in range(count.size.regions):
            file.append("figures", Figures("import", _blocks(count, region)), _STAMP)


def folder() -> Path:
    """Where made-up files are kept between runs."""
    chosen = os.environ.get("ELECTION_TALLY_BENCHMARKS")
    path = Path(chosen) if chosen else Path(tempfile.gettempdir()) / "election-tally-benchmarks"
    path.mkdir(parents=True, exist_ok=True)
    return path


def cached_file(size: Size) -> Path:
    """Return the file of a size, made now if no earlier run made it."""
    name = f"synthetic-{size.units}x{size.parties}x{size.regions}-v{VERSION}.{_GENERATOR}"
    path = folder() / f"{name}.tally"
    if not path.exists():
        draft = path.with_name(f"{name}-{os.getpid()}.part")
        try:
            write_file(draft, make_count(size))
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return path


def _break(values: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
    """Spoil rows in four ways: one ballot too many, more ballots than voters, a cell left out, nothing cast."""
    too_many, voters, missing, nothing = np.array_split(rows, 4)
    values[too_many, -1] += 1
    values[voters, 0] = values[voters, 1] - 1
    values[missing, 2] = -1
    values[nothing, 1:] = 0


def _party_key(party: int) -> str:
    return f"P{party + 1:02d}"


def _region_json(count: Count, region: int) -> str:
    units = ",".join(
        f'{{"key":"{key}","name":{{"en":"Village {unit // _VILLAGE + 1}, station {unit % _VILLAGE + 1}"}}}}'
        for unit, key in enumerate(count.unit_keys(region))
    )
    name = f"Region {region + 1}"
    return f'{{"key":"R{region + 1:02d}","name":{{"en":"{name}"}},"seats":{count.seats[region]},"units":[{units}]}}'


def _blocks(count: Count, region: int) -> list[Block]:
    rows = slice(int(count.starts[region]), int(count.starts[region + 1]))
    values = count.values[rows].astype(object)
    values[values == -1] = None
    return [Block(f"R{region + 1:02d}", count.unit_keys(region), count.columns, values.tolist())]
