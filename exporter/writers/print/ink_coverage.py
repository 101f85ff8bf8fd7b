"""Total area coverage: no part of an image has more ink than the paper can dry (ISO 12647-2, 4.3.4).

Type, rules and fields have their inks from `separation`, within the limit. Pictures are separated by Ghostscript with
the profile, or came as CMYK: where one has more ink than the limit allows, its colours give way and its black stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from exporter.findings import Finding, Rule, Severity
from exporter.writers.print.conditions import Condition

if TYPE_CHECKING:
    from PIL import Image

INK_REDUCED = Rule(
    id="print-ink",
    severity=Severity.NOTE,
    sentence="No part of an image has more ink than the paper can dry.",
    advice="Nothing to do: its darkest places were made lighter. Check it in the printer's proof.",
    clause="ISO 12647-2, 4.3.4",
)

_STRIP = 256
"""Rows."""


def limit_ink(path: Path, condition: Condition) -> tuple[Finding, ...]:
    """Reduce the ink of CMYK images that have too much of it; the file is rewritten only then.

    Args:
        path: PDF/X-4.
        condition: Its printing condition.
    """
    import pikepdf
    from PIL import Image

    most = round(condition.most * 2.55)
    reduced = 0
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") != "/Image":
                continue
            if thing.get("/ColorSpace") != "/DeviceCMYK" or thing.get("/BitsPerComponent") != 8:
                continue
            dots = thing.read_bytes(pikepdf.StreamDecodeLevel.all)
            picture = Image.frombytes("CMYK", (int(thing.Width), int(thing.Height)), dots)
            if total(picture) > most:
                thing.write(_within(picture, most).tobytes())
                reduced += 1
        if reduced:
            pdf.save(path, deterministic_id=True)
    if not reduced:
        return ()
    message = f"{reduced} of the pictures had more than {condition.most} % of ink in some places."
    return (INK_REDUCED.finding(message, edition="print"),)


def total(picture: Image.Image) -> int:
    """Return the most ink of any dot: 255 for each of the four inks."""
    extremes = (cast("tuple[int, int]", _sum(strip, range(4)).getextrema()) for strip in _strips(picture))
    return max(most for _, most in extremes)


def _within(picture: Image.Image, most: int) -> Image.Image:
    """Return the picture with the colours of each dot that has too much ink scaled down."""
    from PIL import Image

    limited = Image.new("CMYK", picture.size)
    for number, strip in enumerate(_strips(picture)):
        *coloured, black = strip.split()
        together = _sum(strip, range(3))
        lighter = [_lighter(ink, together, black, most) for ink in coloured]
        limited.paste(Image.merge("CMYK", (*lighter, black)), (0, number * _STRIP))
    return limited


def _lighter(ink: Image.Image, together: Image.Image, black: Image.Image, most: int) -> Image.Image:
    """Return a coloured ink's share of what black leaves of the most; in whole numbers, rounded down."""
    from PIL import ImageMath

    limited: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](
            of["min"](of["ink"], of["ink"] * (most - of["black"]) / of["max"](of["together"], 1)), "L"
        ),
        ink=ink,
        together=together,
        black=black,
    )
    return limited


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture in strips: sums take four times the memory of what they are made of."""
    for top in range(0, picture.height, _STRIP):
        yield picture.crop((0, top, picture.width, min(picture.height, top + _STRIP)))


def _sum(picture: Image.Image, inks: Iterable[int]) -> Image.Image:
    from PIL import ImageMath

    bands = picture.split()
    chosen = {f"ink{number}": bands[number] for number in inks}
    added: Image.Image = ImageMath.lambda_eval(lambda of: sum(of[name] for name in chosen), **chosen)
    return added
