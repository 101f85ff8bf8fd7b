"""The step that makes the page of a publication and what the catalogue needs of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter.config import MetadataSettings
from exporter.contracts import PageLinks
from exporter.pipeline.step import StepContext
from exporter.pipeline.steps.page import Page
from exporter.pipeline.steps.parse import Parse
from exporter.pipeline.steps.prepare import Prepare
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store
from exporter.site import onix
from exporter.site.entry import CatalogueEntry
from exporter.writers.web import Options
from tests.site.entries import STYLES, file

MANUSCRIPT = """---
title: The Long Corridor
author: Inés Cañedo
publisher: Open Record
date: 2026-01-27
lang: en
kind: report
translations:
  - title: El largo pasillo
    target: pasillo
    lang: es
---

# One {#one}

Words of the text.
"""


class Bench:
    """A store with one publication in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder / "store")
        (folder / "manuscript.md").write_text(MANUSCRIPT, "utf-8")
        self.runs = 0
        manuscript = folder / "manuscript.md"
        read = Parse.Inputs(reader="exporter.readers.markdown", path=manuscript, file=manuscript.name)
        raw = Prepare.Inputs(
            tree=Parse.run(read, self.context).outputs["tree"].digest,
            media={},
            folder=folder,
            slug="corridor",
            overrides=MetadataSettings(),
            defaults=MetadataSettings(),
        )
        self.prepared = Prepare.run(raw, self.context)

    @property
    def context(self) -> StepContext:
        return StepContext(self.store.root, STYLES, self.folder / f"scratch-{self.runs}", code="")

    def run(self, **changes: Any) -> StepResult:
        self.runs += 1
        inputs = Page.Inputs(
            tree=self.prepared.outputs["tree"].digest,
            slug="corridor",
            files=(file("corridor", "pdf"), file("corridor", "epub")),
            titles={},
            epub="",
            sidecars={},
            gaps={"pdf": ["pictures"]},
            follows=(),
            published=("pasillo",),
            links=PageLinks(),
            report="report.html",
            options=Options(fonts=False),
            text=True,
        )
        return Page.run(msgspec.structs.replace(inputs, **changes), self.context)

    def text(self, made: StepResult, name: str) -> str:
        return self.store.fetch(made.outputs[name].digest).decode()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_outputs_bear_the_names_of_their_files(bench: Bench) -> None:
    assert set(bench.run().outputs) == {"cover.png", "index.html", "opds.json", "onix.xml", "entry.json"}


def test_a_faulty_message_for_the_book_trade_is_not_published(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    good = onix.message
    monkeypatch.setattr(onix, "message", lambda *values: good(*values).replace(b"SentDateTime", b"SentDate"))
    result = bench.run()
    assert "onix.xml" not in result.outputs
    assert {finding.rule for finding in result.findings} == {"onix-element"}


def test_the_page_has_the_text_of_the_html_edition(bench: Bench) -> None:
    of_an_earlier_run = bench.text(bench.run(), "index.html")
    assert "Words of the text." in of_an_earlier_run
    text = dict.fromkeys(("contents", "opening", "about", "css"), "") | {
        "title": "The Long Corridor",
        "language": "en",
        "direction": "ltr",
        "body": "<p>Another text.</p>",
    }
    given = bench.run(sidecars={"html.page": bench.store.put(msgspec.json.encode(text))})
    assert "Another text." in bench.text(given, "index.html")


def test_without_an_html_edition_the_page_says_what_the_publication_is_and_leads_to_its_editions(bench: Bench) -> None:
    page = bench.text(bench.run(text=False), "index.html")
    assert "Words of the text." not in page
    assert page.count("<h1") == 1
    for words in ("The Long Corridor", "Inés Cañedo", 'href="corridor.pdf"', 'href="../pasillo/index.html"'):
        assert words in page
    ways = set(re.findall(r'href="#([^"]+)"', page))
    assert ways
    assert ways <= set(re.findall(r'id="([^"]+)"', page))


def test_page_entry_and_feed_speak_of_the_same_editions(bench: Bench) -> None:
    made = bench.run()
    entry = msgspec.json.decode(bench.text(made, "entry.json"), type=CatalogueEntry)
    assert [one.name for one in entry.files] == ["pdf", "epub"]
    assert entry.metadata.title == "The Long Corridor"
    links = [link["href"] for link in json.loads(bench.text(made, "opds.json"))["links"]]
    assert links == ["opds.json", "index.html", "corridor.pdf", "corridor.epub"]
    page = bench.text(made, "index.html")
    for name in (
        "corridor.pdf",
        "corridor.epub",
        "report.html",
        "../pasillo/index.html",
        "Some pictures may have no description in words.",
    ):
        assert name in page


def test_a_translation_that_is_not_published_is_not_led_to(bench: Bench) -> None:
    assert "../pasillo/" not in bench.text(bench.run(published=()), "index.html")


def test_what_is_known_of_translations_is_known_to_planning(bench: Bench) -> None:
    assert bench.prepared.info["translations"] == ["pasillo"]


def test_the_same_publication_gives_the_same_files(bench: Bench) -> None:
    assert bench.run().outputs == bench.run().outputs
