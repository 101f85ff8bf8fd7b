"""Drawn cover, for publications without a cover image: title, authors and publisher on a pattern of the publication."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from html import escape
from pathlib import Path

import msgspec

from exporter.errors import SettingsError
from exporter.labels import Labels
from exporter.model import Direction, Metadata, Source
from exporter.model.east_asian import has_characters, line_parts
from exporter.writers import cover_design

WIDTH, HEIGHT = 1600, 2400
MARGIN = 160
"""In CSS px, like all lengths here."""

LINE = 1.2
"""Line height relative to the font size."""
TITLE_SIZES = (190, 165, 140, 120, 100, 84, 70)
"""Font sizes of the title, tried from the largest until it fits."""
MOST_LINES = 3
"""Lines of the subtitle, the names and the publisher."""
_SPACE = 0.3
"""Width of a space in em."""
TITLE_HEIGHT = 1000
"""Height for the lines of the title."""


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Colours as `#rrggbb` and font of a drawn cover; text needs a contrast of 4.5:1 (WCAG 1.4.3)."""

    background: str
    text: str
    accent: str
    font: str
    """Font families as in CSS `font-family`."""


def theme(styles: Path) -> Theme:
    """Read the theme from `cover.toml` in the folder of styles.

    Raises:
        SettingsError: The file is missing or invalid.
    """
    try:
        return msgspec.convert(tomllib.loads((styles / "cover.toml").read_text("utf-8")), Theme)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise SettingsError(
            f"The colours of the cover cannot be read: {error}.",
            advice="Fix cover.toml in the folder of styles.",
            source=Source("cover.toml"),
        ) from error


def alt(metadata: Metadata, labels: Labels) -> str:
    """Return the alt text of a drawn cover, which is its text."""
    return labels("epub.cover_alt", title=metadata.full_title)


def draw(metadata: Metadata, labels: Labels, theme: Theme) -> bytes:
    """Return an SVG cover with kind, title, subtitle, authors and publisher; the same metadata give the same bytes."""
    available = WIDTH - 2 * MARGIN
    size = fitting_size(metadata.title, TITLE_SIZES, available, TITLE_HEIGHT / LINE)
    rtl = metadata.direction is Direction.RTL
    background = cover_design.design(metadata, theme.background, theme.text, theme.accent)
    parts = [
        background.svg(WIDTH, HEIGHT, metadata.direction),
        f'<rect x="{WIDTH - MARGIN - 240 if rtl else MARGIN}" y="520" width="240" height="16" fill="{theme.accent}"/>',
    ]
    start = WIDTH - MARGIN if rtl else MARGIN

    def lines(text: str, size: int, top: float, weight: int = 400, most: int = MOST_LINES) -> float:
        for line in wrap(text, available / size, most):
            top += size * LINE
            content = escape(line, quote=False)
            parts.append(f'<text x="{start}" y="{top:g}" font-size="{size}" font-weight="{weight}">{content}</text>')
        return top

    if metadata.kind:
        lines(labels(f"kinds.{metadata.kind.value}"), 64, 360)
    below = lines(metadata.title, size, 580, 700, int(TITLE_HEIGHT / (size * LINE)))
    if metadata.subtitle:
        lines(metadata.subtitle, 80, below + 60)
    names = metadata.creators
    foot = [names[0] + " …" if len(names) > 3 else labels.comma.join(names), metadata.publisher]
    foot = list(dict.fromkeys(filter(None, foot)))
    height = sum(len(wrap(text, available / 64, MOST_LINES)) for text in foot) * 64 * LINE
    top = HEIGHT - MARGIN - height
    for text in foot:
        top = lines(text, 64, top)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'xml:lang="{escape(metadata.language)}" direction="{metadata.direction.value}" fill="{theme.text}" '
        f'font-family="{escape(theme.font)}">\n' + "\n".join(parts) + "\n</svg>\n"
    ).encode()


def fitting_size(text: str, sizes: Sequence[int], available: float, height: float) -> int:
    """Return the first of the font sizes in which a text fits into a width and a height, or else the last one.

    Args:
        text: The text.
        sizes: Font sizes, the largest first.
        available: The width.
        height: The height, divided by the line height.
    """
    for size in sizes:
        lines = wrap(text, available / size)
        if len(lines) * size <= height and all(width(line) <= available / size for line in lines):
            return size
    return sizes[-1]


def width(text: str) -> float:
    """Return an upper estimate of the width of `text` in em, since the reader chooses the font."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character.isupper():
        return 0.72
    return 0.3 if character in " .,:;'’‘iIl|" else 0.6


def wrap(text: str, limit: float, most: int | None = None) -> list[str]:
    """Return `text` as lines of at most `limit` em; a longer word is divided.

    Args:
        text: The text.
        limit: Width of a line.
        most: Greatest number of lines; what does not fit is replaced by an ellipsis.
    """
    lines: list[str] = []
    space = 0.0
    """Of the last line."""
    for word in text.split():
        wide = width(word)
        if lines and _SPACE + wide <= space:
            lines[-1] += f" {word}"
            space -= _SPACE + wide
            continue
        line, used = "", 0.0
        for part in line_parts(word) if has_characters(word) else word:
            needed = width(part)
            if line and used + needed > limit:
                lines.append(line)
                line, used = "", 0.0
            line += part
            used += needed
        lines.append(line)
        space = limit - used
    if most is not None and len(lines) > most:
        return [*lines[: most - 1], _with_ellipsis(lines[most - 1], limit)]
    return lines


def _with_ellipsis(line: str, limit: float) -> str:
    while line and width(line) + _width("…") > limit:
        line = line[:-1]
    return line.rstrip() + "…"
