"""A virtual screen on which the real program runs and is driven by keys, as a person would: Xvfb, openbox, xdotool."""

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

Answer = TypeVar("Answer")

PROGRAMS = ("Xvfb", "openbox", "xdotool", "xdpyinfo", "xprop", "import")
PATIENCE = 20.0  # seconds: far more than anything takes on a busy machine


class ScreenError(RuntimeError):
    """The screen, or something on it, is not as expected."""


def wait_until(predicate: Callable[[], Answer | None], timeout: float = PATIENCE, what: str = "a condition") -> Answer:
    """Ask *predicate* until its answer is true, and return that answer.

    Raises: ScreenError: it did not become true within *timeout* seconds.
    """
    end = time.monotonic() + timeout
    while not (answer := predicate()):
        if time.monotonic() > end:
            raise ScreenError(f"Waited {timeout:g} s in vain for {what}")
        time.sleep(0.02)
    return answer


@dataclass(frozen=True, slots=True)
class Window:
    """A window on the screen: its X number and its title when it was found."""

    number: str
    title: str


class VirtualScreen:
    """An X server without a monitor, with a window manager (without one no window gets the keyboard)."""

    def __init__(self, width: int = 1280, height: int = 800, picture: Path | None = None) -> None:
        """*picture*: a folder in which the server keeps what is on the screen, so that one can look without asking."""
        self._size = f"{width}x{height}x24"
        self._picture = picture
        self._display = ""
        self._cleanup = ExitStack()
        self._programs: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if missing:
            raise ScreenError(f"Not installed: {', '.join(missing)}. `make test` installs them, or says how.")
        try:
            self._start_server()
            self._start_window_manager()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def display(self) -> str:
        """What programs must be given as DISPLAY to show their windows here."""
        return self._display

    def close(self) -> None:
        """End everything that was started here, the newest first."""
        self._cleanup.close()

    def start_program(self, args: Sequence[str] = (), env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start the program with *args*; *env* is added to the environment of the test."""
        return self.start([sys.executable, "-m", "tally_app", *args], env)

    def start(
        self, command: Sequence[str], env: Mapping[str, str] | None = None, output: IO[bytes] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start any *command* on this screen; what it says goes to *output*, else to where the tests' own goes."""
        program = self._spawn(command, env or {}, output=output)
        self._programs.append(program)
        return program

    def kill(self, program: subprocess.Popen[bytes]) -> None:
        """End a program as a power failure would: at once, without a word to it."""
        self._programs.remove(program)
        program.kill()
        program.wait()

    def forget(self, program: subprocess.Popen[bytes]) -> None:
        """Take it for no failure that a program was killed from elsewhere: wait for its end."""
        self._programs.remove(program)
        program.wait(timeout=PATIENCE)

    def window(self, title: str, timeout: float = PATIENCE) -> Window:
        """Wait for a visible window that has the keyboard and whose title matches the regular expression *title*."""
        return wait_until(lambda: self._active_window(title), timeout, f"the window {title!r} to have the keyboard")

    def process(self, window: Window) -> int:
        """The process that a window belongs to, by the number that it calls itself."""
        return int(self._run("xdotool", "getwindowpid", window.number))

    def titles(self) -> list[str]:
        """The titles of all visible windows."""
        numbers = self._run("xdotool", "search", "--onlyvisible", "--name", ".", may_fail=True).split()
        return [self._title(number) for number in numbers]

    def type(self, text: str) -> None:
        """Type *text* on the keyboard, into whatever has the focus."""
        self._run("xdotool", "type", "--clearmodifiers", "--delay", "12", "--", text)

    def key(self, *names: str) -> None:
        """Press keys one after the other, by X's names: `key("Tab", "ctrl+z", "Return")`."""
        self._run("xdotool", "key", "--clearmodifiers", "--delay", "12", "--", *names)

    def typing(self, *names: str) -> subprocess.Popen[bytes]:
        """Begin to press keys as `key` does, and return while they are still being pressed."""
        return self._spawn(["xdotool", "key", "--delay", "12", "--", *names], {})

    def screenshot(self, path: Path) -> None:
        """Write a picture of the whole screen to *path* (PNG)."""
        self._run("import", "-display", self._display, "-window", "root", str(path))

    def _start_server(self) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size, "-nolisten", "tcp", "-noreset"]
        if self._picture is not None:
            command += ["-fbdir", str(self._picture)]
        try:
            self._spawn(command, {}, pass_fds=(write,))
        finally:
            os.close(write)
        with os.fdopen(read, "rb") as answer:  # the server writes its number once it takes connections
            ready, _, _ = select.select([answer], [], [], PATIENCE)
            number = answer.readline().decode().strip() if ready else ""
        if not number:
            raise ScreenError("Xvfb did not start")
        self._display = f":{number}"

    def _start_window_manager(self) -> None:
        self._spawn(["openbox", "--sm-disable"], {})
        wait_until(self._is_managed, what="the window manager")

    def _is_managed(self) -> bool:
        return "window id" in self._run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK", may_fail=True)

    def _active_window(self, title: str) -> Window | None:
        self._check_programs()
        number = self._run("xdotool", "getactivewindow", may_fail=True).strip()
        found = self._title(number) if number else ""
        return Window(number, found) if re.search(title, found) else None

    def _title(self, number: str) -> str:
        return self._run("xdotool", "getwindowname", number, may_fail=True).removesuffix("\n")

    def _check_programs(self) -> None:
        for program in self._programs:
            if program.poll():
                raise ScreenError(f"{program.args!r} ended with {program.returncode}")

    def _environment(self) -> dict[str, str]:
        unwanted = {"WAYLAND_DISPLAY", "XAUTHORITY", "SESSION_MANAGER"}
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        return kept | {"DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"}

    def _spawn(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        pass_fds: tuple[int, ...] = (),
        output: IO[bytes] | None = None,
    ) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(
            command,
            env=self._environment() | dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            pass_fds=pass_fds,
        )
        self._cleanup.callback(_end, program)
        return program

    def _run(self, *command: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            command, env=self._environment(), capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        if done.returncode and not may_fail:
            raise ScreenError(f"{command!r} failed: {done.stderr.strip()}")
        return done.stdout


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        program.terminate()
        try:
            program.wait(timeout=3)
        except subprocess.TimeoutExpired:
            program.kill()
    program.wait()
