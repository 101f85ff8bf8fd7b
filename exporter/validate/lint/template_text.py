"""Words of the example that `exporter new` begins a manuscript with, left where the writer's own should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Paragraph
from exporter.model.walk import plain_text
from exporter.templates import TEMPLATES
from exporter.validate.lint.document_index import DocumentIndex, lines_of

LEFT = Rule(
    id="example-left",
    severity=Severity.WARNING,
    sentence="Nothing is left of the example that a manuscript began with.",
    advice="Write your own words in its place, or delete it.",
)

RULES = (LEFT,)

_SHOWN = 3
_MARKUP = re.compile(r"<!--(?:.|\n)*?-->|^(?:#|\||:::).*$", re.MULTILINE)
"""Comments, headings, tables, and the lines around boxes."""
_BEGINNING = re.compile(r"\d+\. |[->:] +|— |\[\^\w+\]: |\*\*[^*]+:\*\* ?")
"""What stands before the words of a line: a marker, or who speaks."""
_KEY = re.compile(r" *(?:- |([\w-]+): ?(?:>-)?)")
_NOTE = re.compile(r"\[\^\w+\]")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look for what the examples say, in the metadata and in the text."""
    known = _known()
    metadata = index.metadata
    contact = metadata.contact
    said = [metadata.title, metadata.subtitle, *(author.name for author in metadata.authors), metadata.publisher]
    said += [metadata.description, *metadata.subjects, metadata.rights, metadata.place]
    said += [contact.name, contact.email] if contact else []
    if left := [quoted(text, 40) for text in said if _alike(text) in known]:
        more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        yield LEFT.finding(
            f"The example’s own words still stand in the metadata: {', '.join(left[:_SHOWN])}{more}.", index.place
        )
    if met := [met for paragraph, met in index.of(Paragraph) if _alike(plain_text(paragraph)) in known]:
        yield LEFT.finding(f"Paragraphs of the example still stand in the text: {lines_of(met)}.", met[0].source)


@cache
def _known() -> frozenset[str]:
    """Return all that the examples say, without what marks it up."""
    found: set[str] = set()
    for path in (TEMPLATES / "new").glob("*.md"):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        found.update(_values(front))
        for piece in _MARKUP.sub("", body).split("\n\n"):
            lines = piece.strip().splitlines()
            found.update(_BEGINNING.sub("", part) for part in (" ".join(lines), *filter(_BEGINNING.match, lines)))
    return frozenset(map(_alike, found)) - {""}


def _values(front: str) -> Iterator[str]:
    """Yield the texts of front matter that is written as the examples are."""
    value = ""
    for line in front.splitlines():
        key = _KEY.match(line)
        if key is None:
            value += line
            continue
        yield value
        value = "" if key[1] in ("kind", "lang", "date") else line[key.end() :]
    yield value


def _alike(text: str) -> str:
    return "".join(letter for letter in _NOTE.sub("", text).casefold() if letter.isalnum())
