"""Checks of text: links, repeated spaces, hidden text, direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.document import is_shown, text
from exporter.inspect.docx.xml import Element, first_choices, name
from exporter.lexicon.word_lists import folded
from exporter.lexicon.word_lists import words as word_list
from exporter.validate.docx import rules
from exporter.validate.docx.locations import finding_at

_REPEATED_SPACES = re.compile(r"[ \u00a0]{4,}|\t\s*\t")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CODE = re.compile(r"code|verbatim|preformatted|macro|line block|toc \d|verse|plain text", re.IGNORECASE)
"""Styles in which spaces are significant."""
_CONTENT = ("drawing", "pict", "object", "m:oMath", "m:oMathPara", "fldChar", "footnoteRef", "endnoteRef", "separator")
_CONTENT_TAGS = tuple(
    name(tag) for tag in (*_CONTENT, "continuationSeparator", "footnoteReference", "endnoteReference", "br")
)
_EFFECTS = frozenset({"blinkBackground", "lights", "antsBlack", "antsRed", "shimmer", "sparkle"})


def check(word: DocxFile) -> Iterator[Finding]:
    """Check the text of all stories."""
    for story in word.stories():
        for paragraph in first_choices(story.root, "p"):
            yield from _spacing(word, paragraph)
            yield from _links(word, paragraph)
        yield from _runs(word, story.root)


def _spacing(word: DocxFile, paragraph: Element) -> Iterator[Finding]:
    words = text(paragraph)
    if words.strip():
        if _REPEATED_SPACES.search(words.strip()) and not _CODE.search(word.styles.name_of(word.style(paragraph))):
            yield finding_at(rules.BLANKS, word, "Repeated spaces or tabs are used for spacing.", paragraph)
    elif _is_empty(paragraph) and not _is_needed(word, paragraph):
        yield finding_at(rules.EMPTY_PARAGRAPH, word, "Empty paragraph.", paragraph)


def _is_empty(paragraph: Element) -> bool:
    return next(paragraph.iter(*_CONTENT_TAGS), None) is None and paragraph.find(f".//{name('sectPr')}") is None


def _is_needed(word: DocxFile, paragraph: Element) -> bool:
    """Return whether Word needs an empty paragraph here: an item or heading, alone in a cell, or after a table."""
    if word.is_numbered(paragraph) or word.level(paragraph) > 0:
        return True
    parent, before = paragraph.getparent(), paragraph.getprevious()
    assert parent is not None
    after_table = before is not None and before.tag in {name("tbl"), name("sdt")}
    if parent.tag == name("tc"):
        return after_table or len(parent.findall(name("p"))) == 1
    after = paragraph.getnext()
    return after_table and (after is None or after.tag in {name("tbl"), name("sdt"), name("sectPr")})


def _links(word: DocxFile, paragraph: Element) -> Iterator[Finding]:
    for link in paragraph.iter(name("hyperlink")):
        words = text(link).strip()
        if not words:
            if not any(properties.get("descr") for properties in link.iter(name("wp:docPr"))):
                yield finding_at(rules.LINK_UNCLEAR, word, "A link has no text.", link)
        elif folded(words) in word_list("vague_links", _language(word, link)):
            yield finding_at(rules.LINK_UNCLEAR, word, f"The link text “{words}” does not describe its target.", link)


def _is_caption_number(run: Element, words: str) -> bool:
    """Return whether hidden text is the number of a caption (17.16.5.56 SEQ)."""
    paragraph = run.getparent()
    codes = paragraph.iter(name("instrText")) if paragraph is not None else iter(())
    return words.strip().isdigit() and any("SEQ" in (code.text or "") for code in codes)


def _language(word: DocxFile, link: Element) -> str:
    for language in link.iter(name("lang")):
        return language.get(name("bidi")) or language.get(name("val")) or ""
    return word.styles.languages.get("bidi") or word.styles.languages.get("val") or ""


def _runs(word: DocxFile, root: Element) -> Iterator[Finding]:
    for run in root.iter(name("r")):
        properties = run.find(name("rPr"))
        words = "".join(child.text or "" for child in run.iterchildren(name("t")))
        if words.strip() and not is_shown(run, word.styles) and not _is_caption_number(run, words):
            yield finding_at(rules.HIDDEN_TEXT, word, f"Hidden text: “{words.strip()[:40]}”.", run)
        if _RTL.search(words) and (properties is None or properties.find(name("rtl")) is None):
            message = f"“{words.strip()[:40]}” is not marked as right-to-left."
            yield finding_at(rules.DIRECTION, word, message, run)
        effect = properties.find(name("effect")) if properties is not None else None
        if effect is not None and effect.get(name("val")) in _EFFECTS:
            yield finding_at(rules.BLINKING, word, f"“{words.strip()[:40]}” blinks or moves.", run)
