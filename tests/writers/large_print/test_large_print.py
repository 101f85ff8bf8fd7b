"""The large-print edition: nothing small, slanted or pale, tables that a line can hold, the tags of the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import page as validator
import pikepdf
import pytest
from PIL import Image

from exporter import model as m
from exporter import transforms
from exporter.model import walk
from exporter.model.table_grid import place_cells
from exporter.writers import large_print
from exporter.writers.large_print.design import LargeMarkup, design
from exporter.writers.pdf import column_widths, document
from exporter.writers.pdf.options import Notes
from tests.parity.compared import compare
from tests.write_context import STYLES, Pictures, write_context
from tests.writers import sample
from tests.writers.pdf.test_styles import contrast, properties

SMALLEST = 17.99
"""Points."""


def make(folder: Path, publication: m.Publication | None = None, **options: Any) -> Path:
    pictures = Pictures(folder / "pictures")
    publication = publication or sample.everything(pictures)
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    target = folder / "large.pdf"
    written = large_print.write(publication, context, large_print.Options(**options), target)
    assert [str(finding) for finding in written.findings] == []
    return target


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("large"))


def sizes(path: Path) -> Iterator[tuple[float, str]]:
    """Yield the size of each text in points, with the name of its typeface."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            scale, stack, size, face = 1.0, [], 0.0, ""
            names = {key: str(font["/BaseFont"]) for key, font in page.Resources.Font.items()}
            matrix = 1.0
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        stack.append(scale)
                    case "Q":
                        scale = stack.pop()
                    case "cm":
                        scale *= abs(float(operands[3]))
                    case "Tf":
                        face, size = names[str(operands[0])], float(operands[1])
                    case "Tm":
                        matrix = abs(float(operands[3])) or abs(float(operands[1]))
                    case "Tj" | "TJ":
                        yield size * matrix * scale, face
                    case _:
                        pass


def test_no_text_is_smaller_than_eighteen_points(large: Path) -> None:
    found = list(sizes(large))
    assert len(found) > 100
    assert min(size for size, _ in found) >= SMALLEST
    body = max({round(size, 1) for size, _ in found}, key=[round(size, 1) for size, _ in found].count)
    assert body == 18


def test_the_text_can_be_larger(tmp_path: Path) -> None:
    short = m.Publication(
        m.Metadata(title="Short", language="en"), body=(sample.section("a", "A", sample.p("Words.")),)
    )
    assert max(round(size, 1) for size, _ in sizes(make(tmp_path, short, text_size=24))) >= 24
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"text_size": 17}, large_print.Options)


def test_no_letter_is_slanted_or_has_serifs(large: Path) -> None:
    faces = {face for _, face in sizes(large)}
    assert not [face for face in faces if "Italic" in face or "Oblique" in face or "Serif" in face]
    assert any("Source-Sans" in face for face in faces)


def test_it_keeps_the_standard_and_says_what_the_tree_says(large: Path, tmp_path: Path) -> None:
    assert [f.message for f in validator.validate_pdf(str(large), profile="ua1").failures] == []
    publication = sample.everything(Pictures(tmp_path / "pictures"))
    assert compare(publication, {"large-print": large}) == []


def test_contrast_is_seven_to_one_in_every_theme() -> None:
    """WCAG 1.4.6: the sheet lets only these colours stand for text."""
    sheet = (STYLES / "pdf" / "large-print.css").read_text("utf-8")
    for name, instead in (("muted", "ink"), ("accent", "field"), ("link", "field"), ("on-field-muted", "on-field")):
        assert f"--{name}: var(--{instead});" in sheet
    for theme in (STYLES / "themes").glob("*.css"):
        colours = properties(theme)
        for ground in ("paper", "tint", "warm", "alert"):
            assert contrast(colours["ink"], colours[ground]) >= 7
            assert contrast(colours["field"], colours[ground]) >= 7
        assert contrast(colours["on-field"], colours["field"]) >= 7
        assert contrast(colours["on-field"], colours["field-light"]) >= 7


def test_a_table_that_does_not_fit_is_told_row_by_row() -> None:
    node = sample.table()
    lines = place_cells(node.groups)
    markup = LargeMarkup(
        m.Publication(m.Metadata(language="en"), body=(node,)), workshop_labels(), href=lambda name: name
    )
    markup.line = column_widths.need(lines) + 1
    assert "by-row" not in markup.table(node, 0)
    assert "by-row" not in markup.blocks((m.Quote((node,)),))
    markup.indent = 1.5
    assert "by-row" in markup.blocks((m.Quote((node,)),))
    assert "by-row" not in markup.blocks((m.Quote(()), node))
    markup.line = column_widths.need(lines) - 1
    told = markup.table(node, 0)
    assert 'class="by-row"' in told
    assert re.findall(r'<td[^>]*data-heads="([^"]*)"', told)[:3] == ["Arrests, Number: ", "Arrests, Share: ", "Died: "]
    assert 'scope="row"' in told


def test_a_head_over_several_rows_is_said_before_each_of_them() -> None:
    row = m.Scope.ROW
    node = m.Table(
        (m.Column(), m.Column()),
        head=(m.Row((sample.cell("Place", m.Scope.COLUMN), sample.cell("Cases", m.Scope.COLUMN))),),
        bodies=((m.Row((sample.cell("North", row, rowspan=2), sample.cell("1"))), m.Row((sample.cell("2"),))),),
    )
    markup = LargeMarkup(m.Publication(m.Metadata(), body=(node,)), workshop_labels(), href=lambda name: name)
    told = markup.table(node, 0)
    assert told.count('data-heads="North"') == 1
    assert told.index('data-heads="North"') < told.index(">2<")


def test_what_is_said_again_before_a_value_is_no_part_of_the_tags(tmp_path: Path) -> None:
    wide = m.Table(
        tuple(m.Column() for _ in range(6)),
        head=(m.Row(tuple(sample.cell(f"Heading number {n}", m.Scope.COLUMN) for n in range(6))),),
        bodies=((m.Row(tuple(sample.cell(f"value{n}") for n in range(6))),),),
    )
    path = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(sample.section("a", "A", wide),)))
    with pikepdf.open(path) as pdf:
        names = [str(node.S) for node in elements(pdf.Root.StructTreeRoot)]
        assert (names.count("/TH"), names.count("/TD"), names.count("/TR")) == (6, 6, 2)
    assert [f.message for f in validator.validate_pdf(str(path), profile="ua1").failures] == []


def elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def workshop_labels() -> Any:
    from exporter.labels import Labels

    return Labels.load(STYLES, "en")


def test_headings_are_those_of_the_tree(large: Path, tmp_path: Path) -> None:
    publication = sample.everything(Pictures(tmp_path / "pictures"))
    with pikepdf.open(large) as pdf:
        found = [node for node in elements(pdf.Root.StructTreeRoot) if re.fullmatch(r"/H\d", str(node.S))]
    assert len(found) == len(list(walk.headings(publication)))


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed: apt install poppler-utils")
def test_a_zero_has_nothing_inside(tmp_path: Path) -> None:
    """36,000 with slashed zeros was read as 36,999 by people who see little."""
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(sample.p("0"),))
    path = make(tmp_path, publication, text_size=24, contents="never")
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-l", "1", str(path), str(tmp_path / "zero")], check=True)
    places = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    box = re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">0<', places)
    assert box
    left, top, right, bottom = (float(value) * 150 / 72 for value in box.groups())
    (picture,) = tmp_path.glob("zero*.pgm")
    with Image.open(picture) as page:
        middle = page.crop((round(left + right) // 2 - 1, round(top), round(left + right) // 2 + 1, round(bottom)))
        rows = [middle.getpixel((0, row)) < 128 for row in range(middle.height)]
    # Its upper and its lower edge, and nothing between them.
    assert len([1 for before, here in pairwise([False, *rows]) if here and not before]) == 2


def test_long_titles_and_headings_are_smaller_and_chinese_ones_as_long_as_they_are_wide(tmp_path: Path) -> None:
    title = "两项公约生效五十年以来各国法院审理案件的期限与家属的等待"
    metadata = m.Metadata(title=title * 2, language="zh", cover=m.Cover("a.png", m.Decorative()))
    options = large_print.Options()
    context = write_context(tmp_path, "zh")
    body = tuple(m.Section((m.Text(title * times),), ()) for times in (1, 3))
    markup, _ = document.document(
        m.Publication(metadata, body=body), context, options, design(options), notes=Notes.END
    )
    assert "title-long" in markup
    assert markup.count('"long-heading"') == 1


def test_no_break_is_beside_a_heading_or_at_the_end() -> None:
    rule, words = m.ThematicBreak(), sample.p("Words.")
    inner = m.Section((m.Text("B"),), (words, rule))
    outer = m.Section((m.Text("A"),), (rule, words, rule, words, rule, inner))
    publication = transforms.apply(m.Publication(m.Metadata(title="T", language="en"), body=(outer,)), "t")
    markup = LargeMarkup(publication, workshop_labels(), href=lambda name: name)
    assert re.findall(r"<(p|hr|h\d)\b", markup.blocks(publication.body)) == ["h1", "p", "hr", "p", "h2", "p"]
