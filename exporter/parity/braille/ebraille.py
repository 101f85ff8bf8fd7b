"""Extraction from an eBraille publication, and its comparison with the tree: text, structure, links, notes, languages.

The text is translated back, as that of files of braille pages. What is not text is compared by its elements, in their
order: headings with their levels, items of lists, cells with their scopes and spans, quotations, boxes, terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from exporter import model as m
from exporter.braille.codes import braille_language, code_of, print_language
from exporter.findings import Finding, quoted
from exporter.inspect.archive import resolve
from exporter.model import Publication
from exporter.model.addresses import scheme
from exporter.model.table_grid import PlacedCell, place_cells
from exporter.model.walk import children, count_references, plain_text, walk
from exporter.parity import rules
from exporter.parity.addresses import is_followed
from exporter.parity.braille import ebraille_items, ebraille_references
from exporter.parity.braille.ebraille_book import HTML, Book
from exporter.parity.braille.item_comparison import Comparison, compare_text
from exporter.parity.content import letters
from exporter.parity.epub import read_metadata
from exporter.parity.extraction import Extraction, Extractor
from exporter.parity.xhtml import unknown_markup

_SHAPES = {"li": "item", "blockquote": "quotation", "dt": "term", "dd": "definition"}


class Element(NamedTuple):
    """An element that is not a paragraph: its kind, and what the kind does not say."""

    kind: str
    detail: str = ""
    node: m.Node | None = None
    """In the tree."""

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}".rstrip()


def compare(publication: Publication, path: Path) -> Comparison:
    """Compare a file with the tree that it was made from.

    Raises:
        MissingToolError: liblouis is not installed.
        KeyError, ValueError, lxml.etree.XMLSyntaxError: It is not a valid eBraille publication.
    """
    book = Book(path)
    languages = book.metadata("language")
    code = code_of(print_language(languages[0])) if languages else None
    if code is None:
        raise ValueError("No braille code is known for its language")
    comparison = compare_text(publication, book.text, code, book.grade)
    comparison.findings += [
        *_structure(publication, book),
        *_links(publication, book),
        *_notes(publication, book),
        *_languages(publication, book),
        *ebraille_references.check(publication, book),
        *ebraille_items.check(publication, book, code, book.grade),
        *map(rules.unexpected, chain.from_iterable(unknown_markup.check(root) for _, root in book.documents)),
    ]
    return comparison


def _structure(publication: Publication, book: Book) -> Iterator[Finding]:
    """Yield the first element that is not that of the tree."""
    tables = (node for node in walk(publication) if isinstance(node, m.Table))
    lines = (line for table in tables for line in place_cells(table.groups))
    cells = {id(placed.cell): placed for line in lines for placed in line}
    all_expected = _elements_of_tree((*publication.front, *publication.body), cells, 0)
    all_actual = (element for document in book.documents for element in _elements_of(document.root))
    for expected, actual in zip_longest(all_expected, all_actual, fillvalue=Element("end of the text")):
        if expected[:2] == actual[:2]:
            continue
        rule = rules.KINDS
        if expected.kind == actual.kind:
            rule = {"heading": rules.LEVELS, "cell": rules.TABLES}.get(expected.kind, rules.KINDS)
        words = f" {quoted(plain_text(expected.node))}" if expected.node is not None else ""
        message = f"{actual}; expected {expected}{words}."
        yield rule.finding(message[0].upper() + message[1:], expected.node.at.source if expected.node else None)
        return


def _elements_of_tree(nodes: Iterable[m.Node], cells: Mapping[int, PlacedCell], depth: int) -> Iterator[Element]:
    for node in nodes:
        inner = depth
        match node:
            case m.Section():
                inner = depth + 1
                yield Element("heading", f"of level {inner}", node)
            case m.ListItem():
                yield Element("item", node=node)
            case m.Quote():
                yield Element("quotation", node=node)
            case m.Aside():
                yield Element("box", node=node)
            case m.Term():
                yield Element("term", node=node)
            case m.Definition():
                yield Element("definition", node=node)
            case m.Cell(scope=scope):
                placed = cells[id(node)]
                yield Element("cell", _cell(scope or "", str(placed.rows), str(placed.columns)), node)
        yield from _elements_of_tree(children(node), cells, inner)


def _cell(scope: str, rows: str, columns: str) -> str:
    spans = f" {rows} by {columns}" if (rows, columns) != ("1", "1") else ""
    return f"{f'that heads its {scope}' if scope else 'of data'}{spans}"


def _elements_of(root: Any) -> Iterator[Element]:
    for element in root.iter(f"{HTML}*"):
        name = element.tag.removeprefix(HTML)
        if _is_in_note(element):
            continue
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            yield Element("heading", f"of level {element.get('aria-level') or name[1]}")
        elif name in {"td", "th"}:
            yield Element(
                "cell", _cell(element.get("scope") or "", element.get("rowspan", "1"), element.get("colspan", "1"))
            )
        elif name == "aside":
            yield Element("box")
        elif name in _SHAPES:
            yield Element(_SHAPES[name])


def _is_in_note(element: Any) -> bool:
    roles = (around.get("role") or "" for around in (element, *element.iterancestors()))
    return any(role in {"doc-footnote", "doc-endnotes"} for role in roles)


def _links(publication: Publication, book: Book) -> Iterator[Finding]:
    nodes = [node for node in walk(publication) if isinstance(node, m.Link)]
    expected = Counter(node.target.strip() for node in nodes if is_followed(node.target.strip()))
    actual = Counter(
        link.get("href")
        for document in book.documents
        for link in document.root.iter(f"{HTML}a")
        if scheme(link.get("href") or "")
    )
    for target in actual - expected:
        yield rules.LINKS.finding(f"A link leads to “{target}”, which is not in the manuscript.")
    for target in expected - actual:
        source = next(node.at.source for node in nodes if node.target.strip() == target)
        yield rules.LINKS.finding(f"No link leads to “{target}”.", source)
    for name, root in book.documents:
        for link in root.iter(f"{HTML}a"):
            address, mark, fragment = (link.get("href") or "").partition("#")
            target = resolve(name, address) if address else name
            if mark and not scheme(address) and (target, fragment) not in book.ids:
                yield rules.LINKS.finding(f"A link leads to “{link.get('href')}”, which is missing.", place=name)


def _notes(publication: Publication, book: Book) -> Iterator[Finding]:
    known = {note.id for note in publication.notes}
    expected = sum(count for note, count in count_references(publication).items() if note in known)
    links = [link for _, root in book.documents for link in root.iter(f"{HTML}a")]
    for role, name in (("doc-noteref", "references to notes"), ("doc-backlink", "links back from notes")):
        actual = sum(link.get("role") == role for link in links)
        if actual != expected:
            yield rules.NOTES.finding(f"{actual} {name}; expected {expected}.")


def _languages(publication: Publication, book: Book) -> Iterator[Finding]:
    marked = {braille_language(node.at.language): node for node in walk(publication) if node.at.language}
    expected = {language for language, node in marked.items() if letters(plain_text(node))}
    expected.discard(braille_language(publication.metadata.language))
    actual = {
        element.get("lang")
        for document in book.documents
        for element in document.root.find(f"{HTML}body").iter(f"{HTML}*")
        if element.get("lang")
    }
    for language in sorted(expected - actual):
        yield rules.PASSAGES.finding(f"No passage is in the language “{language}”.", marked[language].at.source)
    for language in sorted(actual - marked.keys() - {braille_language(publication.metadata.language)}):
        yield rules.PASSAGES.finding(f"A passage is in the language “{language}”, which is not in the manuscript.")


def read(path: Path) -> Extraction:
    """Return the extraction of an eBraille publication: metadata and pages; its text is compared by `compare`."""
    book = Book(path)
    pages = book.nav("page-list")
    labels = None if pages is None else tuple(link.get("title") or "" for link in pages.iter(f"{HTML}a"))
    identifier = next(iter(book.metadata("source")), "")
    metadata = msgspec.structs.replace(read_metadata(book.package), identifier=identifier)
    return Extraction(
        title=next(iter(book.metadata("title")), ""),
        language=print_language(next(iter(book.metadata("language")), "")),
        metadata=metadata,
        pages=labels,
        sheet=("ebraille.css", book.sheet),
    )


class EbrailleExtractor(Extractor):
    """Extractor of eBraille publications, which compares them item by item and element by element."""

    def __init__(self) -> None:
        super().__init__(read)

    def diff(self, publication: Publication, path: Path, /, *_: bytes | None) -> Iterable[Finding]:
        """Return what differs from the tree."""
        return compare(publication, path).findings


EXTRACTOR = EbrailleExtractor()
