"""Blocks, sections and notes as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from exporter import model as m
from exporter.model.list_numbers import sign_of
from exporter.model.table_grid import PlacedCell
from exporter.model.walk import plain_text
from exporter.writers.markup import figures, mathml, notes, tables, transcripts
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.inline import InlineMarkup

_LIST_TYPES = {
    m.ListStyle.DECIMAL: None,
    m.ListStyle.LOWER_ALPHA: "a",
    m.ListStyle.UPPER_ALPHA: "A",
    m.ListStyle.LOWER_ROMAN: "i",
    m.ListStyle.UPPER_ROMAN: "I",
}
SHORT = 12
"""Number of rows up to which a table stays on one page."""
WIDE = 8
"""Number of columns from which a table needs smaller type."""


def _is_attribution(block: m.Block) -> bool:
    """Return whether a block states the author of a quotation: a paragraph that begins with a dash."""
    return isinstance(block, m.Paragraph) and plain_text(block.children).startswith(("— ", "– ", "― "))


class Markup(InlineMarkup):
    """Writer of a publication: blocks, sections, tables and notes. Editions override what they write differently."""

    levels_above = 0
    """Heading levels above the text, such as that of the title."""
    column_widths = True
    """Whether columns have the widths that the manuscript states, which are shares of a page."""

    def blocks(self, nodes: Iterable[m.Block], depth: int = 0) -> str:
        """Return blocks as flow content; `depth` is the number of sections around them."""
        return "\n".join(self._block(node, depth) for node in nodes)

    def _block(self, node: m.Block, depth: int) -> str:
        match node:
            case m.Section():
                return self.section(node, depth + 1)
            case m.Paragraph():
                return element("p", self.inlines(node.children), self.at(node))
            case m.List():
                return self._list(node, depth)
            case m.DefinitionList():
                return self._definitions(node, depth)
            case m.Table():
                return self.table(node, depth)
            case m.Figure():
                return figures.figure(self, node, depth)
            case m.Quote():
                return self._quote(node, depth)
            case m.Aside():
                return self._aside(node, depth)
            case m.Transcript():
                return transcripts.transcript(self, node, depth)
            case m.CodeBlock():
                kind = f"language-{node.syntax}" if node.syntax else None
                return element("pre", element("code", self.code(node), {"class": kind}), self.at(node))
            case m.MathBlock():
                values = {**self.at(node), "class": "formula"}
                return element("div", self.formula(node), values)
            case m.LineBlock():
                return self._lines(node)
            case m.ThematicBreak():
                return element("hr", "", self.at(node))
            case m.PageBreak():
                return self._page_break(node)
            case _:
                assert_never(node)

    def table(self, node: m.Table, depth: int) -> str:
        """Return a table and its long description."""
        return tables.table(self, node, depth)

    def framed(self, node: m.Table, table: str) -> str:  # noqa: ARG002 - for editions that wrap it
        """Return the element of a table in its wrapper, by default without one."""
        return table

    def table_classes(self, node: m.Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Return the classes of a table for style sheets."""
        return [*(["short"] if len(lines) <= SHORT else []), *(["wide"] if len(node.columns) >= WIDE else [])]

    def table_role(self, role: str) -> Attributes:  # noqa: ARG002 - EPUB overrides it and needs the role
        """Return the role of a part of a table as an attribute, by default none: the element has it."""
        return {}

    def row_attributes(self, line: list[PlacedCell]) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return further attributes of a row, by default none."""
        return {}

    def cell_attributes(self, placed: PlacedCell) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return further attributes of a cell, by default none."""
        return {}

    def cell_classes(self, placed: PlacedCell) -> list[str]:  # noqa: ARG002 - for editions that add some
        """Return further classes of a cell, by default none."""
        return []

    def note(self, note: m.Note) -> str:
        """Return a footnote."""
        return notes.footnote(self, note)

    def endnotes(self, nodes: Iterable[m.Note]) -> str:
        """Return endnotes as a list."""
        return notes.endnotes(self, nodes)

    def notes(self, nodes: Iterable[m.Note], *, kind: m.NoteKind) -> str:
        """Return the notes of one kind."""
        of_kind = [note for note in nodes if note.kind is kind]
        return self.endnotes(of_kind) if kind is m.NoteKind.ENDNOTE else "\n".join(map(self.note, of_kind))

    def section(self, node: m.Section, depth: int, values: Attributes | None = None) -> str:
        """Return a section under a heading of level `depth`; HTML has six levels, ARIA has more (WCAG 1.3.1)."""
        return element("section", self.section_content(node, depth), {**self.at(node), **(values or {})})

    def heading_attributes(self, node: m.Section) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return the attributes of a heading, by default none."""
        return {}

    def heading(self, node: m.Section) -> str:
        """Return the content of a heading."""
        return mathml.name_alone(node.title, self.inlines(node.title))

    def section_content(self, node: m.Section, depth: int) -> str:
        """Return the content of the element of a section."""
        level = depth + self.levels_above
        values = {**self.heading_attributes(node), "aria-level": str(level) if level > 6 else None}
        heading = element(f"h{min(level, 6)}", self.heading(node), values)
        return f"{heading}\n{self.blocks(node.children, depth)}"

    def contents(self, nodes: tuple[m.Block, ...], depth: int, *, tight: bool = True) -> str:
        """Return the blocks of an item, a cell or a definition; if it is tight, its first paragraph has no element."""
        parts = []
        for index, node in enumerate(nodes):
            if tight and isinstance(node, m.Paragraph) and (index == 0 or len(nodes) == 1):
                values = self.at(node)
                words = self.inlines(node.children)
                parts.append(element("span", words, values) if values else words)
            else:
                parts.append(self._block(node, depth))
        return "\n".join(parts)

    def _list(self, node: m.List, depth: int) -> str:
        classes = [] if node.tight else ["loose"]
        is_bulleted = node.style is m.ListStyle.BULLET
        items = "\n".join(self._item(item, depth, tight=node.tight, is_bulleted=is_bulleted) for item in node.items)
        if is_bulleted:
            return element("ul", items, {**self.at(node), "class": " ".join(classes) or None})
        if node.delimiter is not m.ListDelimiter.PERIOD:
            classes.append(m.counter_style(node.style, node.delimiter))
        values = {
            **self.at(node),
            "class": " ".join(classes) or None,
            "type": _LIST_TYPES[node.style],
            "start": str(node.start) if node.start != 1 else None,
        }
        return element("ol", items, values)

    def _item(self, item: m.ListItem, depth: int, *, tight: bool, is_bulleted: bool = False) -> str:
        content = self.contents(item.children, depth, tight=tight)
        sign = sign_of(item) if is_bulleted else ""
        if not sign:
            return element("li", content, self.at(item))
        # It is text, which every screen reader reads, and is shown in the place of the bullet.
        content = content.replace(sign, element("span", sign, {"class": "sign"}), 1)
        return element("li", content, {**self.at(item), "class": "signed"})

    def _definitions(self, node: m.DefinitionList, depth: int) -> str:
        parts = []
        for item in node.items:
            # HTML has no element for an item, so its parts state its language.
            common = {name: value for name, value in self.at(item).items() if name != "id"}
            for index, term in enumerate(item.terms):
                words = self.inlines(term.children)
                if index == 0 and item.at.id in self.identifiers.targets:
                    words = element("span", words, self.at(item))
                parts.append(element("dt", words, {**common, **self.at(term)}))
            parts += [self._definition(definition, common, depth) for definition in item.definitions]
        return element("dl", "\n".join(parts), self.at(node))

    def _definition(self, node: m.Definition, common: Attributes, depth: int) -> str:
        content = self.contents(node.children, depth, tight=len(node.children) == 1)
        return element("dd", content, {**common, **self.at(node)})

    def _quote(self, node: m.Quote, depth: int) -> str:
        content = self.blocks(node.children, depth)
        if node.attribution:
            before, _, after = self.labels("common.attribution", who="\0").partition("\0")
            words = escape(before) + element("cite", self.inlines(node.attribution)) + escape(after)
            content += "\n" + element("footer", words, {"class": "attribution"})
        return element("blockquote", content, self.at(node))

    def _aside(self, node: m.Aside, depth: int) -> str:
        kind = self.labels(f"asides.{node.kind.value}")
        values = {**self.at(node), "class": " ".join(("aside", node.kind.value, *self.aside_classes(node)))}
        if node.kind is m.AsideKind.PULL_QUOTE:
            values |= self.semantics("doc-pullquote", "pullquote")
        title = ""
        if node.title:
            name = f"{node.at.id}-title" if node.at.id else None
            title = element("p", self.inlines(node.title), {"class": "aside-title", "id": name})
            values |= {"aria-labelledby": name} if name else {"aria-label": kind}
        else:
            values["aria-label"] = kind
            if node.kind.is_named:
                # The kind of a box must not be shown by its colour alone (WCAG 1.4.1).
                title = element("p", escape(kind), {"class": "aside-title"})
        blocks: Sequence[m.Block] = node.children
        last = blocks[-1] if node.kind is m.AsideKind.PULL_QUOTE and len(blocks) > 1 else None
        if last is not None and _is_attribution(last):
            blocks = blocks[:-1]
        content = [title, self.blocks(blocks, depth)]
        if isinstance(last, m.Paragraph) and len(blocks) < len(node.children):
            content.append(element("p", self.inlines(last.children), {**self.at(last), "class": "attribution"}))
        return element("aside", "\n".join(filter(None, content)), values)

    def aside_classes(self, node: m.Aside) -> tuple[str, ...]:  # noqa: ARG002 - for editions that add some
        """Return further classes of a box, by default none."""
        return ()

    def _lines(self, node: m.LineBlock) -> str:
        lines = []
        for line in node.lines:
            indent = f"padding-inline-start:{line.indent / 2:g}em" if line.indent else None
            lines.append(
                element(
                    "div", self.inlines(line.children) or "\u00a0", {**self.at(line), "class": "line", "style": indent}
                )
            )
        return element("div", "\n".join(lines), {**self.at(node), "class": "lines"})

    def _page_break(self, node: m.PageBreak) -> str:
        values = self.at(node)
        if not node.label:
            return element("div", "", {**values, "class": "page-break"})
        words = self.labels("common.page", number=node.label)
        values |= {"class": "page-mark", "aria-label": words, **self.semantics("doc-pagebreak", "pagebreak")}
        return element("div", "", values)
