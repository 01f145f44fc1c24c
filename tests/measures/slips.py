"""How often a repair finds a slip: every kind, made on purpose in rows of real elections.

``python -m tests.measures.slips`` prints the tables of ``docs/checks.md``. A row has the four largest lists of a
district or municipality; one of its figures is typed with a slip. *Listed*: the true number is among the repairs
offered for its cell. *Alone*: moreover no other cell has a repair with as high a score. *Of its kind*: no other cell
has one by the same kind of slip.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tally_app.checks.repairs import Repairs, Search
from tally_app.checks.slips import Kind
from tally_app.count.figures import Cell, FigureKey
from tally_app.count.statements import Statements
from tally_app.election.model import FieldKind
from tests.packs import make_election

DATA = Path(__file__).parents[1] / "data"
NO_BALLOTS = ("us-house-apportionment-2000", "es-congreso-seat-distribution")
LISTS = 4
SEED = 1911

KINDS = (Kind.TRANSPOSED, Kind.DROPPED, Kind.DOUBLED, Kind.CHANGED)


@dataclass(frozen=True, slots=True)
class Rate:
    """Of so many slips, how many were found."""

    rows: int
    listed: int
    alone: int
    of_kind: int


def rows() -> list[tuple[int, ...]]:
    """The four largest lists of every district and municipality that has as many, in the order of the ballot."""
    elections = [each for each in _read("elections.json")["elections"] if each["id"] not in NO_BALLOTS]
    districts = [district for each in elections for district in each["districts"]]
    return list(_largest([*districts, *_read("portugal_municipal_2025.json")["municipalities"]]))


def measure(kind: Kind, rows: Sequence[tuple[int, ...]], search: Callable[[Sequence[int], int], Repairs]) -> Rate:
    """Make one slip of a kind in every row, where a figure allows it."""
    chance = random.Random(f"{SEED} {kind}")
    tried = listed = alone = of_kind = 0
    for row in rows:
        slip = _slip(kind, row, chance)
        if slip is None:
            continue
        column, entered = slip
        found = search([*row[:column], entered, *row[column + 1 :]], sum(row))
        true = (Cell(0, column), row[column])
        best = [repair for repair in found.found if [(each.cell, each.new) for each in repair.changes] == [true]]
        rivals = [repair for repair in found.found if best and repair.where != best[0].where]
        rivals = [repair for repair in rivals if repair.score >= best[0].score]
        tried += 1
        listed += bool(best)
        alone += bool(best) and not rivals
        of_kind += bool(best) and not any(repair.kind is best[0].kind for repair in rivals)
    return Rate(tried, listed, alone, of_kind)


def cast_is_right() -> Callable[[Sequence[int], int], Repairs]:
    """Ballots cast are known from elsewhere, and right: only the lists' figures are in question."""
    election = make_election(parties=["A", "B", "C", "D"], units=(1,), form=("parties",))

    def search(votes: Sequence[int], cast: int) -> Repairs:
        stated = Statements({FigureKey("table", "cast"): str(cast)})
        return _search(Search(election, np.array([votes], dtype=np.int64), stated, _no_seats))

    return search


def cast_is_typed() -> Callable[[Sequence[int], int], Repairs]:
    """Ballots cast are right, and stand in the form beside the lists: that figure may be the wrong one, too."""
    form: tuple[FieldKind, ...] = ("parties", "cast")
    election = make_election(parties=["A", "B", "C", "D"], units=(1,), form=form)

    def search(votes: Sequence[int], cast: int) -> Repairs:
        return _search(Search(election, np.array([[*votes, cast]], dtype=np.int64), Statements(), _no_seats))

    return search


def _search(search: Search) -> Repairs:
    search.work()
    return search.found


def _no_seats(_: int, votes: tuple[int, ...]) -> tuple[int, ...]:
    return (0,) * len(votes)


def _read(name: str) -> dict[str, Any]:
    return dict(json.loads((DATA / name).read_text(encoding="utf-8")))


def _largest(districts: Sequence[dict[str, list[int]]]) -> Iterator[tuple[int, ...]]:
    for district in districts:
        votes = district["votes"]
        if len(votes) >= LISTS:
            largest = sorted(range(len(votes)), key=lambda each: -votes[each])[:LISTS]
            yield tuple(votes[each] for each in sorted(largest))


def _slip(kind: Kind, row: Sequence[int], chance: random.Random) -> tuple[int, int] | None:
    """Return a column and what is typed there; None where no figure of the row allows such a slip."""
    possible = [
        (column, entered) for column, true in enumerate(row) if (entered := sorted(_typed(kind, true) - {true}))
    ]
    if not possible:
        return None
    column, entered = chance.choice(possible)
    return column, chance.choice(entered)


def _typed(kind: Kind, true: int) -> set[int]:
    """What may stand there: a number that lost its first digit may have lost zeros with it."""
    digits = str(true)
    places = range(len(digits))
    if kind is Kind.TRANSPOSED:
        return {int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]) for i in places[:-1]}
    if kind is Kind.DROPPED:
        return {int(digits[:i] + digits[i + 1 :]) for i in places if len(digits) > 1}
    if kind is Kind.DOUBLED:
        return {int(digits[:i] + digits[i] + digits[i:]) for i in places}
    return {int(digits[:i] + other + digits[i + 1 :]) for i in places for other in "0123456789"}


def main() -> None:
    """Print both tables."""
    real = rows()
    for what, search in (("cast known", cast_is_right()), ("cast typed", cast_is_typed())):
        print(f"| {what} | slips | listed | alone | of its kind |\n|---|---|---|---|---|")
        for kind in KINDS:
            rate = measure(kind, real, search)
            shares = (f"{100 * number / rate.rows:.1f} %" for number in (rate.listed, rate.alone, rate.of_kind))
            print(f"| {kind} | {rate.rows} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
