"""A reason why a pack cannot be used."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One reason why a pack cannot be used."""

    path: str
    """JSON path, for example ``$.regions[3].seats``; empty where the text is not JSON."""
    message: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message
