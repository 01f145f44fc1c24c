"""What was built, on machines where nothing was installed. `make test-package` runs it, after `make package`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.screen import VirtualScreen
from tests.packaged.debian import MinimalDebian, why_not
from tests.packaged.desk import Desk

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "field"


@pytest.fixture(scope="session")
def built() -> Callable[[str], Path]:
    """Find one file in dist/."""

    def find(pattern: str) -> Path:
        found = sorted((ROOT / "dist").glob(pattern))
        if len(found) != 1:
            pytest.fail(f"dist/ has {len(found)} files {pattern}; `make package` makes one")
        return found[0]

    return find


@pytest.fixture(scope="module")
def screen() -> Iterator[VirtualScreen]:
    with VirtualScreen() as screen:
        yield screen


@pytest.fixture(scope="module")
def debian(request: pytest.FixtureRequest) -> Iterator[MinimalDebian]:
    """A minimal Debian, named after the tests that use it."""
    lack = why_not()
    if lack:
        pytest.skip(f"No minimal Debian could be made: {lack}")
    with MinimalDebian(_name(request), BUILD) as debian:
        yield debian


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest) -> Path:
    """An empty folder in build/ for pictures, sheets and lists that people may want to look at."""
    folder = BUILD / "seen" / _name(request)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(autouse=True)
def _needs_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever desktop this machine has is not to be talked to."""
    for name in [name for name in os.environ if name.startswith(("DBUS_", "XDG_", "QT_"))]:
        monkeypatch.delenv(name)


def _name(request: pytest.FixtureRequest) -> str:
    return str(request.module.__name__).rpartition("test_")[2]


_BROKE_AT = pytest.StashKey[str]()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A module is one story; after a failure there is nothing to go on from."""
    broke_at = item.parent.stash.get(_BROKE_AT, "") if item.parent else ""
    if broke_at:
        pytest.skip(f"the story ended at {broke_at}")


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    if item.parent and call.excinfo and not call.excinfo.errisinstance(pytest.skip.Exception):
        item.parent.stash[_BROKE_AT] = item.name
        desk = getattr(item, "funcargs", {}).get("desk")
        if isinstance(desk, Desk):
            desk.picture("failed")
