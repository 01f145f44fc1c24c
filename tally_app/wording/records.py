"""What was recorded about the count, in the reader's words: second entries, reasons, signatures and the rest."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, convert
from msgspec.json import decode

from tally_app.checks.finding import Finding, Place
from tally_app.document.explanations import EXPLANATION, Explanation
from tally_app.document.known_rows import KNOWN_ROWS, KnownRows
from tally_app.document.publication import STATUS, Publication
from tally_app.document.records import CHAMBER, read_record
from tally_app.document.second_entry import SECOND, SETTLEMENT, Decided, SecondEntry, Settlement
from tally_app.document.signing import SIGN_OFF, SignOff
from tally_app.document.sources import SOURCE, AddedSource
from tally_app.storage.events import JsonObject, Record
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

NOT_ENTERED = "–"
_SEVERITIES = {"E": "error", "W": "warning", "N": "note"}
_ROWS = {"training": "the training file", "import": "the import"}

Kind = TypeVar("Kind", bound=Struct)
Teller = Callable[[Names, Record], str]


def record_sentence(names: Names, kind: str, record: Record) -> str:
    """Say what an event recorded. Also of a record that this version does not know: at least that there is one."""
    teller = _TELLERS.get(kind)
    if teller is not None:
        try:
            return teller(names, record)
        except ValueError:  # a record is kept and told as it is, whatever is in it
            pass
    verb = "recorded" if record.old is None else "removed" if record.new is None else "changed"
    return f"Something this version does not know was {verb}: “{kind}” of {record.key}"


def place_text(names: Names, region: str | None, unit: str | None = None, party: str | None = None) -> str:
    """Name a place, also one that this election does not have."""
    try:
        return names.place(Place(region, unit, party))
    except KeyError:  # a record is kept as it is, whatever it names
        return " · ".join(filter(None, (region, unit, party)))


def figure_text(value: int | None) -> str:
    """Write a number; None is *not entered*."""
    return NOT_ENTERED if value is None else grouped(value)


def change_text(old: int | None, new: int | None) -> str:
    """``148 → 170``."""
    return f"{figure_text(old)} → {figure_text(new)}"


def _second(names: Names, record: Record) -> str:
    old, new = _read(record.old, SecondEntry), _read(record.new, SecondEntry)
    before, after = (entry.figures if entry is not None else {} for entry in (old, new))
    columns = [column.key for column in names.election.columns]
    rest = sorted({*before, *after} - set(columns))
    changes = [
        f"{names.column(key)} {change_text(before.get(key), after.get(key))}"
        for key in (*columns, *rest)
        if before.get(key) != after.get(key)
    ]
    what = "Second entry taken out" if new is None else "Second entry"
    return f"{what} · {_unit_place(names, record.key)}: {', '.join(changes) or 'nothing'}"


def _settlement(names: Names, record: Record) -> str:
    old, new = _read(record.old, Settlement), _read(record.new, Settlement)
    before = {} if old is None else old.fields
    place = _unit_place(names, record.key)
    if new is None:
        return f"Settlement taken out · {place}: {_fields(names, before)}"
    fields = {key: field for key, field in new.fields.items() if before.get(key) != field}
    gone = [names.column(key) for key in before if key not in new.fields]
    parts = [f"Difference settled · {place}: {_fields(names, fields or new.fields)}"]
    parts += [f"no longer settled: {', '.join(gone)}"] if gone else []
    parts += [f"note: {new.note}"] if new.note else []
    return "; ".join(parts)


def _fields(names: Names, fields: Mapping[str, Decided]) -> str:
    """Tell each field: both entries, what the paper says, and who read it there."""
    return ", ".join(
        f"{names.column(key)} first {figure_text(field.first)}, second {figure_text(field.second)},"
        f" on the paper {figure_text(field.paper)} as read by {field.by}"
        for key, field in fields.items()
    )


def _explanation(names: Names, record: Record) -> str:
    old, new = _read(record.old, Explanation), _read(record.new, Explanation)
    about = new or old
    if about is None:
        raise ValueError("neither before nor after")
    where = place_text(names, about.region, about.unit)
    what = f"{about.code} ({_accepted(names, record.key, about)})"
    if new is None:
        return f"Reason taken back · {where} · {what}. It was: “{about.reason}”"
    if old is None:
        return f"Accepted · {where} · {what}: “{new.reason}”"
    if old.reason == new.reason:
        return f"Accepted again, with its new figures · {where} · {what}: “{new.reason}”"
    return f"Reason changed · {where} · {what}: “{new.reason}”. Before: “{old.reason}”"


def _accepted(names: Names, key: str, explanation: Explanation) -> str:
    """Say again what the warning said; its place and facts are kept. Only its severity where it cannot be said."""
    try:
        _, region, unit, party, column = decode(key, type=list[object])[:5]
        place = convert((region, unit, party, column), Place)
        return sentence(names, Finding(explanation.code, place, explanation.facts)).rstrip(".")
    except (ValueError, KeyError, TypeError):  # facts that this version does not know
        return _SEVERITIES.get(explanation.code[:1], "finding")


def _sign_off(names: Names, record: Record) -> str:
    old, new = _read(record.old, SignOff), _read(record.new, SignOff)
    place = place_text(names, None if record.key == CHAMBER else record.key)
    if new is None:
        before = f"; it had been signed off by {_signature(old)}" if old is not None else ""
        return f"Opened again · {place}{before}"
    verb = "Signed off" if old is None else "Sign-off changed"
    parts = [f"{verb} · {place}: {_signature(new)}", *_signed(new)]
    return "; ".join(parts)


def _signature(sign_off: SignOff) -> str:
    return f"{sign_off.name}, {sign_off.role}, on {_time(sign_off.at)}"


def _signed(sign_off: SignOff) -> Iterator[str]:
    """Tell what was signed: the votes and seats of that moment, and the hash that stands for everything."""
    if sign_off.votes:
        yield "votes " + ", ".join(f"{key} {grouped(number)}" for key, number in sign_off.votes.items())
    if sign_off.seats:
        yield "seats " + ", ".join(f"{key} {grouped(number)}" for key, number in sign_off.seats.items())
    if sign_off.explained:
        yield f"{counted(sign_off.explained, 'warning', 'warnings')} accepted with a reason"
    yield f"as of no. {grouped(sign_off.event)}, hash {sign_off.head[:4]} {sign_off.head[4:8]}"
    if sign_off.note:
        yield f"note: {sign_off.note}"


def _status(_: Names, record: Record) -> str:
    old, new = (_read(each, Publication) or Publication() for each in (record.old, record.new))
    parts = [f"Status of the results: {old.status} → {new.status}" if old.status != new.status else ""]
    if not parts[0]:
        parts = [f"Status of the results stays {new.status}"]
    if new.source or old.source != new.source:
        parts.append(f"on the word of {new.source or 'nobody'}" + _before(old.source, new.source))
    if new.published_at or old.published_at != new.published_at:
        parts.append(f"published {new.published_at or 'not yet'}" + _before(old.published_at, new.published_at))
    return "; ".join(parts)


def _before(old: str, new: str) -> str:
    return f" (before: {old})" if old and old != new else ""


def _source(_: Names, record: Record) -> str:
    old, new = _read(record.old, AddedSource), _read(record.new, AddedSource)
    if new is None:
        return f"Source of stated figures taken out: {_source_text(old)}"
    if old is None:
        return f"Source of stated figures added: {_source_text(new)}"
    return f"Source of stated figures changed: {_source_text(new)}. Before: {_source_text(old)}"


def _source_text(source: AddedSource | None) -> str:
    if source is None:
        return NOT_ENTERED
    parts = [f"“{source.en}”", f"“{source.km}”" if source.km else "", f"note: {source.note}" if source.note else ""]
    return ", ".join(filter(None, parts))


def _known_rows(_: Names, record: Record) -> str:
    old, new = _read(record.old, KnownRows), _read(record.new, KnownRows)
    about = new or old
    if about is None:
        raise ValueError("neither before nor after")
    rows = f"{counted(len(about.rows), 'row', 'rows')} of {_ROWS[about.what]} “{about.name}”"
    if new is None:
        return f"No longer watched for: {rows}"
    before = f". Before: {counted(len(old.rows), 'row', 'rows')}" if old is not None else ""
    return f"To be noticed if they turn up here: {rows}{before}"


def _unit_place(names: Names, key: str) -> str:
    region, _, unit = key.partition("/")
    return place_text(names, region, unit)


def _time(text: str) -> str:
    """Write a time with its zone to the second, as it was written down; another text stays as it is."""
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S %z}".strip()
    except ValueError:
        return text


def _read(record: JsonObject | None, kind: type[Kind]) -> Kind | None:
    return None if record is None else read_record(record, kind)


_TELLERS: Mapping[str, Teller] = MappingProxyType(
    {
        SECOND: _second,
        SETTLEMENT: _settlement,
        EXPLANATION: _explanation,
        SIGN_OFF: _sign_off,
        STATUS: _status,
        SOURCE: _source,
        KNOWN_ROWS: _known_rows,
    }
)
