"""Somebody at a desk with a minimal Debian: what is asked of the program by commands, typed into it, and seen of it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.screen import VirtualScreen, Window, wait_until
from tests.packaged.debian import CLERK, MinimalDebian

SLOW = 60.0  # seconds: windows and sheets on a machine that does other things, too


class Desk:
    """A clerk, the keyboard, the screen and one program."""

    def __init__(self, debian: MinimalDebian, screen: VirtualScreen, pictures: Path, *program: str) -> None:
        """*pictures*: a folder for what was seen, step by step. *program*: what starts it, if not `tally-app`."""
        debian.use_display(screen.display)
        self.debian = debian
        self.screen = screen
        self.program = program or ("tally-app",)
        self._pictures = pictures
        self._taken = 0
        self._last: subprocess.Popen[bytes] | None = None

    def tally_app(self, *words: object) -> str:
        """Run a command of the program and return what it says; it must not fail."""
        return self.debian.run(*self.program, *words, user=CLERK)

    def results(self, tally: str) -> Any:
        """What ``tally-app results`` says of a file, open or not."""
        return json.loads(self.tally_app("results", tally, "--json"))

    def start(self, *command: object) -> subprocess.Popen[bytes]:
        """Start a command as the clerk."""
        self._last = self.screen.start(self.debian.command(*command, user=CLERK))
        return self._last

    def window(self, title: str) -> Window:
        """Wait for a window that has the keyboard."""
        return self.screen.window(title, timeout=SLOW)

    def kill(self, window: Window) -> None:
        """End the program of a window as a power failure would. It is what was started last."""
        self.debian.run("bash", "-c", f"kill -9 {self.screen.process(window)}")
        self.wait_for(lambda: window.title not in self.screen.titles(), f"{window.title} to be gone")
        if self._last is not None:
            self.screen.forget(self._last)
            self._last = None

    def quit(self) -> None:
        """Ctrl+Q: end the program as a clerk does, and wait until no window is left."""
        self.screen.key("ctrl+q")
        self.wait_for(lambda: not self.screen.titles(), "every window to be closed")

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Wait until *condition* holds."""
        wait_until(lambda: condition() or None, SLOW, what)

    def picture(self, name: str) -> None:
        """Keep what is on the screen, once it stands still."""
        self._taken += 1
        path = self._pictures / f"{self._taken:02}-{name}.png"
        last = b""
        while (now := self._screenshot(path)) != last:
            last = now

    def _screenshot(self, path: Path) -> bytes:
        self.screen.screenshot(path)
        return path.read_bytes()
