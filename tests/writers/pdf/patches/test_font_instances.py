"""Variable typefaces that HarfBuzz makes static have the outlines of fontTools, and the widths that the PDF says."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts

from exporter.model import Metadata, Publication
from exporter.writers.pdf.patches import font_instances
from tests.writers.pdf.made import Made, make
from tests.writers.sample import p


def faces(path: Path) -> dict[str, tuple[TTFont, dict[int, float]]]:
    """Return the embedded faces by name, with the width of each glyph that the file uses, in thousandths."""
    found: dict[str, tuple[TTFont, dict[int, float]]] = {}
    with pikepdf.open(path) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
                file = each.FontDescriptor.get("/FontFile2")
                if file is not None:
                    found[str(each.BaseFont)] = TTFont(BytesIO(file.read_bytes())), dict(widths(each.W))
    return found


def widths(listed: Any) -> Any:
    """Yield glyph and width from the array of a font (ISO 32000-1, 9.7.4.3)."""
    entries = list(listed)
    while entries:
        first, following = int(entries.pop(0)), entries.pop(0)
        for place, width in enumerate(following):
            yield first + place, float(width)


@pytest.mark.proof
def test_outlines_are_those_of_the_slow_way(everything: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = faces(everything.path)
    monkeypatch.setattr(font_instances, "_can_pin", lambda: False)
    slow = faces(make(tmp_path).path)
    assert quick.keys() == slow.keys()
    assert len(quick) > 5
    for name, (face, used) in quick.items():
        other, _ = slow[name]
        assert "fvar" not in face
        for glyph in used:
            here, there = (each.getGlyphOrder()[glyph] for each in (face, other))
            drawn = face["glyf"][here].getCoordinates(face["glyf"])[0]
            assert list(drawn) == list(other["glyf"][there].getCoordinates(other["glyf"])[0]), (name, here)


def test_glyphs_are_as_wide_as_the_file_says(everything: Made) -> None:
    for name, (face, used) in faces(everything.path).items():
        scale = 1000 / face["head"].unitsPerEm
        for glyph, width in used.items():
            drawn = face["hmtx"][face.getGlyphOrder()[glyph]][0] * scale
            assert drawn == pytest.approx(width, abs=1), (name, glyph)


def test_weasyprint_still_makes_fonts_static_with_fonttools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch can be deleted."""
    instances: list[object] = []
    original = fonts.instantiateVariableFont

    def instantiate(font: TTFont, *arguments: object, **options: object) -> TTFont:
        instances.append(font)
        return original(font, *arguments, **options)

    monkeypatch.setattr(fonts, "instantiateVariableFont", instantiate)
    text = Publication(Metadata(title="Title", language="en"), body=(p("Words."),))
    make(tmp_path / "patched", text)
    assert not instances
    monkeypatch.setattr(font_instances, "patched", nullcontext)
    make(tmp_path / "plain", text)
    assert instances
