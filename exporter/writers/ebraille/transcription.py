"""A publication in braille as a tree: the same nodes, their texts as cells, with the signs that braille adds.

Words are between ordinary spaces, at which lines may break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never, cast

import msgspec

from exporter import model as m
from exporter.braille.codes import braille_language
from exporter.braille.liblouis import SPACE
from exporter.model.list_numbers import marker
from exporter.model.walk import walk
from exporter.writers.braille.pieces import Edge
from exporter.writers.braille.translation import Translator
from exporter.writers.xhtml.page_list import Mark, PagedPublication


class TranscriberNote(m.Span, frozen=True, gc=False):
    """Words that are not in the original, such as the description of an image, with the signs around them."""


def reflowable(cells: str) -> str:
    """Return cells with spaces at which lines may break."""
    return cells.replace(SPACE, " ")


def transcribe(paged: PagedPublication, translator: Translator) -> PagedPublication:
    """Return a publication in braille, with its pages of print; its metadata stay in print."""
    publication = paged.publication
    targets = {node.target[1:] for node in walk(publication) if isinstance(node, m.Link) and node.target[:1] == "#"}
    transcriber = _Transcriber(translator, paged.within, targets)
    language = publication.metadata.language
    in_braille = msgspec.structs.replace(
        publication,
        front=transcriber.blocks(publication.front, language),
        body=transcriber.blocks(publication.body, language),
        notes=tuple(transcriber.block(note, language) for note in publication.notes),
    )
    return msgspec.structs.replace(paged, publication=in_braille, within=transcriber.within)


class _Transcriber:
    def __init__(
        self, translator: Translator, within: Mapping[str, tuple[tuple[int, Mark], ...]], targets: set[str]
    ) -> None:
        self.translator = translator
        self.within = dict(within)
        self.targets = targets
        """IDs to which links lead."""

    def blocks(self, nodes: Iterable[m.Block], language: str) -> tuple[m.Block, ...]:
        """Return blocks in braille; figures without captions and descriptions disappear."""
        return tuple(self.block(node, language) for node in nodes if not self._is_decoration(node))

    def block(self, node: Any, outer: str) -> Any:
        """Return a block or a part of one in braille."""
        language = node.at.language or outer
        node = _at(node)
        match node:
            case m.Section():
                title = self._inlines(node.title, language, plain=True)
                return _replace(node, title=title, children=self.blocks(node.children, language))
            case m.Paragraph() | m.Term() | m.Cue() | m.Line():
                return _replace(node, children=self._inlines(node.children, language))
            case m.List():
                items = (self._item(item, self._marker(node, index), language) for index, item in enumerate(node.items))
                return _replace(node, items=tuple(items))
            case m.Cell(scope=scope) if scope is not None:
                return _replace(node, children=tuple(self._header(child, language) for child in node.children))
            case m.Table():
                groups = {name: self._parts(getattr(node, name), language) for name in ("head", "foot")}
                bodies = tuple(self._parts(body, language) for body in node.bodies)
                caption, description = self._inlines(node.caption, language), self._description(node, language)
                return _replace(node, **groups, bodies=bodies, caption=caption, description=description)
            case m.Figure():
                images = tuple(_replace(_at(image), alt=self._alt(image, language)) for image in node.images)
                caption, description = self._inlines(node.caption, language), self._description(node, language)
                return _replace(node, images=images, caption=caption, description=description)
            case m.Quote():
                attribution = self._inlines(node.attribution, language)
                return _replace(node, children=self.blocks(node.children, language), attribution=attribution)
            case m.Aside():
                title = self._inlines(node.title, language)
                return _replace(node, title=title, children=self.blocks(node.children, language))
            case m.Turn(speaker=speaker):
                key = "speech.speaker_role" if speaker.role else "speech.speaker"
                name = self.translator.labels(key, name=speaker.name, role=speaker.role)
                cells = reflowable(self.translator.text(name, language))
                return _replace(node, speaker=m.Speaker(cells), children=self.blocks(node.children, language))
            case m.CodeBlock():
                return self._code(node, language)
            case m.MathBlock():
                return _replace(node, mathml="", tex=reflowable(self.translator.formula(node)))
            case m.ListItem() | m.Definition() | m.Note() | m.Cell():
                return _replace(node, children=self.blocks(node.children, language))
            case _:
                fields = {name: self._parts(getattr(node, name), language) for name in _PARTS.get(type(node), ())}
                return _replace(node, **fields)

    def _is_decoration(self, node: m.Block) -> bool:
        if not isinstance(node, m.Figure) or node.caption or node.description:
            return False
        is_target = not self.targets.isdisjoint(part.at.id for part in (node, *node.images))
        return not is_target and all(isinstance(image.alt, m.Decorative) for image in node.images)

    def _parts(self, nodes: Iterable[m.Node], language: str) -> tuple[Any, ...]:
        return tuple(self.block(node, language) for node in nodes)

    def _marker(self, node: m.List, index: int) -> str:
        number = marker(node, index)
        return self.translator.text(number) if number else self.translator.bullet()

    def _item(self, item: m.ListItem, prefix: str, outer: str) -> m.ListItem:
        """Return an item of a list with its number or sign as text (eBraille 1.0, 6.2.2)."""
        item = self.block(item, outer)
        words = m.Text(f"{prefix} ")
        match item.children:
            case (m.Paragraph() as first, *rest):
                first = _replace(first, children=(words, *first.children))
                return cast(m.ListItem, _replace(item, children=(first, *rest)))
            case _:
                return cast(m.ListItem, _replace(item, children=(m.Paragraph((words,)), *item.children)))

    def _header(self, node: m.Block, language: str) -> m.Block:
        """Return a block of a header cell, whose emphasis is left out as in headings."""
        if not isinstance(node, m.Paragraph):
            return cast(m.Block, self.block(node, language))
        words = self._inlines(node.children, node.at.language or language, plain=True)
        return cast(m.Block, _replace(_at(node), children=words))

    def _alt(self, image: m.Image, language: str) -> m.Alt:
        cells = reflowable(self.translator.alt(image, language))
        return m.Described(cells) if cells else m.Decorative()

    def _description(self, node: m.Figure | m.Table, language: str) -> m.Blocks:
        """Return a long description with the closing sign of the transcriber; the opening one is before its label."""
        blocks = self.blocks(node.description, language)
        if not blocks:
            return ()
        _, _, closing = self.translator.transcriber_note("\0").partition("\0")
        last = blocks[-1]
        if isinstance(last, m.Paragraph):
            return (*blocks[:-1], _replace(last, children=(*last.children, m.Text(closing))))
        return (*blocks, m.Paragraph((m.Text(closing),)))

    def _code(self, node: m.CodeBlock, language: str) -> m.CodeBlock:
        """Return a code block line by line; pages of print in it begin with a line."""
        lines = node.text.split("\n")
        cells = []
        for line in lines:
            words = line.strip()
            indent = " " * (len(line) - len(line.lstrip()))
            cells.append(indent + reflowable(self.translator.text(words, language, literal=True)) if words else "")
        if marks := self.within.get(node.at.id or ""):
            numbers = [node.text.count("\n", 0, position) for position, _ in marks]
            starts = [sum(len(line) + 1 for line in cells[:number]) for number in numbers]
            self.within[str(node.at.id)] = tuple((start, mark) for start, (_, mark) in zip(starts, marks, strict=True))
        return cast(m.CodeBlock, _replace(node, text="\n".join(cells)))

    def _inlines(self, nodes: m.Inlines, language: str, *, plain: bool = False) -> m.Inlines:
        """Return running text: nodes that mean something in print only are replaced by their cells."""
        stack: list[list[m.Inline]] = [[]]
        for part in self.translator.parts(nodes, language, plain=plain):
            if isinstance(part, str):
                if part:
                    stack[-1].append(m.Text(reflowable(part)))
            elif not part.is_end:
                stack.append([])
            else:
                inner = tuple(stack.pop())
                stack[-1] += self._rebuilt(part, inner, language)
        return tuple(stack[0])

    def _rebuilt(self, edge: Edge, inner: m.Inlines, language: str) -> Iterator[m.Inline]:
        node = _at(edge.node)
        match node:
            case m.Emphasis() | m.Strong() | m.Strikethrough() | m.Span():
                yield _replace(node, children=inner)
            case m.Link():
                title = reflowable(self.translator.text(node.title, language)) if node.title else ""
                yield _replace(node, children=inner, title=title)
            case m.NoteReference() | m.LineBreak():
                yield node
            case m.Code():
                yield _replace(node, text=_cells(inner))
            case m.Abbreviation():
                # As in the tree, its language is that of the text around it.
                tongue = edge.node.at.language or language
                expansion = reflowable(self.translator.text(node.expansion, tongue, source=node.at.source))
                yield _replace(node, text=_cells(inner), expansion=expansion)
            case m.Image():
                if inner or node.at.id in self.targets:
                    yield TranscriberNote(inner, at=node.at)
            case m.Text() | m.Superscript() | m.Subscript() | m.Quotation() | m.Math():
                # Their signs are cells.
                is_kept = node.at.id in self.targets or (inner and (node.at.id or node.at.language))
                yield from (m.Span(inner, at=node.at),) if is_kept else inner
            case _:
                assert_never(node)


_PARTS: Mapping[type[m.Node], tuple[str, ...]] = {
    m.DefinitionList: ("items",),
    m.DefinitionItem: ("terms", "definitions"),
    m.Row: ("cells",),
    m.Transcript: ("turns",),
    m.LineBlock: ("lines",),
}
"""Fields of nodes that consist of parts; a break has none."""


def _replace(node: m.Node, **changes: Any) -> Any:
    return msgspec.structs.replace(node, **changes)


def _at(node: Any) -> Any:
    """Return a node with its language in braille, which is written from left to right."""
    language = braille_language(node.at.language) if node.at.language else None
    at = msgspec.structs.replace(node.at, language=language, direction=None)
    return node if at == node.at else _replace(node, at=at)


def _cells(nodes: m.Inlines) -> str:
    return "".join(node.text for node in nodes if isinstance(node, m.Text))
