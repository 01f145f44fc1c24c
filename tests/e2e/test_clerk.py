"""A night of work with nothing but the keyboard, on the real program in a real window."""

import pytest

from tally_app.storage.tally_file import TallyFile
from tests.e2e.senate import PUBLISHED, figures
from tests.e2e.watching import results, tally_app

pytestmark = pytest.mark.window

KWP_OF_REGION_5 = [4, 1]  # row and column in the published tally


def seats(value) -> tuple[int, ...]:
    return tuple(value["seats"].values())


def go_to_kwp_of_region_5(screen) -> None:
    screen.key(*["Next"] * 5, "Return")


class TestAWholeCount:
    def test_all_forms_typed_with_enter_and_page_down_give_the_published_seats(self, open_program, blank, screen):
        program = open_program(blank)
        for region in PUBLISHED:
            screen.key("Next")
            program.enter(*figures(region))
        program.wait_for("saved", lambda entry: entry["saved"] == 1 + 25 * 7)
        found = results(blank)
        regions = {region["key"]: region for region in found["regions"]}
        assert {key: tuple(region["votes"].values()) for key, region in regions.items()} == {
            key: votes for key, (votes, _, _) in PUBLISHED.items()
        }
        assert {key: seats(region) for key, region in regions.items()} == {
            key: won for key, (_, won, _) in PUBLISHED.items()
        }
        assert seats(found["chamber"]) == (55, 3, 0, 0)
        assert found["chamber"]["complete"] == 25
        assert tally_app("check", blank).returncode == 0

    def test_page_up_comes_back_to_what_page_down_left(self, open_program, blank, screen):
        program = open_program(blank)
        screen.key("Next", "Next", "Next", "Prior", *"12", "Next", *"34", "Return")
        program.wait_for("saved", lambda entry: entry["cells"] == [[3, 0, 34]])
        assert [entry["cells"] for entry in program.told("saved")] == [[[1, 0, 12]], [[3, 0, 34]]]


class TestADraft:
    def test_nothing_is_stored_before_enter_nor_after_escape(self, open_program, published, screen):
        program = open_program(published)
        go_to_kwp_of_region_5(screen)
        screen.key(*"170")
        drafted = program.wait_for("draft", lambda line: line["draft"] == [*KWP_OF_REGION_5, 170])
        assert drafted["seats"] == [54, 4, 0, 0]
        assert kwp_of_region_5(published) == (148, 0, 2)
        screen.key("Escape")
        taken_back = program.wait_for("draft", lambda line: line["draft"] is None)
        assert taken_back["seats"] == [55, 3, 0, 0]
        assert kwp_of_region_5(published) == (148, 0, 2)
        assert program.told("saved") == []

    def test_a_draft_dies_with_the_program_and_nothing_else_does(self, open_program, published, screen):
        program = open_program(published)
        go_to_kwp_of_region_5(screen)
        program.enter(170)
        program.wait_for("saved")
        screen.key(*"99")
        program.wait_for("draft", lambda line: line["draft"] == [4, 2, 99])
        program.kill()
        screen.start_program([str(published)])
        screen.window(published.name)
        assert kwp_of_region_5(published) == (170, 1, 3)
        assert results(published)["regions"][4]["sums"]["FUN"] == 0
        assert tally_app("verify", published).returncode == 0

    def test_closing_the_window_enters_what_is_being_typed(self, open_program, published, screen):
        program = open_program(published)
        go_to_kwp_of_region_5(screen)
        screen.key(*"170")
        program.wait_for("draft", lambda line: line["draft"] == [*KWP_OF_REGION_5, 170])
        screen.key("ctrl+q")
        assert program.wait() == 0
        assert kwp_of_region_5(published) == (170, 1, 3)
        assert list(published.parent.glob(f"{published.name}*")) == [published]


class TestKeys:
    def test_control_z_takes_an_entry_back(self, open_program, published, screen):
        program = open_program(published)
        go_to_kwp_of_region_5(screen)
        program.enter(170)
        program.wait_for("saved")
        screen.key("ctrl+z")
        program.wait_for("saved", lambda entry: entry["cells"] == [[*KWP_OF_REGION_5, 148]])
        assert kwp_of_region_5(published) == (148, 0, 4)

    def test_f8_jumps_to_the_cell_that_cannot_be_right(self, open_program, blank, screen):
        figures = ["registered=50", "cast=38", "CPP=30", "KWP=9", "FUN=0", "NPP=0", "invalid=0"]
        assert tally_app("enter", blank, "--region", "R5", "--unit", "23", *figures).returncode == 0
        program = open_program(blank)
        screen.key("F8")
        program.enter(39)
        entry = program.wait_for("saved")
        with TallyFile.open(blank, read_only=True) as file:
            kep = file.election.row("R5", "23")
            cast = file.election.column_index["cast"]
        assert entry["cells"] == [[kep, cast, 39]]


class TestOtherFiles:
    def test_what_somebody_else_writes_is_only_read_and_that_is_said(self, open_program, published, screen):
        with TallyFile.open(published, operator="Vanna"):
            program = open_program(published)
            assert program.told("opened")[0]["status"] == "Read-only"
            assert "open for writing by Vanna" in program.wait_for("banner")["banner"]
            go_to_kwp_of_region_5(screen)
            program.enter(170)
            screen.key("ctrl+q")
            assert program.wait() == 0
        assert program.told("saved") == []
        assert kwp_of_region_5(published) == (148, 0, 2)

    def test_a_file_of_something_else_is_named_on_the_start_screen_and_left_alone(self, open_program, screen, tmp_path):
        letter = tmp_path / "letter.tally"
        letter.write_bytes(b"Dear Sir,\n" * 300)
        program = open_program(letter)
        assert "This is not an election-tally file." in program.wait_for("banner")["banner"]
        assert program.told("opened") == []
        screen.key("ctrl+q")
        assert program.wait() == 0
        assert letter.read_bytes() == b"Dear Sir,\n" * 300
        assert sorted(path.name for path in tmp_path.glob("letter*")) == ["letter.tally"]


def kwp_of_region_5(path) -> tuple[int, int, int]:
    """Votes and seats of KWP in Region 5, and how many events the file has."""
    found = results(path)
    region = found["regions"][4]
    return region["votes"]["KWP"], region["seats"]["KWP"], found["journal"]["events"]
