"""What this build of the program is made of, as the packaging wrote it down beside the program's data."""

from pathlib import Path

import msgspec

from tally_app import __version__


class Part(msgspec.Struct, frozen=True):
    """A component: its licence as an SPDX expression, and the files with the texts that go with it."""

    name: str
    version: str
    licence: str
    purpose: str
    texts: tuple[str, ...]


class Build(msgspec.Struct, frozen=True):
    """One build: the source that it was made of, that source's day, and every component, the program first."""

    version: str
    source: str = ""
    date: str = ""
    components: tuple[Part, ...] = ()


def read_build(folder: Path) -> Build:
    """Read what *folder* has about this build. A program that runs from its source knows its version only."""
    try:
        return msgspec.json.decode((folder / "components.json").read_bytes(), type=Build)
    except (OSError, msgspec.DecodeError):
        return Build(__version__)
