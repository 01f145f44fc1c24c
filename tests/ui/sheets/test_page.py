"""What Qt draws of a sheet against what its typesetter draws: every kind, pixel by pixel."""

from zlib import compress

import numpy as np
import pytest
from PySide6.QtGui import QImage

from tally_app.sheets import typeset
from tally_app.sheets.frame import Printing
from tally_app.sheets.kinds import MAKERS, sheets_for
from tally_app.sheets.request import OF_THE_CHAMBER, NoSuchSheet, Request
from tally_app.ui.sheets.page import Page, readable
from tests.ui.fake_journal import NIGHT, bundled_document


def grey(image: QImage) -> np.ndarray:
    made = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.bytesPerLine())
    return np.asarray(pixels[:, : made.width()], dtype=np.int64)


def blurred(pixels: np.ndarray, size: int = 6) -> np.ndarray:
    height, width = (length - length % size for length in pixels.shape)
    return np.asarray(pixels[:height, :width].reshape(height // size, size, width // size, size).mean(axis=(1, 3)))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", MAKERS)
def test_the_page_is_the_typesetters_own(kind):
    document = bundled_document()  # a training file: with the watermark that one can see through
    request = Request(
        kind, Printing("S. Chan", NIGHT), None if kind in OF_THE_CHAMBER else "R4", languages=("km", "en")
    )
    try:
        sheet = sheets_for(document, request)
    except NoSuchSheet:
        pytest.skip("there is none in this election")
    inputs = typeset._inputs((sheet,))
    made = typeset._compiler().compile(sys_inputs=inputs, format="png", ppi=96)
    pictures = made if isinstance(made, list) else [made]
    pages = typeset.drawn(sheet)
    assert len(pages) == len(pictures)
    for svg, png in zip(pages, pictures, strict=True):
        assert png is not None
        own = grey(QImage.fromData(png))
        ours = grey(Page(compress(svg)).pixmap(own.shape[1], 1.0).toImage())
        height = min(len(own), len(ours))
        difference = abs(blurred(own[:height]) - blurred(ours[:height]))
        assert difference.mean() < 2
        assert difference.max() < 80


def test_opacity_is_written_as_qt_knows_it():
    assert readable(b'<path fill="#14181f1a"/>') == b'<path fill="#14181f" fill-opacity="0.1020"/>'
    assert readable(b'<path stroke="#14181f"/>') == b'<path stroke="#14181f"/>'
