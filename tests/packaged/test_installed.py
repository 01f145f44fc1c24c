"""The .deb on a minimal Debian: installed, opened by the desktop, typed into, printed, killed, reopened, removed.

One story: each test goes on where the one before it ended. What was seen is kept in build/field/seen/installed.
"""

import pytest

from tests.packaged import night
from tests.packaged.debian import CLERK
from tests.packaged.desk import Desk
from tests.packaged.night import MAIN, PACK, TALLY
from tests.packaged.roots import Libraries, development, pythons

pytestmark = [pytest.mark.window, pytest.mark.timeout(900)]

NAME = "election-tally"
HOME = f"/home/{CLERK}"
OWN = f"/usr/lib/{NAME}/"
TYPE = "application/vnd.election-tally"
DESKTOP = ("xdg-utils", "libfile-mimeinfo-perl", "libglib2.0-bin", "shared-mime-info", "desktop-file-utils")
"""What the smallest desktops open a file with: xdg-open and whom it asks, gio, the databases of types and entries."""


@pytest.fixture(scope="module")
def desk(debian, screen, kept) -> Desk:
    return Desk(debian, screen, kept)


def test_the_machine_has_neither_python_nor_anything_to_build_with(debian):
    assert development(debian.packages()) == []
    assert pythons(debian.files(), except_in=OWN) == []


def test_apt_installs_the_file_and_what_it_needs(debian, built, kept):
    package = built(f"{NAME}_*.deb")
    came = debian.install(debian.put(package, f"/media/stick/{package.name}"))
    (kept / "packages.txt").write_text("\n".join(came) + "\n", encoding="utf-8")
    assert NAME in came
    assert development(came) == []
    assert pythons(debian.files(), except_in=OWN) == []


def test_every_library_is_found(debian, kept):
    libraries = Libraries(debian, OWN)
    lines = [f"{path}\t{package}\n" for path, package in libraries.owners().items()]
    (kept / "libraries.txt").write_text("".join(lines), encoding="utf-8")
    assert libraries.unfound == []


def test_the_manual_page_and_the_licence_are_there(debian):
    assert {"/usr/share/man/man1/tally-app.1.gz", f"/usr/share/doc/{NAME}/copyright"} <= debian.files()


def test_the_desktop_knows_the_file_by_its_type(desk):
    desk.debian.install(*DESKTOP)
    desk.debian.run("desktop-file-validate", f"/usr/share/applications/{NAME}.desktop")
    desk.tally_app("new", "--pack", PACK, TALLY)
    assert desk.debian.run("xdg-mime", "query", "filetype", TALLY, user=CLERK).strip() == TYPE
    assert desk.debian.run("xdg-mime", "query", "default", TYPE, user=CLERK).strip() == f"{NAME}.desktop"


def test_xdg_open_opens_it(desk):
    opening = desk.start("xdg-open", TALLY)
    desk.window(MAIN)
    desk.picture("opened-by-xdg-open")
    desk.quit()
    assert opening.wait(timeout=60) == 0


def test_gio_opens_it_and_the_eight_regions_are_typed(desk):
    desk.start("gio", "open", TALLY)
    desk.window(MAIN)
    night.type_the_eight_regions(desk)
    desk.picture("typed")
    assert tuple(desk.results(TALLY)["chamber"]["seats"].values()) == (55, 3, 0, 0)


def test_the_sheet_becomes_a_pdf_by_keys(desk, kept):
    pdf = night.save_the_sheet(desk, HOME)
    assert night.keep_pdf(desk, pdf, kept).startswith(b"%PDF-")
    assert night.status_of_sheet(desk, pdf)["standing"] == "current"


def test_and_by_a_command(desk, kept):
    pdf = f"{HOME}/chamber.pdf"
    desk.tally_app("sheet", TALLY, "--lang", "km,en", "-o", pdf)
    assert night.keep_pdf(desk, pdf, kept).startswith(b"%PDF-")
    assert night.status_of_sheet(desk, pdf)["standing"] == "current"


def test_the_power_fails_in_the_midst_of_typing_and_nothing_is_lost(desk, tmp_path):
    night.lose_power_and_go_on(desk, HOME, ("gio", "open"), tmp_path)


def test_it_can_be_removed_and_leaves_nothing_but_what_the_clerk_made(desk, kept):
    desk.debian.run("apt-get", "purge", "--yes", "--quiet", "--autoremove", NAME)
    mentions = ("grep", "-rlsI", NAME, "/etc", "/opt", "/usr", "/var/cache", "/var/lib/dpkg/info")
    assert desk.debian.run(*mentions, may_fail=True) == ""
    left = {path for path in desk.debian.files() if "tally" in path}
    assert {
        path for path in left if not path.startswith((f"{HOME}/", "/media/stick/", "/run/user/", "/var/lib/apt/"))
    } == set()
    assert desk.debian.run("gio", "mime", TYPE, user=CLERK, may_fail=True).count(NAME) == 1, "in the question only"
    (kept / "home.txt").write_text(desk.debian.run("find", HOME, "-type", "f"), encoding="utf-8")
    assert f"{HOME}/{TALLY}" in left
