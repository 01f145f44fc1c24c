"""The commands as real processes: no Qt, UTF-8 whatever the locale, and no last words of Python's own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import tally_app

PROGRAM = [sys.executable, "-m", "tally_app"]
SURROUNDINGS = {
    "PYTHONPATH": str(Path(tally_app.__file__).parents[1]),
    "PYTHONWARNINGS": "error",
    "PYTHONUNBUFFERED": "",
}

WITHOUT = """
import sys
from importlib.abc import MetaPathFinder

class Refuses(MetaPathFinder):
    def find_spec(self, fullname, *_):
        if fullname.partition(".")[0] in {"PySide6", "shiboken6", "pandas"}:
            raise AssertionError(f"a command imports {fullname}")

sys.meta_path.insert(0, Refuses())
from tally_app.__main__ import main
code = main(sys.argv[1:])
assert not {"PySide6", "shiboken6", "pandas", "tally_app.ui"} & set(sys.modules)
sys.exit(code)
"""


def start(
    *words: object,
    program: Sequence[str] = PROGRAM,
    environment: Mapping[str, str] | None = None,
    stdout: int = subprocess.PIPE,
):
    return subprocess.run(
        [*program, *map(str, words)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
        env={**os.environ, **SURROUNDINGS, **(environment or {})},
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["new", "--pack", "cambodia-senate-2024", "other.tally"], 0),
        (["results", "published.tally"], 0),
        (["check", "published.tally"], 1),
        (["enter", "published.tally", "--region", "R5", "KWP=170"], 0),
        (["verify", "published.tally"], 0),
        (["results", "published.tally", "--json"], 0),
        (["nonsense"], 2),
        (["--help"], 0),
        (["--version"], 0),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_nothing_imports_qt_or_pandas(published: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int):
    monkeypatch.chdir(published.parent)
    ran = start(*words, program=[sys.executable, "-c", WITHOUT])
    assert (ran.returncode, ran.stderr if code != 2 else b"") == (code, b"")


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_utf8_whatever_the_locale(blank: Path, locale: str):
    environment = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    ran = start("enter", blank, "--region", "R5", "--unit", "21", "CPP=5", environment=environment)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode("utf-8").startswith("Region 5 · Takeo\n")
    ran = start("enter", blank, "--region", "Region 9", "CPP=5", environment=environment)
    assert ran.returncode == 2
    ran.stderr.decode("utf-8")


def test_khmer_digits_and_names_as_arguments(blank: Path):
    ran = start("enter", blank, "--region", "ភូមិភាគទី៥", "--unit", "តាកែវ", "CPP=១១៨៧", "--json")
    assert json.loads(ran.stdout)["changes"] == [{"column": "CPP", "old": None, "new": 1187}]


@pytest.mark.skipif(os.name == "nt", reason="a pipe ends differently there")
@pytest.mark.parametrize(("word", "code"), [("results", 141), ("--help", 141), ("nonsense", 2)])
def test_nobody_reads_what_is_written(published: Path, word: str, code: int):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = start(word, *[published] * (word == "results"), stdout=writing)
    finally:
        os.close(writing)
    assert ran.returncode == code
    assert b"Traceback" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev/full")
def test_output_that_cannot_be_written(published: Path):
    with Path("/dev/full").open("wb") as full:
        ran = start("results", published, stdout=full.fileno())
    complaint = b"The output cannot be written: [Errno 28] No space left on device\n"
    assert (ran.returncode, ran.stderr) == (3, complaint)


@pytest.mark.skipif(os.name == "nt", reason="there names are Unicode")
def test_a_file_whose_name_is_not_unicode(published: Path):
    name = os.fsdecode(os.fsencode(published.parent) + b"/\xff.tally")
    assert start("new", "--pack", "cambodia-senate-2024", name).returncode == 0
    for command, code in (("results", 0), ("check", 1), ("verify", 0)):
        assert start(command, name).returncode == code
    ran = start("new", "--pack", "cambodia-senate-2024", name, "--json")
    assert (ran.returncode, json.loads(ran.stdout)["error"]["code"]) == (3, "exists-already")


def test_an_entry_is_on_the_disk_when_the_command_ends(published: Path):
    assert start("enter", published, "--region", "R5", "KWP=170").returncode == 0
    assert not [path for path in published.parent.iterdir() if path != published]
    assert json.loads(start("results", published, "--json").stdout)["regions"][4]["seats"]["KWP"] == 1


def test_those_who_enter_at_once_lose_nothing(published: Path):
    regions = [f"R{number}" for number in range(1, 9)]
    with ThreadPoolExecutor(len(regions)) as pool:
        ran = list(pool.map(lambda region: start("enter", published, "--region", region, "NPP=33"), regions))
    codes = [process.returncode for process in ran]
    assert set(codes) <= {0, 3}
    value = json.loads(start("results", published, "--json").stdout)
    entered = [region["sums"]["NPP"] == 33 for region in value["regions"]]
    assert entered == [code == 0 for code in codes]
    assert value["journal"]["events"] == 2 + codes.count(0)


def test_the_command_is_installed(published: Path):
    program = Path(sys.executable).with_name("tally-app.exe" if os.name == "nt" else "tally-app")
    if not program.exists():
        pytest.skip("tally-app is not installed in this environment")
    assert start("verify", published, program=[str(program)]).returncode == 0
