from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.screen import VirtualScreen
from tests.e2e.watching import ObservedProgram, tally_app


@pytest.fixture(autouse=True)
def _programs_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    with VirtualScreen() as screen:
        yield screen


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Path]:
    """Make a tally from a bundled pack."""

    def make_from(pack: str) -> Path:
        path = tmp_path / f"{pack}.tally"
        assert tally_app("new", "--pack", pack, path).returncode == 0
        return path

    return make_from


@pytest.fixture
def blank(make) -> Path:
    path: Path = make("cambodia-senate-2024-blank")
    return path


@pytest.fixture
def published(make) -> Path:
    path: Path = make("cambodia-senate-2024")
    return path


@pytest.fixture
def open_program(screen: VirtualScreen, tmp_path: Path) -> Iterator[Callable[..., ObservedProgram]]:
    """Start the program on a file. None may complain: no exception, no warning of Qt."""
    started: list[ObservedProgram] = []

    def open_on(path: Path, operator: str = "Clerk") -> ObservedProgram:
        program = ObservedProgram(screen, path, tmp_path / f"program-{len(started)}.log", operator)
        started.append(program)
        return program

    yield open_on
    assert [line for program in started for line in program.complaints] == []
