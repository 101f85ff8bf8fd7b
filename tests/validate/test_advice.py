"""Advice in the words of the program in which a manuscript is written."""

from __future__ import annotations

from exporter import transforms
from exporter.model import Image, Metadata, Paragraph, Publication, Source, Text, Undescribed
from exporter.model.node import At
from exporter.validate.lint import RULES, lint
from exporter.validate.lint.advice import rules


def test_all_advice_is_about_rules_that_there_are() -> None:
    assert rules() <= set(RULES)


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
