import pytest

from tally_app.ui.local_printing import print_locally


@pytest.mark.parametrize("before", [{}, {"CUPS_SERVER": "print.example.org"}])
def test_cups_is_asked_on_this_computer_whatever_somebody_set(before):
    environment = dict(before)
    print_locally(environment, "linux")
    assert environment == {"CUPS_SERVER": "/run/cups/cups.sock"}


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_have_no_such_setting(platform):
    environment: dict[str, str] = {}
    print_locally(environment, platform)
    assert environment == {}
