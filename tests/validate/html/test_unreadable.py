"""Pages that would take hours to be read are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

from exporter.validate import webpage

_PAGE = '<!DOCTYPE html><html lang="en"><title>T</title><main><h1>T</h1><p {}>Text</p></main></html>'


def test_a_tag_with_more_attributes_than_any_needs_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(_PAGE.format(" ".join(f'a{number}="1"' for number in range(2_100))), "utf-8")
    (finding,) = webpage.check(page)
    assert finding.rule == "html-unreadable"
    assert "2,000 attributes" in finding.message


def test_a_long_attribute_is_one_attribute(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(_PAGE.format(f'title="{"word " * 3_000}"'), "utf-8")
    assert webpage.check(page) == ()


def test_pictures_of_more_than_ten_million_bytes_hide_nothing_after_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    picture = f'<img src="data:image/png;base64,{"A" * 6_000_000}" alt="A door">'
    page.write_text(_PAGE.replace("Text", picture * 2).format(""), "utf-8")
    assert webpage.check(page) == ()
