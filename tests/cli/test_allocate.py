"""``tally-app allocate``: every case answered, in order, exactly, and nothing lost on the way in or out."""

import io
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tally_app.allocation.case import read_case
from tally_app.allocation.methods import NAMES
from tally_app.allocation.solve import MESSAGES, solve
from tests.cli.conftest import Ran, Run
from tests.cli.documentation import PAGE, ROOT

PLAIN: dict[str, Any] = {"method": "dhondt", "seats": 3, "votes": {"a": 50, "b": 30, "c": 2}}
METHOD_CASES = json.loads((ROOT / "tests" / "data" / "method_cases.json").read_bytes())["cases"]

Allocate = Callable[..., Ran]


@pytest.fixture
def allocate(run: Run, tmp_path: Path) -> Allocate:
    """Run the command on a file with this text, these bytes, or these cases."""

    def run_cases(cases: object, *options: object) -> Ran:
        content = cases if isinstance(cases, str | bytes) else json.dumps(cases)
        path = tmp_path / "cases.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return run("allocate", path, *options)

    return run_cases


def test_one_case_is_answered_by_an_array(allocate: Allocate):
    ran = allocate({"id": "x", **PLAIN})
    seats = {"a": 2, "b": 1, "c": 0}
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == [{"id": "x", "seats": seats, "tie": None, "unfilled": 0, "error": None}]
    assert allocate({"id": "x", **PLAIN}, "--json").out == ran.out
    assert allocate([]).json == []


def test_names_or_positions(allocate: Allocate):
    tied = {**PLAIN, "seats": 2, "votes": {"a": 40, "b": 20}}
    by_name, by_position = allocate([tied, {**tied, "votes": [40, 20]}]).json
    assert (by_name["seats"], by_name["tie"]) == ({"a": 1, "b": 0}, {"parties": ["a", "b"], "seats": 1})
    assert (by_position["seats"], by_position["tie"]) == ([1, 0], {"parties": [0, 1], "seats": 1})


IDS = ["null", "true", '"ក"', "0", "-1", "1.10", "1e400", "1" * 4300, "[]", '{"a":[1.50,null]}', '"1\\u2028"']


def test_ids_come_back_as_they_were_and_in_order(allocate: Allocate):
    cases = ",".join(f'{{"id": {name}, "method": "dhondt", "seats": 1, "votes": [1]}}' for name in IDS)
    answers = allocate(f"[{cases}]").out.splitlines()[1:-1]
    assert [answer.partition(',"seats"')[0] for answer in answers] == [f'{{"id":{name}' for name in IDS]


def test_every_known_case(allocate: Allocate):
    ran = allocate([_without_base(case) for case in METHOD_CASES])
    assert ran.code == 0
    for case, outcome in zip(METHOD_CASES, ran.json, strict=True):
        tie = outcome["tie"] or {"parties": [], "seats": 0}
        assert (outcome["id"], outcome["seats"]) == (case["id"], case["certain"])
        assert (tie["parties"], tie["seats"]) == (case["tied"], case["tied_seats"])


def _without_base(case: dict[str, Any]) -> dict[str, Any]:
    threshold = {"threshold": {"share": case["threshold"]}} if case.get("threshold") else {}
    return {key: case[key] for key in ("id", "method", "seats", "votes", "parameter") if key in case} | threshold


@pytest.mark.parametrize("zeros", [18, 19, 40, 400, 999])
def test_votes_of_any_size_are_exact(allocate: Allocate, zeros: int):
    """Two to one is a tie for the second seat; one vote more or less is none."""
    half = 10**zeros
    tied, first, second = allocate(
        [{**PLAIN, "seats": 2, "votes": [2 * half + more, half]} for more in (0, 1, -1)]
    ).json
    assert tied["tie"] == {"parties": [0, 1], "seats": 1}
    assert (first["seats"], second["seats"]) == ([2, 0], [1, 1])
    assert allocate({**PLAIN, "votes": [half]}, "--certificate").json[0]["certificate"][0]["votes"] == [half]


BAD_CASES = [
    ("5", "bad-case"),
    ("{}", "missing"),
    ('{"method": "dhondt", "seats": 3, "votes": [1e3]}', "bad-votes"),
    ('{"method": "dhondt", "seats": 3, "votes": [1.0]}', "bad-votes"),
    ('{"method": "dhondt", "seats": 3.0, "votes": [1]}', "bad-seats"),
    (f'{{"method": "dhondt", "seats": 3, "votes": [{"9" * 4300}]}}', "bad-votes"),
    (f'{{"method": "dhondt", "seats": 3, "votes": [{"9" * 4301}]}}', "too-long-number"),
    ('{"method": "dhondt", "seats": 3, "votes": {"a": 5, "b": 1, "a": 6}}', "repeated-key"),
    ('{"method": "dhondt", "seats": 3, "seats": 3, "votes": [1]}', "repeated-key"),
    ('{"method": "dhondt", "seats": 3, "votes": [1], "max_seats": {"0": 1, "0": 2}}', "repeated-key"),
    (
        '{"method": "dhondt", "seats": 3, "votes": [1], "threshold": {"any": [{"votes": 1, "votes": 2}]}}',
        "repeated-key",
    ),
    ('{"method": "dhondt", "seats": 3, "votes": {"\\ud800": 1}}', "bad-text"),
]


def test_a_bad_case_stops_no_other(allocate: Allocate):
    good = json.dumps(PLAIN)
    ran = allocate("[" + ",".join(f"{good},{bad}" for bad, _ in BAD_CASES) + "]")
    assert ran.code == 0
    assert [outcome["seats"] for outcome in ran.json[::2]] == [{"a": 2, "b": 1, "c": 0}] * len(BAD_CASES)
    assert [outcome["error"]["code"] for outcome in ran.json[1::2]] == [code for _, code in BAD_CASES]
    assert {outcome["seats"] for outcome in ran.json[1::2]} == {None}


def test_a_case_with_a_key_twice_keeps_its_id(allocate: Allocate):
    (outcome,) = allocate('{"id": 7, "votes": {"a": 5, "b": 1, "b": 1}}').json
    assert outcome["id"] == 7
    assert outcome["error"] == {"code": "repeated-key", "message": 'The key "b" is there twice.'}
    assert allocate('{"id": {"a": 5, "a": 1}}').json[0]["id"] is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "line 1, column 1: This is not JSON (Expecting value)"),
        ('[{"id": 1},\n {"id": }]', "line 2, column 9: This is not JSON (Expecting value)"),
        ('{"id": 1}\n{"id": 2}', "line 2, column 1: This is not JSON (Extra data). Several cases go into one array"),
        ('[{"id": "NaN"},\n{"votes": [1, NaN]}]', "line 2, column 15: NaN is no number of JSON"),
        ('{"id": -Infinity}', "line 1, column 8: -Infinity is no number of JSON"),
        (b'[\n{"id": "\xff"}]', "line 2, column 9: The text is not UTF-8"),
        ("5", "must hold one case, which is an object, or an array of cases"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_files_that_are_no_cases(allocate: Allocate, content: str | bytes, message: str):
    ran = allocate(content)
    assert (ran.code, ran.out) == (3, "")
    assert "cases.json" in ran.err
    assert message in ran.err
    assert ran.err.endswith("Nothing was allocated.\n")
    assert allocate(content, "--json").json["error"]["code"] == "not-cases"


def test_an_id_as_deep_as_can_be_read(allocate: Allocate):
    for depth in range(700, 1000, 25):
        ran = allocate(f'[{{"id": {"[" * depth}{"]" * depth}}}, {json.dumps(PLAIN)}]')
        assert ran.code == 3 or ran.json[1]["seats"] == {"a": 2, "b": 1, "c": 0}


def test_files_that_are_not_there(run: Run, tmp_path: Path):
    ran = run("allocate", tmp_path / "none.json")
    assert (ran.code, ran.out) == (3, "")
    assert "none.json: There is no such file. Give" in ran.err
    assert run("allocate", tmp_path).code == 3
    assert run("allocate").code == 2
    assert run("allocate", "--uncounted", "-1", tmp_path).code == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, encoding: str):
    text = json.dumps({**PLAIN, "votes": {"គ": 1}}, ensure_ascii=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode(encoding))))
    ran = run("allocate", "-")
    assert ran.json[0]["seats"] == {"គ": 3}
    assert "គ" in ran.out
    monkeypatch.setattr(sys, "stdin", None)
    assert run("allocate", "-").code == 3


def test_as_a_process():
    ran = subprocess.run(
        [sys.executable, "-m", "tally_app", "allocate", "-", "--steps"],
        input=json.dumps(PLAIN).encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert ran.stderr == b""
    assert [step["value"] for step in json.loads(ran.stdout)[0]["steps"]] == ["50", "30", "25"]


def test_nothing_steers_the_terminal_and_names_stay_the_same(allocate: Allocate):
    name = "a\u202e\u2028\x9b31m\x7f"
    ran = allocate({**PLAIN, "votes": {name: 1}})
    assert ran.json[0]["seats"] == {name: 3}
    assert not set("\u202e\u2028\x9b\x7f") & set(ran.out)


def test_more_on_demand(allocate: Allocate):
    options = ("--steps", "--margins", "--certificate", "--outcomes", "--uncounted", "4")
    case = {**PLAIN, "seats": 2, "votes": {"a": 40, "b": 20}}
    (outcome,) = allocate(case, *options).json
    assert list(outcome)[5:] == ["steps", "certificate", "margins", "outcomes", "uncounted"]
    assert outcome["outcomes"] == {"seats": [{"a": 2, "b": 0}, {"a": 1, "b": 1}], "more": False}
    assert outcome["uncounted"] == {
        "ballots": 4,
        "least": {"a": 1, "b": 0},
        "most": {"a": 2, "b": 1},
        "open_seats": 1,
        "exact": True,
    }
    assert outcome == solve(case, steps=True, certificate=True, margins=True, outcomes=True, uncounted=4)


def generated(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    names = [f"list {position}" for position in range(chance.randint(0, 9))]
    votes = [chance.randrange(10 ** chance.choice([1, 2, 5, 25])) for _ in names]
    method = chance.choice(NAMES)
    case: dict[str, Any] = {"id": number, "method": method, "seats": chance.randint(0, 20)}
    case["votes"] = dict(zip(names, votes, strict=True)) if chance.random() < 0.5 else votes
    if method == "stationary":
        case["parameter"] = f"{chance.randint(0, 7)}/7"
    if chance.random() < 0.2:
        case["threshold"] = {"share": "1/20", "inclusive": chance.random() < 0.5}
    if chance.random() < 0.2:
        case[chance.choice(["min_seats", "max_seats", "start_seats"])] = chance.randint(0, 3)
    return case


def test_ten_thousand_cases_at_once_are_as_one_by_one(allocate: Allocate):
    cases = [generated(number) for number in range(10_000)]
    assert allocate(cases).json == [solve(case) for case in cases]


def test_every_key_and_code_is_described():
    page = PAGE.read_text(encoding="utf-8").partition("\n## allocate\n")[2]
    codes = {"bad-case", "missing", "too-long-number", "repeated-key", "bad-text", "not-in-method", "not-cases"}
    keys = ("parameter", "seats", "votes", "threshold", "min_seats", "max_seats", "start_seats", "alliances")
    codes |= {f"bad-{key}" for key in keys} | {str(problem) for problem in MESSAGES} | {"unknown-method"}
    for word in (*codes, *keys, *NAMES):
        assert f"`{word}`" in page
    for example in (PAGE.parent / "examples").glob("*.json"):
        assert f"$ cat {example.name}\n" in page


def test_the_page_s_case_is_read_as_it_is_meant():
    contest = read_case(json.loads((PAGE.parent / "examples" / "allied.json").read_bytes())).contest
    assert contest.standing() == [True, True, True, True, True]
    assert [alliance.names for alliance in contest.alliances] == [("Left", "Ecology")]
