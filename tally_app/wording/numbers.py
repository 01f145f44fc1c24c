"""Numbers as they are read: grouped by threes, with a real minus sign."""


def grouped(value: int) -> str:
    """``1191`` → ``1,191``."""
    return f"{value:,}".replace("-", "−")


def signed(value: int) -> str:
    """``22`` → ``+22``, ``-4`` → ``−4``, ``0`` → ``0``."""
    return f"+{value:,}" if value > 0 else grouped(value)


def counted(number: int, one: str, many: str) -> str:
    """``counted(1, "seat", "seats")`` → ``1 seat``."""
    return f"{grouped(number)} {one if number == 1 else many}"


def listed(words: list[str], last: str = "and") -> str:
    """``["CPP", "KWP", "FUN"]`` → ``CPP, KWP and FUN``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
