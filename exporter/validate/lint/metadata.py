"""Metadata of the publication."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.lexicon.word_lists import folded
from exporter.model import Section
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.writing_systems import other_script

TITLE = Rule(
    id="title-missing",
    severity=Severity.ERROR,
    sentence="The publication has a title.",
    advice="Write title: in the front matter.",
    clause="WCAG 2.4.2, ISO 14289-1 7.1",
)
TITLE_REPEATED = Rule(
    id="title-repeated",
    severity=Severity.WARNING,
    sentence="Only the front matter has the title; the text begins with its first section.",
    advice="Delete this heading and move its content one level up: the editions print the title themselves.",
)
TITLE_OTHER = Rule(
    id="title-other",
    severity=Severity.NOTE,
    sentence="The text is not as a whole below one heading that is not the title.",
    advice="If the heading is the title, write it as title: in the front matter and delete it here; if it is a "
    "chapter, move the headings below it one level up.",
)
TITLE_LANGUAGE = Rule(
    id="title-language",
    severity=Severity.WARNING,
    sentence="The title and the subtitle are in the language of the publication.",
    advice="Leave the words in the other language out of it, and write them as a paragraph of their own below it: a "
    "title has one language, in which it is read out.",
    clause="WCAG 3.1.2",
)
LANGUAGE = Rule(
    id="language-missing",
    severity=Severity.ERROR,
    sentence="The publication states its language.",
    advice="Write lang: in the front matter, such as lang: en-GB, lang: es-MX or lang: ar.",
    clause="WCAG 3.1.1",
)
KIND = Rule(
    id="kind-missing",
    severity=Severity.WARNING,
    sentence="The publication states its kind.",
    advice="Write kind: in the front matter: report, dispatch, commentary, submission, brief, news or manual.",
)
DATE = Rule(
    id="date-missing",
    severity=Severity.WARNING,
    sentence="The publication has a date.",
    advice="Write date: in the front matter, year first, such as date: 2026-03-01.",
)
AUTHOR_OR_PUBLISHER = Rule(
    id="who-missing",
    severity=Severity.WARNING,
    sentence="The publication has an author or a publisher.",
    advice="Write author: or publisher: in the front matter.",
)
DESCRIPTION = Rule(
    id="description-missing",
    severity=Severity.WARNING,
    sentence="The publication has a description, which catalogues and the download page show.",
    advice="Write description: in the front matter, one or two sentences on what the publication says.",
)

IF_INVALID = {
    "title": TITLE,
    "lang": LANGUAGE,
    "kind": KIND,
    "date": DATE,
    "author": AUTHOR_OR_PUBLISHER,
    "authors": AUTHOR_OR_PUBLISHER,
    "publisher": AUTHOR_OR_PUBLISHER,
    "description": DESCRIPTION,
    "abstract": DESCRIPTION,
}
"""Rules that are not checked if the reader has reported the value of a key as invalid, by key."""
RULES = (TITLE, TITLE_REPEATED, TITLE_OTHER, TITLE_LANGUAGE, LANGUAGE, KIND, DATE, AUTHOR_OR_PUBLISHER, DESCRIPTION)


_BLANK = frozenset("\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}")
"""Printable characters, for Unicode, that show nothing."""


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the metadata."""
    metadata, source = index.metadata, index.metadata_source
    if not any(map(_is_visible, metadata.title)):
        yield TITLE.finding("The publication has no title.", source)
    for name, text in (("title", metadata.title), ("subtitle", metadata.subtitle)):
        if script := other_script(text, index.language):
            message = f"The {name} {quoted(text)} contains words in {script.capitalize()} script."
            yield TITLE_LANGUAGE.finding(message, source)
    if not metadata.language.strip():
        yield LANGUAGE.finding("The publication has no language.", source)
    if metadata.kind is None:
        yield KIND.finding("The publication has no kind.", source)
    if metadata.date is None:
        yield DATE.finding("The publication has no date.", source)
    if not (metadata.publisher.strip() or any(author.name.strip() for author in metadata.authors)):
        yield AUTHOR_OR_PUBLISHER.finding("The publication has no author and no publisher.", source)
    if not metadata.description.strip():
        yield DESCRIPTION.finding("The publication has no description.", source)
    body = index.publication.body
    if body and isinstance(body[0], Section) and metadata.title:
        heading = plain_text(body[0].title)
        if folded(heading) == folded(metadata.title):
            yield TITLE_REPEATED.finding(f"The first heading repeats the title {quoted(heading)}.", body[0].at.source)
        elif len(body) == 1 and sum(isinstance(block, Section) for block in body[0].children) > 1:
            message = f"The only chapter is {quoted(heading)}, and all other headings are below it."
            yield TITLE_OTHER.finding(f"{message} The title is {quoted(metadata.title)}.", body[0].at.source)


def _is_visible(character: str) -> bool:
    return character.isprintable() and not character.isspace() and character not in _BLANK
