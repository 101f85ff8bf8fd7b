"""HTML fragments in manuscripts of another format."""

from __future__ import annotations

import re

from exporter.findings import quoted
from exporter.readers.html.blocks.block_reader import Nest, Reader
from exporter.readers.html.markup import formulas, word_processor_lists
from exporter.readers.html.markup.normalise import mark_headings, normalise
from exporter.readers.html.markup.parse import find_body, parse
from exporter.readers.rules import HTML_DROPPED, FindingCollector
from exporter.readers.sections import Flat


def read_fragment(text: str, line: int, report: FindingCollector, nest: Nest) -> list[Flat]:
    """Return the blocks of an HTML fragment.

    Args:
        text: The HTML, parsed as browsers do.
        line: Line of its beginning, from 1.
        report: Collector of findings about unsupported content.
        nest: Function that puts the blocks inside lists and cells under their headings.

    Raises:
        SourceError: Elements are nested too deeply, or a table is too large.
    """
    for declaration in re.findall(r"<[!?](?!--)[^>]{0,20}", text):
        report.add(HTML_DROPPED, line, f"{quoted(declaration)} was ignored.")
    root = find_body(parse(f"<body>{text}", report.file, line))
    mark_headings(root)
    formulas.replace_formulas(root, report)
    normalise(root, {}, None, report.file)
    word_processor_lists.nest_lists(root)
    return Reader(report, nest).flow(root, 0)
