"""Links that people meet, and links that nobody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.validate import webpage


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ('aria-hidden="true" tabindex="-1"', False),
        ('aria-hidden="true"', True),
        ('tabindex="-1"', True),
        ("", True),
    ],
)
def test_an_empty_link_is_told_where_somebody_can_come_to_it(tmp_path: Path, attributes: str, told: bool) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>Code</title></head><body><main>'
        f'<pre><span id="line"><a href="#line" {attributes}></a>print()</span></pre></main></body></html>',
        "utf-8",
    )
    assert ("markup-link-empty" in {finding.rule for finding in webpage.check(page)}) is told


@pytest.mark.parametrize(
    ("shown", "name", "is_reported"),
    [
        ("1", "注释1", False),
        ("网页", "打开网页", False),
        ("网页", "打开页面", True),
        ("2", "注释12", True),
        ("note", "footnote", True),
    ],
)
def test_the_name_of_a_link_contains_what_is_shown_with_or_without_spaces(
    tmp_path: Path, shown: str, name: str, is_reported: bool
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="zh"><head><title>注释</title></head><body><main>'
        f'<p id="a"><a href="#a" aria-label="{name}">{shown}</a></p></main></body></html>',
        "utf-8",
    )
    assert ("markup-link-label" in {finding.rule for finding in webpage.check(page)}) is is_reported


@pytest.mark.parametrize(("role", "is_reported"), [("doc-footnote", False), ("note", True)])
def test_the_address_of_a_source_in_a_note_may_be_its_words(tmp_path: Path, role: str, is_reported: bool) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>Notes</title></head><body><main>'
        f'<aside role="{role}"><a href="https://example.org/a">https://example.org/a</a></aside></main></body></html>',
        "utf-8",
    )
    assert ("markup-link-address" in {finding.rule for finding in webpage.check(page)}) is is_reported
