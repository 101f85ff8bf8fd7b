"""What an edition tells is held against the tree, passage by passage."""

from __future__ import annotations

import msgspec

from exporter.parity.comparison.content_diff import ContentDiff
from exporter.parity.comparison.inline_diff import is_at
from exporter.parity.content import ContentItem, ExtractedContent, PageEntry

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


def test_the_first_of_two_headings_with_the_same_words_may_be_too_deep_for_the_table_of_contents() -> None:
    deep = msgspec.structs.replace(PAGES, contents=(PAGES.contents[0], PAGES.contents[3]))
    assert list(ContentDiff(TREE, deep).findings()) == []


def _with_links(*links: tuple[str, int]) -> list[str]:
    linked = ExtractedContent(HEADINGS, toc_links=links)
    return [finding.message for finding in ContentDiff(TREE, linked).findings()]


def test_so_it_is_with_links_and_those_to_the_other_heading_are_found() -> None:
    assert _with_links(("Cases", 0), ("Examples", 3)) == []
    assert _with_links(("Cases", 0), ("Examples", 1), ("Laws", 2), ("Examples", 3)) == []
    assert _with_links(("Cases", 0), ("Examples", 3), ("Laws", 2)) != []
    assert _with_links(("Cases", 0), ("Examples", 1), ("Laws", 2), ("Examples", 1)) != []
    assert _with_links(("Cases", 3)) == ["“Cases” in the table of contents points to another place."]


def test_an_entry_of_a_formula_alone_has_no_heading_of_words() -> None:
    with_formula = msgspec.structs.replace(PAGES, contents=(PageEntry("4", 3), *PAGES.contents))
    assert list(ContentDiff(TREE, with_formula).findings()) == []


def test_a_link_may_lead_to_the_end_of_the_page_before_the_words_of_its_target() -> None:
    """A block may begin with a picture there, or with nothing that is printed."""
    items = [ContentItem("paragraph", "a", page=1, y=500.0), ContentItem("paragraph", "b", page=2, y=700.0)]
    assert is_at(PageEntry("", 1, 490.0), items[1], items)
    assert not is_at(PageEntry("", 1, 510.0), items[1], items)
    assert not is_at(PageEntry("", 0, 490.0), items[1], items)
    assert not is_at(PageEntry("", 3, 700.0), items[1], items)


def test_a_link_may_lead_into_a_long_item() -> None:
    items = [ContentItem("paragraph", text, page=page, y=y) for text, page, y in (("a", 1, 700.0), ("b", 2, 500.0))]
    assert is_at(PageEntry("", 1, 300.0), items[0], items)
    assert is_at(PageEntry("", 2, 600.0), items[0], items)
    assert not is_at(PageEntry("", 2, 400.0), items[0], items)
