"""From a name in a finished file to the place in the manuscript that it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from exporter.findings import Finding
from exporter.model import Publication, Source
from exporter.model.walk import walk

_NAMED = re.compile(r"""(?:\#|\b(?:xml:)?(?i:id)(?:=|:\s*|\s+(?=["'“‘])))["'“‘]?([^\W_][\w.:-]*)""")
"""A name where it is plain that it is one: `text/part.xhtml#findings`, `id="findings"`; a word alone is no name."""
_PART = re.compile(r"-(?:s|ref-?|back-?)?\d+$")
"""What editions put behind the name of a node for parts of it: sentences, marks that lead to it."""


def build_source_map(publication: Publication) -> dict[str, Source]:
    """Return the place in the manuscript of each node that has a name."""
    found: dict[str, Source] = {}
    for node in walk(publication):
        if node.at.id and node.at.source:
            found.setdefault(node.at.id, node.at.source)
    return found


def with_source(finding: Finding, known: Mapping[str, Source]) -> Finding:
    """Give a finding with the place in the manuscript of the node that its place or its message names, if one does."""
    if finding.source is not None:
        return finding
    for text in (finding.place, finding.message):
        for name in _NAMED.findall(text):
            plain = name.rstrip(".:-")
            source = known.get(plain) or known.get(_PART.sub("", plain))
            if source is not None:
                return msgspec.structs.replace(finding, source=source)
    return finding
