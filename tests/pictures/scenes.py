"""Covers, a landscape and an ornament: soft layers of colour with the grain of print over them."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

from tests.pictures.canvas import Sheet, grain

Colour = tuple[int, int, int]


def gradient(width: int, height: int, stops: list[tuple[float, Colour]]) -> Image.Image:
    """Fill a sheet from top to bottom; a stop is a share of the height, 0-1, and its colour."""
    column = Image.new("RGB", (1, height))
    for y in range(height):
        share = y / (height - 1)
        (a, low), (b, high) = next(pair for pair in pairwise(stops) if share <= pair[1][0])
        mix = (share - a) / (b - a)
        column.putpixel((0, y), tuple(round(p + (q - p) * mix) for p, q in zip(low, high, strict=True)))
    return column.resize((width, height))


def ridge(width: int, base: float, height: float, seed: int, rough: float) -> list[float]:
    """Give the height of a mountain line for each pixel: a sum of waves, each half as long and as high as the last."""
    chance = random.Random(seed)
    line = [base] * width
    length, high = width * 0.9, height
    for _ in range(9):
        phase = chance.random() * 6.283
        bend = [chance.uniform(-1, 1) for _ in range(int(width / length) + 3)]
        for x in range(width):
            place = x / length + phase / 6.283
            low = int(place)
            t = place - low
            t = t * t * (3 - 2 * t)
            line[x] -= high * (bend[low % len(bend)] * (1 - t) + bend[(low + 1) % len(bend)] * t)
        length, high = length / 2, high * rough
    return line


def _layer(image: Image.Image, line: list[float], top: Colour, foot: Colour, depth: float) -> None:
    """Lay a mountain over the picture, paler at its foot, where the mist lies."""
    width, height = image.size
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon([(0, height), *enumerate(line), (width, height)], 255)
    crest = min(line) / height
    stops: list[tuple[float, Colour]] = [
        (0.0, top),
        (max(crest, 0.001), top),
        (min(crest + depth, 0.999), foot),
        (1.0, foot),
    ]
    image.paste(gradient(width, height, stops), (0, 0), mask.filter(ImageFilter.GaussianBlur(0.8)))


def volcano_morning(width: int = 1800, height: int = 1000) -> Image.Image:
    """Roofs and wires before a volcano at first light: the dispatch's only picture."""
    image = gradient(
        width,
        height,
        [
            (0, (62, 84, 122)),
            (0.35, (151, 143, 160)),
            (0.58, (240, 178, 138)),
            (0.72, (253, 217, 168)),
            (1, (253, 217, 168)),
        ],
    )
    sun = Image.new("L", image.size)
    ImageDraw.Draw(sun).ellipse((1180, 470, 1560, 850), 190)
    image.paste((255, 236, 196), (0, 0), sun.filter(ImageFilter.GaussianBlur(110)))
    cone = [0.0] * width
    small = ridge(width, 0, 9, 3, 0.6)
    for x in range(width):
        off = abs(x - 640) / 640
        cone[x] = max(300 + 420 * (1 - math.exp(-2.3 * off)), 352 + 5 * math.sin(off * 60)) + small[x]
    _layer(image, cone, (86, 92, 126), (196, 160, 152), 0.44)
    for base, high, seed, top, foot in (
        (690, 60, 11, (110, 96, 120), (214, 170, 150)),
        (770, 70, 5, (84, 74, 98), (170, 130, 126)),
        (850, 52, 23, (58, 54, 76), (110, 88, 96)),
    ):
        _layer(image, ridge(width, base, high, seed, 0.52), top, foot, 0.22)
    _roofs(image)
    return grain(image, 21, 6)


def _roofs(image: Image.Image) -> None:
    chance = random.Random(4)
    sheet = Image.new("RGBA", (image.width * 2, image.height * 2))
    draw = _Doubled(sheet)
    width, height = image.size
    x = -20
    while x < width:
        wide, high = chance.randint(70, 190), chance.randint(60, 150)
        top = height - high
        dark = chance.randint(24, 34)
        draw.rectangle((x, top, x + wide, height), (dark, dark + 3, dark + 16))
        if chance.random() < 0.5:
            tank = x + chance.randint(8, max(9, wide - 40))
            draw.rounded_rectangle((tank, top - 34, tank + 30, top), 6, (20, 22, 34))
        for column in range(x + 14, x + wide - 16, 30):
            for row in range(top + 18, height - 12, 38):
                if chance.random() < 0.24:
                    draw.rectangle((column, row, column + 11, row + 15), (255, 206, 128))
        x += wide + chance.randint(-6, 10)
    for pole, cross in ((240, 640), (1010, 655), (1730, 632)):
        draw.line([(pole, height), (pole, cross)], (22, 22, 32), 9)
        draw.line([(pole - 62, cross + 26), (pole + 62, cross + 26)], (22, 22, 32), 7)
    for (x0, y0), (x1, y1) in (((240, 666), (1010, 681)), ((1010, 681), (1730, 658)), ((-500, 650), (240, 666))):
        for shift, sag in ((-56, 74), (0, 88), (56, 80)):
            points = [
                (x0 + shift + (x1 - x0) * t / 40, y0 + (y1 - y0) * t / 40 + sag * 4 * (t / 40) * (1 - t / 40))
                for t in range(41)
            ]
            draw.line(points, (26, 26, 38), 2)
    small = sheet.resize(image.size, Image.Resampling.LANCZOS)
    image.paste(small, (0, 0), small)


class _Doubled:
    """Draws at twice the size what is given in pixels of the picture."""

    def __init__(self, sheet: Image.Image) -> None:
        self.draw = ImageDraw.Draw(sheet)

    def rectangle(self, box: tuple[float, float, float, float], colour: Colour) -> None:
        self.draw.rectangle([side * 2 for side in box], colour)

    def rounded_rectangle(self, box: tuple[float, float, float, float], radius: int, colour: Colour) -> None:
        self.draw.rounded_rectangle([side * 2 for side in box], radius * 2, colour)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: int) -> None:
        self.draw.line([(x * 2, y * 2) for x, y in points], colour, width * 2)


def report_cover(width: int = 1654, height: int = 2339) -> Image.Image:
    """An A4 cover at 200 dots an inch: a stairway out of the dark to an arch of light. No words in it."""
    image = gradient(width, height, [(0, (20, 33, 61)), (0.55, (24, 44, 78)), (1, (11, 20, 40))])
    _frets(image)
    sheet = Image.new("RGBA", (width * 2, height * 2))
    draw = ImageDraw.Draw(sheet)
    w, h = width * 2, height * 2
    steps = 13
    for step in range(steps):
        share = step / (steps - 1)
        half = 290 + 1180 * share
        y = h * (0.535 + 0.465 * share)
        warm = (round(255 - 70 * share), round(214 - 116 * share), round(150 - 110 * share))
        draw.polygon(
            [
                (w * 0.62 - half * 0.96, h),
                (w * 0.62 - half * 0.9, y),
                (w * 0.62 + half * 0.9, y),
                (w * 0.62 + half * 0.96, h),
            ],
            (*warm, 255),
        )
        draw.rectangle(
            (w * 0.62 - half * 0.9, y, w * 0.62 + half * 0.9, y + 8 + 20 * share),
            (255, 228, round(190 - 60 * share), 255),
        )
    arch = Image.new("L", (w, h))
    paint = ImageDraw.Draw(arch)
    left, right, top = w * 0.62 - 261, w * 0.62 + 261, h * 0.345
    paint.pieslice((left, top, right, top + 522), 180, 360, 255)
    paint.rectangle((left, top + 260, right, h * 0.537), 255)
    sky = gradient(
        w,
        h,
        [
            (0, (88, 112, 158)),
            (0.35, (128, 142, 182)),
            (0.47, (244, 184, 126)),
            (0.53, (255, 224, 168)),
            (1, (255, 224, 168)),
        ],
    )
    glow = arch.filter(ImageFilter.GaussianBlur(150)).resize((width, height)).point(lambda v: v * 2 // 5)
    image.paste((236, 150, 84), (0, 0), glow)
    image.paste(
        sheet.resize((width, height), Image.Resampling.LANCZOS),
        (0, 0),
        sheet.resize((width, height), Image.Resampling.LANCZOS),
    )
    image.paste(sky.resize((width, height)), (0, 0), arch.resize((width, height), Image.Resampling.LANCZOS))
    return grain(image, 90, 4)


def _frets(image: Image.Image) -> None:
    """Stepped frets in the dark on the left, after the stone mosaics of Mitla."""
    draw = ImageDraw.Draw(image, "RGBA")
    unit = 26
    for row in range(10):
        for column in range(2):
            x, y = 92 + column * unit * 8, 250 + row * unit * 8
            for dx, dy, wide, high in (
                (0, 0, 7, 1),
                (6, 0, 1, 5),
                (2, 4, 5, 1),
                (2, 2, 1, 3),
                (0, 6, 8, 1),
                (0, 0, 1, 7),
            ):
                draw.rectangle(
                    (x + dx * unit, y + dy * unit, x + (dx + wide) * unit - 3, y + (dy + high) * unit - 3),
                    (255, 214, 150, 30),
                )


def ornament() -> Image.Image:
    """A band of stepped frets that parts chapters; it says nothing."""
    sheet = Sheet(1800, 96)
    for place in range(30):
        x = 15 + place * 59
        colour = "#c2570c" if place % 2 else "#14213d"
        for dx, dy, wide, high in (
            (0, 0, 44, 6),
            (38, 0, 6, 36),
            (14, 30, 30, 6),
            (14, 14, 6, 22),
            (0, 46, 50, 6),
            (0, 0, 6, 52),
        ):
            sheet.box(x + dx, 22 + dy, wide, high, colour)
    return sheet.done()
