"""Tables of contents, lists of figures and indexes that Word generates (ISO/IEC 29500-1, 17.16.5.68 TOC)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.inspect.docx.xml import VAL, Element, child_value, name
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.recognition.typed_toc import is_title
from exporter.readers.docx.roles import Meaning, Role

_GALLERIES = frozenset({"table of contents", "table of figures"})
_FIELD = re.compile(r"\s*(?:TOC|TOA|INDEX)\b", re.IGNORECASE)
_INDEX = re.compile(r"\s*INDEX\b", re.IGNORECASE)
_GENERATED = ("_Toc", "__RefHeading___Toc", "_GoBack")
"""Beginnings of the names of bookmarks for tables of contents, and of the one of the place last edited."""
_LONGEST_HEADING = 80
"""Characters of the heading of a table of contents."""
_HEADING = Meaning(Role.HEADING, 1)
_CONTENTS_HEADING = Meaning(Role.CONTENTS_HEADING)
_P, _SDT, _T = map(name, ("p", "sdt", "t"))
_CODES = (name("instrText"), name("fldSimple"))
_SHOWN = (*_CODES, *map(name, ("t", "drawing", "pict", "object")))
"""What of a paragraph is shown, or the code of the field that shows it."""


def is_gallery(properties: Element | None) -> bool:
    """Return whether a content control contains a table of contents (17.5.2.12 docPartObj)."""
    galleries = properties.iter(name("docPartGallery")) if properties is not None else ()
    return any((gallery.get(VAL) or "").casefold() in _GALLERIES for gallery in galleries)


def meaning_of_heading(context: ReadContext, paragraph: Element, meaning: Meaning, *, in_gallery: bool) -> Meaning:
    """Return the meaning of a paragraph that may be the heading of a table of contents.

    Args:
        context: The file that is being read.
        paragraph: The paragraph.
        meaning: Its meaning by its style.
        in_gallery: Whether it is in the content control of a table of contents, where every style is possible.
    """
    if meaning.role is Role.CONTENTS_HEADING:
        is_followed = in_gallery or context.is_word_edition or _is_followed(context, paragraph)
        return meaning if is_followed else _HEADING
    if meaning.role is Role.HEADING and _is_heading_of_index(paragraph):
        return _CONTENTS_HEADING
    if meaning.role in (Role.TEXT, Role.HEADING) and is_title(_text(paragraph)) and _is_followed(context, paragraph):
        return _CONTENTS_HEADING
    if in_gallery and meaning.role is not Role.LEFT_OUT and _is_followed(context, paragraph):
        return _CONTENTS_HEADING if len(_text(paragraph)) <= _LONGEST_HEADING else meaning
    return meaning


def _is_followed(context: ReadContext, paragraph: Element) -> bool:
    """Return whether the next content after a paragraph is generated."""
    for following in _following(paragraph):
        if following.tag == _SDT:
            if is_gallery(following.find(name("sdtPr"))):
                return True
        elif following.tag == _P:
            if _is_entry(context, following):
                return True
            if _text(following).strip():
                return False
        elif following.tag == name("tbl"):
            return False
    return False


def _is_heading_of_index(heading: Element) -> bool:
    """Return whether the next content after a heading to which nothing refers is an index that Word generated."""
    bookmarks = (mark.get(name("name")) or "" for mark in heading.iter(name("bookmarkStart")))
    if not all(bookmark.startswith(_GENERATED) for bookmark in bookmarks):
        return False
    paragraphs = (following for following in _following(heading) if following.tag in (_P, name("tbl")))
    shown = ((part, paragraph) for paragraph in paragraphs for part in paragraph.iter(*_SHOWN))
    first = next(((part, paragraph) for part, paragraph in shown if part.tag != _T or (part.text or "").strip()), None)
    return first is not None and first[0].tag in _CODES and any(map(_INDEX.match, _codes(first[1])))


def _following(paragraph: Element) -> Iterator[Element]:
    """Yield the elements after a paragraph, those in content controls too."""
    for sibling in paragraph.itersiblings():
        yield sibling
        content = sibling.find(name("sdtContent")) if sibling.tag == _SDT else None
        yield from content if content is not None else ()


def has_content(context: ReadContext, gallery: Element) -> bool:
    """Return whether the content control of a table of contents has one that Word generated, or text that is none."""
    texts = (_text(paragraph).strip() for paragraph in gallery.iter(_P))
    if any(text and not (is_title(text) or text[-1].isdecimal()) for text in texts):
        return True
    return any(_is_entry(context, paragraph) for paragraph in gallery.iter(_P))


def _is_entry(context: ReadContext, paragraph: Element) -> bool:
    style = child_value(paragraph.find(name("pPr")), name("pStyle"))
    meaning = context.styles.paragraph_format(style).meaning if style else None
    if meaning is not None and meaning.role is Role.LEFT_OUT:
        return True
    return any(map(_FIELD.match, _codes(paragraph)))


def _codes(paragraph: Element) -> list[str]:
    """Return the codes of the fields of a paragraph, those of complex ones together."""
    simple = [field.get(name("instr")) or "" for field in paragraph.iter(name("fldSimple"))]
    return list(filter(None, ["".join(part.text or "" for part in paragraph.iter(name("instrText"))), *simple[:1]]))


def _text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(name("t")))
