"""What a pack must not say: every problem at once, each with its place and what to do about it.

Only what makes a pack unusable is a problem here. Figures and definitions that contradict each other (seats that do
not add up, a province in two regions, a ballot number given twice) are findings of the checks and load quietly.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

import msgspec

from tally_app.election.model import Entry, FieldKind, Pack, Region, Stated
from tally_app.election.problem import Problem
from tally_app.election.rule_validation import rule_problems
from tally_app.election.stating import MAX_DECIMALS, PERCENTAGES, Misplaced, largest, misplaced

MAX_CELLS = 50_000_000  # an int64 array of 400 MB; the largest real election needs about 18 million

_FIELDS: tuple[str, ...] = get_args(FieldKind)

# Control characters, line and paragraph separators, the byte order mark, marks that turn the reading direction and
# invisible tags. The zero-width space stays: Khmer is written with it.
_HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
# The same in JSON that msgspec wrote: it escapes controls and leaves everything else as UTF-8.
_HOSTILE_JSON = re.compile(
    rb"\\[bfnrtu]|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
    rb"|\xef\xbb\xbf|\xed[\xa0-\xbf]|\xf3\xa0[\x80\x81]"
)


def problems(pack: Pack) -> list[Problem]:
    """Return every problem of a pack that is well-formed; an empty list if it can be used."""
    found: list[Problem] = []
    for check in (_general, _keys, _form, _regions, rule_problems, _stated, _entries, _not_standing, _characters):
        found.extend(check(pack))
    return found


def _general(pack: Pack) -> Iterator[Problem]:
    try:
        date.fromisoformat(pack.date)
    except ValueError:
        yield Problem("$.date", f"{pack.date!r} is not a day of the calendar; write it as YYYY-MM-DD")
    units = sum(len(region.units) for region in pack.regions)
    cells = units * (len(pack.form) - 1 + len(pack.parties))
    if cells > MAX_CELLS:
        yield Problem(
            "$.regions", f"{units} units make {cells} cells; a tally holds {MAX_CELLS} at most: split the election"
        )


def _keys(pack: Pack) -> Iterator[Problem]:
    yield from _duplicates("$.parties", "key", (party.key for party in pack.parties))
    yield from _duplicates("$.provinces", "key", (province.key for province in pack.provinces))
    yield from _duplicates("$.regions", "key", (region.key for region in pack.regions))
    yield from _duplicates("$.sources", "key", (source.key for source in pack.sources))
    for index, party in enumerate(pack.parties):
        if party.key in _FIELDS:
            yield Problem(
                f"$.parties[{index}].key", f"'{party.key}' is the name of a form field; give the party another key"
            )


def _form(pack: Pack) -> Iterator[Problem]:
    fields = [field.field for field in pack.form]
    yield from _duplicates("$.form", "field", fields)
    if "parties" not in fields:
        yield Problem("$.form", 'the form has no votes; add { "field": "parties" } where the parties\' columns belong')


def _regions(pack: Pack) -> Iterator[Problem]:
    parties = {party.key for party in pack.parties}
    provinces = {province.key for province in pack.provinces}
    for index, region in enumerate(pack.regions):
        path = f"$.regions[{index}]"
        yield from _duplicate_units(path, region)
        yield from _references(f"{path}.provinces", "province", region.provinces, provinces)
        yield from _references(f"{path}.parties", "party", region.parties or (), parties)
        yield from _candidates(f"{path}.candidates", region, parties)


def _candidates(path: str, region: Region, parties: set[str]) -> Iterator[Problem]:
    for key, names in region.candidates.items():
        if key not in parties:
            yield _unknown(path, "party", key)
        elif region.parties is not None and key not in region.parties:
            yield Problem(f"{path}.{key}", f"'{key}' does not stand in '{region.key}'; add it to parties, or remove it")
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name.en in seen:
                yield Problem(
                    f"{path}.{key}[{index}]", f"'{name.en}' is on the list twice; remove one, or tell them apart"
                )
            seen.add(name.en)


def _duplicate_units(path: str, region: Region) -> Iterator[Problem]:
    if len({unit.key for unit in region.units}) < len(region.units):
        yield from _duplicates(f"{path}.units", "key", (unit.key for unit in region.units))


def _references(path: str, what: str, keys: Iterable[str], known: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key not in known:
            yield _unknown(f"{path}[{index}]", what, key)
        elif key in seen:
            yield Problem(f"{path}[{index}]", f"'{key}' is listed twice; remove one of them")
        seen.add(key)


class _Names:
    """The keys that figures may refer to."""

    def __init__(self, pack: Pack) -> None:
        self.parties = {party.key for party in pack.parties}
        self.sources = {source.key for source in pack.sources}
        self.regions = {region.key: region for region in pack.regions}
        self.columns = self.parties | {field.field for field in pack.form if field.field != "parties"}
        self._units: dict[str, set[str]] = {}

    def has_unit(self, region: Region, unit: str) -> bool:
        if region.key not in self._units:
            self._units[region.key] = {unit.key for unit in region.units}
        return unit in self._units[region.key]

    def place(self, path: str, region_key: str | None, unit_key: str | None) -> Iterator[Problem]:
        if region_key is None:
            if unit_key is not None:
                yield Problem(f"{path}.unit", f"unit '{unit_key}' needs its region; add \"region\"")
            return
        region = self.regions.get(region_key)
        if region is None:
            yield _unknown(f"{path}.region", "region", region_key)
        elif unit_key is not None and not self.has_unit(region, unit_key):
            yield _unknown(f"{path}.unit", f"unit of region '{region_key}'", unit_key)


def _stated(pack: Pack) -> Iterator[Problem]:
    names = _Names(pack)
    first: dict[tuple[str | None, ...], int] = {}
    for index, stated in enumerate(pack.stated):
        path = f"$.stated[{index}]"
        if stated.source not in names.sources:
            yield _unknown(f"{path}.source", "source", stated.source)
        if stated.party is not None and stated.party not in names.parties:
            yield _unknown(f"{path}.party", "party", stated.party)
        yield from names.place(path, stated.region, stated.unit)
        yield from _figure(path, stated)
        yield from _value(path, stated)
        key = (stated.source, stated.figure, stated.region, stated.unit, stated.party)
        if first.setdefault(key, index) != index:
            yield Problem(
                path,
                f"source '{stated.source}' already states this figure in $.stated[{first[key]}]; "
                "remove one, or give the second its own source",
            )


def _figure(path: str, stated: Stated) -> Iterator[Problem]:
    where = {"party": stated.party is not None, "region": stated.region is not None, "unit": stated.unit is not None}
    for reason in misplaced(stated.figure, **where):
        match reason:
            case Misplaced.PARTY_MISSING:
                yield Problem(path, f"'{stated.figure}' is a figure of one party; add \"party\"")
            case Misplaced.PARTY_TOO_MUCH:
                yield Problem(f"{path}.party", f"'{stated.figure}' is not a figure of one party; remove \"party\"")
            case Misplaced.MAJORITY_OF_REGION:
                yield Problem(f"{path}.region", 'a majority is the chamber\'s; remove "region"')
            case Misplaced.SEATS_OF_UNIT:
                yield Problem(f"{path}.unit", 'a unit has no seats; remove "unit"')


def _value(path: str, stated: Stated) -> Iterator[Problem]:
    whole, _, decimals = stated.value.partition(".")
    if stated.figure in PERCENTAGES:
        if len(decimals) > MAX_DECIMALS:
            yield Problem(f"{path}.value", f"{stated.value} has more than {MAX_DECIMALS} decimals; copy it as printed")
        return
    limit = largest(stated.figure)
    if decimals:
        yield Problem(f"{path}.value", f"'{stated.figure}' is a whole number; {stated.value} is not")
    elif int(whole) > limit:
        yield Problem(f"{path}.value", f"{stated.value} is more than {limit}; copy it again")


def _entries(pack: Pack) -> Iterator[Problem]:
    names = _Names(pack)
    first: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(pack.entries):
        path = f"$.entries[{index}]"
        yield from names.place(path, entry.region, entry.unit)
        yield from _columns(path, entry, names.columns)
        earlier = first.setdefault((entry.region, entry.unit), index)
        if earlier != index:
            yield Problem(path, f"unit '{entry.unit}' already has figures in $.entries[{earlier}]; join them")


def _columns(path: str, entry: Entry, columns: set[str]) -> Iterator[Problem]:
    for key in entry.figures:
        if key not in columns:
            yield Problem(f"{path}.figures.{key}", f"the form has no column '{key}'; correct the key or define it")


def _not_standing(pack: Pack) -> Iterator[Problem]:
    parties = {party.key for party in pack.parties}
    for index, member in enumerate(pack.not_standing):
        if member.party is not None and member.party not in parties:
            yield _unknown(f"$.not_standing[{index}].party", "party", member.party)


def _characters(pack: Pack) -> Iterator[Problem]:
    if _HOSTILE_JSON.search(msgspec.json.encode(pack)) is None:
        return  # walking 800,000 units takes seconds, this a fraction of one
    for path, text in _strings("$", pack):
        hostile = _HOSTILE.search(text)
        if hostile is not None:
            yield Problem(path, f"contains the character U+{ord(hostile[0]):04X}, which cannot be printed; remove it")


def _strings(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(f"{path}[{index}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(f"{path}.{ascii(key)[1:-1]}", key)
            yield from _strings(f"{path}.{key}", item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _strings(f"{path}.{name}", getattr(value, name))


def _duplicates(path: str, field: str, values: Iterable[str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if first.setdefault(value, index) != index:
            yield Problem(
                f"{path}[{index}].{field}",
                f"'{value}' is already used by {path}[{first[value]}]; every {field} must be different",
            )


def _unknown(path: str, what: str, key: str) -> Problem:
    return Problem(path, f"there is no {what} '{key}'; correct the key or define it")
