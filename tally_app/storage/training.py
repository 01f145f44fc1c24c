"""Is a file practice? Asked by itself, without reading the count."""

from contextlib import closing
from pathlib import Path

import msgspec

from tally_app.storage.connection import check_kind, connect_reader, translated
from tally_app.storage.errors import DamagedFile
from tally_app.storage.events import Created


def is_training(path: Path) -> bool:
    """Read a file's first event only: it says so for the life of the file. Nothing else of it is checked.

    Raises: StorageError: the file, or that event, cannot be read.
    """
    with closing(connect_reader(path)) as connection:
        check_kind(connection, path)
        with translated(path):
            row = connection.execute("SELECT CAST(payload AS BLOB) FROM journal WHERE seq = 1").fetchone()
    try:
        return msgspec.json.decode(row[0], type=Created).training
    except (TypeError, msgspec.DecodeError) as error:
        raise DamagedFile(path, "its first event cannot be read") from error
