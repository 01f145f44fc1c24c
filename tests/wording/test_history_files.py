"""The history as files: every event is there, in the order it happened, and a stranger can check the chain."""

import csv
import hashlib
import importlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tally_app.document.history import Wanted, chronicle
from tally_app.document.journal_rows import JournalRow
from tally_app.exchange.csv_table import as_it_was
from tally_app.wording.history import event_sentence
from tally_app.wording.history_files import Export
from tally_app.wording.names import Names
from tests.eventful import Night, everything

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "NIST_V1_election_event_logging.json").read_text("utf-8"))
jsonschema = importlib.import_module("jsonschema")  # it has no types
NOW = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
FILTERS = [
    Wanted(),
    Wanted(region="R1"),
    Wanted(unit="R2/R2-1"),
    Wanted(person="Kim Ny"),
    Wanted(kind="undo"),
    Wanted(text="SMUDGED"),
    Wanted(region="*", kind="signoff"),
    Wanted(since=datetime(2024, 2, 25, 15, 3, tzinfo=UTC), until=datetime(2024, 2, 25, 15, 6, tzinfo=UTC)),
    Wanted(person="nobody"),
]


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    night = everything(tmp_path_factory.mktemp("night") / "count.tally")
    yield night.document
    night.document.close()


def rows(document, wanted=Wanted()) -> list[JournalRow]:  # noqa: B008
    export = Export(document, Names(document.election), wanted)
    text = b"".join(export.csv()).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == JournalRow._fields
    assert export.events == len({line[0] for line in lines})
    return [JournalRow(*map(as_it_was, line)) for line in lines]


def log(document, wanted=Wanted()):  # noqa: B008
    text = b"".join(Export(document, Names(document.election), wanted).nist(NOW)).decode()
    value = json.loads(text)
    jsonschema.validate(value, SCHEMA, cls=jsonschema.Draft4Validator)
    return value


def expected(document, wanted) -> list[int]:
    names = Names(document.election)
    return [e.seq for e in chronicle(document) if wanted.passes(e, event_sentence(names, e))]


@pytest.mark.parametrize("wanted", FILTERS)
def test_both_hold_exactly_what_is_wanted(document, wanted):
    numbers = expected(document, wanted)
    assert sorted({int(row.event) for row in rows(document, wanted)}) == numbers
    events = [event for device in log(document, wanted)["Device"] for event in device["Event"]]
    assert sorted(int(event["Sequence"]) for event in events) == numbers


def test_the_filters_of_this_test_tell_apart(document):
    found = [tuple(expected(document, wanted)) for wanted in FILTERS]
    assert len(set(found)) == len(found)
    assert [bool(numbers) for numbers in found] == [True] * 8 + [False]


def test_a_row_for_each_figure(document):
    table = rows(document)
    typed = [row for row in table if row.event == "2"]
    assert [(row.region, row.unit, row.column, row.old, row.new) for row in typed] == [
        ("R1", "R1-1", "registered", "", "900"),
        ("R1", "R1-1", "cast", "", "505"),
        ("R1", "R1-1", "A", "", "300"),
        ("R1", "R1-1", "B", "", "200"),
        ("R1", "R1-1", "invalid", "", "5"),
    ]
    events = {event.seq: event for event in document._journal.events()}
    head = typed[0]
    assert (head.time, head.person, head.origin, head.kind, head.gesture, head.hash) == (
        "2024-02-25T15:00:00.000Z",
        "Dara",
        "window@count-1",
        "figures",
        "enter",
        events[2].hash,
    )
    again = next(row for row in table if row.kind == "second" and row.old == "30")
    assert (again.region, again.unit, again.column, again.new) == ("R1", "R1-1", "A", "300")
    repaired = next(row for row in table if row.gesture == "repair")
    assert (repaired.old, repaired.new, repaired.reason) == ("3000", "300", "E103: a digit too many")
    stated = [row for row in table if row.figure == "votes"]
    assert [(row.region, row.column, row.source, row.old, row.new) for row in stated] == [
        ("R1", "A", "table", "", "301"),
        ("R1", "A", "table", "301", ""),
    ]


def test_a_row_for_each_record(document):
    table = rows(document)
    undone = next(row for row in table if row.kind == "settlement" and row.undoes)
    assert (undone.region, undone.unit, undone.undoes, undone.gesture, undone.new) == ("R1", "R1-1", "5", "undo", "")
    assert json.loads(undone.old)["fields"]["A"]["paper"] == 290
    reopened = next(row for row in table if row.kind == "signoff" and not row.new and row.key == "R1")
    assert (reopened.region, reopened.reason) == ("R1", "a form turned up")
    assert next(row for row in table if row.kind == "source").source == "the-commission-s-communiqu"


def test_a_stranger_can_check_the_chain_by_the_log(document):
    value = log(document)
    events = sorted(
        (int(event["Sequence"]), device["Id"], event) for device in value["Device"] for event in device["Event"]
    )
    previous = "0" * 64
    for seq, origin, event in events:
        fields = (str(seq), event["TimeStamp"], event["UserId"], origin, event["Type"], event["Details"])
        parts = [previous.encode(), *(field.encode() for field in fields)]
        previous = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()
        assert previous == event["Hash"]
    assert previous == document.head.hash
    assert value["Details"].startswith("Written by Election Tally")
    assert document.head.hash in value["Details"]


def test_the_log_tells_in_words_and_classifies(document):
    value = log(document)
    assert (value["GeneratedTime"], value["ElectionId"]) == ("2024-03-01T09:30:00.000+00:00", "test")
    assert [device["Id"] for device in value["Device"]] == ["command-line@count-1", "window@count-1"]
    assert {device["HashType"] for device in value["Device"]} == {"sha-256"}
    events = {event["Sequence"]: event for device in value["Device"] for event in device["Event"]}
    assert (events["9"]["Id"], events["9"]["Type"], events["9"]["UserId"]) == ("figures.repair", "figures", "Vanna")
    assert events["9"]["Description"].startswith("Repair · Region 1 · Unit 1.1 · A: 3,000 → 300. Reason:")
    for event in events.values():
        assert datetime.fromisoformat(event["TimeStamp"]).tzinfo is not None


def test_an_empty_log_is_valid_and_says_that_it_is_an_excerpt(document):
    value = log(document, Wanted(person="nobody"))
    assert value["Device"] == []
    assert "0 events of " in value["Details"]


def test_what_a_spreadsheet_would_run_is_harmless_in_the_file(tmp_path):
    night = Night(tmp_path / "count.tally")
    night.enter(0, {"A": 5}, operator="=HYPERLINK(1)")
    night.commit(night.document.edit_cells("repair", night.cells(0, {"A": 6})), reason="+1\nand '2'")
    text = b"".join(Export(night.document, Names(night.document.election), Wanted()).csv()).decode()
    assert ",'=HYPERLINK(1)," in text
    assert ",\"'+1\nand '2'\"," in text
    assert [row.person for row in rows(night.document)] == ["Dara", "=HYPERLINK(1)", "Dara"]
    night.document.close()
