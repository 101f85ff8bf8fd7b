"""Whatever the tree holds, the book is sound and says the same."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag

import msgspec
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from tests.parity.compared import compare
from tests.trees import PUBLICATIONS, examples
from tests.writers.epub.books import NS, Bench, Book


@given(PUBLICATIONS)
# A tree takes minutes to shrink; as it is generated it is small enough to be read.
@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_any_tree_becomes_a_sound_book(publication: m.Publication) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        assets = (
            msgspec.structs.replace(bench.png, name="img/a.png"),
            msgspec.structs.replace(bench.svg, name="img/b.svg"),
        )
        tree = transforms.apply(msgspec.structs.replace(publication, assets=assets), "any")
        target, _ = bench.write(tree)
        book = Book(target)
        documents = book.documents()
        ids = {name: Counter(root.xpath("//@id")) for name, root in documents.items()}
        for name, counts in ids.items():
            assert not [each for each, count in counts.items() if count > 1], name
        for name, root in documents.items():
            for href in root.xpath("//h:a/@href", namespaces=NS):
                file, fragment = urldefrag(href)
                if not file.startswith(("http", "mailto:", "tel:")):
                    assert not fragment or fragment in ids[file or name], href
        assert [str(finding) for finding in compare(tree, {"epub": target})] == []
