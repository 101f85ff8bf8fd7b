"""What an edition tells is held against the tree, passage by passage."""

from __future__ import annotations

import msgspec

from exporter.parity.content import ContentItem, ExtractedContent, PageEntry
from exporter.parity.content_diff import ContentDiff

HEADINGS = tuple(ContentItem("heading", words) for words in ("Cases", "Examples", "Laws", "Examples"))
TREE = ExtractedContent(HEADINGS)
PAGES = ExtractedContent(
    tuple(msgspec.structs.replace(each, page=page) for page, each in enumerate(HEADINGS)),
    contents=tuple(PageEntry(f"{each.text} {page + 1}", page) for page, each in enumerate(HEADINGS)),
    includes_cover=False,
)


def test_headings_of_the_same_words_are_each_on_their_page() -> None:
    assert list(ContentDiff(TREE, PAGES).findings()) == []


def test_an_entry_that_leads_to_the_other_heading_of_its_words_is_found() -> None:
    wrong = msgspec.structs.replace(PAGES, contents=(*PAGES.contents[:3], PageEntry("Examples 4", 1)))
    assert [each.message for each in ContentDiff(TREE, wrong).findings()] == [
        "“Examples 4” in the table of contents points to page 2."
    ]


def test_an_entry_of_a_formula_alone_has_no_heading_of_words() -> None:
    with_formula = msgspec.structs.replace(PAGES, contents=(PageEntry("4", 3), *PAGES.contents))
    assert list(ContentDiff(TREE, with_formula).findings()) == []
