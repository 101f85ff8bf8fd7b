"""The house style: colours that can be read, names that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.writers import fonts
from tests.write_context import STYLES

THEMES = sorted((STYLES / "themes").glob("*.css"))
SHEETS = sorted((STYLES / "pdf").glob("*.css"))
GROUNDS = {
    "paper": ("ink", "muted", "accent", "link", "field"),
    "tint": ("ink", "muted", "accent", "link", "field"),
    "warm": ("ink", "muted", "accent", "link", "field"),
    "alert": ("ink", "muted", "accent", "link", "field"),
    "field": ("on-field", "on-field-muted", "on-field-accent"),
    "field-light": ("on-field", "on-field-muted", "on-field-accent"),
}
"""Which text colours stand on which grounds."""


def properties(path: Path) -> dict[str, str]:
    root = re.search(r":root\s*\{(.*?)\}", path.read_text("utf-8"), re.DOTALL)
    assert root is not None
    return dict(re.findall(r"--([a-z-]+):\s*([^;]+);", root[1]))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> Iterator[tuple[Path, str, str]]:
    for theme in THEMES:
        for ground, texts in GROUNDS.items():
            for text in texts:
                yield theme, text, ground


@pytest.mark.parametrize(("theme", "text", "ground"), list(pairs()), ids=lambda value: getattr(value, "stem", value))
def test_text_has_enough_contrast_on_each_ground(theme: Path, text: str, ground: str) -> None:
    colours = properties(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_sheets_take_colours_and_typefaces_from_the_theme_alone(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(", text)
    assert all(
        "var(--" in value or value.strip() == "inherit" for value in re.findall(r"font-family:\s*([^;}]+)", text)
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_sheets_use_only_names_that_a_theme_or_the_paper_sets(sheet: Path) -> None:
    paper = {
        "text-size",
        "page-width",
        "page-height",
        "measure",
        "hang",
        "margin-start",
        "margin-end",
        "bleed",
        "chapter-page",
    }
    used = set(re.findall(r"var\(--([a-z-]+)\)", sheet.read_text("utf-8")))
    for theme in THEMES:
        assert used <= paper | set(properties(theme))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_no_text_is_made_transparent_or_hyphenated(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    assert not re.search(r"(?<![-\w])opacity\s*:", text), "text under opacity loses its tags"
    assert "hyphens: auto" not in text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_no_line_is_a_gradient_with_a_size(sheet: Path) -> None:
    # Of one colour, it is drawn over the whole box, and hides the words.
    assert re.search(r"background:[^;}]*gradient\([^;}]*/", sheet.read_text("utf-8")) is None


@pytest.mark.parametrize("theme", THEMES, ids=lambda path: path.stem)
def test_themes_name_only_typefaces_that_we_bring(theme: Path) -> None:
    ours = {family.name for family in fonts.FAMILIES}
    for stack in re.findall(r"--(?:serif|sans|mono):\s*([^;]+);", theme.read_text("utf-8")):
        assert {name.strip().strip('"') for name in stack.split(",")} <= ours


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_sheet_asks_each_element_for_those_after_it(sheet: Path) -> None:
    # In a paragraph of many words in bold this takes the square of their number.
    if sheet.name != "easy-read.css":
        assert re.search(r":has\(\s*[+~]", sheet.read_text("utf-8")) is None
