"""Advice for easy read: long sentences and words, the passive, abbreviations, several sentences on a line.

After Inclusion Europe, Information for all. The rules count; whether a text is easy to read, its readers say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.lexicon import Lexicon
from exporter.lexicon.word_lists import by_language
from exporter.model import Inlines, Kind, LineBreak, Paragraph, Source
from exporter.model.east_asian import count_words, has_characters
from exporter.model.walk import plain_text
from exporter.speech.sentences import split_sentences
from exporter.validate.lint.document_index import DocumentIndex

SENTENCE = Rule(
    id="easy-sentence-long",
    severity=Severity.NOTE,
    sentence="In easy read, sentences are short.",
    advice="Say one thing in a sentence, and the next one in another.",
)
WORD = Rule(
    id="easy-word-long",
    severity=Severity.NOTE,
    sentence="In easy read, words are short.",
    advice="Use a word that people know, explain it, or divide it with a hyphen.",
)
PASSIVE = Rule(
    id="easy-passive",
    severity=Severity.NOTE,
    sentence="In easy read, it is said who does something.",
    advice="Name who does it: “The doctor will send you a letter”, not “You will be sent a letter”.",
)
ABBREVIATION = Rule(
    id="easy-abbreviation",
    severity=Severity.NOTE,
    sentence="In easy read, words are written in full.",
    advice="Write the words, or explain the short form where it is first used.",
)
LINE = Rule(
    id="easy-line",
    severity=Severity.NOTE,
    sentence="In easy read, each sentence begins on a new line.",
    advice="Begin a new line: in Markdown, the next line of the file; in Word, Shift+Enter or a new paragraph.",
)

RULES = (SENTENCE, WORD, PASSIVE, ABBREVIATION, LINE)

_MOST_WORDS = 15
_MOST_LETTERS = 14
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_ABBREVIATION = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){2,}|(?<![\w-])[^\W\d_a-z]{2,6}(?![\w-])")
_LEXICON = Lexicon()


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the paragraphs of a publication whose kind is easy read."""
    if index.metadata.kind is not Kind.EASY_READ:
        return
    long_words: Counter[str] = Counter()
    abbreviations: Counter[str] = Counter()
    first_uses: dict[str, Source | None] = {}
    for paragraph, indexed in index.of_type(Paragraph):
        passive = _passive(indexed.language)
        for line in _lines(paragraph.children):
            source = next((node.at.source for node in line if node.at.source), indexed.source)
            text = plain_text(line)
            sentences = [text[begin:end] for begin, end in split_sentences(text, _LEXICON)]
            if len(sentences) > 1:
                yield LINE.finding(f"{len(sentences)} sentences on a line: {quoted(text.strip())}.", source)
            for sentence in sentences:
                words = _WORD.findall(sentence)
                count = count_words(sentence) if has_characters(sentence) else len(words)
                if count > _MOST_WORDS:
                    yield SENTENCE.finding(f"Sentence of {count} words: {quoted(sentence)}.", source)
                if passive and (verb := passive.search(sentence)):
                    yield PASSIVE.finding(f"This may be the passive: {quoted(verb[0])}.", source)
                for counts, occurrences in (
                    (long_words, [word for word in words if len(word) > _MOST_LETTERS and not has_characters(word)]),
                    (abbreviations, _short_forms(sentence)),
                ):
                    counts.update(occurrences)
                    for word in occurrences:
                        first_uses.setdefault(word, source)
    for rule, name, counts in ((WORD, "Long word", long_words), (ABBREVIATION, "Abbreviation", abbreviations)):
        for word, count in counts.items():
            times = "once" if count == 1 else f"{count} times"
            yield rule.finding(f"{name}: “{word}”, used {times}.", first_uses[word])


def _lines(children: Inlines) -> Iterator[Inlines]:
    """Yield the lines of a paragraph, as line breaks divide it."""
    start = 0
    for position, node in enumerate(children):
        if isinstance(node, LineBreak):
            yield children[start:position]
            start = position + 1
    yield children[start:]


def _short_forms(sentence: str) -> list[str]:
    """Return abbreviations with full stops and words in capitals; none of a sentence that is all in capitals."""
    if not any(char.islower() for char in sentence):
        return []
    return [match.strip() for match in _ABBREVIATION.findall(sentence) if match.strip().isupper() or "." in match]


def _passive(language: str) -> re.Pattern[str] | None:
    """Return a pattern for verbs in the passive; None if the language has none."""
    patterns = by_language("passive").get(language.partition("-")[0].lower())
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
