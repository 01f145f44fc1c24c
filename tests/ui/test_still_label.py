"""Labels that change at every key press."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tally_app.ui.still_label import StillLabel


class Layouts(QObject):
    """Counts how often a widget is asked to lay out its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def shown(qtbot, label: QLabel) -> QWidget:
    house = QWidget()
    layout = QVBoxLayout(house)
    layout.addWidget(label)
    qtbot.addWidget(house)
    house.resize(300, 60)
    with qtbot.waitExposed(house):
        house.show()
    return house


def layouts_after_another_text(qtbot, qapp, label: QLabel) -> int:
    house, layouts = shown(qtbot, label), Layouts()
    qapp.processEvents()
    house.installEventFilter(layouts)
    label.setText("Seats in Region 4 · as typed")
    qapp.processEvents()
    return layouts.count


def test_another_text_has_nothing_laid_out_anew(qtbot, qapp):
    assert layouts_after_another_text(qtbot, qapp, StillLabel()) == 0
    assert layouts_after_another_text(qtbot, qapp, QLabel()) > 0  # the reason for it; without one it can go


def test_it_is_painted_and_said_like_a_label(qtbot):
    still, plain = StillLabel(), QLabel()
    _houses = [shown(qtbot, label) for label in (still, plain)]
    for label in (still, plain):
        label.setText("Findings · 3 errors")
    assert still.text() == still.accessibleName() == "Findings · 3 errors"
    assert still.grab().toImage() == plain.grab().toImage()


def test_muted_ink_comes_and_goes(qtbot):
    label = StillLabel()
    _house = shown(qtbot, label)
    label.setText("✓ Everything saved")
    before = label.grab().toImage()
    label.mute(True)
    assert label.grab().toImage() != before
    label.mute(False)
    assert label.grab().toImage() == before


def test_its_widest_text_has_room(qtbot):
    label = StillLabel(widest="✓ Everything saved")
    _house = shown(qtbot, label)
    assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance("✓ Everything saved")
