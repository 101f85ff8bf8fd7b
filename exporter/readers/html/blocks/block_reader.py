"""Reading of elements as blocks and inlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from exporter import model as m
from exporter.errors import SourceError
from exporter.model.walk import has_content
from exporter.readers.html.blocks import asides, figures, lists, preformatted, tables, transcripts
from exporter.readers.html.inlines import anchors, inline_elements
from exporter.readers.html.inlines.whitespace import is_anchor, merge, split_paragraphs, trim
from exporter.readers.html.markup import formulas
from exporter.readers.html.markup.dom import Element, collapse_spaces
from exporter.readers.html.markup.limits import MAX_NESTING
from exporter.readers.html.notes import notes
from exporter.readers.rules import HEADING_EMPTY, HTML_UNKNOWN, FindingCollector
from exporter.readers.sections import NO_CONTENT, Flat, Heading, inherit_attributes

Nest = Callable[[Sequence[Flat]], m.Blocks]
"""Function that puts blocks under their headings."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TRANSPARENT = frozenset(
    """div section article main header footer nav address center body html hgroup form fieldset search span label
    dialog dir font bdi bdo time noscript figcaption summary li dd dt caption p menu""".split()  # noqa: SIM905 - a list of forty quoted words reads worse
)
"""Elements that only group others, or that were written outside of their parent."""
_PAGE_BREAK = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page|left|right)")
_LABEL = re.compile(r"[\w.-]+$")


def read_container(name: str, at: m.At, blocks: Sequence[Flat], report: FindingCollector, nest: Nest) -> Sequence[Flat]:
    """Return the blocks of an element whose children were read already."""
    if aside := asides.aside_of_blocks(name, at, blocks, nest):
        return (aside,)
    if name in inline_elements.DROPPED:
        inline_elements.read_inline(name, {}, (), at.source.line if at.source else 0, report)
        return ()
    if name not in _TRANSPARENT:
        message = f"The element <{name}> is not supported around text; its content was kept."
        report.add(HTML_UNKNOWN, at.source.line if at.source else 0, message)
    return inherit_attributes(at, blocks, report)


def breaks_page(attributes: Mapping[str, str]) -> bool:
    """Return whether the style, class or role of an element asks for a page break."""
    return (
        _PAGE_BREAK.search(attributes.get("style", "")) is not None
        or "page-break" in attributes.get("class", "").split()
        or attributes.get("role") == "doc-pagebreak"
        or attributes.get("epub:type") == "pagebreak"
    )


class Reader:
    """Reader of the blocks and inlines of elements.

    Args:
        report: Collector of findings about unsupported content.
        nest: Function that puts the blocks inside lists and cells under their headings.
    """

    def __init__(self, report: FindingCollector, nest: Nest) -> None:
        self.report = report
        self.nest = nest

    def at(self, element: Element) -> m.At:
        """Return the attributes that every node has: id, language, direction and source."""
        return inline_elements.read_at(element.attributes, element.line, self.report)

    def blocks(self, element: Element, depth: int) -> m.Blocks:
        """Return the blocks inside an element, under their headings."""
        return self.nest(self.flow(element, depth))

    def flow(self, element: Element, depth: int) -> list[Flat]:
        """Return the blocks of flow content; text outside of paragraphs becomes a paragraph (HTML 3.2.5.2.2)."""
        self._check(element, depth)
        out: list[Flat] = []
        run: list[m.Inline] = []
        breaks: list[Flat] = []  # page breaks inside a paragraph: they follow it
        for child in element.children:
            if isinstance(child, str):
                run.extend(self._text(child, element))
            elif child.tag in inline_elements.NOT_READ:
                run.extend(self._inline(child, depth))
            elif not child.is_block and breaks_page(child.attributes):
                breaks.extend(self._page_break(child, depth))
                if not trim(run):
                    self._end_run(run, out)
                    out.extend(breaks)
                    breaks.clear()
            elif child.is_block:
                self._end_run(run, out)
                out.extend(breaks)
                breaks.clear()
                if not asides.add_description(self, child, out, depth):
                    anchors.append_blocks(out, self._block(child, depth))
            else:
                run.extend(self._inline(child, depth))
        self._end_run(run, out)
        out.extend(breaks)
        anchors.end_flow(out)
        return out

    def inlines(self, element: Element, depth: int) -> m.Inlines:
        """Return the inlines of an element, trimmed."""
        return trim(self.untrimmed_inlines(element, depth))

    def _check(self, element: Element, depth: int) -> None:
        if depth > MAX_NESTING:
            raise SourceError(
                "HTML elements are nested too deeply here.",
                advice="Use fewer elements inside each other.",
                source=m.Source(self.report.file, element.line),
            )

    def _text(self, text: str, element: Element) -> tuple[m.Text, ...]:
        if not text:
            return ()
        at = m.At(source=m.Source(self.report.file, element.line))
        return (m.Text(at=at, text=collapse_spaces(text)),)

    def untrimmed_inlines(self, element: Element, depth: int) -> list[m.Inline]:
        """Return the inlines of an element, untrimmed."""
        self._check(element, depth)
        out: list[m.Inline] = []
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

    def _inline(self, element: Element, depth: int) -> m.Inlines:
        tag, at = element.tag, m.Source(self.report.file, element.line)
        if tag == formulas.FORMULA:
            values = element.attributes
            return (m.Math(at=self.at(element), mathml=values["mathml"], tex=values["tex"]),)
        if tag == notes.REFERENCE:
            return (m.NoteReference(at=m.At(source=at), note=element.attributes["note"]),)
        if tag == "note-marks":
            references = (self._inline(child, depth) for child in element.elements() if child.tag == notes.REFERENCE)
            return tuple(reference for group in references for reference in group)
        if tag == "img" and not element.get("alt") and (label := figures.labelledby_text(element)):
            element.attributes["alt"] = label
        children = () if tag in inline_elements.NOT_READ else tuple(merge(self.untrimmed_inlines(element, depth)))
        if element.is_block and tag not in inline_elements.NOT_READ and tag != "img":
            return children
        if (
            tag == "rt"
            and element.parent is not None
            and not any(child.tag == "rp" for child in element.parent.elements())
        ):
            return (m.Text(at=m.At(source=at), text="("), *children, m.Text(at=m.At(source=at), text=")"))
        return inline_elements.read_inline(tag, element.attributes, children, element.line, self.report)

    def _end_run(self, run: list[m.Inline], out: list[Flat]) -> None:
        inlines = trim(run)
        run.clear()
        if is_anchor(inlines):
            anchors.append_blocks(out, [anchors.anchor(*inlines)])
            return
        for part in split_paragraphs(inlines) if inlines else ():
            anchors.append_blocks(out, anchors.split_at_formulas(part))

    def _read_any(self, element: Element, depth: int) -> Sequence[Flat]:
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
            content = self.flow(element, depth)
            first = [msgspec.structs.replace(content[0], at=anchors.with_id_of(at, content[0].at))] if content else []
            return [*first, *inherit_attributes(anchors.at_with_id(at, None), content[1:], self.report)]
        if tag in ("ul", "ol"):
            return lists.read_list(self, element, at, depth)
        if tag == "pre" and not set(element.classes) & preformatted.LINE_CLASSES:
            return (preformatted.read_code(element, at),)
        if tag == "hr":
            return (m.ThematicBreak(at=at),)
        if tag == "table":
            return (self._table(element, depth),)
        if set(element.classes) & preformatted.LINE_CLASSES and (
            lines := preformatted.read_lines(self, element, at, depth)
        ):
            return (lines,)
        if transcripts.is_transcript(element) and (turns := transcripts.read_element(self, element, at, depth)):
            return turns
        if tag == "dl":
            return lists.read_definitions(self, element, at, depth)
        if figures.is_figure(element):
            return figures.read_figure(self, element, at, depth)
        if aside := asides.read_aside(self, element, at, depth):
            return (aside,)
        content = self.flow(element, depth)
        if tag not in _TRANSPARENT and ":" not in tag and "-" not in tag:
            message = f"The element <{tag}> is not supported around text; its content was kept."
            self.report.add(HTML_UNKNOWN, element.line, message)
        return inherit_attributes(at, content, self.report)

    def _page_break(self, element: Element, depth: int) -> Sequence[Flat]:
        label_text = element.get("aria-label") or element.get("title")
        marked = "doc-pagebreak" in element.roles or "pagebreak" in element.roles
        label = _LABEL.search((label_text or (element.text() if marked else ""))[-40:])
        at = self.at(element)
        if marked or element.is_blank():
            return (m.PageBreak(at=at, label=label[0] if label else ""),)
        element.attributes["style"] = _PAGE_BREAK.sub("", element.attributes.get("style", ""))
        element.attributes["class"] = " ".join(name for name in element.classes if name != "page-break")
        return (m.PageBreak(at=m.At(source=at.source)), *self._read_any(element, depth))

    def _heading(self, element: Element, level: int, depth: int) -> Sequence[Flat]:
        title = self.inlines(element, depth)
        if not has_content(title):
            self.report.add(HEADING_EMPTY, element.line, NO_CONTENT if title else "Empty heading: it was ignored.")
            return (m.Paragraph(at=self.at(element), children=title),) if title else ()
        deeper = element.get("aria-level")
        if re.fullmatch(r"[1-9]\d?", deeper):
            level = int(deeper)
        classes = tuple(element.get("class").split())
        at, title = anchors.lift_anchors(self.at(element), title)
        match title:
            case (m.Span(children=words) as span,) if not (span.at.language or span.at.direction):
                at, title = anchors.at_with_id(at, at.id or span.at.id), words
            case _:
                pass
        return (Heading(at=at, title=title, level=level, classes=classes),)

    def _table(self, element: Element, depth: int) -> Flat:
        def cell(inside: Element) -> tuple[m.At, m.Blocks]:
            return self.at(inside), self.blocks(inside, depth + 1)

        result = tables.read_table(element, cell, lambda caption: self.inlines(caption, depth), self.report)
        if summary := " ".join(element.get("summary").split()):
            at = m.At(source=result.at.source)
            inlines = (m.Text(at=at, text=summary),)
            result = msgspec.structs.replace(result, description=(m.Paragraph(at=at, children=inlines),))
        return result
