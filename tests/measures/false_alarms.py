"""The figures in docs/checks.md, measured: ``python -m tests.measures.false_alarms``, some minutes.

False alarms of each check on real elections, by country; how many exchanged columns W501 finds; how often W502 would
be a matter of chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from tests.measures.asking import Answer, answers, closeness
from tests.measures.chance import chances
from tests.measures.rows import units_of_one_region
from tests.measures.swaps import Power, power

Totals = Mapping[str, tuple[int, int]]
"""By check: how often it was asked, and how often it fired."""


def totals(asked: Iterable[Answer]) -> Totals:
    """Add the answers of all countries up."""
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for answer in asked:
        before = found[answer.code]
        found[answer.code] = (before[0] + answer.asked, before[1] + answer.alarms)
    return dict(found)


def whole_power() -> Power:
    """W501 over all groups of units."""
    return sum(map(power, units_of_one_region()), start=Power())


def _table(asked: list[Answer]) -> None:
    """Alarms of figures asked: a row for each country, a column for each check."""
    checks = sorted({answer.code for answer in asked})
    print("| |", " | ".join(checks), "|")
    print("|---|" + "---|" * len(checks))
    for country in sorted({answer.country for answer in asked}):
        _row(country, checks, totals(answer for answer in asked if answer.country == country))
    _row("all", checks, totals(asked))
    shares = (f"{100 * fired / number:.1f} %" for _, (number, fired) in sorted(totals(asked).items()))
    print("| |", " | ".join(shares), "|")


def _row(name: str, checks: list[str], found: Totals) -> None:
    cells = (f"{found[code][1]} of {found[code][0]:,}" if code in found else "" for code in checks)
    print(f"| {name} |", " | ".join(cells), "|")


def _main() -> None:
    _table(list(chain(answers(), closeness())))
    found = whole_power()
    print(f"\nW501 finds {found.found} of {found.tried} exchanges ({100 * found.found / found.tried:.0f} %),", end=" ")
    print(f"where the figures differ fourfold {found.fourfold_found} of {found.fourfold_tried}", end=" ")
    print(f"({100 * found.fourfold_found / found.fourfold_tried:.0f} %).\n")
    print("| shares of | stations | ballots each | twins, no floor % | W502 % | rows above the floor % |")
    print("|---|---|---|---|---|---|")
    for each in chances():
        least, most = each.voters
        print(
            f"| {each.election} | {each.stations:,} | {least}–{most} | {each.without_floor:.1f} |"
            f" {each.with_floor:.1f} | {each.telling:.0f} |"
        )


if __name__ == "__main__":
    _main()
