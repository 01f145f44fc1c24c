"""The files that are measured: the Senate of 2024 and the made-up large count, each a copy that may be written to."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tally_app.document.document import Document
from tally_app.document.opening import SAMPLE_PACK, create_tally, open_document
from tally_app.storage.events import Stamp
from tests.benchmarks import synthetic


@contextmanager
def prepared(large: synthetic.Size) -> Iterator[dict[str, Path]]:
    """Both files by what the tables call them, in a folder that goes away."""
    with tempfile.TemporaryDirectory(dir=synthetic.folder()) as name:
        senate, made_up = Path(name) / "senate.tally", Path(name) / "large.tally"
        create_tally(senate, SAMPLE_PACK, training=False, stamp=Stamp(now(), "benchmark", "benchmark"))
        shutil.copyfile(synthetic.cached_file(large), made_up)
        yield {"8 units": senate, f"{large.units:,} units": made_up}


def opened(path: Path) -> Document:
    return open_document(path, operator="benchmark", clock=now, origin="benchmark")


def now() -> datetime:
    return datetime.now(UTC)
