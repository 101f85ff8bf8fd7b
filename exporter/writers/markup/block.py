"""Blocks as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from exporter.model import (
    Aside,
    AsideKind,
    Block,
    CodeBlock,
    Cue,
    Decorative,
    Definition,
    DefinitionList,
    Figure,
    LineBlock,
    List,
    ListDelimiter,
    ListItem,
    ListStyle,
    MathBlock,
    Node,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    Table,
    ThematicBreak,
    Transcript,
    Turn,
    counter_style,
)
from exporter.model.walk import plain_text
from exporter.writers.markup.base import NoteStyle
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.tables import TableMarkup

_LIST_TYPES = {
    ListStyle.DECIMAL: None,
    ListStyle.LOWER_ALPHA: "a",
    ListStyle.UPPER_ALPHA: "A",
    ListStyle.LOWER_ROMAN: "i",
    ListStyle.UPPER_ROMAN: "I",
}
_SPEAKING = frozenset({AsideKind.BOX, AsideKind.PULL_QUOTE, AsideKind.RECOMMENDATIONS})
"""Asides that need no word to say what they are."""


def _names_somebody(block: Block) -> bool:
    """Whether a block says whose words the ones before it are, as under a quotation: a paragraph behind a dash."""
    return isinstance(block, Paragraph) and plain_text(block.children).startswith(("— ", "– ", "― "))


class BlockMarkup(TableMarkup):
    """Writes blocks and sections; see `Base` for the settings."""

    levels_above = 0
    """Levels of headings that the frame of the edition takes for itself, such as that of the title."""

    def blocks(self, nodes: Iterable[Block], depth: int = 0) -> str:
        """Return blocks as flow content; `depth` is the number of sections around them."""
        return "\n".join(self._block(node, depth) for node in nodes)

    def _block(self, node: Block, depth: int) -> str:
        match node:
            case Section():
                return self.section(node, depth + 1)
            case Paragraph():
                return element("p", self.inlines(node.children), self.at(node))
            case List():
                return self._list(node, depth)
            case DefinitionList():
                return self._definitions(node, depth)
            case Table():
                return self.table(node, depth)
            case Figure():
                return self._figure(node, depth)
            case Quote():
                return self._quote(node, depth)
            case Aside():
                return self._aside(node, depth)
            case Transcript():
                return self._transcript(node, depth)
            case CodeBlock():
                kind = f"language-{node.syntax}" if node.syntax else None
                return element("pre", element("code", self.code(node), {"class": kind}), self.at(node))
            case MathBlock():
                values = {**self.at(node), "class": "formula"}
                return element("div", self.formula(node), values)
            case LineBlock():
                return self._lines(node)
            case ThematicBreak():
                return element("hr", "", self.at(node))
            case PageBreak():
                return self._page_break(node)
            case _:
                assert_never(node)

    def code(self, node: CodeBlock) -> str:
        """Return the characters of a code block."""
        return escape(node.text)

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Return a section under a heading of level `depth`; HTML has six levels, ARIA has more (WCAG 1.3.1)."""
        return element("section", self.section_content(node, depth), {**self.at(node), **(values or {})})

    def heading_attributes(self, node: Section) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return what a heading carries besides its words; nothing here."""
        return {}

    def section_content(self, node: Section, depth: int) -> str:
        """Return what stands inside the element of a section."""
        level = depth + self.levels_above
        values = {**self.heading_attributes(node), "aria-level": str(level) if level > 6 else None}
        heading = element(f"h{min(level, 6)}", self.inlines(node.title), values)
        return f"{heading}\n{self.blocks(node.children, depth)}"

    def contents(self, nodes: tuple[Block, ...], depth: int, *, tight: bool = True) -> str:
        """Give the blocks of an item, a cell or a definition; its first paragraph needs no element when it is tight."""
        parts = []
        for index, node in enumerate(nodes):
            if tight and isinstance(node, Paragraph) and (index == 0 or len(nodes) == 1):
                values = self.at(node)
                words = self.inlines(node.children)
                parts.append(element("span", words, values) if values else words)
            else:
                parts.append(self._block(node, depth))
        return "\n".join(parts)

    def _list(self, node: List, depth: int) -> str:
        classes = [] if node.tight else ["loose"]
        items = "\n".join(self._item(item, depth, tight=node.tight) for item in node.items)
        if node.style is ListStyle.BULLET:
            return element("ul", items, {**self.at(node), "class": " ".join(classes) or None})
        if node.delimiter is not ListDelimiter.PERIOD:
            classes.append(counter_style(node.style, node.delimiter))
        values = {
            **self.at(node),
            "class": " ".join(classes) or None,
            "type": _LIST_TYPES[node.style],
            "start": str(node.start) if node.start != 1 else None,
        }
        return element("ol", items, values)

    def _item(self, item: ListItem, depth: int, *, tight: bool) -> str:
        return element("li", self.contents(item.children, depth, tight=tight), self.at(item))

    def _definitions(self, node: DefinitionList, depth: int) -> str:
        parts = []
        for item in node.items:
            # HTML has no element for an item, so that its parts say its language.
            spoken = {name: value for name, value in self.at(item).items() if name != "id"}
            for index, term in enumerate(item.terms):
                words = self.inlines(term.children)
                if index == 0 and item.at.id in self.targets:
                    words = element("span", words, self.at(item))
                parts.append(element("dt", words, {**spoken, **self.at(term)}))
            parts += [self._definition(definition, spoken, depth) for definition in item.definitions]
        return element("dl", "\n".join(parts), self.at(node))

    def _definition(self, node: Definition, spoken: Attributes, depth: int) -> str:
        inside = self.contents(node.children, depth, tight=len(node.children) == 1)
        return element("dd", inside, {**spoken, **self.at(node)})

    def _figure(self, node: Figure, depth: int) -> str:
        description, reference = self.description(node, node.description, depth)
        pictures = "\n".join(self.image(image, details=reference) for image in node.images)
        if len(node.images) > 1:
            pictures = element("div", pictures, {"class": "pictures"})
        if node.caption:
            # White space between them would be a line of its own on a page: an empty paragraph, to a screen reader.
            pictures += element("figcaption", self.inlines(node.caption))
        # An ornament alone is nothing that a screen reader should name (WCAG 1.1.1; ARIA 1.2, presentation).
        silent = not node.caption and all(isinstance(image.alt, Decorative) for image in node.images)
        return element("figure", pictures, {**self.at(node), "role": "presentation" if silent else None}) + description

    def description(self, node: Node, blocks: tuple[Block, ...], depth: int) -> tuple[str, str | None]:
        """Return a long description and its identifier (WCAG 1.1.1; ARIA 1.2, aria-details)."""
        if not blocks:
            return "", None
        name = f"{node.at.id or f'nameless-{next(self.serial)}'}-description"
        title = self._description_title(node)
        inside = self.blocks(blocks, depth)
        # It stands behind the element that has the language, not in it.
        values = {**self.at(node), "id": name, "class": "description"}
        if self.note_style is NoteStyle.PAGE:
            title = element("p", escape(title), {"class": "description-title"})
            return "\n" + element("div", f"{title}\n{inside}", values), name
        title = element("summary", escape(title))
        return "\n" + element("details", f"{title}\n{inside}", values), name

    def _description_title(self, node: Node) -> str:
        """Say what a long description is of: a document has many (WCAG 2.4.6)."""
        caption = plain_text(node.caption) if isinstance(node, Figure | Table) else ""
        if not caption:
            return self.labels("common.long_description")
        return self.labels("common.long_description_of", what=caption)

    def _quote(self, node: Quote, depth: int) -> str:
        inside = self.blocks(node.children, depth)
        if node.attribution:
            before, _, after = self.labels("common.attribution", who="\0").partition("\0")
            words = escape(before) + element("cite", self.inlines(node.attribution)) + escape(after)
            inside += "\n" + element("footer", words, {"class": "attribution"})
        return element("blockquote", inside, self.at(node))

    def _aside(self, node: Aside, depth: int) -> str:
        kind = self.labels(f"asides.{node.kind.value}")
        values = {**self.at(node), "class": " ".join(("aside", node.kind.value, *self.aside_classes(node)))}
        if node.kind is AsideKind.PULL_QUOTE:
            values |= self.semantics("doc-pullquote", "pullquote")
        title = ""
        if node.title:
            name = f"{node.at.id}-title" if node.at.id else None
            title = element("p", self.inlines(node.title), {"class": "aside-title", "id": name})
            values |= {"aria-labelledby": name} if name else {"aria-label": kind}
        else:
            values["aria-label"] = kind
            if node.kind not in _SPEAKING:
                # What a box is for must not be told by its colour alone (WCAG 1.4.1).
                title = element("p", escape(kind), {"class": "aside-title"})
        blocks: Sequence[Block] = node.children
        credit = ""
        if node.kind is AsideKind.PULL_QUOTE and len(blocks) > 1 and _names_somebody(blocks[-1]):
            *blocks, last = blocks
            assert isinstance(last, Paragraph)
            credit = element("p", self.inlines(last.children), {**self.at(last), "class": "attribution"})
        inside = (title, self.blocks(blocks, depth), credit)
        return element("aside", "\n".join(filter(None, inside)), values)

    def aside_classes(self, node: Aside) -> tuple[str, ...]:  # noqa: ARG002 - for editions that add some
        """Return classes of a box besides that of its kind; none here."""
        return ()

    def _transcript(self, node: Transcript, depth: int) -> str:
        values = {
            **self.at(node),
            "class": "transcript",
            "role": "group",
            "aria-label": self.labels("common.transcript"),
        }
        return element("div", "\n".join(self._turn(turn, depth) for turn in node.turns), values)

    def _turn(self, turn: Turn | Cue, depth: int) -> str:
        match turn:
            case Turn():
                return element(
                    "div",
                    f"{self._speaker(turn)}\n{self.blocks(turn.children, depth)}",
                    {**self.at(turn), "class": "turn"},
                )
            case Cue():
                return element("p", self.inlines(turn.children), {**self.at(turn), "class": "cue", "role": "note"})
            case _:
                assert_never(turn)

    def _speaker(self, turn: Turn) -> str:
        name = element("span", escape(turn.speaker.name), {"class": "name"})
        if not turn.speaker.role:
            return element("p", name, {"class": "speaker"})
        role = element("span", escape(turn.speaker.role), {"class": "role"})
        return element("p", self.labels("html.speaker_role", name=name, role=role), {"class": "speaker"})

    def _lines(self, node: LineBlock) -> str:
        lines = []
        for line in node.lines:
            indent = f"padding-inline-start:{line.indent / 2:g}em" if line.indent else None
            lines.append(
                element(
                    "div", self.inlines(line.children) or "\u00a0", {**self.at(line), "class": "line", "style": indent}
                )
            )
        return element("div", "\n".join(lines), {**self.at(node), "class": "lines"})

    def _page_break(self, node: PageBreak) -> str:
        values = self.at(node)
        if not node.label:
            return element("div", "", {**values, "class": "page-break"})
        words = self.labels("common.page", number=node.label)
        values |= {"class": "page-mark", "aria-label": words, **self.semantics("doc-pagebreak", "pagebreak")}
        return element("div", "", values)
