"""What a process of its own knows of itself; it imports nothing that the program would not."""

import os
import time
from pathlib import Path

CLOCK = "BENCHMARK_STARTED"


def since_the_start(now: int | None = None) -> float:
    """Seconds until *now*, a value of ``time.monotonic_ns``."""
    return ((time.monotonic_ns() if now is None else now) - int(os.environ[CLOCK])) / 1e9


def peak_memory() -> int:
    """Most memory this process ever held [bytes]. Not ``ru_maxrss`` on Linux: that starts with the parent's."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
