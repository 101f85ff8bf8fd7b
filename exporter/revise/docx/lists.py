"""Typed lists that become lists in Word files (ISO/IEC 29500-1, 17.9 numbering, 17.3.1.19 numPr)."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from html import escape
from itertools import starmap

from exporter.inspect.docx.edited_package import EditedPackage, PartType
from exporter.inspect.docx.numbering import FORMATS
from exporter.inspect.docx.xml import NAMESPACES, STRICT_WORD
from exporter.model import ListStyle
from exporter.model.typed_lists import Numbering
from exporter.revise import elements
from exporter.revise.docx.paragraph_text import keep_spaces, pieces_of
from exporter.revise.element_texts import ElementText, text_of
from exporter.revise.elements import Element, PartEdits
from exporter.revise.list_marks import LINE_MARKER, NO_LIST, levels, remove_marker
from exporter.revise.refusal import RefusedError

_PART = PartType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/numbering",
)
_BEFORE_NUMBER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr")
_SINGLE = ("sectPr", "pPrChange")
"""Properties of which a paragraph that is divided has no second."""
Line = list[ElementText]


def make_list(edited: EditedPackage, edits: PartEdits, paragraphs: Sequence[Element | None]) -> None:
    """Make paragraphs, or the lines of one, items of a new list, without the bullets or numbers that were typed.

    Args:
        edited: The file, to which the numbering is added.
        edits: Edits of the main part.
        paragraphs: The paragraphs.

    Raises:
        RefusedError: One is not in the main part, or the lines are no list with one or two levels.
    """
    lines: list[tuple[Element, Line]] = []
    for paragraph in paragraphs:
        if paragraph is None or paragraph.local != "p":
            raise RefusedError("The lines are in a note, a header or another file.", "Word: Home, Bullets.")
        lines += [(paragraph, line) for line in _lines(edits, paragraph)]
    items = [(paragraph, line) for paragraph, line in lines if LINE_MARKER.match(text_of(line))]
    marks, depths = levels([text_of(line) for _, line in items])
    number = _add_numbering(edited, marks)
    for (paragraph, line), depth in zip(items, depths, strict=True):
        if line[0].holder.local == "br":
            _divide(edits, paragraph, line[0].holder, number, depth)
        else:
            set_number(edits, paragraph, number, depth)
        remove_marker(edits, line, "br", lambda holder: keep_spaces(edits, holder))


def _lines(edits: PartEdits, paragraph: Element) -> list[Line]:
    """Return the lines of a paragraph; each but the first begins with its line break."""
    lines: list[Line] = [[]]
    for piece in pieces_of(edits, paragraph):
        if piece.holder.local == "br":
            lines.append([])
        lines[-1].append(piece)
    return lines


def set_number(edits: PartEdits, paragraph: Element, number: int, depth: int = 0) -> None:
    """Make a paragraph an item of a list, given by its number; 0 for none."""
    properties = paragraph.child("pPr")
    if properties is None:
        (tag, _), content = paragraph.name.sibling("pPr"), list_number(paragraph, number, depth)
        end = tag.partition(" ")[0]
        edits.insert(paragraph, f"<{tag}>{content}</{end}>", next(iter(paragraph.children), None))
        return
    known = properties.child("numPr")
    if known is not None:
        edits.delete(known)
    following = (child for child in properties.children if child.local not in _BEFORE_NUMBER)
    edits.insert(properties, list_number(paragraph, number, depth), next(following, None))


def _divide(edits: PartEdits, paragraph: Element, line_break: Element, number: int, depth: int) -> None:
    """Begin a paragraph in place of a line break, with the properties of the paragraph and of the run."""
    run, properties = line_break.parent, paragraph.child("pPr")
    if run is None or run.local != "r" or run.parent is not paragraph:
        raise NO_LIST
    (opening, _), (outer, _), (run_tag, _) = (paragraph.name.sibling(local) for local in ("p", "pPr", "r"))
    children = properties.children if properties is not None else []
    if any(child.local in _SINGLE for child in children):
        raise NO_LIST
    before = "".join(
        edits.source(child) for child in children if child.local in _BEFORE_NUMBER and child.local != "numPr"
    )
    after = "".join(edits.source(child) for child in children if child.local not in _BEFORE_NUMBER)
    format_of_run = run.child("rPr")
    edits.replace(
        (line_break.start, line_break.end),
        f"</{run_tag.partition(' ')[0]}></{opening.partition(' ')[0]}><{opening}>"
        f"<{outer}>{before}{list_number(paragraph, number, depth)}{after}</{outer.partition(' ')[0]}><{run_tag}>"
        f"{edits.source(format_of_run) if format_of_run is not None else ''}",
    )


def list_number(paragraph: Element, number: int, depth: int = 0) -> str:
    """Return the property of an item of a list, given by its number; 0 for none."""
    (outer, prefix), (level, _), (identifier, _) = (
        paragraph.name.sibling(local) for local in ("numPr", "ilvl", "numId")
    )
    end = outer.partition(" ")[0]
    return f'<{outer}><{level} {prefix}val="{depth}"/><{identifier} {prefix}val="{number}"/></{end}>'


def _add_numbering(edited: EditedPackage, levels: Sequence[Numbering]) -> int:
    """Add a list to the numbering part, which is added if it is missing; return its number."""
    main = edited.package.main
    namespace = STRICT_WORD if edited.is_strict else NAMESPACES["w"]
    usual = posixpath.join(posixpath.dirname(main), "numbering.xml")
    part = edited.related("numbering", usual) or edited.add(usual, f'<w:numbering xmlns:w="{namespace}"/>', _PART, main)
    data = edited.read(part)
    root, edits = elements.read(data), PartEdits(data)
    abstract = 1 + max((_value(child, "abstractNumId") for child in root.children), default=0)
    number = 1 + max((_value(child, "numId") for child in root.children), default=0)
    last = root.child("numIdMacAtCleanup")
    definition = (
        f'<w:abstractNum xmlns:w="{namespace}" w:abstractNumId="{abstract}"><w:multiLevelType '
        f'w:val="{"multilevel" if len(levels) > 1 else "singleLevel"}"/>{"".join(starmap(_level, enumerate(levels)))}'
        "</w:abstractNum>"
    )
    use = f'<w:num xmlns:w="{namespace}" w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
    first = root.child("num")
    if first is None:
        edits.insert(root, definition + use, last)
    else:
        edits.insert(root, definition, first)
        edits.insert(root, use, last)
    edited.replace(part, edits.result())
    return number


def _level(depth: int, marks: Numbering) -> str:
    """Return the definition of a level of a list."""
    text = "•" if marks.style is ListStyle.BULLET else escape(marks.delimiter.around(f"%{depth + 1}"))
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{marks.start}"/><w:numFmt w:val="{FORMATS[marks.style]}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{720 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def _value(element: Element, name: str) -> int:
    value = element.attributes.get(name, "")
    return int(value) if value.isdecimal() else 0
