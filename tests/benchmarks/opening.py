"""Opening a file without a window, in a process of its own: ``python -m tests.benchmarks.opening RESULT FILE``."""

import json
import sys
import time
from pathlib import Path

from tests.benchmarks.clock import peak_memory, since_the_start


def main(result: Path, path: Path) -> None:
    from tally_app.document.document import Document
    from tally_app.storage.tally_file import TallyFile
    from tests.benchmarks.files import now

    begun = time.perf_counter()
    file = TallyFile.open(path, operator="benchmark")
    checked = time.perf_counter()
    document = Document(file, now, "benchmark", "benchmark")
    ready = time.perf_counter()
    found = {"file": checked - begun, "document": ready - checked, "usable": since_the_start(), "memory": peak_memory()}
    document.close()
    result.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
