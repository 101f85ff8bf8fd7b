"""Language of the publication and of passages in other languages (WCAG 3.1.1, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from exporter.findings import Finding, FindingDetails, Rule, Severity, quoted
from exporter.lexicon.passage_language import find_passage
from exporter.lexicon.word_lists import by_language, other_language
from exporter.model import (
    Abbreviation,
    Described,
    Emphasis,
    Image,
    Node,
    Note,
    Paragraph,
    Quotation,
    Section,
    Source,
    Strong,
    Text,
)
from exporter.model.language_tags import ADVICE, problem, written_fallbacks
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode, format_lines
from exporter.validate.lint.language_names import language_name, likely_name
from exporter.validate.writing_systems import scripts

INVALID = Rule(
    id="language-invalid",
    severity=Severity.ERROR,
    sentence="Languages are given as valid BCP 47 tags.",
    advice=ADVICE,
    clause="WCAG 3.1.1 H57, ISO 14289-1 7.2",
)
UNMARKED = Rule(
    id="language-unmarked",
    severity=Severity.WARNING,
    sentence="Passages in another language are marked with their language.",
    advice="Put the passage in square brackets and its language after it, such as [نص]{lang=ar} or [слово]{lang=ru}.",
    clause="WCAG 3.1.2",
)

DOUBTFUL = Rule(
    id="language-doubtful",
    severity=Severity.WARNING,
    sentence="The text is in the language that the publication states.",
    advice="If so, write its code as lang: in the front matter, such as lang: es-MX: voices, hyphenation and fixed "
    "words depend on it.",
    clause="WCAG 3.1.1, 3.1.2",
)

UNTRANSLATED = Rule(
    id="language-labels",
    severity=Severity.NOTE,
    sentence="The fixed words of the editions are in the language of the publication.",
    advice="Have the words in styles/labels/en.toml translated, and save them beside it under the code of the language,"
    " such as pl.toml.",
    clause="WCAG 3.1.1",
)

RULES = (INVALID, UNMARKED, DOUBTFUL, UNTRANSLATED)

_SAMPLE = 3_000
"""Words of the text that are counted."""
_MIN_COUNT = 12
"""Small words of another language that are not there by chance."""
_MIN_SHARE = 0.07
"""Share of all words; in a text in its own language small words are 0.15 to 0.25 of all."""
_MIN_RATIO = 3
"""Factor by which they must outnumber the small words of the stated language."""

# Blocks of Unicode 16 by ISO 15924 code; enough to see that a voice of another language is needed.
_SCRIPTS = {
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Armn": "\u0530-\u058f",
    "Hebr": "\u0590-\u05ff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Taml": "\u0b80-\u0bff",
    "Thai": "\u0e00-\u0e7f",
    "Tibt": "\u0f00-\u0fff",
    "Mymr": "\u1000-\u109f",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Ethi": "\u1200-\u139f",
    "Khmr": "\u1780-\u17ff",
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Kana": "\u3040-\u30ff",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff",
}
_SET_OFF = (Emphasis, Quotation)
_OF_ONE_LANGUAGE = (Paragraph, Section, *_SET_OFF)
"""Nodes whose words are usually in one language."""
_SHOWN = 3
"""Passages in notes that a message quotes."""
_MIN_PASSAGES = 3
"""Passages in another script than that of their language from which the language may be what is wrong."""
_BASIC = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
# Two letters and more: one alone is a symbol, such as α or Δ.
_FOREIGN = re.compile("|".join(f"(?P<{name}>[{span}][{span} ]*[{span}])" for name, span in _SCRIPTS.items()))
# Two words and more: one alone is a name or a short form, which the voices of all languages read.
_LATIN = re.compile(f"(?<![{_BASIC}])[{_BASIC}]{{2,}}+(?:[ '’-]++[{_BASIC}]{{2,}}+)++")
_NOT_LATIN = re.compile("[\u0370-\uffff\U00010000-\U0010ffff]")


class _Passage(NamedTuple):
    """A passage that is not in the script of its language."""

    language: str
    script: str
    text: str
    source: Source | None
    where: str
    """Where it is, unless in the text."""
    words: str
    """All of the text from the first to the last passage in this script; empty outside of the text."""


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the language tags, the stated language, and passages in a script that their language does not use."""
    yield from _check_tags(index)
    doubtful = list(_check_stated_language(index))
    yield from doubtful
    passages: dict[tuple[str, str], list[_Passage]] = {}
    for passage in _passages(index):
        passages.setdefault((passage.language, passage.script), []).append(passage)
    for (language, script), group in passages.items():
        if not _is_most_of(group, language, index):
            yield from map(_unmarked, group)
        elif not doubtful or language != index.language:
            source = index.metadata_source if language == index.language else group[0].source
            yield _wrong_language(language, script, group, source)
    if not doubtful:
        yield from _check_small_words(index)


def check_labels(index: DocumentIndex, labelled: Collection[str]) -> Iterator[Finding]:
    """Check that there are labels in the language of the publication.

    Args:
        index: The publication.
        labelled: The languages of which there are labels.
    """
    language = index.language
    if language and not problem(language) and not any(tag in labelled for tag in written_fallbacks(language)):
        message = (
            f"There are no fixed words in {language_name(language)}: “Contents”, “Note” and the others are in English."
        )
        yield UNTRANSLATED.finding(message, index.metadata_source)


def _check_small_words(index: DocumentIndex) -> Iterator[Finding]:
    """Compare the language of paragraphs, headings, emphasis and quotations with that of their small words."""
    texts: dict[int, tuple[IndexedNode, list[str]]] = {}
    for text, indexed in index.of_type(Text):
        ancestor = indexed.parent
        while ancestor is not None and ancestor.language == indexed.language:
            if isinstance(ancestor.node, _OF_ONE_LANGUAGE):
                texts.setdefault(id(ancestor.node), (ancestor, []))[1].append(text.text)
            if isinstance(ancestor.node, Paragraph | Section):
                break
            ancestor = ancestor.parent
    reported: set[Source | None] = set()
    in_notes: dict[tuple[str, str], list[tuple[str, IndexedNode]]] = {}
    for indexed, parts in sorted(texts.values(), key=lambda item: isinstance(item[0].node, _SET_OFF)):
        text_ = "".join(parts)
        passage, other = text_, other_language(text_, indexed.language, is_short=isinstance(indexed.node, _SET_OFF))
        if not other:
            passage, other = find_passage(text_, indexed.language)
        if not other or indexed.source in reported:
            continue
        if passage == text_:
            passage = _without_label(text_, indexed.node)
        reported.add(indexed.source)
        if indexed.is_inside(Note):
            in_notes.setdefault((other, indexed.language), []).append((passage, indexed))
        else:
            own = language_name(indexed.language)
            message = f"Unmarked passage: {quoted(passage, 40)} seems to be in {likely_name(other)}, not in {own}."
            is_part = isinstance(indexed.node, _SET_OFF) or passage != text_
            details = FindingDetails(language=other)
            yield UNMARKED.finding(message, indexed.source, passage=passage if is_part else "", details=details)
    for (other, language), passages in in_notes.items():
        yield _unmarked_in_notes(passages, other, language)


def _without_label(text: str, node: Node) -> str:
    """Return the text of a paragraph without its bold label, which may be in another language: “Facebook:”."""
    first = node.children[0] if isinstance(node, Paragraph) and node.children else None
    label = plain_text(first) if isinstance(first, Strong) else ""
    rest = text.lstrip()[len(label) :].strip()
    return rest if label.endswith(":") and rest and text.lstrip().startswith(label) else text


def _unmarked_in_notes(passages: Sequence[tuple[str, IndexedNode]], other: str, language: str) -> Finding:
    """Return one finding about all passages of notes in a language, most of which are titles of works."""
    texts = ", ".join(quoted(passage, 40) for passage, _ in passages[:_SHOWN])
    name, own = likely_name(other), language_name(language)
    if len(passages) == 1:
        message = f"Unmarked passage: {texts} seems to be in {name}, not in {own}."
    else:
        count = format_lines([indexed for _, indexed in passages])
        message = f"Unmarked passages in notes ({count}) seem to be in {name}, not in {own}, such as {texts}."
    return UNMARKED.finding(message, passages[0][1].source, details=FindingDetails(language=other))


def _passages(index: DocumentIndex) -> Iterator[_Passage]:
    for text, indexed in index.of_type(Text):
        yield from _find_passages(text.text, indexed.language, indexed.source)
    for abbreviation, indexed in index.of_type(Abbreviation):
        yield from _find_passages(abbreviation.expansion, indexed.language, indexed.source)
    for image, indexed in index.of_type(Image):
        if isinstance(image.alt, Described):
            is_embedded = indexed.source and indexed.source.is_in_words
            where = f"in the alt text of {'the picture' if is_embedded else f'“{image.source}”'}, "
            yield from _find_passages(image.alt.text, indexed.language, indexed.source, where)


def _check_tags(index: DocumentIndex) -> Iterator[Finding]:
    metadata = index.metadata
    tags: list[tuple[str, Source | None]] = [(metadata.language, index.metadata_source)]
    tags += [
        (related.language, index.metadata_source)
        for related in (*metadata.members, *metadata.translations, *metadata.related)
    ]
    tags += [(indexed.node.at.language, indexed.source) for indexed in index.all_nodes() if indexed.node.at.language]
    for tag, source in tags:
        if tag and (reason := problem(tag)):
            yield INVALID.finding(f"The language “{tag}” {reason}.", source)


def _check_stated_language(index: DocumentIndex) -> Iterator[Finding]:
    """Compare the stated language of the publication with the language of its small words."""
    small_words = by_language("small_words")
    stated = index.language.partition("-")[0].lower()
    if stated not in small_words:
        return
    sample: list[str] = []
    for text, indexed in index.of_type(Text):
        if indexed.language == index.language:
            sample += text.text.casefold().split()
            if len(sample) >= _SAMPLE:
                break
    counts = {language: sum(word in listed for word in sample) for language, listed in small_words.items()}
    likely = max(counts, key=lambda language: counts[language])
    minimum = max(_MIN_COUNT, _MIN_SHARE * len(sample), _MIN_RATIO * counts[stated])
    if counts[likely] >= minimum and likely != stated:
        stated_as = f"{language_name(stated)} ({index.language})"
        message = f"The stated language is {stated_as}, but the text seems to be in {language_name(likely)}."
        yield DOUBTFUL.finding(message, index.metadata_source)


def _find_passages(text: str, language: str, source: Source | None, where: str = "") -> Iterator[_Passage]:
    """Yield the first passage in each script that a language is not written in."""
    expected = scripts(language) if language else frozenset()
    if not expected:
        return
    by_script: dict[str, list[re.Match[str]]] = {}
    if "Latn" not in expected and (latin := list(_LATIN.finditer(text))):
        by_script["Latn"] = latin
    for match in _FOREIGN.finditer(text) if _NOT_LATIN.search(text) else ():
        if match.lastgroup not in expected:
            by_script.setdefault(match.lastgroup or "", []).append(match)
    for script, matches in by_script.items():
        words = "" if where else text[matches[0].start() : matches[-1].end()]
        yield _Passage(language, script, matches[0][0], source, where, words)


def _unmarked(passage: _Passage) -> Finding:
    quotation, where, language = quoted(passage.text, 40), passage.where, passage.language
    message = f"Unmarked passage: {quotation}, {where}is not in the script of its language ({language})."
    return UNMARKED.finding(message, passage.source, passage=passage.words)


def _is_most_of(passages: Sequence[_Passage], language: str, index: DocumentIndex) -> bool:
    """Return whether most of the text that is stated to be in a language is in one other script."""
    if len(passages) < _MIN_PASSAGES:
        return False
    texts = sum(
        any(map(str.isalpha, text.text)) for text, indexed in index.of_type(Text) if indexed.language == language
    )
    return len(passages) > texts / 2


def _wrong_language(language: str, script: str, passages: Sequence[_Passage], source: Source | None) -> Finding:
    from babel import Locale

    name = Locale("en").scripts.get(script, script)
    first = quoted(passages[0].text, 40)
    message = (
        f"The stated language is {language}, but {len(passages)} passages are in {name} script, the first {first}."
    )
    return DOUBTFUL.finding(message, source)
