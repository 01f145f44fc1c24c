import gc
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tally_app import __version__
from tally_app.cli.commands import COMMANDS
from tally_app.cli.exits import STORAGE_CODES
from tally_app.storage.errors import StorageError
from tests.cli.conftest import Run


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch):
    """Windows that were asked for: file, sample, operator. None is opened."""
    asked: list[tuple[Path | None, bool, str | None]] = []

    def run_window(path: Path | None, sample: bool, operator: str | None) -> int:
        asked.append((path, sample, operator))
        return 7

    module = ModuleType("tally_app.ui.app")
    module.run_window = run_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tally_app.ui.app", module)
    return asked


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], (None, False, "Dara")),
        (["count.tally"], (Path("count.tally"), False, "Dara")),
        (["--sample"], (None, True, "Dara")),
        (["./results"], (Path("results"), False, "Dara")),
        (["--", "folder/check"], (Path("folder/check"), False, "Dara")),
        (["--operator", "results", "count.tally"], (Path("count.tally"), False, "results")),
        (["count.tally", "--operator", "Sok"], (Path("count.tally"), False, "Sok")),
    ],
)
def test_a_window(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows, words, window):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").touch()
    assert run(*words).code == 7
    assert windows == [window]


@pytest.mark.usefixtures("windows")
def test_no_garbage_is_looked_for_while_a_window_is_made(run: Run, monkeypatch: pytest.MonkeyPatch):
    module = sys.modules["tally_app.ui.app"]
    monkeypatch.setattr(module, "run_window", lambda *_: int(gc.isenabled()))
    assert run("--sample").code == 0
    assert gc.isenabled()


def test_a_window_without_a_name_given(run: Run, monkeypatch: pytest.MonkeyPatch, windows):
    monkeypatch.setenv("TALLY_OPERATOR", " ")
    run()
    assert windows == [(None, False, None)]


@pytest.mark.parametrize(
    "words",
    [
        ["reslts"],
        ["reslts", "count.tally"],
        ["count.tally", "--sample"],
        ["--nonsense"],
        ["--operator", " ", "--sample"],
        ["results"],
        ["results", "a.tally", "b.tally"],
        ["new", "count.tally"],
        ["enter", "count.tally", "--region", "R5"],
        ["enter", "count.tally", "--reg", "R5", "CPP=5"],
        ["enter", "--operator", "", "count.tally", "--region", "R5", "CPP=5"],
    ],
    ids=" ".join,
)
def test_arguments_that_cannot_be_used(run: Run, windows, words: list[str]):
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err
    assert windows == []
    assert run(*words, "--json").json["error"]["code"] == "usage"


@pytest.mark.usefixtures("windows")
def test_a_mistyped_command_is_told_the_commands(run: Run):
    assert "new, results, check, enter" in run("reslts").err


def test_options_may_come_before_the_command(run: Run, published: Path):
    assert run("--json", "results", published).json["chamber"]["valid"] == 10979


def test_without_qt_the_commands_are_offered(run: Run, monkeypatch: pytest.MonkeyPatch):
    class NoQt:
        def find_spec(self, fullname: str, *_: object) -> None:
            if fullname == "tally_app.ui.app":
                raise ModuleNotFoundError("No module named 'PySide6'", name="PySide6")

    monkeypatch.delitem(sys.modules, "tally_app.ui.app", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoQt(), *sys.meta_path])
    ran = run("--sample")
    assert ran.code == 3
    assert "The commands work without it" in ran.err


def test_help(run: Run):
    ran = run("--help")
    assert ran.code == 0
    for name, command in COMMANDS.items():
        assert f"{name} " in ran.out
        assert command.summary in ran.out
        assert "exit codes:" in run(name, "--help").out
    assert "exit codes:" in ran.out


def test_version(run: Run):
    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"Election Tally {__version__}\n")


def test_every_storage_error_has_a_code_of_its_own():
    assert set(STORAGE_CODES) == set(StorageError.__subclasses__())
    assert len(set(STORAGE_CODES.values())) == len(STORAGE_CODES)


def test_interrupted(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tally_app.cli.results.open_for_reading", interrupted)
    assert run("results", published).code == 130


def test_a_mistake_of_the_program_is_not_hidden(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch):
    def mistaken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tally_app.cli.results.open_for_reading", mistaken)
    with pytest.raises(ZeroDivisionError):
        run("results", published)
