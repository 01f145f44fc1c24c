"""Whether what a command writes is about a training file: asked in one place, for every command."""

from argparse import Namespace
from pathlib import Path

from tally_app.storage.errors import StorageError
from tally_app.storage.training import is_training


def training_of(arguments: Namespace) -> bool | None:
    """Tell whether the tally that a command was about is for training; None: it was about none, or none of ours."""
    path = getattr(arguments, "file", None)
    if not isinstance(path, Path):
        return None
    try:
        return is_training(path)
    except StorageError:  # whatever is wrong with the file, the command itself has said it
        return None
