"""A question for a file must not cost the open tally its locks: POSIX drops them when anything closes the file."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileSystemModel

from tally_app.ui.dialogs.file_dialog import FileDialog

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

HELD = """
import fcntl, struct, sys
with open(sys.argv[1], "r+b") as file:
    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, int(sys.argv[2]), int(sys.argv[3]), 0)
    print(struct.unpack("hhqqi4x", fcntl.fcntl(file, fcntl.F_GETLK, asked))[0] != fcntl.F_UNLCK)
"""
OF_THE_FILE = (0x40000002, 510)
OF_THE_SHARED_MEMORY = (128, 1)
"""First byte and length of what SQLite keeps locked while a file in WAL mode is open."""


def held(path: Path, place: tuple[int, int]) -> bool:
    """Whether another process finds this place locked."""
    asked = [sys.executable, "-c", HELD, str(path), *map(str, place)]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == "True"


def all_held(tally: Path) -> bool:
    return held(tally, OF_THE_FILE) and held(tally.with_name(f"{tally.name}-shm"), OF_THE_SHARED_MEMORY)


@pytest.mark.parametrize("question", ["open", "save", "folder"])
def test_the_open_tally_stays_locked(sit_down, published, qtbot, question):
    desk = sit_down(published)
    assert all_held(published)
    seen: list[str] = []

    def look_and_leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileDialog)
        model = dialog.findChild(QFileSystemModel)
        assert model is not None
        index = model.index(str(published))

        def shown() -> bool:
            assert model is not None
            return bool(model.fileIcon(index).cacheKey()) and model.type(index) == "tally"

        qtbot.waitUntil(lambda: question == "folder" or shown())
        seen.append(question)
        dialog.reject()

    QTimer.singleShot(0, look_and_leave)
    if question == "open":
        assert FileDialog.ask_to_open(desk.window, "Open", str(published.parent), "All files (*)") == ""
    elif question == "save":
        assert FileDialog.ask_to_save(desk.window, "Save", str(published), "All files (*)")[0] == ""
    else:
        assert FileDialog.ask_folder(desk.window, "Folder", str(published.parent)) == ""
    assert seen
    assert all_held(published)


def test_a_name_is_proposed_and_accepted(sit_down, tmp_path):
    desk = sit_down()

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileDialog)
        dialog.accept()

    QTimer.singleShot(0, accept)
    name, chosen = FileDialog.ask_to_save(desk.window, "Save", str(tmp_path / "sheet.pdf"), "PDF (*.pdf)")
    assert (Path(name), chosen) == (tmp_path / "sheet.pdf", "PDF (*.pdf)")
