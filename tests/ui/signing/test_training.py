"""Training told apart from live in the window, and practice figures that turn up in a count."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tally_app.ui.signing.chips import SignedCount
from tally_app.ui.signing.frame import WIDTH, TrainingFrame
from tests.ui.conftest import focus
from tests.ui.signing.keys import Key, come_back


class TestTraining:
    def test_frame_badge_title_and_status_bar(self, sit_down, make):
        desk = sit_down()
        frame = desk.window.findChild(TrainingFrame)
        for name, training in (("practice", True), ("live", False), ("again", True)):
            assert desk.session.open(make("cambodia-senate-2024", name, training=training))
            QApplication.processEvents()
            assert frame.isVisible() is training
            assert frame.size() == desk.window.size()
            assert desk.window.contentsMargins().left() == (WIDTH if training else 0)
            results = desk.window.status.findChild(QLabel, "results").text()
            assert results.startswith("TRAINING") is training
        desk.session.close()
        assert not frame.isVisible()

    def test_the_count_of_signed_regions_is_there_from_the_start(self, signed, published):
        signed.session.close()
        assert signed.session.open(published)
        assert signed.bench.regions.header.findChild(SignedCount).text() == "1 of 8 signed off"


class TestWatching:
    def test_it_is_offered_once_and_a_practice_form_in_the_count_is_a_warning(self, sit_down, make):
        practice = make("cambodia-senate-2024", "practice", training=True)
        live = make("cambodia-senate-2024", "count")
        desk = sit_down(practice)
        desk.at("R5", "CPP")
        desk.enter(1234)
        assert desk.session.open(live)
        assert "practice.tally is practice for this election" in desk.banner
        desk.session.close()
        assert desk.session.open(live)
        assert desk.banner == ""
        assert desk.document.head.seq == 2
        desk.session._signing.watch(live, practice)
        assert "Watching for the figures of 1 form of practice.tally" in desk.banner
        desk.at("R5", "CPP")
        desk.enter(1234)
        desk.bench.late.finish()
        found = [finding for finding in desk.document.live.findings() if finding.code == "W502"]
        assert [finding.facts["with"] for finding in found] == ["training"]

    def test_the_offer_goes_with_its_file(self, sit_down, make):
        practice = make("cambodia-senate-2024", "practice", training=True)
        desk = sit_down(practice)
        desk.at("R5", "CPP")
        desk.enter(1234)
        assert desk.session.open(make("cambodia-senate-2024", "count"))
        assert desk.banner
        desk.session.close()
        assert desk.banner == ""

    def test_the_offer_is_taken_by_its_mnemonic(self, sit_down, make, qtbot):
        practice = make("cambodia-senate-2024", "practice", training=True)
        desk = sit_down(practice)
        desk.at("R5", "CPP")
        desk.enter(1234)
        assert desk.session.open(make("cambodia-senate-2024", "count"))
        come_back(desk)
        QTest.keyClick(focus(), Key.Key_W, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: "Watching for the figures of 1 form of practice.tally" in desk.banner)
        assert desk.document.records.value("rows", "practice.tally") is not None
        assert not desk.bench.gestures.stack.canUndo()

    def test_not_offered_without_figures_nor_to_practice(self, sit_down, make):
        practice = make("cambodia-senate-2024", "practice", training=True)
        desk = sit_down(practice)
        for name, training in (("count", False), ("more", True)):
            assert desk.session.open(make("cambodia-senate-2024", name, training=training))
            assert desk.banner == ""

    def test_a_file_that_cannot_be_watched_for_is_named(self, sit_down, make):
        live = make("cambodia-senate-2024", "count")
        desk = sit_down(live)
        desk.session._signing.watch(live, make("cambodia-senate-2024", "other"))
        assert desk.banner.startswith("other.tally: That is no training file")
        assert desk.document.head.seq == 2
