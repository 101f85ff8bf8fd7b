"""The kinds of manuscripts that the soak reads."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from exporter.contracts import Reader
from exporter.readers import html, markdown
from tests.soak import html_documents, markdown_documents, office_documents, word_documents
from tests.soak.mutation import changed

_INPUT = Path(__file__).parent.parent.parent / "input"
_TOKENS = (
    b"::: ",
    b"\n\n",
    b"|",
    b"---\n",
    b"[^1]",
    b"**",
    b"$$",
    b"<div>",
    b"```",
    b"    ",
    b"> ",
    b"1. ",
    b"![",
    b"](",
)


class Kind(NamedTuple):
    """Manuscripts of one format."""

    suffix: str
    document: Callable[[int], bytes]
    """Makes the document with a number, the same one each time."""
    reader: Reader
    megabytes: int = 700
    """Of memory that reading one document may take on top of the program itself."""
    read_for_each: int = 40
    """Documents that are only read, for each one that is exported."""


@cache
def _manuscripts() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(_INPUT.glob("*/manuscript.md")))


def _markdown(seed: int) -> bytes:
    """Return a manuscript put together by chance, or now and then one of our own changed by chance."""
    chance = random.Random(-seed)
    if chance.random() < 0.1:
        return changed(chance, chance.choice(_manuscripts()), _manuscripts(), _TOKENS)
    return markdown_documents.document(seed)


KINDS: dict[str, Kind] = {
    "markdown": Kind(".md", _markdown, markdown),
    "html": Kind(".html", html_documents.document, html),
    "word": Kind(".docx", word_documents.document, word_documents),
    # LibreOffice maps three gigabytes and takes a second for each document.
    "opendocument": Kind(".odt", office_documents.opendocument, word_documents, megabytes=4_000, read_for_each=4),
    "rtf": Kind(".rtf", office_documents.rich_text, word_documents, megabytes=4_000, read_for_each=4),
}
"""By the name that `--kind` takes."""
