"""Random elections as files: several methods, thresholds, limits and alliances; ties, blanks and corrections."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import get_args

from msgspec.structs import replace

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.opening import create_tally, open_document
from tally_app.election.model import (
    Alliance,
    BaseKind,
    CoalitionShare,
    Entry,
    FieldKind,
    MethodName,
    Name,
    Pack,
    Region,
    Rule,
    Threshold,
)
from tally_app.election.pack import encode_pack
from tally_app.storage.events import Stamp
from tests.packs import make_pack

AT = datetime(2024, 2, 25, 22, 14, 3, tzinfo=UTC)
METHODS: tuple[MethodName, ...] = get_args(MethodName)
KEYS = ("CPP", "KWP", "FUN", "NPP", "LDP", "KDP", "GDP")


def clock() -> datetime:
    return AT + timedelta(minutes=5)


def make_file(path: Path, pack: Pack, *, training: bool = False) -> Path:
    """Make a tally of a pack."""
    source = path.with_suffix(".json")
    source.write_bytes(encode_pack(pack, readable=False))
    create_tally(path, source, training=training, stamp=Stamp(AT, "Dara", "test"))
    return path


def open_file(path: Path) -> Document:
    return open_document(path, operator="Dara", clock=clock, origin="test")


def random_file(path: Path, seed: int, method: MethodName | None = None) -> Path:
    """Make a tally of a random election, with corrections after its first figures."""
    random = Random(seed)
    pack = random_pack(random, method or METHODS[seed % len(METHODS)])
    make_file(path, pack, training=random.random() < 0.2)
    document = open_file(path)
    for _ in range(random.randrange(4)):
        row = random.randrange(document.election.unit_count)
        cell = Cell(row, random.randrange(len(document.election.columns)))
        document.commit(document.edit_cells("enter", {cell: random.choice((None, 0, random.randrange(2000)))}))
    document.close()
    return path


FORMS: tuple[tuple[FieldKind, ...], ...] = (
    ("registered", "cast", "parties", "invalid"),
    ("parties",),
    ("cast", "parties", "valid", "blank"),
)


def random_pack(random: Random, method: MethodName) -> Pack:
    keys = KEYS[: random.randint(2, len(KEYS))]
    units = [random.randint(1, 5) for _ in range(random.randint(1, 4))]
    form = random.choice(FORMS)
    plain = method == "dutch-municipal"
    pack = make_pack(keys, units, form, seats=random.randint(1, 9), rule=_rule(random, method, keys, form))
    regions = [region if plain else _limited(random, region, keys) for region in pack.regions]
    few = random.random() < 0.5
    entries = [each for region in regions for each in _entries(random, region, keys, form, few)]
    parties = [
        replace(
            party, partners=random.randint(1, 3), last_seats=random.choice((None, 2)), name=Name(f"Party {party.key}")
        )
        for party in pack.parties
    ]
    return replace(pack, regions=regions, entries=entries, parties=parties)


def _rule(random: Random, method: MethodName, keys: tuple[str, ...], form: tuple[str, ...]) -> Rule:
    special = method in ("dutch-municipal", "balinski-young")
    alliances = []
    if not special and len(keys) > 3 and random.random() < 0.4:
        alliances = [Alliance("left", Name("Left"), list(keys[1:3]))]
        if len(keys) > 4 and random.random() < 0.5:
            alliances.append(Alliance("all", Name("All"), ["left", keys[4]]))
    return Rule(
        method,
        parameter="2/5" if method == "stationary" else None,
        threshold=random.choice((None, None, _threshold(random, keys, form))),
        min_seats=0 if special or random.random() < 0.8 else 1,
        alliances=alliances,
        ties="lot" if special else random.choice(("lot", "lot", "most-votes", "fewest-votes")),
    )


def _threshold(random: Random, keys: tuple[str, ...], form: tuple[str, ...], depth: int = 0) -> Threshold:
    if not depth and random.random() < 0.3:
        parts = [_threshold(random, keys, form, 1) for _ in range(2)]
        return Threshold(any_of=parts) if random.random() < 0.5 else Threshold(all_of=parts)
    shared = random.random() < 0.7
    needed = {"valid+blank": "blank", "cast": "cast", "registered": "registered"}
    bases: list[BaseKind] = ["valid", *(base for base in get_args(BaseKind) if needed.get(base) in form)]
    return Threshold(
        share=random.choice(("1/20", "0.05", "3/25")) if shared else None,
        votes=None if shared else random.randrange(40),
        scope=random.choice(("region", "chamber")),
        base=random.choice(bases) if shared else "valid",
        inclusive=random.random() < 0.5,
        exempt=[keys[-1]] if random.random() < 0.3 else [],
        alliances=random.random() < 0.3,
        coalitions=[CoalitionShare(2, "2/25")] if shared and random.random() < 0.3 else [],
    )


def _limited(random: Random, region: Region, keys: tuple[str, ...]) -> Region:
    standing = [key for key in keys if random.random() < 0.9] or [keys[0]]
    return replace(
        region,
        parties=standing if random.random() < 0.4 else None,
        max_seats={keys[0]: random.randint(1, 3)} if random.random() < 0.3 else {},
        start_seats={keys[0]: random.randint(0, 2)} if random.random() < 0.2 else {},
    )


def _entries(
    random: Random, region: Region, keys: tuple[str, ...], form: tuple[str, ...], few: bool
) -> Iterator[Entry]:
    stand = region.parties if region.parties is not None else keys
    for unit in region.units:
        if random.random() < 0.15:
            continue
        votes = {key: random.randrange(3) if few else random.randrange(500) for key in stand if random.random() < 0.95}
        total = sum(votes.values())
        fields = {"registered": 2 * total + 7, "cast": total + 3, "valid": total, "blank": 1, "invalid": 2}
        figures = {**votes, **{key: fields[key] for key in form if key in fields and random.random() < 0.9}}
        if figures:
            yield Entry(region.key, unit.key, figures)
