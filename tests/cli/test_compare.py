"""What other methods would give, as a command."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_2024_by_the_usual_methods(run: Run, published: Path):
    ran = run("compare", published)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "Seats in the order of the ballot: CPP, KWP, FUN, NPP"
    assert lines[3].split()[:3] == ["Senate", "55–3–0–0", "49–8–0–1"]
    assert "With Hare, 6 of 58 seats would go elsewhere: CPP −6, KWP +5, NPP +1." in lines


def test_as_json(run: Run, published: Path):
    own, hare, halves = run("compare", published, "--methods", "hare,stationary:1/2", "--json").json["methods"]
    assert (own["method"], own["chamber"]["seats"]["CPP"], own["chamber"]["moved"]) == ("dhondt", 55, 0)
    assert hare["chamber"] == {
        "seats": {"CPP": 49, "KWP": 8, "FUN": 0, "NPP": 1},
        "changes": {"CPP": -6, "KWP": 5, "FUN": 0, "NPP": 1},
        "moved": 6,
        "open_seats": 0,
        "problem": None,
        "not_applicable": None,
    }
    assert hare["regions"]["R4"]["seats"] == {"CPP": 8, "KWP": 1, "FUN": 0, "NPP": 1}
    assert (halves["parameter"], halves["chamber"]["seats"]) == ("1/2", hare["chamber"]["seats"])


@pytest.mark.parametrize(
    ("methods", "told"),
    [
        ("fair", "no method 'fair'"),
        ("hare:1/2", "only stationary"),
        ("stationary", "from 0 to 1"),
        ("stationary:2", "1"),
    ],
)
def test_methods_that_are_none(run: Run, published: Path, methods: str, told: str):
    ran = run("compare", published, "--methods", methods)
    assert ran.code == 2
    assert told in ran.err
