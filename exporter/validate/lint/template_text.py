"""Leftover text of the templates from which `exporter new` creates a manuscript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Paragraph
from exporter.model.text_keys import letters_key
from exporter.model.walk import plain_text
from exporter.templates import TEMPLATES
from exporter.validate.lint.document_index import DocumentIndex, format_lines

LEFTOVER = Rule(
    id="example-left",
    severity=Severity.WARNING,
    sentence="The manuscript contains no text of the template that it was created from.",
    advice="Replace the template text with your own words, or delete it.",
)

RULES = (LEFTOVER,)

_SHOWN = 3
_MARKUP = re.compile(r"<!--(?:.|\n)*?-->|^(?:#|\||:::).*$", re.MULTILINE)
"""Comments, headings, tables, and the lines around boxes."""
_BEGINNING = re.compile(r"\d+\. |[->:] +|— |\[\^\w+\]: |\*\*[^*]+[:：]\*\* ?")
"""The beginning of a line before its words: a list marker, or the name of a speaker."""
_KEY = re.compile(r" *(?:- |([\w-]+): ?(?:>-)?)")
_NOTE = re.compile(r"\[\^\w+\]")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the metadata and the text for text of the templates."""
    template_texts = _template_texts()
    metadata = index.metadata
    contact = metadata.contact
    values = [metadata.title, metadata.subtitle, *(author.name for author in metadata.authors), metadata.publisher]
    values += [metadata.description, *metadata.subjects, metadata.rights, metadata.place]
    values += [contact.name, contact.email] if contact else []
    if leftovers := [quoted(text, 40) for text in values if _comparison_key(text) in template_texts]:
        more = f" and {len(leftovers) - _SHOWN} more" if len(leftovers) > _SHOWN else ""
        yield LEFTOVER.finding(
            f"Template text in the metadata: {', '.join(leftovers[:_SHOWN])}{more}.", index.metadata_source
        )
    paragraphs = [
        indexed
        for paragraph, indexed in index.of_type(Paragraph)
        if _comparison_key(plain_text(paragraph)) in template_texts
    ]
    if paragraphs:
        yield LEFTOVER.finding(f"Template paragraphs in the text: {format_lines(paragraphs)}.", paragraphs[0].source)


@cache
def _template_texts() -> frozenset[str]:
    """Return the comparison keys of all texts in the templates, without their markup."""
    texts: set[str] = set()
    for path in (TEMPLATES / "new").glob("*/*.md"):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        texts.update(_front_matter_values(front))
        for block in _MARKUP.sub("", body).split("\n\n"):
            lines = block.strip().splitlines()
            texts.update(_BEGINNING.sub("", part) for part in (" ".join(lines), *filter(_BEGINNING.match, lines)))
    return frozenset(map(_comparison_key, texts)) - {""}


def _front_matter_values(front: str) -> Iterator[str]:
    """Yield the texts of front matter written as in the templates."""
    value = ""
    for line in front.splitlines():
        key = _KEY.match(line)
        if key is None:
            value += line
            continue
        yield value
        value = "" if key[1] in ("kind", "lang", "date") else line[key.end() :]
    yield value


def _comparison_key(text: str) -> str:
    return letters_key(_NOTE.sub("", text))
