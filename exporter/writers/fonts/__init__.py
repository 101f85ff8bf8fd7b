"""Fonts of all editions: their packages, and findings for characters that none of them has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exporter.errors import MissingToolError
from exporter.findings import Finding, Rule, Severity
from exporter.installation import pip_command
from exporter.model import Abbreviation, Code, CodeBlock, Node, Publication, Source, Text, Turn
from exporter.model.walk import children, walk
from exporter.writers.fonts import supplements
from exporter.writers.fonts.supplements import FontPackage, Supplement

_LANGUAGE = re.compile(r'\blang="([^"]+)"')
GLYPH_MISSING = Rule(
    id="glyph-missing",
    severity=Severity.ERROR,
    sentence="The fonts of the edition have a glyph for every character.",
    advice="Write the character in another way, or install a font with it on this computer and export again.",
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
            advice=f"Install it with: {pip_command(f'fontpkg-{family.slug}')}",
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


def supplements_for(markup: str) -> tuple[Supplement, ...]:
    """Return the font families for the characters of a document or drawing that no bundled family has."""
    codes = _without_glyph(markup)
    return supplements.select(codes, languages_of(markup)) if codes else ()


def languages_of(markup: str) -> list[str]:
    """Return the languages that a document or drawing states, that of the whole first."""
    return list(dict.fromkeys(_LANGUAGE.findall(markup)))


def _without_glyph(text: str) -> set[int]:
    """Return the code points that no bundled family has and that are visible."""
    codes = {
        ord(character)
        for character in set(text)
        if not character.isascii()
        and unicodedata.category(character) not in _INVISIBLE
        and not 0xFE00 <= ord(character) <= 0xFE0F
    }
    for family in FAMILIES:
        if not codes:
            break
        codes -= characters(family)
    return codes


def missing(publication: Publication, others: str = "", *, edition: str = "") -> list[Finding]:
    """Return findings for the characters without a glyph, at their first positions.

    Args:
        publication: The tree.
        others: Further characters of the edition, as in the title, the authors or an address.
        edition: The edition that has no glyph for them.
    """
    sources: dict[str, Source | None] = {}
    for text, source in [*_texts(publication, None), (others, publication.metadata.source)]:
        for character in text:
            if character not in sources:
                sources[character] = source
    missing_codes = _without_glyph("".join(sources))
    languages = [publication.metadata.language, *(node.at.language for node in walk(publication) if node.at.language)]
    for family in supplements.select(missing_codes, list(dict.fromkeys(languages))):
        missing_codes -= family.characters
    from fontTools.unicodedata import script

    scripts: dict[tuple[str, FontPackage | None], list[str]] = {}
    for code in sorted(missing_codes):
        package = supplements.package_for(chr(code), languages)
        name = package.title if package and package.languages else script(chr(code))
        scripts.setdefault((name, package), []).append(chr(code))
    return [
        replace(finding, edition=edition)
        for (name, package), missed in scripts.items()
        for finding in _findings(name, package, missed, sources)
    ]


def are_complete(findings: Iterable[Finding]) -> bool:
    """Return whether no glyph is missing; else the next export tries again, since fonts may be installed until then."""
    return all(finding.rule != GLYPH_MISSING.id for finding in findings)


def _findings(
    name: str, package: FontPackage | None, missed: Sequence[str], sources: Mapping[str, Source | None]
) -> Iterator[Finding]:
    """Yield a finding for each character, or one for all that a package has or if there are many of a script.

    Args:
        name: The language, or the script by its code.
        package: The package that has them.
        missed: The characters.
        sources: Their first positions.
    """
    if package is None and (len(missed) <= FEW or name in _NO_SCRIPT):
        yield from (_finding(character, sources[character]) for character in missed)
        return
    if len(missed) == 1:
        yield _finding(missed[0], sources[missed[0]], advice=_install(package, missed) if package else "")
        return
    from fontTools.unicodedata import script_name

    first = min((sources[character] for character in missed), key=lambda source: source.line if source else 0)
    number = f"{len(missed)} characters"
    of = "" if name in _NO_SCRIPT else f" of the script {script_name(name, name)}"
    if package and package.languages:
        of = f" of {name}"
    message = f"Missing glyphs: no font has {number}{of}, such as {' '.join(missed[:FEW])}."
    advice = (
        _install(package, missed) if package else "Install a font of this script on this computer and export again."
    )
    yield GLYPH_MISSING.finding(message, first, advice=advice)


def _install(package: FontPackage, missed: Iterable[str]) -> str:
    """Return how to install the fonts of characters; emoji can be words as well."""
    advice = install(package)
    if not all(map(supplements.is_emoji, missed)):
        return advice
    return f"Delete them or write words in their place, such as “New:” for 🚨. Or {advice[0].lower()}{advice[1:]}"


def install(package: FontPackage) -> str:
    """Return how to install the fonts of a package."""
    return (
        f"Install its fonts with: {pip_command(package.name)}; or install a font of this script on this "
        f"computer (Debian, Ubuntu: sudo apt-get install {package.debian})."
    )


def _finding(character: str, source: Source | None, *, advice: str = "") -> Finding:
    name = unicodedata.name(character, "a character without a name").lower()
    message = f"Missing glyph: no font has the character “{character}” (U+{ord(character):04X}, {name})."
    return GLYPH_MISSING.finding(message, source, advice=advice)


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
