"""Good packs: read, found, written, and described by the schema."""

import importlib
import json
import re
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tally_app.election.election import Election
from tally_app.election.model import Name, Pack, Region, Rule, Unit
from tally_app.election.pack import PackError, bundled_packs, encode_pack, find_pack, load_election, read_pack
from tally_app.election.schema import schema_json
from tests.election.packs import data, good

ROOT = Path(__file__).parents[2]
PACKS = sorted((ROOT / "resources" / "elections").glob("*.json"))
NAMES = [path.stem for path in PACKS]
INDONESIA_2024 = 823_220  # polling stations


@pytest.fixture(scope="module")
def schema() -> Any:
    jsonschema = importlib.import_module("jsonschema")
    written = json.loads((ROOT / "docs" / "pack.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(written)
    return jsonschema.Draft202012Validator(written)


def test_bundled_packs_are_listed():
    assert [info.key for info in bundled_packs()] == ["cambodia-senate-2024", "cambodia-senate-2024-blank"]
    assert [info.path for info in bundled_packs()] == [find_pack(info.key) for info in bundled_packs()]
    assert bundled_packs()[0].title.en == "Cambodian Senate election 2024, as published"


@pytest.mark.parametrize("path", PACKS, ids=NAMES)
def test_bundled_packs_load_and_are_named_by_their_keys(path: Path):
    election = load_election(path)
    assert election.pack.key == path.stem
    assert read_pack(path.read_bytes(), path.name) == election.pack


@pytest.mark.parametrize("path", PACKS, ids=NAMES)
def test_bundled_packs_are_written_for_people(path: Path):
    text = path.read_bytes().decode()
    assert "\\u" not in text
    assert text.endswith("}\n")
    assert not [line for line in text.splitlines() if (len(line) - len(line.lstrip())) % 2]


def test_find_pack_takes_a_path(tmp_path: Path):
    path = tmp_path / "mine.json"
    path.write_bytes(data(good()))
    assert find_pack(str(path)) == path
    assert load_election(find_pack(path)).unit_count == 3


@pytest.mark.parametrize("name", ["no-such-pack", "../cambodia-senate-2024", ""])
def test_find_pack_names_the_bundled_ones(name: str):
    with pytest.raises(PackError, match="cambodia-senate-2024, cambodia-senate-2024-blank"):
        find_pack(name)


def test_a_byte_order_mark_does_no_harm():
    assert read_pack(b"\xef\xbb\xbf" + data(good()), "x") == read_pack(data(good()), "x")


def test_escaped_khmer_and_zero_width_spaces_are_welcome():
    pack = good()
    pack["title"]["km"] = "សេចក្តី\u200bសម្រេច"
    escaped = json.dumps(pack).encode()
    assert b"\\u200b" in escaped
    assert read_pack(escaped, "x").title.km == pack["title"]["km"]


@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize("path", PACKS, ids=NAMES)
def test_a_written_pack_reads_the_same(path: Path, readable: bool):
    pack = read_pack(path.read_bytes(), path.name)
    written = encode_pack(pack, readable=readable)
    assert read_pack(written, "again") == pack
    assert written.endswith(b"}\n") == readable


def test_columns_follow_the_form_and_parties_their_ballot_numbers():
    election = Election(read_pack(data(good()), "x"))
    assert [column.key for column in election.columns] == ["registered", "PIER", "TIDE", "invalid"]
    assert [column.required for column in election.columns] == [True, True, True, False]
    assert [election.columns[column].party for column in election.party_columns] == [0, 1]
    assert election.standing == ((True, True), (True, False))
    assert [list(election.rows(region)) for region in range(2)] == [[0, 1], [2]]
    assert [election.region_of(row) for row in range(3)] == [0, 0, 1]
    assert election.row("S", "101") == 2
    assert election.unit(2).name.en == "Lighthouse"
    assert election.column_index["TIDE"] == 2


def test_schema_in_the_documents_is_up_to_date():
    written = (ROOT / "docs" / "pack.schema.json").read_bytes().replace(b"\r\n", b"\n")
    assert written == schema_json(), "write it again: python -m tally_app.election.schema docs/pack.schema.json"


@pytest.mark.parametrize("path", PACKS, ids=NAMES)
def test_bundled_packs_satisfy_the_schema(path: Path, schema: Any):
    schema.validate(json.loads(path.read_bytes()))


def test_schema_refuses_what_the_reader_refuses(schema: Any):
    pack = good()
    pack["regions"][0]["seats"] = "5"
    assert [list(error.path) for error in schema.iter_errors(pack)] == [["regions", 0, "seats"]]


def test_example_in_the_documents_is_a_pack(schema: Any):
    text = (ROOT / "docs" / "pack-format.md").read_text("utf-8")
    example, rule = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert msgspec.json.decode("{" + rule + "}", type=dict[str, Rule])["rule"].threshold is not None
    schema.validate(json.loads(example))
    assert Election(read_pack(example.encode(), "pack-format.md")).unit_count == 3


def test_a_pack_of_a_whole_country_is_read_in_seconds():
    small = read_pack(data({**good(), "stated": [], "entries": []}), "x")
    per_region = INDONESIA_2024 // 10
    regions = [
        Region(f"R{r}", Name(f"Region {r}"), 5, [Unit(str(u), Name(f"ស្ថានីយ {u}")) for u in range(per_region)])
        for r in range(10)
    ]
    large = encode_pack(msgspec.structs.replace(small, regions=regions), readable=False)
    start = time.perf_counter()
    pack: Pack = read_pack(large, "large.json")
    assert time.perf_counter() - start < 10  # about one second; slow machines share their time
    assert Election(pack).unit_count == INDONESIA_2024
