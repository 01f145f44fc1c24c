"""Small elections for tests, made in one line."""

from collections.abc import Sequence

from tally_app.election.election import Election
from tally_app.election.model import (
    Appointment,
    Chamber,
    FieldKind,
    FormField,
    Name,
    Pack,
    Party,
    Province,
    Region,
    Rule,
    Source,
    Stated,
    Unit,
)

DHONDT = Rule("dhondt")
FULL_FORM: tuple[FieldKind, ...] = ("registered", "cast", "parties", "invalid")


def make_pack(
    parties: Sequence[str] = ("A", "B"),
    units: Sequence[int] = (2, 2),
    form: Sequence[FieldKind] = FULL_FORM,
    optional: Sequence[FieldKind] = (),
    seats: int = 3,
    stated: Sequence[Stated] = (),
    standing: Sequence[Sequence[str] | None] | None = None,
    elected: int | None = None,
    total: int | None = None,
    appointed: int = 0,
    provinces: Sequence[Sequence[str]] | None = None,
    listed_provinces: Sequence[str] = (),
    party_names: Sequence[str] | None = None,
    ballots: Sequence[int] | None = None,
    rule: Rule = DHONDT,
) -> Pack:
    """*units*: how many each region has. Regions are R1…, their units R1-1…"""
    names = party_names or [f"Party {key}" for key in parties]
    numbers = ballots or list(range(1, len(parties) + 1))
    elected = seats * len(units) if elected is None else elected
    return Pack(
        format="election-tally-pack/1",
        key="test",
        title=Name("Test election"),
        date="2024-02-25",
        chamber=Chamber(
            Name("Chamber"),
            elected + appointed if total is None else total,
            elected,
            [Appointment(Name("the King"), appointed)] if appointed else [],
        ),
        rule=rule,
        form=[FormField(field, field not in optional) for field in form],
        parties=[Party(k, number, Name(n)) for k, number, n in zip(parties, numbers, names, strict=True)],
        regions=[
            Region(
                f"R{r}",
                Name(f"Region {r}"),
                seats,
                [Unit(f"R{r}-{u}", Name(f"Unit {r}.{u}")) for u in range(1, count + 1)],
                list(provinces[r - 1]) if provinces else [],
                _keys(standing, r - 1),
            )
            for r, count in enumerate(units, 1)
        ],
        provinces=[Province(key, Name(f"Province {key}")) for key in listed_provinces],
        sources=[Source("table", Name("results table")), Source("box", Name("summary box"))],
        stated=list(stated),
    )


def make_election(**options: object) -> Election:
    """An election of a small pack; options as ``make_pack``."""
    return Election(make_pack(**options))  # type: ignore[arg-type]


def _keys(standing: Sequence[Sequence[str] | None] | None, region: int) -> list[str] | None:
    keys = standing[region] if standing else None
    return list(keys) if keys is not None else None
