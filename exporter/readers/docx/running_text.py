"""Headers and footers, whose text no edition takes (ISO/IEC 29500-1, 17.10)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from exporter.findings import quoted
from exporter.inspect.docx import PartError
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.lexicon.word_lists import all_words, by_language, folded
from exporter.model import Aside, Paragraph, Publication, Section
from exporter.model.east_asian import has_characters
from exporter.model.text_keys import letters_key
from exporter.model.walk import plain_text
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.inlines.fields import Fields
from exporter.readers.docx.rules import RUNNING_TEXT, UNRELEASED

_REFERENCES = (name("headerReference"), name("footerReference"))
_GENERATED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "STYLEREF", "TITLE", "DATE", "TIME", "FILENAME"})
_WORD = re.compile(r"[\w\u064b-\u0652]+")
_DASH = re.compile(r"\s[–—-]+\s|[|•·;,/()]")
_DATE = re.compile(
    r"\d{1,2}\.?\s(?:of\s|de\s)?[^\W\d_]{3,}\.?\s(?:of\s|de\s)?\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[(\[](\w+)[)\]]")
_VERSION = re.compile(r"(?:v|rev)?\d*|\w")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PAGE_WORD = re.compile(
    r"[\d/|·•–—-]*(?:pages?|pg|p|of|página|pág|de|sur|seite|von|pagina|van|di|стр|страница|из|الصفحة|صفحة|من)?\.?[\d/|·•–—-]*",
    re.IGNORECASE,
)
_PICTURES = (name("pic:pic"), name("v:imagedata"))
_SHOWN = 200
"""Characters of a header that a message quotes."""
_MOST = 6
"""Headers and footers that a message quotes."""
_BEGINNING = 10
"""Blocks at the beginning of a text, also of one without headings."""


def report(context: ReadContext, publication: Publication) -> None:
    """Report the text and the images of headers and footers that are not in the text either."""
    if context.is_word_edition:
        return
    _report_unreleased_lines(context, publication)
    metadata = publication.metadata
    titles = {letters_key(metadata.title), letters_key(metadata.subtitle)}
    known = letters_key(" ".join((metadata.title, metadata.subtitle, plain_text(publication.front + publication.body))))
    texts: dict[str, str] = {}
    images: set[str] = set()
    for part, root in _parts(context):
        for text in _texts(root):
            key = letters_key(text)
            # That a text speaks of drafts does not say that it is one.
            is_known = key in titles or (key in known and not is_unreleased(text))
            if _LETTERS.search(text) and not is_known:
                texts.setdefault(key, text)
        if next(root.iter(*_PICTURES), None) is not None:
            images.add(part)
    unreleased = [text for text in texts.values() if is_unreleased(text)]
    others = [text for text in texts.values() if text not in unreleased]
    if unreleased:
        message = f"A header, footer or watermark says that the text is confidential or a draft: {_listed(unreleased)}."
        context.report.add(UNRELEASED, None, message)
    ignored = [_listed(others)] * bool(others) + ["an image"] * bool(images)
    if ignored:
        context.report.add(RUNNING_TEXT, None, f"Header or footer ignored: {', and '.join(ignored)}.")


def _report_unreleased_lines(context: ReadContext, publication: Publication) -> None:
    """Report lines above the first heading that say that the text is confidential or a draft."""
    above = itertools.takewhile(lambda block: not isinstance(block, Section), (*publication.front, *publication.body))
    inside = ((block, *block.children) if isinstance(block, Aside) else (block,) for block in above)
    for block in itertools.islice(itertools.chain.from_iterable(inside), _BEGINNING):
        text = plain_text(block.title if isinstance(block, Aside) else block)
        if isinstance(block, Aside | Paragraph) and is_unreleased(text):
            message = f"A line at the beginning says that the text is confidential or a draft: {quoted(text)}."
            context.report.add(UNRELEASED, block.at.source, message)


def _listed(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
    return ", ".join(quoted(text, _SHOWN) for text in texts[:_MOST]) + more


def is_unreleased(text: str) -> bool:
    """Return whether a part of a line says nothing but that the text is not for everybody, or not finished."""
    line = _DATE.sub(" ", text)
    alone = all_words("unreleased_alone")
    if any(folded(word) in alone for word in _IN_BRACKETS.findall(line)):
        return True
    is_alone = " ".join(_WORD.findall(folded(line))) in alone
    return (is_alone and line.isupper()) or any(map(_is_mark, _DASH.split(folded(line))))


def _is_mark(text: str) -> bool:
    if has_characters(text):
        marks, others = (f"(?:{'|'.join(by_language(table)['zh'])})" for table in ("unreleased", "beside_unreleased"))
        return re.fullmatch(rf"(?=.*{marks})(?:{marks}|{others}|[年月日]|[\W\d])+", text) is not None
    words = f" {' '.join(_WORD.findall(text))} "
    left, beside = words, all_words("beside_unreleased")
    for phrase in sorted(all_words("unreleased"), key=len, reverse=True):
        left = left.replace(f" {phrase} ", "  ")
    return left != words and all(word in beside or _VERSION.fullmatch(word) for word in left.split())


def _parts(context: ReadContext) -> Iterator[tuple[str, Element]]:
    """Yield the headers and footers that some section shows, once each."""
    settings = context.part("settings")
    has_even = settings is not None and is_on(settings.find(name("evenAndOddHeaders")))
    done: set[str] = set()
    relations = context.package.relations(context.package.main)
    for section in context.package.document().iter(name("sectPr")):
        has_first = is_on(section.find(name("titlePg")))
        for reference in section.iterchildren(*_REFERENCES):
            kind = reference.get(name("type")) or "default"
            relation = relations.get(reference.get(name("r:id")) or "")
            is_shown = (kind != "even" or has_even) and (kind != "first" or has_first)
            if relation is None or relation.external or not is_shown or relation.target in done:
                continue
            done.add(relation.target)
            try:
                yield relation.target, context.package.xml(relation.target)
            except PartError:
                continue


def _texts(root: Element) -> Iterator[str]:
    """Yield the text of each paragraph without page numbers and other generated text."""
    fields = Fields([root])
    for paragraph in root.iter(name("p")):
        text, has_page = "", False
        for element in _visible(paragraph):
            if element.tag == name("fldChar"):
                field = fields.take(element)
                if field is not None and field.kind in _GENERATED:
                    field.is_ignored = has_page = True
                continue
            fields.code(element.text or "")
            if not fields.hidden and element.tag != name("instrText"):
                text += (element.text or "") if element.tag == name("t") else " "
        yield _without_page_number(text.split()) if has_page else " ".join(text.split())
    for shape in root.iter(name("v:textpath")):
        yield shape.get("string") or ""


def _without_page_number(words: list[str]) -> str:
    """Return a line without what is left of “Page 3 of 12” at its end when its fields are left out."""
    end = len(words)
    while end and _PAGE_WORD.fullmatch(words[end - 1]):
        end -= 1
    is_page = any(map(_LETTERS.search, words[end:])) or not any(map(str.isdigit, "".join(words[end:])))
    return " ".join(words[:end] if is_page else words).rstrip(" |,")


_LEFT = frozenset(map(name, ("del", "moveFrom", "mc:Fallback")))
_CONTENT = frozenset(map(name, ("t", "tab", "ptab", "br", "fldChar", "instrText")))


def _visible(element: Element) -> Iterator[Element]:
    """Yield text, tabs, breaks and fields of a paragraph, without deletions and the paragraphs of text boxes."""
    for child in element:
        if child.tag in _CONTENT:
            yield child
        elif child.tag == name("fldSimple"):
            kind = (child.get(name("instr")) or "").split()
            if not kind or kind[0].upper() not in _GENERATED:
                yield from _visible(child)
        elif child.tag not in _LEFT and child.tag != name("p"):
            properties = child.find(name("rPr")) if child.tag == name("r") else None
            if properties is None or not is_on(properties.find(name("vanish"))):
                yield from _visible(child)
