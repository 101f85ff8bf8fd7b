"""Pictures of every kind that people have: on the page as they look, in colours that an archive file may hold."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from exporter import images, transforms
from exporter import model as m
from exporter.contracts.sidecars import PICTURES
from exporter.validate.external import verapdf
from exporter.validate.external.claimed_standards import Profile
from exporter.validate.preflight.painted_objects import painted
from exporter.writers.pdf import colours
from exporter.writers.pdf.options import Standard
from tests.parity.compared import compare
from tests.write_context import Pictures
from tests.writers.pdf.made import Made, make

GREY = Image.linear_gradient("L").resize((60, 40)).rotate(20)
COLOURS = Image.merge("RGB", [GREY, GREY.rotate(90), GREY.rotate(180)])
CLEAR = COLOURS.copy()
CLEAR.putalpha(GREY)
FEW = COLOURS.quantize(16)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def file(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def sixteen_bits(colour_type: int, channels: int) -> bytes:
    """Return a PNG of sixteen bits a channel, which Pillow cannot write in colours."""
    width, height = 30, 20
    rows = (
        b"\0" + b"".join(struct.pack(">H", (x * 900 + y * 99) % 65536) for x in range(width) for _ in range(channels))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    packed = zlib.compress(b"".join(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x112] = 6
    return file(COLOURS, "JPEG", exif=exif)


KINDS = {
    "cmyk.jpg": file(COLOURS.convert("CMYK"), "JPEG"),
    "cmyk.tif": file(COLOURS.convert("CMYK"), "TIFF"),
    "grey.jpg": file(GREY, "JPEG"),
    "profile.jpg": file(COLOURS, "JPEG", icc_profile=SRGB),
    "damaged-profile.jpg": file(COLOURS, "JPEG", icc_profile=b"no profile at all" * 9),
    "progressive.jpg": file(COLOURS, "JPEG", progressive=True),
    "turned.jpg": turned(),
    "grey-16.png": file(GREY.convert("I").point(lambda value: value * 257).convert("I;16"), "PNG"),
    "colours-16.png": sixteen_bits(2, 3),
    "clear-16.png": sixteen_bits(6, 4),
    "profile.png": file(COLOURS, "PNG", icc_profile=SRGB),
    "grey-clear.png": file(Image.merge("LA", [GREY, GREY.rotate(45)]), "PNG"),
    "clear.png": file(CLEAR, "PNG"),
    "black-and-white.png": file(GREY.convert("1"), "PNG"),
    "palette.png": file(FEW, "PNG"),
    "palette-clear.png": file(FEW, "PNG", transparency=bytes([0, 128] + [255] * 14)),
    "one-clear-colour.png": file(COLOURS, "PNG", transparency=(0, 0, 0)),
    "moving.gif": file(FEW, "GIF", save_all=True, append_images=[FEW.rotate(90)], transparency=2),
    "colours.webp": file(COLOURS, "WEBP"),
    "clear.webp": file(CLEAR, "WEBP", lossless=True),
    "moving.webp": file(COLOURS, "WEBP", save_all=True, append_images=[COLOURS.rotate(9)]),
    "colours.bmp": file(COLOURS, "BMP"),
}


def publication(folder: Path, kinds: Mapping[str, bytes] = KINDS, **widths: float) -> m.Publication:
    """Return a publication with pictures, gathered from a folder as an export gathers them."""
    folder.mkdir(parents=True)
    for name, data in kinds.items():
        (folder / name).write_bytes(data)
    pictures = (m.Image(name, m.Described(f"Stripes: {name}"), width=widths.get(name)) for name in kinds)
    body = tuple(m.Figure((picture,)) for picture in pictures)
    return m.Publication(m.Metadata(title="T", language="en"), body=body)


def printed(folder: Path, standard: Standard, kinds: Mapping[str, bytes] = KINDS, **widths: float) -> Made:
    gathered = images.collect(publication(folder / "source", kinds, **widths), folder / "source", {})
    pictures = Pictures(folder / "pictures")
    for digest, data in gathered.blobs.items():
        pictures.path(digest).write_bytes(data)
    return make(folder, gathered.publication, pdf_standard=standard)


def test_every_kind_of_picture_is_printed_in_grey_or_rgb_of_eight_bits(tmp_path: Path) -> None:
    made = printed(tmp_path, Standard.UA_1)
    assert made.written.findings == ()
    assert compare(made.publication, {"pdf": made.path}, pictures={"pdf": made.written.sidecars[PICTURES]}) == []
    with pikepdf.open(made.path) as pdf:
        drawn = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
        assert {str(each.ColorSpace) for each in drawn} == {"/DeviceGray", "/DeviceRGB"}
        assert {int(each.BitsPerComponent) for each in drawn} == {8}
        assert all("/Interpolate" not in each for each in drawn)
        on_side = [each for each in drawn if int(each.Height) > int(each.Width)]
        assert len(on_side) == 1, "the turned photograph stands upright"


@pytest.mark.parametrize(
    "large",
    [file(COLOURS.resize((2400, 1600)), "JPEG"), file(FEW.resize((600, 400)), "PNG")],
    ids=["both smaller", "one with its palette"],
)
def test_copies_of_a_picture_in_two_sizes_are_those_of_the_manuscript(large: bytes, tmp_path: Path) -> None:
    made = printed(tmp_path, Standard.UA_1, {"one": large, "other": large}, other=20)
    pictures = {"pdf": made.written.sidecars[PICTURES]}
    assert compare(made.publication, {"pdf": made.path}, pictures=pictures) == []


@pytest.mark.slow
def test_archive_files_may_hold_every_kind_of_picture(tmp_path: Path, java: str) -> None:
    jobs = {
        printed(tmp_path / "1", Standard.UA_1).path: (Profile.UA_1, Profile.A_2A),
        printed(tmp_path / "2", Standard.UA_2).path: (Profile.UA_2, Profile.A_4),
    }
    assert [
        finding.message for found in verapdf.check(jobs, java_address=java, max_repeats=2).values() for finding in found
    ] == []


def middle(picture: Image.Image) -> tuple[int, ...]:
    value = picture.getpixel((picture.width // 2, picture.height // 2))
    return value if isinstance(value, tuple) else (int(value or 0),)


@pytest.mark.parametrize("name", ["cmyk.jpg", "profile.jpg", "damaged-profile.jpg", "cmyk.tif", "palette.png"])
def test_colours_stay_as_they_look(name: str) -> None:
    with Image.open(BytesIO(KINDS[name])) as picture:
        made = colours.plain(picture)
        assert made.mode == "RGB"
        assert middle(made) == pytest.approx(middle(COLOURS), abs=60)


def test_sixteen_bits_of_grey_are_not_washed_out() -> None:
    with Image.open(BytesIO(KINDS["grey-16.png"])) as picture:
        assert not colours.is_plain(picture)
        made = colours.plain(picture)
    assert made.mode == "L"
    assert middle(made) == pytest.approx(middle(GREY), abs=1)


def test_colours_of_another_space_are_brought_into_srgb() -> None:
    lab = Image.new("LAB", (4, 4), (128, 128, 128))
    assert not colours.is_plain(lab)
    assert middle(colours.plain(lab)) == pytest.approx((119, 119, 119), abs=3)


def test_a_profile_that_means_other_colours_is_obeyed_and_transparency_kept() -> None:
    swapped = SRGB.replace(b"rXYZ", b"    ").replace(b"gXYZ", b"rXYZ").replace(b"    ", b"gXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "odd.".encode("utf-16-be"))
    red = Image.new("RGBA", (4, 4), (255, 0, 0, 99))
    with Image.open(BytesIO(file(red, "PNG", icc_profile=swapped))) as picture:
        assert not colours.is_plain(picture)
        made = colours.plain(picture)
    assert middle(made) == pytest.approx((0, 255, 0, 99), abs=3)


def test_a_drawing_without_a_size_stands_in_text_that_runs_from_right_to_left(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'
    asset = pictures.add("a.svg", drawing, "image/svg+xml", 20, 10)
    image = m.Image("a.svg", m.Described("A triangle"))
    body = (m.Paragraph((m.Text("نص "), image, m.Text(" آخر"))), m.Figure((image,), (m.Text("شكل"),)))
    about = m.Metadata(title="تقرير", language="ar", direction=m.Direction.RTL)
    publication = transforms.apply(m.Publication(about, body=body, assets=(asset,)), "drawing")
    made = make(tmp_path, publication)
    assert [each.message for each in compare(publication, {"pdf": made.path})] == []


def test_a_picture_is_printed_as_wide_as_the_manuscript_says_and_never_wider_than_the_text(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    kinds = {"a.png": (1200, 600, 30), "b.png": (1000, 500, 900), "c.png": (300, 900, 150)}
    assets, figures = [], []
    for name, (width, height, millimetres) in kinds.items():
        data = file(Image.new("RGB", (width, height), "navy"), "PNG")
        assets.append(pictures.add(name, data, "image/png", width, height))
        figures.append(m.Figure((m.Image(name, m.Described("x"), float(millimetres)),)))
    about = m.Metadata(title="T", language="en")
    made = make(tmp_path, m.Publication(about, body=tuple(figures), assets=tuple(assets)))
    with pikepdf.open(made.path) as pdf:
        shown = [one for page in pdf.pages for one in painted(page) if one.what == "image"]
        small, wide, high = [tuple(side / 72 * 25.4 for side in one.size) for one in shown]
        assert int(shown[0].thing.Width) == round(30 / 25.4 * 300)
    assert small == pytest.approx((30, 15), abs=0.5)
    assert 120 < wide[0] < 200
    assert wide[0] == pytest.approx(2 * wide[1], rel=0.01)
    assert high[1] == pytest.approx(3 * high[0], rel=0.01)


@pytest.mark.parametrize("is_term", [False, True])
def test_a_picture_in_text_is_no_wider_than_its_column(is_term: bool, tmp_path: Path) -> None:
    wide = file(COLOURS.resize((3000, 1500)), "PNG")
    (tmp_path / "wide.png").write_bytes(wide)
    link = m.Link((m.Image("wide.png", m.Described("Stripes")),), "https://e.org/")
    text = m.Paragraph((m.Text("Words"),))
    item = m.DefinitionItem((m.Term((link,)),), (m.Definition((text,)),))
    body = m.DefinitionList((item,)) if is_term else m.Paragraph((link,))
    tree = m.Publication(m.Metadata(title="T", language="en"), body=(body,))
    gathered = images.collect(tree, tmp_path, {})
    pictures = Pictures(tmp_path / "pictures")
    for digest, data in gathered.blobs.items():
        pictures.path(digest).write_bytes(data)
    with pikepdf.open(make(tmp_path, gathered.publication).path) as pdf:
        figures = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure")
        boxes = [[float(side) for side in part.BBox] for figure in figures for part in figure.A if "/BBox" in part]
        (_, _, width, _) = map(float, pdf.pages[0].MediaBox)
    assert [box[2] < width for box in boxes] == [True]


@pytest.mark.parametrize(("pixels", "width", "least"), [(600, None, 12), (20, None, 20 / 96 * 25.4), (600, 6, 6)])
def test_a_column_of_pictures_alone_is_seen(pixels: int, width: float | None, least: float, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", file(COLOURS.resize((pixels, pixels)), "PNG"), "image/png", pixels, pixels)
    image = m.Image("a.png", m.Described("Grey"), width=width)
    words = m.Cell((m.Paragraph((m.Text("Words that take all of the width of the page, if they may. " * 9),)),))
    row = m.Row((words, words, m.Cell((m.Figure((image,)),))))
    table = m.Table((m.Column(), m.Column(), m.Column()), bodies=((row, row),))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(table,), assets=(asset,)))
    with pikepdf.open(made.path) as pdf:
        sizes = [thing.size[0] for page in pdf.pages for thing in painted(page) if thing.what == "image"]
    assert len(sizes) == 2
    assert all(size / 72 * 25.4 > least - 0.1 for size in sizes)


def test_images_inside_drawings_have_plain_colours(tmp_path: Path) -> None:
    data = base64.b64encode(KINDS["cmyk.jpg"]).decode()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
        f'<image width="40" height="30" href="data:image/jpeg;base64,{data}"/></svg>'
    )
    asset = Pictures(tmp_path / "pictures").add("a.svg", drawing.encode(), "image/svg+xml", 40, 30)
    figure = m.Figure((m.Image(asset.name, m.Described("Bars.")),))
    made = make(tmp_path, m.Publication(m.Metadata(title="Bars", language="en"), body=(figure,), assets=(asset,)))
    with pikepdf.open(made.path) as pdf:
        spaces = [thing.ColorSpace for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing]
        assert spaces == ["/DeviceRGB"]
