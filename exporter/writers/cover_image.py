"""Small cover images for catalogues: that of the manuscript, or one drawn in the colours of `cover.toml`."""

from __future__ import annotations

import hashlib
import io
import warnings
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter.contracts import Assets
from exporter.labels import Labels
from exporter.model import Asset, Described, Direction, Metadata, Publication
from exporter.writers import cover_design, svg_rendering
from exporter.writers.drawn_cover import MOST_LINES, Theme, fitting_size, theme, wrap
from exporter.writers.drawn_cover import alt as drawn_alt

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 600, 900
"""Pixels, three times those of a card of the catalogue; an image of another shape fits into them."""
_WIDE, _HIGH = 800, 1200
"""Size of the drawing in its own units."""
MARGIN = 72
_LINE = 1.18
_TITLES = (96, 84, 72, 62, 54, 46)
"""Font sizes of the title, tried from the largest until it fits."""
_TITLE_HEIGHT = 520
"""Height for the lines of the title."""
_QUALITY = 84
_ARABIC = frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"})
"""Languages written in Arabic script."""
_LARGEST = 100_000_000
"""Number of pixels above which a cover is not opened."""


class CoverPicture(msgspec.Struct, frozen=True):
    """A cover as JPEG or PNG."""

    data: bytes
    media_type: str
    width: int
    height: int
    alt: str
    """Empty for a drawn cover, whose text every catalogue shows next to it."""
    description: str
    """Its alt text; that of a drawn cover is its text."""

    @property
    def digest(self) -> str:
        """By which the parity check knows it (SHA-256)."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        """File name."""
        return "cover.jpg" if self.media_type == "image/jpeg" else "cover.png"


def make(publication: Publication, assets: Assets, labels: Labels, styles: Path) -> CoverPicture:
    """Return the cover of a publication; the same publication gives the same bytes.

    Args:
        publication: The complete tree.
        assets: Its images.
        labels: Labels in its language.
        styles: The folder of styles.

    Raises:
        SettingsError: The colours of the cover cannot be read.
        MissingToolError: The fonts are not installed.
    """
    cover = publication.metadata.cover
    for asset in publication.assets:
        if cover and asset.name == cover.source:
            alt = cover.alt.text if isinstance(cover.alt, Described) else ""
            own = _own(assets.path(asset.digest), asset, alt)
            if own:
                return own
    # The drawing has no transparent parts.
    data = svg_rendering.render(_drawing(publication.metadata, labels, theme(styles)), WIDTH)
    return CoverPicture(data, "image/png", WIDTH, HEIGHT, "", drawn_alt(publication.metadata, labels))


def _own(path: Path, asset: Asset, alt: str) -> CoverPicture | None:
    """Return the cover of the manuscript, or None if it cannot be opened."""
    if asset.media_type == "image/svg+xml":
        try:
            return _pixels(svg_rendering.parse(path.read_bytes()), alt)
        except ValueError:
            return None
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as picture:
                if picture.width * picture.height > _LARGEST:
                    return None
                picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))
                return _encode(picture, alt)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _encode(picture: Image.Image, alt: str) -> CoverPicture:
    from PIL import Image

    from exporter.writers.pdf.colours import plain

    flat = plain(picture)
    if flat.mode in {"LA", "RGBA"}:
        background = Image.new("RGBA", flat.size, "white")
        flat = Image.alpha_composite(background, flat.convert("RGBA"))
    flat = flat.convert("RGB")
    flat.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return CoverPicture(out.getvalue(), "image/jpeg", flat.width, flat.height, alt, alt)


def _pixels(svg: str, alt: str) -> CoverPicture:
    """Return an SVG as cover.

    Raises:
        ValueError: It cannot be rendered.
    """
    from PIL import Image

    flat = render_opaque(svg, WIDTH)
    flat.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # A drawing has few colours; 256 of them make no visible difference.
    flat.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return CoverPicture(out.getvalue(), "image/png", flat.width, flat.height, alt, alt)


def render_opaque(svg: str, width: int) -> Image.Image:
    """Return an SVG as image without transparency, with the fonts of the project and no others.

    Raises:
        ValueError: It cannot be rendered.
        MissingToolError: The fonts are not installed.
    """
    from PIL import Image

    with Image.open(io.BytesIO(svg_rendering.render(svg, width))) as picture:
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA")).convert("RGB")


def _drawing(metadata: Metadata, labels: Labels, colours: Theme) -> str:
    """Return the SVG of a cover as in the EPUB: a two-tone background, a bar, the title, authors, publisher."""
    rtl = metadata.direction is Direction.RTL
    available = _WIDE - 2 * MARGIN
    start = _WIDE - MARGIN if rtl else MARGIN
    anchor = "end" if rtl else "start"
    title = metadata.title or metadata.identifier
    size = fitting_size(title, _TITLES, available, _TITLE_HEIGHT / _LINE)
    parts: list[str] = []

    def lines(text: str, size: int, top: float, style: str, most: int = MOST_LINES) -> float:
        for line in wrap(text, available / size, most):
            top += size * _LINE
            position = f'x="{start}" y="{top:g}" text-anchor="{anchor}"'
            parts.append(f'<text {position} font-size="{size}" {style}>{line_text(line, rtl=rtl)}</text>')
        return top

    kind = labels(f"kinds.{metadata.kind.value}") if metadata.kind else ""
    lines(kind, 34, 92, f'font-weight="600" fill="{colours.accent}"')
    below = lines(title, size, 292, 'font-weight="700"', int(_TITLE_HEIGHT / (size * _LINE)))
    if metadata.subtitle:
        lines(metadata.subtitle, 38, below + 26, 'fill-opacity="0.85"')
    names = metadata.creators
    foot = [f"{names[0]} …" if len(names) > 3 else labels.comma.join(names), metadata.publisher]
    foot = list(dict.fromkeys(filter(None, foot)))
    top = _HIGH - MARGIN - sum(len(wrap(text, available / 32, MOST_LINES)) for text in foot) * 32 * _LINE
    for text in foot:
        top = lines(text, 32, top, f'font-weight="{700 if text == metadata.publisher else 400}"')
    bar = start - 96 if rtl else start
    background = cover_design.design(metadata, colours.background, colours.text, colours.accent)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}" '
        f'xml:lang="{escape(metadata.language)}" fill="{colours.text}" '
        f'font-family="{font_families(metadata.language)}">'
        + background.svg(_WIDE, _HIGH, metadata.direction)
        + f'<rect x="{bar}" y="250" width="96" height="9" fill="{colours.accent}"/>'
        + "".join(parts)
        + "</svg>"
    )


def line_text(line: str, *, rtl: bool) -> str:
    """Return a line as text of an SVG; resvg sets every line from left to right unless it is marked."""
    return escape(f"\u200f{line}\u200f" if rtl else line, quote=False)


def font_families(language: str) -> str:
    """Return the font families, that of the script first, as on the cover of the PDF."""
    primary = language.split("-", maxsplit=1)[0].lower()
    first = {"he": "Assistant, ", "yi": "Assistant, "}.get(primary, "Almarai, " if primary in _ARABIC else "")
    # A family name with a separate digit needs quotation marks (CSS Fonts 4, 2.1).
    return f"{first}'Source Sans 3', 'Noto Sans'"
