"""The page of contents, which is also the page that a browser opens (W3C Audiobooks, 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from exporter.labels import Labels
from exporter.model import Metadata
from exporter.writers.audiobook.manifest import AudiobookPart


def contents(metadata: Metadata, labels: Labels, chapters: Sequence[AudiobookPart]) -> bytes:
    """Return the page: every chapter, nested as the headings are, each a link to its place in the sound."""
    title = escape(": ".join(filter(None, (metadata.title, metadata.subtitle))))
    language = escape(metadata.language or labels.language)
    words = escape(labels("common.contents"))
    lines = "\n".join(_lines(list(_entries(chapters))))
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{metadata.direction.value}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="publication" href="publication.json">
</head>
<body>
<h1>{title}</h1>
<nav role="doc-toc" aria-labelledby="contents">
<h2 id="contents">{words}</h2>
{lines}
</nav>
</body>
</html>
""".encode()


def _entries(chapters: Sequence[AudiobookPart]) -> Iterator[tuple[int, str, str]]:
    """Yield depth, address and title of every chapter."""
    for chapter in chapters:
        for place, mark in enumerate(chapter.track.marks):
            address = chapter.sound if place == 0 else f"{chapter.sound}#t={mark.begin:.3f}"
            yield max(1, mark.chapter.level), address, mark.chapter.title


def _lines(entries: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Yield nested lists."""
    depth = 0
    for level, address, title in entries:
        if level > depth:
            while depth < level:
                yield "<ol>" if depth == level - 1 else "<ol><li>"
                depth += 1
        else:
            yield "</li>"
            while depth > level:
                yield "</ol></li>"
                depth -= 1
        yield f'<li><a href="{escape(address)}">{escape(title)}</a>'
    yield "</li></ol>" * depth
