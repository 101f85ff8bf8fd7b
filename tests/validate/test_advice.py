"""Advice in the words of the program in which a manuscript is written."""

from __future__ import annotations

import re

import pytest

from exporter import transforms
from exporter.contracts import ReadResult
from exporter.findings import Rule
from exporter.model import Cover, Image, Metadata, Paragraph, Publication, Source, Text, Undescribed
from exporter.model.node import At
from exporter.readers import html
from exporter.validate.lint import RULES, lint, rules_with_format_advice, with_format_advice
from tests.readers.docx.files import p, picture, read

_MARKDOWN = re.compile(r"\]\(|\]\{|\{[.#]|:::|\*\*|\[\^|\*\[|\|-|“?# \w|front matter")
"""What is written in Markdown alone."""


def said(read: ReadResult) -> dict[str, str]:
    """Return what is advised about a manuscript as a reader gives it, by rule."""
    return {finding.rule: finding.advice for finding in lint(transforms.apply(read.publication, "slug"))}


def test_all_advice_is_about_rules_that_there_are() -> None:
    assert rules_with_format_advice() <= set(RULES)


def test_a_word_manuscript_is_advised_about_word() -> None:
    def found(file: str) -> dict[str, str]:
        at = At(source=Source(file, 0, "paragraph 1"))
        picture = Image(at=at, source="a.png", alt=Undescribed())
        body = (Paragraph(at=at, children=(Text(text="a "), picture)),)
        publication = Publication(metadata=Metadata(title="T", language="en", source=at.source), body=body)
        return {finding.rule: finding.advice for finding in lint(transforms.apply(publication, "slug"))}

    assert "View Alt Text" in found("report.docx")["alt-missing"]
    assert "![" in found("report.md")["alt-missing"]
    assert "publication.toml" in found("report.docx")["kind-missing"]


@pytest.mark.parametrize("file", ["report.docx", "page.html"])
@pytest.mark.parametrize(
    "rule", [one for one in RULES.values() if _MARKDOWN.search(one.advice)], ids=lambda one: one.id
)
def test_nobody_is_told_to_write_markdown_into_another_format(rule: Rule, file: str) -> None:
    advice = with_format_advice(rule.finding("It is so.", Source(file))).advice
    assert not _MARKDOWN.search(advice), advice


def test_what_a_word_file_does_not_say_is_told_in_the_words_of_word() -> None:
    told = said(read(p("Some text.") + p(picture(""))))
    assert "the style Title" in told["title-missing"]
    assert "publication.toml" in told["date-missing"]
    assert "View Alt Text" in told["alt-missing"]


def test_a_page_is_advised_about_its_tags() -> None:
    told = said(
        html.read(b"<p><b>Why</b></p><p>See <a href='https://example.org'>here</a>.<img src=a.png></p>", "a.html")
    )
    assert 'alt="' in told["alt-missing"]
    assert "<a href" in told["link-vague"]
    assert "<h2>" in told["heading-by-hand"]
    assert "<html lang" in told["language-missing"]


def test_a_cover_is_named_in_settings_whatever_the_manuscript_is_written_in() -> None:
    at = At(source=Source("report.docx"))
    metadata = Metadata(title="T", language="en", source=at.source, cover=Cover("a.png", Undescribed()))
    publication = Publication(metadata=metadata, body=(Paragraph(at=at, children=(Text(text="a"),)),))
    assert "cover = {" in said(ReadResult(publication=publication))["alt-missing"]


def test_advice_about_a_picture_can_be_copied_where_its_name_has_blanks() -> None:
    at = At(source=Source("a.md", 1))
    image = Image(at=at, source="img/Foto 1 (b).png", alt=Undescribed())
    publication = Publication(metadata=Metadata(), body=(Paragraph(at=at, children=(Text(text="a "), image)),))
    assert "![What it shows](<img/Foto 1 (b).png>)" in said(ReadResult(publication=publication))["alt-missing"]
