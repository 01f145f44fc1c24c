from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tally_app.document.document import Document
from tally_app.document.opening import create_tally, open_document
from tally_app.storage.events import Stamp

NIGHT = datetime(2024, 2, 25, 22, 14, 3, tzinfo=UTC)
Opener = Callable[[str], Document]


@pytest.fixture
def open_pack(tmp_path: Path) -> Iterator[Callable[[str], Document]]:
    """Opens a file made from a bundled pack; the same file again at a second call."""
    opened: list[Document] = []

    def opener(pack: str) -> Document:
        for document in opened:
            document.close()
        opened.clear()
        path = tmp_path / f"{pack}.tally"
        if not path.exists():
            create_tally(path, pack, training=False, stamp=Stamp(NIGHT, "S. Chan", "test"))
        document = open_document(path, operator="S. Chan", clock=lambda: NIGHT, origin="test")
        opened.append(document)
        return document

    yield opener
    for document in opened:
        document.close()
