"""What glyphs stand for is read from their font, which may be damaged or ask for very long texts."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from exporter.writers.pdf.glyph_map import Face, face


def face_of(glyphs: list[str], characters: dict[int, str], features: str = "", damaged: bytes = b"") -> Face:
    """Return the face of a font without outlines."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *glyphs])
    builder.setupCharacterMap(characters)
    builder.setupGlyf(dict.fromkeys([".notdef", *glyphs], TTGlyphPen(None).glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *glyphs], (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if features:
        builder.addOpenTypeFeatures(features)
    if damaged:
        table = DefaultTable("GSUB")
        table.data = damaged
        builder.font["GSUB"] = table
    data = BytesIO()
    builder.save(data)
    return face(SimpleNamespace(file_content=data.getvalue(), index=0))


def test_a_glyph_stands_for_what_it_replaces() -> None:
    shapes = """
    feature init { sub beh by beh.init; } init;
    feature medi { sub beh by beh.medi; } medi;
    feature liga { sub f i by f_i; } liga;
    """
    characters = {0x628: "beh", 0xFE91: "beh.init", ord("f"): "f", ord("i"): "i"}
    own = face_of(["beh", "beh.init", "beh.medi", "f", "i", "f_i"], characters, shapes)
    assert [own.texts[glyph] for glyph in range(1, 7)] == ["ب", "ب", "ب", "f", "i", "fi"]


def test_a_glyph_of_a_radical_and_a_character_is_that_of_the_character() -> None:
    own = face_of(["people"], {0x2EA0: "people", 0x6C11: "people"})
    assert own.texts[1] == "民"
    assert own.text_of(1, "⺠") == "民"


def test_a_damaged_table_of_substitutions_is_left_out() -> None:
    assert face_of(["a"], {ord("a"): "a"}, damaged=b"\x00\x01").texts == {1: "a"}


def test_ligatures_of_ligatures_have_no_text_without_end() -> None:
    names = [f"g{number}" for number in range(40)]
    lookups = "".join(f"lookup l{n} {{ sub g{n} g{n} by g{n + 1}; }} l{n};\n" for n in range(39))
    features = f"{lookups}feature liga {{ {' '.join(f'lookup l{n};' for n in range(39))} }} liga;"
    own = face_of(names, {ord("a"): "g0"}, features)
    assert max(map(len, own.texts.values())) == 32
