"""Timings as values. Beside the clock on the wall stands the processor's: on a busy machine only that one is ours."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

MILLISECOND = 1_000_000


@dataclass(slots=True)
class Timings:
    """How long one thing took, time after time [ns]."""

    wall: list[int] = field(default_factory=list)
    processor: list[int] = field(default_factory=list)

    @contextmanager
    def once(self) -> Iterator[None]:
        processor = time.thread_time_ns()
        wall = time.perf_counter_ns()
        yield
        self.wall.append(time.perf_counter_ns() - wall)
        self.processor.append(time.thread_time_ns() - processor)

    def __len__(self) -> int:
        return len(self.wall)


def quantile(values: list[int], part: float) -> int:
    """The smallest value that *part* of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def over_runs(runs: list[Timings]) -> list[str]:
    """p50 and p99 as the median of several runs: wall, processor; and the number of timings."""
    wall = [median(quantile(run.wall, part) for run in runs) for part in (0.5, 0.99)]
    processor = [median(quantile(run.processor, part) for run in runs) for part in (0.5, 0.99)]
    return [*map(milliseconds, wall), *map(milliseconds, processor), f"{len(runs)} × {len(runs[0]):,}"]


HEADINGS = ["wall p50", "wall p99", "processor p50", "processor p99", "timed"]


def milliseconds(nanoseconds: float) -> str:
    value = nanoseconds / MILLISECOND
    return f"{value:,.3f} ms" if value < 1 else f"{value:,.2f} ms" if value < 100 else f"{value:,.0f} ms"


def seconds(values: list[float]) -> list[str]:
    """Median and range of a few runs."""
    return [f"{median(values):.2f} s", f"{min(values):.2f}–{max(values):.2f} s", str(len(values))]


def noise(times: int = 2_000) -> list[str]:
    """The same arithmetic, about a tenth of a millisecond of it, over and over: what the machine adds by itself."""
    timings = Timings()
    for _ in range(times):
        with timings.once():
            sum(number * number for number in range(1_500))
    return over_runs([timings])


def load() -> str:
    """How many programs wanted a processor in the last minute, and how many processors there are."""
    return f"{os.getloadavg()[0]:.1f} of {os.cpu_count()}" if hasattr(os, "getloadavg") else "unknown"
