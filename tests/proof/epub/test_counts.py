"""What is in a long report is in its EPUB, by our own count and by that of another reader of books."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypandoc

from exporter.model import Decorative, Described, Section
from exporter.model.walk import images, plain_text, walk
from exporter.parity.extraction import normal
from exporter.programs import run
from tests.proof.benchmark import COUNTS, Counts
from tests.proof.built_editions import BENCHMARK, BuiltEditions
from tests.writers.epub.books import NS, Book

FRAME = ("cover.xhtml", "title.xhtml", "nav.xhtml", "about.xhtml")


def test_the_benchmark_is_counted_whole(built: BuiltEditions) -> None:
    path = built.silent_book(BENCHMARK)
    book = Book(path)
    roots = [root for name, root in book.documents().items() if name not in FRAME]

    def count(path: str) -> int:
        return sum(len(root.xpath(path, namespaces=NS)) for root in roots)

    assert (
        Counts(
            headings=count("//*[self::h:h1 or self::h:h2 or self::h:h3 or self::h:h4 or self::h:h5 or self::h:h6]"),
            tables=count("//h:table"),
            rows=count("//h:tr"),
            columns=count("//h:thead//h:th[@scope='col']"),
            notes=count("//h:aside[@role='doc-footnote']"),
            described=count("//h:img[@alt != '']"),
            decorative=count("//h:img[@alt = ''][@role = 'presentation']"),
            passages=count("//h:body//*[@lang][not(ancestor::h:nav)]"),
            turns=count("//h:div[@class = 'turn']"),
            formulas=count("//m:math"),
        )
        == COUNTS
    )
    assert count("//h:a[@role='doc-noteref']") == COUNTS.notes
    assert count("//h:aside[@role='doc-footnote']//h:a[@role='doc-backlink']") == COUNTS.notes
    with pikepdf.open(path.with_suffix(".pdf")) as pdf:
        assert sum(len(root.xpath("//*[@role='doc-pagebreak']")) for root in book.documents().values()) == len(
            pdf.pages
        )


def test_pandoc_reads_the_same_back(built: BuiltEditions, slug: str) -> None:
    tree = built.tree(slug)
    read = pandoc(built.silent_book(slug))
    headings = [normal(plain_text(node.title)) for node in walk(tree) if isinstance(node, Section)]
    found = [normal(words(node["c"][2])) for node in nodes(read) if node["t"] == "Header"]
    wanted = Counter(headings)
    assert wanted - Counter(found) == Counter()
    assert [heading for heading in found if heading in wanted][-len(headings) :] == headings
    kinds = Counter(node["t"] for node in nodes(read))
    tables = sum(type(node).__name__ == "Table" for node in walk(tree))
    assert kinds["Table"] == tables
    alts = [normal(alt.text) for alt in (image.alt for image in images(tree)) if isinstance(alt, Described)]
    # The first is the cover image of the manifest, which pandoc shows besides.
    _, *shown = [normal(words(node["c"][1])) for node in nodes(read) if node["t"] == "Image"]
    assert Counter(alts) - Counter(shown) == Counter()
    assert shown.count("") == sum(isinstance(image.alt, Decorative) for image in images(tree))
    text = "".join(normal(words(read["blocks"])).split())
    notes = ["".join(normal(plain_text(note.children)).split()) for note in tree.notes]
    assert [note for note in notes if note not in text] == []


def pandoc(book: Path) -> dict[str, Any]:
    """Return a book as pandoc reads it."""
    done = run([pypandoc.get_pandoc_path(), "-f", "epub", "-t", "json", book], seconds=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every element of pandoc's tree."""
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def words(value: Any) -> str:
    """Return the words of a part of pandoc's tree, without the marks of notes."""
    parts = []
    for node in nodes(value):
        match node["t"]:
            case "Str":
                parts.append(node["c"])
            case "Code" | "Math" | "CodeBlock":
                parts.append(node["c"][1])
            case "Space" | "SoftBreak" | "LineBreak" | "Para" | "Plain":
                parts.append(" ")
    return "".join(parts)
