"""About: the version and the build, what is said of Qt, and every licence to be read, with keys alone."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tally_app import __version__
from tally_app.ui.dialogs.about import AboutDialog
from tally_app.ui.dialogs.components import Build, read_build

COMPONENTS = [
    {
        "name": "Election Tally",
        "version": "9.8.7",
        "licence": "Apache-2.0",
        "purpose": "this program",
        "texts": ["LICENSE.txt"],
    },
    {
        "name": "Qt",
        "version": "6.11.3",
        "licence": "LGPL-3.0-only",
        "purpose": "windows",
        "texts": ["LGPL-3.0.txt", "GPL-3.0.txt"],
    },
    {"name": "ICU", "version": "", "licence": "Unicode-3.0", "purpose": "", "texts": ["gone.txt"]},
]


@pytest.fixture
def papers(tmp_path):
    about = {"version": "9.8.7", "source": "abc123", "date": "2026-11-25", "components": COMPONENTS}
    (tmp_path / "components.json").write_text(json.dumps(about), encoding="utf-8")
    for name in ("LICENSE", "LGPL-3.0", "GPL-3.0"):
        (tmp_path / f"{name}.txt").write_text(f"The text of {name}.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def about(qtbot, papers):
    dialog = AboutDialog(papers)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def said(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_it_names_version_source_licence_and_qt(about):
    for words in (
        "Election Tally 9.8.7",
        "source abc123 of 2026-11-25",
        "Apache License 2.0",
        "GNU Lesser General Public License",
    ):
        assert words in said(about)


def test_every_component_shows_its_licence_and_its_text(about, qtbot):
    assert [about.parts.item(row).text() for row in range(about.parts.count())] == [
        "Election Tally 9.8.7",
        "Qt 6.11.3",
        "ICU",
    ]
    assert about.text.toPlainText() == "The text of LICENSE.\n"
    assert not about.choice.isVisible()
    about.parts.setFocus()
    qtbot.keyClick(about.parts, Qt.Key.Key_Down)
    assert about.facts.text() == "LGPL-3.0-only · windows"
    assert about.text.toPlainText() == "The text of LGPL-3.0.\n"
    assert about.choice.isVisible()
    about.choice.setFocus()
    qtbot.keyClick(about.choice, Qt.Key.Key_Down)
    assert about.text.toPlainText() == "The text of GPL-3.0.\n"


def test_a_text_that_cannot_be_read_says_so(about):
    about.parts.setCurrentRow(2)
    assert about.text.toPlainText().startswith("This text cannot be read")


def test_the_version_is_copied_for_a_letter(about, qtbot):
    button = next(button for button in about.findChildren(QPushButton) if "Copy" in button.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().startswith("Election Tally 9.8.7 (abc123, 2026-11-25), Qt 6.")


def test_run_from_its_source_it_says_where_to_read(qtbot, tmp_path):
    dialog = AboutDialog(tmp_path)
    qtbot.addWidget(dialog)
    assert f"Election Tally {__version__}" in said(dialog)
    assert "docs/licences.md" in said(dialog)
    assert "Built from" not in said(dialog)


@pytest.mark.parametrize("content", ["", "[]", '{"version": 5}'])
def test_papers_that_cannot_be_read_leave_the_version(tmp_path, content):
    (tmp_path / "components.json").write_text(content, encoding="utf-8")
    assert read_build(tmp_path) == Build(__version__)


def test_the_help_menu_opens_it(sit_down):
    sit_down().action("about")
    assert any(isinstance(widget, AboutDialog) and widget.isVisible() for widget in QApplication.topLevelWidgets())
