"""Embedded fonts: those that a style sheet names, as subsets with the characters of the documents."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from exporter.contracts import StepCache
from exporter.writers import fonts
from exporter.writers.fonts import FAMILIES, FontFamily
from exporter.writers.xhtml.files import File

MEDIA_TYPE = "font/woff2"
REGULAR, BOLD = 400, 700
WEIGHT = "wght"
"""The axis of which a variable font keeps the range from regular to bold; on every other axis it has its default."""


def embed(sheet: str, characters: str, memo: StepCache, *, italics: bool = True) -> tuple[str, list[File]]:
    """Return the `@font-face` rules for a style sheet, and their files.

    Args:
        sheet: CSS with `font-family` declarations.
        characters: All characters of the documents.
        memo: Earlier subsets.
        italics: Whether to embed italics, too.

    Raises:
        MissingToolError: A font is not installed.
    """
    code_points = {ord(character) for character in characters}
    letters = {ord(character) for character in characters if unicodedata.category(character).startswith("L")}
    rules: list[str] = []
    files: list[File] = []
    needed = _needed(_stacks(sheet), letters)
    for family in (family for family in FAMILIES if family in needed):
        for path in fonts.files(family):
            style, weight = _style_of(path)
            if weight is None or (style == "italic" and not italics):
                continue
            number = len(files) + 1
            data = _subset(path, sorted(code_points & fonts.characters(family)), memo)
            files.append(File(f"fonts/face-{number}.woff2", f"face-{number}", MEDIA_TYPE, data))
            rules.append(
                f'@font-face {{ font-family: "{family.name}"; font-style: {style}; font-weight: {weight}; '
                f"src: url(../fonts/face-{number}.woff2) format('woff2'); }}\n"
            )
    return "".join(rules), files


@lru_cache(maxsize=32)
def _stacks(sheet: str) -> tuple[tuple[FontFamily, ...], ...]:
    """Return the known font families of each `font-family` in a style sheet, in their order."""
    import tinycss2

    families = {family.name: family for family in FAMILIES}
    stacks: list[tuple[FontFamily, ...]] = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        for part in tinycss2.parse_blocks_contents(getattr(rule, "content", None) or []):
            if part.type == "declaration" and part.lower_name == "font-family":
                names = [token.value for token in part.value if token.type in {"ident", "string"}]
                stacks.append(tuple(families[name] for name in names if name in families))
    return tuple(stacks)


def _needed(stacks: Iterable[Sequence[FontFamily]], letters: set[int]) -> set[FontFamily]:
    """Return the font families with a letter that none before them in their stack has."""
    needed: set[FontFamily] = set()
    for stack in stacks:
        remaining = set(letters)
        for family in stack:
            if remaining & fonts.characters(family):
                needed.add(family)
                remaining -= fonts.characters(family)
    return needed


@cache
def _style_of(path: Path) -> tuple[str, str | None]:
    """Return style and weight of a font file as CSS; the weight is None if the file is not used."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        style = "italic" if font["post"].italicAngle else "normal"
        if "fvar" in font:
            return style, f"{REGULAR} {BOLD}"
        weight = font["OS/2"].usWeightClass
        return style, str(weight) if weight in {REGULAR, BOLD} else None


def _subset(path: Path, characters: list[int], memo: StepCache) -> bytes:
    import uharfbuzz

    data = path.read_bytes()
    key = f"epub-face 2 {hashlib.sha256(data).hexdigest()} {characters} {REGULAR} {BOLD} {uharfbuzz.version_string()}"
    subset = memo.get(key)
    if subset is None:
        subset = _make_subset(data, characters)
        memo.put(key, subset)
    return subset


def _make_subset(data: bytes, characters: list[int]) -> bytes:
    import uharfbuzz
    from fontTools.ttLib import TTFont

    face = uharfbuzz.Face(data)
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(characters)
    for axis in face.axis_infos:
        if axis.tag == WEIGHT:
            wanted.set_axis_range(face, WEIGHT, REGULAR, BOLD)
        else:
            wanted.pin_axis_to_default(face, axis.tag)
    # With the timestamp of the file, so that the same book has the same bytes.
    font = TTFont(io.BytesIO(uharfbuzz.subset(face, wanted).blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    compressed = io.BytesIO()
    font.save(compressed)
    return compressed.getvalue()
