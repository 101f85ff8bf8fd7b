"""Whether text can be read as it stands: links, blanks, hidden words, direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.document import is_shown, text
from exporter.inspect.docx.xml import Element, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found
from exporter.validate.lint.word_lists import folded
from exporter.validate.lint.word_lists import words as vague

_BLANKS = re.compile(r"[ \u00a0]{4,}|\t\s*\t")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CODE = re.compile(r"code|verbatim|preformatted|macro|line block|toc \d|verse|plain text", re.IGNORECASE)
"""Styles in which blanks say something."""
_CONTENT = ("drawing", "pict", "object", "m:oMath", "m:oMathPara", "fldChar", "footnoteRef", "endnoteRef", "separator")
_HOLDS = tuple(name(tag) for tag in (*_CONTENT, "continuationSeparator", "footnoteReference", "endnoteReference", "br"))
_EFFECTS = frozenset({"blinkBackground", "lights", "antsBlack", "antsRed", "shimmer", "sparkle"})


def check(word: DocxFile) -> Iterator[Finding]:
    """Look at the words of all stories."""
    for story in word.stories():
        for paragraph in story.root.iter(name("p")):
            yield from _distance(word, paragraph)
            yield from _links(word, paragraph)
        yield from _runs(word, story.root)


def _distance(word: DocxFile, paragraph: Element) -> Iterator[Finding]:
    words = text(paragraph)
    if words.strip():
        if _BLANKS.search(words.strip()) and not _CODE.search(word.styles.name_of(word.style(paragraph))):
            yield found(rules.BLANKS, word, "Blanks or tabs are repeated to make a distance.", paragraph)
    elif _is_empty(paragraph) and not _needed(word, paragraph):
        yield found(rules.EMPTY_PARAGRAPH, word, "A paragraph is empty.", paragraph)


def _is_empty(paragraph: Element) -> bool:
    return next(paragraph.iter(*_HOLDS), None) is None and paragraph.find(f".//{name('sectPr')}") is None


def _needed(word: DocxFile, paragraph: Element) -> bool:
    """Whether Word needs an empty paragraph here: as the only one of a cell, and where a table stands before it."""
    parent, before = paragraph.getparent(), paragraph.getprevious()
    assert parent is not None
    beside = before is not None and before.tag in {name("tbl"), name("sdt")}
    if parent.tag == name("tc"):
        return beside or len(parent.findall(name("p"))) == 1
    after = paragraph.getnext()
    if beside and (after is None or after.tag in {name("tbl"), name("sdt"), name("sectPr")}):
        return True
    return word.is_numbered(paragraph) or word.level(paragraph) > 0


def _links(word: DocxFile, paragraph: Element) -> Iterator[Finding]:
    for link in paragraph.iter(name("hyperlink")):
        words = text(link).strip()
        if not words:
            described = [each.get("descr") for each in link.iter(name("wp:docPr"))]
            if not any(described):
                yield found(rules.LINK_UNCLEAR, word, "A link has no words.", link)
        elif folded(words) in vague("vague_links", _language(word, link)):
            yield found(rules.LINK_UNCLEAR, word, f"The words “{words}” do not say where the link leads.", link)


def _counts(run: Element, words: str) -> bool:
    """Return whether a hidden number only counts captions (17.16.5.56 SEQ)."""
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
        words = "".join(each.text or "" for each in run.iterchildren(name("t")))
        if words.strip() and not is_shown(run, word.styles) and not _counts(run, words):
            yield found(rules.HIDDEN_TEXT, word, f"The words “{words.strip()[:40]}” are hidden.", run)
        if _RTL.search(words) and (properties is None or properties.find(name("rtl")) is None):
            message = f"The words “{words.strip()[:40]}” are not marked as running from right to left."
            yield found(rules.DIRECTION, word, message, run)
        effect = properties.find(name("effect")) if properties is not None else None
        if effect is not None and effect.get(name("val")) in _EFFECTS:
            yield found(rules.BLINKING, word, f"The words “{words.strip()[:40]}” move.", run)
