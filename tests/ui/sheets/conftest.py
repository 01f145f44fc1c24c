import pytest

from tests.ui.sheets.clerk import Clerk


@pytest.fixture
def clerk(qtbot, sit_down, published) -> Clerk:
    desk = sit_down(published)
    desk.at("R4", "CPP")
    return Clerk(qtbot, desk)
