from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tally_app.ui.trouble import crashes
from tally_app.ui.trouble.crashes import Seat
from tally_app.ui.trouble.log import state_folder
from tally_app.ui.trouble.trouble import Trouble


@pytest.fixture
def seat(monkeypatch) -> Iterator[Seat]:
    """The number of a window; the interpreter's own crash file stays the tests'."""
    monkeypatch.setattr(crashes, "faulthandler", SimpleNamespace(enable=lambda _: None, disable=lambda: None))
    seat = Seat(state_folder())
    yield seat
    seat.leave()


@pytest.fixture
def desk(sit_down, blank):
    return sit_down(blank)


@pytest.fixture
def trouble(desk, seat):
    """What watches over the program, over the window of *desk*. What it is told does not fail the test."""
    trouble = Trouble(seat)
    with trouble.watching():
        trouble.attend(desk.session)
        desk.session.shown.emit(desk.bench)
        yield trouble
