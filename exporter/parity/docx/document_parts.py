"""Settings, properties, fonts and the last section of a Word file, as far as readers meet what they state."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, name
from exporter.parity import rules
from exporter.parity.content import letters
from exporter.parity.item_names import QUOTED
from exporter.parity.symbol_fonts import is_of_symbols

_ELSEWHERE = ("attachedTemplate", "linkStyles", "mailMerge", "updateFields")
"""Settings by which a file is made of others, or renewed when it is opened (17.15.1)."""
_NOTES = ("footnotePr", "endnotePr")


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
    styles = word.part("styles")
    roots = (*(story.root for story in word.stories()), *(() if styles is None else (styles,)))
    stated = (fonts for root in roots for fonts in root.iter(name("rFonts")))
    fonts = {str(font) for element in stated for font in element.attrib.values()}
    for font in sorted(filter(is_of_symbols, fonts)):
        yield rules.TEXT.finding(f"The font “{font}” shows letters as other signs.")
    if core is None:
        return
    category = core.findtext(name("cp:category")) or ""
    if letters(category) not in frame:
        yield rules.METADATA.finding(f"The category “{category[:QUOTED]}” is not that of the title page.")
    if status := core.findtext(name("cp:contentStatus")):
        yield rules.METADATA.finding(f"The properties state “{status[:QUOTED]}”.")
