"""The markup: every node, well-formed, escaped, with the semantics that reading software needs."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.labels import Labels
from exporter.validate.lint import lint
from exporter.writers.markup.block import Markup
from exporter.writers.markup.links import may_be_followed
from exporter.writers.markup.options import MathStyle, NoteStyle
from tests import trees
from tests.trees import examples
from tests.write_context import STYLES
from tests.writers import sample

LABELS = Labels.load(STYLES, "en")


def markup(
    *body: m.Block, notes: tuple[m.Note, ...] = (), assets: tuple[m.Asset, ...] = (), **options: object
) -> Markup:
    publication = m.Publication(m.Metadata(language="en"), body=body, notes=notes, assets=assets)
    return Markup(publication, LABELS, href=lambda name: f"pictures/{name}", **options)


def parse(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<body xmlns:epub="ops">{text}</body>')


def made(*body: m.Block, **options: object) -> ElementTree.Element:
    writer = markup(*body, **options)
    return parse(writer.blocks(writer.publication.body))


def first(root: ElementTree.Element, path: str) -> ElementTree.Element:
    found = root.find(path)
    assert found is not None, (path, ElementTree.tostring(root, "unicode"))
    return found


def test_a_box_is_text_and_in_the_place_of_a_bullet_only() -> None:
    items = tuple(m.ListItem((m.Paragraph((m.Text(words),)),)) for words in ("☐ Yes", "No ☐"))
    bulleted, numbered = made(m.List(items), m.List(items, m.ListStyle.DECIMAL))
    assert (
        ElementTree.tostring(bulleted[0], "unicode").strip()
        == '<li class="signed"><span class="sign">☐</span> Yes</li>'
    )
    assert [item.get("class") for item in (*bulleted, *numbered)] == ["signed", None, None, None]


@pytest.mark.parametrize(
    ("style", "classes"),
    [
        (NoteStyle.PAGE, ["noteref-mark", "noteref-mark next", "noteref-mark"]),
        (NoteStyle.DOCUMENT, ["noteref-mark"] * 3),
    ],
)
def test_a_note_reference_keeps_a_distance_from_one_before_it_on_the_page(style: NoteStyle, classes: list[str]) -> None:
    notes = tuple(m.Note(name, (sample.p("A note."),)) for name in "abc")
    first = m.NoteReference("a")
    for before in (first, m.Emphasis((m.Text("word"), first)), m.Link((m.Strong((first,)), m.Text("word")), "#x")):
        text = sample.p(before, m.NoteReference("b"), "and", m.NoteReference("c"))
        writer = Markup(m.Publication(m.Metadata(), body=(text,), notes=notes), LABELS, href=str, notes=style)
        root = parse(writer.blocks((text,)))
        assert [mark.get("class") for mark in root.iter("sup")] == classes


@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck))
@given(trees.PUBLICATIONS)
def test_any_tree_gives_well_formed_xml_in_every_style(publication: m.Publication) -> None:
    for notes in NoteStyle:
        writer = Markup(publication, LABELS, href=lambda name: name, notes=notes, epub=True)
        parse(writer.blocks(publication.front + publication.body) + "".join(map(writer.note, publication.notes)))


def test_what_means_something_to_xml_is_escaped_in_text_and_attributes() -> None:
    words = '<script>alert("1")</script> & \x0b\ud7ff'
    picture = m.Image("a.png", m.Described(words))
    root = made(sample.p(words, picture))
    assert root.find(".//script") is None
    assert "".join(first(root, "p").itertext()) == words.replace("\x0b", "\ufffd")
    assert first(root, ".//img").get("alt") == words.replace("\x0b", "\ufffd")


def test_only_void_elements_close_themselves_so_that_html_parsers_read_the_same_tree() -> None:
    writer = markup(m.PageBreak(), m.ThematicBreak(), sample.p(), m.Paragraph((m.LineBreak(),)))
    text = writer.blocks(writer.publication.body)
    assert "<hr/>" in text
    assert "<br/>" in text
    assert '<div class="page-break"></div>' in text
    assert "<p></p>" in text


def test_the_level_of_a_heading_is_its_depth_and_goes_on_beyond_six() -> None:
    node: m.Block = sample.p("deep")
    for level in range(8, 0, -1):
        node = sample.section(f"s{level}", f"Level {level}", node)
    root = made(node)
    levels = [(e.tag, e.get("aria-level")) for e in root.iter() if e.tag in {f"h{n}" for n in range(1, 7)}]
    assert levels == [
        ("h1", None),
        ("h2", None),
        ("h3", None),
        ("h4", None),
        ("h5", None),
        ("h6", None),
        ("h6", "7"),
        ("h6", "8"),
    ]


@pytest.mark.parametrize(
    ("alt", "attributes"),
    [
        (m.Described("A door"), {"alt": "A door", "role": None}),
        (m.Decorative(), {"alt": "", "role": "presentation"}),
        (m.Undescribed(), {"alt": None, "role": None}),
    ],
)
def test_a_picture_says_what_was_said_about_it_and_nothing_more(alt: m.Alt, attributes: dict[str, str | None]) -> None:
    picture = first(made(m.Figure((m.Image("a.png", alt),))), "figure/img")
    assert {name: picture.get(name) for name in attributes} == attributes
    assert picture.get("src") == "pictures/a.png"


@pytest.mark.parametrize(
    ("alt", "caption", "role"),
    [
        (m.Decorative(), (), "presentation"),
        (m.Decorative(), (m.Text("What stands below it"),), None),
        (m.Described("A stairway"), (), None),
    ],
)
def test_an_ornament_alone_is_no_figure_to_a_screen_reader(alt: m.Alt, caption: m.Inlines, role: str | None) -> None:
    figure = first(made(m.Figure((m.Image("a.png", alt),), caption)), "figure")
    assert figure.get("role") == role


def test_a_long_description_is_tied_to_its_picture() -> None:
    figure = m.Figure(
        (m.Image("a.png", m.Described("x")),), (m.Text("Caption"),), (sample.p("Long."),), at=m.At(id="f")
    )
    root = made(figure)
    name = first(root, "figure/img").get("aria-details")
    assert first(root, "details").get("id") == name == "f-description"
    assert [e.tag for e in first(root, "details")] == ["summary", "p"]
    assert first(root, "figure/figcaption").text == "Caption"


def test_language_and_direction_stand_on_the_element_and_in_xml_too_for_epub() -> None:
    words = m.Span((m.Text("حق"),), at=m.At(language="ar", direction=m.Direction.RTL))
    span = first(made(m.Paragraph((words,)), epub=True), "p/span")
    assert (span.get("lang"), span.get("dir")) == ("ar", "rtl")
    assert span.get("xml:lang") or span.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert "{http://www.w3.org/XML/1998/namespace}lang" not in first(made(m.Paragraph((words,))), "p/span").attrib


def test_a_picture_has_the_size_that_the_manuscript_sets_in_proportion() -> None:
    assets = (m.Asset("a.png", "0" * 64, "image/png", 1200, 600),)
    image = m.Image("a.png", m.Described("x"))
    for width, size in ((None, ("1200", "600")), (30.0, ("113", "57"))):
        writer = markup(m.Figure((msgspec.structs.replace(image, width=width),)), assets=assets)
        found = first(parse(writer.blocks(writer.publication.body)), "figure/img")
        assert (found.get("width"), found.get("height")) == size


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "java\nscript:x"],
)
def test_a_link_that_runs_or_reads_something_becomes_its_words_and_a_finding(target: str) -> None:
    writer = markup(m.Paragraph((m.Link((m.Text("here"),), target, at=m.At(source=m.Source("a.md", 7))),)))
    text = writer.blocks(writer.publication.body)
    assert text == "<p>here</p>"
    assert [(f.rule, str(f.source)) for f in writer.findings] == [("link-refused", "a.md:7")]


@pytest.mark.parametrize("target", ["other.html", "//host/x", "annexes/a b.pdf"])
def test_a_link_to_a_file_becomes_its_words_and_only_the_manuscript_has_a_finding(target: str) -> None:
    link = m.Link((m.Text("here"),), target)
    writer = markup(m.Paragraph((link,)))
    assert writer.blocks(writer.publication.body) == "<p>here</p>"
    assert writer.findings == []
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(m.Paragraph((link,)),))
    assert "link-local" in [finding.rule for finding in lint(publication)]


@pytest.mark.parametrize("target", ["https://example.org/?a=1&b=2", "mailto:a@example.org", "tel:+52551234", "#there"])
def test_a_link_to_a_page_an_address_or_a_place_stays(target: str) -> None:
    link = first(made(m.Paragraph((m.Link((m.Text("x"),), target),)), sample.section("there", "There")), "p/a")
    assert link.get("href") == target


def test_a_link_to_nowhere_in_the_publication_is_no_link() -> None:
    assert made(m.Paragraph((m.Link((m.Text("x"),), "#gone"),))).find("p/a") is None


def test_links_never_stand_inside_links_and_the_mark_of_a_note_stands_behind() -> None:
    note = m.Note(id="n", children=(sample.p("Note."),))
    link = m.Link(
        (m.Text("a "), m.Link((m.Text("b"),), "https://b.example/"), m.NoteReference("n")), "https://a.example/"
    )
    root = made(m.Paragraph((link,)), notes=(note,))
    assert [a.get("href") for a in root.iter("a")] == ["https://a.example/", "#note-1"]
    assert first(root, "p/sup/a").get("role") == "doc-noteref"


def test_a_note_leads_back_to_each_place_that_refers_to_it() -> None:
    notes = (m.Note(id="n", children=(sample.p("One."), sample.p("Two."))),)
    writer = markup(sample.p(m.NoteReference("n")), sample.p(m.NoteReference("n")), notes=notes, epub=True)
    text = parse(writer.blocks(writer.publication.body))
    marks = [a.get("id") for a in text.iter("a")]
    note = first(parse(writer.note(notes[0])), "aside")
    assert note.get("role") == "doc-footnote"
    assert note.get("{ops}type") == "footnote"
    assert [a.get("href") for a in note.iter("a")] == [f"#{name}" for name in marks] == ["#ref-1", "#ref-1-2"]
    assert {a.get("href") for a in text.iter("a")} == {f"#{note.get('id')}"}
    assert all(a.get("aria-label") for a in note.iter("a"))


def test_on_pages_a_note_stands_at_its_first_reference_only() -> None:
    notes = (m.Note(id="n", children=(sample.p("One.", m.NoteReference("n")),)),)
    publication = m.Publication(
        m.Metadata(), body=(sample.p(m.NoteReference("n")), sample.p(m.NoteReference("n"))), notes=notes
    )
    writer = Markup(publication, LABELS, href=str, notes=NoteStyle.PAGE)
    root = parse(writer.blocks(publication.body))
    assert len(root.findall(".//aside")) == 1
    assert root.findall("p")[0].find("aside") is not None


def test_a_note_of_a_caption_or_a_quotation_stands_before_those_of_what_follows() -> None:
    first, second = m.NoteReference("a"), m.NoteReference("b")
    caption, after = (m.Text("Caption"), first), (sample.p("After.", second, first),)
    cells = (m.Row((m.Cell(after),)),)
    blocks = (
        m.Figure((m.Image("a.png", m.Decorative()),), caption, after),
        m.Table((m.Column(),), bodies=(cells,), caption=caption),
        m.Aside((sample.p("Said.", first), sample.p("— Somebody", second, first)), m.AsideKind.PULL_QUOTE),
    )
    notes = tuple(m.Note(name, (sample.p("A note."),), at=m.At(id=name)) for name in ("a", "b"))
    for block in blocks:
        writer = Markup(m.Publication(m.Metadata(), (), (block,), notes), LABELS, href=str, notes=NoteStyle.PAGE)
        assert [note.get("id") for note in parse(writer.blocks((block,))).iterfind(".//aside[@class='footnote']")] == [
            "a",
            "b",
        ]


def test_words_given_a_second_time_have_no_identifiers_links_or_notes() -> None:
    notes = (m.Note(id="n", children=(sample.p("x"),)),)
    title = (m.Link((m.Emphasis((m.Text("T"),), at=m.At(id="e")),), "https://a.example/"), m.NoteReference("n"))
    writer = markup(m.Section(title, ()), notes=notes)
    assert writer.label(title) == "<em>T</em>"


def test_the_alt_text_of_a_picture_is_no_part_of_the_word_beside_it() -> None:
    picture = m.Image("a.png", m.Described("A logo"))
    assert markup().label((m.Link((picture, m.Text("Words")), "https://a.example/"),)) == "A logo Words"


def test_every_node_that_a_link_can_point_at_carries_its_identifier() -> None:
    at = m.At(id="here")
    inlines = (
        m.Text("x", at=at),
        m.Math(sample.MATHML, at=at),
        m.LineBreak(at=at),
        m.Code("x", at=at),
        m.Span((), at=at),
    )
    for node in inlines:
        assert first(made(m.Paragraph((node,))), "p//*[@id='here']") is not None
    item = m.DefinitionItem((m.Term(()),), (), at=at)
    link = m.Paragraph((m.Link((m.Text("x"),), "#here"),))
    assert first(made(m.DefinitionList((item,)), link), "dl/dt/span").get("id") == "here"


def test_lists_say_how_they_count_and_tight_items_have_no_paragraph() -> None:
    items = (m.ListItem((sample.p("one"),)), m.ListItem((sample.p("two"), m.List((m.ListItem((sample.p("in"),)),)))))
    root = made(m.List(items, m.ListStyle.UPPER_ROMAN, 4), m.List(items, tight=False))
    ordered = first(root, "ol")
    assert (ordered.get("type"), ordered.get("start")) == ("I", "4")
    assert first(ordered, "li").text == "one"
    assert first(ordered, "li[2]/ul/li").text == "in"
    assert first(root, "ul/li/p").text == "one"


def test_lists_say_what_stands_around_their_numbers() -> None:
    items = (m.ListItem((sample.p("one"),)),)
    around = m.ListDelimiter
    root = made(*(m.List(items, m.ListStyle.DECIMAL, delimiter=each, tight=each is around.PERIOD) for each in around))
    assert [each.get("class") for each in root.iter("ol")] == [
        None,
        "loose parenthesis-decimal",
        "loose parentheses-decimal",
    ]


def test_definition_lists_keep_terms_and_meanings() -> None:
    item = m.DefinitionItem((m.Term((m.Text("a"),)), m.Term((m.Text("b"),))), (m.Definition((sample.p("meaning"),)),))
    assert [(e.tag, e.text) for e in first(made(m.DefinitionList((item,))), "dl")] == [
        ("dt", "a"),
        ("dt", "b"),
        ("dd", "meaning"),
    ]


def test_a_quote_names_who_said_it() -> None:
    footer = first(made(m.Quote((sample.p("Words."),), (m.Text("A witness"),))), "blockquote/footer")
    assert "".join(footer.itertext()) == "— A witness"
    assert first(footer, "cite").text == "A witness"


def test_a_box_has_a_name_and_a_warning_says_so_in_words() -> None:
    named = made(m.Aside((sample.p("x"),), m.AsideKind.BOX, (m.Text("Costs"),), at=m.At(id="b")))
    assert first(named, "aside").get("aria-labelledby") == first(named, "aside/p").get("id") == "b-title"
    warning = made(m.Aside((sample.p("x"),), m.AsideKind.WARNING))
    assert first(warning, "aside").get("aria-label") == first(warning, "aside/p").text == "Warning"
    pulled = first(made(m.Aside((sample.p("x"),), m.AsideKind.PULL_QUOTE)), "aside")
    assert pulled.get("role") == "doc-pullquote"


def test_a_transcript_tells_name_role_and_scene_apart() -> None:
    turns = (
        m.Turn(m.Speaker("“Ana”", "judge"), (sample.p("Yes."),)),
        m.Turn(m.Speaker("Bo"), ()),
        m.Cue((m.Text("Rain"),)),
    )
    root = first(made(m.Transcript(turns)), "div")
    assert (root.get("role"), root.get("aria-label")) == ("group", "Transcript")
    speakers = root.findall("div/p[@class='speaker']")
    assert ["".join(p.itertext()) for p in speakers] == ["“Ana”, judge", "Bo"]
    assert first(speakers[0], "span[@class='role']").text == "judge"
    assert first(root, "p[@class='cue'][@role='note']").text == "Rain"


def test_a_printed_page_mark_has_its_role_and_name() -> None:
    mark = first(made(m.PageBreak("xii"), epub=True), "div")
    assert (mark.get("role"), mark.get("{ops}type"), mark.get("aria-label")) == (
        "doc-pagebreak",
        "pagebreak",
        "Page xii",
    )


def test_formulas_are_mathml_with_their_source_beside_them() -> None:
    formula = first(made(m.MathBlock(sample.MATHML, "n/N")), "div/{http://www.w3.org/1998/Math/MathML}math")
    assert formula.get("alttext") == "n/N"
    assert formula.find("{http://www.w3.org/1998/Math/MathML}mfrac") is not None


def test_formulas_can_be_drawn_on_the_base_line_with_a_name() -> None:
    drawing = first(
        made(sample.p(m.Math(sample.MATHML, "n/N")), maths=MathStyle.SVG), "p/{http://www.w3.org/2000/svg}svg"
    )
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "n/N")
    assert "vertical-align:-" in (drawing.get("style") or "")
    assert drawing.find(".//{http://www.w3.org/2000/svg}path") is not None


def test_a_formula_with_hyphens_is_drawn_whole_and_with_signs_of_minus() -> None:
    def paths(sign: str) -> list[str | None]:
        signs = f"<mi>a</mi><mo>=</mo><mrow><mi>b</mi></mrow><mo>{sign}</mo><mi>c</mi><mo>+</mo><mn>{sign}4</mn>"
        source = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{signs}</math>'
        root = made(sample.p(m.Math(source)), maths=MathStyle.SVG)
        return [path.get("d") for path in root.iter("{http://www.w3.org/2000/svg}path")]

    assert len(paths("-")) == len("a=b-c+-4")
    assert paths("-") == paths("\u2212")


def test_a_formula_that_cannot_be_drawn_is_in_words_and_never_in_mathml() -> None:
    source = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>\u60c5</mi></math>'
    root = made(sample.p(m.Math(source)), maths=MathStyle.SVG, name_formula=lambda _: "D sub i")
    assert first(root, "p").text == "D sub i"
    root = made(sample.p(m.Math(source, "D_i")), maths=MathStyle.SVG, name_formula=lambda _: "D sub i")
    assert first(root, "p/code").text == "D_i"


def test_a_drawn_formula_is_named_in_words_where_they_are_given() -> None:
    block = m.MathBlock(sample.MATHML, r"\frac{n}{N}")
    root = made(block, maths=MathStyle.SVG, name_formula=lambda formula: f"{formula.tex[1:5]} in words")
    assert first(root, ".//{http://www.w3.org/2000/svg}svg").get("aria-label") == "frac in words"


@pytest.mark.parametrize(
    "inside",
    [
        '<mi onclick="x()" href="javascript:x" style="a">x</mi>',
        '<mi>x</mi><script xmlns="http://www.w3.org/1999/xhtml">1</script>',
        '<maction actiontype="x"><mi>x</mi></maction><mi>x</mi>',
    ],
)
def test_nothing_but_mathml_comes_through_a_formula(inside: str) -> None:
    source = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inside}</math>'
    formula = first(made(sample.p(m.Math(source, "x"))), "p/{http://www.w3.org/1998/Math/MathML}math")
    for node in formula.iter():
        assert node.tag.rpartition("}")[2] in {"math", "mi"}
        assert set(node.attrib) <= {"alttext"}


def test_a_formula_with_entities_is_given_as_its_source() -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a "aaaa">]><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>&a;</mi></math>'
    writer = markup(sample.p(m.Math(bomb, "x^2")))
    assert writer.blocks(writer.publication.body) == "<p><code>x^2</code></p>"
    assert [finding.rule for finding in writer.findings] == ["not-carried"]


Maker = Callable[[tuple[m.Inline, ...]], m.Inline]


@pytest.mark.parametrize(
    ("make", "tag"),
    [
        (m.Emphasis, "em"),
        (m.Strong, "strong"),
        (m.Strikethrough, "s"),
        (m.Superscript, "sup"),
        (m.Subscript, "sub"),
        (m.Quotation, "q"),
    ],
)
def test_inlines_become_the_elements_that_mean_them(make: Maker, tag: str) -> None:
    assert first(made(m.Paragraph((make((m.Text("x"),)),))), f"p/{tag}").text == "x"


def test_an_abbreviation_says_what_it_stands_for() -> None:
    assert (
        first(made(m.Paragraph((m.Abbreviation("UN", "United Nations"),))), "p/abbr").get("title") == "United Nations"
    )


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org", True),
        ("https://user@example.org:8080/a?b=c#d", True),
        ("https://xn--bcher-kva.example/ü", True),
        ("http://[2001:db8::1]/", True),
        ("mailto:a@example.org", True),
        ("https://[", False),
        ("https://%5B", False),
        ("http://:99999/", False),
        ("https:///path", False),
        ("javascript:alert(1)", False),
    ],
)
def test_an_address_that_names_no_host_is_no_link(address: str, followed: bool) -> None:
    assert may_be_followed(address) is followed


def test_no_white_space_between_picture_and_caption_becomes_an_empty_paragraph_on_a_page() -> None:
    figure = m.Figure((m.Image("a.png", m.Described("A door")),), caption=(m.Text("Ours"),))
    picture = first(made(figure), "figure/img")
    assert picture.tail is None


def test_a_heading_that_is_a_formula_alone_has_a_name() -> None:
    formula = m.Math(sample.MATHML, "n/N")
    alone = m.Section((formula,), (sample.p("text"),))
    among = m.Section((m.Text("Rate "), formula), (sample.p("text"),))
    root = made(alone, among, name_formula=lambda _: 'n "over" N')
    names = [element.get("aria-label") for element in root.iter("{http://www.w3.org/1998/Math/MathML}math")]
    assert names == ['n "over" N', None]
    assert 'aria-label="n &quot;over&quot; N"' in markup(name_formula=lambda _: 'n "over" N').label((formula,))
