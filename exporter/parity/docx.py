"""What a Word file says, read with zipfile and lxml from its WordprocessingML (ISO 29500-1)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from exporter.parity.facts import Facts, Heading, Picture, normal
from exporter.parity.xml import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
DC = "{http://purl.org/dc/elements/1.1/}"

BODY_TEXT = 9
"""The outline level that says: not a heading (ISO 29500-1, 17.3.1.20)."""


def read(path: Path) -> Facts:
    """Read a Word file.

    Raises:
        KeyError, OSError, zipfile.BadZipFile, lxml.etree.XMLSyntaxError: It is none.
    """
    with zipfile.ZipFile(path) as archive:
        document = parse(archive.read("word/document.xml"))
        parts = ("word/footnotes.xml", "word/endnotes.xml")
        notes = [parse(archive.read(part)) for part in parts if part in archive.namelist()]
        styles = parse(archive.read("word/styles.xml"))
        core = parse(archive.read("docProps/core.xml"))
    levels = _outline_levels(styles)
    pictures: list[Picture] = []
    decorative = 0
    for properties in (each for part in (document, *notes) for each in _drawings(part)):
        if _true(properties.find(f".//{DECORATIVE}")):
            decorative += 1
        else:
            pictures.append(Picture(normal(properties.get("descr") or "") or None))
    return Facts(
        title=normal(core.findtext(f"{DC}title") or ""),
        language=_language(styles),
        headings=tuple(_headings(document, levels)),
        pictures=tuple(pictures),
        decorative=decorative,
    )


def _outline_levels(styles: Any) -> Mapping[str, int]:
    """Give the outline level of every paragraph style, from 1, by what it says itself or inherits."""
    every = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    levels: dict[str, int] = {}
    for name in every:
        seen: set[str] = set()
        place: str | None = name
        while place is not None and place in every and place not in seen:
            seen.add(place)
            stated = every[place].find(f"{W}pPr/{W}outlineLvl")
            if stated is not None:
                if int(stated.get(f"{W}val")) < BODY_TEXT:
                    levels[name] = int(stated.get(f"{W}val")) + 1
                break
            based = every[place].find(f"{W}basedOn")
            place = based.get(f"{W}val") if based is not None else None
    return levels


def _headings(document: Any, levels: Mapping[str, int]) -> Iterator[Heading]:
    for paragraph in document.iter(f"{W}p"):
        stated = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if stated is not None:
            level = int(stated.get(f"{W}val")) + 1
            level = level if level <= BODY_TEXT else 0
        else:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            level = levels.get(style.get(f"{W}val"), 0) if style is not None else 0
        if level:
            yield Heading(normal(_words(paragraph)), level)


_SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "\u2011"}


def _words(paragraph: Any) -> str:
    parts = []
    for element in paragraph.iter(f"{W}t", f"{M}t", *_SIGNS):
        if next(element.iterancestors(FALLBACK), None) is None and element.getparent().tag != f"{W}tabs":
            parts.append(_SIGNS.get(element.tag, element.text or ""))
    return "".join(parts)


def _drawings(document: Any) -> Iterator[Any]:
    """Give the properties of every picture; drawings that are no pictures, such as lines, are none."""
    for drawing in document.iter(f"{WP}inline", f"{WP}anchor"):
        inside_fallback = next(drawing.iterancestors(FALLBACK), None) is not None
        if not inside_fallback and next(drawing.iter(PICTURE), None) is not None:
            yield drawing.find(f"{WP}docPr")


def _true(element: Any) -> bool:
    return element is not None and element.get("val") in {"1", "true", "on"}


def _language(styles: Any) -> str | None:
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if language is None:
        return None
    return str(language.get(f"{W}val") or language.get(f"{W}bidi") or "")
