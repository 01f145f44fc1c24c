"""In which order findings are listed; knows nothing of Qt."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from tally_app.ui.findings.ledger import Rank


class Order(StrEnum):
    """What comes first."""

    SEVERITY = "severity"
    """The worst, then the chamber, then region by region."""
    PLACE = "place"
    """The chamber, then region by region and unit by unit; in each the worst."""
    CODE = "code"
    """Error by error, warning by warning, note by note; of one code the chamber."""


Key = Callable[[Rank], tuple[object, ...]]


def _by_severity(rank: Rank) -> tuple[object, ...]:
    return rank


def _by_place(rank: Rank) -> tuple[object, ...]:
    return (rank.region, rank.row, *rank)


def _by_code(rank: Rank) -> tuple[object, ...]:
    return (rank.severity, rank.code, *rank)


KEYS: Mapping[Order, Key] = {Order.SEVERITY: _by_severity, Order.PLACE: _by_place, Order.CODE: _by_code}
"""What ranks are compared by. No two findings have the same."""
