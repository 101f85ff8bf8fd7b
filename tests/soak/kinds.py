"""The kinds of manuscripts that the soak reads: one entry for each reader."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from exporter.contracts import Reader
from exporter.readers import html, markdown
from tests.soak import html_documents, markdown_documents, word_documents
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
}
"""By the name that `--kind` takes."""
