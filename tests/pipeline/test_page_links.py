"""Links of web pages to what is published beside them, and to nothing that is not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from exporter.config import SettingsLayer
from exporter.contracts import EditionKind, PageLinks
from exporter.pipeline.page_links import links_of_edition, page_links


def links(output: Path | None, *related: str, address: str = "") -> PageLinks:
    return page_links(run(output, *related, address=address))


def run(output: Path | None, *related: str, address: str = "") -> Any:
    publisher = SettingsLayer("house.toml", {"site": {"address": address}}) if address else None
    context = SimpleNamespace(output=output, publisher_settings=publisher, slugs=frozenset({"corridor", "pasillo 2"}))
    prepared = SimpleNamespace(info={"related": related})
    return SimpleNamespace(
        context=context, manuscript=SimpleNamespace(slug="corridor"), result={"prepare": prepared}.get
    )


def test_a_file_written_alone_has_no_links() -> None:
    assert links(None, "pasillo 2") == PageLinks()


def test_links_lead_to_what_is_exported_too_or_was_before(tmp_path: Path) -> None:
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / "entry.json").write_text("{}")
    (tmp_path / "empty").mkdir()
    related = ("pasillo 2", "earlier", "empty", "absent", "../etc", "..", "https://example.org/")
    assert links(tmp_path, *related) == PageLinks(
        "index.html",
        "../index.html",
        {"pasillo 2": "../pasillo%202/index.html", "earlier": "../earlier/index.html"},
        "conformance.html",
    )


@pytest.mark.parametrize("address", ["https://example.org/r", "https://example.org/r/"])
def test_links_are_complete_where_the_address_is_known(tmp_path: Path, address: str) -> None:
    assert links(tmp_path, "pasillo 2", address=address) == PageLinks(
        "https://example.org/r/corridor/index.html",
        "https://example.org/r/index.html",
        {"pasillo 2": "https://example.org/r/pasillo%202/index.html"},
        "https://example.org/r/corridor/conformance.html",
    )


@pytest.mark.parametrize(
    ("kind", "address", "page"),
    [
        (EditionKind.PRINT, "https://example.org/r/", "https://example.org/r/corridor/index.html"),
        (EditionKind.PDF, "https://example.org/r/", "https://example.org/r/corridor/index.html"),
        (EditionKind.EPUB, "https://example.org/r/", "https://example.org/r/corridor/index.html"),
        # A file on paper cannot lead to a file beside it.
        (EditionKind.PRINT, "", ""),
        (EditionKind.WORD, "https://example.org/r/", ""),
    ],
)
def test_pages_are_given_the_address_of_the_publication_on_the_web(
    tmp_path: Path, kind: EditionKind, address: str, page: str
) -> None:
    report = page.replace("index", "conformance")
    links = links_of_edition(run(tmp_path, "pasillo 2", address=address), kind)
    assert links == PageLinks(page, conformance=report)
