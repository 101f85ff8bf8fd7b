"""Contrast as it is on the pages: every text against every colour that lies under it (WCAG 1.4.3, 1.4.6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exporter import model as m
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.pages.laid import lay_out, seen
from tests.writers.pdf.test_styles import THEMES, contrast

KINDS = tuple(m.AsideKind)


def everything(pictures: Pictures) -> m.Publication:
    """Every node of the tree, and every kind of box, each with something of everything in it."""
    whole = sample.everything(pictures)
    inside: tuple[m.Block, ...] = (
        sample.p("Words, ", m.Link((m.Text("a link"),), "https://example.org/x"), m.Code("code"), m.NoteReference("a")),
        m.List((m.ListItem((sample.p("an item"),)),)),
        m.Quote((sample.p("A quotation."),), (m.Text("Somebody"),)),
        sample.table(),
        m.CodeBlock("code"),
    )
    boxes = tuple(m.Aside(inside, kind, (m.Text("A title"),)) for kind in KINDS)
    deep = sample.section(
        "l1",
        "Level",
        sample.section("l2", "L", sample.section("l3", "L", sample.section("l4", "L", sample.section("l5", "L")))),
        *boxes,
    )
    from msgspec.structs import replace

    return replace(whole, body=(*whole.body, deep))


def plain(colour: Any) -> str:
    red, green, blue = (round(value * 255) for value in colour.to("srgb").coordinates)
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize(
    ("edition", "cover", "theme"),
    [
        pytest.param(edition, cover, path.stem, marks=() if (row + index) % len(THEMES) == 0 else pytest.mark.proof)
        for row, (edition, cover) in enumerate(
            [("pdf", "never"), ("pdf", "always"), ("large-print", "always"), ("print", "always")]
        )
        for index, path in enumerate(THEMES)
    ],
)
def test_every_text_stands_out_from_what_lies_under_it(edition: str, theme: str, cover: str, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    # Without a cover only the title above the text is another one.
    publication = everything(pictures) if cover == "always" else sample.everything(pictures)
    document = lay_out(tmp_path, publication, edition, pictures, theme=theme, cover=cover, contents="always")
    pairs: dict[tuple[str, str], str] = {}
    for one in seen(document):
        for ground in one.grounds if one.text else ():
            pairs.setdefault((plain(one.colour), plain(ground)), one.text)
    assert len(pairs) > (4 if edition == "large-print" else 8)
    least = 7 if edition == "large-print" else 4.5
    weak = {pair: text for pair, text in pairs.items() if contrast(*pair) < least}
    assert weak == {}
