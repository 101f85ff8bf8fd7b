"""Fonts of all editions: their packages, and findings for characters that none of them has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from exporter.errors import MissingToolError
from exporter.findings import Finding, Rule, Severity
from exporter.model import Abbreviation, Code, CodeBlock, Node, Publication, Source, Text, Turn
from exporter.model.walk import children

GLYPH_MISSING = Rule(
    id="glyph-missing",
    severity=Severity.WARNING,
    sentence="The fonts of the edition have a glyph for every character.",
    advice="Write the character in another way, or ask for a font of its script to be added.",
    clause="ISO 14289-1, 7.21.4.1",
)


class FontFamily(NamedTuple):
    """A font family from a package."""

    name: str
    """Name in the font files, for `font-family`."""
    slug: str
    """Name of its package, `fontpkg-<slug>`."""


FAMILIES = (
    FontFamily("Source Serif 4", "source-serif-4"),
    FontFamily("Source Sans 3", "source-sans-3"),
    FontFamily("Amiri", "amiri"),
    FontFamily("Almarai", "almarai"),
    FontFamily("Noto Sans Arabic", "noto-sans-arabic"),
    FontFamily("Frank Ruhl Libre", "frank-ruhl-libre"),
    FontFamily("Assistant", "assistant"),
    FontFamily("Noto Sans", "noto-sans"),
    FontFamily("Source Code Pro", "source-code-pro"),
)
"""In the order in which characters are looked up; the font stacks are in `styles/themes/`."""

FEW = 5
"""Number of characters of a script that are reported one by one; more are reported as a script."""
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""Symbols and emoji without a script (Unicode Standard Annex 24)."""

# Characters without a glyph: controls, joiners and bidirectional marks, separators, variation selectors.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def files(family: FontFamily) -> tuple[Path, ...]:
    """Return the files of a font family, upright first.

    Raises:
        MissingToolError: Its package is not installed.
    """
    import fontpkg

    try:
        files = fontpkg.family(family.slug).files
    except fontpkg.FamilyNotInstalled as error:
        raise MissingToolError(
            f"Font not installed: “{family.name}”.",
            advice=f"Install it with: pip install fontpkg-{family.slug}",
        ) from error
    return tuple(Path(file.path) for file in sorted(files, key=lambda file: (file.style != "normal", file.path)))


def folders() -> tuple[Path, ...]:
    """Return the folders that hold all font files."""
    return tuple(dict.fromkeys(path.parent for family in FAMILIES for path in files(family)))


@cache
def characters(family: FontFamily) -> frozenset[int]:
    """Return the code points of the glyphs of the upright font of a family."""
    from fontTools.ttLib import TTFont

    with TTFont(files(family)[0], lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(publication: Publication, others: str = "") -> list[Finding]:
    """Return findings for the characters without a glyph, at their first positions.

    Args:
        publication: The tree.
        others: Further characters of the edition, as in the title, the authors or an address.
    """
    sources: dict[str, Source | None] = {}
    for text, source in [*_texts(publication, None), (others, publication.metadata.source)]:
        for character in text:
            if character not in sources:
                sources[character] = source
    missing_codes = {
        ord(character)
        for character in sources
        if unicodedata.category(character) not in _INVISIBLE and not 0xFE00 <= ord(character) <= 0xFE0F
    }
    for family in FAMILIES:
        if not missing_codes:
            break
        missing_codes -= characters(family)
    from fontTools.unicodedata import script

    scripts: dict[str, list[str]] = {}
    for code in sorted(missing_codes):
        scripts.setdefault(script(chr(code)), []).append(chr(code))
    return [finding for script, missed in scripts.items() for finding in _findings(script, missed, sources)]


def _findings(script: str, missed: Sequence[str], sources: Mapping[str, Source | None]) -> Iterator[Finding]:
    """Yield a finding for each character, or one for all if there are many of a script."""
    if len(missed) <= FEW or script in _NO_SCRIPT:
        yield from (_finding(character, sources[character]) for character in missed)
        return
    from fontTools.unicodedata import script_name

    first = min((sources[character] for character in missed), key=lambda source: source.line if source else 0)
    name = script_name(script)
    shown = " ".join(missed[:FEW])
    message = f"Missing glyphs: no font has {len(missed)} characters of the script {name}, such as {shown}."
    yield GLYPH_MISSING.finding(message, first, advice="Ask for a font of this script to be added.")


def _finding(character: str, source: Source | None) -> Finding:
    name = unicodedata.name(character, "a character without a name").lower()
    message = f"Missing glyph: no font has the character “{character}” (U+{ord(character):04X}, {name})."
    return GLYPH_MISSING.finding(message, source)


def _texts(node: Node | Publication, source: Source | None) -> Iterator[tuple[str, Source | None]]:
    """Yield every visible text with the nearest known source."""
    if isinstance(node, Node):
        source = node.at.source or source
    match node:
        case Text() | Code() | CodeBlock() | Abbreviation():
            yield node.text, source
        case Turn():
            yield node.speaker.name + node.speaker.role, source
        case _:
            pass
    for child in children(node):
        yield from _texts(child, source)
