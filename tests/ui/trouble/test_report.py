"""The report's file: beside the count, whole, over nothing; elsewhere if need be; and said if nowhere."""

from datetime import datetime, timedelta, timezone

import pytest

from tally_app.storage.errors import StorageError
from tally_app.ui.trouble.report import magnitude, report_text, write_report
from tests.medium import read_only_medium

WHEN = datetime(2026, 11, 25, 21, 14, 7, tzinfo=timezone(timedelta(hours=7)))


def test_it_lies_beside_the_file_by_the_file_s_name_and_the_time(tmp_path):
    path = write_report("text\n", WHEN, tmp_path / "Takeo.tally", tmp_path / "logs")
    assert path == tmp_path / "Takeo 2026-11-25 211407 problem.txt"
    assert path.read_text(encoding="utf-8") == "text\n"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_another_of_the_same_second_gets_a_name_of_its_own(tmp_path):
    paths = {write_report(text, WHEN, tmp_path / "a.tally", tmp_path).name for text in ("one", "two")}
    assert paths == {"a 2026-11-25 211407 problem.txt", "a 2026-11-25 211407 problem 2.txt"}


def test_from_a_medium_that_cannot_be_written_it_goes_to_the_log(tmp_path):
    (tmp_path / "contents").mkdir()
    with read_only_medium(tmp_path / "contents", tmp_path / "stick") as stick:
        path = write_report("text", WHEN, stick / "a.tally", tmp_path / "logs")
    assert path == tmp_path / "logs" / "Election Tally 2026-11-25 211407 problem.txt"


def test_without_a_file_too(tmp_path):
    assert write_report("text", WHEN, None, tmp_path / "logs").parent == tmp_path / "logs"


def test_where_neither_can_be_written_that_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        write_report("text", WHEN, tmp_path / "file" / "a.tally", tmp_path / "file" / "logs")


def test_it_says_first_what_is_in_it_and_that_it_went_nowhere():
    text = report_text(WHEN, {"Program": "Election Tally 1"}, ("ValueError", "  x.py:1 in f"))
    head, facts = text.split("\nWhen", 1)
    assert "It was sent nowhere." in head
    assert "What is not in it: votes, names of people" in head
    assert facts.splitlines()[0].strip() == "2026-11-25 21:14:07 +0700"
    assert text.endswith("\n\nValueError\n  x.py:1 in f\n")


@pytest.mark.parametrize(
    ("number", "said"), [(0, "up to 1"), (1, "up to 1"), (2, "up to 10"), (10, "up to 10"), (11, "up to 100")]
)
def test_a_magnitude_does_not_say_the_number(number, said):
    assert magnitude(number) == said
