"""The made-up count, small: what the benchmarks measure on is a true file with true figures."""

from contextlib import closing
from datetime import UTC, datetime

import numpy as np
import pytest

from tally_app.checks.finding import Severity
from tally_app.document.document import Document
from tally_app.document.opening import open_document
from tally_app.election.pack import read_pack
from tally_app.storage.tally_file import verify_file
from tests.benchmarks.synthetic import Count, Size, make_count, pack_json, write_file


@pytest.fixture(scope="module")
def count() -> Count:
    return make_count(Size(2_000, 18, 8))


@pytest.fixture
def document(count: Count, tmp_path):
    path = tmp_path / "made-up.tally"
    write_file(path, count)
    with closing(open_document(path, operator="", clock=lambda: datetime.now(UTC), origin="test")) as document:
        yield document


def test_the_definition_is_a_pack(count: Count):
    pack = read_pack(pack_json(count), "made-up")

    assert sum(len(region.units) for region in pack.regions) == 2_000


def test_the_file_verifies(count: Count, tmp_path):
    path = tmp_path / "made-up.tally"
    write_file(path, count)

    verification = verify_file(path)

    assert (verification.ok, verification.events) == (True, 9)


def test_sums_are_those_of_numpy(count: Count, document: Document):
    sums = np.where(count.values < 0, 0, count.values).sum(axis=0)

    assert document.live.chamber.sums == tuple(sums.tolist())


def test_only_the_spoilt_units_have_errors_or_warnings(count: Count, document: Document):
    units = (unit for region in range(8) for unit in document.live.unit_findings(region).items())
    rows = sorted(row for row, findings in units if any(each.severity is not Severity.NOTE for each in findings))

    assert rows == count.faulty.tolist()


def test_the_same_seed_makes_the_same_count(count: Count):
    assert np.array_equal(make_count(count.size).values, count.values)
