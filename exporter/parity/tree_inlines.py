"""Expected content of paragraphs: the inline items and the styles of the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from exporter import model as m
from exporter.model.walk import children, identifiers, walk
from exporter.parity import picture_files
from exporter.parity.addresses import is_followed
from exporter.parity.content import NESTED, POSITIONS, QUOTES, ContentItem, InlineItem, letters
from exporter.parity.formulas import parts_of, signs_of, structure_of
from exporter.parity.item_builder import ItemBuilder
from exporter.parity.picture_files import PictureFile

FormulaNames = Callable[[m.Math | m.MathBlock], str | None]
"""Returns a formula in words, as its text alternatives have it; None if that is not known."""

_STYLES: dict[type[m.Node], frozenset[str]] = {
    m.Emphasis: frozenset({"emphasis"}),
    m.Strong: frozenset({"strong"}),
    m.Strikethrough: frozenset({"strikethrough"}),
    m.Superscript: frozenset({"superscript"}),
    m.Subscript: frozenset({"subscript"}),
    m.Quotation: frozenset({"quotation"}),
}


def directions_of(publication: m.Publication) -> dict[int, str]:
    """Return the direction of the text of each node, by `id`."""
    directions: dict[int, str] = {}

    def visit(nodes: Iterable[m.Node], outer: str) -> None:
        for node in nodes:
            directions[id(node)] = own = node.at.direction.value if node.at.direction else outer
            visit(children(node), own)

    visit((*publication.front, *publication.body, *publication.notes), publication.metadata.direction.value)
    return directions


class TreeInlines:
    """Collector of the items of paragraphs.

    Args:
        publication: The tree.
        name_formula: Returns formulas in words.
    """

    def __init__(self, publication: m.Publication, name_formula: FormulaNames) -> None:
        self.name_formula = name_formula
        self.items: list[ContentItem] = []
        self.targets: dict[str, int] = {}
        self.numbers = {note.id: number for number, note in enumerate(publication.notes, 1)}
        self.ids = identifiers(publication)
        self.files = {asset.name: picture_files.of_asset(asset) for asset in publication.assets}
        self.directions = directions_of(publication)
        """Direction of the text of each node, by `id`."""
        self.one_position = False
        """Whether a run is either raised or lowered, as by the innermost of two nodes."""
        self.labels: list[str] = []
        """Labels of list items whose first content item follows."""

    def _begin(self, node: m.Node) -> None:
        if node.at.id:
            self.targets.setdefault(node.at.id, len(self.items))

    def add_item(
        self,
        kind: str,
        nodes: Sequence[m.Inline],
        path: tuple[str, ...],
        language: str,
        node: m.Node,
        *,
        source: m.Source | None = None,
        framed: bool = False,
    ) -> None:
        """Add the item of some inlines of a node, unless it is empty; `framed` if editions add text around it."""
        builder = ItemBuilder(kind, path)
        self._inlines(nodes, builder, language, in_link=False)
        self._close(builder, node, (letters("".join(builder.parts)),) if framed else (), source)

    def _close(
        self, builder: ItemBuilder, node: m.Node, parts: tuple[str, ...] = (), source: m.Source | None = None
    ) -> None:
        for item in builder.build(source or node.at.source, parts):
            self._add(msgspec.structs.replace(item, direction=self.directions[id(node)]))

    def _text(self, node: m.Node, text: str, builder: ItemBuilder, language: str) -> None:
        """Add text of a node."""
        rtl = ["rtl"] if self.directions[id(node)] == "rtl" else []
        builder.add_text(text, language, (*builder.open_styles, *rtl))

    def _formula(self, node: m.Math | m.MathBlock, styles: frozenset[str] | None = None) -> InlineItem:
        return InlineItem(
            "formula",
            signs_of(node.mathml),
            self.name_formula(node),
            structure=structure_of(node.mathml),
            parts=parts_of(node.mathml),
            styles=styles,
        )

    def _add(self, item: ContentItem) -> None:
        label = self.labels[-1] if self.labels else ""
        self.labels.clear()
        self.items.append(msgspec.structs.replace(item, label=label) if label else item)

    def _inlines(self, nodes: Iterable[m.Inline], builder: ItemBuilder, language: str, *, in_link: bool) -> None:
        for node in nodes:
            self._inline(node, builder, node.at.language or language, in_link=in_link)

    def _inline(self, node: m.Inline, builder: ItemBuilder, language: str, *, in_link: bool) -> None:
        self._begin(node)
        match node:
            case m.Text(text):
                self._text(node, text, builder, language)
            case m.Code(text):
                self._text(node, text, builder, language)
                builder.marks.append(InlineItem("code", letters(text)))
            case m.Abbreviation(text, expansion):
                self._text(node, text, builder, language)
                builder.marks.append(InlineItem("abbreviation", letters(text), expansion))
            case m.Image():
                if not isinstance(node.alt, m.Decorative):
                    alt = node.alt.text if isinstance(node.alt, m.Described) else None
                    builder.marks.append(
                        InlineItem(
                            "picture",
                            target=alt,
                            structure=(file := self.files.get(node.source, PictureFile())).digest,
                            shape=file.shape,
                            language=language,
                            before=len(builder.parts),
                        )
                    )
            case m.Math():
                formula = self._formula(node, builder.open_styles)
                builder.marks.append(msgspec.structs.replace(formula, before=len(builder.parts)))
            case m.LineBreak():
                self._text(node, " ", builder, language)
            case m.NoteReference():
                if node.note in self.numbers:
                    number = InlineItem("note", "", str(self.numbers[node.note]), before=len(builder.parts))
                    (builder.marks if builder.trailing_marks is None else builder.trailing_marks).append(number)
            case m.Link():
                self._link(node, builder, language, in_link=in_link)
            case _:
                outer = builder.open_styles
                is_innermost = self.one_position and isinstance(node, m.Superscript | m.Subscript)
                builder.open_styles = outer - POSITIONS if is_innermost else outer
                builder.open_styles |= _STYLES.get(type(node), frozenset())
                if isinstance(node, m.Emphasis) and "emphasis" in outer:
                    builder.open_styles |= {NESTED}
                self._inlines(node.children, builder, language, in_link=in_link)
                builder.open_styles = outer

    def _link(self, node: m.Link, builder: ItemBuilder, language: str, *, in_link: bool) -> None:
        target = node.target.strip()
        is_link = target[1:] in self.ids if target.startswith("#") else is_followed(target)
        if in_link or not is_link:
            self._inlines(node.children, builder, language, in_link=in_link)
            return
        first_part, first_mark, builder.trailing_marks = len(builder.parts), len(builder.marks), []
        self._inlines(node.children, builder, language, in_link=True)
        is_quotation = any(isinstance(inner, m.Quotation) for inner in walk(node))
        if is_quotation or builder.shows_since(first_part, first_mark):
            text = "".join(builder.parts[first_part:])
            quotes = str(len(QUOTES.findall(text)))
            builder.marks.append(InlineItem("link", letters(text), target, title=node.title, structure=quotes))
        end = len(builder.parts)
        builder.marks += (msgspec.structs.replace(mark, before=end) for mark in builder.trailing_marks)
        builder.trailing_marks = None
