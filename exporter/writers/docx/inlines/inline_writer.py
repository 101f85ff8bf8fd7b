"""Inline nodes as runs (ECMA-376-1, 17.3.2) and hyperlinks (17.16.22)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.inspect.docx.xml import name
from exporter.model.quotation_marks import quotation_marks
from exporter.model.walk import plain_text
from exporter.writers.docx.context import BlockContext, Story, WriteState
from exporter.writers.docx.inlines.direction import Piece, language_attributes, pieces
from exporter.writers.docx.inlines.drawings import DrawingWriter
from exporter.writers.docx.inlines.fields import add_mark, add_run, begin_field
from exporter.writers.docx.inlines.notes import NoteWriter
from exporter.writers.docx.omml import add_formula, linear
from exporter.writers.docx.xml import Element, Properties, add
from exporter.writers.markup.links import may_be_followed, report_refused

_EMBEDDING = {m.Direction.LTR: "\u202a", m.Direction.RTL: "\u202b"}
_POP = "\u202c"
_SPACE = re.compile(r"[\t\n\r]+")


class RunFormat(msgspec.Struct, frozen=True, gc=False):
    """Format of runs, inherited from the inline nodes around them."""

    story: Story
    language: str
    direction: m.Direction
    width: int
    """Maximum width of an image, in twentieths of a point."""
    base: m.Direction = m.Direction.LTR
    """Direction of the paragraph."""
    running: bool = True
    style: str = ""
    """Character style; a run has only one (17.3.2.29)."""
    bold: bool = False
    italic: bool = False
    strike: bool = False
    vertical: str = ""
    """superscript or subscript (17.3.2.42)."""
    quotations: int = 0
    """Number of surrounding short quotations."""
    link: bool = False

    @classmethod
    def of(cls, context: BlockContext, *, style: str = "") -> RunFormat:
        """Return the format of plain text in a block."""
        language, direction = context.language, context.direction
        return cls(context.story, language, direction, context.available_width, direction, context.running, style)

    def at(self, node: m.Node) -> RunFormat:
        """Return the format inside `node`, with its language and direction."""
        language = node.at.language or self.language
        direction = node.at.direction or self.direction
        if (language, direction) == (self.language, self.direction):
            return self
        return msgspec.structs.replace(self, language=language, direction=direction)

    def with_changes(self, **changes: object) -> RunFormat:
        """Return the format with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    def with_style(self, style: str) -> RunFormat:
        """Return the format with a character style; the previous style becomes bold or italic."""
        return self.with_changes(
            style=style, bold=self.bold or self.style == "Strong", italic=self.italic or self.style == "Emphasis"
        )


class InlineWriter:
    """Writer of inline nodes into paragraphs."""

    def __init__(self, state: WriteState, drawings: DrawingWriter, notes: NoteWriter) -> None:
        self._state = state
        self._drawings = drawings
        self._notes = notes
        self._links: list[tuple[Element, m.Link]] = []
        """Links inside the document."""

    def write(self, parent: Element, nodes: Iterable[m.Inline], run_format: RunFormat) -> None:
        """Append `nodes` to a paragraph or hyperlink."""
        for node in nodes:
            if node.at.id and self._state.bookmarks.is_target(node.at.id):
                bookmark_id = self._state.bookmarks.open(parent, self._state.bookmarks.name(node.at.id))
                self._write(parent, node, run_format.at(node))
                self._state.bookmarks.close(parent, bookmark_id)
            else:
                self._write(parent, node, run_format.at(node))

    def _write(self, parent: Element, node: m.Inline, run_format: RunFormat) -> None:
        match node:
            case m.Text():
                self.write_text(parent, node.text, run_format)
            case m.Emphasis():
                # The style marks the outer one of two nested nodes.
                inner = run_format.with_changes(italic=True) if run_format.style else run_format.with_style("Emphasis")
                self.write(parent, node.children, inner)
            case m.Strong():
                inner = run_format.with_changes(bold=True) if run_format.style else run_format.with_style("Strong")
                self.write(parent, node.children, inner)
            case m.Strikethrough():
                self.write(parent, node.children, run_format.with_changes(strike=True))
            case m.Superscript():
                self.write(parent, node.children, run_format.with_changes(vertical="superscript"))
            case m.Subscript():
                self.write(parent, node.children, run_format.with_changes(vertical="subscript"))
            case m.Span():
                self.write(parent, node.children, run_format)
            case m.Quotation():
                opening, closing = quotation_marks(run_format.language, run_format.quotations)
                mark_format = run_format if run_format.link else run_format.with_style("QuotationMark")
                self.write_text(parent, opening, mark_format)
                self.write(parent, node.children, run_format.with_changes(quotations=run_format.quotations + 1))
                self.write_text(parent, closing, mark_format)
            case m.Code():
                self.write_text(
                    parent,
                    node.text,
                    run_format if run_format.link else run_format.with_style("VerbatimChar"),
                    proof=False,
                )
            case m.Link():
                self._link(parent, node, run_format)
            case m.NoteReference():
                self._notes.add_reference(parent, node, run_format.story, rtl=run_format.base is m.Direction.RTL)
            case m.Abbreviation():
                self._abbreviation(parent, node, run_format)
            case m.Image():
                self._drawings.add(run_format.story, parent, node, available_width=run_format.width, inline=True)
            case m.Math():
                if not add_formula(parent, node.mathml):
                    self._formula_as_text(parent, node, run_format)
            case m.LineBreak():
                add(add_run(parent), "br")
            case _:
                assert_never(node)

    def write_text(self, parent: Element, text: str, run_format: RunFormat, *, proof: bool = True) -> None:
        """Append text as runs of one direction each."""
        if not text:
            return
        parts = list(pieces(_SPACE.sub(" ", text), run_format.direction))
        if len(parts) > 1 and run_format.direction is not run_format.base:
            # Without an embedding, the runs would be ordered by the direction of the paragraph (UAX #9, 2.1).
            parts[0] = Piece(_EMBEDDING[run_format.direction] + parts[0].text, parts[0].rtl)
            parts[-1] = Piece(parts[-1].text + _POP, parts[-1].rtl)
        for piece in parts:
            run = add_run(parent, self.run_properties(run_format, rtl=piece.rtl, proof=proof))
            add(run, "t", {"xml:space": "preserve"}, piece.text)

    def run_properties(self, run_format: RunFormat, *, rtl: bool | None = None, proof: bool = True) -> Properties:
        """Return the properties of a run (17.3.2.28); `rtl` is by default the direction of the format."""
        rtl = run_format.direction is m.Direction.RTL if rtl is None else rtl
        foreign = bool(run_format.language) and run_format.language != self._state.metadata.language
        return {
            "rStyle": run_format.style or None,
            "b": run_format.bold,
            "bCs": run_format.bold or (run_format.italic and rtl),
            "i": run_format.italic,
            "strike": run_format.strike,
            "noProof": not proof,
            "vertAlign": run_format.vertical or None,
            "rtl": rtl,
            "lang": language_attributes(run_format.language, rtl=rtl) if foreign else None,
        }

    def _link(self, parent: Element, node: m.Link, run_format: RunFormat) -> None:
        if run_format.link:
            self._state.report_not_carried(f"Nested link to “{node.target}”; it is written as text.", node.at.source)
            self.write(parent, node.children, run_format)
            return
        attributes: dict[str, object] = {"w:history": 1, "w:tooltip": node.title or None}
        target = node.target.strip()
        if not target.startswith("#") and not may_be_followed(target):
            self._state.findings.extend(report_refused(target, node.at.source))
            self.write(parent, node.children, run_format)
            return
        if node.target.startswith("#"):
            if not self._state.bookmarks.is_target(node.target[1:]):
                # The manuscript has no such target, as its rule `link-target-missing` reports.
                self.write(parent, node.children, run_format)
                return
            attributes["w:anchor"] = self._state.bookmarks.name(node.target[1:])
        else:
            attributes["r:id"] = run_format.story.hyperlink_relationship(target)
        hyperlink = add(parent, "hyperlink", attributes)
        if "w:anchor" in attributes:
            self._links.append((hyperlink, node))
        inner = run_format.with_style("Hyperlink").with_changes(link=True)
        code = self._cross_reference(node)
        if code:
            begin_field(hyperlink, code, self.run_properties(inner))
        self.write(hyperlink, node.children, inner)
        if code:
            add_mark(hyperlink, "end", self.run_properties(inner))

    def _cross_reference(self, node: m.Link) -> str:
        """Return the code of a cross-reference (17.16.5.51 REF) for a link whose text is the title of its target.

        Word updates such text when headings and numbers change. Empty for other links.
        """
        target = node.target.removeprefix("#")
        if target == node.target or not self._state.bookmarks.is_target(target):
            return ""
        text, number = plain_text(node.children), self._state.captions.by_id(target)
        if number and number.text and text == number.text:
            return f"REF {number.bookmark} \\* MERGEFORMAT"
        if text and text == self._state.titles.get(target):
            return f"REF {self._state.heading_bookmark(target)} \\* MERGEFORMAT"
        return ""

    def finish(self) -> None:
        """Replace links whose targets are not in the document by their text."""
        for hyperlink, node in self._links:
            if hyperlink.get(name("w:anchor")) not in self._state.bookmarks.written:
                self._state.report_not_carried(
                    f"Broken link: no target “{node.target}”; it is written as text.", node.at.source
                )
                for child in hyperlink:
                    hyperlink.addprevious(child)
                parent = hyperlink.getparent()
                assert parent is not None
                parent.remove(hyperlink)

    def _abbreviation(self, parent: Element, node: m.Abbreviation, run_format: RunFormat) -> None:
        """Append an abbreviation, with its expansion at its first occurrence in running text (WCAG 3.1.4, G97).

        Word has no element for expansions. In headings, captions and cells, only one that differs from the first is
        written.
        """
        self.write_text(parent, node.text, run_format if run_format.link else run_format.with_style("Abbreviation"))
        key = (node.text, node.expansion)
        variable = f"abbreviation:{node.text}"
        # An abbreviation with a second expansion is always expanded when it has that one.
        is_ambiguous = self._state.variables.get(variable, node.expansion) != node.expansion
        if not run_format.link and (is_ambiguous or (run_format.running and key in self._state.abbreviations)):
            self._state.abbreviations.pop(key, None)
            self.write_text(
                parent, f" ({node.expansion})", run_format.with_style("Expansion").with_changes(vertical="")
            )
        else:
            self._state.variables.setdefault(variable, node.expansion)

    def _formula_as_text(self, parent: Element, node: m.Math, run_format: RunFormat) -> None:
        shown = node.tex or linear(node.mathml)
        self._state.report_not_carried(f"The formula “{shown}” is written as text.", node.at.source)
        self.write_text(parent, shown, run_format.with_style("VerbatimChar"), proof=False)
