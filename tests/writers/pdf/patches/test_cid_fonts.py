"""Glyphs of fonts that have numbers of their own are where the PDF says: some programs showed boxes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pikepdf
import pytest
from fontTools import cffLib
from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from exporter.writers.pdf import patches
from exporter.writers.pdf.patches import cid_fonts

CIDS = (5, 9, 700, 701)
TEXT = "和平正义"


def font(cids: Sequence[int] = CIDS, *, has_cids: bool = True) -> bytes:
    """Return a font of some characters, which are boxes of growing width, with CIDs or only names."""
    names = [".notdef", *(f"cid{cid:05d}" for cid in cids)]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, TEXT), names[1:], strict=False)))
    drawn = {}
    for number, name in enumerate(names):
        pen = T2CharStringPen(1000, None)
        pen.moveTo((0, 0))
        for point in ((100 * (number + 1), 0), (100 * (number + 1), 500), (0, 500)):
            pen.lineTo(point)
        pen.closePath()
        drawn[name] = pen.getCharString()
    builder.setupCFF("Boxes", {"FullName": "Boxes"}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if has_cids:
        top = builder.font["CFF "].cff[0]
        part = FontDict(GlobalSubrs=top.GlobalSubrs)
        part.Private, part.FontName = top.Private, "Boxes-0"
        parts = FDArrayIndex()
        parts.append(part)
        selection = FDSelect()
        selection.format, selection.gidArray = 3, [0] * len(names)
        del top.Private
        top.FDArray, top.FDSelect, top.ROS, top.CIDCount = parts, selection, ("Adobe", "Identity", 0), 1000
        top.CharStrings.fdArray, top.CharStrings.fdSelect = parts, selection
    out = BytesIO()
    builder.font.save(out)
    return out.getvalue()


def shapes(data: bytes) -> dict[str, list[object]]:
    """Return the outlines of a font by the names of its glyphs, which for one with CIDs are these."""
    opened = TTFont(BytesIO(data))
    strings = opened["CFF "].cff[0].CharStrings
    for string in strings.values():
        string.decompile()
    return {name: strings[name].program for name in opened["CFF "].cff[0].charset}


def test_cids_become_positions_and_outlines_stay() -> None:
    before, after = shapes(font()), shapes(cid_fonts.numbered_by_position(font()))
    assert list(before)[1:] == [f"cid{cid:05d}" for cid in CIDS]
    assert list(after)[1:] == ["cid00001", "cid00002", "cid00003", "cid00004"]
    assert list(before.values()) == list(after.values())
    assert cid_fonts.numbered_by_position(font(has_cids=False)) == font(has_cids=False)


@pytest.mark.parametrize("cids", [(7,), (7, 9), (7, 8, 9), (7, 8, 9, 40), (7, 9, 40, 300)])
@pytest.mark.parametrize("longer", ["packCharset", "packCharset0"], ids=["as a list", "in ranges"])
def test_charsets_of_all_formats_and_sizes(cids: tuple[int, ...], longer: str) -> None:
    # The shorter one is written.
    with patch.object(cffLib, longer, lambda *_: bytes(1_000)):
        data = font(cids)
    after = shapes(cid_fonts.numbered_by_position(data))
    assert list(after)[1:] == [f"cid{number:05d}" for number in range(1, len(cids) + 1)]
    assert list(after.values()) == list(shapes(data).values())


@pytest.mark.parametrize("is_patched", [True, False])
def test_the_codes_of_a_page_are_cids_of_the_font(tmp_path: Path, *, is_patched: bool) -> None:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    path = tmp_path / "boxes.otf"
    path.write_bytes(font())
    page = (
        f"<style>@font-face {{font-family: Boxes; src: url({path.as_uri()})}} p {{font-family: Boxes}}</style><p>{TEXT}"
    )
    unpatched = patch.object(cid_fonts, "numbered_by_position", lambda data: data)
    with patches.drawing(), unpatched if not is_patched else patch.dict({}):
        HTML(string=page).write_pdf(tmp_path / "a.pdf", font_config=FontConfiguration())
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (embedded,) = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each)
        (face,) = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/W" in each)
        codes = {f"cid{face.W[0] + number:05d}" for number in range(len(face.W[1]))}
        assert (codes <= shapes(embedded.FontFile3.read_bytes()).keys()) is is_patched
