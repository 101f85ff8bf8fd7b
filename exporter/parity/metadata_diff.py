"""Whether an edition says of itself what the manuscript says: authors, publisher, date, rights."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.model import Source
from exporter.parity import rules
from exporter.parity.extraction import DocumentMetadata
from exporter.parity.item_names import QUOTED

_NAMES = {
    "authors": "authors",
    "contributors": "other people named",
    "publisher": "publisher",
    "date": "date",
    "identifier": "identifier",
    "description": "description",
    "subjects": "subjects",
    "rights": "rights",
    "kind": "kind",
}
"""What the fields are called in findings."""


def diff(expected: DocumentMetadata, found: DocumentMetadata, source: Source | None = None) -> Iterator[Finding]:
    """Yield what an edition says otherwise than the manuscript.

    What a format must say contradicts nothing in a manuscript that does not say it.
    """
    for field, name in _NAMES.items():
        want, have = getattr(expected, field), getattr(found, field)
        if want and have is not None and _joined(want) != _joined(have):
            message = f"In the metadata, the {name}: {_shown(have)}, not {_shown(want)}."
            yield rules.METADATA.finding(message, source)


def _joined(value: str | tuple[str, ...]) -> str:
    # Printers' tools make one entry of several authors.
    return value if isinstance(value, str) else ", ".join(value)


def _shown(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else "; ".join(value)
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”" if text else "nothing"
