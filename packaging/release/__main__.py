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
    """Build it all anew, and look at it before it takes the place of what was there."""
    date = source_date()
    made = empty_folder(empty_folder(work) / "dist")
    folder = application.build(work, date)
    deb.build(folder, work, made, date)
    portable.build(folder, work, made, date)
    shutil.copyfile(folder / "_internal" / FOLDER / BILL, made / bill_file())
    folder.rename(made / NAME)
    write_package_sums(made)
    if check.main(made):
        return 1
    shutil.rmtree(target, ignore_errors=True)
    made.rename(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
