"""The examples of docs/command-line.md: run in the order of the page, and written anew by ``python -m`` this module."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "command-line.md"
EXAMPLES = ROOT / "docs" / "examples"
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```)", re.MULTILINE | re.DOTALL)


class Shell:
    """Runs ``tally-app`` in a folder, as Dara would; remembers the last exit code. What is shown with cat is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._code = 0

    def answer(self, line: str) -> str:
        """Return what a line of the page writes."""
        program, *arguments = shlex.split(line)
        if program == "echo":
            return f"{self._code}\n"
        if program == "cat":
            text = (EXAMPLES / arguments[0]).read_text(encoding="utf-8")
            (self._folder / arguments[0]).write_text(text, encoding="utf-8")
            return text
        ran = subprocess.run(
            [sys.executable, "-m", "tally_app", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TALLY_OPERATOR": "Dara"},
            check=False,
        )
        self._code = ran.returncode
        return ran.stdout.decode().replace(f"{self._folder.resolve()}/", "/home/dara/")


def page_as_it_should_be(page: str, folder: Path) -> str:
    """Return the page with every example's output as it is now."""
    shell = Shell(folder)
    return CONSOLE.sub(lambda block: _replayed(block[0], shell), page)


def _replayed(block: str, shell: Shell) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{shell.answer(command[2:])}" for command in commands)


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        new = page_as_it_should_be(PAGE.read_text(encoding="utf-8"), Path(name))
    PAGE.write_text(new, encoding="utf-8")
