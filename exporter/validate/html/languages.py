"""Languages (WCAG 3.1.1, 3.1.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from exporter.findings import Finding, Rule, Severity
from exporter.model.language_tags import problem
from exporter.validate.html.page import Element, Page, hidden, local, own_language, quote, said_languages
from exporter.validate.lint.word_lists import by_language

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
    "Every language is given by a valid tag, and by one alone.",
    "Write a language tag such as en, es-MX or zh-Hant.",
    "WCAG 3.1.1, 3.1.2; BCP 47",
)
SCRIPT = Rule(
    "markup-language-script",
    Severity.WARNING,
    "A passage in another script has a language of its own.",
    "Give the passage its language, or it is read out in the wrong voice.",
    "WCAG 3.1.2",
)
PASSAGE = Rule(
    "markup-language-passage",
    Severity.WARNING,
    "A passage in another language says so.",
    "Give the passage its language, or it is read out in the wrong voice.",
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
LETTERS = 4
"""Letters of one script in a row from which a passage counts."""
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
_SCRIPTS = {
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "THAI": "Thai",
    "DEVANAGARI": "Deva",
    "CJK": "Hani",
}
"""Scripts (ISO 15924) by the first word of the names of their letters."""
_ALSO = {"Jpan": {"Jpan", "Hani"}, "Kore": {"Kore", "Hani"}, "Hans": {"Hani"}, "Hant": {"Hani"}}
_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption", "h1", "h2", "h3", "h4"})
_SIGNS = frozenset({"math", "script", "style", "code", "pre", "kbd", "samp", "var"})
"""What is in no language of people."""
_SPANS = frozenset({"i", "em", "q", "cite", "span"})
_WORD = re.compile(r"[^\W\d_]+")


def check(page: Page) -> Iterator[Finding]:
    """Look at what is said about languages, and at passages of which nothing is said."""
    root = page.root
    stated = own_language(root)
    if not (stated or "").strip():
        yield MISSING.finding("The page does not state its language.", place=page.name)
    for element in page.elements:
        plain, xml = said_languages(element)
        for tag in {plain, xml} - {None, ""}:
            if tag and problem(tag):
                yield TAG.finding(f"{quote(tag)} is no language.", place=page.place(element))
        if plain is not None and xml is not None and plain.casefold() != xml.casefold():
            message = f"The languages of one element differ: lang is {quote(plain)}, xml:lang is {quote(xml)}."
            yield TAG.finding(message, place=page.place(element))
    if stated and not problem(stated) and _scripts(stated) & _RIGHT_TO_LEFT and not _runs_right_to_left(page):
        yield DIRECTION.finding(f"The page is in {quote(stated)} and runs from left to right.", place=page.name)
    for element in page.elements:
        yield from _passage(page, element)


def _runs_right_to_left(page: Page) -> bool:
    body = next((each for each in page.root if local(each) == "body"), None)
    return any(each is not None and each.get("dir") in {"rtl", "auto"} for each in (page.root, body))


def _passage(page: Page, element: Element) -> Iterator[Finding]:
    if local(element) == "title" or _no_language(element) or hidden(element):
        return
    language = page.language(element)
    if not language or problem(language):
        return
    own = " ".join(filter(None, (element.text, *(child.tail for child in element))))
    if script := _foreign(own, language):
        message = f"{quote(' '.join(own.split()))} is written in {script.capitalize()} and said to be in “{language}”."
        yield SCRIPT.finding(message, place=page.place(element))
    elif local(element) in _BLOCKS | _SPANS:
        words = " ".join(_same_language(element)).split()
        if other := _other(" ".join(words), language, short=local(element) in _SPANS):
            message = f"{quote(' '.join(words))} seems to be in “{other}”, and is said to be in “{language}”."
            yield PASSAGE.finding(message, place=page.place(element))


def _no_language(element: Element) -> bool:
    """Return whether what is written is code or a formula, or stands within it."""
    return any(local(each) in _SIGNS for each in (element, *element.iterancestors()) if isinstance(each.tag, str))


def _same_language(element: Element) -> Iterator[str]:
    """Yield the words of an element but for those of blocks, code and other languages in it."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and own_language(child) is None and local(child) not in _BLOCKS | _SIGNS:
            yield from _same_language(child)
        yield child.tail or ""


def _other(text: str, language: str, *, short: bool) -> str:
    """Give the language that the small words of a text speak for; empty when it may be in its own, or is too short."""
    words = [word.casefold() for word in _WORD.findall(text)]
    main = language.lower().partition("-")[0]
    listed = by_language("small_words")
    if main not in listed or len(words) < (4 if short else 8):
        return ""
    counts = {tag: sum(word in small for word in words) for tag, small in listed.items()}
    mine = counts.pop(main)
    best = max(counts, key=lambda tag: counts[tag])
    enough = max(2, len(words) * 0.2)
    return best if counts[best] >= enough and mine * 4 <= counts[best] else ""


def _foreign(text: str, language: str) -> str:
    """Return the script of a passage that the language is not written in."""
    if text.isascii():
        return ""
    own = _scripts(language)
    count, last = 0, ""
    for letter in text:
        if not letter.isalpha():
            continue
        script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        count = count + 1 if script == last else 1
        last = script
        if count >= LETTERS and script in _SCRIPTS and own and _SCRIPTS[script] not in own:
            return script
    return ""


@cache
def _scripts(tag: str) -> frozenset[str]:
    """Return the scripts that a language is usually written in (ISO 15924); none when that is not known."""
    import langcodes

    try:
        script = langcodes.Language.get(tag).maximize().script
    except ValueError:
        return frozenset()
    return frozenset({script, *_ALSO.get(script, ())}) if script else frozenset()
