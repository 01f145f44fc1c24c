"""What holds for every test: no screen, no network, nothing of the user's own files, no Qt where it is not called for.

Without pytest-qt (absent, or `-p no:pytest-qt`) Qt is out of reach, and the rooms that need it are left out:
so `make test` proves that everything below the screens works without it.
"""

import importlib.abc
import itertools
import os
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

ROOMS_WITH_QT = ["ui", "e2e"]
collect_ignore = ["packaged"]  # what `make package` built; `make test-package` asks for it by name
INI_KEYS_OF_PYTEST_QT = ["qt_api", "qt_log_level_fail", "qt_log_ignore"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


class QtOutOfReach(importlib.abc.MetaPathFinder):
    """Answers every import of Qt as if it were not installed."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {fullname!r}: these tests run without Qt", name=fullname)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if not pluginmanager.has_plugin("pytest-qt"):
        for key in INI_KEYS_OF_PYTEST_QT:
            parser.addini(key, "a key of pytest-qt, which is not here")


def pytest_configure(config: pytest.Config) -> None:
    if not config.pluginmanager.has_plugin("pytest-qt"):
        sys.meta_path.insert(0, QtOutOfReach())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    without_qt = not config.pluginmanager.has_plugin("pytest-qt")
    needs_qt = collection_path.parent == Path(__file__).parent and collection_path.name in ROOMS_WITH_QT
    return True if without_qt and needs_qt else None


def pytest_report_header(config: pytest.Config) -> str:
    if config.pluginmanager.has_plugin("pytest-qt"):
        return f"Qt: {os.environ['QT_QPA_PLATFORM']}"
    return f"Qt: out of reach; left out: {', '.join(ROOMS_WITH_QT)}"


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """No test needs a network; one that tries says so at once, on every machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _local_only(name))
        yield


def _local_only(name: str):
    original = getattr(socket.socket, name)

    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            _refuse(args)
        return original(self, *args)

    return guarded


def _refuse(args: tuple[Any, ...]) -> NoReturn:
    raise PermissionError(f"A test tried to reach the network: {args[-1]!r}")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def home(_homes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for each test: settings and copies of samples are written there."""
    folder: Path = next(_homes)
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for variable, name in {
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_DOCUMENTS_DIR": "Documents",
        "XDG_DOWNLOAD_DIR": "Downloads",
        "XDG_DESKTOP_DIR": "Desktop",
    }.items():
        monkeypatch.setenv(variable, str(folder / name))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)  # Qt wants it to be nobody else's
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return folder
