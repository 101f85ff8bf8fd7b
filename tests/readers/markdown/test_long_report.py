"""A report as long as real ones: everything is counted, nothing is reported."""

from __future__ import annotations

from collections import Counter

from exporter.model import Cell, Decorative, Image
from exporter.model.walk import headings, walk
from tests.readers.markdown.reading import md

CHAPTER = """
# Chapter {n}

Words with a note.[^n{n}] The slogan [هذا نص]{{lang=ar dir=rtl}} and [non]{{lang=fr}}.

## Section {n}.1

![Figure {n}](img/{n}.png){{alt="Bar chart {n}."}}

![](img/line.png){{.decorative}}

| District | 2022 | Source |
|:---|---:|:---|
| District 1 | 25 | Words |
| District 2 | 16 | Words |

Table: Incidents, table {n}

> Words.
>
> — Witness, name withheld

[^n{n}]: Interview; *Report of the Commission*, <https://example.org/doc/{n}>.
"""


def test_everything_is_counted():
    script = "# Transcript\n\n::: transcript\n" + "**A:** x\n\n**B:** y\n\n" * 20 + ":::\n\nRate $r = \\frac{n}{N}$.\n"
    result = md("---\ntitle: T\nlang: en\n---\n" + "".join(CHAPTER.format(n=n) for n in range(20)) + script)
    assert result.findings == ()
    nodes = list(walk(result.publication))
    counts = Counter(type(node).__name__ for node in nodes)
    assert len(list(headings(result.publication))) == 41
    wanted = {"Table": 20, "Row": 60, "Image": 40, "Note": 20, "NoteReference": 20, "Span": 40, "Quote": 20, "Turn": 40}
    assert {name: counts[name] for name in wanted} == wanted
    assert counts["Math"] == 1
    assert sum(isinstance(node, Image) and isinstance(node.alt, Decorative) for node in nodes) == 20
    assert sum(isinstance(node, Cell) and node.scope is not None for node in nodes) == 60
