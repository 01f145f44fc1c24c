"""The harness itself, on a window so small that nothing but the harness can be wrong."""

import sys

import pytest

from tests.e2e.screen import ScreenError, VirtualScreen, wait_until

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication(sys.argv)
field = QLineEdit()
field.setWindowTitle("Votes")
field.textChanged.connect(lambda text: Path(sys.argv[1]).write_text(text, encoding="utf-8"))
field.returnPressed.connect(field.close)
field.show()
app.exec()
"""

pytestmark = pytest.mark.window


def test_keys_reach_the_window(screen, tmp_path):
    typed = tmp_path / "typed"
    program = screen.start([sys.executable, "-c", SCRIPT, str(typed)])
    screen.window("^Votes$")

    screen.type("170")
    wait_until(lambda: typed.exists() and typed.read_text(encoding="utf-8") == "170", what="170 in the field")
    screen.key("BackSpace", "BackSpace")
    wait_until(lambda: typed.read_text(encoding="utf-8") == "1", what="1 in the field")
    screen.screenshot(tmp_path / "screen.png")
    screen.key("Return")

    assert program.wait(timeout=10) == 0
    assert (tmp_path / "screen.png").read_bytes().startswith(b"\x89PNG")


def test_a_window_that_never_comes_is_named(screen):
    with pytest.raises(ScreenError, match="Nowhere"):
        screen.window("Nowhere", timeout=0.2)


def test_a_program_that_fails_ends_the_wait(screen):
    screen.start([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ScreenError, match="ended with 3"):
        screen.window("Votes")


def test_everything_is_ended(tmp_path):
    with VirtualScreen() as screen:
        program = screen.start([sys.executable, "-c", SCRIPT, str(tmp_path / "typed")])
        screen.window("^Votes$")
    assert program.returncode is not None
