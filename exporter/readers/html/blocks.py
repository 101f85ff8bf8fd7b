"""Elements to blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from exporter.errors import SourceError
from exporter.model import (
    At,
    Blocks,
    CodeBlock,
    Inline,
    Inlines,
    Line,
    LineBlock,
    LineBreak,
    Math,
    MathBlock,
    NoteReference,
    PageBreak,
    Paragraph,
    Source,
    Span,
    Text,
    ThematicBreak,
)
from exporter.readers.html import asides, elements, figures, lists, maths, notes, tables, transcripts
from exporter.readers.html.dom import Element, one_space
from exporter.readers.html.limits import MAX_NESTING
from exporter.readers.html.words import is_anchor, joined, paragraph_or_figure, paragraphs, trimmed
from exporter.readers.outline import Flat, Heading, spread
from exporter.readers.rules import HEADING_EMPTY, HTML_UNKNOWN, Report

Nest = Callable[[Sequence[Flat]], Blocks]
"""Puts blocks under their headings."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PASSED = frozenset(
    ("div", "section", "article", "main", "header", "footer", "nav", "address", "center", "body", "html", "hgroup")
) | {
    "form",
    "fieldset",
    "search",
    "span",
    "label",
    "dialog",
    "dir",
    "font",
    "bdi",
    "bdo",
    "time",
    "noscript",
    "figcaption",
    "summary",
    "li",
    "dd",
    "dt",
    "caption",
    "p",
    "menu",
}
"""Elements that only hold others, or that stand outside of what they belong to."""
_PAGE_BREAK = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page|left|right)")
_LABEL = re.compile(r"[\w.-]+$")
_SYNTAX = re.compile(r"(?:language|lang|highlight-source|highlight|brush)[-:]\s*([\w+#-]+)|sourcecode\s+(\w+)")
_VERSE = frozenset({"lines", "line-block", "poem", "verse", "stanza", "wp-block-verse"})
_INDENT = re.compile(r"padding-(?:inline-start|left)\s*:\s*([\d.]{1,6})em")


def container(name: str, at: At, inside: Sequence[Flat], report: Report, nest: Nest) -> Sequence[Flat]:
    """Give what an element becomes that stands around blocks that were read already."""
    if made := asides.plain(name, at, inside, nest):
        return (made,)
    if name in elements.DROPPED:
        elements.inline(name, {}, (), at.source.line if at.source else 0, report)
        return ()
    if name not in _PASSED:
        message = f"The element <{name}> means nothing around text; what it holds was kept."
        report.add(HTML_UNKNOWN, at.source.line if at.source else 0, message)
    return spread(at, inside, report)


def breaks_page(attributes: Mapping[str, str]) -> bool:
    """Whether an element asks for a new page, by its style, class or role."""
    return (
        _PAGE_BREAK.search(attributes.get("style", "")) is not None
        or "page-break" in attributes.get("class", "").split()
        or attributes.get("role") == "doc-pagebreak"
        or attributes.get("epub:type") == "pagebreak"
    )


class Reader:
    """Turns elements into blocks and inlines.

    Args:
        report: Told about what is not carried.
        nest: Puts the blocks inside lists and cells under their headings.
    """

    def __init__(self, report: Report, nest: Nest) -> None:
        self.report = report
        self.nest = nest

    def at(self, element: Element) -> At:
        """Give the place of an element."""
        return elements.place(element.attributes, element.line, self.report)

    def blocks(self, element: Element, depth: int) -> Blocks:
        """Give what stands inside an element, under its headings."""
        return self.nest(self.flow(element, depth))

    def flow(self, element: Element, depth: int) -> list[Flat]:
        """Give the blocks inside an element; words outside any paragraph become one."""
        self._check(element, depth)
        out: list[Flat] = []
        run: list[Inline] = []
        breaks: list[Flat] = []  # of pages, inside a paragraph that goes on: they stand behind it
        for child in element.children:
            if isinstance(child, str):
                run.extend(self._text(child, element))
            elif child.tag in elements.NOT_READ:
                run.extend(self._inline(child, depth))
            elif not child.is_block and breaks_page(child.attributes):
                breaks.extend(self._page_break(child, depth))
                if not trimmed(run):
                    self._end_run(run, out)
                    out.extend(breaks)
                    breaks.clear()
            elif child.is_block:
                self._end_run(run, out)
                out.extend(breaks)
                breaks.clear()
                if not asides.describe(self, child, out, depth):
                    _add(out, self._block(child, depth))
            else:
                run.extend(self._inline(child, depth))
        self._end_run(run, out)
        out.extend(breaks)
        if out and isinstance(out[-1], _Anchor):
            anchor = out.pop()
            if out and not out[-1].at.id:
                out[-1] = _with_id(out[-1], anchor.at.id)
            elif anchor.at.id:
                out.append(Paragraph(at=anchor.at, children=()))
        return out

    def words(self, element: Element, depth: int) -> Inlines:
        """Give the inlines inside an element, without white space at both ends."""
        return trimmed(self._words(element, depth))

    def _check(self, element: Element, depth: int) -> None:
        if depth > MAX_NESTING:
            raise SourceError(
                "HTML elements are nested too deeply here.",
                advice="Write it with fewer elements inside each other.",
                source=Source(self.report.file, element.line),
            )

    def _text(self, text: str, element: Element) -> tuple[Text, ...]:
        if not text:
            return ()
        at = At(source=Source(self.report.file, element.line))
        return (Text(at=at, text=one_space(text)),)

    def _words(self, element: Element, depth: int) -> list[Inline]:
        self._check(element, depth)
        out: list[Inline] = []
        for child in element.children:
            if isinstance(child, str):
                out.extend(self._text(child, element))
                continue
            if child.is_block:
                out.extend(self._text(" ", child))
            out.extend(self._inline(child, depth + 1))
            if child.is_block:
                out.extend(self._text(" ", child))
        return out

    def _inline(self, element: Element, depth: int) -> Inlines:
        tag, at = element.tag, Source(self.report.file, element.line)
        if tag == maths.FORMULA:
            values = element.attributes
            return (Math(at=self.at(element), mathml=values["mathml"], tex=values["tex"]),)
        if tag == notes.REFERENCE:
            return (NoteReference(at=At(source=at), note=element.attributes["note"]),)
        if tag == "note-marks":
            inside = (self._inline(child, depth) for child in element.elements() if child.tag == notes.REFERENCE)
            return tuple(mark for marks in inside for mark in marks)
        if tag == "img" and not element.get("alt") and (named := figures.name_of(element)):
            element.attributes["alt"] = named
        children = () if tag in elements.NOT_READ else tuple(joined(self._words(element, depth)))
        if element.is_block and tag not in elements.NOT_READ and tag != "img":
            return children
        if tag == "rt" and element.parent is not None and not any(one.tag == "rp" for one in element.parent.elements()):
            return (Text(at=At(source=at), text="("), *children, Text(at=At(source=at), text=")"))
        return elements.inline(tag, element.attributes, children, element.line, self.report)

    def _end_run(self, run: list[Inline], out: list[Flat]) -> None:
        words = trimmed(run)
        run.clear()
        if is_anchor(words):
            out.append(
                _Anchor(at=next(node.at for node in words if node.at.id or node is words[-1]), title=(), level=0)
            )
            return
        for part in paragraphs(words) if words else ():
            _add(out, _around_formulas(part))

    def _one(self, element: Element, depth: int) -> Sequence[Flat]:
        if element.is_block:
            return self._block(element, depth)
        out: list[Flat] = []
        self._end_run(list(self._inline(element, depth)), out)
        return out

    def _block(self, element: Element, depth: int) -> Sequence[Flat]:
        tag = element.tag
        if breaks_page(element.attributes):
            return self._page_break(element, depth)
        if level := _HEADINGS.get(tag):
            return self._heading(element, level, depth)
        at = self.at(element)
        if tag == "p":
            inside = self.flow(element, depth)
            first = [msgspec.structs.replace(inside[0], at=_first(at, inside[0].at))] if inside else []
            return [*first, *spread(_with(at, None), inside[1:], self.report)]
        if tag in ("ul", "ol"):
            return lists.read_list(self, element, at, depth)
        if tag == "pre" and not set(element.classes) & _VERSE:
            return (self._code(element, at),)
        if tag == "hr":
            return (ThematicBreak(at=at),)
        if tag == "table":
            return (self._table(element, depth),)
        if set(element.classes) & _VERSE and (lines := self._lines(element, at, depth)):
            return (lines,)
        if transcripts.is_transcript(element) and (said := transcripts.read(self, element, at, depth)):
            return said
        if tag == "dl":
            return lists.read_definitions(self, element, at, depth)
        if figures.is_figure(element):
            return figures.read_figure(self, element, at, depth)
        if aside := asides.read(self, element, at, depth):
            return (aside,)
        inside = self.flow(element, depth)
        if tag not in _PASSED and ":" not in tag and "-" not in tag:
            message = f"The element <{tag}> means nothing around text; what it holds was kept."
            self.report.add(HTML_UNKNOWN, element.line, message)
        return spread(at, inside, self.report)

    def _page_break(self, element: Element, depth: int) -> Sequence[Flat]:
        said = element.get("aria-label") or element.get("title")
        marked = "doc-pagebreak" in element.roles or "pagebreak" in element.roles
        label = _LABEL.search((said or (element.text() if marked else ""))[-40:])
        at = self.at(element)
        if marked or element.is_blank():
            return (PageBreak(at=at, label=label[0] if label else ""),)
        element.attributes["style"] = _PAGE_BREAK.sub("", element.attributes.get("style", ""))
        element.attributes["class"] = " ".join(name for name in element.classes if name != "page-break")
        where = At(source=at.source)
        return (PageBreak(at=where), *self._one(element, depth))

    def _heading(self, element: Element, level: int, depth: int) -> Sequence[Flat]:
        title = self.words(element, depth)
        if not title:
            self.report.add(HEADING_EMPTY, element.line, "This heading has no words; it was left out.")
            return ()
        deeper = element.get("aria-level")
        if re.fullmatch(r"[1-9]\d?", deeper):
            level = int(deeper)
        classes = tuple(element.get("class").split())
        at, title = _lifted(self.at(element), title)
        match title:
            case (Span(children=words) as span,) if not (span.at.language or span.at.direction):
                at, title = _with(at, at.id or span.at.id), words
            case _:
                pass
        return (Heading(at=at, title=title, level=level, classes=classes),)

    def _code(self, element: Element, at: At) -> CodeBlock:
        for inner in list(element.walk()):
            if inner.tag == "br":
                inner.swap("\n")
        text = "".join(element.strings()).removeprefix("\n").rstrip("\n")
        named = " ".join(one.get("class").lower() for one in (element, *element.elements()))
        found = _SYNTAX.search(f"{named} {element.parent.get('class') if element.parent else ''}")
        return CodeBlock(at=at, text=text, syntax=(found[1] or found[2] or "") if found else "")

    def _lines(self, element: Element, at: At, depth: int) -> LineBlock | None:
        """Give lines that stay as they are; None when the element holds more than lines."""
        own = [one for one in element.elements() if "line" in one.classes]
        if own and len(own) == len(list(element.elements())):
            lines = []
            for one in own:
                indent = _INDENT.search(one.get("style"))
                count = round(float(indent[1]) * 2) if indent and indent[1].count(".") < 2 else 0
                lines.append(Line(at=self.at(one), children=self.words(one, depth + 1), indent=count))
            return LineBlock(at=at, lines=tuple(lines))
        if element.holds_blocks:
            return None
        if element.tag == "pre":
            lines = []
            for text in "".join(element.strings()).strip("\n").split("\n"):
                words = (Text(at=At(source=at.source), text=text.strip()),)
                lines.append(Line(at=At(source=at.source), children=words, indent=len(text) - len(text.lstrip(" "))))
            return LineBlock(at=at, lines=tuple(lines))
        parts: list[list[Inline]] = [[]]
        for node in self._words(element, depth + 1):
            if isinstance(node, LineBreak):
                parts.append([])
            else:
                parts[-1].append(node)
        return LineBlock(at=at, lines=tuple(Line(at=At(source=at.source), children=trimmed(part)) for part in parts))

    def _table(self, element: Element, depth: int) -> Flat:
        def cell(inside: Element) -> tuple[At, Blocks]:
            return self.at(inside), self.blocks(inside, depth + 1)

        made = tables.read_table(element, cell, lambda caption: self.words(caption, depth), self.report)
        if summary := " ".join(element.get("summary").split()):
            at = At(source=made.at.source)
            words = (Text(at=at, text=summary),)
            made = msgspec.structs.replace(made, description=(Paragraph(at=at, children=words),))
        return made


class _Anchor(Heading, frozen=True, gc=False):
    """A place that links lead to, until the next block takes its id."""


def _add(out: list[Flat], made: Sequence[Flat]) -> None:
    """Add blocks; an anchor before them gives the first one its id."""
    if out and made and isinstance(out[-1], _Anchor):
        anchor = out.pop()
        if anchor.at.id and made[0].at.id:
            out.append(Paragraph(at=anchor.at, children=()))
        elif anchor.at.id:
            made = [_with_id(made[0], anchor.at.id), *made[1:]]
    out.extend(made)


def _lifted(at: At, words: Inlines) -> tuple[At, Inlines]:
    """Give a block the id of an empty place in front of its words."""
    while len(words) > 1 and isinstance(words[0], Span) and not words[0].children and not (at.id and words[0].at.id):
        at, words = _with(at, at.id or words[0].at.id), trimmed(words[1:])
    return at, words


def _with(at: At, name: str | None) -> At:
    return msgspec.structs.replace(at, id=name)


def _with_id(block: Flat, name: str | None) -> Flat:
    return msgspec.structs.replace(block, at=_with(block.at, name))


def _first(outer: At, inner: At) -> At:
    return _with(outer, outer.id or inner.id)


def _around_formulas(words: Inlines) -> list[Flat]:
    """Give a paragraph, cut where a formula stands on a line of its own."""
    out: list[Flat] = []
    run: list[Inline] = []

    def end() -> None:
        if rest := trimmed(run):
            out.append(paragraph_or_figure(*_lifted(At(source=rest[0].at.source), rest)))
        run.clear()

    for node in words:
        if isinstance(node, Math) and 'display="block"' in node.mathml[:300]:
            end()
            out.append(MathBlock(at=node.at, mathml=node.mathml, tex=node.tex))
        else:
            run.append(node)
    end()
    return out
