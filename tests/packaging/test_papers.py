"""The version, the licences, the manual and the sums: papers that go wrong without anybody noticing."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from release import sums
from release.components import LICENCES
from release.deb import changelog
from release.man_page import man_page
from release.papers import all_in_one
from release.project import MAINTAINER, version

from tally_app import __version__
from tally_app.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMPONENTS = tomllib.loads((LICENCES / "components.toml").read_text(encoding="utf-8"))


def test_the_version_is_stated_in_one_place():
    assert version() == __version__
    assert "version" not in PROJECT["project"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "tally_app/__init__.py"


def test_each_version_that_packages_are_built_with_is_one_that_the_project_allows():
    from packaging.requirements import Requirement

    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.lower().replace("_", "-").split("==") for line in lines if line and not line.startswith("#"))
    project = PROJECT["project"]
    for line in project["dependencies"] + project["optional-dependencies"]["package"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), line


def test_each_dependency_is_listed_with_what_it_is_for():
    from packaging.requirements import Requirement

    named = {name.lower(): entry for name, entry in COMPONENTS["package"].items()}
    for line in PROJECT["project"]["dependencies"]:
        name = Requirement(line).name.lower().replace("pyside6-essentials", "pyside6_essentials")
        assert named[name]["purpose"], name


def test_each_text_that_a_licence_asks_for_is_there():
    entries = [*COMPONENTS["part"], *COMPONENTS["inside"], *COMPONENTS["package"].values()]
    texts = {text for entry in entries for text in (*entry.get("texts", ()), *entry.get("notices", ()))}
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "Qt.txt"} <= texts
    assert texts == {path.name for path in (LICENCES / "texts").iterdir()}


def test_the_offer_of_qts_source_names_where_it_is():
    offer = (LICENCES / "texts" / "Qt.txt").read_text(encoding="utf-8")
    for words in (
        "Lesser General Public License, version 3",
        "https://download.qt.io/official_releases/",
        "in writing",
    ):
        assert words in " ".join(offer.split())


def test_the_manual_has_every_command_and_its_options():
    page = man_page(1_700_000_000)
    assert page.startswith(f'.TH TALLY-APP 1 "2023-11-14" "Election Tally {__version__}"')
    for name in COMMANDS:
        assert f"\n.SS {name.replace('-', chr(92) + '-')}\n" in page
    for words in (r"\fB\-\-double\-entry\fR", r"\fB\-\-finding\fR", r"\fB\-\-operator\fR", ".SH EXIT STATUS"):
        assert words in page


def test_the_manual_is_read_without_a_warning(tmp_path):
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    (tmp_path / "page.1").write_text(man_page(0), encoding="utf-8")
    command = (groff, "-man", "-Tutf8", "-ww", "-Kutf8", str(tmp_path / "page.1"))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "verify-sheet" in done.stdout.replace("\u2010", "-").replace("\u2212", "-")


def test_the_changelog_is_one_that_debian_reads(tmp_path):
    assert changelog(1_700_000_000).endswith(f" -- {MAINTAINER}  Tue, 14 Nov 2023 22:13:20 +0000\n")
    if shutil.which("dpkg-parsechangelog") is None:
        pytest.skip("dpkg-dev is not installed")
    (tmp_path / "changelog").write_text(changelog(0), encoding="utf-8")
    command = ("dpkg-parsechangelog", "--file", str(tmp_path / "changelog"), "--show-field", "Version")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"{__version__}\n", "")


@pytest.fixture
def packages(tmp_path):
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "inner").write_bytes(b"inner")
    (tmp_path / "a.deb").write_bytes(b"package")
    sums.write_folder_sums(tmp_path / "program")
    sums.write_package_sums(tmp_path)
    return tmp_path


def test_sums_are_those_of_sha256sum(packages):
    assert sums.wrong(packages) == []
    for folder, name in ((packages, sums.OF_PACKAGES), (packages / "program", sums.OF_FOLDER)):
        subprocess.run(("sha256sum", "--check", "--strict", "--quiet", name), cwd=folder, check=True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda folder: (folder / "a.deb").write_bytes(b"other"), ["a.deb"]),
        (lambda folder: (folder / "a.deb").unlink(), ["a.deb"]),
        (lambda folder: (folder / "b.deb").write_bytes(b"unknown"), ["b.deb"]),
        (lambda folder: (folder / "program" / "inner").write_bytes(b"other"), ["inner"]),
    ],
)
def test_what_was_changed_since_is_named(packages, change, named):
    change(packages)
    assert sums.wrong(packages) == named


def test_licences_in_one_text_name_every_component_and_have_each_text_once(tmp_path):
    (tmp_path / "components.json").write_text(
        '{"version": "9.8.7", "components": ['
        '{"name": "Qt", "version": "6.11", "licence": "LGPL-3.0-only", "texts": ["L.txt"]},'
        '{"name": "ICU", "version": "", "licence": "Unicode-3.0", "texts": ["L.txt", "U.txt"]}]}',
        encoding="utf-8",
    )
    (tmp_path / "L.txt").write_text("lesser\n", encoding="utf-8")
    (tmp_path / "U.txt").write_text("unicode\n", encoding="utf-8")
    text = all_in_one(tmp_path)
    assert "  Qt 6.11: LGPL-3.0-only\n      L.txt\n  ICU: Unicode-3.0\n" in text
    assert (text.count("lesser"), text.count("unicode")) == (1, 1)
