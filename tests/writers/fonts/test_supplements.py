"""A character that no bundled font has is printed with a font of its language, installed on demand or of the system."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from exporter import model as m
from exporter.writers.fonts import supplements
from tests.writers.pdf.made import make
from tests.writers.pdf.test_pdf import font_names
from tests.writers.sample import p

RESTRICTED = 0x0002


def font(path: Path, name: str, characters: str, *, rights: int = 0) -> Path:
    """Write a font with a square for each character."""
    names = [".notdef", *(f"uni{ord(character):04X}" for character in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 700), (700, 700), (700, 0)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): name for character, name in zip(characters, names[1:], strict=True)})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (800, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name.replace(" ", "")})
    builder.setupOS2(fsType=rights, usWeightClass=400)
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to import from that has fonts of Chinese and Japanese, and nothing else."""
    folder = tmp_path / "site"
    for package, suffix in ((supplements.CHINESE, "SC"), (supplements.JAPANESE, "JP")):
        module = folder / package.name.replace("-", "_")
        for kind in ("Sans", "Serif"):
            font(module / f"{kind}.ttf", f"Noto {kind} {suffix}", "和平直")
        (module / "__init__.py").touch()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(supplements, "PACKAGES", (supplements.CHINESE, supplements.JAPANESE))
    monkeypatch.setattr(supplements, "_system_fonts", lambda _codes: ())
    for function in (supplements._select, supplements._families):
        function.cache_clear()
    return folder


def fonts_of(folder: Path, language: str, *inlines: m.Inline) -> set[str]:
    publication = m.Publication(m.Metadata(title="T", language=language), body=(p(*inlines),))
    made = make(folder, publication)
    assert made.written.findings == ()
    assert made.written.cacheable
    with pikepdf.open(made.path) as file:
        return {name for name in font_names(file) if name.startswith("Noto")}


@pytest.mark.usefixtures("installed")
def test_a_chinese_character_has_the_form_of_its_language(tmp_path: Path) -> None:
    japanese = m.Span((m.Text("直"),), at=m.At(language="ja"))
    assert fonts_of(tmp_path, "zh-Hans", m.Text("和平 and "), japanese) == {"Noto-Serif-SC", "Noto-Serif-JP"}
    assert fonts_of(tmp_path, "ja", m.Text("和平")) == {"Noto-Serif-JP"}
    assert fonts_of(tmp_path, "en", m.Text("和平")) == {"Noto-Serif-SC"}


def of_system(path: Path, name: str, language: str, characters: str) -> supplements._SystemFont:
    """Return a font as fontconfig lists it."""
    codes = [ord(character) for character in characters]
    charset = " ".join(f"{code:x}" for code in codes)
    return supplements._SystemFont(path, 0, name, [language], set(codes), charset, len(codes))


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "House CJK SC"), ("zh-TW", "House CJK TC"), ("ja", "House CJK JP")]
)
def test_a_chinese_font_of_the_system_has_the_form_of_the_language(
    language: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"House {kind}CJK {form}" for kind in ("", "Mono ") for form in ("JP", "KR", "SC", "TC")]
    fonts = [
        of_system(
            font(tmp_path / f"{name}.ttf", name, "和平"), name, supplements._fontconfig_language(language), "和平"
        )
        for name in names
    ]
    monkeypatch.setattr(supplements, "_system_fonts", lambda _codes: fonts)
    monkeypatch.setattr(supplements, "_families", lambda _package: ())
    supplements._select.cache_clear()
    assert [family.name for family in supplements.select(map(ord, "和平"), [language])] == [name]


@pytest.mark.usefixtures("installed")
def test_a_font_of_the_system_is_used_if_it_may_be_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = font(tmp_path / "free.ttf", "Noto Free", "ก")
    forbidden = font(tmp_path / "forbidden.ttf", "Noto Forbidden", "กขค", rights=RESTRICTED)
    listed = [
        of_system(forbidden, "Noto Forbidden", "th", "กขค"),
        of_system(free, "Noto Free", "th", "ก"),
    ]
    monkeypatch.setattr(supplements, "_system_fonts", lambda _codes: listed)
    assert fonts_of(tmp_path, "th", m.Text("ก")) == {"Noto-Free"}


def test_of_the_system_files_with_the_usual_weights_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        "/f/a.ttf\t0\tA\ten|th\t80\t100\t20-7e e01",
        "/f/instance.ttf\t65536\tB\ten\t80\t100\t61",
        "/f/other.ttf\t0\tF\ten\t80\t100\t20-60 62",
        "/f/postscript.pfb\t0\tC\ten\t80\t100\t61",
        "/f/thin.otf\t0\tD\ten\t0\t100\t61",
        "/f/variable.ttf\t0\tE\ten\t[0 200]\t100\t61",
    )
    listed = SimpleNamespace(stdout="\n".join(lines).encode())
    monkeypatch.setattr(supplements.programs, "run", lambda *_, **__: listed)
    fonts = [
        ("/f/a.ttf", 0, "A", ["en", "th"], {0x61, 0xE01}, "20-7e e01", 96),
        ("/f/variable.ttf", 0, "E", ["en"], {0x61}, "61", 1),
    ]
    assert [(str(path), *more) for path, *more in supplements._system_fonts({0x61, 0xE01})] == fonts


def test_fonts_of_the_system_are_listed_once_however_many_characters_no_font_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supplements, "PACKAGES", ())
    supplements._select.cache_clear()
    calls: list[object] = []

    def run(*arguments: object, **_: object) -> SimpleNamespace:
        calls.append(arguments)
        return SimpleNamespace(stdout=b"")

    monkeypatch.setattr(supplements.programs, "run", run)
    assert list(supplements.select(range(0x4E00, 0x4F00), ["zh"])) == []
    assert len(calls) == 1
