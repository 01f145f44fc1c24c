"""The installed program where no network is, traced: nothing but sockets of this computer, each of them known.

The traces are kept in build/field/seen/offline.
"""

import subprocess

import pytest

from tests.e2e.senate import figures, keys
from tests.packaged import night
from tests.packaged.debian import CLERK, RUNTIME_FOLDER
from tests.packaged.desk import Desk
from tests.packaged.night import MAIN, PACK, TALLY
from tests.packaged.tracing import Use, beyond, traced, uses

pytestmark = [pytest.mark.window, pytest.mark.timeout(900)]

HOME = f"/home/{CLERK}"
DISPLAY = r"/tmp/\.X11-unix/X\d+"
NAMES = "/var/run/nscd/socket"
"""The C library asks there for the name of a user or a computer before it looks into /etc itself."""
SESSION_BUS = f"{RUNTIME_FOLDER}/bus"
PRINTING = "/run/cups/cups.sock"

COMMANDS = (
    f"new --pack {PACK} {TALLY}",
    "new --pack cambodia-senate-2024 published.tally",
    f"enter {TALLY} --region R1 --unit 12 registered=910 cast=907 CPP=817 KWP=88 FUN=1 NPP=0 invalid=1",
    f"results {TALLY}",
    "results published.tally --json",
    "check published.tally",
    f"units {TALLY}",
    "sources published.tally",
    f"history {TALLY} --csv history.csv",
    f"history {TALLY} --nist history.json",
    "compare published.tally",
    "sheet published.tally --lang km,en -o chamber.pdf",
    "sheet published.tally --all -o sheets",
    "verify-sheet chamber.pdf published.tally",
    f"verify {TALLY}",
)


@pytest.fixture(scope="module")
def desk(debian, screen, kept, built) -> Desk:
    package = built("election-tally_*.deb")
    debian.install(debian.put(package, f"/media/stick/{package.name}"))
    return Desk(debian, screen, kept)


def run_traced(desk: Desk, log, *words: str, may_find: bool = False) -> set[Use]:
    done = subprocess.run(
        traced(desk.debian.command(*words, user=CLERK), log), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode in ((0, 1) if may_find else (0,)), f"{words}: {done.stdout}{done.stderr}"
    return uses(log)


def test_there_is_no_network(desk):
    lines = desk.debian.run("cat", "/proc/net/dev", user=CLERK).splitlines()[2:]
    assert [line.partition(":")[0].strip() for line in lines] == ["lo"]
    assert len(desk.debian.run("cat", "/proc/net/route", user=CLERK).splitlines()) <= 1


def test_a_connection_would_be_seen(desk, kept):
    reach = "exec 3<>/dev/tcp/127.0.0.1/631"
    found = run_traced(desk, kept / "control.trace", "bash", "-c", f"({reach}) 2>&1 | grep unreachable")
    assert Use("connect", "AF_INET") in beyond(found, [])


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_opens_no_connection(desk, kept, words):
    command = words.split()
    log = kept / f"{command[0]}-{COMMANDS.index(words):02}.trace"
    found = run_traced(desk, log, *desk.program, *command, may_find=command[0] == "check")
    assert beyond(found, [NAMES]) == []


def test_the_window_talks_to_its_display_only(desk, kept):
    log = kept / "window.trace"
    program = desk.screen.start(traced(desk.debian.command(*desk.program, TALLY, user=CLERK), log))
    desk.window(MAIN)
    desk.screen.key("Next", "Next", *keys(figures("R2")))
    desk.wait_for(lambda: desk.results(TALLY)["regions"][1]["complete"] == 2, "Region 2 in the file")
    desk.screen.key("F8", "ctrl+h", "ctrl+t", "ctrl+Home")
    night.save_the_sheet(desk, HOME)
    desk.screen.key("ctrl+p")
    desk.window("^Sheets")
    desk.screen.key("ctrl+p")
    desk.picture("no-printer")
    desk.screen.key("ctrl+w")
    desk.window(MAIN)
    desk.quit()
    assert program.wait(timeout=60) == 0
    found = uses(log)
    assert any(use.call == "connect" and use.path.startswith("/tmp/.X11-unix/") for use in found)
    assert beyond(found, [DISPLAY, NAMES, PRINTING]) == []
