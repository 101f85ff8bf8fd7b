"""Plain texts of the tree in the cells of an eBraille publication, each in the element with its identifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from exporter import model as m
from exporter.braille import liblouis
from exporter.braille.codes import Code, Grade
from exporter.findings import Finding, quoted
from exporter.model import Publication
from exporter.model.list_numbers import marker, sign_of
from exporter.model.walk import plain_text, walk
from exporter.parity import rules
from exporter.parity.braille.ebraille_book import HTML, Book, in_cells
from exporter.parity.braille.word_cells import are_defined


class _Plain(NamedTuple):
    kind: str
    text: str
    node: m.Node


def check(publication: Publication, book: Book, code: Code, grade: Grade) -> Iterator[Finding]:
    """Yield the texts that have other cells than those of their code.

    Texts with emphasis, links, notes, formulas or passages in other languages, which have signs of their own, and texts
    in which a page of print begins are compared by their letters alone (`braille`).
    """
    nodes: dict[str, m.Node] = {}
    for node in walk(publication):
        if node.at.id:
            nodes.setdefault(node.at.id, node)
    own, markers = code.table(grade), dict(_markers(publication))
    for _, root in book.documents:
        for element in root.iter(f"{HTML}*"):
            for holder, plain in _plain(element, nodes):
                table = code.uncontracted if plain.kind == "code" else own
                if _is_foreign(holder, root) or _has_page_of_print(holder) or not are_defined(plain.text, {table}):
                    continue
                cells = liblouis.SPACE.join(
                    in_cells(liblouis.translate(table, line)) for line in filter(str.strip, plain.text.splitlines())
                )
                shown = in_cells("".join(holder.itertext()))
                before, match, after = shown.rpartition(cells)
                # Signs of a transcriber's note are around a description.
                is_noted = plain.kind == "description" or _is_noted(holder)
                if not match or (after and not is_noted):
                    message = f"The {plain.kind} {quoted(plain.text)} has other cells."
                    yield rules.TEXT.finding(message, plain.node.at.source)
                elif (before_it := markers.get(id(plain.node))) is not None and not is_noted:
                    wanted = in_cells(liblouis.translate(own, before_it))
                    if before.strip(liblouis.SPACE) != wanted if before_it[:1].isdigit() else not before:
                        message = f"The item {quoted(plain.text)} has another number or mark"
                        yield rules.NESTING.finding(f"{message}; expected “{before_it or '•'}”.", plain.node.at.source)


def _markers(publication: Publication) -> Iterator[tuple[int, str]]:
    """Yield what stands before the first paragraph of each item, by the paragraph; nothing for bullets."""
    for node in walk(publication):
        if isinstance(node, m.List):
            for index, item in enumerate(node.items):
                if item.children and not sign_of(item):
                    yield id(item.children[0]), marker(node, index)


def _is_noted(element: Any) -> bool:
    return any("description" in (around.get("class") or "").split() for around in element.iterancestors())


def _plain(element: Any, nodes: Mapping[str, m.Node]) -> Iterator[tuple[Any, _Plain]]:
    """Yield the plain texts of an element, with the element that has them."""
    match nodes.get(element.get("id") or ""):
        case m.Paragraph(children=children) as node if _is_plain(children):
            yield element, _Plain("paragraph", plain_text(node), node)
        case m.Section(title=title) as node if _is_plain(title):
            heading = next((child for child in element if child.tag[-2:-1] == "h" and child.tag[-1:].isdigit()), None)
            if heading is not None:
                yield heading, _Plain("heading", plain_text(title), node)
        case m.Table(caption=caption) as node if _is_plain(caption):
            heading = element.find(f"{HTML}caption")
            if heading is not None:
                yield heading, _Plain("caption", plain_text(caption), node)
        case m.Image(alt=m.Described(text)) as node:
            yield element, _Plain("description", text, node)
        case m.CodeBlock(text=text) as node:
            yield element, _Plain("code", text, node)


def _is_plain(inlines: m.Inlines) -> bool:
    return bool(inlines) and all(isinstance(node, m.Text) and not node.at.language for node in inlines)


def _has_page_of_print(element: Any) -> bool:
    """Return whether a page of print begins in an element."""
    return any("doc-pagebreak" in (inside.get("role") or "").split() for inside in element.iter(f"{HTML}*"))


def _is_foreign(element: Any, root: Any) -> bool:
    return any(around.get("lang") not in {None, root.get("lang")} for around in (element, *element.iterancestors()))
