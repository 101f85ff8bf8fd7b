"""Details that the text and the title of a manuscript suggest."""

from __future__ import annotations

import datetime
import re
from itertools import islice

from exporter.labels import Labels
from exporter.model import Paragraph, Publication
from exporter.model.walk import plain_text, walk
from exporter.readers.typed_dates import is_date, read_date
from exporter.service import slug_of_title
from exporter.studio.workspace import slug_for, slug_problem
from exporter.transforms.slugs import unaccented

_DATELINE = re.compile(r"\(?([^()–—]{4,80}?)\)?\s*[–—-]\s")
_LONGEST_DATE = 5
"""Words of a date, such as “31 de diciembre de 2026”."""
_BEGINNING = 15
"""Paragraphs at the beginning in which a date may be that of the publication."""


def suggested_date(tree: Publication, labels: Labels) -> tuple[datetime.date | None, str]:
    """Return the date in a line at the beginning, alone or after a place, and that line; None and "" if there is none.

    The line may be a dateline, such as “(Geneva, 9 December 2026) – ”, before a text.

    Args:
        tree: The publication.
        labels: Fixed texts in its language.
    """
    paragraphs = (node for node in walk(tree) if isinstance(node, Paragraph))
    for paragraph in islice(paragraphs, _BEGINNING):
        line = " ".join(plain_text(paragraph).split())
        if dateline := _DATELINE.match(line):
            if _begins_with_date(line[dateline.end() :], labels):
                continue  # a period
            line = dateline[1]
        for part in (line, line.partition(",")[2], line.partition("،")[2]):
            if part and is_date(part, labels):
                return read_date(part, labels), line
    return None, ""


def _begins_with_date(text: str, labels: Labels) -> bool:
    words = text.split()[:_LONGEST_DATE]
    return any(is_date(" ".join(words[:count]).rstrip(",;:."), labels) for count in range(1, len(words) + 1))


def suggested_address(title: str) -> str:
    """Return a name for files after a title; empty if most of its letters are of another script than Latin."""
    letters = [letter for letter in unaccented(title) if letter.isalpha()]
    slug = slug_of_title(title)
    if not slug or 2 * sum(map(str.isascii, letters)) < len(letters):
        return ""
    suggested = slug_for(f"{slug}.")
    return "" if slug_problem(suggested) else suggested
