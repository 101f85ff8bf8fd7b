"""Bold paragraphs of Markdown and web pages, read as headings when asked."""

from __future__ import annotations

import pytest

from exporter.model.walk import headings
from exporter.readers import html, markdown

_MARKDOWN = b"---\ntitle: T\n---\n\n# One\n\n**North**\n\nWords.\n\n**Run in.** Words.\n\n**South**\n\nWords.\n"
_PAGE = (
    b"<title>T</title><main><h1>T</h1><h2>One</h2><p><b>North</b></p><p>Words.</p><p><b>Run in.</b> Words.</p>"
    b"<p><b>South</b></p><p>Words.</p></main>"
)


@pytest.mark.parametrize(("reader", "data", "file"), [(markdown, _MARKDOWN, "a.md"), (html, _PAGE, "a.html")])
def test_bold_paragraphs_are_headings_below_those_that_are_marked(reader: object, data: bytes, file: str) -> None:
    read = reader.read  # type: ignore[attr-defined]
    guessed = read(data, file, guess_headings=True).publication
    assert [(heading.level, heading.text) for heading in headings(guessed)] == [(1, "One"), (2, "North"), (2, "South")]
    assert [heading.text for heading in headings(read(data, file).publication)] == ["One"]


def test_two_bold_lines_are_one_heading() -> None:
    guessed = markdown.read(_MARKDOWN.replace(b"**North**", b"**Chapter 1**\n\n**North**"), "a.md", guess_headings=True)
    assert [heading.text for heading in headings(guessed.publication)] == ["One", "Chapter 1 North", "South"]


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (
            ("1. North", "1.1 Method", "1.1.1 Scope", "2. South", "2.1.1 Army", "2.1.2 Police", "3. Law"),
            [1, 2, 3, 1, 2, 2, 1],
        ),
        (("一、北方", "（一）方法", "1．范围", "2．资料", "二、南方", "（一）法律"), [1, 2, 3, 3, 1, 2]),
        (("第一章 北方", "第一节 方法", "第二节 范围", "第二章 南方"), [1, 2, 2, 1]),
    ],
)
def test_bold_lines_with_numbers_of_one_depth_have_one_level(lines: tuple[str, ...], levels: list[int]) -> None:
    data = "---\ntitle: T\n---\n\n" + "".join(f"**{line}**\n\nWords.\n\n" for line in lines)
    guessed = markdown.read(data.encode(), "a.md", guess_headings=True).publication
    assert [heading.level for heading in headings(guessed)] == levels
