"""Where a new tally goes, and what its name says."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QRadioButton

from tally_app.election.pack import bundled_packs
from tally_app.ui.dialogs.new_tally import NewTallyDialog


@pytest.fixture
def dialog(qtbot, tmp_path: Path) -> NewTallyDialog:
    dialog = NewTallyDialog(bundled_packs(), tmp_path)
    qtbot.addWidget(dialog)
    dialog.choose("cambodia-senate-2024-blank", False)
    return dialog


def choose(dialog: NewTallyDialog, kind: str) -> None:
    next(button for button in dialog.findChildren(QRadioButton) if kind in button.text()).click()


def name(dialog: NewTallyDialog, text: str) -> None:
    field = next(line for line in dialog.findChildren(QLineEdit) if line.minimumWidth() >= 460)
    field.setText(text)


def test_the_name_says_what_it_is_for_systems_that_go_by_names(dialog):
    live = dialog.path
    assert live.suffix == ".tally"
    choose(dialog, "Training")
    assert dialog.path == live.with_suffix(".tally-training")
    choose(dialog, "Live")
    assert dialog.path == live


def test_a_name_of_one_s_own_keeps_its_stem(dialog, tmp_path):
    name(dialog, str(tmp_path / "night 1.5"))
    choose(dialog, "Training")
    assert dialog.path == tmp_path / "night 1.5.tally-training"
    name(dialog, str(tmp_path / "night.tally"))
    assert dialog.path == tmp_path / "night.tally", "what somebody typed last is what they want"


def test_no_name_is_proposed_that_a_file_has(dialog):
    taken = dialog.path.with_suffix(".tally-training")
    taken.touch()
    choose(dialog, "Training")
    assert dialog.path == taken.with_name(f"{taken.stem} 2.tally-training")
