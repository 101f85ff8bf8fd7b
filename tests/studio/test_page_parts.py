"""What a screen reader meets around the text of a web page."""

from __future__ import annotations

import pytest

from exporter.studio.look.page_parts import around_text

PAGE = """<!DOCTYPE html><html><head><title>Not heard</title><style>p {}</style></head><body>
<a href="#text">Skip</a>
<header><p>Report</p><h1>Water <em>for</em> all</h1><p class="authors">By Ana Ruiz</p>
<img src="a.png" alt="A well"></header>
<nav><p aria-hidden="true">Contents<br>twice</p><details><summary>Contents</summary>
<ol><li><a href="#a">Prices</a><ol><li><a href="#b">Tariffs</a></li></ol></li>
<li><a href="#c">Pumps</a></li></ol></details></nav>
<main id="text"><h2>Prices</h2><p>Text.</p></main>
<footer><h2>About</h2><dl><dt>Date</dt><dd>2026</dd></dl></footer></body></html>"""


def test_title_authors_contents_and_colophon_are_met_around_the_text() -> None:
    before, after = around_text(PAGE)
    assert [(item.role, item.number, item.text) for item in before] == [
        ("paragraph", 0, "Skip"),
        ("paragraph", 0, "Report"),
        ("heading", 1, "Water for all"),
        ("paragraph", 0, "By Ana Ruiz"),
        ("picture", 0, "A well"),
        ("paragraph", 0, "Contents"),
        ("item", 1, "Prices"),
        ("item", 1, "Tariffs"),
        ("item", 2, "Pumps"),
    ]
    assert [mark.target for item in before for mark in item.marks] == ["#text", "#a", "#b", "#c"]
    assert [(item.role, item.number, item.text) for item in after] == [
        ("heading", 2, "About"),
        ("paragraph", 0, "Date"),
        ("paragraph", 0, "2026"),
    ]


def test_a_page_without_a_main_element_is_met_as_a_whole() -> None:
    before, after = around_text("<html><body><section><h1>A title</h1><p hidden>x</p>words</section></body></html>")
    assert [(item.role, item.text) for item in before] == [("heading", "A title"), ("paragraph", "words")]
    assert after == ()


@pytest.mark.parametrize(
    "page",
    [
        "<body><p hidden>Not heard<p>One</p><p>Two</p></body>",
        "<body><section><p hidden>Not heard</section><p>One<p>Two</body>",
        "<body><ul hidden><li>Not heard</ul><p>One</p></b><p>Two</p></body>",
        "<body><section><div hidden>Not <b>heard</section><p>One</p><p>Two</p></body>",
        "<body><dl><dt hidden>Not heard<dd>One<dd>Two</dl></body>",
        "<body><p>One</p><p hidden>Not </section>heard</p><p>Two</p></body>",
    ],
)
def test_what_is_hidden_ends_where_its_end_tag_may_be_missing(page: str) -> None:
    assert [item.text for item in around_text(page)[0]] == ["One", "Two"]
