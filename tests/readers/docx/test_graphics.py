"""Drawings: alt texts that Word generated, turned pictures, charts, and what only newer versions of Word draw."""

from __future__ import annotations

import io
import itertools
import time

import pytest
from lxml import etree
from PIL import Image as Pixels

from exporter.contracts import ReadResult
from exporter.model import Described, Image
from exporter.model.walk import walk
from exporter.readers.docx.graphics import chart_numbers, turned_pictures
from tests.readers.docx.files import NAMESPACES, PNG, field, p, picture, r, read, row, style, table
from tests.readers.docx.outlines import blocks, rules


@pytest.mark.parametrize(
    "remark",
    [
        "El contenido generado por IA puede ser incorrecto.",
        "Le contenu généré par l’IA peut être incorrect.",
        "O conteúdo gerado por IA pode estar incorreto.",
        "Содержимое, созданное искусственным интеллектом, может быть неверным.",
        "AI 生成的内容可能不正确。",
        "Descripción generada automáticamente con confianza media",
        "تم إنشاء الوصف تلقائياً",
    ],
)
def test_the_remark_that_an_alt_text_was_generated_is_no_alt_text(remark: str) -> None:
    read_ = read(p(picture(f'descr="Mapa&#10;&#10;{remark}"')))
    assert [node.alt for node in walk(read_.publication) if isinstance(node, Image)] == [Described("Mapa")]
    assert rules(read_) == ["word-alt-automatic"]


def test_marks_of_equation_arrays_that_word_does_not_show_are_left_out() -> None:
    lines = "<m:e><m:r><m:t>x&amp;=1#(2)</m:t></m:r></m:e><m:e><m:r><m:t>&amp;=y</m:t></m:r></m:e>"
    read_ = read(p(f"<m:oMathPara><m:oMath><m:eqArr>{lines}</m:eqArr></m:oMath></m:oMathPara>"))
    assert blocks(read_) == ["formula x=1(2)=y"]


TABLE_STYLE = style("Table", custom=True)
CAPTION = style("Caption", "caption")


def test_a_style_that_is_called_table_is_a_caption_only_if_it_is_based_on_one() -> None:
    cells = table(row(p("North", "Table"), p("12", "Table")))
    assert rules(read(cells, styles=TABLE_STYLE)) == ["word-style-unknown"]
    based = CAPTION + style("Table", inner='<w:basedOn w:val="Caption"/>', custom=True)
    assert blocks(read(p("Table 1: Cases", "Table") + table(row("North", "12")), styles=based))[0] == (
        "table Table 1: Cases"
    )


def test_a_sequence_that_counts_no_figures_makes_no_caption() -> None:
    recommendation = p(r("Recommendation ") + field("SEQ Rec", r("1")) + r(". States should act."))
    assert blocks(read(recommendation + table(row("North", "12"))))[:2] == [
        "Recommendation 1. States should act.",
        "table ",
    ]
    numbered = p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>" + r(" (") + field("SEQ Equation", r("1")) + r(")"))
    read_ = read(numbered + p(picture()) + p("Figure 1: F", "Caption"), styles=CAPTION)
    assert blocks(read_) == ["$x$ (1)", "figure !A blue square! Figure 1: F"]
    assert rules(read_) == []


def test_a_sequence_in_another_language_makes_a_caption() -> None:
    caption = p(r("Rys. ") + field("SEQ Rys.", r("1")) + r(": Widok"))
    assert blocks(read(p(picture()) + caption)) == ["figure !A blue square! Rys. 1: Widok"]


@pytest.mark.parametrize("word", ["Plate", "Schema", "Vista aérea"])
def test_a_sequence_that_is_named_like_its_caption_makes_one(word: str) -> None:
    caption = p(r(f"{word} ") + field(f"SEQ {word.replace(' ', '_')}", r("1")) + r(": A tree"))
    assert blocks(read(p(picture()) + caption)) == [f"figure !A blue square! {word} 1: A tree"]


@pytest.mark.parametrize("word", ["Recommendation", "Recomendación", "Rec", "Equation", "Formel", "Рекомендация"])
def test_formulas_and_recommendations_are_no_captions(word: str) -> None:
    numbered = p(r(f"{word} ") + field(f"SEQ {word}", r("1")) + r(": States should act."))
    assert blocks(read(p(picture()) + numbered)) == ["figure !A blue square! ", f"{word} 1: States should act."]


def chart(inside: str, *, space: str = "c:chartSpace", tag: str = "c:chart", more: str = "") -> ReadResult:
    """Read a file with a chart, and with more behind it."""
    run = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart"/><a:graphic><a:graphicData>'
        f'<{tag} r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    xml = f"<{space} {NAMESPACES}>{inside}</{space}>"
    return read(p(run) + more, parts={"charts/chart1.xml": xml}, relations={"rIdChart": ("chart", "charts/chart1.xml")})


def title(*lines: str) -> str:
    """Return the title of a chart or an axis."""
    made = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f"<c:title><c:tx><c:rich>{made}</c:rich></c:tx></c:title>"


def numbers(tag: str, *values: str, kind: str = "num") -> str:
    """Return points of a series."""
    points = "".join(f'<c:pt idx="{index}"><c:v>{text}</c:v></c:pt>' for index, text in enumerate(values) if text)
    return f"<c:{tag}><c:{kind}Ref><c:{kind}Cache>{points}</c:{kind}Cache></c:{kind}Ref></c:{tag}>"


def series(label: str, *inside: str) -> str:
    """Return a series."""
    return f"<c:ser><c:tx><c:v>{label}</c:v></c:tx>{''.join(inside)}</c:ser>"


def level(*names: str) -> str:
    """Return a level of categories."""
    points = "".join(f'<c:pt idx="{index}"><c:v>{name}</c:v></c:pt>' for index, name in enumerate(names) if name)
    return f"<c:lvl>{points}</c:lvl>"


AXES = '<c:axId val="1"/><c:axId val="2"/>'


def test_a_chart_has_the_titles_of_its_axes_and_all_levels_of_its_categories() -> None:
    levels = level("Q1", "Q2", "Q1") + level("2023", "", "2024")
    categories = (
        f"<c:cat><c:multiLvlStrRef><c:multiLvlStrCache>{levels}</c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
    )
    axes = f'<c:catAx><c:axId val="1"/>{title("Quarter")}</c:catAx>'
    axes += f'<c:valAx><c:axId val="2"/>{title("Thousands")}</c:valAx>'
    bars = f"<c:barChart>{series('Women', categories, numbers('val', '5', '6', '7'))}{AXES}</c:barChart>"
    read_ = chart(f"<c:chart>{title('Displaced', 'people')}<c:plotArea>{bars}{axes}</c:plotArea></c:chart>")
    assert blocks(read_) == [
        "table Displaced people (Thousands)",
        "  head: Quarter col | Women col",
        "  body: 2023, Q1 row | 5",
        "  body: 2023, Q2 row | 6",
        "  body: 2024, Q1 row | 7",
    ]


def test_series_with_axes_of_their_own_say_what_they_measure() -> None:
    axes = "".join(
        f'<c:{kind}><c:axId val="{number}"/>{title(text)}</c:{kind}>'
        for number, (kind, text) in enumerate((("catAx", "Year"), ("valAx", "People"), ("valAx", "Percent")), 1)
    )
    bars = f"<c:barChart>{series('A', numbers('val', '5'))}{AXES}</c:barChart>"
    line = f"<c:lineChart>{series('B', numbers('val', '6'))}{AXES.replace('2', '3')}</c:lineChart>"
    read_ = chart(f"<c:chart><c:plotArea>{bars}{line}{axes}</c:plotArea></c:chart>")
    assert blocks(read_)[:2] == ["table ", "  head: Year col | A (People) col | B (Percent) col"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("1", "2"), ("1", "2"), ["head:  | A col | B col", "body: 1 row | 3 | 5", "body: 2 row | 4 | 6"]),
        (
            ("1", "2"),
            ("50", "60"),
            [
                "head:  | X col | Y col",
                "body: A row | 1 | 3",
                "body: A row | 2 | 4",
                "body: B row | 50 | 5",
                "body: B row | 60 | 6",
            ],
        ),
    ],
)
def test_points_of_a_scatter_chart_keep_their_places(
    first: tuple[str, ...], second: tuple[str, ...], expected: list[str]
) -> None:
    points = series("A", numbers("xVal", *first), numbers("yVal", "3", "4"))
    points += series("B", numbers("xVal", *second), numbers("yVal", "5", "6"))
    read_ = chart(f"<c:chart><c:plotArea><c:scatterChart>{points}</c:scatterChart></c:plotArea></c:chart>")
    assert [line.strip() for line in blocks(read_)[1:]] == expected


def test_bubbles_have_their_sizes() -> None:
    points = series("A", numbers("xVal", "1"), numbers("yVal", "3"), numbers("bubbleSize", "9"))
    read_ = chart(f"<c:chart><c:plotArea><c:bubbleChart>{points}</c:bubbleChart></c:plotArea></c:chart>")
    assert blocks(read_)[1:] == ["  head:  | X col | Y col | Z col", "  body: A row | 1 | 3 | 9"]


def test_a_chart_of_word_2016_is_a_table() -> None:
    names = '<cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Aid</cx:pt><cx:pt idx="1">Loss</cx:pt></cx:lvl></cx:strDim>'
    amounts = '<cx:pt idx="0">5</cx:pt><cx:pt idx="1">-2</cx:pt>'
    amounts = f'<cx:numDim type="val"><cx:lvl formatCode="0.0">{amounts}</cx:lvl></cx:numDim>'
    label = "<cx:tx><cx:txData><cx:v>Funds</cx:v></cx:txData></cx:tx>"
    shown = f'<cx:series layoutId="waterfall">{label}<cx:dataId val="0"/></cx:series>'
    head = "<cx:title><cx:tx><cx:rich><a:p><a:r><a:t>Budget</a:t></a:r></a:p></cx:rich></cx:tx></cx:title>"
    inside = (
        f'<cx:chartData><cx:data id="0">{names}{amounts}</cx:data></cx:chartData><cx:chart>{head}{shown}</cx:chart>'
    )
    read_ = chart(inside, space="cx:chartSpace", tag="cx:chart")
    assert blocks(read_) == ["table Budget", "  head:  | Funds col", "  body: Aid row | 5.0", "  body: Loss row | -2.0"]


TOO_LARGE = "A chart was ignored: only Word can draw it, and a table of its data would be too large."


def scatter(*names: str, points: int) -> str:
    """Return series with places of their own."""
    places = [str(index) for index in range(points)]
    made = (
        series(label, numbers("xVal", f"{number}.5", *places[1:]), numbers("yVal", *places))
        for number, label in enumerate(names)
    )
    return f"<c:chart><c:plotArea><c:scatterChart>{''.join(made)}</c:scatterChart></c:plotArea></c:chart>"


def test_a_scatter_chart_may_have_more_points_than_another_has_categories() -> None:
    assert len(blocks(chart(scatter("A", "B", "C", points=800)))) == 2 + 3 * 800
    read_ = chart(scatter("A", "B", "C", points=1_500), more=p("Text."))
    assert [finding.message for finding in read_.findings] == [TOO_LARGE]


def test_long_texts_of_charts_are_not_multiplied() -> None:
    long = "x" * 20_000
    categories = f"<c:cat><c:multiLvlStrRef>{level(*'ab' * 500)}{level(long)}</c:multiLvlStrRef></c:cat>"
    bars = series("A", categories, numbers("val", *"5" * 1_000))
    axes = "".join(f'<c:valAx><c:axId val="{number}"/>{title(long)}</c:valAx>' for number in (2, 3))
    plots = "".join(f'<c:barChart>{bars}<c:axId val="1"/><c:axId val="{number}"/></c:barChart>' for number in (2, 3))
    for inside in (f"<c:chart><c:plotArea>{plots}{axes}</c:plotArea></c:chart>", scatter(long, "B", points=500)):
        made = blocks(chart(inside))
        assert len(made) > 1_000
        assert max(map(len, made)) < 2_000


def test_thousands_of_series_beside_each_other_are_read_in_no_time() -> None:
    many = f"<c:barChart>{'<c:ser/>' * 19_000}</c:barChart>"
    started = time.process_time()
    read_ = chart(f"<c:chart><c:plotArea>{many}</c:plotArea></c:chart>", more=p("Text."))
    assert time.process_time() - started < 1.5
    assert [finding.message for finding in read_.findings] == [TOO_LARGE]


def test_series_of_the_same_data_are_not_counted_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    formatted: list[str] = []
    monkeypatch.setattr(chart_numbers.NumberFormat, "format", lambda _, text, __: formatted.append(text) or text)
    points = "".join(f'<cx:pt idx="{index}">5</cx:pt>' for index in range(1_000))
    data = f'<cx:data id="0"><cx:numDim type="val"><cx:lvl formatCode="0.0">{points}</cx:lvl></cx:numDim></cx:data>'
    shown = '<cx:series><cx:dataId val="0"/></cx:series>' * 100
    inside = f"<cx:chartData>{data}</cx:chartData><cx:chart>{shown}</cx:chart>"
    read_ = chart(inside, space="cx:chartSpace", tag="cx:chart", more=p("Text."))
    assert [finding.message for finding in read_.findings] == [TOO_LARGE]
    assert len(formatted) == 1_000


@pytest.mark.parametrize("namespace", ["wpi", "am3d"])
@pytest.mark.parametrize("is_grouped", [True, False])
def test_of_ink_and_of_3d_models_the_picture_that_word_keeps_is_read(namespace: str, is_grouped: bool) -> None:
    run = picture('descr="Signature"')
    start, end = ("<pic:pic>", "</pic:pic>") if is_grouped else ("<w:drawing>", "</w:drawing>")
    inside = run[run.index(start) : run.index(end) + len(end)]
    choice = f'<mc:Choice Requires="{namespace}"><w:drawing><w14:contentPart/></w:drawing></mc:Choice>'
    alternate = f"<mc:AlternateContent>{choice}<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    read_ = read(p(run.replace(inside, alternate)))
    assert blocks(read_) == ["figure !Signature! "]
    assert rules(read_) == []


def pixels(kind: str = "PNG", **kept: object) -> bytes:
    """Return a picture that is 2 pixels wide and 1 high, red and blue."""
    image = Pixels.new("RGB", (16, 8), "red")
    image.paste("blue", (8, 0, 16, 8))
    out = io.BytesIO()
    image.save(out, kind, **kept)
    return out.getvalue()


def colours(data: bytes) -> tuple[str, str]:
    """Return the colours of the first and the last pixel of a picture."""
    with Pixels.open(io.BytesIO(data)) as stored:
        assert 274 not in stored.getexif() or stored.format == "TIFF"
        image = stored.convert("RGB")
        first, last = image.getpixel((0, 0)), image.getpixel((image.width - 1, image.height - 1))
    return tuple("red" if found[0] > found[2] else "blue" for found in (first, last))


EXTENT = '<wp:extent cx="1080000" cy="540000"/>'


@pytest.mark.parametrize(
    ("form", "expected", "width", "kind"),
    [
        ('rot="5400000"', ("red", "blue"), 15, "PNG"),
        ('rot="16200000"', ("blue", "red"), 15, "JPEG"),
        ('rot="10800000"', ("blue", "red"), 30, "GIF"),
        ('flipH="1"', ("blue", "red"), 30, "TIFF"),
        ('rot="5400000" flipH="1"', ("blue", "red"), 15, "BMP"),
        ('rot="5400000" flipV="1"', ("red", "blue"), 15, "WEBP"),
        ('rot="120000"', ("red", "blue"), 30, "PNG"),
    ],
)
def test_a_picture_is_turned_as_in_word(form: str, expected: tuple[str, str], width: float, kind: str) -> None:
    run = picture(relation="rIdTurned").replace("<wp:docPr", f"{EXTENT}<wp:docPr")
    run = run.replace("</pic:pic>", f"<pic:spPr><a:xfrm {form}/></pic:spPr></pic:pic>")
    read_ = read(p(run), parts={"media/b.png": pixels(kind)}, relations={"rIdTurned": ("image", "media/b.png")})
    (image,) = [node for node in walk(read_.publication) if isinstance(node, Image)]
    assert (colours(read_.media[image.source]), image.width) == (expected, width)
    assert rules(read_) == []


def test_the_orientation_of_a_camera_is_not_added_to_that_of_word() -> None:
    exif = Pixels.Exif()
    exif[274] = 6
    run = picture(relation="rIdTurned").replace("</pic:pic>", '<pic:spPr><a:xfrm rot="5400000"/></pic:spPr></pic:pic>')
    data = pixels("JPEG", exif=exif)
    read_ = read(p(run), parts={"media/b.png": data}, relations={"rIdTurned": ("image", "media/b.png")})
    assert [colours(data) for data in read_.media.values()] == [("red", "blue")]


@pytest.mark.parametrize("look", ["rotation:90", "rotation:5898240fd;width:72pt", "flip:x"])
def test_an_old_picture_is_turned_as_in_word(look: str) -> None:
    run = f'<w:r><w:pict><v:shape style="height:36pt;{look}"><v:imagedata r:id="rIdTurned"/></v:shape></w:pict></w:r>'
    read_ = read(p(run), parts={"media/b.png": pixels()}, relations={"rIdTurned": ("image", "media/b.png")})
    (image,) = [node for node in walk(read_.publication) if isinstance(node, Image)]
    assert colours(read_.media[image.source]) == (("blue", "red") if "flip" in look else ("red", "blue"))
    assert image.width == (None if "flip" in look else 12.7)


UNTURNED = "An image is turned in Word; the editions do not turn it."


def turned(data: bytes | str, form: str = 'rot="5400000"') -> ReadResult:
    """Read a file with a picture that is turned."""
    run = picture(relation="rIdTurned").replace("</pic:pic>", f"<pic:spPr><a:xfrm {form}/></pic:spPr></pic:pic>")
    return read(p(run), parts={"media/b": data}, relations={"rIdTurned": ("image", "media/b")})


def test_a_drawing_that_cannot_be_turned_is_reported() -> None:
    read_ = turned('<svg xmlns="http://www.w3.org/2000/svg"/>', 'flipV="1"')
    assert [finding.message for finding in read_.findings] == [UNTURNED]


def test_each_turn_is_one_step() -> None:
    image = Pixels.frombytes("L", (3, 2), bytes(range(6)))
    steps = Pixels.Transpose
    for quarters, left, top in itertools.product(range(4), (False, True), (False, True)):
        expected = image.transpose(steps.FLIP_LEFT_RIGHT) if left else image
        expected = expected.transpose(steps.FLIP_TOP_BOTTOM) if top else expected
        expected = expected.rotate(-90 * quarters, expand=True)
        step = turned_pictures._step(turned_pictures.Turn(quarters, left, top))
        assert (image if step is None else image.transpose(step)) == expected


@pytest.mark.parametrize(
    ("mode", "kind", "kept"),
    [
        ("1", "TIFF", {"compression": "group4"}),
        ("RGB", "TIFF", {"compression": "tiff_lzw"}),
        ("RGB", "WEBP", {"lossless": True}),
    ],
)
def test_a_picture_is_turned_without_loss(mode: str, kind: str, kept: dict[str, object]) -> None:
    image = Pixels.frombytes("L", (16, 16), bytes(range(0, 256))).convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **kept)
    read_ = turned(out.getvalue())
    assert rules(read_) == []
    with Pixels.open(io.BytesIO(*read_.media.values())) as stored:
        assert stored.convert(mode).tobytes() == image.rotate(-90).tobytes()


def test_a_picture_that_cannot_be_written_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Pixels.Image, "save", fail)
    data = PNG
    error: Exception = ValueError("quality")
    read_ = turned(data)
    assert [finding.message for finding in read_.findings] == [UNTURNED]
    assert list(read_.media.values()) == [data]
    error = MemoryError()
    with pytest.raises(MemoryError):
        turned(data)


def test_pictures_of_too_many_pixels_are_not_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turned_pictures, "MAX_TURNED_PIXELS", 300)
    turner, turn = turned_pictures.PictureTurner(), turned_pictures.Turn(1)
    assert [bool(turner.turned(pixels(), turn)) for _ in range(4)] == [True, True, False, False]
    monkeypatch.setattr(turned_pictures, "MAX_EDITION_PIXELS", 127)
    decoded: list[bytes] = []
    decode = turned_pictures.raster.read
    monkeypatch.setattr(turned_pictures.raster, "read", lambda data, kind: decoded.append(data) or decode(data, kind))
    for data in (pixels(), pixels()[:-20]):
        decoded.clear()
        turner = turned_pictures.PictureTurner()
        assert [turner.turned(data, turn) for _ in range(10)] == [None] * 10
        assert len(decoded) == 3


@pytest.mark.parametrize(
    ("degrees", "quarters"), [(46, 0), (84, 0), (86, 1), (89, 1), (94, 1), (130, 0), (-90, 3), (270, 3), (358, 0)]
)
def test_a_picture_that_stands_askew_is_not_turned(degrees: int, quarters: int) -> None:
    shape = etree.Element("shape", style=f"rotation:{degrees}")
    assert turned_pictures.vml_turn(shape).quarters == quarters
