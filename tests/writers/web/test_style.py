"""How the page looks: colours that can be read by day and by night, sizes that are the reader's own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from exporter import oklch
from exporter.errors import SettingsError
from exporter.model import ListDelimiter, ListStyle
from exporter.writers.web import dark_palette, stylesheets, theme
from tests.write_context import STYLES, Memory
from tests.writers.pdf.test_styles import GROUNDS, THEMES, contrast
from tests.writers.web.pages import Page, make, rules

SHEETS = sorted((STYLES / "web").glob("*.css"))
DARK = {
    "paper": ("ink", "muted", "accent", "link", "heading"),
    "tint": ("ink", "muted", "accent", "link", "heading"),
    "warm": ("ink", "muted", "accent", "link", "heading"),
    "alert": ("ink", "muted", "accent", "link", "heading"),
    "field": ("on-field", "on-field-muted", "on-field-accent"),
    "field-light": ("on-field", "on-field-muted", "on-field-accent"),
}
"""Which text colours stand on which grounds in the dark."""


@pytest.mark.parametrize("name", [path.stem for path in THEMES])
def test_every_theme_can_be_read_by_day_and_by_night(name: str) -> None:
    loaded = theme.load(STYLES, name, "en")
    for ground, texts in GROUNDS.items():
        for text in texts:
            assert contrast(loaded.light[text], loaded.light[ground]) >= 4.5, (text, ground)
    for ground, texts in DARK.items():
        for text in texts:
            assert contrast(loaded.dark[text], loaded.dark[ground]) >= 4.5, (text, ground)
    assert contrast(loaded.dark["ink"], loaded.dark["paper"]) >= 9
    assert set(loaded.dark) <= set(loaded.light)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#7f7f7f"])
def test_dark_colours_can_be_read_whatever_the_theme_is(colour: str) -> None:
    names = set(theme.load(STYLES, "house", "en").light) & {*sum(GROUNDS.values(), ()), *GROUNDS, "hairline", "rule"}
    dark = dark_palette.dark(dict.fromkeys({*names, "heading", "gold"}, colour))
    for ground, texts in DARK.items():
        assert all(contrast(dark[text], dark[ground]) >= 4.5 for text in texts), ground


def test_a_colour_survives_the_way_to_oklch_and_back() -> None:
    for colour in ("#14304a", "#a2341c", "#f2b632", "#ffffff", "#000000", "#1d4f7c"):
        assert oklch.to_hex(oklch.tone(colour)) == colour


def test_another_theme_has_other_colours_and_brings_its_logo() -> None:
    harbour = theme.load(STYLES, "harbour", "en")
    assert harbour.light["field"] != theme.load(STYLES, "house", "en").light["field"]
    assert harbour.light["logo"].startswith("url(data:image/svg+xml;base64,")


def test_a_theme_has_the_typefaces_of_the_language() -> None:
    assert theme.load(STYLES, "house", "ar-EG").light["serif"].startswith("Amiri")
    assert theme.load(STYLES, "house", "arn").light["serif"].startswith('"Source Serif 4"')


def test_a_theme_can_neither_leave_its_folder_nor_the_style_sheet(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    house = (STYLES / "themes" / "house.css").read_text("utf-8")
    (tmp_path / "themes" / "house.css").write_text(house, "utf-8")
    bad = ":root { --logo: url(../../etc/passwd.svg); --serif: x</style><script>; --ink: rgb(20, 30, 40) }"
    (tmp_path / "themes" / "bad.css").write_text(bad, "utf-8")
    loaded = theme.load(tmp_path, "bad", "en")
    assert loaded.light["logo"] == "none"
    assert "<" not in loaded.css()
    assert loaded.light["ink"] == "#141e28"


def test_a_theme_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(SettingsError, match="Unknown theme") as caught:
        theme.load(STYLES, "nothing", "en")
    assert "house" in (caught.value.advice or "")


def test_a_theme_that_is_no_text_is_named(tmp_path: Path) -> None:
    styles = shutil.copytree(STYLES, tmp_path / "styles")
    (styles / "themes" / "house.css").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"themes/house\.css is not text in UTF-8"):
        theme.load(styles, "house", "en")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_sheets_take_colours_from_the_theme_and_sizes_from_the_reader(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    # White under pictures is the paper that they were drawn on.
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) <= {"#fff"}
    assert not re.findall(r"(?:font|font-size|line-height):[^;}]*\d(?:px|pt|mm)", text)
    known = set(theme.load(STYLES, "house", "en").light)
    assert set(re.findall(r"var\(--([a-z-]+)\)", text)) <= known


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_sheets_follow_the_direction_of_the_script(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert not re.findall(r"(?:margin|padding|border)-(?:left|right)|float:\s*(?:left|right)", text)


def test_every_style_of_list_has_a_counter_and_none_goes_by_the_letter_of_the_type() -> None:
    text = (STYLES / "lists.css").read_text("utf-8")
    names = [f"{around}-{style}" for around in list(ListDelimiter)[1:] for style in list(ListStyle)[1:]]
    assert re.findall(r"@counter-style ([\w-]+)", text) == names
    assert re.findall(r"ol\.([\w-]+) \{ list-style-type: ([\w-]+) \}", text) == [(name, name) for name in names]
    # HTML compares the attribute type without its case, so that a list of a, b, c would get A, B, C.
    assert "[type" not in text + "".join(sheet.read_text("utf-8") for sheet in SHEETS)


def test_the_page_has_a_form_for_every_need(tmp_path: Path) -> None:
    css = rules(make(tmp_path).css())
    for need in ("prefers-color-scheme:dark", "forced-colors: active", "prefers-contrast: more", "media print",
                 "prefers-reduced-motion", ":focus-visible"):  # fmt: skip
        assert need in css, need


SUBSETS = Memory()
"""Font subsets, which take seconds to make."""


@pytest.fixture(scope="module")
def with_fonts(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return make(tmp_path_factory.mktemp("fonts"), fonts=True, memory=SUBSETS)


@pytest.mark.proof
def test_the_same_publication_gives_the_same_bytes(with_fonts: Page, tmp_path: Path) -> None:
    """That a subset has the same bytes each time is tested where it is made, with the EPUB."""
    assert make(tmp_path, fonts=True, memory=SUBSETS).data == with_fonts.data


@pytest.mark.proof
def test_typefaces_are_brought_inside_and_stay_small(with_fonts: Page, tmp_path: Path) -> None:
    css = with_fonts.css()
    faces = re.findall(r"@font-face \{[^}]*\}", css)
    assert len(faces) >= 2
    assert all("data:font/woff2;base64," in face and "font-display:swap" in face for face in faces)
    assert sum(map(len, faces)) < 4 / 3 * 160_000 + 2_000
    assert "@font-face" not in make(tmp_path).css()


def test_a_sheet_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"base\.css"):
        stylesheets.read(tmp_path, "web/base.css")


def test_only_easy_read_publications_ask_each_element_for_those_after_it() -> None:
    # In a paragraph of many words in bold this takes the square of their number, unless another condition comes first.
    for sheet in SHEETS:
        for selector in re.findall(r"([^{};/]*):has\(\s*[+~]", sheet.read_text("utf-8")):
            assert selector.strip() == ":is(.easy-read *)"


def test_headers_of_columns_of_numbers_may_have_several_lines() -> None:
    rules = re.findall(r"^([^{}]*)\{[^}]*white-space: nowrap", (STYLES / "web" / "text.css").read_text("utf-8"), re.M)
    numbers = [selector.strip() for selector in rules if ".number" in selector]
    assert numbers == ["td.number"]
