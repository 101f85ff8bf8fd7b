"""The preflight: silent over a good file, and each planted defect is found under its own rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import ImageCms

from exporter import model as m
from exporter.validate import preflight
from exporter.writers import print as edition
from exporter.writers.print.conditions import condition
from tests.write_context import Pictures, write_context
from tests.writers import sample

Plant = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not condition(edition.Options()).ready:
        pytest.skip("Ghostscript or its profiles are not installed: apt install ghostscript colord-data")
    folder = tmp_path_factory.mktemp("good")
    target = folder / "print.pdf"
    pictures = Pictures(folder / "pictures")
    publication = m.Publication(
        m.Metadata(title="A title", language="en", kind=m.Kind.REPORT),
        body=(sample.section("a", "A chapter", sample.p("Words in black ink."), sample.table()),),
    )
    edition.write(publication, write_context(folder, pictures=pictures), edition.Options(), target)
    return target


def test_a_file_that_says_that_it_is_rgb_is_told_so_once(good: Path, tmp_path: Path) -> None:
    with pikepdf.open(good) as pdf:
        pdf.docinfo["/Title"] = "A title (RGB)"
        add(pdf, b"1 0 0 rg 0 0 9 9 re f")
        del pdf.Root.Metadata
        pdf.save(tmp_path / "claims.pdf")
        del pdf.Root.OutputIntents
        pdf.save(tmp_path / "rgb.pdf")
    assert {finding.rule for finding in preflight.check(tmp_path / "claims.pdf")} > {"press-colour", "press-claim"}
    assert [finding.rule for finding in preflight.check(tmp_path / "rgb.pdf")] == ["press-rgb"]


def add(pdf: pikepdf.Pdf, content: bytes, **resources: pikepdf.Object) -> None:
    """Paint something on the last page."""
    page = pdf.pages[-1]
    for kind, value in resources.items():
        page.obj.Resources[f"/{kind}"] = Dictionary({**dict(page.obj.Resources.get(f"/{kind}", {}).items()), **value})
    page.contents_add(pdf.make_stream(b"q " + content + b" Q"))


def picture(pdf: pikepdf.Pdf, space: pikepdf.Object, dot: bytes, **more: object) -> Stream:
    made = pdf.make_stream(dot * 400)
    for key, value in {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": 20,
        "Height": 20,
        "BitsPerComponent": 8,
        "ColorSpace": space,
        **more,
    }.items():
        made[f"/{key}"] = value
    return made


def newer(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Version = Name("/1.7")


def no_claim(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b">PDF/X-4<", b">PDF/X-3<"))


def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def no_day(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"MetadataDate", b"OtherDate"))


def untrapped(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name.Unknown


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def two_intents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.make_indirect(Dictionary(pdf.Root.OutputIntents[0])))


def nameless_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


def profile_of_a_screen(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )


def no_profile_at_all(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"nothing of the kind")


def no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def trim_beyond_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.TrimBox[0] = 1


def bleed_beyond_media(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox[2] = 5000


def two_final_sizes(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.ArtBox = pdf.pages[0].obj.TrimBox


def no_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


def font_left_out(pdf: pikepdf.Pdf) -> None:
    found = [
        thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in found[0]:
            del found[0][key]


def standard_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    add(pdf, b"BT /Std 12 Tf 100 100 Td (x) Tj ET", Font=Dictionary(Std=pdf.make_indirect(font)))


def link(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 200])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="1")


def page_that_acts(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def form_to_fill_in(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array())


def data_elsewhere(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf, Name.DeviceGray, b"\0", F="other.bin")
    add(pdf, b"20 0 0 20 50 50 cm /Out Do", XObject=Dictionary(Out=image))


def postscript(pdf: pikepdf.Pdf) -> None:
    made = pdf.make_stream(b"showpage")
    made.Type, made.Subtype = Name.XObject, Name.PS
    add(pdf, b"", XObject=Dictionary(Ps=made))


def transfer_curve(pdf: pikepdf.Pdf) -> None:
    curve = Dictionary(FunctionType=2, Domain=[0, 1], N=2)
    add(pdf, b"/Curve gs", ExtGState=Dictionary(Curve=pdf.make_indirect(Dictionary(Type=Name.ExtGState, TR=curve))))


def unknown_blend(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"/Odd gs", ExtGState=Dictionary(Odd=pdf.make_indirect(Dictionary(Type=Name.ExtGState, BM=Name.Mix))))


def blended_in_rgb(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Group = pdf.make_indirect(Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB))


def rgb_type(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"1 0 0 rg 10 10 50 50 re f")


def rgb_line(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"/DeviceRGB CS 0 1 0 SC 10 10 m 90 90 l S")


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"5 0 0 5 50 50 cm /Red Do", XObject=Dictionary(Red=picture(pdf, Name.DeviceRGB, b"\xff\0\0")))


def rgb_palette(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Indexed, Name.DeviceRGB, 0, b"\xff\0\0"])
    add(pdf, b"5 0 0 5 50 50 cm /Pal Do", XObject=Dictionary(Pal=picture(pdf, space, b"\0")))


def rgb_in_a_form(pdf: pikepdf.Pdf) -> None:
    inner = pdf.make_stream(b"0 0 1 rg 0 0 9 9 re f")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    outer = pdf.make_stream(b"/Inner Do")
    outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    add(pdf, b"/Outer Do", XObject=Dictionary(Outer=outer))


def rgb_in_a_pattern(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(b"1 1 0 rg 0 0 9 9 re f")
    for key, value in {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9}.items():
        tile[f"/{key}"] = value
    tile.BBox, tile.Resources = Array([0, 0, 9, 9]), Dictionary()
    add(pdf, b"/Pattern cs /Tile scn 9 9 50 50 re f", Pattern=Dictionary(Tile=tile))


def rgb_shading(pdf: pikepdf.Pdf) -> None:
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1)
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=ramp)
    add(pdf, b"/Ramp sh", Shading=Dictionary(Ramp=pdf.make_indirect(shade)))


def rgb_behind_a_spot_colour(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
    space = pdf.make_indirect(Array([Name.Separation, Name.Special, Name.DeviceRGB, tint]))
    add(pdf, b"/Spot cs 1 scn 9 9 50 50 re f", ColorSpace=Dictionary(Spot=space))


def rgb_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(b"profile")
    profile.N = 3
    add(pdf, b"/Screen cs 1 0 0 scn 9 9 50 50 re f", ColorSpace=Dictionary(Screen=Array([Name.ICCBased, profile])))


def rgb_in_the_stream(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID \x01\x02\x03 EI")


def inky_field(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"1 1 1 1 k 10 10 50 50 re f")


def inky_picture(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"5 0 0 5 50 50 cm /Wet Do", XObject=Dictionary(Wet=picture(pdf, Name.DeviceCMYK, b"\xff\xff\xff\xc0")))


def black_in_four_inks(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
    add(pdf, b"0.6 0.5 0.5 0.9 k BT /Any 9 Tf 99 99 Td <0001> Tj ET", Font=Dictionary(Any=font))


def coarse_picture(pdf: pikepdf.Pdf) -> None:
    add(pdf, b"200 0 0 200 50 50 cm /Few Do", XObject=Dictionary(Few=picture(pdf, Name.DeviceGray, b"\x50")))


PLANTED: dict[str, tuple[Plant, ...]] = {
    "press-version": (newer,),
    "press-claim": (no_claim, no_metadata),
    "press-metadata": (no_day, no_metadata),
    "press-trapped": (untrapped,),
    "press-intent": (no_intent, two_intents, nameless_condition, profile_of_a_screen, no_profile_at_all),
    "press-boxes": (no_trim, trim_beyond_bleed, bleed_beyond_media, two_final_sizes),
    "press-bleed": (no_bleed,),
    "press-font": (font_left_out, standard_font),
    "press-annotation": (link,),
    "press-action": (script, page_that_acts, form_to_fill_in),
    "press-outside": (data_elsewhere, postscript),
    "press-state": (transfer_curve,),
    "press-blending": (unknown_blend, blended_in_rgb),
    "press-colour": (
        *(rgb_type, rgb_line, rgb_picture, rgb_palette, rgb_in_a_form, rgb_in_a_pattern, rgb_shading),
        *(rgb_behind_a_spot_colour, rgb_profile, rgb_in_the_stream),
    ),
    "press-ink": (inky_field, inky_picture),
    "press-black": (black_in_four_inks,),
    "press-resolution": (coarse_picture,),
}


def test_a_good_file_has_no_findings(good: Path) -> None:
    assert [str(finding) for finding in preflight.check(good)] == []


@pytest.mark.parametrize(
    ("rule", "plant"),
    [(rule, plant) for rule, plants in PLANTED.items() for plant in plants],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_planted_defect_is_found_under_its_rule(rule: str, plant: Plant, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    with pikepdf.open(good) as pdf:
        plant(pdf)
        pdf.save(path)
    assert rule in {finding.rule for finding in preflight.check(path)}


def test_encryption_and_rubbish_are_told_in_a_sentence(good: Path, tmp_path: Path) -> None:
    locked, closed, rubbish = (tmp_path / name for name in ("locked.pdf", "closed.pdf", "rubbish.pdf"))
    with pikepdf.open(good) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user=""))
        pdf.save(closed, encryption=pikepdf.Encryption(owner="o", user="u"))
    rubbish.write_bytes(b"%PDF-1.6\n" + good.read_bytes()[9:999])
    assert "press-encrypted" in {finding.rule for finding in preflight.check(locked)}
    assert [finding.rule for finding in preflight.check(closed)] == ["press-encrypted"]
    assert "press-unreadable" in {finding.rule for finding in preflight.check(rubbish)}


def test_a_form_that_holds_itself_comes_to_an_end(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "round.pdf"
    with pikepdf.open(good) as pdf:
        loop = pdf.make_stream(b"/Loop Do 1 0 0 rg 0 0 9 9 re f")
        loop.Type, loop.Subtype, loop.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        loop.Resources = Dictionary(XObject=Dictionary(Loop=loop))
        add(pdf, b"/Loop Do", XObject=Dictionary(Loop=loop))
        pdf.save(path)
    assert "press-colour" in {finding.rule for finding in preflight.check(path)}


def test_every_rule_has_a_planted_defect() -> None:
    elsewhere = {"press-unreadable", "press-encrypted", "press-identified", "press-rgb"}
    assert {rule.id for rule in preflight.ALL} == set(PLANTED) | elsewhere


def test_the_limit_of_ink_is_that_of_the_paper(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "wet.pdf"
    with pikepdf.open(good) as pdf:
        add(pdf, b"0.8 0.8 0.7 0.4 k 10 10 50 50 re f")
        pdf.save(path)
    assert preflight.check(path, ink=300) == ()
    (finding,) = preflight.check(path, ink=260)
    assert "270 %" in finding.message
