"""Checks of the integrity of a file, where Word would repair or refuse it, or programs would disagree."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile, Story
from exporter.inspect.docx.xml import NAMESPACES, Element, first_choices, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import finding_at

LONGEST = 40
"""Characters of the name of a bookmark."""
MOST_NOTES = 32767
_FIELDS = ("REF", "PAGEREF", "NOTEREF")
_STYLES = ("pStyle", "rStyle", "tblStyle")
_RELATED = f"{{{NAMESPACES['r']}}}"
_MARKS = frozenset({"bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeEnd"})
_SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings sectPrChange",
}
_RANKS = {
    name(parent): {name(child): rank for rank, child in enumerate(children.split())}
    for parent, children in _SEQUENCES.items()
}
_FIRST = {name("pPr"): name("p"), name("rPr"): name("r"), name("tblPr"): name("tbl"), name("tcPr"): name("tc")}
"""Properties that are the first child of their element."""


def check(word: DocxFile) -> Iterator[Finding]:
    """Check every part."""
    yield from _package(word)
    stories = list(word.stories(headers=True))
    marks = Counter(_value(mark, "name") for story in stories for mark in first_choices(story.root, "bookmarkStart"))
    yield from _bookmarks(word, stories, marks)
    yield from _identities(word, stories)
    lists = word.part("numbering")
    numbers = {_value(element, "numId") for element in lists.iter(name("num"))} if lists is not None else set()
    anchors = {mark.casefold() for mark in marks}
    for story in stories:
        yield from _references(word, story, anchors, numbers)
        yield from _fields(word, story)
        yield from _tables(word, story.root)
        yield from _order(word, story.root)
    yield from _notes(word)


def _value(element: Element, attribute: str = "val") -> str:
    return element.get(name(attribute)) or ""


def _package(word: DocxFile) -> Iterator[Finding]:
    package = word.package
    types = package.xml("[Content_Types].xml") if "[Content_Types].xml" in package else None
    declared = set()
    if types is not None:
        declared = {override.get("PartName") for override in types.iter(name("ct:Override"))}
        declared |= {(default.get("Extension") or "").casefold() for default in types.iter(name("ct:Default"))}
    for part in package.names:
        # Deleted items that Word leaves under [trash] are no parts (ISO/IEC 29500-2).
        if part.endswith("/") or part == "[Content_Types].xml" or part.startswith("[trash]/"):
            continue
        if f"/{part}" not in declared and part.rpartition(".")[2].casefold() not in declared:
            yield finding_at(rules.CONTENT_TYPE, word, f"The part “{part}” has no content type.")
    for part in ("", *(file for file in package.names if not file.endswith((".rels", "/")))):
        for relation in package.relations(part).values():
            if not relation.external and relation.target not in package:
                message = f"Missing part: “{part or 'the package'}” refers to “{relation.target}”."
                yield finding_at(rules.PART_MISSING, word, message)


def _bookmarks(word: DocxFile, stories: list[Story], marks: Counter[str]) -> Iterator[Finding]:
    alike = Counter(mark.casefold() for mark in marks.elements())
    for mark, count in alike.items():
        if count > 1:
            yield finding_at(rules.BOOKMARK, word, f"Duplicate bookmark: “{mark}” is used {count} times.")
        if len(mark) > LONGEST:
            yield finding_at(rules.BOOKMARK, word, f"The bookmark name “{mark}” is longer than {LONGEST} characters.")
    begun, ended = (
        Counter(_value(mark, "id") for story in stories for mark in first_choices(story.root, tag))
        for tag in ("bookmarkStart", "bookmarkEnd")
    )
    for number in (begun - ended) | (ended - begun):
        yield finding_at(rules.BOOKMARK, word, f"The bookmark number {number} does not start and end exactly once.")


def _identities(word: DocxFile, stories: list[Story]) -> Iterator[Finding]:
    for story in stories:
        images = Counter(properties.get("id") or "" for properties in first_choices(story.root, "wp:docPr"))
        for number, count in images.items():
            if count > 1:
                yield finding_at(rules.IDENTITY, word, f"Duplicate image number: {number} is used {count} times.")


def _references(word: DocxFile, story: Story, anchors: set[str], numbers: set[str]) -> Iterator[Finding]:
    for element in story.root.iter(*(name(tag) for tag in _STYLES)):
        if word.styles.element(_value(element)) is None:
            yield finding_at(rules.STYLE_MISSING, word, f"Undefined style: “{_value(element)}”.", element)
    for element in story.root.iter(name("numId")):
        if _value(element) not in numbers | {"0"}:
            yield finding_at(rules.LIST_MISSING, word, f"Undefined list: {_value(element)}.", element)
    for link in story.root.iter(name("hyperlink")):
        # With a relationship, it is the fragment of an address.
        anchor = _value(link, "anchor") if link.get(name("r:id")) is None else ""
        if anchor and anchor.casefold() not in anchors | {"_top"}:
            yield finding_at(rules.TARGET_MISSING, word, f"Broken link: no bookmark “{anchor}”.", link)
    for code in story.root.iter(name("instrText")):
        words = (code.text or "").split()
        if len(words) > 1 and words[0] in _FIELDS and words[1].strip('"').casefold() not in anchors:
            yield finding_at(rules.TARGET_MISSING, word, f"Broken field: no bookmark “{words[1]}”.", code)
    relations = word.package.relations(story.part)
    for element in story.root.iter():
        for key, value in element.attrib.items():
            if str(key).startswith(_RELATED) and value and str(value) not in relations:
                yield finding_at(rules.PART_MISSING, word, f"Missing relationship: “{value!s}”.", element)


def _fields(word: DocxFile, story: Story) -> Iterator[Finding]:
    depth = 0
    for mark in story.root.iter(name("fldChar")):
        kind = _value(mark, "fldCharType")
        depth += 1 if kind == "begin" else -1 if kind == "end" else 0
        if depth < 0:
            yield finding_at(rules.FIELD, word, "Unmatched field end.", mark)
            depth = 0
    if depth:
        yield finding_at(rules.FIELD, word, f"{depth} unclosed fields in “{posixpath.basename(story.part)}”.")


def _tables(word: DocxFile, root: Element) -> Iterator[Finding]:
    for table in root.iter(name("tbl")):
        columns = len(table.findall(f"{name('tblGrid')}/{name('gridCol')}"))
        for row in table.iterchildren(name("tr")):
            covered = sum(_covered(cell) for cell in row.iterchildren(name("tc")))
            covered += sum(_span(row, side) for side in ("gridBefore", "gridAfter"))
            if row.find(name("sdt")) is None and covered != columns:
                yield finding_at(rules.GRID, word, f"A row spans {covered} of {columns} columns.", row)
        following = table.getnext()
        if following is not None and following.tag == name("tbl"):
            message = "Two adjacent tables have no paragraph between them; Word merges them."
            yield finding_at(rules.GRID, word, message, following)
    for cell in root.iter(name("tc")):
        last = next((child for child in reversed(cell) if str(child.tag).rpartition("}")[2] not in _MARKS), None)
        if last is None or last.tag not in {name("p"), name("sdt")}:
            yield finding_at(rules.GRID, word, "A cell does not end with a paragraph.", cell)


def _covered(cell: Element) -> int:
    span = cell.find(f"{name('tcPr')}/{name('gridSpan')}")
    value = _value(span) if span is not None else "1"
    return int(value) if value.isdigit() else 1


def _span(row: Element, side: str) -> int:
    element = row.find(f"{name('trPr')}/{name(side)}")
    value = _value(element) if element is not None else ""
    return int(value) if value.isdigit() else 0


def _notes(word: DocxFile) -> Iterator[Finding]:
    for kind in ("footnote", "endnote"):
        part = word.part(f"{kind}s")
        notes = [note for note in part.iter(name(kind)) if not note.get(name("type"))] if part is not None else []
        defined = Counter(_value(note, "id") for note in notes)
        referenced = Counter(_value(mark, "id") for mark in word.document.iter(name(f"{kind}Reference")))
        for number in referenced.keys() - defined.keys():
            yield finding_at(rules.NOTE_MISSING, word, f"Missing {kind} {number}: the text refers to it.")
        for number in defined.keys() - referenced.keys():
            yield finding_at(rules.NOTE_MISSING, word, f"Unused {kind} {number}: the text does not refer to it.")
        for number, count in defined.items():
            if count > 1 or not number.lstrip("-").isdigit() or int(number) > MOST_NOTES:
                message = f"Invalid {kind} number: {number} is used twice or above {MOST_NOTES}."
                yield finding_at(rules.NOTE_MISSING, word, message)


def _order(word: DocxFile, root: Element) -> Iterator[Finding]:
    """Check that properties are in the order of the schema (annex A.1): Word refuses files otherwise."""
    for element in root.iter(*_RANKS, *_FIRST):
        rank = _RANKS.get(str(element.tag), {})
        ranks = [_header_rank(rank, child) for child in element if child.tag in rank]
        local = str(element.tag).rpartition("}")[2]
        if ranks != sorted(ranks):
            yield finding_at(rules.ORDER, word, f"Children of “{local}” are out of order.", element)
        parent, before = element.getparent(), element.getprevious()
        if parent is not None and parent.tag == _FIRST.get(str(element.tag)) and before is not None:
            yield finding_at(rules.ORDER, word, f"“{local}” is not the first child of its element.", element)


def _header_rank(rank: dict[str, int], child: Element) -> int:
    # References to headers and footers may be in any order among themselves.
    return 0 if child.tag == name("footerReference") else rank[str(child.tag)]
