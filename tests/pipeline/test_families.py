"""Families: publications that know each other, and translations that are compared with their originals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exporter import service
from exporter.pipeline import export
from exporter.pipeline.events import Ended, StepState
from exporter.pipeline.export import plan
from exporter.pipeline.step import Graph
from exporter.pipeline.steps.barrier import Barrier
from tests.pipeline.bench import Bench
from tests.pipeline.here import InThisProcess

ORIGINAL = """---
title: The well
kind: report
author: Ana Author
publisher: House
date: 2026-01-31
lang: en
description: Who has water.
---

The council counted 312 houses in 2024.

The mayor, Rosa Mendoza, promised a second well.
"""
TRANSLATION = """---
title: El pozo
kind: report
author: Ana Author
publisher: House
date: 2026-01-31
lang: es
description: Quién tiene agua.
family:
  original: well
  form: translation
---

El consejo contó 312 casas en 2024.

La alcaldesa, Rosa Mendoza, prometió un segundo pozo.
"""
EASY = TRANSLATION.replace("form: translation", "form: easy-read").replace("El pozo", "Agua, fácil")
EASY_IN_ENGLISH = EASY.replace("lang: es", "lang: en").replace("Agua, fácil", "Water, easy to read")
VIDEO = """  members:
    - title: The well, in signs
      target: https://example.org/well
      lang: ase
      form: sign-language
"""


@pytest.fixture
def family(bench: Bench) -> Bench:
    bench.write("well", ORIGINAL, "manuscript.md")
    bench.write("pozo", TRANSLATION, "manuscript.md")
    return bench


def members(bench: Bench, slug: str) -> list[tuple[str, str, str | None]]:
    """Return title, target and form of each other member, as the catalogue reads them."""
    metadata = json.loads((bench.output / slug / "entry.json").read_text())["metadata"]
    family = metadata.get("family", {})
    return [(member["title"], member.get("target"), member.get("form")) for member in family.get("members", ())]


def test_members_know_each_other_though_only_one_says_so(family: Bench) -> None:
    family.write("other", ORIGINAL.replace("The well", "Another"), "manuscript.md")
    family.export("words")
    assert members(family, "well") == [("El pozo", "pozo", "translation")]
    assert members(family, "pozo") == [("The well", "well", "original")]
    assert members(family, "other") == []


def test_members_of_members_and_those_elsewhere_are_known_to_all(family: Bench) -> None:
    family.write("facil", EASY.replace("original: well\n", f"original: pozo\n{VIDEO}"), "manuscript.md")
    family.write("easy", EASY_IN_ENGLISH, "manuscript.md")
    family.export("words")
    video = ("The well, in signs", "https://example.org/well", "sign-language")
    easy = [("Water, easy to read", "easy", "easy-read"), ("Agua, fácil", "facil", "easy-read")]
    assert members(family, "well") == [("El pozo", "pozo", "translation"), *easy, video]
    assert members(family, "facil") == [
        ("The well", "well", "original"),
        ("El pozo", "pozo", "translation"),
        easy[0],
        video,
    ]


def test_members_in_the_output_folder_are_known_as_long_as_they_are_there(family: Bench) -> None:
    family.export("words")
    family.export("words", sources=(family.input / "well",))
    assert members(family, "well") == [("El pozo", "pozo", "translation")]
    assert family.worked() == []
    for path in (family.output / "pozo").iterdir():
        path.unlink()
    family.export("words", sources=(family.input / "well",))
    assert members(family, "well") == []


@pytest.mark.parametrize(("kind", "form"), [("report", "translation"), ("easy-read", "easy-read")])
def test_a_form_that_is_not_stated_follows_from_the_kind(family: Bench, kind: str, form: str) -> None:
    text = TRANSLATION.replace("  form: translation\n", "").replace("kind: report", f"kind: {kind}")
    family.write("pozo", text, "manuscript.md")
    family.export("words")
    assert members(family, "well") == [("El pozo", "pozo", form)]


def test_publications_that_name_each_other_do_no_harm(family: Bench) -> None:
    family.write("well", ORIGINAL.replace("lang: en", "lang: en\nfamily:\n  original: pozo"), "manuscript.md")
    family.export("words")
    assert (family.output / "well" / "entry.json").is_file()


def test_a_paragraph_that_is_missing_in_the_translation_is_found_with_both_places(family: Bench) -> None:
    family.export("words")
    assert "translation-missing" not in family.found()
    family.write("pozo", TRANSLATION.partition("La alcaldesa")[0], "manuscript.md")
    family.export("words")
    finding = family.found()["translation-missing"]
    assert finding.startswith("manuscript.md:14: warning:")
    assert "“The mayor, Rosa Mendoza, promised a second well.”" in finding
    assert "(well/manuscript.md:13)" in finding


def test_the_original_is_read_if_only_the_translation_is_exported(family: Bench) -> None:
    family.write("pozo", TRANSLATION.partition("La alcaldesa")[0], "manuscript.md")
    family.export("words", sources=(family.input / "pozo",))
    assert "(well/manuscript.md:13)" in family.found()["translation-missing"]
    assert not (family.output / "well").exists()
    family.export("words", sources=(family.input / "pozo",))
    assert family.worked() == []


def test_a_change_of_the_original_repeats_the_comparison_and_not_the_translation(family: Bench) -> None:
    family.export("words")
    family.write("well", ORIGINAL + "\nNobody asked the people of the valley.\n", "manuscript.md")
    family.export("words")
    again = {step for step in family.worked() if step.startswith("pozo")}
    assert again == {"pozo translation_check", "pozo report", "pozo publish"}
    assert "Nobody asked" in family.found()["translation-missing"]


def test_a_new_title_of_the_original_reaches_the_translation(family: Bench) -> None:
    family.export("words")
    family.write("well", ORIGINAL.replace("The well", "Wells"), "manuscript.md")
    family.export("words")
    assert members(family, "pozo") == [("Wells", "well", "original")]
    assert "pozo write:words" in family.worked()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("original: well", "original: wel", "The original “wel” was not found"),
        ("  original: well\n", "", "The family has no original, although the form is “translation”."),
        ("original: well", "original: ../well", "The original “../well” was not found"),
    ],
)
def test_an_original_that_is_not_there_is_a_warning(family: Bench, old: str, new: str, said: str) -> None:
    family.write("pozo", TRANSLATION.replace(old, new), "manuscript.md")
    family.export("words")
    assert said in family.found()["original-missing"]
    assert (family.output / "pozo" / "entry.json").is_file()


def test_an_original_that_cannot_be_read_does_not_stop_the_translation(family: Bench) -> None:
    family.write("well", "---\ntitle: [\n---\n", "manuscript.md")
    family.export("words", sources=(family.input / "pozo",))
    assert "The original “well” could not be read" in family.found()["original-missing"]
    assert (family.output / "pozo" / "entry.json").is_file()


def test_the_family_may_be_in_the_settings_beside_the_manuscript(family: Bench) -> None:
    text = TRANSLATION.replace("family:\n  original: well\n  form: translation\n", "")
    family.write("pozo", text.partition("La alcaldesa")[0], "manuscript.md")
    settings = '[metadata]\nfamily = { original = "well", form = "translation" }\n'
    (family.input / "pozo" / "publication.toml").write_text(settings)
    family.export("words")
    assert members(family, "well") == [("El pozo", "pozo", "translation")]
    assert "translation-missing" in family.found()


def test_only_a_translation_is_shown_beside_its_original(family: Bench) -> None:
    family.export("words", "side-by-side")
    reasons = {
        event.publication: event.reason
        for event in family.events
        if isinstance(event, Ended) and event.step == "write:side-by-side" and event.state is StepState.SKIPPED
    }
    assert reasons == {"well": "Only a translation whose original can be read has this edition."}
    page = (family.output / "pozo" / "pozo-side-by-side.html").read_text()
    assert page.index("El consejo contó") < page.index("The council counted") < page.index("La alcaldesa")
    assert not [event for event in family.found() if event.startswith("parity")]


def test_many_publications_do_not_depend_on_each_other_one_by_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs: list[Graph] = []

    def recorded(*arguments: Any) -> Graph:
        graphs.append(plan(*arguments))
        return graphs[-1]

    monkeypatch.setattr(export, "plan", recorded)
    for number in range(6):
        bench.write(f"text-{number}")
    request = service.Request(sources=(bench.input,), output=bench.output, store=bench.store)
    service.check(request, lambda _: None, InThisProcess)
    graph = graphs[0]
    assert max(len(needs) for step, needs in graph.items() if not isinstance(step, Barrier)) < 6
    prepared = [{need.id for need in needs} for step, needs in graph.items() if step.id == "prepare"]
    assert prepared == [{"parse", "barrier:parse"}] * 6
