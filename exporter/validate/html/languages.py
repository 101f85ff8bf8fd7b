"""Language and direction of a page and of its passages (WCAG 1.3.2, 3.1.1, 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.labels import direction_of
from exporter.lexicon.word_lists import other_language
from exporter.model import Direction
from exporter.model.language_tags import problem
from exporter.validate.html.page import Element, Page, is_hidden, local, own_language, quote, stated_languages
from exporter.validate.writing_systems import other_script

MISSING = Rule(
    "markup-language-missing",
    Severity.ERROR,
    "A page states its language.",
    "Write its tag into lang, in XHTML also into xml:lang, of the html element.",
    "WCAG 3.1.1",
)
TAG = Rule(
    "markup-language-tag",
    Severity.ERROR,
    "Every language is stated by one valid language tag.",
    "Write a language tag such as en, es-MX or zh-Hant.",
    "WCAG 3.1.1, 3.1.2; BCP 47",
)
SCRIPT = Rule(
    "markup-language-script",
    Severity.WARNING,
    "A passage in another script is marked with its language.",
    "Mark the passage with its language (lang); otherwise it is read out by the wrong voice.",
    "WCAG 3.1.2",
)
PASSAGE = Rule(
    "markup-language-passage",
    Severity.WARNING,
    "A passage in another language is marked with its language.",
    "Mark the passage with its language (lang); otherwise it is read out by the wrong voice.",
    "WCAG 3.1.2",
)
DIRECTION = Rule(
    "markup-direction",
    Severity.ERROR,
    "A page in a script from right to left runs from right to left.",
    'Write dir="rtl" into the html element.',
    "WCAG 1.3.2 (technique H34)",
)
RULES = (MISSING, TAG, SCRIPT, PASSAGE, DIRECTION)
_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption", "h1", "h2", "h3", "h4"})
_WITHOUT_LANGUAGE = frozenset({"math", "script", "style", "code", "pre", "kbd", "samp", "var"})
"""Elements whose content is in no natural language."""
_SPANS = frozenset({"i", "em", "q", "cite", "span"})


def check(page: Page) -> Iterator[Finding]:
    """Check the stated languages, and passages whose language is not stated."""
    root = page.root
    stated = own_language(root)
    if not (stated or "").strip():
        yield MISSING.finding("The page does not state its language.", place=page.name)
    for element in page.elements:
        lang, xml_lang = stated_languages(element)
        for tag in {lang, xml_lang} - {None, ""}:
            if tag and problem(tag):
                yield TAG.finding(f"Invalid language tag: {quote(tag)}.", place=page.location_of(element))
        if lang is not None and xml_lang is not None and lang.casefold() != xml_lang.casefold():
            message = f"The languages of one element differ: lang is {quote(lang)}, xml:lang is {quote(xml_lang)}."
            yield TAG.finding(message, place=page.location_of(element))
    if stated and direction_of(stated) is Direction.RTL and not _runs_right_to_left(page):
        yield DIRECTION.finding(f"The page is in {quote(stated)}, but runs from left to right.", place=page.name)
    for element in page.elements:
        yield from _check_passage(page, element)


def _runs_right_to_left(page: Page) -> bool:
    body = next((child for child in page.root if local(child) == "body"), None)
    return any(element is not None and element.get("dir") in {"rtl", "auto"} for element in (page.root, body))


def _check_passage(page: Page, element: Element) -> Iterator[Finding]:
    if local(element) == "title" or _is_without_language(element) or is_hidden(element):
        return
    language = page.language(element)
    if not language or problem(language):
        return
    own_text = " ".join(filter(None, (element.text, *(child.tail for child in element))))
    if script := other_script(own_text, language):
        passage = quote(" ".join(own_text.split()))
        message = f"{passage} is in {script.capitalize()} script; its stated language is “{language}”."
        yield SCRIPT.finding(message, place=page.location_of(element))
    elif local(element) in _BLOCKS | _SPANS:
        passage = " ".join(" ".join(_text_in_same_language(element)).split())
        if other := other_language(passage, language, is_short=local(element) in _SPANS):
            message = f"{quote(passage)} seems to be in “{other}”; its stated language is “{language}”."
            yield PASSAGE.finding(message, place=page.location_of(element))


def _is_without_language(element: Element) -> bool:
    """Return whether an element is code or a formula, or inside one."""
    return any(local(ancestor) in _WITHOUT_LANGUAGE for ancestor in (element, *element.iterancestors()))


def _text_in_same_language(element: Element) -> Iterator[str]:
    """Yield the text of an element without that of blocks, code and passages in other languages inside it."""
    yield element.text or ""
    for child in element:
        is_element = isinstance(child.tag, str)
        if is_element and own_language(child) is None and local(child) not in _BLOCKS | _WITHOUT_LANGUAGE:
            yield from _text_in_same_language(child)
        yield child.tail or ""
