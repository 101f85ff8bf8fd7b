"""Pictures and the cover."""

from __future__ import annotations

import io
import re

import pytest
from lxml import etree
from PIL import Image as Pixels

from exporter import model as m
from exporter.errors import SettingsError, SourceError
from exporter.writers import drawn_cover as cover
from exporter.writers import epub
from tests.write_context import STYLES
from tests.writers.epub.books import DRAWING, NS, Bench, Book, figure, metadata, paragraph, pixels

SVG = "{http://www.w3.org/2000/svg}"


def book_with(bench: Bench, data: bytes, media_type: str, alt: m.Alt | None = None, pixels: int = 1600) -> Book:
    asset = bench.assets.add("a", data, media_type)
    body = (figure("a", alt or m.Described("Something."), "f"),)
    publication = m.Publication(metadata(), body=body, assets=(asset,))
    return Book(bench.write(publication, options=epub.Options(pixels=pixels, epub_audio=epub.Sound.OFF))[0])


def picture(book: Book) -> tuple[str, bytes]:
    src = book.document("text-00.xhtml").xpath("string(//h:img/@src)", namespaces=NS)
    return str(src), book.data[f"EPUB/{src}"]


@pytest.mark.parametrize(
    ("form", "media_type", "suffix"),
    [
        ("JPEG", "image/jpeg", ".jpg"),
        ("PNG", "image/png", ".png"),
        ("GIF", "image/gif", ".gif"),
    ],
)
def test_core_media_types_are_kept_as_they_are(bench: Bench, form: str, media_type: str, suffix: str) -> None:
    data = pixels(form)
    src, kept = picture(book_with(bench, data, media_type))
    assert kept == data
    assert src.endswith(suffix)


def test_a_drawing_is_kept_as_it_is(bench: Bench) -> None:
    src, kept = picture(book_with(bench, DRAWING, "image/svg+xml"))
    assert (src, kept) == ("images/picture-001.svg", DRAWING)


def test_a_moving_picture_keeps_its_frames(bench: Bench) -> None:
    frames = [Pixels.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    src, data = picture(book_with(bench, out.getvalue(), "image/webp"))
    assert (src[-5:], data) == (".webp", out.getvalue())


def test_a_photograph_in_inks_becomes_one_in_light(bench: Bench) -> None:
    _, data = picture(book_with(bench, pixels("JPEG", mode="CMYK"), "image/jpeg"))
    assert (Pixels.open(io.BytesIO(data)).format, Pixels.open(io.BytesIO(data)).mode) == ("JPEG", "RGB")


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("WEBP", "image/webp"), ("AVIF", "image/avif"), ("TIFF", "image/tiff"), ("BMP", "image/bmp")],
)
def test_other_types_become_png_when_they_have_few_colours(bench: Bench, form: str, media_type: str) -> None:
    src, data = picture(book_with(bench, pixels(form), media_type))
    assert src.endswith(".png")
    assert Pixels.open(io.BytesIO(data)).size == (40, 30)


def test_a_photograph_of_another_type_becomes_jpeg(bench: Bench) -> None:
    out = io.BytesIO()
    Pixels.effect_noise((120, 100), 90).convert("RGB").save(out, "BMP")
    colours = Pixels.open(io.BytesIO(out.getvalue()))
    colours = Pixels.merge(
        "RGB", [colours.getchannel(0), Pixels.linear_gradient("L").resize((120, 100)), colours.getchannel(2)]
    )
    out = io.BytesIO()
    colours.save(out, "TIFF")
    src, data = picture(book_with(bench, out.getvalue(), "image/tiff"))
    assert src.endswith(".jpg")
    assert Pixels.open(io.BytesIO(data)).format == "JPEG"


def test_a_clear_ground_stays_clear(bench: Bench) -> None:
    src, data = picture(book_with(bench, pixels("TIFF", mode="RGBA"), "image/tiff"))
    assert src.endswith(".png")
    assert Pixels.open(io.BytesIO(data)).mode == "RGBA"


@pytest.mark.parametrize(("form", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("TIFF", "image/tiff")])
def test_a_large_picture_is_scaled_down_in_proportion(bench: Bench, form: str, media_type: str) -> None:
    _, data = picture(book_with(bench, pixels(form, (1200, 600)), media_type, pixels=300))
    assert Pixels.open(io.BytesIO(data)).size == (300, 150)


def test_a_picture_is_converted_once(bench: Bench) -> None:
    data = pixels("TIFF")
    book_with(bench, data, "image/tiff")
    assert bench.memo.puts == 1
    book_with(bench, data, "image/tiff")
    assert bench.memo.puts == 1
    book_with(bench, data, "image/tiff", pixels=300)
    assert bench.memo.puts == 2


@pytest.mark.parametrize("media_type", ["image/png", "image/tiff", "image/svg+xml"])
def test_a_file_that_is_no_picture_is_told_in_a_sentence(bench: Bench, media_type: str) -> None:
    with pytest.raises(SourceError, match=f"Image not readable as {re.escape(media_type)}: “a”"):
        book_with(bench, b"<html/>", media_type)


def test_a_described_picture_has_its_words_a_decorative_one_has_none_and_an_undescribed_one_no_alt(
    bench: Bench,
) -> None:
    alts = (m.Described("Words."), m.Decorative(), m.Undescribed())
    found = []
    for alt in alts:
        image = (
            book_with(bench, pixels(), "image/png", alt).document("text-00.xhtml").xpath("//h:img", namespaces=NS)[0]
        )
        found.append((image.get("alt"), image.get("role")))
    assert found == [("Words.", None), ("", "presentation"), (None, None)]


def test_a_book_that_is_too_large_says_what_takes_most_of_it(bench: Bench) -> None:
    noise = io.BytesIO()
    Pixels.effect_noise((1400, 1400), 90).save(noise, "PNG")
    asset = bench.assets.add("a", noise.getvalue(), "image/png")
    publication = m.Publication(metadata(), body=(figure("a", m.Described("Noise."), "f"),), assets=(asset,))
    silent = epub.Options(epub_audio=epub.Sound.OFF)
    assert bench.write(publication, options=silent)[1].findings == ()
    _, written = bench.write(publication, options=epub.Options(epub_audio=epub.Sound.OFF, megabytes=1))
    (finding,) = written.findings
    assert finding.rule == "epub-too-large"
    assert re.fullmatch(r"EPUB too large: \d MB, limit 1 MB; images take \d MB\.", finding.message)


# The cover


def cover_of(bench: Bench, alt: m.Alt) -> Book:
    about = metadata(cover=m.Cover("img/chart.png", alt))
    return bench.book(m.Publication(about, body=(paragraph("x"),), assets=(bench.png,)))


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        (m.Described("A woman before a court."), ("A woman before a court.", "doc-cover")),
        (m.Decorative(), ("", "presentation")),
        (m.Undescribed(), (None, "doc-cover")),
    ],
)
def test_a_cover_of_the_manuscript_is_shown_with_its_alt(
    bench: Bench, alt: m.Alt, expected: tuple[str | None, str]
) -> None:
    book = cover_of(bench, alt)
    image = book.document("cover.xhtml").xpath("//h:img", namespaces=NS)[0]
    assert (image.get("alt"), image.get("role")) == expected
    assert book.properties()[image.get("src")] == "cover-image"
    assert list(book.properties().values()).count("cover-image") == 1


def test_a_cover_is_drawn_when_the_manuscript_brings_none(sink: Book) -> None:
    image = sink.document("cover.xhtml").xpath("//h:img", namespaces=NS)[0]
    assert image.get("src") == "images/cover.svg"
    assert image.get("alt") == "Cover: Justice Denied: A report"
    words = " ".join(" ".join(sink.document("images/cover.svg").itertext()).split())
    for part in ("Report", "Justice Denied", "A report", "Ana López", "Example Rights"):
        assert part in words


@pytest.mark.parametrize(
    "title",
    [
        "Short",
        "“They Came at Night”: Unlawful Detention and Displacement in Six States, 2019 to 2025, with Recommendations",
        "W" * 120,
        "x" * 20_000,
        "人権報告書" * 12,
        "العدالة المنكرة وما لم تفعله المحاكم في الولايات الست",
    ],
)
def test_the_title_of_a_drawn_cover_stays_on_it(bench: Bench, title: str) -> None:
    root = etree.fromstring(cover.draw(metadata(title=title), bench.workshop("en").labels, cover.theme(STYLES)))
    room = cover.WIDTH - 2 * cover.MARGIN
    lines = [(float(text.get("y")), int(text.get("font-size")), text.text) for text in root.iter(f"{SVG}text")]
    assert all(size >= 60 for _, size, _ in lines)
    assert all(cover.width(words) * size <= room for _, size, words in lines)
    places = [place for place, _, _ in lines]
    assert places == sorted(places)
    assert max(places) <= cover.HEIGHT - cover.MARGIN / 2


def test_a_right_to_left_cover_begins_at_the_right(bench: Bench) -> None:
    about = metadata(title="العدالة", direction=m.Direction.RTL, language="ar")
    root = etree.fromstring(cover.draw(about, bench.workshop("ar").labels, cover.theme(STYLES)))
    assert root.get("direction") == "rtl"
    assert {text.get("x") for text in root.iter(f"{SVG}text")} == {str(cover.WIDTH - cover.MARGIN)}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_of_the_cover_can_be_told_apart() -> None:
    theme = cover.theme(STYLES)
    ground, text, accent = (luminance(each) for each in (theme.background, theme.text, theme.accent))
    assert (max(ground, text) + 0.05) / (min(ground, text) + 0.05) >= 7
    assert (max(ground, accent) + 0.05) / (min(ground, accent) + 0.05) >= 3


@pytest.mark.parametrize("text", [None, "background = 7", "not toml"])
def test_a_broken_theme_is_told_in_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str | None) -> None:
    folder = tmp_path_factory.mktemp("styles")
    if text is not None:
        (folder / "cover.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"The colours of the cover cannot be read"):
        cover.theme(folder)
