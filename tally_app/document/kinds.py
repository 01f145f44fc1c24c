"""Every kind of record, and the class that its records are read into."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from tally_app.document.explanations import EXPLANATION, Explanation
from tally_app.document.known_rows import KNOWN_ROWS, KnownRows
from tally_app.document.lots import KIND as LOT
from tally_app.document.lots import Lot
from tally_app.document.publication import STATUS, Publication
from tally_app.document.second_entry import SECOND, SETTLEMENT, SecondEntry, Settlement
from tally_app.document.signing import SIGN_OFF, SignOff
from tally_app.document.sources import SOURCE, AddedSource

KINDS: Mapping[str, type[Struct]] = MappingProxyType(
    {
        LOT: Lot,
        SECOND: SecondEntry,
        SETTLEMENT: Settlement,
        EXPLANATION: Explanation,
        SIGN_OFF: SignOff,
        STATUS: Publication,
        SOURCE: AddedSource,
        KNOWN_ROWS: KnownRows,
    }
)
