"""Tables as a workbook (Office Open XML) that spreadsheets open; nothing in it is ever taken for a formula."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

LONGEST_NAME = 31
"""Characters that a sheet's name may have (ECMA-376, part 1, 18.2.19, as spreadsheets keep to it)."""
_NO_NAME = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))
_WIDEST = 60
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class SheetTable(NamedTuple):
    """One sheet of a workbook: a heading row and the rows below it. None is an empty cell."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]
    fixed: int = 0
    """Columns from the left that stay where they are when a reader scrolls."""


def workbook(tables: Sequence[SheetTable], *, title: str, written: datetime) -> bytes:
    """Return the bytes of an ``.xlsx`` file, the same for the same tables and the same time *written*."""
    import pandas as pd  # at the first workbook: it takes longer to load than the window to open

    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": _PLAIN}) as writer:
        book = writer.book
        book.set_properties({"title": title, "created": written.replace(tzinfo=None)})
        number = book.add_format({"num_format": "#,##0"})
        share = book.add_format({"num_format": "0.00"})
        for table in tables:
            name = sheet_name(table.name)
            frame = pd.DataFrame(list(table.rows), columns=list(table.columns), dtype=object)
            frame.to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            sheet.freeze_panes(1, table.fixed)
            for position, heading in enumerate(table.columns):
                values = [row[position] for row in table.rows]
                form = share if any(isinstance(value, float) for value in values) else number
                sheet.set_column(position, position, _width(heading, values), form)
    return buffer.getvalue()


def sheet_name(name: str) -> str:
    """Return a name that a sheet may have: no longer than 31 characters, and without those that are forbidden."""
    return name.translate(_NO_NAME)[:LONGEST_NAME]


def _width(heading: str, values: Sequence[object]) -> int:
    widest = max((len(f"{value:,}" if isinstance(value, int) else str(value)) for value in values), default=0)
    return min(max(len(heading), widest) + 2, _WIDEST)
