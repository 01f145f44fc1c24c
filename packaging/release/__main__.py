"""``python -m release``: everything that people on this system receive, into dist/."""

import sys
from pathlib import Path

from release import application, deb
from release.files import empty_folder
from release.project import ROOT, source_date


def main(work: Path = ROOT / "build" / "package", target: Path = ROOT / "dist") -> int:
    """Build it all anew."""
    date = source_date()
    empty_folder(work)
    empty_folder(target)
    folder = application.build(work, date)
    print(deb.build(folder, work, target, date))
    return 0


if __name__ == "__main__":
    sys.exit(main())
