"""Typefaces inside the book: those that its style sheet names, cut down to the characters that it holds."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from exporter.contracts import WriteContext
from exporter.writers import fonts
from exporter.writers.fonts import TYPEFACES, Typeface
from exporter.writers.xhtml.files import File

MEDIA_TYPE = "font/woff2"
REGULAR, BOLD = 400, 700
AXES: dict[str, Any] = {"wght": (REGULAR, BOLD)}
"""What of a variable face is kept; it stands still on every other axis."""


def embed(sheet: str, words: str, context: WriteContext) -> tuple[str, list[File]]:
    """Return the `@font-face` rules for a style sheet and the files that they name.

    Args:
        sheet: CSS with `font-family` declarations.
        words: Every character that the book shows.
        context: Its memo keeps what has been cut before.

    Raises:
        MissingToolError: A typeface is not installed.
    """
    shown = {ord(character) for character in words}
    letters = {ord(character) for character in words if unicodedata.category(character).startswith("L")}
    rules: list[str] = []
    files: list[File] = []
    needed = _needed(_stacks(sheet), letters)
    for typeface in (typeface for typeface in TYPEFACES if typeface in needed):
        for path in fonts.files(typeface):
            style, weight = _kind(path)
            if weight is None:
                continue
            number = len(files) + 1
            data = _cut(path, sorted(shown & fonts.characters(typeface)), context)
            files.append(File(f"fonts/face-{number}.woff2", f"face-{number}", MEDIA_TYPE, data))
            rules.append(
                f'@font-face {{ font-family: "{typeface.family}"; font-style: {style}; font-weight: {weight}; '
                f"src: url(../fonts/face-{number}.woff2) format('woff2'); }}\n"
            )
    return "".join(rules), files


def _stacks(sheet: str) -> Iterator[list[Typeface]]:
    """Yield the typefaces of ours in each `font-family` of a style sheet, in their order."""
    import tinycss2

    ours = {typeface.family: typeface for typeface in TYPEFACES}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        for part in tinycss2.parse_blocks_contents(getattr(rule, "content", None) or []):
            if part.type == "declaration" and part.lower_name == "font-family":
                names = [token.value for token in part.value if token.type in {"ident", "string"}]
                yield [ours[name] for name in names if name in ours]


def _needed(stacks: Iterable[Sequence[Typeface]], letters: set[int]) -> set[Typeface]:
    """Return the typefaces that show a letter which none before them in their stack has."""
    needed: set[Typeface] = set()
    for stack in stacks:
        left = set(letters)
        for typeface in stack:
            if left & fonts.characters(typeface):
                needed.add(typeface)
                left -= fonts.characters(typeface)
    return needed


def _kind(path: Path) -> tuple[str, str | None]:
    """Return style and weight of a file as CSS; no weight for one that is not used."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        style = "italic" if font["post"].italicAngle else "normal"
        if "fvar" in font:
            return style, f"{REGULAR} {BOLD}"
        weight = font["OS/2"].usWeightClass
        return style, str(weight) if weight in {REGULAR, BOLD} else None


def _cut(path: Path, characters: list[int], context: WriteContext) -> bytes:
    from fontTools import version

    data = path.read_bytes()
    key = f"epub-face 1 {hashlib.sha256(data).hexdigest()} {characters} {AXES} {version}"
    kept = context.memo.get(key)
    if kept is None:
        kept = _subset(data, characters)
        context.memo.put(key, kept)
    return kept


def _subset(data: bytes, characters: list[int]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    # The time of the file is kept: the same book has the same bytes.
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    cutter.subset(font)
    if "fvar" in font:
        # Behind the cut, since it goes through every glyph that is there.
        font = TTFont(_saved(font), recalcTimestamp=False)
        places = {axis.axisTag: AXES.get(axis.axisTag, axis.defaultValue) for axis in font["fvar"].axes}
        font = instancer.instantiateVariableFont(font, places)
    font.flavor = "woff2"
    return _saved(font).getvalue()


def _saved(font: Any) -> io.BytesIO:
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out
