"""Which units of a region can have a finding at all, found for all of them at once.

The checks of ``entry.py`` decide; this only spares asking them about the many units that are clean, so a file of
hundreds of thousands of units opens in a moment. The property test compares both on random books.
"""

import numpy as np
from numpy.typing import NDArray

from tally_app.election.election import Election

_Mask = NDArray[np.bool_]


def suspect_rows(election: Election, region: int, block: NDArray[np.int64]) -> list[int]:
    """Rows (over all regions) of the units of *region* that ``check_form`` may object to.

    *block*: the region's units × columns, −1 = not entered.
    """
    columns = election.column_index
    entered = block >= 0
    figures = np.where(entered, block, 0)
    parties = list(election.party_columns)

    required = [index for index, column in enumerate(election.columns) if column.required]
    incomplete = ~entered[:, required].all(axis=1)
    total = figures[:, parties].sum(axis=1)
    suspect: _Mask = incomplete | (total == 0)
    valid_entered: _Mask = np.zeros(len(block), dtype=np.bool_)
    if (valid := columns.get("valid")) is not None:
        valid_entered = entered[:, valid]
        suspect |= valid_entered & (total != figures[:, valid])
    if (cast := columns.get("cast")) is not None:
        rest = [columns[key] for key in ("blank", "invalid") if key in columns]
        whole = (valid_entered | entered[:, parties].all(axis=1)) & entered[:, rest].all(axis=1)
        ballots = total + figures[:, rest].sum(axis=1)
        suspect |= entered[:, cast] & ((ballots > figures[:, cast]) | (whole & (ballots != figures[:, cast])))
        suspect |= entered[:, cast] & (figures[:, cast] == 0)
        if (registered := columns.get("registered")) is not None:
            suspect |= entered[:, cast] & entered[:, registered] & (figures[:, cast] > figures[:, registered])
    absent = [column for column, stands in zip(parties, election.standing[region], strict=True) if not stands]
    suspect |= (figures[:, absent] > 0).any(axis=1)
    start = election.rows(region).start
    return [start + int(row) for row in np.flatnonzero(suspect & _begun(election, entered))]


def _begun(election: Election, entered: _Mask) -> _Mask:
    registered = election.column_index.get("registered")
    others = [column for column in range(entered.shape[1]) if column != registered]
    return np.asarray(entered[:, others].any(axis=1))
