"""Table of contents as a TOC field with links to the headings (ECMA-376-1, 17.5.2 sdt, 17.16.5.68 TOC)."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.findings import Rule, Severity
from exporter.model import Direction, Section
from exporter.model.walk import headings
from exporter.writers.docx.blocks.paragraphs import ParagraphWriter
from exporter.writers.docx.context import BlockContext, WriteState
from exporter.writers.docx.inlines.fields import add_mark, add_run, begin_field
from exporter.writers.docx.inlines.inline_writer import RunFormat
from exporter.writers.docx.styles.stylesheet import HEADING_LEVELS
from exporter.writers.docx.xml import Element, add

MIN_HEADINGS = 3
"""Number of headings from which a publication with a title page has a table of contents."""
MIN_HEADINGS_SHORT = 7
"""The same for a publication without a title page."""
AFTER_CONTENTS = 480
"""Space between the table of contents, or the imprint, and text below it, in twentieths of a point."""

UNNUMBERED = Rule(
    id="docx-contents-unnumbered",
    severity=Severity.NOTE,
    sentence="The table of contents of the Word edition shows page numbers.",
    advice="In Word, click into the table of contents and press F9 to add them; the links work without them.",
)


class TableOfContents:
    """Writer of the table of contents, with the bookmarks of the headings."""

    def __init__(self, state: WriteState, depth: int, *, min_headings: int = MIN_HEADINGS) -> None:
        self._state = state
        self._depth = depth
        all_headings = list(headings(state.publication)) if depth else []
        self._entries = [heading for heading in all_headings if heading.level <= depth and heading.text]
        # Word's naming scheme, so that it reuses these bookmarks when it updates the table of contents.
        self._bookmarks = {id(entry.section): f"_Toc{number:09}" for number, entry in enumerate(self._entries, 1)}
        self._numbers: dict[str, Element] = {}
        if len(self._entries) < min_headings:
            self._entries, self._bookmarks = [], {}

    def __bool__(self) -> bool:
        return bool(self._entries)

    def bookmark(self, section: Section) -> str:
        """Return the bookmark of a heading; empty if it is not in the table of contents."""
        return self._bookmarks.get(id(section), "")

    def write(self, parent: Element, context: BlockContext, paragraphs: ParagraphWriter) -> None:
        """Append the table of contents as the building block that Word offers to update."""
        block = add(parent, "sdt")
        properties = add(block, "sdtPr")
        add(properties, "id", {"w:val": 1})
        part = add(properties, "docPartObj")
        add(part, "docPartGallery", {"w:val": "Table of Contents"})
        add(part, "docPartUnique")
        content = add(block, "sdtContent")
        paragraphs.add_text(content, context, self._state.labels("common.contents"), "TOCHeading")
        rtl = context.direction is Direction.RTL
        for index, entry in enumerate(self._entries):
            level = min(entry.level, HEADING_LEVELS)
            line = paragraphs.open(content, context, f"TOC{level}")
            if index == 0:
                begin_field(line, f'TOC \\o "1-{self._depth}" \\h \\z \\u')
            bookmark = self._bookmarks[id(entry.section)]
            link = add(line, "hyperlink", {"w:anchor": bookmark, "w:history": 1})
            paragraphs.inlines.write_text(link, entry.text, RunFormat.of(context.at(entry.section)))
            add(add_run(link, {"rtl": rtl}), "tab")
            begin_field(link, f"PAGEREF {bookmark} \\h", {"rtl": rtl})
            self._numbers[bookmark] = add_run(link, {"rtl": rtl})
            add_mark(link, "end", {"rtl": rtl})
            if index == len(self._entries) - 1:
                add_mark(line, "end")
            paragraphs.close(line)

    def fill(self, pages: Mapping[str, int], reason: str) -> None:
        """Write the page number of each heading.

        Args:
            pages: Known pages by bookmark, from 1.
            reason: Message why others are unknown.
        """
        for bookmark, run in self._numbers.items():
            if bookmark in pages:
                add(run, "t", {"xml:space": "preserve"}, str(pages[bookmark]))
            else:
                _parent(run).remove(run)
        if not pages.keys() >= self._numbers.keys():
            self._state.findings.append(UNNUMBERED.finding(reason, edition="docx"))


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent
