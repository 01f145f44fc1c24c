"""What goes into a bundle: what the program imports, no plugin or library beyond that, and nothing of a network."""

import ast
import sys
from importlib.metadata import files
from pathlib import Path

import pytest
from release.parts import PYTHON_EXCLUDES, QT_MODULES, QT_PLUGINS, belongs

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "tally_app").rglob("*.py"))


def imports():
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((source, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield source, node.module


def test_every_part_of_qt_that_the_program_imports_is_carried():
    used = {name.removeprefix("PySide6.Qt") for _, name in imports() if name.startswith("PySide6.Qt")}
    assert {"Core", "Widgets", "Svg"} <= used <= QT_MODULES


def test_nothing_that_is_left_out_is_imported():
    wanted = [
        (source.name, name)
        for source, name in imports()
        if any(name == left_out or name.startswith(f"{left_out}.") for left_out in PYTHON_EXCLUDES)
    ]
    assert wanted == []


def test_the_plugins_have_the_names_that_qt_gives_them():
    if sys.platform != "linux":
        pytest.skip("each system has plugins of its own")
    carried = [file for file in files("PySide6-Essentials") or () if "plugins" in file.parts and belongs(str(file))]
    names = {f"{file.parent.name}/{file.name.removeprefix('lib').removesuffix('.so')}" for file in carried}
    of_others = {"platforms/qcocoa", "platforms/qwindows", "printsupport/cocoaprintersupport"}
    of_others |= {"printsupport/windowsprintersupport", "styles/qmacstyle", "styles/qmodernwindowsstyle"}
    assert names == QT_PLUGINS - of_others


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/QtCore.abi3.so",
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt6Gui.dll",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "libpython3.11.so.1.0",
        "libpython3.13.so.1.0",
        "libsqlite3.so.0",
        "libxcb-cursor.so.0",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "python3.11/lib-dynload/_sqlite3.cpython-311-x86_64-linux-gnu.so",
        "tally_app/_resources/sheets/sheet.typ",
        "typst-0.15.2.dist-info/METADATA",
    ],
)
def test_what_the_program_needs_is_carried(path):
    assert belongs(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork",
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "attrs-26.1.0.dist-info/METADATA",
        "libssl.so.3",
        "libcrypto.so.3",
        "libX11.so.6",
        "libstdc++.so.6",
        "libgtk-3.so.0",
        "libwayland-client.so.0",
    ],
)
def test_what_it_does_not_need_or_the_system_has_is_not_carried(path):
    assert not belongs(path)


def test_no_sheet_asks_for_a_typesetter_package_from_a_network():
    templates = sorted((ROOT / "resources").rglob("*.typ"))
    assert templates
    assert [template.name for template in templates if "@" + "preview" in template.read_text(encoding="utf-8")] == []
