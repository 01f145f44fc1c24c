"""A sheet is asked for: how long until its PDF is there; and the same table by reportlab, as a plain PDF."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from time import perf_counter
from typing import Any

import fontpkg_noto_sans_khmer
from msgspec.structs import replace

from tally_app.count.figures import Cell
from tally_app.document.opening import create_tally
from tally_app.election.model import Entry, Pack
from tally_app.election.pack import encode_pack
from tally_app.sheets.batch import RESULTS, everything
from tally_app.sheets.content import Sheet, Table
from tally_app.sheets.frame import Printing
from tally_app.sheets.printing import Press
from tally_app.sheets.recount import recount
from tally_app.sheets.recount_check import refuse_differences
from tally_app.sheets.request import Request
from tally_app.sheets.typeset import typeset
from tally_app.storage.events import Stamp
from tests.benchmarks.files import now, opened
from tests.benchmarks.measuring import HEADINGS, Timings, noise, over_runs, seconds
from tests.benchmarks.report import Table as Report
from tests.packs import make_pack

_UNITS, _PARTIES = 1_000, 9
_REGIONS = tuple(f"R{number}" for number in range(1, 9))
_AT = now()
_NOTE = (
    "*File read → PDFs*: the file is opened, sheets are made of it, every figure is counted a second time, and "
    "Typst makes a tagged PDF/A-2a and PDF/UA-1 with all that stands on a sheet. Before each one, not timed, a "
    "figure of every unit becomes another one, so that nothing that was laid out before can be used again. The "
    "*parts* are timed on a sheet that stays as it is; Typst remembers what it laid out. reportlab lays out "
    "the same cells of the same tables with the same font as a plain PDF: no tags, no shaping of Khmer, no "
    "header, no second count. For a command in a new process the second column is the range."
)


def measure(files: dict[str, Path], runs: int, times: int) -> Report:
    """*runs*: new processes; *times*: sheets in one process."""
    table = Report("A sheet is asked for → its PDF is there", ["", *HEADINGS])
    fewer = max(3, times // 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        senate = folder / "senate.tally"
        copyfile(next(iter(files.values())), senate)
        large = _large(folder)
        rows: list[tuple[str, Path, tuple[str, ...], int]] = [
            ("a region of the Senate, Khmer and English", senate, ("R4",), times),
            ("its eight regions", senate, _REGIONS, times),
            (f"a region of {_UNITS:,} units × {_PARTIES} lists", large, ("R1",), fewer),
        ]
        for what, path, regions, number in rows:
            timings = _timed(number, partial(_print, path, regions), partial(_change_everything, path))
            table.rows.append([f"{what}: file read → PDFs", *over_runs([timings])])
        joined = _timed(times, partial(_bind, senate), partial(_change_everything, senate))
        table.rows.append(["the eight regions and the chamber as one PDF: file read → PDF", *over_runs([joined])])
        for what, path, region, number in (("Senate", senate, "R4", times), (f"{_UNITS:,} units", large, "R1", fewer)):
            table.rows += _parts(what, path, region, number)
        for what, path, regions, _ in rows:
            taken = [_new_process(folder, path, regions) for _ in range(runs)]
            middle, span, count = seconds(taken)
            table.rows.append([f"{what}: command in a new process", middle, span, "", "", f"{count} × 1"])
    table.rows.append(["noise: arithmetic that is always the same", *noise()])
    table.notes.append(_NOTE)
    return table


def _print(path: Path, regions: Sequence[str]) -> list[bytes]:
    with Press(path, clock=now, origin="benchmark") as press:
        return [press.pdf(_request(region)) for region in regions]


def _bind(path: Path) -> bytes:
    with Press(path, clock=now, origin="benchmark") as press:
        planned = everything(press.document.election, RESULTS, _request("R1"))
        return press.booklet([(request, press.sheet(request)) for _, request in planned])


def _parts(name: str, path: Path, region: str, times: int) -> list[list[str]]:
    """Time the parts of a sheet, and the same tables by another program."""
    with Press(path, clock=now, origin="benchmark") as press:
        document = press.document
        sheet = press.sheet(_request(region))
        rows = [
            ("content", lambda: press.sheet(_request(region))),
            (
                "the second count alone, read and compared",
                lambda: refuse_differences(sheet, recount(path, document.head, document.definition_sha256), region),
            ),
            ("typesetting alone", lambda: typeset(sheet, _AT)),
        ]
        timed = [[f"{name}, part: {what}", *over_runs([_timed(times, do)])] for what, do in rows]
    try:
        platypus = import_module("reportlab.platypus")
    except ImportError:
        return [*timed, [f"{name}: reportlab is not installed", *[""] * 5]]
    return [
        *timed,
        [f"{name}: tables by reportlab", *over_runs([_timed(times, lambda: _by_reportlab(platypus, sheet))])],
    ]


def _by_reportlab(platypus: Any, sheet: Sheet) -> bytes:
    sizes, fonts, metrics = (
        import_module(f"reportlab.{name}") for name in ("lib.pagesizes", "pdfbase.ttfonts", "pdfbase.pdfmetrics")
    )
    file = next((fontpkg_noto_sans_khmer.ROOT / "files").rglob("*Khmer*.ttf"))
    metrics.registerFont(fonts.TTFont("Khmer", str(file)))
    story = []
    for block in sheet.blocks:
        if isinstance(block, Table):
            lines = [["\n".join(column.heading) for column in block.columns]]
            lines += [
                ["\n".join((cell,) if isinstance(cell, str) else cell.words) for cell in row.cells]
                for row in block.rows
            ]
            style = [("FONT", (0, 0), (-1, -1), "Khmer", block.size), ("LINEBELOW", (0, 0), (-1, -1), 0.4, "#9aa3b2")]
            story.append(platypus.LongTable(lines, repeatRows=1, style=style))
    out = BytesIO()
    size = sizes.landscape(sizes.A4) if sheet.landscape else sizes.A4
    platypus.SimpleDocTemplate(out, pagesize=size).build(story)
    return out.getvalue()


def _timed(times: int, do: Callable[[], object], before: Callable[[int], None] | None = None) -> Timings:
    """Time something that was done once before: fonts and template are there. *before* is not timed."""
    do()
    timings = Timings()
    for number in range(times):
        if before is not None:
            before(number)
        with timings.once():
            do()
    return timings


def _change_everything(path: Path, number: int) -> None:
    """Let every unit's first list have other votes than ever before."""
    document = opened(path)
    column = document.election.party_columns[0]
    cells = {Cell(row, column): 700 + 13 * number + row for row in range(document.election.unit_count)}
    document.commit(document.edit_cells("paste", cells))
    document.close()


def _new_process(folder: Path, path: Path, regions: Sequence[str]) -> float:
    """Time the command: Python starts, everything is loaded, the sheets are written and synced [s]."""
    which = ["--region", regions[0], "-o", str(folder / "one.pdf")]
    if len(regions) > 1:
        which = ["--all", "--kind", "region", "-o", str(folder / "all")]
    words = ["sheet", str(path), "--lang", "km,en", "--overwrite", "--operator", "benchmark", *which]
    begin = perf_counter()
    subprocess.run([sys.executable, "-m", "tally_app", *words], check=True, capture_output=True)
    return perf_counter() - begin


def _request(region: str) -> Request:
    return Request("region", Printing("benchmark", _AT), region, languages=("km", "en"))


def _large(folder: Path) -> Path:
    pack: Pack = make_pack([f"P{number}" for number in range(1, _PARTIES + 1)], (_UNITS,), seats=30)
    region = pack.regions[0]
    entries = []
    for row, unit in enumerate(region.units):
        votes = {party.key: (row * 37 + party.ballot * 911) % 1_700 for party in pack.parties}
        total = sum(votes.values())
        entries.append(Entry(region.key, unit.key, {**votes, "invalid": 9, "cast": total + 9, "registered": 2 * total}))
    source, path = folder / "large.json", folder / "large.tally"
    source.write_bytes(encode_pack(replace(pack, entries=entries), readable=False))
    create_tally(path, source, training=False, stamp=Stamp(_AT, "benchmark", "benchmark"))
    return path
