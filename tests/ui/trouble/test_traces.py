"""Whatever an exception holds: nothing of it is told but its class and where the program was."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tally_app.storage.errors import FileLocked, Holder, StorageFailed
from tally_app.ui.trouble.report import report_text
from tally_app.ui.trouble.traces import FaultElsewhere, describe

WHEN = datetime(2026, 11, 25, 21, 14, 7, tzinfo=UTC)
FIGURES = st.integers(100_000, 10**12).map(str)
NAMES = st.text("កខគឃងចឆជŜŝŽžЖ", min_size=4, max_size=12)
SECRETS = st.one_of(FIGURES, NAMES, st.builds("{} {}".format, NAMES, FIGURES))

Make = Callable[[str], BaseException]


def undecodable(secret: str) -> BaseException:
    return UnicodeDecodeError("utf-8", secret.encode(), 0, 1, secret)


def with_note(secret: str) -> BaseException:
    error = ValueError(secret)
    error.add_note(secret)
    return error


def named_after(secret: str) -> BaseException:
    kind: type[Exception] = type(secret, (ArithmeticError,), {"__module__": secret})
    return kind(secret)


def with_attributes(secret: str) -> BaseException:
    error = sqlite3.OperationalError(secret)
    error.sqlite_errorname = secret
    return error


MAKERS: list[Make] = [
    ValueError,
    KeyError,
    lambda secret: OSError(28, secret, f"/home/{secret}/count.tally"),
    lambda secret: OSError(int(secret) if secret.isdigit() else 0, secret),
    lambda secret: ImportError(secret, name=secret, path=secret),
    lambda secret: StorageFailed(Path(secret), secret),
    lambda secret: FileLocked(Path(secret), Holder(secret, secret, 1)),
    undecodable,
    with_note,
    named_after,
    with_attributes,
]


def raised(error: BaseException, secret: str, cause: BaseException | None) -> BaseException:
    """The error, raised from code that has the secret in its variables, its name and its file's name."""
    name = "f" + "".join(letter for letter in secret if letter.isalnum())
    names: dict[str, object] = {"error": error, "cause": cause, "cell": secret, "__name__": secret}
    exec(compile(f"def {name}(cell):\n    raise error from cause", f"/home/{secret}/x.py", "exec"), names)
    try:
        names[name](secret)  # type: ignore[operator]
    except BaseException as caught:
        return caught
    raise AssertionError


@st.composite
def errors(draw, depth: int = 3) -> tuple[BaseException, list[str]]:
    secret = draw(SECRETS)
    secrets, cause = [secret], None
    error = draw(st.sampled_from(MAKERS))(secret)
    if depth and draw(st.booleans()):
        inner, more = draw(errors(depth - 1))
        secrets += more
        if draw(st.booleans()):
            error = BaseExceptionGroup(secret, [inner, error])
        elif draw(st.booleans()):
            cause = inner
        else:
            error.__context__ = inner
    return raised(error, secret, cause), secrets


@given(errors())
def test_no_value_is_told_wherever_it_hides(made):
    error, secrets = made
    report = report_text(WHEN, {}, describe(error))
    head = report_text(WHEN, {}, ())
    told = report.removeprefix(head)
    assert [secret for secret in secrets for part in secret.split() if part in told] == []


def find(votes: dict[str, int]) -> int:
    return votes["Sok Chan"]


def failing(operator: str) -> None:
    try:
        find({"Takeo": 4817203})
    except KeyError as error:
        raise OSError(28, operator) from error


def caught(run: Callable[[], object]) -> BaseException:
    try:
        run()
    except Exception as error:
        return error
    raise AssertionError


def test_where_the_program_was_is_told_with_what_it_came_from():
    trace = describe(caught(lambda: failing("Dara")))
    here = __name__.replace(".", "/")
    first = failing.__code__.co_firstlineno
    assert trace[0] == "OSError (ENOSPC)"
    assert f"  {here}.py:{first + 4} in failing" in trace
    assert trace[trace.index("caused by:") + 1] == "KeyError"
    assert trace[-1] == f"  {here}.py:{find.__code__.co_firstlineno + 1} in find"


def test_a_class_of_ours_is_named_and_a_code_of_sqlite():
    assert describe(StorageFailed(Path("x"), "y")) == ("tally_app.storage.errors.StorageFailed",)
    locked = caught(lambda: sqlite3.connect("file:/nowhere/at/all?mode=rw", uri=True))
    assert describe(locked)[0] == "sqlite3.OperationalError (SQLITE_CANTOPEN)"


def test_what_repeats_is_said_once():
    def deeper() -> None:
        deeper()

    trace = describe(caught(deeper))
    assert trace[0] == "RecursionError"
    assert len(trace) < 10
    assert " × " in trace[-1]


def test_a_chain_that_bites_its_tail_ends():
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert [line for line in describe(first) if "Error" in line] == ["ValueError", "KeyError"]


def test_a_fault_of_another_process_is_told_as_it_told_itself():
    there = describe(caught(lambda: failing("Dara")))
    assert describe(FaultElsewhere(there))[1:] == tuple(f"  {line}" for line in there)
