"""What a bundle is made of: each component with its version, its licence, and the texts that must travel with it.

Found from the collected files themselves: a file belongs to a part that packaging/licences/components.toml knows by
its path, else to the Python package that installed it, else to Python, else to a package of the system.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from release import debian
from release.project import NAME, ROOT, TITLE, version

LICENCES = ROOT / "packaging" / "licences"
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_BESIDE = re.compile(r"(notice|authors)", re.IGNORECASE)
_OF_OTHERS = re.compile(r"/_?vendor/|/sboms/")
Text = tuple[str, str]
"""The path of a text below the folder of licences, and what it says."""


@dataclass
class Component:
    """A part of the bundle that somebody else made, or the program itself."""

    key: str
    name: str
    version: str
    licence: str
    purpose: str
    purl: str = ""
    publisher: str = ""
    source: str = ""
    texts: list[Text] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    """By the path in the bundle: where it came from."""
    inside: list["Component"] = field(default_factory=list)
    sbom: str = ""
    """What the component itself says it is made of, as CycloneDX in JSON."""


def components(collected: Iterable[tuple[str, str]]) -> list[Component]:
    """Find the components of *collected* files: each its path in the bundle, and where it came from."""
    table = tomllib.loads((LICENCES / "components.toml").read_text(encoding="utf-8"))
    finder = _Finder(table)
    for destination, source in collected:
        finder.add(destination, Path(source))
    return finder.found()


class _Finder:
    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self._found: dict[str, Component] = {}

    def add(self, destination: str, source: Path) -> None:
        part = self._part(destination)
        component = self._of_part(part, source) if part else self._of_owner(source)
        component.files[destination] = source

    def found(self) -> list[Component]:
        for entry in self._table["inside"]:
            around = next((component for component in self._found.values() if component.key == entry["of"]), None)
            if around is not None:
                around.inside += [
                    self._described(name, name, "", {**entry, "licence": licence})
                    for name, licence in entry["licences"].items()
                ]
        return sorted(self._found.values(), key=lambda component: (component.key != NAME, component.name.lower()))

    def _part(self, destination: str) -> Mapping[str, Any] | None:
        path = destination.replace("\\", "/")
        return next((part for part in self._table["part"] if any(fnmatch(path, glob) for glob in part["files"])), None)

    def _of_part(self, part: Mapping[str, Any], source: Path) -> Component:
        number = ""
        if "of" in part:
            number = _distributions()[_normal(part["of"])].version
        elif "version" in part and (match := re.search(part["version"], source.name)):
            number = next(filter(None, match.groups()), "")
        return self._once(part["name"], part["name"], number, part)

    def _of_owner(self, source: Path) -> Component:
        if source.is_relative_to(ROOT) and not source.is_relative_to(sys.prefix):
            texts = [("LICENSE.txt", (ROOT / "LICENSE").read_text(encoding="utf-8"))]
            return self._once(NAME, TITLE, version(), self._entry(NAME), "Apache-2.0", texts)
        distribution = _owner(source)
        if distribution is not None:
            return self._of_distribution(distribution)
        package = debian.owner(source)
        if package is not None and not package.startswith(("python3", "libpython3")):
            return self._of_package(package)
        return self._of_python(package)

    def _of_distribution(self, distribution: Distribution) -> Component:
        name = distribution.name
        entry = self._entry(name)
        said = distribution.metadata.get("License-Expression") or distribution.metadata.get("License") or ""
        purl = f"pkg:pypi/{_normal(name)}@{distribution.version}"
        component = self._once(name, name, distribution.version, entry, said, _texts_of(distribution), purl)
        boms = [file for file in distribution.files or () if file.match("*.dist-info/sboms/*.json")]
        component.sbom = Path(str(distribution.locate_file(boms[0]))).read_text(encoding="utf-8") if boms else ""
        return component

    def _of_package(self, package: str) -> Component:
        entry = self._entry("libxcb" if package.startswith("libxcb") else package)
        texts = [(f"{package}/copyright.txt", debian.copyright_of(package))]
        number = debian.version_of(package)
        return self._once(package, package, number, entry, "", texts, debian.purl(package))

    def _of_python(self, package: str | None) -> Component:
        number = sys.version.split()[0]
        if package is not None:
            texts = [("Python/copyright.txt", debian.copyright_of(package))]
            number, purl = debian.version_of(package), debian.purl(package)
        else:
            texts, purl = [("Python/LICENSE.txt", _python_licence())], f"pkg:generic/python@{number}"
        return self._once("Python", "Python", number, self._entry("Python"), texts=texts, purl=purl)

    def _entry(self, name: str) -> Mapping[str, Any]:
        entries: Mapping[str, Mapping[str, Any]] = self._table["package"]
        return next((entry for key, entry in entries.items() if _normal(key) == _normal(name)), {})

    def _once(
        self,
        key: str,
        name: str,
        number: str,
        entry: Mapping[str, Any],
        licence: str = "",
        texts: Sequence[Text] = (),
        purl: str = "",
    ) -> Component:
        if key not in self._found:
            self._found[key] = self._described(key, name, number, entry, licence, texts, purl)
        return self._found[key]

    def _described(
        self,
        key: str,
        name: str,
        number: str,
        entry: Mapping[str, Any],
        licence: str = "",
        texts: Sequence[Text] = (),
        purl: str = "",
    ) -> Component:
        licence = entry.get("licence", licence)
        if not licence:
            raise SystemExit(f"components.toml does not say what licence {key} has.")
        notices = [*entry.get("notices", ()), *entry.get("texts", ())]
        shared = [(text, (LICENCES / "texts" / text).read_text(encoding="utf-8")) for text in notices]
        if other := entry.get("texts_of"):
            shared += _texts_of(_distributions()[_normal(other)])[:1]
        return Component(
            key,
            entry.get("name", name),
            number,
            licence,
            entry.get("purpose", ""),
            purl or f"pkg:generic/{_normal(name)}" + (f"@{number}" if number else ""),
            entry.get("publisher", ""),
            entry.get("source", ""),
            [*texts, *shared],
        )


def _normal(name: str) -> str:
    return re.sub(r"[-_.\s]+", "-", name).lower()


@cache
def _distributions() -> Mapping[str, Distribution]:
    return {_normal(distribution.name): distribution for distribution in distributions()}


@cache
def _installed() -> Mapping[Path, Distribution]:
    """Which package installed which file of this environment."""
    return {
        Path(str(distribution.locate_file(file))).resolve(): distribution
        for distribution in _distributions().values()
        if distribution.name != NAME
        for file in distribution.files or ()
    }


def _owner(source: Path) -> Distribution | None:
    owner = _installed().get(source.resolve())
    if owner is None and source.is_relative_to(sys.prefix) and "PyInstaller" in source.parts:
        return _distributions()["pyinstaller"]
    return owner


def _texts_of(distribution: Distribution) -> list[Text]:
    files = [
        file
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0] and _LICENCE_FILE.search(file.name) and not _OF_OTHERS.search(str(file))
    ]
    texts = []
    for file in sorted(files, key=lambda file: (_BESIDE.match(file.name) is not None, len(file.parts), str(file))):
        inner = [part for part in file.parts[1:] if part != "licenses"]
        name = "/".join([distribution.name, *inner])
        path = Path(str(distribution.locate_file(file)))
        texts.append((name if name.endswith(".txt") else f"{name}.txt", path.read_text(encoding="utf-8")))
    return texts


def _python_licence() -> str:
    base = Path(sys.base_prefix)
    for place in (base / "LICENSE.txt", base / "LICENSE", *base.glob("lib/python3*/LICENSE.txt")):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise SystemExit(f"The licence of Python is not in {base}.")
