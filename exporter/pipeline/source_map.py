"""Source map: from the IDs in a finished file to lines of the manuscript."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from exporter.findings import Finding
from exporter.model import Publication, Source
from exporter.model.walk import walk

_ID = re.compile(r"""(?:\#|\b(?:xml:)?(?i:id)(?:=|:\s*|\s+(?=["'“‘])))["'“‘]?([^\W_][\w.:-]*)""")
"""An ID that is recognisable as one: `text/part.xhtml#findings`, `id="findings"`; a word alone is not."""
_SUFFIX = re.compile(r"-(?:s|ref-?|back-?)?\d+$")
"""Suffix that editions add to the ID of a node for parts of it: sentences, references to it."""


def build_source_map(publication: Publication) -> dict[str, Source]:
    """Return the source in the manuscript of each node that has an ID."""
    sources: dict[str, Source] = {}
    for node in walk(publication):
        if node.at.id and node.at.source:
            sources.setdefault(node.at.id, node.at.source)
    return sources


def with_source(finding: Finding, sources: Mapping[str, Source]) -> Finding:
    """Return a finding with the source in the manuscript of the node whose ID its location or message contains."""
    if finding.source is not None:
        return finding
    for text in (finding.place, finding.message):
        for match in _ID.findall(text):
            node_id = match.rstrip(".:-")
            source = sources.get(node_id) or sources.get(_SUFFIX.sub("", node_id))
            if source is not None:
                return msgspec.structs.replace(finding, source=source)
    return finding
