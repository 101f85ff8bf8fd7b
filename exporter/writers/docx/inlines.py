"""Inline nodes as runs (ECMA-376-1, 17.3.2) and hyperlinks (17.16.22)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

import msgspec

from exporter.labels import direction_of
from exporter.model import (
    Abbreviation,
    Code,
    Direction,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Node,
    NoteReference,
    Quotation,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.walk import plain_text
from exporter.writers.docx.context import BlockContext, Story, WriteState
from exporter.writers.docx.direction import Piece, language_attributes, pieces
from exporter.writers.docx.drawings import Pictures
from exporter.writers.docx.fields import add_mark, add_run, begin_field
from exporter.writers.docx.notes import Notes
from exporter.writers.docx.omml import add_formula, linear
from exporter.writers.docx.quotations import marks
from exporter.writers.docx.xml import Element, Properties, add, name
from exporter.writers.markup import link_refused, may_be_followed

_EMBEDDING = {Direction.LTR: "\u202a", Direction.RTL: "\u202b"}
_POP = "\u202c"
_SPACE = re.compile(r"[\t\n\r]+")


class RunFormat(msgspec.Struct, frozen=True, gc=False):
    """How words look, taken over from the inline nodes around them."""

    language: str
    direction: Direction
    width: int
    """Room for a picture, in twentieths of a point."""
    base: Direction = Direction.LTR
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
    """Short quotations around."""
    link: bool = False

    @classmethod
    def of(cls, place: BlockContext, *, style: str = "") -> RunFormat:
        """Return the face of plain words at a place."""
        return cls(place.language, place.direction, place.room, place.direction, place.running, style)

    def at(self, node: Node) -> RunFormat:
        """Return the face inside `node`, with its language and direction."""
        language = node.at.language or self.language
        direction = node.at.direction or self.direction
        if (language, direction) == (self.language, self.direction):
            return self
        return msgspec.structs.replace(self, language=language, direction=direction)

    def but(self, **changes: object) -> RunFormat:
        """Return the face with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    def styled(self, style: str) -> RunFormat:
        """Return the face in a character style; the one it had lives on as bold or italic."""
        return self.but(
            style=style, bold=self.bold or self.style == "Strong", italic=self.italic or self.style == "Emphasis"
        )


class InlineWriter:
    """Writes inline nodes into paragraphs."""

    def __init__(self, draft: WriteState, pictures: Pictures, notes: Notes) -> None:
        self._draft = draft
        self._pictures = pictures
        self._notes = notes
        self._links: list[tuple[Element, Link]] = []
        """Links inside the document."""

    def write(self, story: Story, parent: Element, nodes: Iterable[Inline], face: RunFormat) -> None:
        """Append `nodes` to a paragraph or hyperlink."""
        for node in nodes:
            if node.at.id and self._draft.bookmarks.wanted(node.at.id):
                mark = self._draft.bookmarks.open(parent, self._draft.bookmarks.name(node.at.id))
                self._write(story, parent, node, face.at(node))
                self._draft.bookmarks.close(parent, mark)
            else:
                self._write(story, parent, node, face.at(node))

    def _write(self, story: Story, parent: Element, node: Inline, face: RunFormat) -> None:
        match node:
            case Text():
                self.words(parent, node.text, face)
            case Emphasis():
                # The style says which of two that are nested is the outer one.
                inner = face.but(italic=True) if face.style else face.styled("Emphasis")
                self.write(story, parent, node.children, inner)
            case Strong():
                inner = face.but(bold=True) if face.style else face.styled("Strong")
                self.write(story, parent, node.children, inner)
            case Strikethrough():
                self.write(story, parent, node.children, face.but(strike=True))
            case Superscript():
                self.write(story, parent, node.children, face.but(vertical="superscript"))
            case Subscript():
                self.write(story, parent, node.children, face.but(vertical="subscript"))
            case Span():
                self.write(story, parent, node.children, face)
            case Quotation():
                before, after = marks(face.language, face.quotations)
                sign = face if face.link else face.styled("QuotationMark")
                self.words(parent, before, sign)
                self.write(story, parent, node.children, face.but(quotations=face.quotations + 1))
                self.words(parent, after, sign)
            case Code():
                self.words(parent, node.text, face if face.link else face.styled("VerbatimChar"), proof=False)
            case Link():
                self._link(story, parent, node, face)
            case NoteReference():
                self._notes.refer(story, parent, node, rtl=face.base is Direction.RTL)
            case Abbreviation():
                self._abbreviation(parent, node, face)
            case Image():
                self._pictures.add(story, parent, node, room=face.width, inline=True)
            case Math():
                if not add_formula(parent, node.mathml):
                    self._formula_as_text(parent, node, face)
            case LineBreak():
                add(add_run(parent), "br")
            case _:
                assert_never(node)

    def words(self, parent: Element, text: str, face: RunFormat, *, proof: bool = True) -> None:
        """Append characters as runs, one for each stretch of one direction."""
        if not text:
            return
        parts = list(pieces(_SPACE.sub(" ", text), face.direction))
        if len(parts) > 1 and face.direction is not face.base:
            # Runs of both directions inside a passage against the line would be ordered by the line (UAX #9, 2.1).
            parts[0] = Piece(_EMBEDDING[face.direction] + parts[0].text, parts[0].rtl)
            parts[-1] = Piece(parts[-1].text + _POP, parts[-1].rtl)
        for piece in parts:
            run = add_run(parent, self.look(face, rtl=piece.rtl, proof=proof))
            add(run, "t", {"xml:space": "preserve"}, piece.text)

    def look(self, face: RunFormat, *, rtl: bool | None = None, proof: bool = True) -> Properties:
        """Return the properties of a run (17.3.2.28); `rtl` is that of the face unless said."""
        rtl = face.direction is Direction.RTL if rtl is None else rtl
        foreign = bool(face.language) and face.language != self._draft.metadata.language
        # A stretch against the direction of its language, such as a Latin name in Arabic, is in no known language.
        known = foreign and rtl is (direction_of(face.language) is Direction.RTL)
        return {
            "rStyle": face.style or None,
            "b": face.bold,
            "bCs": face.bold or (face.italic and rtl),
            "i": face.italic,
            "strike": face.strike,
            "noProof": not proof,
            "vertAlign": face.vertical or None,
            "rtl": rtl,
            "lang": language_attributes(face.language, rtl=rtl) if known else None,
        }

    def _link(self, story: Story, parent: Element, node: Link, face: RunFormat) -> None:
        if face.link:
            self._draft.not_carried(f"A link inside a link, to “{node.target}”, is only text.", node.at.source)
            self.write(story, parent, node.children, face)
            return
        attributes: dict[str, object] = {"w:history": 1, "w:tooltip": node.title or None}
        target = node.target.strip()
        if not target.startswith("#") and not may_be_followed(target):
            self._draft.findings.append(link_refused(target, node.at.source, edition="docx"))
            self.write(story, parent, node.children, face)
            return
        if node.target.startswith("#"):
            if not self._draft.bookmarks.wanted(node.target[1:]):
                self._draft.not_carried(f"The link to “{node.target}” leads nowhere and is only text.", node.at.source)
                self.write(story, parent, node.children, face)
                return
            attributes["w:anchor"] = self._draft.bookmarks.name(node.target[1:])
        else:
            attributes["r:id"] = story.link(target)
        hyperlink = add(parent, "hyperlink", attributes)
        if "w:anchor" in attributes:
            self._links.append((hyperlink, node))
        inner = face.styled("Hyperlink").but(link=True)
        code = self._reference(node)
        if code:
            begin_field(hyperlink, code, self.look(inner))
        self.write(story, hyperlink, node.children, inner)
        if code:
            add_mark(hyperlink, "end", self.look(inner))

    def _reference(self, node: Link) -> str:
        """Return the code of a cross-reference (17.16.5.51 REF) for a link that says just what its target is called.

        Word keeps such words true when headings and numbers change.
        """
        target = node.target.removeprefix("#")
        if target == node.target or not self._draft.bookmarks.wanted(target):
            return ""
        said, number = plain_text(node.children), self._draft.captions.named(target)
        if number and number.said and said == number.said:
            return f"REF {number.bookmark} \\* MERGEFORMAT"
        if said and said == self._draft.titles.get(target):
            return f"REF {self._draft.heading_mark(target)} \\* MERGEFORMAT"
        return ""

    def finish(self) -> None:
        """Make plain text of the links whose targets found no place in the document."""
        for hyperlink, node in self._links:
            if hyperlink.get(name("w:anchor")) not in self._draft.bookmarks.opened:
                self._draft.not_carried(f"The link to “{node.target}” leads nowhere and is only text.", node.at.source)
                for child in hyperlink:
                    hyperlink.addprevious(child)
                parent = hyperlink.getparent()
                assert parent is not None
                parent.remove(hyperlink)

    def _abbreviation(self, parent: Element, node: Abbreviation, face: RunFormat) -> None:
        """Write out an abbreviation where it first stands in running text (WCAG 3.1.4, technique G97).

        Word has nothing that ties a short form to its long one. Headings, captions and cells stay as they are.
        """
        self.words(parent, node.text, face if face.link else face.styled("Abbreviation"))
        key = (node.text, node.expansion)
        variable = f"abbreviation:{node.text}"
        # A short form that stands for two things is written out wherever it stands for the second one.
        other = self._draft.variables.get(variable, node.expansion) != node.expansion
        if face.running and not face.link and (other or key in self._draft.abbreviations):
            self._draft.abbreviations.pop(key, None)
            self.words(parent, f" ({node.expansion})", face.styled("Expansion").but(vertical=""))
        else:
            self._draft.variables.setdefault(variable, node.expansion)

    def _formula_as_text(self, parent: Element, node: Math, face: RunFormat) -> None:
        shown = node.tex or linear(node.mathml)
        self._draft.not_carried(f"The formula “{shown}” is written as text.", node.at.source)
        self.words(parent, shown, face.styled("VerbatimChar"), proof=False)
