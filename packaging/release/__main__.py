"""``python -m release``: everything that people on Linux receive, into dist/."""

import shutil
import sys
from pathlib import Path

from release import application, check, deb, portable
from release.files import empty_folder
from release.papers import BILL, FOLDER
from release.project import NAME, ROOT, bill_file, source_date
from release.sums import write_package_sums


def main(work: Path = ROOT / "build" / "package", target: Path = ROOT / "dist") -> int:
    """Build it all anew, and look at it before anybody gets it."""
    date = source_date()
    empty_folder(work)
    empty_folder(target)
    folder = application.build(work, date)
    deb.build(folder, work, target, date)
    portable.build(folder, work, target, date)
    shutil.copyfile(folder / "_internal" / FOLDER / BILL, target / bill_file())
    folder.rename(target / NAME)
    write_package_sums(target)
    return check.main(target)


if __name__ == "__main__":
    sys.exit(main())
