"""Settings, properties, fonts and the last section of a Word file, as far as readers meet what they state."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, name
from exporter.parity import rules
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.content import letters
from exporter.parity.symbol_fonts import is_of_symbols

_ELSEWHERE = ("attachedTemplate", "linkStyles", "mailMerge", "updateFields")
"""Settings by which a file is made of others, or renewed when it is opened (17.15.1)."""
_NARROWEST = 1700
"""Twentieths of a point: three centimetres."""
_NOTES = ("footnotePr", "endnotePr")
_STYLES = ("pStyle", "rStyle", "tblStyle")


def check(word: DocxFile, core: Element | None, frame: str) -> Iterator[Finding]:
    """Yield what a file states and the Word edition never does.

    Args:
        word: The file.
        core: Its core properties.
        frame: Letters of title page and imprint.
    """
    settings = word.part("settings")
    for setting in _ELSEWHERE:
        if settings is not None and settings.find(name(setting)) is not None:
            yield rules.unexpected(rules.KINDS.finding(f"The setting “{setting}” is not of the manuscript."))
    for section in word.document.iter(name("sectPr")):
        if any(section.find(name(kind)) is not None for kind in _NOTES):  # 17.11.21: it overrides the settings
            yield rules.NOTES.finding("A section numbers its notes otherwise than the edition does.")
    fonts = {font for root in _formatted(word) for element in root.iter(name("rFonts")) for font in _shown(element)}
    for font in sorted(filter(is_of_symbols, fonts)):
        yield rules.TEXT.finding(f"The font “{font}” shows letters as other signs.")
    yield from _separators(word)
    for section in word.document.iter(name("sectPr")):
        if any(side < _NARROWEST for side in _text_area(section)):
            yield rules.TEXT.finding("The paper is too small, or its margins are too wide, for the text.")
        if section.find(name("textDirection")) is not None or section.find(name("rtlGutter")) is not None:
            yield rules.unexpected(rules.DIRECTIONS.finding("A section turns its pages or its lines."))
    if core is None:
        return
    category = core.findtext(name("cp:category")) or ""
    if letters(category) not in frame:
        yield rules.METADATA.finding(f"The category “{category[:QUOTED]}” is not that of the title page.")
    if status := core.findtext(name("cp:contentStatus")):
        yield rules.METADATA.finding(f"The properties state “{status[:QUOTED]}”.")


def _separators(word: DocxFile) -> Iterator[Finding]:
    """Yield words on the line above the notes (17.11.23)."""
    for kind in ("footnotes", "endnotes"):
        part = word.package.related(kind)
        for note in word.package.xml(part) if part is not None else ():
            words = "".join(text.text or "" for text in note.iter(name("t")))
            if note.get(name("type")) not in {None, "normal"} and letters(words):
                yield rules.NOTES.finding(f"“{words[:QUOTED]}” is above the notes of each page.")


def _text_area(section: Element) -> Iterator[int]:
    """Yield width and height of the text on the paper of a section (17.6.11, 17.6.13)."""
    paper, margins = section.find(name("pgSz")), section.find(name("pgMar"))
    if paper is None or margins is None:
        return
    for size, sides in (("w", ("left", "right")), ("h", ("top", "bottom"))):
        edges = (abs(int(margins.get(name(side)) or 0)) for side in sides)
        yield int(paper.get(name(size)) or 0) - sum(edges)


def _formatted(word: DocxFile) -> Iterator[Element]:
    """Yield what states fonts of the text: stories, defaults, and styles that a paragraph, run or table has."""
    roots = [story.root for story in word.stories()]
    yield from roots
    if word.styles.default_run is not None:
        yield word.styles.default_run
    used = {word.styles.default_paragraph}
    used |= {element.get(name("val")) or "" for root in roots for kind in _STYLES for element in root.iter(name(kind))}
    for style in sorted(used):
        yield from word.styles.chain(style)


def _shown(fonts: Element) -> Iterator[str]:
    return (fonts.get(name(kind)) or "" for kind in ("ascii", "hAnsi", "cs"))
