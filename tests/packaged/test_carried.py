"""The portable archive on a minimal Debian: unpacked onto a stick, nothing installed but what its README names.

The stick is a file system of its own that belongs to the clerk. That nothing in the archive asks for more than FAT has
is looked at by `make check-package`. What was seen is kept in build/field/seen/carried.
"""

import subprocess
from pathlib import Path

import pytest

from tests.packaged import night
from tests.packaged.debian import CLERK, USER_ID, MinimalDebian
from tests.packaged.desk import Desk
from tests.packaged.night import MAIN, PACK, PROVINCES, TALLY
from tests.packaged.roots import development, pythons

pytestmark = [pytest.mark.window, pytest.mark.timeout(900)]

STICK = "/media/stick"
HOME = f"/home/{CLERK}"
OWNER = f"size=1G,uid={USER_ID},gid={USER_ID},nosuid,nodev"
LIBRARIES = "These libraries are expected from the computer"


@pytest.fixture(scope="module")
def stick(debian: MinimalDebian) -> str:
    debian.path(STICK).mkdir()
    debian.run("mount", "--types", "tmpfs", "--options", f"{OWNER},exec", "stick", STICK)
    return STICK


@pytest.fixture(scope="module")
def folder(debian: MinimalDebian, built, stick: str) -> str:
    """The archive, unpacked on the stick by the clerk."""
    archive = built("election-tally-*-linux-*.tar.xz")
    debian.install("xz-utils")
    inside = debian.put(archive, f"/var/tmp/{archive.name}")
    debian.run("tar", "--extract", "--no-same-owner", "--file", inside, "--directory", stick, user=CLERK)
    return f"{stick}/{archive.name.removesuffix('.tar.xz')}"


@pytest.fixture(scope="module")
def desk(debian, screen, kept, folder) -> Desk:
    return Desk(debian, screen, kept, "sh", f"{folder}/start-election-tally.sh")


def named_libraries(readme: str) -> list[str]:
    """The libraries that a README says the computer must have."""
    _, _, after = readme.partition(LIBRARIES)
    return [word for word in after.partition("\n\n")[0].split() if ".so" in word]


def packages_of(libraries: list[str], built) -> set[str]:
    """The packages that have them: those that the .deb of the same program asks for."""
    asked = subprocess.run(
        ["dpkg-deb", "--field", str(built("election-tally_*.deb")), "Depends"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert libraries
    return {group.split("|")[0].split("(")[0].strip() for group in asked.split(",")}


def test_nothing_is_installed_but_the_libraries_that_its_readme_names(debian, folder, built, kept):
    libraries = named_libraries(debian.run("cat", f"{folder}/README.txt"))
    came = debian.install(*sorted(packages_of(libraries, built)))
    (kept / "packages.txt").write_text("\n".join(came) + "\n", encoding="utf-8")
    known = debian.run("ldconfig", "-p")
    assert [name for name in libraries if name not in known and "ld-linux" not in name] == []
    assert development(debian.packages()) == []
    assert pythons(debian.files(), except_in=STICK) == []


def test_every_file_is_as_it_was_made(desk):
    assert "Every file is as it was made" in desk.tally_app("--check-files")


def test_it_starts_where_it_lies_and_the_eight_regions_are_typed(desk):
    desk.tally_app("new", "--pack", PACK, TALLY)
    desk.start(*desk.program, TALLY)
    desk.window(MAIN)
    night.type_the_eight_regions(desk)
    desk.picture("typed")


def test_the_sheet_becomes_a_pdf_by_keys(desk, kept):
    pdf = night.save_the_sheet(desk, HOME)
    assert night.keep_pdf(desk, pdf, kept).startswith(b"%PDF-")
    assert night.status_of_sheet(desk, pdf)["standing"] == "current"


def test_the_power_fails_in_the_midst_of_typing_and_nothing_is_lost(desk, tmp_path):
    night.lose_power_and_go_on(desk, HOME, desk.program, tmp_path)


def test_a_stick_that_forbids_to_start_programs_is_no_hindrance(desk, stick):
    desk.debian.run("mount", "--options", f"remount,{OWNER},noexec", stick)
    assert desk.results(TALLY)["chamber"]["complete"] == PROVINCES


def test_it_leaves_nothing_outside_the_home_of_the_clerk(debian: MinimalDebian):
    left = {path for path in debian.files() if "tally" in Path(path).name}
    assert {path for path in left if not path.startswith((HOME, "/run/user/", "/var/tmp/"))} == set()
