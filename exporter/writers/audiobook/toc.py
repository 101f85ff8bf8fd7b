"""Table of contents of an audiobook, which is also its entry page in a browser (W3C Audiobooks, 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from exporter.labels import Labels
from exporter.model import Metadata
from exporter.writers.audiobook.manifest import AudiobookPart


def toc_page(metadata: Metadata, labels: Labels, parts: Sequence[AudiobookPart]) -> bytes:
    """Return the page: every chapter, nested as the headings are, with a link to its time in the sound."""
    title = escape(metadata.full_title)
    language = escape(metadata.language or labels.language)
    words = escape(labels("common.contents"))
    lines = "\n".join(_lines(list(_entries(parts))))
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


def _entries(parts: Sequence[AudiobookPart]) -> Iterator[tuple[int, str, str]]:
    """Yield depth, address and title of every chapter."""
    for part in parts:
        for index, timed in enumerate(part.track.chapters):
            address = part.sound if index == 0 else f"{part.sound}#t={timed.begin:.3f}"
            yield max(1, timed.chapter.level), address, timed.chapter.title


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
