"""Details that the text of a manuscript suggests."""

from __future__ import annotations

import datetime
from itertools import islice

from exporter.labels import Labels
from exporter.model import Paragraph, Publication
from exporter.model.walk import plain_text, walk
from exporter.readers.docx.recognition.typed_dates import is_date, read_date

_BEGINNING = 15
"""Paragraphs at the beginning in which a date may be that of the publication."""


def suggested_date(tree: Publication, labels: Labels) -> tuple[datetime.date | None, str]:
    """Return the date in a line at the beginning, alone or after a place, and that line; None and "" if there is none.

    Args:
        tree: The publication.
        labels: Fixed texts in its language.
    """
    paragraphs = (node for node in walk(tree) if isinstance(node, Paragraph))
    for paragraph in islice(paragraphs, _BEGINNING):
        line = " ".join(plain_text(paragraph).split())
        for part in (line, line.partition(",")[2], line.partition("،")[2]):
            if part and is_date(part, labels):
                return read_date(part, labels), line
    return None, ""
