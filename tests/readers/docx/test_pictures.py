"""Sizes and crops of pictures, and captions that were typed beside them."""

from __future__ import annotations

import pytest

from exporter.model import Figure, Image
from exporter.model.walk import walk
from exporter.validate.lint import lint
from tests.readers.docx.files import p, picture, r, read, row, style, table
from tests.readers.docx.outlines import blocks, rules

CM_3 = '<wp:extent cx="1080000" cy="540000"/>'


def sized(extent: str = CM_3, more: str = "") -> str:
    """Return a run with a picture of a size."""
    return picture(more=more).replace("<wp:docPr", f"{extent}<wp:docPr")


def grouped(own: int, inside: int) -> str:
    """Return a run with a group, 3 cm wide and `inside` units, with a picture of `own` units."""
    size = f'<pic:spPr><a:xfrm><a:ext cx="{own}" cy="1"/></a:xfrm></pic:spPr></pic:pic>'
    group = f'<wpg:grpSpPr><a:xfrm><a:chExt cx="{inside}" cy="1"/></a:xfrm></wpg:grpSpPr>'
    namespace = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    run = sized().replace("<pic:pic>", f"<wpg:wgp {namespace}>{group}<pic:pic>").replace("</pic:pic>", size)
    return run.replace("</a:graphicData>", "</wpg:wgp></a:graphicData>")


def old(style: str, crop: str = "") -> str:
    """Return a run with a picture in VML."""
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="rIdPic" {crop}/></v:shape></w:pict></w:r>'


@pytest.mark.parametrize(
    ("run", "millimetres"),
    [
        (picture(), None),
        (sized(), 30),
        (sized(more='<a:srcRect l="25000"/>'), 40),
        (sized(more='<a:srcRect l="12" t="-3" r="7"/>'), 30),
        (sized('<wp:extent cx="1" cy="1"/>'), None),
        (sized('<wp:extent cx="wide" cy="1"/>'), None),
        (sized().replace("wp:inline", "wp:anchor"), 30),
        (grouped(500, 1000), 15),
        (old("width:72pt;height:36pt"), 25.4),
        (old("position:absolute;width:3cm"), 30),
        (old("height:1in"), None),
    ],
)
def test_a_picture_is_as_wide_as_in_word(run: str, millimetres: float | None) -> None:
    (image,) = [node for node in walk(read(p(run)).publication) if isinstance(node, Image)]
    assert image.width == millimetres


@pytest.mark.parametrize(
    ("run", "is_cropped"),
    [
        (picture(more='<a:srcRect l="25000"/>'), True),
        (picture(more='<a:srcRect b="25%"/>'), True),
        (picture(more='<a:srcRect l="12" t="310" r="-3" b="0"/>'), False),
        (picture(more='<a:srcRect l="-20000"/>'), False),
        (old("width:3cm", 'cropleft="16384f"'), True),
        (old("width:3cm", 'croptop="7f"'), False),
    ],
)
def test_roundings_and_margins_are_no_crop(run: str, is_cropped: bool) -> None:
    assert rules(read(p(run))) == (["word-cropped"] if is_cropped else [])


TABLE = table(row("District", "Cases", header=True), row("North", "12"))
BOLD = "<w:b/>"


@pytest.mark.parametrize(
    "line",
    [
        r("Table 1: Cases by district", BOLD),
        r("Table 1:", BOLD) + r(" Cases by district"),
        r("Tabla 2. Casos", BOLD),
        r("جدول ١: الحالات", BOLD),
        r("Таблица 3 – Дела", BOLD),
    ],
)
def test_a_bold_line_beside_a_table_is_its_caption(line: str) -> None:
    for body in (p(line) + TABLE, TABLE + p(line)):
        made = blocks(read(p("Text.") + body + p("Text.")))
        assert len([found for found in made if found.startswith("table ")]) == 1
        assert len(made) == 5


@pytest.mark.parametrize(
    "line",
    [
        r("Table 1: Cases by district"),
        r("Table 1", BOLD) + r(" shows that cases rise."),
        r("Tables are data", BOLD),
        r("Figure 1: Cases", BOLD),
        r("Findings", BOLD),
    ],
)
def test_other_lines_beside_a_table_are_text(line: str) -> None:
    read_ = read(p(line) + TABLE)
    assert [found for found in blocks(read_) if found.startswith("table")] == ["table "]


def test_a_bold_line_away_from_tables_is_text() -> None:
    assert blocks(read(p(r("Table 1: Cases", BOLD)) + p("Text.") + TABLE))[0] == "**Table 1: Cases**"


@pytest.mark.parametrize(
    "words", ["Figure 1: Seen", "Figura 2. Vista", "Рис. 3. Вид", "الشكل 1: منظر", "Photo: A. Person"]
)
def test_a_line_beside_a_picture_is_offered_as_its_caption(words: str) -> None:
    language = (
        {"F": "en", "Р": "ru", "ا": "ar", "P": "en"}[words[0]] if words[:5] != "Figur" or words[5] == "e" else "es"
    )
    read_ = read(p(picture()) + p(r(f"{words} {words}", f'<w:lang w:val="{language}" w:bidi="{language}"/>')))
    (found,) = [finding for finding in lint(read_.publication) if finding.rule == "figure-caption"]
    assert f"only the paragraph “{words}" in found.message
    assert found.advice == "Give that paragraph the style Caption (Home, Styles)."


def test_a_bold_line_beside_a_picture_is_its_caption() -> None:
    read_ = read(p(picture()) + p(r("Figure 1: Seen", BOLD)))
    (figure,) = read_.publication.body
    assert isinstance(figure, Figure)
    assert blocks(read_) == ["figure !A blue square! Figure 1: Seen"]
    assert "figure-caption" not in {finding.rule for finding in lint(read_.publication)}


def test_messages_do_not_name_pictures_inside_the_file() -> None:
    read_ = read(p(picture('descr="x.png"')) + p("Between.") + p(picture("", relation="rIdOther")))
    messages = [finding.message for finding in lint(read_.publication) if finding.rule.startswith("alt-")]
    assert messages == ["The alt text of the picture is a file name: “x.png”."]


_GRAPHIC = (
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _group(inner: str, identity: str = "") -> str:
    """Return a run with a group of pictures and shapes."""
    return (
        f'<w:r><w:drawing><wp:anchor>{CM_3}<wp:docPr id="1" name="Group 1" {identity}/><a:graphic>'
        f"<a:graphicData><wpg:wgp {_GRAPHIC}>{inner}</wpg:wgp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )


def _member(identity: str = "") -> str:
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="2" name="x" {identity}/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdPic"/></pic:blipFill></pic:pic>'
    )


def _shape(words: str = "", *, fill: str = "", identity: str = "") -> str:
    box = f"<wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx>" if words else ""
    return f'<wps:wsp><wps:cNvPr id="3" name="s" {identity}/><wps:spPr>{fill}</wps:spPr>{box}</wps:wsp>'


def _alone(shape: str, identity: str = "") -> str:
    """Return a run with a shape."""
    group = _group(shape, identity)
    return (
        group.replace(f"<wpg:wgp {_GRAPHIC}>", "")
        .replace("</wpg:wgp>", "")
        .replace("<wps:wsp>", f"<wps:wsp {_GRAPHIC}>")
    )


_TICK = p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')


def _content(words: str) -> str:
    return f"<w:txbxContent>{words}</w:txbxContent>"


FLOATING = "A drawn box to tick was ignored: it lies on the page, and nothing says which words belong to it."


@pytest.mark.parametrize(
    ("kind", "size", "box", "expected", "reported"),
    [
        ("inline", (230_000, 200_000), "", "Yes ☐ No", ""),
        ("inline", (230_000, 200_000), f"<wps:txbx><w:txbxContent>{p()}</w:txbxContent></wps:txbx>", "Yes ☐ No", ""),
        ("inline", (230_000, 200_000), f"<wps:txbx>{_content(_TICK)}</wps:txbx>", "Yes ☑ No", ""),
        ("inline", (230_000, 200_000), f"<wps:txbx>{_content(p('x'))}</wps:txbx>", "Yes ☒ No", ""),
        ("anchor", (230_000, 200_000), "", "Yes  No", FLOATING),
        ("inline", (2_300_000, 200_000), "", "Yes  No", "1 drawn shape without text was ignored."),
    ],
)
def test_a_small_drawn_rectangle_is_a_box_to_tick(
    kind: str, size: tuple[int, int], box: str, expected: str, reported: str
) -> None:
    shape = (
        f'<w:r><w:drawing><wp:{kind}><wp:extent cx="{size[0]}" cy="{size[1]}"/><wp:docPr id="1" name="Rectangle 1"/>'
        f'<a:graphic><a:graphicData><wps:wsp {_GRAPHIC}><wps:spPr><a:prstGeom prst="rect"/></wps:spPr>{box}</wps:wsp>'
        f"</a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>"
    )
    read_ = read(p(r("Yes ") + shape + r(" No")))
    assert blocks(read_) == [expected]
    assert [finding.message for finding in read_.findings] == [reported] * bool(reported)


@pytest.mark.parametrize(
    ("fill", "by_style", "is_box"),
    [
        ('<a:solidFill><a:srgbClr val="C00000"/></a:solidFill>', "", False),
        ('<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="65000"/></a:schemeClr></a:solidFill>', "", False),
        ('<a:gradFill><a:gsLst><a:gs><a:srgbClr val="FFFFFF"/></a:gs></a:gsLst></a:gradFill>', "accent1", False),
        ("", "accent1", False),
        ("", "lt1", True),
        ("<a:noFill/>", "accent1", True),
        ('<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="0"/></a:srgbClr></a:solidFill>', "accent1", True),
        ('<a:ln><a:solidFill><a:srgbClr val="C00000"/></a:solidFill></a:ln>', "", True),
    ],
)
def test_a_small_rectangle_filled_with_a_colour_is_no_box_to_tick(fill: str, by_style: str, is_box: bool) -> None:
    by_style = by_style and f'<wps:style><a:fillRef idx="1"><a:schemeClr val="{by_style}"/></a:fillRef></wps:style>'
    shape = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="200000" cy="200000"/><wp:docPr id="1" name="Rectangle 1"/>'
        f'<a:graphic><a:graphicData><wps:wsp {_GRAPHIC}><wps:spPr><a:prstGeom prst="rect"/>{fill}</wps:spPr>'
        f"{by_style}</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    read_ = read(p(shape + r("District North")))
    assert blocks(read_) == ["☐District North" if is_box else "District North"]
    messages = [finding.message for finding in read_.findings]
    assert messages == ([] if is_box else ["1 drawn shape without text was ignored."])


def _vml(style: str = "", properties: str = "", inner: str = "", tag: str = "rect") -> str:
    """Return a run with a rectangle of older files, 5 mm wide."""
    style = f"width:14.2pt;height:14.2pt;{style}"
    return f'<w:r><w:pict><v:{tag} style="{style}" {properties}>{inner}</v:{tag}></w:pict></w:r>'


@pytest.mark.parametrize(
    ("shape", "expected", "reported"),
    [
        (_vml(), "Yes ☐ No", ""),
        (_vml(tag="roundrect", properties='filled="f"'), "Yes ☐ No", ""),
        (_vml(properties='fillcolor="white [3212]"'), "Yes ☐ No", ""),
        (_vml(inner=f"<v:textbox><w:txbxContent>{p()}</w:txbxContent></v:textbox>"), "Yes ☐ No", ""),
        (_vml(inner=f"<v:textbox>{_content(_TICK)}</v:textbox>"), "Yes ☑ No", ""),
        (_vml(inner='<v:textpath string="A"/>'), "Yes A No", ""),
        (_vml("position:absolute"), "Yes  No", FLOATING),
        (_vml(properties='fillcolor="#c00000"'), "Yes  No", "1 drawn shape without text was ignored."),
        (_vml(inner='<v:fill type="gradient"/>'), "Yes  No", "1 drawn shape without text was ignored."),
        (_vml("width:300pt").replace("width:14.2pt;", ""), "Yes  No", "1 drawn shape without text was ignored."),
        (_vml("width:1.2.3pt").replace("width:14.2pt;", ""), "Yes  No", "1 drawn shape without text was ignored."),
        (_vml(tag="oval"), "Yes  No", "1 drawn shape without text was ignored."),
    ],
)
def test_a_small_rectangle_of_an_older_file_is_a_box_to_tick(shape: str, expected: str, reported: str) -> None:
    read_ = read(p(r("Yes ") + shape + r(" No")))
    assert blocks(read_) == [expected]
    assert [finding.message for finding in read_.findings] == [reported] * bool(reported)


@pytest.mark.parametrize(
    ("inside", "style", "expected"),
    [
        (p(picture()), "", ["Yes  No", "figure !A blue square! "]),
        (p("1"), "", ["Yes  No", "box ", "  1"]),
        (_TICK, "position:absolute", ["Yes  No", "box ", "  ✓"]),
    ],
)
def test_what_is_in_a_small_rectangle_is_kept(inside: str, style: str, expected: list[str]) -> None:
    box = _vml(style, inner=f"<v:textbox>{_content(inside)}</v:textbox>")
    assert blocks(read(p(r("Yes ") + box + r(" No")))) == expected


def test_boxes_to_tick_that_lie_on_the_page_are_reported_where_they_are() -> None:
    box = _vml("position:absolute")
    read_ = read(p(r("Agree?")) + p(box + box + r("Yes or no")) + p(r("More.")) + p(r("And here? ") + box))
    assert [(finding.message, finding.source and finding.source.place) for finding in read_.findings] == [
        (FLOATING, "drawing after “Agree?”"),
        (FLOATING, "drawing 2 after “Agree?”"),
        (FLOATING, "drawing after “And here?”"),
    ]
    assert all("In Line with Text" in finding.advice for finding in read_.findings)


_NUMBERED = '<w:p><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
_FILLED = '<a:blipFill><a:blip r:embed="rIdPic"/><a:stretch/></a:blipFill>'


@pytest.mark.parametrize(
    ("run", "expected", "reported"),
    [
        (
            _group(_member('descr="First"') + _member('descr="Second"') + _member()),
            ["figure !First! ", "figure !Second! ", "figure !Undescribed! "],
            [],
        ),
        (
            _group(_member('descr="Own"') + _member(), 'descr="All"'),
            ["figure !Own! ", "figure !All! "],
            [],
        ),
        (
            _group(_member() + _member(), 'descr="All"'),
            ["figure !All! ", "figure !Decorative! "],
            ["A picture of a group has no alt text of its own; it is decorative beside “All”."],
        ),
        (
            _group(_member('descr="Own"'), 'descr="All"'),
            ["figure !Own! "],
            ["An alt text was ignored, because what is inside was read: “All”."],
        ),
        (
            _group(_member('descr="All"') + _member('descr="Own"'), 'descr="All"'),
            ["figure !All! ", "figure !Own! "],
            [],
        ),
        (
            _group(_shape("A") + _shape() + _shape("B"), 'descr="Flow: A leads to B"'),
            ["Flow: A leads to B", "box ", "  A", "box ", "  B"],
            ["A drawing was read as its alt text and the texts in it."],
        ),
        (
            _group(_shape("Mine") + _shape("River") + _shape("Fish")),
            ["list bullet 1", "  -", "    Mine", "  -", "    River", "  -", "    Fish"],
            ["A drawing was read as a list of the texts in it."],
        ),
        (
            _group(_shape("Mine") + _shape("River") + _shape("w" * 101)),
            ["box ", "  Mine", "box ", "  River", "box ", f"  {'w' * 101}"],
            [],
        ),
        (
            _group(_shape("Mine") + _shape("River") + _shape("Fish").replace("<w:p>", _NUMBERED)),
            ["box ", "  Mine", "box ", "  River", "box ", "  Fish"],
            [],
        ),
        (
            _group(_shape("A leads to") + _shape("B"), 'descr="A leads to B"'),
            ["box ", "  A leads to", "box ", "  B"],
            [],
        ),
        (
            _group(_shape("A"), 'descr="Flow"'),
            ["box ", "  A"],
            ["An alt text was ignored, because what is inside was read: “Flow”."],
        ),
        (
            _group(_shape("A", identity='descr="Red arrow"') + _member('descr="Own"')),
            ["box ", "  A", "figure !Own! "],
            ["An alt text was ignored, because what is inside was read: “Red arrow”."],
        ),
        (
            _alone(_shape("A", identity='descr="Flow"'), 'descr="Flow"'),
            ["box ", "  A"],
            ["An alt text was ignored, because what is inside was read: “Flow”."],
        ),
        (_group(_shape("Flow of A"), 'descr="flow of  a"'), ["box ", "  Flow of A"], []),
        (_alone(_shape("A", fill=_FILLED), 'descr="Photo"'), ["figure !Photo! ", "box ", "  A"], []),
        (_alone(_shape(fill=_FILLED)), ["figure !Undescribed! "], []),
        (_group(_shape(fill=_FILLED, identity='descr="Round"')), ["figure !Round! "], []),
        (
            _alone(_shape(fill=_FILLED.replace("<a:stretch/>", "<a:tile/>"))),
            [],
            ["1 drawn shape without text was ignored."],
        ),
    ],
)
def test_alt_texts_of_groups_boxes_and_fills(run: str, expected: list[str], reported: list[str]) -> None:
    read_ = read(p("Text.") + p(run))
    assert blocks(read_)[1:] == expected
    assert [finding.message for finding in read_.findings if finding.rule == "not-read"] == reported


def test_a_diagram_with_a_caption_is_a_box() -> None:
    group = _group(_shape("Mine") + _shape("River") + _shape("Fish"))
    styles = style("Caption", "caption")
    read_ = read(p("Text.") + p(group) + p("Figure 1: The way", "Caption"), styles=styles)
    assert blocks(read_)[1:3] == ["box Figure 1: The way", "  list bullet 1"]
    assert "caption-misplaced" not in rules(read_)
    titled = group.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Subtitle"/></w:pPr>', 1)
    assert "not-read" not in rules(read(p(titled) + p("One", "Heading1") + p("Text.")))


def test_a_caption_between_a_diagram_and_a_table_is_that_of_the_table_unless_that_has_one() -> None:
    group = _group(_shape("Mine") + _shape("River") + _shape("Fish"))
    caption, rows = p("The way", "Caption"), table(row("a", "b", header=True), row("1", "2"))
    for below, words in (("", "table The way"), (p("Cases", "Caption"), "table Cases")):
        read_ = read(p("Text.") + p(group) + caption + rows + below, styles=style("Caption", "caption"))
        assert [line for line in blocks(read_) if line.startswith(("table", "box"))][-1] == words
        assert ("box The way" in blocks(read_)) is bool(below)


def test_a_filled_shape_is_as_wide_as_the_shape() -> None:
    (image,) = (node for node in walk(read(p(_alone(_shape(fill=_FILLED)))).publication) if isinstance(node, Image))
    assert image.width == 30


_OLD_FILL = '<v:oval alt="{}"><v:fill r:id="rIdPic" type="{}"/></v:oval>'


@pytest.mark.parametrize(
    ("inner", "expected", "reported"),
    [
        ('<v:group alt="A map"><v:shape><v:imagedata r:id="rIdPic"/></v:shape></v:group>', ["figure !A map! "], []),
        (
            '<v:group alt="Maps"><v:shape alt="A map"><v:imagedata r:id="rIdPic"/></v:shape>'
            '<v:shape><v:imagedata r:id="rIdPic"/></v:shape></v:group>',
            ["figure !A map! !Maps! "],
            [],
        ),
        (
            '<v:group alt="An organigram"><v:rect/><v:line/></v:group>',
            [],
            ["A drawn shape was ignored; its alt text is “An organigram”."],
        ),
        ("<v:shapetype/><v:rect/><v:line/>", [], ["2 drawn shapes without text were ignored."]),
        ('<v:rect style="visibility:hidden"/>', [], []),
        (_OLD_FILL.format("Portrait", "frame"), ["figure !Portrait! "], []),
        (_OLD_FILL.format("", "tile"), [], ["1 drawn shape without text was ignored."]),
        (
            f'<v:shape alt="Red"><v:textbox><w:txbxContent>{p("A")}</w:txbxContent></v:textbox></v:shape>',
            ["box ", "  A"],
            ["An alt text was ignored, because what is inside was read: “Red”."],
        ),
    ],
)
def test_shapes_of_older_files(inner: str, expected: list[str], reported: list[str]) -> None:
    read_ = read(p("Text.") + p(f"<w:r><w:pict>{inner}</w:pict></w:r>"))
    assert blocks(read_)[1:] == expected
    assert [finding.message for finding in read_.findings if finding.rule == "not-read"] == reported
