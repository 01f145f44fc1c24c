"""Nothing in the program speaks to a network: its imports say so. The built program is traced in tests/packaged."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "tally_app"
OF_NETWORKS = frozenset(
    {
        *("PySide6.QtHttpServer", "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets"),
        *("PySide6.QtWebEngineCore", "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "paramiko"),
        *("poplib", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3"),
        *("webbrowser", "wsgiref", "xmlrpc"),
    }
)
"""What opens connections, or has something open them: a browser is asked by webbrowser."""
ALLOWED: dict[str, str] = {}
"""Modules that may import such a thing all the same, by their path, with the reason. None needs to."""


def imported(source: str) -> Iterator[str]:
    """Every module that a source imports, wherever in it, as `package.module`; what is taken from it as well."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"__import__", "import_module"}:
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def of_networks(source: str) -> list[str]:
    names = {name for name in imported(source) for module in OF_NETWORKS if f"{name}.".startswith(f"{module}.")}
    return sorted(names)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", ["socket"]),
        ("def f():\n    from urllib import request", ["urllib.request"]),
        ("import urllib.request as r", ["urllib.request"]),
        ("from http.client import HTTPConnection", ["http.client", "http.client.HTTPConnection"]),
        ("from PySide6 import QtNetwork", ["PySide6.QtNetwork"]),
        ("import_module('ssl')", ["ssl"]),
        ("from urllib.parse import quote\nimport sockets_of_wood", []),
    ],
)
def test_every_way_of_importing_is_seen(source, found):
    assert of_networks(source) == found


def test_no_module_imports_what_speaks_to_a_network():
    sources = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert len(sources) > 100
    found = {path: names for path, source in sources.items() if (names := of_networks(source)) and path not in ALLOWED}
    assert found == {}


def test_the_names_are_those_of_modules():
    """A misspelt name would never be found: those of Python itself must exist, unless they left Python."""
    own = {name for name in OF_NETWORKS if name.partition(".")[0] in sys.stdlib_module_names}
    assert len(own) >= 15
    assert {name for name in own if importlib.util.find_spec(name) is None} == set()
