"""Findings in a tooltip: what does not fit, what to do, and who accepted it."""

from collections.abc import Iterable, Sequence
from html import escape

from tally_app.checks.finding import Finding, Severity
from tally_app.document.explanations import Given
from tally_app.ui.findings.ledger import stands_out
from tally_app.wording.explanations import given_text
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

MOST = 8
"""So many findings a tooltip lists."""

_WORST = {severity: position for position, severity in enumerate(Severity)}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: errors, warnings, notes that stand out, the others; of one kind as they came."""
    return sorted(findings, key=_how_bad)


def finding_tooltip(names: Names, finding: Finding, given: Given | None = None, repair: str = "") -> str:
    """Return everything there is to read about one finding. *repair*: what is probably behind it."""
    head = f"<b>{finding.code} · {escape(names.place(finding.place))}</b>"
    lines = [sentence(names, finding), advice(finding), given_text(given) if given else "", repair]
    return _page([head, *map(escape, filter(None, lines))])


def cell_tooltip(names: Names, findings: Sequence[Finding], repairs: Iterable[str] = ()) -> str:
    """Return what is to be read about a cell: its findings with what to do, and what it probably should be."""
    worst = worst_first(findings)[:MOST]
    lines = [f"{_line(names, finding)} <i>{escape(advice(finding))}</i>" for finding in worst]
    lines += [*_more(len(findings)), *map(escape, repairs)]
    return _page(lines) if lines else ""


def list_tooltip(names: Names, head: Iterable[str], findings: Sequence[Finding], repairs: Iterable[str] = ()) -> str:
    """Return what is to be read about a region: its lines, its findings, worst first, and what is probably wrong."""
    worst = [_line(names, finding) for finding in worst_first(findings)[:MOST]]
    return _page([*map(escape, head), *worst, *_more(len(findings)), *map(escape, repairs)])


def _line(names: Names, finding: Finding) -> str:
    return f"<b>{finding.code}</b> {escape(sentence(names, finding))}"


def _more(count: int) -> list[str]:
    return [f"… and {grouped(count - MOST)} more"] if count > MOST else []


def _page(lines: Iterable[str]) -> str:
    return "<qt>" + "<br>".join(lines) + "</qt>"


def _how_bad(finding: Finding) -> tuple[int, bool]:
    return _WORST[finding.severity], not stands_out(finding)
