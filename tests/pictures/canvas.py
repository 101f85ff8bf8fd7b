"""A sheet to draw on: sizes in final pixels, y down, drawn twice as large and made smaller so that edges are smooth."""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

SCALE = 2
INK, BLUE, ORANGE, GREY, PALE, PAPER = "#14213d", "#1f5a8a", "#c2570c", "#5b6472", "#d5dae1", "#ffffff"
"""INK, BLUE, ORANGE, GREY have at least 4.5:1 on PAPER, and BLUE and ORANGE differ for all kinds of colour sight."""

_FACES = {
    "sans": ("fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    "serif": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "arabic": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    "mono": ("fontpkg_source_code_pro", "SourceCodePro[wght].ttf"),
}


@cache
def font(face: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    package, name = _FACES[face]
    loaded = ImageFont.truetype(str(files(package) / "files" / name), size * SCALE)
    axes = []
    for axis in loaded.get_variation_axes():
        low, high, default = axis["minimum"], axis["maximum"], axis["default"]
        label = axis["name"].decode() if isinstance(axis["name"], bytes) else str(axis["name"])
        wanted = {"Weight": weight, "Optical Size": size}.get(label, default)
        axes.append(min(max(wanted, low), high))
    loaded.set_variation_by_axes(axes)
    return loaded


class Sheet:
    """An image under work."""

    def __init__(self, width: int, height: int, colour: str = PAPER) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = 34,
        colour: str = INK,
        *,
        weight: int = 400,
        anchor: str = "ls",
        face: str = "sans",
        halo: bool = False,
    ) -> None:
        if halo:
            self._words(x, y, words, size, PAPER, weight, anchor, face, 8)
        self._words(x, y, words, size, colour, weight, anchor, face, 0)

    def _words(
        self, x: float, y: float, words: str, size: int, colour: str, weight: int, anchor: str, face: str, stroke: int
    ) -> None:
        rtl = face == "arabic"
        self.draw.multiline_text(
            (x * SCALE, y * SCALE),
            words,
            colour,
            font(face, size, weight),
            anchor=anchor,
            direction="rtl" if rtl else None,
            language="ar" if rtl else None,
            spacing=size * 0.35 * SCALE,
            stroke_width=stroke * SCALE,
            align={"l": "left", "m": "center", "r": "right"}[anchor[0]],
        )

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str | None,
        *,
        radius: float = 0,
        line: str | None = None,
        width: float = 2,
    ) -> None:
        corners = [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE]
        self.draw.rounded_rectangle(corners, radius * SCALE, fill, line, int(width * SCALE))

    def line(self, points: list[tuple[float, float]], colour: str, width: float = 2) -> None:
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], colour, int(width * SCALE), joint="curve")

    def polygon(self, points: list[tuple[float, float]], colour: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def disc(
        self, x: float, y: float, r: float, fill: str | None, *, line: str | None = None, width: float = 2
    ) -> None:
        self.draw.ellipse(
            [(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE], fill, line, int(width * SCALE)
        )

    def done(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def save_flat(image: Image.Image, path: Path) -> None:
    """Write a chart or diagram: few colours, so 128 of them are enough."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)


def save_photo(image: Image.Image, path: Path, quality: int = 84) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=quality, optimize=True, progressive=True, subsampling=1)


def grain(image: Image.Image, seed: int, strength: int = 9) -> Image.Image:
    """Lay the grain of a film over the picture, so that soft gradients do not show steps."""
    chance = random.Random(seed)
    noise = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height))
    noise = noise.filter(ImageFilter.GaussianBlur(0.7)).point(lambda v: 128 + (v - 128) * strength // 64)
    layer = Image.merge("RGB", (noise, noise, noise))
    return ImageChops.add(image, layer, 1, -128)
