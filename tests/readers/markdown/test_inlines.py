from __future__ import annotations

import pytest
from lxml import etree

from exporter.model import (
    Abbreviation,
    Code,
    Decorative,
    Described,
    Direction,
    Emphasis,
    Figure,
    Image,
    LineBreak,
    Link,
    Math,
    MathBlock,
    NoteReference,
    Paragraph,
    Quotation,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Undescribed,
)
from exporter.model.walk import plain_text, walk
from tests.readers.markdown.reading import body, first, line, md, rules


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("*x*", Emphasis),
        ("**x**", Strong),
        ("~~x~~", Strikethrough),
        ("H~2~O", Subscript),
        ("m^2^", Superscript),
        ("`x`", Code),
        ("<https://example.org>", Link),
        ("[x]{lang=es}", Span),
        ("a\\\nb", LineBreak),
        ("$x$", Math),
        ("<em>x</em>", Emphasis),
        ("<i>x</i>", Emphasis),
        ("<b>x</b>", Strong),
        ("<q>x</q>", Quotation),
        ("<s>x</s>", Strikethrough),
        ("<sup>x</sup>", Superscript),
        ("<sub>x</sub>", Subscript),
        ("<code>x</code>", Code),
        ('<bdi dir="rtl">x</bdi>', Span),
        ("a<br>b", LineBreak),
        ('a <img src="x.png" alt="y"> b', Image),
    ],
)
def test_each_mark_becomes_its_node(written, kind):
    assert any(isinstance(node, kind) for node in walk(body(written)))


def test_a_passage_carries_its_language_direction_and_id():
    span = first("Das [هذا]{#p lang=ar dir=rtl} hier", Span)
    assert (span.at.id, span.at.language, span.at.direction) == ("p", "ar", Direction.RTL)


def test_an_invalid_language_is_kept_for_the_lint():
    assert first("[x]{lang=spanisch}", Span).at.language == "spanisch"


def test_typographic_characters_stay_as_written():
    assert plain_text(body("\"a\" -- b... 'c'")) == "\"a\" -- b... 'c'"


def test_nodes_inside_a_paragraph_know_their_own_line():
    text = "a\nb *c*\n`d\ne` [f](g)\n![h](i.png)"
    found = {type(node).__name__: line(node) for node in walk(body(text)) if not isinstance(node, Text)}
    assert found == {"Paragraph": 1, "Emphasis": 2, "Code": 3, "Link": 4, "Image": 5}


def test_sums_of_money_are_not_formulas():
    assert plain_text(body("It cost $20,000 and $30,000 or 5$ and 6$.")) == "It cost $20,000 and $30,000 or 5$ and 6$."


def test_a_formula_keeps_its_tex():
    formula = first("$\\frac{n}{N}$", Math)
    assert formula.tex == "\\frac{n}{N}"
    assert formula.mathml.startswith("<math")
    assert "<mfrac>" in formula.mathml


@pytest.mark.parametrize("text", ["$$x^2$$", "$$\nx^2\n$$", "$$ x\n- 2 $$"])
def test_a_formula_of_its_own_is_a_block(text):
    (block,) = body(text)
    assert isinstance(block, MathBlock)
    assert 'display="block"' in block.mathml


@pytest.mark.parametrize("environment", ["aligned", "gathered", "multline*", "split"])
def test_lines_of_a_formula_are_rows(environment):
    formula = first(f"$\\begin{{{environment}}} a = b \\\\ c = d \\end{{{environment}}}$", Math)
    assert etree.fromstring(formula.mathml).tag.endswith("math")
    assert formula.mathml.count("<mtr>") == 2


@pytest.mark.parametrize("tex", ["a & b", "\\frac{a", "\\left( x", "\\doesnotexist x", "x^"])
def test_broken_tex_is_kept_as_code_with_a_finding(tex):
    assert rules(f"a\n\nb ${tex}$") == [("math-unreadable", 3)]
    assert first(f"b ${tex}$", Code).text == tex


def test_an_abbreviation_is_found_wherever_it_stands():
    text = "## UN\n\nThe UN and UNICEF, **UN**.\n\n*[UN]: United Nations\n*[UNICEF]: United Nations Children’s Fund"
    found = [(node.text, node.expansion) for node in walk(md(text).publication) if isinstance(node, Abbreviation)]
    assert found == [
        ("UN", "United Nations"),
        ("UN", "United Nations"),
        ("UNICEF", "United Nations Children’s Fund"),
        ("UN", "United Nations"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See A/HRC/52/30 of the HRC.", ["HRC"]),
        ("(CED/C/MEX/VR/1), CED/HRC", ["CED", "HRC"]),
        ("Article 24/HRC", ["HRC"]),
        ("office@HRC.example, see https://example.org/HRC.", []),
    ],
)
def test_the_symbol_of_a_document_and_an_address_hold_no_abbreviation(text, found):
    made = md(f"{text}\n\n*[HRC]: Human Rights Council\n*[CED]: Committee on Enforced Disappearances").publication
    assert [node.text for node in walk(made) if isinstance(node, Abbreviation)] == found


@pytest.mark.parametrize("text", ['[UN]{abbr="United Nations"}', '<abbr title="United Nations">UN</abbr>'])
def test_an_abbreviation_says_what_it_stands_for_in_place(text):
    found = first(text, Abbreviation)
    assert (found.text, found.expansion) == ("UN", "United Nations")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("[a]{lang=es", "attributes-unreadable"),
        ("[a]{lang=“es”}x[b]{lang='es}", "attributes-unreadable"),
        ("![a](b.png){alt=“c”", "attributes-unreadable"),
        ("# A {#b .c\n\nx", "attributes-unreadable"),
        ("*a*{lang=es}", "attributes-unattached"),
        ("a {.b}", "attributes-unattached"),
        ("[a]{.b}", "attribute-unknown"),
        ("[a]{width=3}", "attribute-unknown"),
        ("[a]{dir=up}", "attribute-unknown"),
        ("a[^1]", "note-missing"),
        ("[a](javascript:b)", "link-unsafe"),
        ("![a](my file.png)", "link-unreadable"),
        ("![a][missing]", "link-unreadable"),
        ("[a](https://example.org/a b)", "link-unreadable"),
        ("<a href='javascript:b'>c</a>", "link-unsafe"),
        ("a <b>c", "html-unclosed"),
        ("a </b>c", "html-unclosed"),
        ("a <blink>c</blink>", "html-unknown"),
        ("a <u>c</u>", "html-unknown"),
        ("a <script>c</script>", "html-dropped"),
        ("a <?php ?>", "html-dropped"),
        ("a <abbr>b</abbr>", "abbreviation-unreadable"),
        ("a ![b](c.png 'd') e", "caption-misplaced"),
    ],
)
def test_what_cannot_be_taken_as_written_is_a_finding_with_its_line(text, finding):
    assert (finding, 3) in rules(f"x\n\n{text}")


def test_words_of_a_refused_link_and_of_unknown_html_stay():
    assert plain_text(md("[a](javascript:b) <blink>c</blink> <b>d").publication.body) == "a c d"


def test_escaped_brackets_are_plain_words():
    assert plain_text(body("\\[a](b c) [sic] a[1] (b)")) == "[a](b c) [sic] a[1] (b)"


def test_braces_in_plain_words_are_plain_words():
    assert plain_text(body("The set {1, 2} and {x}.")) == "The set {1, 2} and {x}."


def test_notes_have_several_blocks_and_stand_in_line_too():
    result = md("a[^long] b^[in *line*]\n\n[^long]: one\n\n    two\n\n    - three")
    assert result.findings == ()
    marks = [node.note for node in walk(result.publication.body) if isinstance(node, NoteReference)]
    notes = {note.id: note for note in result.publication.notes}
    assert [len(notes[mark].children) for mark in marks] == [3, 1]
    assert [line(block) for block in notes[marks[0]].children] == [3, 5, 7]


def test_an_unreferenced_note_is_kept_and_a_second_one_is_a_finding():
    result = md("a\n\n[^1]: b\n\n[^1]: c")
    assert [plain_text(note) for note in result.publication.notes] == ["b", "c"]
    assert [(finding.rule, finding.source.line) for finding in result.findings] == [("note-duplicate", 5)]


@pytest.mark.parametrize(
    ("written", "alt", "caption"),
    [
        ("![alt](a.png)", Described("alt"), ""),
        ("![a *b*](a.png)", Described("a b"), ""),
        ('![alt](a.png "caption")', Described("alt"), "caption"),
        ('![caption *x*](a.png){alt="the alt"}', Described("the alt"), "caption x"),
        ("![](a.png){.decorative}", Decorative(), ""),
        ('![caption](a.png){alt=""}', Decorative(), "caption"),
        ("![](a.png)", Undescribed(), ""),
        ('<img src="a.png">', Undescribed(), ""),
        ('<img src="a.png" alt="">', Decorative(), ""),
        ('![caption](a.png){alt=" "}', Undescribed(), "caption"),
        ('<img src="a.png" alt="&nbsp;">', Undescribed(), ""),
        ('<img src="a.png" alt="x">', Described("x"), ""),
        ('<figure><img src="a.png" alt="x"><figcaption>cap</figcaption></figure>', Described("x"), "cap"),
    ],
)
def test_alt_and_caption_are_two_things(written, alt, caption):
    (figure,) = body(written)
    assert isinstance(figure, Figure)
    assert [image.alt for image in figure.images] == [alt]
    assert plain_text(figure.caption) == caption


def test_a_picture_is_named_as_people_name_files():
    assert first("![x](<img/año 1.png>)", Image).source == "img/año 1.png"


def test_a_picture_among_words_stays_there():
    (paragraph,) = body("a ![b](c.png) d")
    assert isinstance(paragraph, Paragraph)
    assert [type(node) for node in paragraph.children] == [Text, Image, Text]


def test_several_pictures_alone_are_one_figure():
    (figure,) = body("![a](a.png)\n![b](b.png)")
    assert isinstance(figure, Figure)
    assert [line(image) for image in figure.images] == [1, 2]


def test_links_inside_the_text_are_kept_in_plain_characters():
    assert first("[x](#conclusión)", Link).target == "#conclusión"


def test_quartos_name_of_the_alt_text_is_read_too():
    (figure,) = body('![A caption](a.png){fig-alt="Bars fall."}')
    assert figure.images[0].alt == Described("Bars fall.")
    assert plain_text(figure.caption) == "A caption"


@pytest.mark.parametrize(
    ("width", "millimetres"),
    [("30mm", 30), ("4.5cm", 45), ("96px", 25.4), ("96", 25.4), ('"50%"', 75), ("1in", 25.4), ("72PT", 25.4)],
)
def test_a_picture_has_the_width_that_is_written(width: str, millimetres: float) -> None:
    assert first(f"![b](c.png){{width={width}}}", Image).width == millimetres
    assert first(f"a ![b](c.png){{width={width}}} d", Image).width == millimetres
    assert not rules(f"![b](c.png){{width={width}}}")


@pytest.mark.parametrize("width", ["wide", "0", "-3cm", "3parsec", "99999999mm"])
def test_a_width_that_is_not_a_length_is_reported(width: str) -> None:
    written = f"![b](c.png){{width={width}}}"
    assert first(written, Image).width is None
    assert rules(written) == [("attribute-unknown", 1)]


def test_a_formula_in_an_alt_text_is_not_tex() -> None:
    assert first(r"![Graph of $\frac{a}{b}$](c.png)", Image).alt == Described("Graph of a/b")


@pytest.mark.parametrize(("kind", "lines"), [("easy-read", 2), ("report", 1)])
def test_lines_of_the_manuscript_are_lines_of_the_text_in_easy_read_alone(kind: str, lines: int) -> None:
    publication = md(f"---\ntitle: T\nkind: {kind}\n---\n\nYou can go.\nThey wait.\n").publication
    breaks = [node for node in walk(publication) if isinstance(node, LineBreak)]
    assert len(breaks) == lines - 1
