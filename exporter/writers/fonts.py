"""The typefaces of every edition: which packages they come from, and which characters none of them has."""

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
    sentence="Every character can be printed with the typefaces of the edition.",
    advice="Write the character in another way, or ask for a typeface of its script to be added to the house style.",
    clause="ISO 14289-1, 7.21.4.1",
)


class Typeface(NamedTuple):
    """A family that comes as a package."""

    family: str
    """Its name in the font files, for `font-family`."""
    slug: str
    """Name of its package, `fontpkg-<slug>`."""


TYPEFACES = (
    Typeface("Source Serif 4", "source-serif-4"),
    Typeface("Source Sans 3", "source-sans-3"),
    Typeface("Amiri", "amiri"),
    Typeface("Almarai", "almarai"),
    Typeface("Noto Sans Arabic", "noto-sans-arabic"),
    Typeface("Frank Ruhl Libre", "frank-ruhl-libre"),
    Typeface("Assistant", "assistant"),
    Typeface("Noto Sans", "noto-sans"),
    Typeface("Source Code Pro", "source-code-pro"),
)
"""In the order in which characters are looked for; the stacks themselves stand in `styles/themes/`."""

FEW = 5
"""Characters of a script that are named one by one; more of them are the script itself."""
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""Signs and emoji that belong to no script (Unicode Standard Annex 24)."""

# Characters that are never drawn: controls, joiners and bidirectional marks, separators, variation selectors.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def files(typeface: Typeface) -> tuple[Path, ...]:
    """Return the font files of a typeface, upright first.

    Raises:
        MissingToolError: Its package is not installed.
    """
    import fontpkg

    try:
        family = fontpkg.family(typeface.slug)
    except fontpkg.FamilyNotInstalled as error:
        raise MissingToolError(
            f"The typeface “{typeface.family}” is not installed.",
            advice=f"Install it with: pip install fontpkg-{typeface.slug}",
        ) from error
    return tuple(Path(file.path) for file in sorted(family.files, key=lambda file: (file.style != "normal", file.path)))


def folders() -> tuple[Path, ...]:
    """Return the folders that hold all font files."""
    return tuple(dict.fromkeys(path.parent for typeface in TYPEFACES for path in files(typeface)))


@cache
def characters(typeface: Typeface) -> frozenset[int]:
    """Return the code points that the upright of a typeface has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(files(typeface)[0], lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(publication: Publication, others: str = "") -> list[Finding]:
    """Return findings for the characters that would be empty boxes on the page, at their first places.

    Args:
        publication: The tree.
        others: Characters that are printed, wherever they come from: title, authors, an address.
    """
    places: dict[str, Source | None] = {}
    for text, source in [*_texts(publication, None), (others, publication.metadata.source)]:
        for character in text:
            if character not in places:
                places[character] = source
    wanted = {
        ord(character)
        for character in places
        if unicodedata.category(character) not in _INVISIBLE and not 0xFE00 <= ord(character) <= 0xFE0F
    }
    for typeface in TYPEFACES:
        if not wanted:
            break
        wanted -= characters(typeface)
    from fontTools.unicodedata import script

    scripts: dict[str, list[str]] = {}
    for code in sorted(wanted):
        scripts.setdefault(script(chr(code)), []).append(chr(code))
    return [finding for script, missed in scripts.items() for finding in _findings(script, missed, places)]


def _findings(script: str, missed: Sequence[str], places: Mapping[str, Source | None]) -> Iterator[Finding]:
    """Yield a finding for each character, or one for all when most of a script is missing."""
    if len(missed) <= FEW or script in _NO_SCRIPT:
        yield from (_finding(character, places[character]) for character in missed)
        return
    from fontTools.unicodedata import script_name

    first = min((places[character] for character in missed), key=lambda place: place.line if place else 0)
    name = script_name(script)
    shown = " ".join(missed[:FEW])
    message = f"No typeface has {len(missed)} characters of the script {name}, such as {shown}: they cannot be printed."
    yield GLYPH_MISSING.finding(
        message, first, advice="Ask for a typeface of this script to be added to the house style."
    )


def _finding(character: str, source: Source | None) -> Finding:
    name = unicodedata.name(character, "a character without a name").lower()
    message = f"No typeface has the character “{character}” (U+{ord(character):04X}, {name}): it cannot be printed."
    return GLYPH_MISSING.finding(message, source)


def _texts(node: Node | Publication, source: Source | None) -> Iterator[tuple[str, Source | None]]:
    """Yield every text that is set in type, with the nearest place known."""
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
