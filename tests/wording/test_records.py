"""Every kind of record in the reader's words, over a real file in which everything happened."""

from datetime import UTC, datetime

import pytest

from tally_app.document.history import Entry, chronicle
from tally_app.document.kinds import KINDS
from tally_app.storage.events import Record
from tally_app.wording.history import event_sentence
from tally_app.wording.names import Names
from tests.eventful import everything

NIGHT = datetime(2024, 2, 25, 16, 40, tzinfo=UTC)


TOLD = """\
Second entry · Region 1 · Unit 1.1: Registered – → 900, Ballots cast – → 505, A – → 30, B – → 200, Invalid – → 5
Second entry · Region 1 · Unit 1.1: A 30 → 300
Corrected from the paper · Region 1 · Unit 1.1 · A: 300 → 290
Difference settled · Region 1 · Unit 1.1: A first 300, second 30, on the paper 290 as read by Vanna; note: smudged
Takes back no. 4: Corrected from the paper · Region 1 · Unit 1.1 · A: 290 → 300
Takes back no. 5: Settlement taken out · Region 1 · Unit 1.1: A first 300, second 30, on the paper 290 as read by
  Vanna
Region 1 · Unit 1.1 · A: 300 → 3,000
Repair · Region 1 · Unit 1.1 · A: 3,000 → 300. Reason: E103: a digit too many
Chamber · B: seats as stated by the results table: – → 1
Region 1 · A: votes as stated by the results table: 301 → –
Source of stated figures added: “the commission's communiqué”, “សេចក្តីប្រកាស”
To be noticed if they turn up here: 1 row of the training file “practice”
Lot recorded · Region 1: 1 seat among A (300 votes) and B (300 votes) went to A; drawn by Sok Chan on 2024-02-25
  23:40; witness: Chea Dara; note: a coin
Accepted · Region 2 · Unit 2.1 · W502 (The row is the same as that of Region 2 · Unit 2.2): “as on the paper”
Reason taken back · Region 2 · Unit 2.1 · W502 (The row is the same as that of Region 2 · Unit 2.2). It was: “as on
  the paper”
Status of the results: unofficial → official; on the word of the commission; published 2024-02-26 10:00
Status of the results: official → provisional; on the word of the commission; published 2024-02-26 10:00. Reason: a
  form turned up
Opened again · Chamber; it had been signed off by Kim Ny, chair, on 2024-02-25 23:50:00 +0700. Reason: a form turned
  up
Opened again · Region 1; it had been signed off by Kim Ny, chair, on 2024-02-25 23:50:00 +0700. Reason: a form
  turned up
"""
"""A sentence a line; what is indented belongs to the line before."""


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    night = everything(tmp_path_factory.mktemp("night") / "count.tally")
    yield list(chronicle(night.document))
    night.document.close()


@pytest.fixture(scope="module")
def told(entries, names):
    return [event_sentence(names, entry) for entry in entries]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    night = everything(tmp_path_factory.mktemp("names") / "count.tally")
    yield Names(night.document.election)
    night.document.close()


def test_the_night_has_every_kind_and_each_is_known(entries, told):
    assert {entry.kind for entry in entries} == {*KINDS, "created", "figures"}
    assert not [sentence for sentence in told if "does not know" in sentence or "cannot be read" in sentence]


@pytest.mark.parametrize("sentence", TOLD.replace("\n  ", " ").splitlines())
def test_it_is_told(told, sentence):
    assert sentence in told


def test_a_sign_off_names_what_was_signed(entries, told):
    position = next(i for i, entry in enumerate(entries) if entry.kind == "signoff" and entry.region == "R2")
    before = entries[position - 1].event
    assert told[position] == (
        "Signed off · Region 2: Kim Ny, chair, on 2024-02-25 23:50:00 +0700; votes A 400, B 400; seats A 0, B 1;"
        f" 2 warnings accepted with a reason; as of no. {before.seq}, hash {before.hash[:4]} {before.hash[4:8]};"
        " note: all present"
    )


KEY = '["W502","R1","R1-1",null,null]'
EXPLAINED = {"code": "W502", "region": "R1", "unit": "R1-1", "facts": {}, "reason": "so be it", "by": "Dara"}
PUBLISHED = {"status": "provisional", "source": "the radio", "published_at": "21:00"}
ROWS = {"what": "import", "name": "old.csv", "rows": {"a": "1", "b": "2"}}


@pytest.mark.parametrize(
    ("kind", "key", "old", "new", "sentence"),
    [
        (
            "second",
            "R1/R1-1",
            {"figures": {"A": 5}, "by": ["Sok"]},
            None,
            "Second entry taken out · … · Unit 1.1: A 5 → –",
        ),
        (
            "explanation",
            KEY,
            EXPLAINED,
            EXPLAINED | {"reason": "no"},
            "Reason changed · … · W502 (warning): “no”. Before: “so be it”",
        ),
        (
            "explanation",
            KEY,
            EXPLAINED,
            EXPLAINED | {"facts": {"a": 1}},
            "Accepted again, with its new figures · … · W502 (warning): “so be it”",
        ),
        (
            "status",
            "*",
            PUBLISHED,
            PUBLISHED | {"source": "the paper"},
            "Status of the results stays provisional; on the word of the paper (before: the radio); published 21:00",
        ),
        (
            "status",
            "*",
            PUBLISHED,
            None,
            (
                "Status of the results: provisional → unofficial; on the word of nobody (before: the radio);"
                " published not yet (before: 21:00)"
            ),
        ),
        ("source", "x", {"en": "X"}, None, "Source of stated figures taken out: “X”"),
        (
            "source",
            "x",
            {"en": "X"},
            {"en": "Y", "note": "p. 2"},
            "Source of stated figures changed: “Y”, note: p. 2. Before: “X”",
        ),
        ("rows", "old.csv", ROWS, None, "No longer watched for: 2 rows of the import “old.csv”"),
        (
            "rows",
            "old.csv",
            ROWS,
            ROWS | {"rows": {}},
            "To be noticed if they turn up here: 0 rows of the import “old.csv”. Before: 2 rows",
        ),
        ("signoff", "R9", {"by": "Sok"}, None, "Something this version does not know was removed: “signoff” of R9"),
        ("second", "R9/x", None, {"figures": {"Z": 1}, "by": ["Sok"]}, "Second entry · R9 · x: Z – → 1"),
    ],
)
def test_what_is_rare_is_told_too(names, kind, key, old, new, sentence):
    told = event_sentence(names, Entry(9, NIGHT, "Sok", "test", kind, Record(key, old, new)))
    assert told.replace("Region 1 · Unit 1.1", "…").replace("Region 1", "…") == sentence.replace("… · Unit 1.1", "…")
