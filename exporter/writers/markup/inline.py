"""Inlines as markup."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Iterable
from typing import assert_never

from exporter.findings import NOT_CARRIED
from exporter.model import (
    Abbreviation,
    Code,
    Decorative,
    Described,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    MathBlock,
    Note,
    NoteReference,
    Quotation,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Undescribed,
)
from exporter.writers.markup import mathml
from exporter.writers.markup.base import Base, MathStyle, NoteStyle
from exporter.writers.markup.element import element, escape


class InlineMarkup(Base):
    """Writes inlines."""

    _plain = False
    """Whether identifiers, links and notes are left out, because the words are given a second time."""
    _in_link = False
    """HTML forbids a link inside a link."""
    _behind: str = ""
    """Marks of notes met inside a link; they stand behind it."""
    _later: deque[Note] | None = None
    """Notes that a note is the first to refer to: they stand behind it on the page, not in it. None outside notes."""

    def inlines(self, nodes: Iterable[Inline]) -> str:
        """Return inlines as phrasing content."""
        return "".join(self._inline(node) for node in nodes)

    def label(self, nodes: Iterable[Inline]) -> str:
        """Give inlines for a second place, such as the contents: no identifiers, links, pictures or marks of notes."""
        was, self._plain = self._plain, True
        try:
            return self.inlines(nodes)
        finally:
            self._plain = was

    def _inline(self, node: Inline) -> str:
        match node:
            case Text():
                words = escape(node.text)
                values = self._attributes(node)
                return element("span", words, values) if values else words
            case Emphasis():
                return self._wrap("em", node)
            case Strong():
                return self._wrap("strong", node)
            case Strikethrough():
                return self._wrap("s", node)
            case Superscript():
                return self._wrap("sup", node)
            case Subscript():
                return self._wrap("sub", node)
            case Quotation():
                return self._wrap("q", node)
            case Span():
                return self._wrap("span", node) if self._attributes(node) else self.inlines(node.children)
            case Code():
                return element("code", escape(node.text), self._attributes(node))
            case Link():
                return self._link(node)
            case NoteReference():
                return self._reference(node)
            case Abbreviation():
                return element("abbr", escape(node.text), {**self._attributes(node), "title": node.expansion})
            case Image():
                return self._words_of(node) if self._plain else self.image(node)
            case Math():
                values = self._attributes(node)
                return element("span", self.formula(node), values) if values else self.formula(node)
            case LineBreak():
                return element("br", "", self._attributes(node))
            case _:
                assert_never(node)

    def _attributes(self, node: Inline) -> dict[str, str | None]:
        values = self.at(node)
        if self._plain:
            values.pop("id", None)
        return values

    def _wrap(
        self, name: str, node: Emphasis | Strong | Strikethrough | Superscript | Subscript | Quotation | Span
    ) -> str:
        return element(name, self.inlines(node.children), self._attributes(node))

    def _words_of(self, node: Image) -> str:
        """Return what a picture says, where it is named a second time and not shown again."""
        if not isinstance(node.alt, Described):
            return ""
        words, values = escape(node.alt.text), self._attributes(node)
        return element("span", words, values) if values else words

    def image(self, node: Image, *, details: str | None = None) -> str:
        """Return a picture; `details` is the id of its long description.

        A picture that nobody described gets no `alt` at all: an empty one would claim that it is decorative.
        """
        values = self._attributes(node)
        values["src"] = self.href(node.source)
        match node.alt:
            case Described(text):
                values["alt"] = text
            case Decorative():
                values |= {"alt": "", "role": "presentation"}
            case Undescribed():
                pass
            case _:
                assert_never(node.alt)
        values["aria-details"] = details
        asset = self.assets.get(node.source)
        if asset and asset.width and asset.height:
            values |= {"width": str(asset.width), "height": str(asset.height)}
        return element("img", "", values)

    def formula(self, node: Math | MathBlock) -> str:
        """Return a formula in the style of this edition; as it was written, with a finding, when that cannot be."""
        if self.maths is MathStyle.SVG:
            formula = mathml.drawing(node.mathml, self.say(node))
        else:
            formula = mathml.mathml(node.mathml, self.say(node))
        if formula is not None:
            return formula
        message = f"The formula “{(node.tex or node.mathml)[:60]}” is printed as it was written: it cannot be set."
        self.findings.append(NOT_CARRIED.finding(message, node.at.source))
        return mathml.source_text(node.mathml, node.tex)

    def _link(self, node: Link) -> str:
        # A link in a link is none, and keeps its language.
        address = None if self._plain or self._in_link else self.address(node)
        if address is None:
            values = self._attributes(node)
            words = self.inlines(node.children)
            return element("span", words, values) if values else words
        values = {**self._attributes(node), "href": address, "title": node.title or None}
        return self.linked(node, values)

    def linked(self, node: Link, values: dict[str, str | None]) -> str:
        """Return the words of a link in an element with `values`, and behind it the marks of notes met inside it."""
        self._in_link, self._behind = True, ""
        try:
            words = self.inlines(node.children)
        finally:
            self._in_link = False
        behind, self._behind = self._behind, ""
        return element("a", words, values) + behind

    def _reference(self, node: NoteReference) -> str:
        number = self.note_number.get(node.note)
        if self._plain or number is None:
            return ""
        note = self.publication.notes[number - 1]
        ids = self.references[node.note]
        index = min(self.given[node.note], len(ids) - 1)
        first = self.given[node.note] == 0
        self.given[node.note] += 1
        values: dict[str, str | None] = {
            "class": "noteref",
            "id": ids[index],
            "href": self.link(f"#{self.note_id(note)}"),
            "aria-label": self.labels("common.note", number=number),
            **self.semantics("doc-noteref", "noteref"),
        }
        in_link, self._in_link = self._in_link, False
        mark = element("sup", element("a", str(number), values), {"class": "noteref-mark"})
        if self.note_style is NoteStyle.PAGE and first:
            mark += self._on_page(note)
        self._in_link = in_link
        if in_link:
            self._behind += mark
            return ""
        return mark

    def _on_page(self, note: Note) -> str:
        if self._later is not None:
            self._later.append(note)
            return ""
        self._later = deque((note,))
        made = ""
        while self._later:
            made += self.note(self._later.popleft())
        self._later = None
        return made

    @abstractmethod
    def note(self, note: Note) -> str:
        """Return a note."""
