"""What the bundle needs of the system: read from its libraries, and named as Debian's packages or not built at all."""

import shutil
import sys
from pathlib import Path

import msgspec
import pytest
from release.depends import depends, packages
from release.elf import Binaries

pytestmark = pytest.mark.skipif(sys.platform != "linux" or not shutil.which("readelf"), reason="reads ELF by readelf")


class Needing:
    """Libraries that need *names*."""

    glibc, glibcxx = "2.35", "3.4.29"

    def __init__(self, *names):
        self.missing = {name: [Path("some.so")] for name in names}


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr("release.debian.owner", lambda _library: None)


def test_a_library_says_what_it_needs(tmp_path):
    compiled = next(Path(msgspec.__file__).parent.glob("_core*.so"))
    shutil.copy(compiled, tmp_path)
    (tmp_path / "text.so").write_text("no library", encoding="utf-8")
    binaries = Binaries(tmp_path)
    assert [elf.path.name for elf in binaries.all] == [compiled.name]
    assert binaries.missing["libc.so.6"] == [Path(compiled.name)]
    assert binaries.glibc.startswith("2.")


def test_what_is_carried_is_not_missing(tmp_path):
    compiled = next(Path(msgspec.__file__).parent.glob("_core*.so"))
    shutil.copy(compiled, tmp_path)
    shutil.copy(compiled, tmp_path / "libc.so.6")
    assert "libc.so.6" not in Binaries(tmp_path).missing


@pytest.mark.usefixtures("nothing_installed")
def test_packages_are_named_once_with_the_versions_that_are_needed_and_their_newer_names():
    named = depends(Needing("libc.so.6", "libm.so.6", "libstdc++.so.6", "libcups.so.2"))
    assert named == ["fontconfig-config", "libc6 (>= 2.35)", "libcups2 | libcups2t64", "libstdc++6 (>= 11)", "xkb-data"]


@pytest.mark.usefixtures("nothing_installed")
def test_a_library_that_no_package_is_known_for_is_refused():
    with pytest.raises(SystemExit, match=r"libsurprise\.so\.1, needed by some\.so"):
        depends(Needing("libc.so.6", "libsurprise.so.1"))


def test_a_package_that_does_not_have_the_library_is_refused(monkeypatch):
    monkeypatch.setattr("release.debian.owner", lambda _library: "libother")
    with pytest.raises(SystemExit, match=r"libX11\.so\.6: here it is in libother, not in libx11-6"):
        depends(Needing("libX11.so.6"))


def test_every_alternative_is_a_package_name():
    for library, names in packages().items():
        assert library.startswith(("lib", "ld-linux"))
        assert names
        assert all(name == name.lower() and " " not in name for name in names)


def test_the_list_for_people_is_the_list_that_the_package_is_built_with():
    page = (Path(__file__).parents[2] / "docs" / "packages.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith(("| `lib", "| `ld-"))]
    told = {row.split("`")[1]: row.split("|")[2] for row in rows}
    named = {library: " or ".join(f"`{name}`" for name in names) for library, names in packages().items()}
    assert {library: names.strip() for library, names in told.items()} == named
