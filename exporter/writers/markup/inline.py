"""Inline nodes as markup, and the settings and links of all markup."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import assert_never

from exporter import model as m
from exporter.findings import NOT_CARRIED, Finding
from exporter.labels import Labels
from exporter.model.walk import walk
from exporter.writers.markup import figures, mathml
from exporter.writers.markup import notes as all_notes
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.links import may_be_followed, report_refused
from exporter.writers.markup.node_identifiers import Identifiers
from exporter.writers.markup.options import MathStyle, NoteStyle


class InlineMarkup:
    """Writer of inline nodes with the settings of one edition; collects findings.

    Args:
        publication: The tree, after the transforms.
        labels: Labels in its language.
        href: Returns the address of an image by the name of its asset.
        link: Returns the address of `#id` as seen from the text, where a publication is split into files.
        notes: Position of notes.
        maths: Format of formulas.
        name_formula: Returns the text alternative of a formula, by default its TeX.
        epub: Whether `epub:type` and `xml:lang` are written (EPUB 3.3, EPUB Structural Semantics).
    """

    folds_descriptions = True
    """Whether long descriptions are hidden until they are opened."""
    _plain = False
    """Whether identifiers, links and notes are left out, as where a heading is repeated in the table of contents."""
    _in_link = False
    """HTML forbids a link inside a link."""
    text_markup: Callable[[str], str] = staticmethod(escape)
    _after_link: str = ""
    """Note references inside a link, which are written after it."""
    _follows_mark = False
    """Whether a note reference follows another one on the page, from which it keeps a distance: “6 7”, not “67”."""
    _later: deque[m.Note] | None = None
    """Notes that a note is the first to refer to, which follow it on the page; None outside notes."""

    def __init__(
        self,
        publication: m.Publication,
        labels: Labels,
        *,
        href: Callable[[str], str],
        link: Callable[[str], str] = lambda target: target,
        notes: NoteStyle = NoteStyle.DOCUMENT,
        maths: MathStyle = MathStyle.MATHML,
        name_formula: Callable[[m.Math | m.MathBlock], str] = lambda formula: formula.tex,
        epub: bool = False,
    ) -> None:
        self.publication = publication
        self.labels = labels
        self.href = href
        self.link = link
        self.note_style = notes
        self.maths = maths
        self.name_formula = name_formula
        self.epub = epub
        self.findings: list[Finding] = []
        self.assets = {asset.name: asset for asset in publication.assets}
        self.identifiers = Identifiers(publication, notes)
        self.serial = count(1)
        """Numbers for identifiers of nodes that have none."""

    def at(self, node: m.Node) -> dict[str, str | None]:
        """Return the attributes of any node: id, lang, dir (WCAG 3.1.1, 3.1.2)."""
        at = node.at
        values: dict[str, str | None] = {}
        if at.id:
            values["id"] = at.id
        if at.language:
            values["lang"] = at.language
            if self.epub:
                values["xml:lang"] = at.language
        if at.direction:
            values["dir"] = at.direction.value
        return values

    def semantics(self, role: str, epub_type: str = "") -> dict[str, str | None]:
        """Return a DPUB-ARIA role, and the `epub:type` if the edition is an EPUB."""
        values: dict[str, str | None] = {"epub:type": epub_type or None} if self.epub else {}
        return values | {"role": role or None}

    def address(self, link: m.Link) -> str | None:
        """Return the address of a link, or None if it has no target or is not safe; the latter is also a finding."""
        target = link.target.strip()
        if target.startswith("#"):
            return self.link(target) if target[1:] in self.identifiers.known else None
        if may_be_followed(target):
            return target
        self.findings.extend(report_refused(target, link.at.source))
        return None

    def inlines(self, nodes: Iterable[m.Inline]) -> str:
        """Return inlines as phrasing content."""
        written: list[str] = []
        before: m.Inline | None = None
        for node in nodes:
            self._follows_mark = before is not None and _ends_with_mark(before) and self.note_style is NoteStyle.PAGE
            written.append(self._inline(node))
            before = node
        return "".join(written)

    def code(self, node: m.CodeBlock | m.Code) -> str:
        """Return the characters of code."""
        return escape(node.text)

    def label(self, nodes: tuple[m.Inline, ...]) -> str:
        """Return inlines repeated elsewhere, as in the table of contents: no identifiers, links, images or notes."""
        was, self._plain = self._plain, True
        try:
            return mathml.name_alone(nodes, self.inlines(nodes)).strip()
        finally:
            self._plain = was

    def _inline(self, node: m.Inline) -> str:
        match node:
            case m.Text():
                return self._span(self.text_markup(node.text), node)
            case m.Emphasis():
                return self._wrap("em", node)
            case m.Strong():
                return self._wrap("strong", node)
            case m.Strikethrough():
                return self._wrap("s", node)
            case m.Superscript():
                return self._wrap("sup", node)
            case m.Subscript():
                return self._wrap("sub", node)
            case m.Quotation():
                return self._wrap("q", node)
            case m.Span():
                return self._span(self.inlines(node.children), node)
            case m.Code():
                return element("code", self.code(node), self._attributes(node))
            case m.Link():
                return self._link(node)
            case m.NoteReference():
                return self._reference(node)
            case m.Abbreviation():
                return element("abbr", escape(node.text), {**self._attributes(node), "title": node.expansion})
            case m.Image():
                return self._alt_text(node) if self._plain else self.image(node)
            case m.Math():
                return self._span(self.formula(node), node)
            case m.LineBreak():
                return element("br", "", self._attributes(node))
            case _:
                assert_never(node)

    def _attributes(self, node: m.Inline) -> dict[str, str | None]:
        values = self.at(node)
        if self._plain:
            values.pop("id", None)
        return values

    def _wrap(
        self, name: str, node: m.Emphasis | m.Strong | m.Strikethrough | m.Superscript | m.Subscript | m.Quotation
    ) -> str:
        return element(name, self.inlines(node.children), self._attributes(node))

    def _span(self, content: str, node: m.Inline) -> str:
        """Return content in a `span` if the node has attributes."""
        values = self._attributes(node)
        return element("span", content, values) if values else content

    def _alt_text(self, node: m.Image) -> str:
        """Return the alt text of an image, for places that repeat it without showing it."""
        return f" {self._span(escape(node.alt.text), node)} " if isinstance(node.alt, m.Described) else ""

    def image(self, node: m.Image, *, details: str | None = None) -> str:
        """Return an image; `details` is the id of its long description.

        Without a description it has no `alt` attribute: an empty one would mark it as decorative.
        """
        values = self._attributes(node) | {"src": self.href(node.source)}
        match node.alt:
            case m.Described(text):
                values["alt"] = text
            case m.Decorative():
                values |= {"alt": "", "role": "presentation"}
            case m.Undescribed():
                pass
            case _:
                assert_never(node.alt)
        return element("img", "", {**values, "aria-details": details, **self.image_size(node)})

    def image_size(self, node: m.Image) -> Attributes:
        """Return the size of an image as attributes."""
        return figures.size(node, self.assets.get(node.source))

    def formula(self, node: m.Math | m.MathBlock) -> str:
        """Return a formula in the style of this edition, or else its TeX or its words, with a finding."""
        write = mathml.drawing if self.maths is MathStyle.SVG else mathml.mathml
        name = self.name_formula(node)
        formula = write(node.mathml, name)
        if formula is not None:
            return formula
        printed = node.tex or name or node.mathml
        message = f"Formula not rendered: “{printed[:60]}” is printed instead."
        self.findings.append(NOT_CARRIED.finding(message, node.at.source))
        return escape(name) if printed == name and not node.tex else element("code", escape(printed))

    def _link(self, node: m.Link) -> str:
        # A link inside a link is written without its address.
        address = None if self._plain or self._in_link else self.address(node)
        if address is None:
            return self._span(self.inlines(node.children), node)
        return self.linked(node, {**self._attributes(node), "href": address, "title": node.title or None})

    def linked(self, node: m.Link, values: dict[str, str | None]) -> str:
        """Return the text of a link in an element with `values`, followed by the note references inside it."""
        self._in_link, self._after_link = True, ""
        try:
            words = self.inlines(node.children)
        finally:
            self._in_link = False
        after, self._after_link = self._after_link, ""
        return element("a", words, values) + after

    def _reference(self, node: m.NoteReference) -> str:
        number = self.identifiers.note_number.get(node.note)
        if self._plain or number is None:
            return ""
        note = self.publication.notes[number - 1]
        reference = self.identifiers.next_reference(node)
        values: dict[str, str | None] = {
            "class": "noteref",
            "id": reference.identifier,
            "href": self.link(f"#{self.identifiers.of_note(note)}"),
            "aria-label": self.labels("common.note", number=number),
            **self.semantics("doc-noteref", "noteref"),
        }
        in_link, self._in_link = self._in_link, False
        mark = self.reference_mark(element("a", self.note_mark(str(number)), values))
        if self.note_style is NoteStyle.PAGE and reference.is_first:
            mark += self._on_page(note)
        self._in_link = in_link
        if in_link:
            self._after_link += mark
            return ""
        return mark

    def note_mark(self, mark: str) -> str:
        """Return the number of a note, or a letter beside it, as text; braille has signs of its own."""
        return mark

    def reference_mark(self, link: str) -> str:
        """Return the link of a note reference as the text shows it, by default raised."""
        return element("sup", link, {"class": f"noteref-mark{' next' if self._follows_mark else ''}"})

    def _on_page(self, note: m.Note) -> str:
        if self._later is not None:
            self._later.append(note)
            return ""
        self._later = deque((note,))
        markup = ""
        while self._later:
            markup += self.note(all_notes.with_own_language(self._later.popleft(), self.publication.metadata))
        self._later = None
        return markup

    @abstractmethod
    def note(self, note: m.Note) -> str:
        """Return a note."""


def _ends_with_mark(node: m.Node) -> bool:
    """Return whether a note reference is last in a node, as one anywhere in a link is."""
    if isinstance(node, m.Link):
        return any(isinstance(inner, m.NoteReference) for inner in walk(node))
    children: Sequence[m.Node] = getattr(node, "children", ())
    return isinstance(node, m.NoteReference) or any(map(_ends_with_mark, children[-1:]))
