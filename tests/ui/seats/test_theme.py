import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontDatabase, QFontMetricsF, QImage, QPainter, QPalette, QRawFont

from tally_app.ui import theme
from tally_app.wording.marks import shape_of

SIZE = 24


def painted(index: int | None, style: theme.MarkStyle) -> bytes:
    image = QImage(SIZE, SIZE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    theme.paint_mark(painter, QRectF(2, 2, SIZE - 4, SIZE - 4), index, QColor("#0072B2"), style)
    painter.end()
    return bytes(image.constBits())


def ink(picture: bytes) -> int:
    return sum(255 - byte for byte in picture)


def test_the_bundled_font_has_khmer_and_figures_of_one_width():
    font = theme.load_fonts()
    assert theme._FAMILY in QFontDatabase.families()
    raw = QRawFont.fromFont(font)
    assert raw.supportsCharacter(ord("ក"))
    assert raw.supportsCharacter(ord("A"))
    widths = {QFontMetricsF(font).horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1
    assert font.pixelSize() == theme.SIZES.base


def test_bold_is_heavier():
    font = theme.load_fonts()
    plain, bold = theme.sized(font, 13), theme.sized(font, 13, bold=True)
    assert QFontMetricsF(bold).horizontalAdvance("CPP") > QFontMetricsF(plain).horizontalAdvance("CPP")


@pytest.mark.parametrize("name", ["ink", "muted", "accent", "good", "bad", "warning"])
@pytest.mark.parametrize("ground", ["base", "window", "raised", "selection"])
def test_texts_have_contrast(name, ground):
    ratio = theme.contrast(QColor(getattr(theme.COLOURS, name)), QColor(getattr(theme.COLOURS, ground)))
    assert ratio >= 4.5


def test_ink_is_readable_on_every_partys_tint(senate, house):
    for election in (senate, house(16, 1)):
        for index in range(len(election.parties)):
            ground = theme.tint(theme.party_colour(election, index))
            assert theme.contrast(QColor(theme.COLOURS.ink), ground) >= 7


def test_a_dark_system_palette_does_not_shine_through():
    palette = theme.application_palette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        text = palette.color(group, QPalette.ColorRole.Text)
        assert theme.contrast(text, palette.color(group, QPalette.ColorRole.Base)) >= 4.5


def test_a_packs_colour_wins_over_the_cycle(senate, house):
    assert theme.party_colour(senate, 2) == QColor("#8A7A00")
    assert theme.party_colour(house(2, 1), 1) == QColor("#D55E00")


def test_marks_differ_without_colour():
    pictures = [painted(index, "won") for index in range(9)]
    for first, second in itertools.combinations(pictures, 2):
        assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) > 255 * 10


def test_no_two_of_seventy_two_parties_share_shape_and_colour(house):
    election = house(72, 1)
    looks = {(shape_of(i), theme.party_colour(election, i).name()) for i in range(72)}
    assert len(looks) == 72


@pytest.mark.parametrize("index", [None, *range(9)])
def test_styles_differ(index):
    won, gained, lost, is_open, ghost = (painted(index, style) for style in ("won", "gained", "lost", "open", "ghost"))
    assert ink(lost) < ink(won) / 2
    assert ink(is_open) < ink(won) / 2
    assert len({won, gained, lost, ghost}) == 4


def test_the_style_sheet_is_whole():
    sheet = theme.stylesheet()
    assert sheet.count("{") == sheet.count("}")
    assert "None" not in sheet
