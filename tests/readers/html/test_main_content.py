"""Which part of a page is its text, and what becomes of the rest."""

from __future__ import annotations

import pytest

from exporter.model import Decorative, Figure, Link, List, NoteReference, Section, Span, Strong, Table
from exporter.model.walk import plain_text, walk
from tests.readers.html.reading import HEAD, body, every, first, page, rules


def text(html: str) -> str:
    return plain_text(page(html).publication.body)


@pytest.mark.parametrize(
    "html",
    [
        "<body><nav>no</nav><main><p>yes</p></main><p>no</p>",
        "<body><p>no</p><div role=main><p>yes</p></div>",
        "<body><header>no</header><article><p>yes, and long enough to be the text</p></article><footer>no</footer>",
        "<body><main></main><div><p>yes</p></div>",
        "<body><header><p>no</p></header><aside>no</aside><p>yes</p><footer>no</footer>",
        "<body><form><h1>T</h1><p>yes</p></form>",
        "<body><div class=entry-content><p>yes, and long enough</p></div><p>no</p>",
    ],
)
def test_the_text_of_a_page_is_found_and_nothing_else(html: str) -> None:
    assert text(html).startswith("yes")
    assert "no" not in text(html).split()


@pytest.mark.parametrize(
    "html",
    [
        '<section id="consent"><h2>Consent</h2><p>yes</p></section>',
        '<div id="comments" class="section level2"><h2>Comments</h2><p>yes</p></div>',
        '<h2 id="related">Related</h2><p>yes</p>',
        '<style>@media print { .x { display: none } } .y { display: none }</style><p class="x y">yes</p>',
        '<article class="sidebar"><p>yes</p></article>',
        '<div class="sidebar"><p>yes: this box holds nearly all words of the page, whatever it is called</p></div>',
        "<header><p>yes</p></header>",
        "<details><summary>yes</summary><p>inside</p></details>",
        '<p hidden="until-found">yes</p>',
        '<div role="tablist"><h2><button aria-controls="a">Title</button></h2><div id="a">yes</div></div>',
        '<h2>No title</h2><div role="tablist"><a role="tab">One</a></div><div role="tabpanel"><p>yes</p></div>',
        "<h2><button>yes</button></h2><p>Words.</p>",
    ],
)
def test_text_is_not_taken_for_the_frame_of_a_page_because_of_its_name(html: str) -> None:
    assert "yes" in text(HEAD + "<p>Some words stand before it.</p>" + html)


def test_buttons_and_tabs_are_no_text() -> None:
    tabs = (
        '<div role="tablist"><a role="tab" aria-controls="a">no</a></div><div id="a" role="tabpanel"><p>yes</p></div>'
    )
    assert "no" not in text(HEAD + f"<h2>Title <button>no</button></h2>{tabs}").split()


@pytest.mark.parametrize("sign", ["#", "¶", "\u200b"])
def test_a_link_of_a_heading_to_itself_is_no_text(sign: str) -> None:
    html = f'<h2 id="why">Why<a href="#why">{sign}</a></h2><p>Because.</p>'
    assert [node for node in walk(page(html).publication) if isinstance(node, Link)] == []
    assert text(html) == "Why Because."


def test_what_was_left_out_is_counted_once_for_the_page() -> None:
    found = page(HEAD + "<p>yes</p><script>1</script><script>2</script><p hidden>no no</p>").findings
    assert [finding.message for finding in found] == [
        "Ignored parts of the page: 1 × hidden element (2 words), 2 × script."
    ]


@pytest.mark.parametrize(
    ("width", "millimetres"),
    [
        ("300", 79.4),
        ("300px", 79.4),
        ("50%", 75),
        ("12.5em", 3.3),
        ("auto", None),
        ("0", None),
        ("-20", None),
        ("", None),
    ],
)
def test_an_image_has_the_width_of_its_attribute(width: str, millimetres: float | None) -> None:
    assert first(f'<img src=a alt=x width="{width}">', Figure).images[0].width == millimetres


def test_a_missing_alt_is_not_an_empty_one() -> None:
    page = '<img src=a><p><img src=b alt=""><p><img src=c alt=" &nbsp;">'
    alts = [type(figure.images[0].alt).__name__ for figure in every(page, Figure)]
    assert alts == ["Undescribed", "Decorative", "Undescribed"]
    assert isinstance(first('<img src=a role="none">', Figure).images[0].alt, Decorative)


def test_every_node_knows_its_line() -> None:
    section = first("<p>x</p>\n\n<h2>Two</h2>\n<p>y</p>", Section)
    assert section.at.source is not None
    assert section.at.source.line == 3


def test_links_of_a_page_lead_to_its_website_and_inside_it_to_places_of_the_text() -> None:
    head = '<link rel="canonical" href="https://example.org/a/b"><body><main><h1>T</h1><h2 id="x">X</h2>'
    read = page(
        head + '<p><a href="c">c</a> <a href="/d">d</a> <a href="https://example.org/a/b#x">x</a> <a href="#x">x</a>'
    )
    targets = [node.target for node in walk(read.publication) if isinstance(node, Link)]
    assert targets == ["https://example.org/a/c", "https://example.org/d", "#x", "#x"]


def test_a_link_that_looks_like_a_mark_and_leads_to_no_note_stays_a_link() -> None:
    blocks = body('<p>See part <a href="#p2">2</a>.</p><h2 id="p2">Two</h2><p>Words.</p>')
    assert not any(isinstance(node, NoteReference) for node in walk(blocks))
    assert any(isinstance(node, Link) for node in walk(blocks))


def test_bold_by_style_is_bold_and_bold_that_is_switched_off_is_not() -> None:
    html = '<p><span style="font-weight: 700">a</span> <b style="font-weight: normal">b</b> <b>c</b></p>'
    assert [plain_text(node) for node in every(html, Strong)] == ["a", "c"]


def test_a_table_keeps_its_columns_where_colgroup_is_short() -> None:
    table = first("<table><colgroup><col></colgroup><tr><th>a<th>b<th>c<tr><td>1<td>2<td>3</table>", Table)
    assert len(table.columns) == 3
    assert [len(row.cells) for row in (*table.head, *table.bodies[0])] == [3, 3]


def test_a_film_is_a_finding_that_names_it() -> None:
    assert rules('<p>x</p>\n<video src="a.mp4" title="March"></video>') == [("media-left-out", 2)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<ol type=a><li>x</ol>", ("lower-alpha", "period")),
        ("<ol class=parentheses-lower-alpha><li>x</ol>", ("lower-alpha", "parentheses")),
        ("<ol class='loose parenthesis-upper-roman' type=I><li>x</ol>", ("upper-roman", "parenthesis")),
        ("<ol style='list-style-type: parentheses-lower-alpha'><li>x</ol>", ("lower-alpha", "parentheses")),
        ("<ol class='parentheses period-list'><li>x</ol>", ("decimal", "period")),
        ("<p class=MsoListParagraph>(a)<span>&nbsp; </span>x", ("lower-alpha", "parentheses")),
        ("<p class=MsoListParagraph>II)<span>&nbsp; </span>x", ("upper-roman", "parenthesis")),
        ("<p class=MsoListParagraph>3)<span>&nbsp; </span>x", ("decimal", "parenthesis")),
        ("<p class=MsoListParagraph>3.<span>&nbsp; </span>x", ("decimal", "period")),
    ],
)
def test_lists_keep_what_stands_around_their_numbers(html: str, found: tuple[str, str]) -> None:
    one = first(html, List)
    assert (one.style.value, one.delimiter.value) == found


def test_items_of_word_with_other_signs_around_their_numbers_are_another_list() -> None:
    marks = ("1.", "2.", "(3)", "(4)", "5.")
    html = "".join(f"<p class=MsoListParagraph>{mark}<span>&nbsp; </span>x" for mark in marks)
    assert [(one.delimiter.value, one.start, len(one.items)) for one in every(html, List)] == [
        ("period", 1, 2),
        ("parentheses", 3, 2),
        ("period", 5, 1),
    ]


def test_link_targets_before_a_heading_are_at_the_heading() -> None:
    """In the paragraph before it, they would be on the page before it if the heading begins one."""
    for own in ("", " id=own"):
        links = "<p><a href=#a>a</a>, <a href=#b>b</a>, <a href=#c>c</a>"
        anchors = "<p><a name=a></a></p><div><a name=b></a><p><a name=c></a></div>"
        blocks = body(f"<h2>One</h2>{links}{anchors}<h2{own}>Two</h2><p>Text")
        one, two = (block for block in blocks if isinstance(block, Section))
        assert len(one.children) == 1
        names = {two.at.id, *(span.at.id for span in two.title if isinstance(span, Span))}
        assert names == {"a", "b", "c", *(["own"] if own else [])}
