"""The durable file. ``TallyFile`` is the way in; every error is a ``StorageError``."""

from tally_app.storage.errors import StorageError
from tally_app.storage.journal import Journal, Problem, Verification
from tally_app.storage.tally_file import TallyFile, verify_file

__all__ = ["Journal", "Problem", "StorageError", "TallyFile", "Verification", "verify_file"]
