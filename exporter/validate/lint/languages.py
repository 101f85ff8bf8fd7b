"""Languages that voices and braille tables can follow (WCAG 3.1.1, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Abbreviation, Described, Image, Source, Text
from exporter.model.language_tags import ADVICE, problem
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.word_lists import by_language

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
    sentence="Foreign passages carry their language.",
    advice="Put the passage in square brackets and its language behind it, such as [نص]{lang=ar} or [слово]{lang=ru}.",
    clause="WCAG 3.1.2",
)

DOUBTFUL = Rule(
    id="language-doubtful",
    severity=Severity.WARNING,
    sentence="The text is in the language that the publication names.",
    advice="If so, write its code as lang: in the front matter, such as lang: es-MX: voices, hyphens and fixed words "
    "follow it.",
    clause="WCAG 3.1.1, 3.1.2",
)

RULES = (INVALID, UNMARKED, DOUBTFUL)

_SAMPLE = 3_000
"""Words that are looked at."""
_ENOUGH = 12
"""Small words of another language that are no chance."""
_SHARE = 0.07
"""Of all words; the small words of a text in its own language are 0.15 to 0.25 of it."""
_TIMES = 3
"""How often they have to outnumber those of the language that is named."""

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
_BASIC = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_WRITTEN_WITH = {
    "Jpan": {"Kana", "Hani"},
    "Kore": {"Hang", "Hani"},
    "Hans": {"Hani"},
    "Hant": {"Hani"},
    "Aran": {"Arab"},
}
# Two letters and more: one alone is a symbol, such as α or Δ.
_FOREIGN = re.compile("|".join(f"(?P<{name}>[{span}][{span} ]*[{span}])" for name, span in _SCRIPTS.items()))
# Two words and more: one alone is a name or a short form, which the voices of all languages read.
_LATIN = re.compile(f"(?<![{_BASIC}])[{_BASIC}]{{2,}}+(?:[ '’-]++[{_BASIC}]{{2,}}+)++")
_NOT_LATIN = re.compile("[\u0370-\uffff\U00010000-\U0010ffff]")


@cache
def scripts(tag: str) -> frozenset[str]:
    """Return the scripts that a language is usually written in (ISO 15924); none when that is not known."""
    import langcodes

    try:
        script = langcodes.Language.get(tag).maximize().script
    except ValueError:
        return frozenset()
    return frozenset({script, *_WRITTEN_WITH.get(script, ())}) if script else frozenset()


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the language tags, and at letters that the language of their passage does not have."""
    yield from _tags(index)
    yield from _doubtful(index)
    for text, met in index.of(Text):
        yield from _letters(text.text, met.language, met.source, "")
    for abbreviation, met in index.of(Abbreviation):
        yield from _letters(abbreviation.expansion, met.language, met.source, "")
    for image, met in index.of(Image):
        if isinstance(image.alt, Described):
            yield from _letters(image.alt.text, met.language, met.source, f"The alt text of “{image.source}” holds ")


def _tags(index: DocumentIndex) -> Iterator[Finding]:
    metadata = index.metadata
    said: list[tuple[str, Source | None]] = [(metadata.language, index.place)]
    said += [(related.language, index.place) for related in (*metadata.translations, *metadata.related)]
    said += [(met.node.at.language, met.source) for met in index.all() if met.node.at.language]
    for tag, source in said:
        if tag and (wrong := problem(tag)):
            yield INVALID.finding(f"The language “{tag}” {wrong}.", source)


def _doubtful(index: DocumentIndex) -> Iterator[Finding]:
    """Count small words of several languages in what is said to be in the language of the publication."""
    listed = by_language("small_words")
    own = index.language.partition("-")[0].lower()
    if own not in listed:
        return
    said: list[str] = []
    for text, met in index.of(Text):
        if met.language == index.language:
            said += text.text.casefold().split()
            if len(said) >= _SAMPLE:
                break
    counts = {language: sum(word in small for word in said) for language, small in listed.items()}
    likely = max(counts, key=lambda language: counts[language])
    if counts[likely] >= max(_ENOUGH, _SHARE * len(said), _TIMES * counts[own]) and likely != own:
        from babel import Locale

        name, named = (Locale.parse(language).get_display_name("en") for language in (likely, own))
        message = f"The publication says that it is in {named} ({index.language}), and its words seem to be {name}."
        yield DOUBTFUL.finding(message, index.place)


def _letters(text: str, language: str, source: Source | None, where: str) -> Iterator[Finding]:
    own = scripts(language) if language else frozenset()
    if not own:
        return
    if "Latn" not in own and (latin := _LATIN.search(text)):
        yield _finding(latin[0], language, source, where)
    if not _NOT_LATIN.search(text):
        return
    said = set(own)
    for match in _FOREIGN.finditer(text):
        script = match.lastgroup or ""
        if script not in said:
            said.add(script)
            yield _finding(match[0], language, source, where)


def _finding(letters: str, language: str, source: Source | None, where: str) -> Finding:
    subject = f"{where}{quoted(letters, 40)}, which" if where else quoted(letters, 40)
    return UNMARKED.finding(f"{subject} is not written in the letters of its language ({language}).", source)
