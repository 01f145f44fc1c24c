"""Which parts of Qt and of Python the program uses, and which libraries its bundle leaves to the system.

What is not named here does not go in: PyInstaller collects every plugin of a module, and with it whatever that needs.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import PurePath

# PrintSupport and Svg: sheets. DBus: Gui is linked with it. XcbQpa, WaylandClient: windows on Linux.
QT_MODULES = frozenset({"Core", "DBus", "Gui", "PrintSupport", "Svg", "WaylandClient", "Widgets", "XcbQpa"})

QT_PLUGINS = frozenset(
    {
        "iconengines/qsvgicon",
        "imageformats/qsvg",
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforminputcontexts/ibusplatforminputcontextplugin",  # Khmer is typed with it
        "platforms/qcocoa",
        "platforms/qoffscreen",
        "platforms/qwayland",
        "platforms/qwindows",
        "platforms/qxcb",
        "printsupport/cocoaprintersupport",
        "printsupport/cupsprintersupport",
        "printsupport/windowsprintersupport",
        "styles/qmacstyle",
        "styles/qmodernwindowsstyle",
        "wayland-decoration-client/adwaita",
        "wayland-decoration-client/bradient",  # where the desktop draws no frames
        "wayland-shell-integration/xdg-shell",
    }
)

# Left out of the search for modules. `_hashlib` and `_ssl` would bring OpenSSL; hashlib has SHA-256 of its own.
_NOT_NEEDED = (
    "PIL",
    "_bz2",
    "_curses",
    "_hashlib",
    "_lzma",
    "_tkinter",
    "attr",
    "distutils",
    "hypothesis",
    "lib2to3",
    "matplotlib",
    "numpy.f2py",
    "pandas.tests",
    "pkg_resources",
    "pydoc_data",
    "pytest",
    "readline",
    "setuptools",
    "tkinter",
    "unittest",
)
# Libraries of others have ways to open addresses; without these modules they end. (`urllib.request` and `http` cannot
# be left out: segno imports xml.sax, which imports them.)
_OF_NETWORKS = (
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "_ssl",
    "ftplib",
    "imaplib",
    "poplib",
    "smtplib",
    "socketserver",
    "ssl",
    "telnetlib",
    "xmlrpc",
)
# The program asks for no package's version but the typesetter's, which stands on every sheet.
_ASKED_FOR = "typst-"
PYTHON_EXCLUDES = (*_NOT_NEEDED, *_OF_NETWORKS)

# Libraries of the build system that go into the bundle on Linux: Python, what it needs, and what Qt needs of X11 that
# not every desktop has. All others stay the system's, since its graphics drivers, fonts and message bus load them into
# the program as well: a second, older copy beside theirs is how a bundle breaks on a newer system. Each of those is
# named in the dependencies of the .deb.
_CARRIED_LIBRARIES = re.compile(
    r"lib(python3\.\d+|ffi|sqlite3|xcb-(cursor|icccm|image|keysyms|render-util|shape|util|xkb)|xkbcommon(-x11)?)\.so[.\d]*"
)
_DRAWS_3D_WITHOUT_A_CARD = "opengl32sw.dll"
"""On Windows: 20 MB that windows without OpenGL never load."""
_QT_LIBRARY = re.compile(r"(?:lib)?Qt6?([A-Z]\w*?)(?:\.so[.\d]*|\.dll|\.framework|\.abi3\.so|\.pyd)?")


def belongs(destination: str) -> bool:
    """Say whether a collected file, by its path inside the bundle, is a part of the program."""
    path = PurePath(destination.replace("\\", "/"))
    if "translations" in path.parts and "PySide6" in path.parts:
        return False
    if path.name == _DRAWS_3D_WITHOUT_A_CARD:
        return False
    if path.parts[0].endswith(".dist-info"):
        return path.parts[0].startswith(_ASKED_FOR)
    if "plugins" in path.parts:
        return _plugin(path) in QT_PLUGINS
    if len(path.parts) == 1 and ".so" in path.suffixes:
        return bool(_CARRIED_LIBRARIES.fullmatch(path.name))
    modules = [match[1] for part in path.parts if (match := _QT_LIBRARY.fullmatch(part))]
    return all(module in QT_MODULES for module in modules)


def kept(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Keep what belongs of PyInstaller's lists of (destination, source, kind).

    On Linux without the symbolic links: a memory stick has none, and the libraries of a wheel find each other anyway.
    """
    return [
        (destination, source, kind)
        for destination, source, kind in entries
        if belongs(destination) and not (kind == "SYMLINK" and sys.platform == "linux")
    ]


def _plugin(path: PurePath) -> str:
    return f"{path.parent.name}/{path.name.split('.')[0].removeprefix('lib')}"
