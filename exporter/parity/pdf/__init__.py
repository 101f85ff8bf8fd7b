"""Content of a tagged PDF: its structure tree, its words and its bookmarks.

`extract_pdf` gives it for any PDF; `content` turns the structure tree into items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unicodedata import category

import msgspec

from exporter.findings import Finding
from exporter.inspect.pdf import RGB_MARK, Bookmark, Node, PdfFile, open_pdf, values
from exporter.inspect.pdf.page_content import PageContent
from exporter.inspect.pdf.types import NOTES
from exporter.inspect.xml import parse
from exporter.model.addresses import is_web
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.comparison.letter_counts import letters_of
from exporter.parity.comparison.printed_order import SIGNS, is_drawn_otherwise, pieces_of
from exporter.parity.content import letters
from exporter.parity.extraction import DAY, DocumentMetadata, Extraction, Extractor, Heading, Picture, normal
from exporter.parity.pdf.collector import said_instead
from exporter.parity.pdf.content import extract_content
from exporter.parity.pdf.contradictions import (
    additions,
    beside_text,
    drawings,
    information,
    page_order,
    picture_faults,
    unnumbered,
)
from exporter.parity.rules import OUTLINE

DC = "{http://purl.org/dc/elements/1.1/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_OF_FORMULAS = frozenset({"No", "Sm"})
"""Categories of characters in a bookmark that the page may have as a formula."""
HEADING = re.compile(r"H([1-9][0-9]?)")
_BESIDE = frozenset({*NOTES, "Reference", "Lbl", "Formula"})
"""What stands inside a heading and is not part of its words."""


def extract_pdf(path: Path) -> Extraction:
    """Read a tagged PDF; one without tags has neither headings nor pictures nor items."""
    with open_pdf(path) as file:
        return _extract(file)


def _extract(file: PdfFile) -> Extraction:
    root = file.structure.root
    metadata, languages = _metadata(file)
    content = extract_content(file) if root.kids else None
    return Extraction(
        title=normal(file.title),
        language=" and ".join(dict.fromkeys(filter(None, (file.language, *languages)))),
        direction=_direction(file),
        headings=tuple(_headings(file, root)),
        plain=True,
        outline=tuple(_mark(bookmark) for bookmark in file.bookmarks),
        pictures=tuple(_pictures(file, root)),
        spaces_unreliable=True,
        content=content,
        frame=letters("".join(item.text for item in content.items)) if content else None,
        metadata=metadata,
        pages=_pages(file),
        paged=True,
        contradictions=(
            *(*drawings(file), *additions(file), *information(file, metadata)),
            *page_order(content.items if content else ()),
            *(*beside_text(file), *unnumbered(file)),
        ),
        covers=tuple(_covers(file, root)) or None,
        picture_faults=tuple(picture_faults(file)),
    )


def _direction(file: PdfFile) -> str:
    """Return the direction of the whole: that in which pages follow each other (ISO 32000-2, table 147)."""
    return "rtl" if values.name(values.get(file.pdf.Root.get("/ViewerPreferences"), "/Direction")) == "R2L" else "ltr"


def extract_print(path: Path) -> Extraction:
    """Read a PDF for paper alone, which has bookmarks and no tags."""
    with open_pdf(path) as file:
        extraction = _extract(file)
        title = extraction.title.removesuffix(RGB_MARK) if file.is_marked_rgb and extraction.title else extraction.title
        # Ghostscript does not write the characters of some fonts of joined scripts, which nobody reads out on paper.
        is_known = all(font.codes <= font.map.keys() for font in file.fonts)
        drawn = tuple(map(_drawn_text, file.contents()))
        misled = tuple(misled_bookmarks(file.bookmarks, drawn))
    return msgspec.structs.replace(
        extraction,
        title=title,
        headings=None,
        pictures=None,
        content=None,
        frame=None,
        direction=None,
        drawn=drawn,
        letters=letters_of("".join(drawn)) if is_known else None,
        contradictions=(*extraction.contradictions, *misled),
    )


def misled_bookmarks(bookmarks: Iterable[Bookmark], pages: Sequence[str]) -> Iterator[Finding]:
    """Yield bookmarks of which another page has the words."""
    on_pages = [letters(page) for page in pages]
    for bookmark in bookmarks:
        # Of a translation beside its original, the page has the first half.
        title, target = bookmark.title.partition(" / ")[0], bookmark.target
        words = max(pieces_of(title), key=len)
        here = on_pages[target.page] if target is not None and target.page is not None else ""
        is_elsewhere = words not in here and any(words in page for page in on_pages)
        if is_elsewhere and not (any(map(_may_be_drawn_otherwise, title)) and _has_most_words(here, title)):
            yield OUTLINE.finding(f"The bookmark “{bookmark.title[:QUOTED]}” points to another page.")


def _may_be_drawn_otherwise(letter: str) -> bool:
    return is_drawn_otherwise(letter) or category(letter) in _OF_FORMULAS


def _has_most_words(page: str, title: str) -> bool:
    """Return whether most letters of a title are on a page: some are drawn backwards, or as a formula."""
    words = [
        letters(word) for word in title.split() if not any(category(letter) in _OF_FORMULAS | SIGNS for letter in word)
    ]
    present = sum(len(word) for word in words if word in page or word[::-1] in page)
    return 2 * present >= sum(map(len, words))


def _drawn_text(page: PageContent) -> str:
    marked = (*(run.text for run in page.runs.values()), *(artifact.text for artifact in page.artifacts))
    return "".join((*page.unmarked, *marked))


def _metadata(file: PdfFile) -> tuple[DocumentMetadata | None, tuple[str, ...]]:
    """Return the metadata and languages of the XMP stream (ISO 16684-1), or None if it cannot be read."""
    from lxml import etree

    data = file.xmp.strip("\ufeff \n")
    try:
        root = parse(data.encode()) if data else None
    except (etree.XMLSyntaxError, ValueError):
        return None, ()
    if root is None:
        return None, ()
    metadata = DocumentMetadata(
        authors=tuple(_items(root, f"{DC}creator")),
        date=(root.findtext(f".//{XMP}CreateDate") or "")[:DAY] or None,
        description=" ".join(_items(root, f"{DC}description")) or None,
        subjects=tuple(filter(None, [normal(root.findtext(f".//{PDF}Keywords") or ""), *_items(root, f"{DC}subject")]))
        or None,
        publisher=" ".join(_items(root, f"{DC}publisher")) or None,
        identifier=normal(root.findtext(f".//{DC}identifier") or "") or None,
        rights=" ".join(_items(root, f"{DC}rights")) or None,
        modified=(root.findtext(f".//{XMP}ModifyDate") or "")[:DAY] or None,
    )
    return metadata, tuple(_items(root, f"{DC}language"))


def _items(root: Any, name: str) -> Iterator[str]:
    for element in root.iter(name):
        yield from (normal("".join(item.itertext())) for item in element.iter(LI))


def _pages(file: PdfFile) -> tuple[str, ...]:
    count = len(file.pages)
    labels = file.page_labels or ()
    return labels if len(labels) == count else tuple(str(number) for number in range(1, count + 1))


def _mark(bookmark: Bookmark) -> Heading:
    return Heading(normal(bookmark.title), bookmark.level)


def _headings(file: PdfFile, root: Node) -> list[Heading]:
    """Return the headings of the text, not the title, where it is the heading above them and in no section."""
    levels = [
        (node, int(level[1]))
        for node in root.all()
        if (level := HEADING.fullmatch(node.type)) and not node.within(*NOTES)
    ]
    first, first_level = levels[0] if levels else (None, 0)
    words = normal(_words(file, first)) if first and first_level == 1 and not first.within("Sect") else ""
    is_titled = bool(words) and letters(file.title).startswith(letters(words))
    return [Heading(normal(_words(file, node)), level - is_titled) for node, level in levels[is_titled:]]


def _words(file: PdfFile, node: Node) -> str:
    """Return the words of a heading, without notes and the marks that lead to them."""
    replacement = said_instead(node)
    if replacement is not None:
        return replacement
    # A link of digits alone is the mark of a note.
    marks = [link for link in node.all("Link") if file.text(link).strip().isdigit()]
    words = file.text(node, without=_BESIDE)
    for mark in marks if not any(node.all("Reference")) else ():
        words = words.replace(file.text(mark), "", 1)
    return words


def _pictures(file: PdfFile, root: Node) -> list[Picture]:
    text: list[Picture] = []
    notes: list[Picture] = []
    for node in root.all("Figure"):
        alt = normal(node.alt) or None if node.alt is not None else None
        picture = Picture(alt, is_qr_code=_is_qr_code(file, node))
        (notes if node.within(*NOTES) else text).append(picture)
    return text + notes


def _covers(file: PdfFile, root: Node) -> Iterator[Picture]:
    """Yield the figures outside of all sections."""
    for document in root.nodes:
        for node in document.nodes:
            if node.type == "Figure":
                yield Picture(normal(node.alt or "") or None, file=file.picture(node)[0])


def _is_qr_code(file: PdfFile, figure: Node) -> bool:
    """Return whether the description of a figure contains the web address of a link beside it."""
    beside = figure.parent.nodes if figure.parent else []
    addresses = (file.text(node).strip() for node in beside if node.type == "Link")
    return any(is_web(address) and letters(address) in letters(figure.alt or "") for address in addresses)


EXTRACTOR = Extractor(extract_pdf)
PRINT_EXTRACTOR = Extractor(extract_print)
