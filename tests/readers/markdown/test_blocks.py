from __future__ import annotations

from unittest.mock import Mock

import pytest

from exporter.model import (
    Aside,
    AsideKind,
    CodeBlock,
    DefinitionList,
    Emphasis,
    Figure,
    LineBlock,
    List,
    ListDelimiter,
    ListStyle,
    Math,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
    ThematicBreak,
)
from exporter.model.walk import headings, plain_text, walk
from exporter.readers.markdown.grammar import html_elements, parse_tokens
from exporter.readers.rules import FindingCollector
from tests.readers.markdown.reading import body, first, line, md, rules


def _outline(text):
    return [(heading.level, heading.text) for heading in headings(md(text).publication)]


def test_headings_become_sections_inside_sections():
    assert _outline("# A\n\n## B\n\n# C\n\nD\n=\n\nE\n-\n") == [(1, "A"), (2, "B"), (1, "C"), (1, "D"), (2, "E")]


def test_a_sole_first_heading_is_the_title_and_the_rest_moves_up():
    result = md("# T *x*\n\n## A\n\n### B\n\nx")
    assert result.publication.metadata.title == "T x"
    assert [(heading.level, heading.text) for heading in headings(result.publication)] == [(1, "A"), (2, "B")]
    assert result.findings == ()


def test_the_title_is_not_doubled_and_another_first_heading_stays():
    assert _outline("---\ntitle: T\n---\n# T\n\n## A\n\nx") == [(1, "A")]
    assert _outline("---\ntitle: T\n---\n# U\n\n## A\n\nx") == [(1, "U"), (2, "A")]


def test_a_manuscript_may_begin_at_the_second_level():
    assert _outline("## A\n\n### B\n\n## C\n\nx") == [(1, "A"), (2, "B"), (1, "C")]
    assert rules("## A\n\n### B\n\nx") == []


def test_a_skipped_level_is_a_finding_and_goes_down_by_one():
    text = "# A\n\n### B\n\n# C\n\nx"
    assert rules(text) == [("heading-skipped", 3)]
    assert _outline(text) == [(1, "A"), (2, "B"), (1, "C")]


def test_a_heading_with_a_note_alone_is_a_paragraph():
    text = "# A\n\n# [^n]\n\n# B\n\n[^n]: A note."
    assert rules(text) == [("heading-empty", 3)]
    assert _outline(text) == [(1, "A"), (1, "B")]


def test_a_heading_with_a_picture_alone_is_one_if_the_picture_is_described():
    assert [level for level, _ in _outline("# A\n\n# ![Logo](logo.png)\n\nx")] == [1, 1]
    undescribed = "# A\n\n# ![](logo.png)\n\n# B"
    assert rules(undescribed) == [("heading-empty", 3)]
    assert _outline(undescribed) == [(1, "A"), (1, "B")]


def test_an_empty_heading_is_a_finding():
    assert rules("x\n\n#\n\ny") == [("heading-empty", 3)]


def test_headings_carry_ids_and_front_sections_stand_in_front():
    publication = md("# A {#a .front}\n\nx\n\n# B {#b lang=es}\n\ny").publication
    (front,), (section,) = publication.front, publication.body
    assert isinstance(front, Section)
    assert isinstance(section, Section)
    assert (front.at.id, section.at.id, section.at.language, section.title[0].at.language) == ("a", "b", None, "es")


def test_a_front_section_behind_others_is_a_finding():
    assert rules("# A\n\nx\n\n# B {.front}\n\ny") == [("front-misplaced", 5)]


@pytest.mark.parametrize(
    ("text", "style", "start"),
    [
        ("- a\n- b", ListStyle.BULLET, 1),
        ("7. a\n8. b", ListStyle.DECIMAL, 7),
        ("a. a\nb. b", ListStyle.LOWER_ALPHA, 1),
        ("A) a\nB) b", ListStyle.UPPER_ALPHA, 1),
        ("c) a\nd) b", ListStyle.LOWER_ALPHA, 3),
        ("i. a\nii. b", ListStyle.LOWER_ROMAN, 1),
        ("IV. a\nV. b", ListStyle.UPPER_ROMAN, 4),
        ("(a) a\n(b) b", ListStyle.LOWER_ALPHA, 1),
        ("(1) a\n(2) b", ListStyle.DECIMAL, 1),
    ],
)
def test_lists_are_numbered_in_several_ways(text, style, start):
    (found,) = body(text)
    assert isinstance(found, List)
    assert (found.style, found.start, len(found.items), found.tight) == (style, start, 2, True)
    assert [plain_text(item) for item in found.items] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("1. a\n2. b", ListDelimiter.PERIOD),
        ("1) a\n2) b", ListDelimiter.PARENTHESIS),
        ("(1) a\n(2) b", ListDelimiter.PARENTHESES),
        ("b. a\nc. b", ListDelimiter.PERIOD),
        ("ii) a\niii) b", ListDelimiter.PARENTHESIS),
        ("(A) a\n(B) b", ListDelimiter.PARENTHESES),
        ("- a\n- b", ListDelimiter.PERIOD),
    ],
)
def test_lists_keep_what_stands_around_their_numbers(text, delimiter):
    (found,) = body(text)
    assert isinstance(found, List)
    assert found.delimiter is delimiter


def test_items_hold_several_blocks_and_know_their_lines():
    (found,) = body("a) x\n\n   y\n\nb) z\n   - v")
    assert isinstance(found, List)
    assert [[line(block) for block in item.children] for item in found.items] == [[1, 3], [5, 6]]
    assert not found.tight


def test_a_name_that_begins_with_a_letter_begins_no_list():
    assert all(isinstance(block, Paragraph) for block in body("A. Smith said so.\n\nI. Newton too.\n\nb. 1920"))


def test_a_list_in_letters_ends_where_another_block_stands():
    found = body("a) x\n\nwords\n\nb) y\nz)")
    assert [plain_text(block) for block in found] == ["x", "words", "b) y z)"]


def test_definition_lists_line_blocks_code_and_breaks():
    found = body("Term\n: one\n: two\n\n| verse\n|   indented\n\n```python\nx = 1\n```\n\n---\n\n\\newpage\n\nx")
    assert [type(block) for block in found] == [
        DefinitionList,
        LineBlock,
        CodeBlock,
        ThematicBreak,
        PageBreak,
        Paragraph,
    ]
    definitions, verse, code = found[:3]
    assert isinstance(definitions, DefinitionList)
    assert len(definitions.items[0].definitions) == 2
    assert isinstance(verse, LineBlock)
    assert [(line(part), part.indent) for part in verse.lines] == [(5, 0), (6, 2)]
    assert isinstance(code, CodeBlock)
    assert (code.text, code.syntax) == ("x = 1", "python")


def test_a_fence_whose_language_is_a_space_is_code():
    (code,) = body("~~~ &nbsp;\nx = 1\n~~~")
    assert isinstance(code, CodeBlock)
    assert (code.text, code.syntax) == ("x = 1", "")


def test_task_lists_stay_text():
    assert plain_text(body("- [ ] a\n- [x] b")) == "[ ] a [x] b"


@pytest.mark.parametrize(
    "text",
    [
        "> a\n>\n> — *Who*, where",
        "> a\n> — *Who*, where",
        "> a\n>\n> -- *Who*, where",
        "::: quote\na\n\n— *Who*, where\n:::",
    ],
)
def test_the_last_line_of_a_quotation_says_whose_it_is(text):
    (quote,) = body(text)
    assert isinstance(quote, Quote)
    assert plain_text(quote.attribution) == "Who, where"
    assert plain_text(quote.children) == "a"


@pytest.mark.parametrize("text", ["> —Sí.\n>\n> —No.", "> —Sí.", "> a\n> — and so on"])
def test_dialogue_and_dashes_are_no_attribution(text):
    (quote,) = body(text)
    assert isinstance(quote, Quote)
    assert quote.attribution == ()


@pytest.mark.parametrize("kind", list(AsideKind))
def test_a_fence_makes_an_aside(kind):
    (aside,) = body(f"::: {{.{kind.value} title='On top' #a}}\nx\n:::")
    assert isinstance(aside, Aside)
    assert (aside.kind, plain_text(aside.title), aside.at.id) == (kind, "On top", "a")


@pytest.mark.parametrize("fence", ["::: box On *top* $x$[^1]", '::: {.box title="On *top* $x$[^1]"}'])
def test_the_title_of_a_fence_may_have_emphasis_formulas_and_notes(fence):
    (aside,) = body(f"{fence}\nx\n:::\n\n[^1]: Note.")
    assert isinstance(aside, Aside)
    assert [type(part) for part in aside.title if not isinstance(part, Text)] == [Emphasis, Math, NoteReference]
    assert len(aside.children) == 1


@pytest.mark.parametrize(
    ("text", "kind", "title", "lines"),
    [
        ("> [!NOTE]\n> x\n>\n> y", "notice", "", [2, 4]),
        ("> [!danger]- On *pay*\n> x\n> - y", "warning", "On pay", [2, 3]),
        ("> [!important] Only a title", "notice", "Only a title", []),
        ("> [!custom]\n\n", "box", "", []),
        ("::: {.callout-tip}\n## On pay\nx\n:::", "box", "On pay", [3]),
        ('::: {.callout-warning title="On pay"}\nx\n:::', "warning", "On pay", [2]),
        ("::: tip On pay\nx\n:::", "box", "On pay", [2]),
        (":::note[On pay]\nx\n:::", "notice", "On pay", [2]),
        (":::{tip} On *pay*\n:class: dropdown\n:open:\nx\n:::", "box", "On pay", [4]),
        ("```{warning} On pay\n:class: x\nx\n\n- y\n```", "warning", "On pay", [3, 5]),
        ('!!! abstract "On pay"\n    x\n\n    y', "summary", "On pay", [2, 4]),
        ("??? note\n    x", "notice", "", [2]),
    ],
)
def test_callouts_of_other_programs_are_asides(text, kind, title, lines):
    aside, after = body(f"{text}\n\nAfter.")
    assert isinstance(aside, Aside)
    assert (aside.kind, plain_text(aside.title)) == (kind, title)
    assert [line(block) for block in aside.children] == lines
    assert plain_text(after) == "After."


@pytest.mark.parametrize("text", ["> [!not a callout] x", "> [a]: b", "!!! nothing\n    x"])
def test_what_only_looks_like_a_callout_is_none(text):
    assert not any(isinstance(block, Aside) for block in body(text))


@pytest.mark.parametrize("block", ["```{note}\n  inside", '<div markdown="1">\n  inside'])
@pytest.mark.parametrize("after", ["outside", "```\ncode\n```\n\n</div>\n\noutside"])
def test_a_block_that_a_list_item_does_not_close_ends_with_it(block, after):
    listed, *others = md(f"- {block}\n\n{after}\n").publication.body
    assert isinstance(listed, List)
    assert plain_text(listed) == "inside"
    assert plain_text(others[-1]) == "outside"


@pytest.mark.parametrize(
    "text",
    [
        "<div markdown=1>\n::: tip\na\n:::\nb\n</div>\n\nc",
        "<aside markdown=1>\n\n```html\n</aside>\n```\na\n\nb\n</aside>\n\nc",
        "::: tip\n<div markdown=1>\na\n\nb\n</div>\n:::\nc",
    ],
)
def test_an_element_ends_with_its_end_tag_alone(text):
    reading = md(text)
    assert not reading.findings
    assert " ".join(plain_text(block) for block in reading.publication.body) == "a b c"


@pytest.mark.parametrize(
    "text",
    [
        r"\[[sic]] \[\[sic\]\]",
        r"\{{name}}, \{% x %}, \==no==, \@fig-one, \%%x%%, \[@who2025]",
        "from 10%% to 20%%, [@OpenRecord] and `[[code]]`, [@who2025](https://example.org/)",
    ],
)
def test_what_is_meant_to_be_read_is_no_markup_of_another_program(text):
    assert not md(text).findings


@pytest.mark.parametrize("value", ["markdown=1", 'class="x" markdown="1"', "markdown='block' id=a"])
def test_the_content_of_an_element_may_be_markdown(value):
    text = (
        f"<aside {value}>\n<b>a</b> *b*\n<p markdown='1'>\n[c](https://example.org/)\n</p>\n\n- d\n</aside>\n\nAfter."
    )
    aside, after = body(text)
    assert isinstance(aside, Aside)
    assert [(plain_text(block), line(block)) for block in aside.children] == [("a b", 2), ("c", 4), ("d", 7)]
    assert plain_text(after) == "After."


@pytest.mark.parametrize(
    "text", ["<aside>\n*a*\n</aside>", "<aside markdown=0>\n*a*\n</aside>", "<p markdown=1>*a*</p>"]
)
def test_the_content_of_other_elements_is_html(text):
    assert plain_text(body(text)[0]) == "*a*"


def test_fences_nest_and_a_language_goes_to_the_blocks_inside():
    (aside,) = body("::: aside\n::: {lang=es}\nhola\n\n- a\n:::\n\nx\n:::")
    assert isinstance(aside, Aside)
    assert [block.at.language for block in aside.children] == ["es", "es", None]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("::: aside\nx", "fence-unclosed"),
        (":::", "fence-stray"),
        ("::: nonsense\nx\n:::", "fence-unknown"),
        ("::: {.aside\nx\n:::", "attributes-unreadable"),
        ("::: description\nx\n:::", "description-misplaced"),
        ("Table: alone", "caption-misplaced"),
        ("|a|b|\n|c|d|", "table-unreadable"),
        ("<div>\n\nx", "html-unclosed"),
        ("</div>\n\nx", "html-unclosed"),
        ("<video src=x></video>", "media-left-out"),
        ("<canvas></canvas>", "html-dropped"),
        ("<blink><p>x</p></blink>", "html-unknown"),
        ("$$\nx", "math-unreadable"),
        ("a\x0cb", "character-removed"),
    ],
)
def test_what_cannot_be_taken_as_written_is_a_finding_with_its_line(text, finding):
    text = f"w\n\n{text}"
    assert (finding, 3) in rules(text)


@pytest.mark.parametrize("text", ["::: aside\nx", "::: nonsense\nx\n:::", "::: description\nx\n:::", "<div>\n\nx"])
def test_what_a_broken_block_holds_is_kept(text):
    assert plain_text(md(f"w\n\n{text}").publication.body) == "w x"


def test_a_description_belongs_to_the_figure_or_table_above():
    figure = first("![a](b.png)\n\n::: description\nOne.\n\nTwo.\n:::", Figure)
    assert [line(block) for block in figure.description] == [4, 6]
    table = first("|a|\n|-|\n|b|\n\nTable: c\n\n::: description\nd\n:::", Table)
    assert plain_text(table.description) == "d"


def test_html_blocks_become_the_same_nodes():
    text = (
        '<div lang="es">\n\nHola *a*\n\n</div>\n\n<ul><li>x</li></ul>\n\n<blockquote>q</blockquote>\n\n'
        '<p id="p">One<br>two</p>\n\n<div style="page-break-before: always"></div>\n\n<!-- nothing -->\n\n<hr>'
    )
    found = body(text)
    assert [type(block) for block in found] == [Paragraph, List, Quote, Paragraph, PageBreak, ThematicBreak]
    assert found[0].at.language == "es"
    assert [line(block) for block in found] == [3, 7, 9, 11, 13, 17]


@pytest.mark.parametrize("name", ["ul", "ol"])
def test_an_html_list_with_empty_lines_is_one_list(name):
    text = (
        f'<{name} class="x">\n\n<li><a\nhref="https://example.org/">One</a>\n</li>\n\n<li>Two</li>\n\n</{name}>\n\nEnd'
    )
    found, end = body(text)
    assert [plain_text(item) for item in found.items] == ["One", "Two"]
    assert (plain_text(end), line(end), rules(text)) == ("End", 11, [])


def test_definitions_in_html_with_empty_lines_are_one_list():
    found = first("<dl>\n\n<dt>Remand</dt>\n\n<dd>Detention before a trial.</dd>\n\n</dl>", DefinitionList)
    assert plain_text(found) == "Remand Detention before a trial."


def test_markdown_between_the_tags_of_an_html_list_stays_markdown():
    (paragraph,) = md("<ul>\n<li>\n\nSome *words*.\n\n</li>\n</ul>").publication.body
    assert type(paragraph.children[1]) is Emphasis


@pytest.mark.parametrize(
    "before",
    ["> <ul>\n\nText.\n\n", "<ul>\n<li>\n\n", "<ul>\n<li>\n\nText.\n\n"],
    ids=["in a quote", "open", "open, with Markdown"],
)
def test_an_open_list_takes_nothing_from_the_next_one(before):
    found = md(f"{before}<ul>\n\n<li>One</li>\n\n<li>Two</li>\n\n</ul>").publication.body
    assert ["One", "Two"] in [
        [plain_text(item) for item in node.items] for node in walk(found) if isinstance(node, List)
    ]


@pytest.mark.parametrize("end", ["Text.\n\n</ul>", "", "</ul>"])
def test_lines_of_html_lists_inside_each_other_are_searched_a_few_times_only(monkeypatch, end):
    counted = Mock(side_effect=html_elements.line_text)
    monkeypatch.setattr(html_elements, "line_text", counted)
    text = "<ul>\n\n<li>\n\n" * 30 + end
    parse_tokens(text, FindingCollector("m.md"))
    assert counted.call_count <= 3 * text.count("\n")


@pytest.mark.parametrize("title", ["![](a.png){.decorative}", "<br>", "[]{#top}", "&nbsp;"])
def test_a_heading_that_says_nothing_is_left_out_and_told(title):
    found = md(f"# One\n\nText.\n\n## {title}\n\nText.")
    assert [(finding.rule, finding.source.line) for finding in found.findings] == [("heading-empty", 5)]


@pytest.mark.parametrize("title", ["![A gavel.](a.png)", "$x$", "`x`"])
def test_a_picture_or_formula_can_be_a_heading(title):
    assert rules(f"# One\n\nText.\n\n## {title}\n\nText.") == []
