"""Print what the program and its tests require, one line each, without Qt: for `make test-core`."""

import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in project["dependencies"] + project["optional-dependencies"]["dev"]:
    if not requirement.lower().startswith(("pyside6", "pytest-qt")):
        print(requirement)
