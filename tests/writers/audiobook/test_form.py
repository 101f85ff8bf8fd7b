"""The form of the manifest, with planted defects: each rule that is restated has to find its own."""

from __future__ import annotations

import copy
import json
import zipfile
from typing import Any

import pytest

from exporter.writers import audiobook
from tests.counting import Counting, spoken_by
from tests.writers.audio.recordings import make
from tests.writers.audiobook.form import MANIFEST, faults


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with spoken_by(Counting):
        target, _ = make(audiobook, tmp_path_factory.mktemp("book"))
    with zipfile.ZipFile(target) as archive:
        found: dict[str, Any] = json.loads(archive.read("publication.json"))
    return found


def test_ours_has_the_form_that_both_recommendations_ask_for(manifest: dict[str, Any]) -> None:
    assert faults(manifest) == []


@pytest.mark.parametrize("name", MANIFEST["required"])
def test_what_has_to_be_there_is_missed(manifest: dict[str, Any], name: str) -> None:
    assert any(f"'{name}' is a required property" in each for each in faults(without(manifest, name)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("@context", ["https://www.w3.org/ns/pub-context", "https://schema.org"]),
        ("@context", ["https://schema.org", "https://www.w3.org/ns/pub-context", {"direction": "auto"}]),
        ("@context", ["https://schema.org", "https://www.w3.org/ns/pub-context", {"language": "english!"}]),
        ("type", "Book"),
        ("type", ["Book"]),
        ("name", " "),
        ("author", [{"type": "Person"}]),
        ("author", [{"type": "Author", "name": "Ana"}]),
        ("inLanguage", ["en_GB_oops"]),
        ("datePublished", "1 May 2025"),
        ("duration", "3600"),
        ("duration", "PT"),
        ("abridged", "no"),
        ("accessMode", "auditory"),
        ("accessModeSufficient", ["auditory"]),
        ("accessibilityHazard", ["none", "none"]),
        ("readingOrder", []),
        ("readingOrder", ["part.m4a"]),
        ("readingOrder", [{"type": "LinkedResource", "url": "a b.m4a", "encodingFormat": "audio/mp4", "name": "x"}]),
        ("readingOrder", [{"type": "LinkedResource", "url": "a.html", "encodingFormat": "text/html", "name": "x"}]),
        ("readingOrder", [{"type": "Resource", "url": "a.m4a", "encodingFormat": "audio/mp4", "name": "x"}]),
        ("resources", [{"type": "LinkedResource"}]),
        ("links", [{"type": "LinkedResource", "url": ""}]),
        ("narrator", "Ana"),
    ],
)
def test_a_planted_defect_is_found(manifest: dict[str, Any], place: str, value: object) -> None:
    assert faults(copy.deepcopy(manifest) | {place: value})


def without(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in manifest.items() if key != name}
