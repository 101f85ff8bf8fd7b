"""The pictures of the easy-read version of the submission: one thing each, in few lines."""

from __future__ import annotations

from PIL import Image

from tests.pictures.canvas import BLUE, INK, ORANGE, PALE, PAPER, Sheet

_LINE = 12


def letter() -> Image.Image:
    sheet = _sheet()
    sheet.box(230, 40, 340, 320, PAPER, radius=10, line=INK, width=_LINE)
    for row, length in enumerate((240, 200, 240, 160)):
        sheet.box(280, 90 + row * 46, length, 16, BLUE, radius=8)
    sheet.box(130, 270, 540, 290, PALE, radius=16, line=INK, width=_LINE)
    sheet.line([(140, 285), (400, 450), (660, 285)], INK, _LINE)
    return sheet.done()


def people() -> Image.Image:
    sheet = _sheet()
    for place in range(7):
        x = 70 + place * 110
        if place == 2:
            sheet.disc(x, 450, 52, None, line=INK, width=_LINE)
            _head_and_body(sheet, x, 250, ORANGE, 0.6, 150)
            sheet.line([(x + 10, 400), (x + 62, 410), (x + 66, 490)], ORANGE, 26)
        else:
            _head_and_body(sheet, x, 200, BLUE if place % 2 else ORANGE, 0.6, 300)
        if place == 5:
            sheet.line([(x + 32, 330), (x + 62, 500)], INK, _LINE)
    return sheet.done()


def decision() -> Image.Image:
    sheet = _sheet()
    _head_and_body(sheet, 160, 240, BLUE, 1, 320)
    sheet.disc(300, 250, 14, INK)
    sheet.disc(340, 210, 20, INK)
    sheet.box(390, 40, 380, 300, PAPER, radius=70, line=INK, width=_LINE)
    for x, colour in ((480, PALE), (670, ORANGE)):
        sheet.polygon([(x - 75, 180), (x, 100), (x + 75, 180)], colour)
        sheet.box(x - 55, 175, 110, 90, colour)
    _tick(sheet, 670, 240)
    return sheet.done()


def law() -> Image.Image:
    sheet = _sheet()
    for left in (60, 310):
        sheet.box(left, 150, 250, 340, PAPER, radius=10, line=INK, width=_LINE)
        for row in range(5):
            sheet.box(left + 45, 200 + row * 54, 160, 16, BLUE, radius=8)
    _tick(sheet, 670, 340, 1.6)
    return sheet.done()


def guardian() -> Image.Image:
    sheet = _sheet()
    _head_and_body(sheet, 160, 210, BLUE, 1.3, 360)
    _bubble(sheet, 270, 40, 200, 140)
    for row in range(3):
        sheet.box(305, 68 + row * 34, 130, 14, BLUE, radius=7)
    _head_and_body(sheet, 480, 360, ORANGE, 0.8, 210)
    _bubble(sheet, 560, 190, 200, 140)
    sheet.line([(545, 175), (775, 345)], INK, 20)
    sheet.line([(775, 175), (545, 345)], INK, 20)
    return sheet.done()


def court() -> Image.Image:
    sheet = _sheet()
    sheet.polygon([(90, 210), (330, 60), (570, 210)], BLUE)
    sheet.box(100, 220, 460, 36, INK)
    for x in (120, 230, 380, 490):
        sheet.box(x, 266, 50, 204, BLUE)
    sheet.box(295, 330, 70, 140, INK)
    for step in range(3):
        sheet.box(90 - step * 24, 474 + step * 32, 480 + step * 24, 26, INK)
    sheet.polygon([(575, 474), (780, 564), (575, 564)], ORANGE)
    return sheet.done()


def locked() -> Image.Image:
    sheet = _sheet()
    sheet.box(220, 30, 360, 540, BLUE, radius=12, line=INK, width=_LINE)
    sheet.box(310, 90, 180, 150, PAPER, radius=8, line=INK, width=_LINE)
    sheet.disc(400, 185, 50, ORANGE)
    sheet.disc(382, 178, 7, INK)
    sheet.disc(418, 178, 7, INK)
    for x in (355, 400, 445):
        sheet.line([(x, 95), (x, 235)], INK, 8)
    sheet.disc(400, 370, 44, None, line=PALE, width=18)
    sheet.box(335, 370, 130, 110, PALE, radius=12, line=INK, width=_LINE)
    sheet.disc(400, 415, 14, INK)
    return sheet.done()


def to_do() -> Image.Image:
    sheet = _sheet()
    sheet.box(150, 30, 500, 540, PAPER, radius=14, line=INK, width=_LINE)
    for row in range(6):
        y = 75 + row * 80
        sheet.box(200, y, 46, 46, PAPER, line=INK, width=8)
        sheet.box(285, y + 14, 300 if row % 2 else 260, 18, BLUE, radius=9)
    return sheet.done()


def question() -> Image.Image:
    sheet = _sheet()
    _head_and_body(sheet, 220, 270, BLUE, 1.2, 300)
    _bubble(sheet, 370, 60, 320, 250)
    sheet.text(530, 270, "?", 230, ORANGE, weight=800, anchor="ms")
    return sheet.done()


PICTURES = {
    "letter": letter,
    "people": people,
    "decision": decision,
    "law": law,
    "guardian": guardian,
    "court": court,
    "locked": locked,
    "list": to_do,
    "question": question,
}
"""By the names of their files."""


def _sheet() -> Sheet:
    return Sheet(800, 600)


def _head_and_body(sheet: Sheet, x: float, y: float, colour: str, size: float, height: float) -> None:
    """Draw a person whose head is at a point."""
    sheet.disc(x, y, 62 * size, colour)
    sheet.box(x - 66 * size, y + 74 * size, 132 * size, height - 74 * size, colour, radius=50 * size)


def _bubble(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Draw a speech bubble whose tip is at its lower left."""
    sheet.polygon([(x + 24, y + height - 30), (x - 30, y + height + 50), (x + 90, y + height - 8)], INK)
    sheet.box(x, y, width, height, PAPER, radius=40, line=INK, width=_LINE)


def _tick(sheet: Sheet, x: float, y: float, size: float = 1) -> None:
    points = [(x - 50 * size, y), (x - 15 * size, y + 40 * size), (x + 60 * size, y - 60 * size)]
    sheet.line(points, INK, 22 * size)
