"""How the program looks, as data: colours, spacing, sizes, the fonts, and one mark (colour and shape) per party.

A widget gets its part by the dynamic property ``role``: a ``QLabel`` may be ``section``, ``title``, ``note``,
``muted``, ``warning``, ``badge`` or ``chip``, a ``QFrame`` ``card``, a ``QTableView`` ``plain``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import fontpkg_noto_sans_khmer
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QRawFont,
)
from PySide6.QtWidgets import QApplication

from tally_app.election.election import Election
from tally_app.resources import resource
from tally_app.wording.marks import Shape, colour_of, shape_of

Language = Literal["en", "km"]
MarkStyle = Literal["won", "gained", "open", "lost", "ghost"]


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the program but the parties'. Texts reach 4.5 : 1 on *window* and on *base* (WCAG AA)."""

    window: str = "#f7f8fa"
    base: str = "#ffffff"
    raised: str = "#f1f3f6"
    hairline: str = "#d9dde3"
    border: str = "#b8c0cc"
    ink: str = "#14181f"
    muted: str = "#5a6472"
    accent: str = "#1a5fbf"
    selection: str = "#e1edfa"
    good: str = "#1b7a34"
    bad: str = "#b3261e"
    bad_fill: str = "#fdecea"
    warning: str = "#8a5a00"
    warning_fill: str = "#fff3d1"
    appointed: str = "#8a94a3"
    training: str = "#f2b632"
    past: str = "#33475b"
    """The strip across a window that shows a past moment."""
    second: str = "#6b3fa0"
    """Where a form is typed a second time."""
    second_fill: str = "#f3ecfb"


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances [device-independent px]."""

    hair: int = 2
    small: int = 4
    medium: int = 8
    card: int = 10
    large: int = 16
    row: int = 23
    radius: int = 6


@dataclass(frozen=True, slots=True)
class Sizes:
    """Font sizes [px]. Nothing is smaller than *small*."""

    small: int = 11
    note: int = 12
    base: int = 13
    entry: int = 17
    title: int = 20
    number: int = 30


COLOURS = Colours()
SPACING = Spacing()
SIZES = Sizes()
MINUS = "\u2212"

_WEIGHT = QFont.Tag("wght")
_FAMILY = fontpkg_noto_sans_khmer.FAMILY
# Families for the few signs that Noto Sans Khmer lacks (minus, arrows, ticks), then for Latin if it cannot be loaded.
_FALLBACKS = ("Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
_MIN_CONTRAST = 3.0
"""Contrast that a mark's edge needs on white (WCAG 2.1, 1.4.11)."""


def load_fonts() -> QFont:
    """Register the bundled font with Qt and return the program's base font, figures of equal width where it can.

    Needs a running ``QGuiApplication``. Without the bundled file the fallback families remain.
    """
    for path in sorted((fontpkg_noto_sans_khmer.ROOT / "files").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    font = QFont()
    font.setFamilies([_FAMILY, *_FALLBACKS])
    font.setPixelSize(SIZES.base)
    if b"tnum" in QRawFont.fromFont(font).fontTable("GSUB").data():
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def sized(font: QFont, pixels: int, bold: bool = False) -> QFont:
    """Return a copy of a font in another size and weight."""
    copy = QFont(font)
    copy.setPixelSize(pixels)
    copy.setWeight(QFont.Weight.Normal)
    # Qt finds one weight only in the bundled variable font and would smear a bold one out of it.
    copy.setVariableAxis(_WEIGHT, 650 if bold else 400)
    return copy


def application_palette() -> QPalette:
    """Return a light palette with every role set, so that nothing of a dark system palette shines through."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: COLOURS.window,
        roles.WindowText: COLOURS.ink,
        roles.Base: COLOURS.base,
        roles.AlternateBase: COLOURS.raised,
        roles.Text: COLOURS.ink,
        roles.Button: COLOURS.base,
        roles.ButtonText: COLOURS.ink,
        roles.BrightText: COLOURS.base,
        roles.ToolTipBase: COLOURS.ink,
        roles.ToolTipText: COLOURS.base,
        roles.PlaceholderText: COLOURS.muted,
        roles.Highlight: COLOURS.selection,
        roles.HighlightedText: COLOURS.ink,
        roles.Accent: COLOURS.accent,
        roles.Link: COLOURS.accent,
        roles.LinkVisited: COLOURS.accent,
        roles.Light: COLOURS.base,
        roles.Midlight: COLOURS.raised,
        roles.Mid: COLOURS.hairline,
        roles.Dark: COLOURS.border,
        roles.Shadow: COLOURS.border,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(COLOURS.muted))
    return palette


def stylesheet() -> str:
    """Return the whole program's style sheet: flat, hairlines, small titles in capitals."""
    arrow = resource("icons", "arrow-down.svg").as_posix()
    return _SHEET.format(c=COLOURS, s=SPACING, f=SIZES, arrow=arrow)


def apply_theme(app: QApplication) -> None:
    """Give the application its style, font, palette and style sheet."""
    app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setFont(load_fonts())
    app.setPalette(application_palette())
    app.setStyleSheet(stylesheet())


def party_colour(election: Election, index: int) -> QColor:
    """Return the party's colour from the pack, or one of eight that colour-blind readers tell apart."""
    return QColor(colour_of(election, index))


def tint(colour: QColor, share: float = 0.17) -> QColor:
    """Mix a colour into white: a ground on which ink stays readable."""
    parts = (round(255 - (255 - part) * share) for part in (colour.red(), colour.green(), colour.blue()))
    return QColor(*parts)


def contrast(first: QColor, second: QColor) -> float:
    """Contrast of two colours from 1 to 21, as WCAG 2.1 defines it."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def mark_icon(index: int, colour: QColor, size: int) -> QIcon:
    """Return a party's mark as an icon of *size* px, crisp on screens of up to three pixels a point."""
    icon = QIcon()
    for pixel_ratio in (1, 2, 3):
        pixmap = QPixmap(size * pixel_ratio, size * pixel_ratio)
        pixmap.setDevicePixelRatio(pixel_ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0.5, 0.5, size - 1, size - 1), index, colour, "won")
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def paint_mark(painter: QPainter, rect: QRectF, party_index: int | None, colour: QColor, style: MarkStyle) -> None:
    """Paint one seat as the party's shape; without a party a circle.

    ``won`` is filled; ``gained`` is filled inside an outline; ``open`` and ``lost`` are dashed outlines, an open seat
    in grey, a lost one in the party's colour; ``ghost`` is filled palely.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    mark = "circle" if party_index is None else shape_of(party_index)
    if style in ("open", "lost"):
        _paint_dashed(painter, rect, mark, QColor(COLOURS.muted) if style == "open" else _edge(colour))
    elif style == "gained":
        _paint_gained(painter, rect, mark, colour)
    else:
        painter.setBrush(tint(colour, 0.35) if style == "ghost" else colour)
        painter.setPen(QPen(_edge(colour), 1.0) if style == "ghost" or _edge(colour) != colour else Qt.PenStyle.NoPen)
        painter.drawPath(_mark_path(mark, rect.adjusted(0.5, 0.5, -0.5, -0.5)))
    painter.restore()


def _paint_dashed(painter: QPainter, rect: QRectF, mark: Shape, colour: QColor) -> None:
    width = max(1.0, min(1.4, rect.width() / 9))
    path = _mark_path(mark, rect.adjusted(width, width, -width, -width))
    length = path.length() / width
    period = length / max(3, round(length / 4))  # whole dashes, so that the outline closes evenly
    pen = QPen(colour, width)
    pen.setDashPattern([period * 0.6, period * 0.4])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_gained(painter: QPainter, rect: QRectF, mark: Shape, colour: QColor) -> None:
    stroke = min(2.0, max(1.2, rect.width() / 9))
    pen = QPen(QColor(COLOURS.ink), stroke)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(COLOURS.base))
    painter.drawPath(_mark_path(mark, rect.adjusted(-1, -1, 1, 1)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    inner = rect.width() * 0.16
    painter.drawPath(_mark_path(mark, rect.adjusted(inner, inner, -inner, -inner)))


def _edge(colour: QColor) -> QColor:
    """Return the colour, darkened until its edge is seen on white."""
    white = QColor(COLOURS.base)
    while contrast(colour, white) < _MIN_CONTRAST:
        colour = colour.darker(115)
    return colour


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mark_path(mark: Shape, rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    if mark == "circle":
        path.addEllipse(rect)
    elif mark == "square":
        inset = rect.width() * 0.04
        path.addRoundedRect(rect.adjusted(inset, inset, -inset, -inset), rect.width() / 7, rect.width() / 7)
    elif mark == "pill":
        inset = rect.width() * 0.22
        path.addRoundedRect(rect.adjusted(inset, 0, -inset, 0), rect.width() / 4, rect.width() / 4)
    else:
        path.addPolygon(_polygon(_CORNERS[mark], rect))
        path.closeSubpath()
    return path


def _polygon(corners: Sequence[tuple[float, float]], rect: QRectF) -> QPolygonF:
    half = rect.width() / 2
    centre = rect.center()
    return QPolygonF([QPointF(centre.x() + half * x, centre.y() + half * y) for x, y in corners])


def _star() -> tuple[tuple[float, float], ...]:
    radii = [1.12 if corner % 2 == 0 else 0.5 for corner in range(10)]
    angles = [math.pi * corner / 5 for corner in range(10)]
    return tuple((r * math.sin(a), 0.08 - r * math.cos(a)) for r, a in zip(radii, angles, strict=True))


_ARM = 0.38
_CORNERS: dict[Shape, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "triangle": ((0, -1), (1.08, 0.88), (-1.08, 0.88)),
    "wedge": ((0, 1), (1.08, -0.88), (-1.08, -0.88)),
    "hexagon": tuple((1.04 * math.cos(k * math.pi / 3), 1.04 * math.sin(k * math.pi / 3)) for k in range(6)),
    "cross": (
        *((-_ARM, -1.0), (_ARM, -1.0), (_ARM, -_ARM), (1.0, -_ARM), (1.0, _ARM), (_ARM, _ARM)),
        *((_ARM, 1.0), (-_ARM, 1.0), (-_ARM, _ARM), (-1.0, _ARM), (-1.0, -_ARM), (-_ARM, -_ARM)),
    ),
    "star": _star(),
}

_SHEET = """
QWidget {{ color: {c.ink}; }}
QMainWindow, QDialog {{ background: {c.window}; }}
QToolTip {{ background: {c.ink}; color: {c.base}; border: 0; padding: {s.small}px {s.medium}px;
    font-size: {f.note}px; }}

QLabel {{ background: transparent; }}
QLabel[role="section"] {{ color: {c.muted}; font-size: {f.small}px; font-weight: 700;
    text-transform: uppercase; letter-spacing: 0.6px; }}
QLabel[role="muted"] {{ color: {c.muted}; font-size: {f.note}px; }}
QLabel[role="note"] {{ font-size: {f.note}px; }}
QLabel[role="title"] {{ font-size: {f.title}px; font-weight: 700; }}
QLabel[role="warning"] {{ color: {c.warning}; font-size: {f.note}px; font-weight: 700; }}
QLabel[role="good"] {{ color: {c.good}; font-size: {f.note}px; }}
QLabel[role="bad"] {{ color: {c.bad}; font-size: {f.note}px; font-weight: 600; }}
QLabel[role="key"] {{ color: {c.muted}; background: {c.raised}; border: 1px solid {c.hairline};
    border-radius: 3px; padding: 0 {s.small}px; font-size: {f.small}px; }}
QFrame[role="banner"] {{ border: 0; border-bottom: 1px solid {c.hairline}; }}
QFrame[role="banner"][kind="problem"] {{ background: {c.bad_fill}; border-left: 4px solid {c.bad}; }}
QFrame[role="banner"][kind="news"] {{ background: {c.selection}; border-left: 4px solid {c.accent}; }}
QToolBar#past {{ background: {c.past}; padding: 0; border: 0; }}
QFrame[role="past"] {{ background: {c.past}; border: 0; }}
QFrame[role="past"] QLabel {{ color: {c.base}; }}
QLabel#moment {{ font-weight: 700; }}
VotesEditor {{ border: 2px solid {c.accent}; border-radius: 0; padding: 0 6px; color: {c.accent}; }}
QToolButton#source {{ border: 0; background: transparent; color: {c.muted}; padding: 0 {s.small}px;
    font-size: {f.small}px; }}
QToolButton#source::menu-indicator {{ image: none; }}
QTableView[role="entry"] QTableCornerButton::section {{ background: {c.raised}; border: 0;
    border-right: 1px solid {c.hairline}; border-bottom: 1px solid {c.hairline}; }}
QToolButton[role="fold"] {{ border: 0; background: transparent; color: {c.muted}; padding: 1px 0;
    font-size: {f.note}px; }}
QToolButton[role="fold"]:checked {{ background: transparent; }}
QToolButton[role="fold"]:hover, QToolButton[role="fold"]:focus {{ color: {c.accent}; }}
QToolButton[role="order"] {{ border: 1px solid transparent; background: transparent; color: {c.muted};
    padding: 1px 6px; font-size: {f.small}px; border-radius: 4px; }}
QToolButton[role="order"]:hover, QToolButton[role="order"]:focus {{ color: {c.accent}; }}
QToolButton[role="order"]:checked {{ background: {c.selection}; border-color: {c.accent}; color: {c.ink}; }}
QDockWidget {{ font-size: {f.small}px; color: {c.muted}; titlebar-close-icon: none; }}
QDockWidget::title {{ background: {c.window}; padding: 4px {s.medium}px; text-align: left; }}
QLabel[role="badge"] {{ color: {c.warning}; background: {c.warning_fill}; border: 1px solid {c.warning};
    border-radius: 9px; padding: 1px {s.medium}px; font-size: {f.note}px; font-weight: 700; }}
QLabel[role="chip"] {{ color: {c.muted}; background: {c.base}; border: 1px solid {c.hairline};
    border-radius: 9px; padding: 1px {s.medium}px; font-size: {f.note}px; }}
QLabel[role="second"] {{ color: {c.base}; background: {c.second}; border: 1px solid {c.second};
    border-radius: 9px; padding: 1px {s.medium}px; font-size: {f.note}px; font-weight: 700; }}
EntryGrid[role="second"] {{ background: {c.second_fill}; border: 3px solid {c.second}; border-radius: {s.radius}px; }}
QFrame[role="card"] {{ background: {c.base}; border: 1px solid {c.hairline}; border-radius: {s.radius}px; }}

QMenuBar, QMenu, QStatusBar, QToolBar {{ background: {c.window}; border: 0; }}
QMenuBar::item {{ padding: {s.small}px {s.medium}px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {c.selection}; color: {c.ink}; }}
QMenu {{ background: {c.base}; border: 1px solid {c.border}; padding: {s.small}px; }}
QMenu::item {{ padding: {s.small}px 24px; border-radius: 4px; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.hairline}; margin: {s.small}px; }}
QToolBar {{ spacing: {s.medium}px; padding: {s.hair}px {s.medium}px; border-bottom: 1px solid {c.hairline}; }}
QToolBar QToolButton {{ padding: 3px 10px; }}
QFileDialog QToolButton {{ padding: 3px; }}
QStatusBar {{ border-top: 1px solid {c.hairline}; font-size: {f.note}px; }}
QStatusBar::item {{ border: 0; }}

QPushButton, QToolButton {{ background: {c.base}; border: 1px solid {c.hairline}; border-radius: {s.radius}px;
    padding: 5px 12px; }}
QPushButton:hover, QToolButton:hover {{ background: {c.raised}; border-color: {c.border}; }}
QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c.selection}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {c.accent}; }}
QPushButton:default {{ background: {c.accent}; border-color: {c.accent}; color: {c.base}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; background: {c.raised}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {c.base}; border: 1px solid {c.border};
    border-radius: 4px; padding: 3px 6px; selection-background-color: {c.accent}; selection-color: {c.base}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border-color: {c.accent}; }}

QComboBox:disabled {{ color: {c.muted}; background: {c.raised}; border-color: {c.hairline}; }}
QComboBox::drop-down {{ border: 0; width: 20px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 9px; height: 6px; }}
QComboBox QAbstractItemView {{ border: 1px solid {c.border}; outline: 0; selection-background-color: {c.selection};
    selection-color: {c.ink}; }}
QTableView, QListView, QTreeView {{ background: {c.base}; border: 1px solid {c.hairline}; gridline-color: {c.hairline};
    selection-background-color: {c.selection}; selection-color: {c.ink}; outline: 0; }}
QTableView[role="plain"] {{ border: 1px solid {c.base}; }}
QTableView[role="plain"]:focus {{ border-color: {c.accent}; }}
QTableView[role="plain"] QHeaderView::section {{ font-size: {f.small}px; padding: 2px 3px; }}
QTableView[role="plain"] QHeaderView::section:vertical {{ padding-left: 1px; }}
QHeaderView {{ background: {c.base}; border: 0; }}
QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: 0; border-bottom: 1px solid {c.hairline};
    padding: 2px {s.small}px; font-weight: 400; }}
QTableCornerButton::section {{ background: {c.base}; border: 0; border-bottom: 1px solid {c.hairline}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QSplitter::handle {{ background: {c.hairline}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {c.border}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
