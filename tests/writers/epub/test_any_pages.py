"""Wherever pages begin, each is listed once, in order, and no word of the text is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exporter import model as m
from exporter import transforms
from exporter.model.walk import plain_text, rewrite, walk
from exporter.writers.pdf.page_starts import PageStart, counted
from tests.trees import examples
from tests.writers.epub.books import NS, Bench, Book, kitchen_sink


@given(st.data())
@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_page_is_listed_in_the_order_of_the_text(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        tree = transforms.apply(rewrite(kitchen_sink(bench), unmarked), "any")
        starts = [
            PageStart(str(node.at.id), data.draw(st.integers(0, counted(plain_text(node)))))
            for node in walk((*tree.front, *tree.body))
            if isinstance(node, m.Paragraph | m.CodeBlock | m.Term | m.Cue | m.Line)
            for _ in range(data.draw(st.sampled_from((0, 1, 1, 2))))
        ]
        starts.sort(key=lambda start: (order_of(tree)[start.node], start.characters))
        labels = [str(number) for number, _ in enumerate(starts, start=1)]
        facts = {"pdf.pages": msgspec.json.encode({"labels": labels, "nodes": {}, "starts": starts})}
        plain = Book(bench.write(tree)[0])
        book = Book(bench.write(tree, facts=facts)[0])
    links = book.document("nav.xhtml").xpath("//h:nav[@e:type='page-list']//h:a", namespaces=NS)
    assert [link.text for link in links] == labels
    order = [
        f"{name}#{mark.get('id')}"
        for name in book.spine()
        for mark in book.document(name).xpath("//*[@role='doc-pagebreak']")
    ]
    assert [link.get("href") for link in links] == order
    for name in plain.spine():
        if name not in {"nav.xhtml", "about.xhtml"}:
            assert words(book, name) == words(plain, name)


def order_of(tree: m.Publication) -> dict[str, int]:
    return {str(node.at.id): number for number, node in enumerate(walk(tree))}


def unmarked(node: m.Node) -> m.Node:
    """Take the label of a page that the manuscript marks itself."""
    return msgspec.structs.replace(node, label="") if isinstance(node, m.PageBreak) else node


def words(book: Book, name: str) -> str:
    return "".join("".join(book.document(name).itertext()).split())
