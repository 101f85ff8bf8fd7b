"""The picture of the handbook: one manuscript, one tree, four editions."""

from __future__ import annotations

from PIL import Image

from tests.pictures.canvas import BLUE, GREY, INK, ORANGE, Sheet

EDITIONS = (
    ("PDF", "for the screen\nand for print"),
    ("EPUB", "for phones and\nreading devices"),
    ("Word", "for those who edit\nor annotate"),
    ("Audio", "for listening,\nchapter by chapter"),
)


def editions() -> Image.Image:
    sheet = Sheet(1800, 1060)
    _manuscript(sheet, 80, 300)
    _arrow(sheet, 478, 530, 610, 530, "read")
    _tree(sheet, 640, 300)
    for place, (name, use) in enumerate(EDITIONS):
        y = 70 + place * 240
        _arrow(sheet, 1060, 530, 1210, y + 95, "")
        sheet.box(1220, y, 540, 190, "#f4f6f9", radius=18, line=BLUE, width=4)
        sheet.box(1220, y, 22, 190, BLUE, radius=8)
        sheet.text(1266, y + 116, name, 58, weight=700)
        sheet.text(1452, y + 84, use, 36, GREY)
    return sheet.done()


def _manuscript(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x, y, 390, 460, "#ffffff", radius=14, line=INK, width=5)
    sheet.text(x + 36, y + 82, "# Findings", 44, ORANGE, weight=600, face="mono")
    for row, length in enumerate((310, 280, 318, 210)):
        sheet.box(x + 36, y + 122 + row * 34, length, 12, "#c3cad5", radius=6)
    sheet.text(x + 36, y + 314, "![…](a.png)", 42, BLUE, weight=600, face="mono")
    sheet.text(x + 36, y + 362, '{alt="…"}', 42, BLUE, weight=600, face="mono")
    sheet.box(x + 36, y + 396, 260, 12, "#c3cad5", radius=6)
    sheet.text(x + 195, y - 34, "One manuscript", 48, weight=650, anchor="ms")


def _tree(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x, y, 400, 460, "#fbf3ec", radius=18, line=ORANGE, width=5)
    sheet.text(x + 200, y - 34, "One tree", 48, weight=650, anchor="ms")
    nodes = [(0, "title"), (0, "heading"), (1, "text"), (1, "picture"), (2, "alt text"), (1, "table"), (0, "notes")]
    for row, (depth, name) in enumerate(nodes):
        y1 = y + 66 + row * 56
        x1 = x + 50 + depth * 62
        if depth:
            up = next(r for r in range(row - 1, -1, -1) if nodes[r][0] == depth - 1)
            sheet.line([(x1 - 50, y + 66 + up * 56 + 12), (x1 - 50, y1), (x1 - 14, y1)], "#a06a3d", 4)
        sheet.disc(x1, y1, 11, ORANGE)
        sheet.text(x1 + 28, y1 + 13, name, 44, weight=500)


def _arrow(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, label: str) -> None:
    middle = (x0 + x1) / 2
    points = []
    for step in range(41):
        t = step / 40
        smooth = t * t * (3 - 2 * t)
        points.append((x0 + (x1 - x0 - 20) * t, y0 + (y1 - y0) * smooth))
    sheet.line(points, INK, 6)
    sheet.polygon([(x1, y1), (x1 - 30, y1 - 17), (x1 - 30, y1 + 17)], INK)
    if label:
        sheet.text(middle - 8, y0 - 24, label, 40, GREY, anchor="ms")
