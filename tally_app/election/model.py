"""What an election is: parties, regions, reporting units, the form that is typed, and the rule.

Frozen values exactly as an election pack writes them (``docs/pack.schema.json`` is generated from these classes).
Nothing here knows a vote that somebody typed.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

FORMAT = "election-tally-pack/1"

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=64)]
Count = Annotated[int, Meta(ge=0, le=999_999_999_999)]
Seats = Annotated[int, Meta(ge=0, le=100_000)]
Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]
Decimal = Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)?$", max_length=32, description="as printed, decimals kept")]

FigureKind = Literal[
    "registered", "cast", "valid", "blank", "invalid", "votes", "share", "seats", "turnout", "majority"
]
FieldKind = Literal["registered", "cast", "parties", "valid", "blank", "invalid"]

MethodName = Literal[
    "dhondt",
    "sainte-lague",
    "sainte-lague-1.4",
    "sainte-lague-1.2",
    "danish",
    "imperiali",
    "macau",
    "adams",
    "dean",
    "huntington-hill",
    "stationary",
    "hare",
    "droop",
    "hagenbach-bischoff",
    "imperiali-quota",
    "quota-highest-average",
    "quota-single-pass-average",
    "balinski-young",
    "dutch-municipal",
]
BaseKind = Literal["valid", "valid+blank", "cast", "registered"]
Share = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]+(/[0-9]*[1-9][0-9]*|\.[0-9]+)?$",
        max_length=40,
        description='an exact fraction: "1/20" or "0.05"',
    ),
]


class Definition(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of every part of a pack: frozen, and an unknown key is an error rather than silently lost."""


class Name(Definition, frozen=True):
    """A name in English and, where known, in Khmer."""

    en: Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]
    km: Annotated[str, Meta(max_length=300)] = ""


class Party(Definition, frozen=True):
    """A party list. ``last_seats`` is None where the last election's seats are unknown; ``new``: it stood in none.

    ``partners``: parties behind a joint list, for thresholds that ask more of coalitions.
    """

    key: Key
    ballot: Annotated[int, Meta(ge=1, le=10_000, description="number on the ballot paper")]
    name: Name
    leader: str = ""
    colour: Colour | None = None
    constituencies: Annotated[int, Meta(ge=0, le=100_000)] | None = None
    seats_contested: Seats | None = None
    last_seats: Seats | None = None
    new: bool = False
    partners: Annotated[int, Meta(ge=1, le=1000)] = 1
    note: str = ""


class Province(Definition, frozen=True):
    """An area that a region is made of. ``as_printed`` keeps the source's own spelling where it differs."""

    key: Key
    name: Name
    as_printed: str = ""


class Unit(Definition, frozen=True):
    """A reporting unit: what one paper form covers (a polling station, a province, a whole region).

    ``last_turnout``: per cent at the last election, as printed; None where that is not known.
    """

    key: Key
    name: Name
    last_turnout: Decimal | None = None


class Alliance(Definition, frozen=True):
    """Lists, and alliances of lists, that count as one list outside. ``members`` are keys of either."""

    key: Key
    name: Name
    members: Annotated[list[Key], Meta(min_length=1)]


class Region(Definition, frozen=True):
    """A constituency: its seats are allocated by themselves. ``parties`` lists who stands; None means every party.

    Seats by party, where the rule or the lists limit them: ``min_seats`` it gets at least if it takes part,
    ``max_seats`` it can take (its candidates), ``start_seats`` it holds already, beside the seats to allocate.
    ``alliances`` of this region only; None: the rule's. ``last_turnout`` as of a unit. ``candidates``: by party, in the
    order in which the list's seats go to them; they limit no seats (``max_seats`` does), and may be incomplete.
    """

    key: Key
    name: Name
    seats: Seats
    units: Annotated[list[Unit], Meta(min_length=1)]
    provinces: list[Key] = []
    parties: list[Key] | None = None
    min_seats: dict[Key, Seats] = {}
    max_seats: dict[Key, Seats] = {}
    start_seats: dict[Key, Seats] = {}
    alliances: list[Alliance] | None = None
    last_turnout: Decimal | None = None
    candidates: dict[Key, Annotated[list[Name], Meta(min_length=1)]] = {}


class Appointment(Definition, frozen=True):
    """Seats that are filled without election, and by whom."""

    by: Name
    seats: Seats
    note: str = ""


class Chamber(Definition, frozen=True):
    """The body that is elected: *total_seats* = *elected_seats* + the appointed ones (E301 if not)."""

    name: Name
    total_seats: Seats
    elected_seats: Seats
    appointed: list[Appointment] = []
    term_years: Annotated[int, Meta(ge=1, le=100)] | None = None
    last_election: str = ""


class CoalitionShare(Definition, frozen=True):
    """The share that is asked of lists with so many partners or more."""

    partners: Annotated[int, Meta(ge=2, le=1000)]
    share: Share


class Threshold(Definition, frozen=True):
    """What a list needs to take part: one of ``share``, ``votes``, ``any`` and ``all``.

    ``scope``: in the region, or in all regions together. ``base``: what the share is of. ``inclusive``: exactly the
    threshold is enough. ``exempt``: parties it is not asked of. ``alliances``: an alliance passes or fails as a whole.
    ``coalitions``: shares asked of joint lists and, with ``alliances``, of alliances, by their number of partners.
    """

    share: Share | None = None
    votes: Count | None = None
    any_of: list["Threshold"] = field(name="any", default_factory=list)
    all_of: list["Threshold"] = field(name="all", default_factory=list)
    scope: Literal["region", "chamber"] = "region"
    base: BaseKind = "valid"
    inclusive: bool = True
    exempt: list[Key] = []
    alliances: bool = False
    coalitions: list[CoalitionShare] = []


class Rule(Definition, frozen=True):
    """How votes become seats. ``source`` names the law or the reasoning the rule rests on.

    ``parameter``: of the method ``stationary`` only, from 0 to 1. ``min_seats``: every list that takes part gets at
    least so many. ``alliances``: the same in every region. ``ties``: what decides between equal claims.
    """

    method: MethodName
    parameter: Share | None = None
    threshold: Threshold | None = None
    min_seats: Seats = 0
    alliances: list[Alliance] = []
    ties: Literal["lot", "most-votes", "fewest-votes"] = "lot"
    source: str = ""


class FormField(Definition, frozen=True):
    """A column of the paper form, in the order it is typed. An optional field left blank is not missing (no E101)."""

    field: FieldKind
    required: bool = True


class Source(Definition, frozen=True):
    """Somebody who states figures: a results table, a summary box, a communiqué."""

    key: Key
    name: Name
    note: str = ""


class Stated(Definition, frozen=True):
    """One figure as a source states it, verbatim. Without *region* it is the chamber's; without *unit* the region's."""

    source: Key
    figure: FigureKind
    value: Decimal
    party: Key | None = None
    region: Key | None = None
    unit: Key | None = None


class Entry(Definition, frozen=True):
    """Figures of one unit that come with the pack: column key (a party, or a form field) to number."""

    region: Key
    unit: Key
    figures: dict[str, Count]


class NotStanding(Definition, frozen=True):
    """A member who announced not to stand again."""

    name: str
    party: Key | None = None
    first_elected: Annotated[int, Meta(ge=1, le=9999)] | None = None
    announced: str = ""


class Limits(Definition, frozen=True):
    """From where on a figure is remarkable (``docs/checks.md`` has each formula). Percentages are exact decimals.

    ``invalid_percent`` and ``invalid_ballots``: N108. ``margin_percent`` and ``margin_votes``: N403 is highlighted.
    ``swap_factor`` and ``swap_difference``: W501. ``turnout_points``: W503; None: turnouts are not compared.
    """

    invalid_percent: Decimal = "3"
    invalid_ballots: Count = 10
    margin_percent: Decimal = "0.5"
    margin_votes: Count = 25
    swap_factor: Annotated[int, Meta(ge=2, le=1000)] = 3
    swap_difference: Count = 10
    turnout_points: Decimal | None = None


class Role(Definition, frozen=True):
    """Somebody whose signature a result sheet has: the chair of the commission, a witness of a party."""

    key: Key
    name: Name


class Pack(Definition, frozen=True):
    """An election pack: the whole definition of an election, and figures that came with it.

    ``double_entry``: every form is typed a second time, by somebody else. ``roles``: who signs, in the order of the
    sheet; nobody in particular where it is empty.
    """

    format: Literal["election-tally-pack/1"]
    key: Key
    title: Name
    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    chamber: Chamber
    rule: Rule
    form: Annotated[list[FormField], Meta(min_length=1)]
    parties: Annotated[list[Party], Meta(min_length=1)]
    regions: Annotated[list[Region], Meta(min_length=1)]
    provinces: list[Province] = []
    sources: list[Source] = []
    stated: list[Stated] = []
    entries: list[Entry] = []
    not_standing: list[NotStanding] = []
    double_entry: bool = False
    checks: Limits = field(default_factory=Limits)
    roles: list[Role] = []
    country: str = ""
    origin: str = ""
    notes: list[str] = []
