"""The papers that travel inside the bundle: what it is made of, under which licences, and the licences' texts.

They lie with the program's other data, where its About finds them (tally_app/ui/dialogs/about.py).
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from release.components import Component, components
from release.files import empty_folder, walk, write
from release.project import commit, day, source_date, version

FOLDER = "tally_app/_resources/licences"
BILL = "bill-of-materials.cdx.json"


def papers(collected: Iterable[tuple[str, str]], work: Path) -> list[tuple[str, str, str]]:
    """Write the papers about *collected* files below *work*; return them as PyInstaller lists what it collects."""
    from release.sbom import bill  # the one module that needs CycloneDX, which only the build's environment has

    parts = components(collected)
    folder = empty_folder(work / "licences")
    for component in _with_inside(parts):
        for path, text in component.texts:
            write(folder / path, text)
    for component in parts:
        if text := _crates(component):
            write(folder / _crates_path(component), text)
    write(folder / "components.json", json.dumps(_about(parts), indent=1, ensure_ascii=False) + "\n")
    write(folder / BILL, bill(parts, source_date()))
    return [(f"{FOLDER}/{file.relative_to(folder).as_posix()}", str(file), "DATA") for file in walk(folder)]


def all_in_one(folder: Path) -> str:
    """Write what the papers in *folder* say as one text to read: the components, then every licence."""
    about = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    lines = [f"Election Tally {about['version']} is made of:", ""]
    for part in about["components"]:
        lines.append(f"  {part['name']} {part['version']}".rstrip() + f": {part['licence']}")
        lines += [f"      {path}" for path in part["texts"]]
    for path in sorted({path for part in about["components"] for path in part["texts"]}):
        lines += ["", "", "=" * 100, path, "=" * 100, "", (folder / path).read_text(encoding="utf-8").rstrip()]
    return "\n".join(lines) + "\n"


def _about(parts: Sequence[Component]) -> dict[str, object]:
    return {
        "version": version(),
        "source": commit(),
        "date": day(source_date()),
        "components": [
            {
                "name": part.name,
                "version": part.version,
                "licence": part.licence,
                "purpose": part.purpose,
                "texts": _paths(part),
            }
            for part in _with_inside(parts)
        ],
    }


def _with_inside(parts: Sequence[Component]) -> list[Component]:
    return [component for part in parts for component in (part, *part.inside)]


def _paths(part: Component) -> list[str]:
    paths = [path for path, _ in part.texts]
    return [*paths, _crates_path(part)] if _crates(part) else paths


def _crates_path(part: Component) -> str:
    return f"{part.key}/what-it-contains.txt"


def _crates(part: Component) -> str:
    """Say what a component that is compiled of many others says of these: name, licence, authors."""
    inside = json.loads(part.sbom or "{}").get("components", [])
    lines = []
    for other in sorted(inside, key=lambda other: str(other["name"]).lower()):
        licences = [
            licence.get("expression") or licence["license"].get("id", "") for licence in other.get("licenses", [])
        ]
        authors = f"\n    {other['author']}" if other.get("author") else ""
        lines.append(f"{other['name']} {other.get('version', '')}: {', '.join(licences)}{authors}")
    return "\n".join(lines) + "\n" if lines else ""
