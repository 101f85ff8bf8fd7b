"""What must hold in every Word file, read with zipfile and lxml alone."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# ECMA-376-1, annex A.1: the order of children, as the schema gives it.
SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs suppressAutoHyphens bidi spacing ind "
    "contextualSpacing jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs strike noProof vanish color spacing sz szCs u vertAlign rtl em lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle cantSplit tblHeader",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "pBdr": "top left bottom right",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl lvl",
    "numbering": "abstractNum num",
    "tbl": "tblPr tblGrid tr",
    "settings": "zoom defaultTabStop characterSpacingControl footnotePr endnotePr compat docVars mathPr themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "sdtPr": "tag id appearance docPartObj",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg bidi",
}


class Word:
    """An opened Word file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.entries = archive.infolist()
            self.data = {name: archive.read(name) for name in self.names}
        self.parts = {
            name: etree.fromstring(data) for name, data in self.data.items() if name.endswith((".xml", ".rels"))
        }

    @property
    def document(self) -> etree._Element:
        return self.parts["word/document.xml"]

    @property
    def body(self) -> etree._Element:
        body = self.document.find(f"{W}body")
        assert body is not None
        return body

    def part(self, name: str) -> etree._Element:
        return self.parts[f"word/{name}.xml"]

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        for name in ("document", "footnotes", "endnotes", "header1", "footer1", "house-header1", "house-footer1"):
            if f"word/{name}.xml" in self.parts:
                yield name, self.parts[f"word/{name}.xml"]

    def paragraphs(self, style: str | None = None, part: str = "document") -> list[etree._Element]:
        found = list(self.part(part).iter(f"{W}p"))
        return found if style is None else [each for each in found if style_of(each) == style]

    def relations(self, part: str) -> dict[str, etree._Element]:
        name = f"word/_rels/{part}.xml.rels"
        return {each.get("Id"): each for each in self.parts[name]} if name in self.parts else {}


def val(element: etree._Element | None, attribute: str = "val") -> str | None:
    return None if element is None else element.get(f"{W}{attribute}")


def style_of(paragraph: etree._Element) -> str:
    return val(paragraph.find(f"{W}pPr/{W}pStyle")) or "Normal"


def text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t", f"{M}t"))


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def faults(word: Word) -> list[str]:
    """Return what is wrong with a file, each fault a sentence; nothing when it is sound."""
    return [
        *_order(word),
        *_package(word),
        *_references(word),
        *_empty_paragraphs(word),
        *_tables(word),
        *_identities(word),
    ]


def _order(word: Word) -> Iterator[str]:
    for name, root in word.parts.items():
        for element in root.iter(etree.Element):
            if element.tag.startswith(M):
                continue
            sequence = SEQUENCES.get(local(element), "").split()
            if not sequence:
                continue
            children = [local(child) for child in element]
            unknown = [child for child in children if child not in sequence and child not in {"bookmarkEnd"}]
            if unknown:
                yield f"{name}: {local(element)} holds {unknown}, of which this test does not know the place"
            ranks = [sequence.index(child) for child in children if child in sequence]
            if ranks != sorted(ranks):
                yield f"{name}: children of {local(element)} out of order: {children}"


def _package(word: Word) -> Iterator[str]:
    types = word.parts["[Content_Types].xml"]
    overrides = {each.get("PartName") for each in types.iter(f"{CONTENT_TYPES}Override")}
    defaults = {each.get("Extension") for each in types.iter(f"{CONTENT_TYPES}Default")}
    for name in word.names:
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"{name} has no content type"
    for name, root in word.parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in root.iter(f"{PACKAGE}Relationship"):
                target = relation.get("Target")
                path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
                if relation.get("TargetMode") != "External" and path not in word.names:
                    yield f"{name}: {target} is missing"


def _references(word: Word) -> Iterator[str]:
    styles = {val(style, "styleId") for style in word.part("styles").iter(f"{W}style")}
    numbers = {val(number, "numId") for number in word.part("numbering").iter(f"{W}num")}
    anchors: Counter[str | None] = Counter()
    for _, root in word.stories():
        anchors.update(val(mark, "name") for mark in root.iter(f"{W}bookmarkStart"))
    for name, root in word.stories():
        relations = word.relations(name)
        for element in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
            if val(element) not in styles:
                yield f"{name}: style {val(element)} does not exist"
        for element in root.iter(f"{W}numId"):
            if val(element) not in numbers:
                yield f"{name}: list {val(element)} does not exist"
        for element in root.iter(f"{W}hyperlink"):
            anchor = val(element, "anchor")
            if anchor is not None and anchor not in anchors:
                yield f"{name}: link to {anchor} leads nowhere"
        for element in root.iter(etree.Element):
            for attribute in (f"{R}id", f"{R}embed"):
                if element.get(attribute) is not None and element.get(attribute) not in relations:
                    yield f"{name}: relation {element.get(attribute)} does not exist"
        for kind in ("footnote", "endnote"):
            for reference in root.iter(f"{W}{kind}Reference"):
                notes = {val(note, "id") for note in word.part(f"{kind}s").iter(f"{W}{kind}")}
                if val(reference, "id") not in notes:
                    yield f"{name}: {kind} {val(reference, 'id')} does not exist"


def _empty_paragraphs(word: Word) -> Iterator[str]:
    shown = {f"{W}{name}" for name in ("drawing", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")}
    shown |= {f"{W}separator", f"{W}continuationSeparator", f"{W}fldChar", f"{M}oMath"}
    for name, root in word.stories():
        for paragraph in root.iter(f"{W}p"):
            if text(paragraph).strip() or any(each.tag in shown for each in paragraph.iter()):
                continue
            parent = paragraph.getparent()
            number = paragraph.find(f"{W}pPr/{W}numPr") is not None
            needed = local(parent) == "tc" and parent[-1] is paragraph and len(parent.findall(f"{W}p")) == 1
            before = paragraph.getprevious()
            needed |= (
                local(parent) == "tc"
                and parent[-1] is paragraph
                and before is not None
                and local(before) in {"tbl", "sdt"}
            )
            if not (number or needed or style_of(paragraph) == "TableSpace"):
                yield f"{name}: empty paragraph in {local(parent)} ({style_of(paragraph)})"


def _tables(word: Word) -> Iterator[str]:
    for name, root in word.stories():
        for table in root.iter(f"{W}tbl"):
            following = _next_block(table)
            if following is None or following.tag != f"{W}p":
                yield f"{name}: a table is followed by {following}"
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.findall(f"{W}tr"):
                spans = [int(val(cell.find(f"{W}tcPr/{W}gridSpan")) or 1) for cell in row.findall(f"{W}tc")]
                if sum(spans) != columns:
                    yield f"{name}: a row covers {sum(spans)} of {columns} columns"
            head = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
            if head != sorted(head, reverse=True):
                yield f"{name}: header rows are not the first"
        for cell in root.iter(f"{W}tc"):
            if cell[-1].tag != f"{W}p":
                yield f"{name}: a cell does not end with a paragraph"


def _next_block(block: etree._Element) -> etree._Element | None:
    """Return the paragraph or table behind a block, in or out of content controls."""
    following = block.getnext()
    while following is None and local(block.getparent()) == "sdtContent":
        block = block.getparent().getparent()
        following = block.getnext()
    while following is not None and local(following) == "sdt":
        following = following.find(f"{W}sdtContent")[0]
    return following


def _identities(word: Word) -> Iterator[str]:
    names: Counter[str | None] = Counter()
    starts: Counter[str | None] = Counter()
    ends: Counter[str | None] = Counter()
    pictures: Counter[str | None] = Counter()
    for _, root in word.stories():
        names.update(val(mark, "name").casefold() for mark in root.iter(f"{W}bookmarkStart"))
        starts.update(val(mark, "id") for mark in root.iter(f"{W}bookmarkStart"))
        ends.update(val(mark, "id") for mark in root.iter(f"{W}bookmarkEnd"))
        pictures.update(each.get("id") for each in root.iter(f"{WP}docPr"))
    controls: Counter[str | None] = Counter(
        val(each) for _, root in word.stories() for each in root.findall(f".//{W}sdtPr/{W}id")
    )
    for what, counter in (
        ("bookmark", names),
        ("bookmark number", starts),
        ("picture number", pictures),
        ("content control", controls),
    ):
        yield from (f"{what} {each} appears {count} times" for each, count in counter.items() if count > 1)
    if starts != ends:
        yield "bookmarks begin that do not end, or the other way round"
    yield from (f"bookmark name {each} is too long" for each in names if len(each or "") > 40)
