"""The list of contents: filled in, each line a link to its heading (ECMA-376-1, 17.5.2 sdt, 17.16.5.68 TOC)."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.findings import Rule, Severity
from exporter.model import Direction, Section
from exporter.model.walk import headings
from exporter.writers.docx.context import BlockContext, Story, WriteState
from exporter.writers.docx.fields import add_mark, add_run, begin_field
from exporter.writers.docx.inlines import RunFormat
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.stylesheet import HEADING_LEVELS
from exporter.writers.docx.xml import Element, add

FEWEST = 3
"""Headings from which a list of contents helps in a publication that has a title page."""
FEWEST_SHORT = 7
"""The same in one that has none."""
AFTER_CONTENTS = 480
"""Between the contents and a text that goes on below them, in twentieths of a point."""

UNNUMBERED = Rule(
    id="docx-contents-unnumbered",
    severity=Severity.NOTE,
    sentence="The contents of the Word edition show page numbers.",
    advice="In Word, click into the contents and press F9 to fill them in; the links work without.",
)


class Contents:
    """The headings of a document and their bookmarks."""

    def __init__(self, draft: WriteState, depth: int, *, fewest: int = FEWEST) -> None:
        self._draft = draft
        self._depth = depth
        found = list(headings(draft.publication)) if depth else []
        self._entries = [heading for heading in found if heading.level <= depth and heading.text]
        # Word's own naming: it finds these again when it fills the contents anew.
        self._bookmarks = {id(entry.section): f"_Toc{number:09}" for number, entry in enumerate(self._entries, 1)}
        self._numbers: dict[str, Element] = {}
        if len(self._entries) < fewest:
            self._entries, self._bookmarks = [], {}

    def __bool__(self) -> bool:
        return bool(self._entries)

    def bookmark(self, section: Section) -> str:
        """Return the bookmark that the contents point at; empty for a heading that is not in them."""
        return self._bookmarks.get(id(section), "")

    def write(self, story: Story, parent: Element, place: BlockContext, paragraphs: ParagraphWriter) -> None:
        """Append the contents as the building block that Word offers to fill anew."""
        block = add(parent, "sdt")
        properties = add(block, "sdtPr")
        add(properties, "id", {"w:val": 1})
        part = add(properties, "docPartObj")
        add(part, "docPartGallery", {"w:val": "Table of Contents"})
        add(part, "docPartUnique")
        content = add(block, "sdtContent")
        paragraphs.add_words(story, content, place, self._draft.labels("common.contents"), "TOCHeading")
        rtl = place.direction is Direction.RTL
        for index, entry in enumerate(self._entries):
            level = min(entry.level, HEADING_LEVELS)
            line = paragraphs.open(story, content, place, f"TOC{level}")
            if index == 0:
                begin_field(line, f'TOC \\o "1-{self._depth}" \\h \\z \\u')
            bookmark = self._bookmarks[id(entry.section)]
            link = add(line, "hyperlink", {"w:anchor": bookmark, "w:history": 1})
            paragraphs.inlines.words(link, entry.text, RunFormat.of(place.at(entry.section)))
            add(add_run(link, {"rtl": rtl}), "tab")
            begin_field(link, f"PAGEREF {bookmark} \\h", {"rtl": rtl})
            self._numbers[bookmark] = add_run(link, {"rtl": rtl})
            add_mark(link, "end", {"rtl": rtl})
            if index == len(self._entries) - 1:
                add_mark(line, "end")
            paragraphs.close(line)

    def fill(self, pages: Mapping[str, int], reason: str) -> None:
        """Put in the page of each heading.

        Args:
            pages: Page by bookmark, from 1, as far as known.
            reason: Why some are not, one sentence.
        """
        for bookmark, run in self._numbers.items():
            if bookmark in pages:
                add(run, "t", {"xml:space": "preserve"}, str(pages[bookmark]))
            else:
                _parent(run).remove(run)
        if not pages.keys() >= self._numbers.keys():
            self._draft.findings.append(UNNUMBERED.finding(reason, edition="docx"))


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent
