"""What the page tells machines: found in the page, not claimed."""

from __future__ import annotations

from pathlib import Path

from exporter import model as m
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.web.pages import make


def test_metadata_of_the_manuscript_are_told_in_schema_org(tmp_path: Path) -> None:
    told = make(tmp_path).schema()
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == "Report"
    assert (told["name"], told["inLanguage"], told["datePublished"]) == ("Waiting for a Judge", "en", "2026-03-01")
    assert told["author"] == [{"@type": "Person", "name": n} for n in ("Lucía Ortega", "Samuel Adeyemi")]
    assert told["publisher"] == {"@type": "Organization", "name": "Example Rights Organisation"}


def test_accessibility_is_what_the_page_holds(tmp_path: Path) -> None:
    told = make(tmp_path).schema()
    assert told["accessMode"] == ["textual", "visual"]
    assert {"alternativeText", "longDescription", "MathML", "structuralNavigation", "tableOfContents"} <= set(
        told["accessibilityFeature"]
    )
    assert "displayTransformability" in told["accessibilityFeature"], "every size is relative"
    assert told["accessibilityHazard"] == ["none"]
    assert {"@type": "ItemList", "itemListElement": ["textual"]} in told["accessModeSufficient"]


def test_a_picture_that_nobody_described_takes_its_claims_away(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", sample.picture(40, 20), "image/png", 40, 20)
    body = (sample.p("Words."), m.Figure((m.Image("a.png", m.Undescribed()),)))
    publication = m.Publication(m.Metadata(title="T", language="en"), body=body, assets=(asset,))
    told = make(tmp_path, publication, pictures=pictures).schema()
    assert "alternativeText" not in told["accessibilityFeature"]
    assert told["accessModeSufficient"] == [{"@type": "ItemList", "itemListElement": ["textual", "visual"]}]
    assert "tableOfContents" not in told["accessibilityFeature"]


def test_an_author_who_is_the_publisher_is_no_person(tmp_path: Path) -> None:
    metadata = m.Metadata(title="T", language="en", publisher="Org", authors=(m.Contributor("Org"),))
    told = make(tmp_path, m.Publication(metadata, body=(sample.p("x"),))).schema()
    assert told["author"] == [{"@type": "Organization", "name": "Org"}]


def test_the_parts_are_handed_on_for_other_pages(tmp_path: Path) -> None:
    page = make(tmp_path)
    parts = page.parts()
    assert set(parts) == {
        "title", "language", "direction", "css", "opening", "contents", "body", "about", "schema",
    }  # fmt: skip
    assert parts["body"] in page.text
    assert parts["contents"] in page.text
    assert "<h1" not in parts["body"]
    assert "<main" not in parts["body"]
