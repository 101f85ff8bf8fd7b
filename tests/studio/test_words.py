"""The words of the studio: each language has all of them, and each is used."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from babel import Locale

from exporter.labels import Labels
from exporter.pipeline.registry import discover
from exporter.pipeline.rule_index import all_rules, manuscript_rules
from exporter.speech.engines import Quality, espeak_ng
from exporter.studio.look.screen_reader import ROLES
from exporter.studio.pages import page_frame
from exporter.studio.pages.home_page import State
from exporter.studio.pages.picture_pages import KINDS
from exporter.studio.reasons import REASONS, reason_of
from exporter.studio.tasks import FIELDS
from exporter.studio.voices import own_name

STYLES = Path("styles")
LABELS = STYLES / "studio" / "labels"
LANGUAGES = sorted(path.stem for path in LABELS.glob("*.toml"))


def words(language: str) -> dict[str, Any]:
    tables = tomllib.loads((LABELS / f"{language}.toml").read_text("utf-8"))
    return {f"{table}.{key}": value for table, values in tables.items() for key, value in values.items()}


def names(value: str | Mapping[str, str]) -> set[str]:
    texts = [value] if isinstance(value, str) else value.values()
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_words_of_english_with_the_same_values(language: str) -> None:
    english, other = words("en"), words(language)
    assert list(other) == list(english)
    for key, value in other.items():
        assert names(value) == names(english[key]), key
        if isinstance(value, dict):
            assert set(value) == set(Locale(language).plural_form.tags) | {"other"}, key


def test_every_word_is_used() -> None:
    sources = [*Path("exporter/studio").rglob("*.py"), *Path("exporter/templates/studio").glob("*.html")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    # Keys that are put together: the kind of an image, the state of a publication.
    built = {"rules.", "why.", "done.", "kept.", "verdict.heading_", "picture.ask_", "themes.", "names."}
    chosen = {f"frame.{name}" for name in ("fix", "pictures", "tables", "details", "editions", "read", "versions")}
    chosen |= {f"read.{role}" for role in ROLES}
    chosen |= {f"publisher.{name}{hint}" for name in ("field", "accent") for hint in ("", "_hint")}
    chosen |= {f"state.{state}" for state in get_args(State)}
    chosen |= {f"home.is_{state}" for state in get_args(State)}
    chosen |= {f"edition.voice_{kind}" for kind in ("narrator", "woman", "man")}
    chosen |= {f"picture.{name}" for name in (*KINDS, "described", "decorative", "undescribed")}
    chosen |= {f"detail.{field}" for field in FIELDS.values()} | {
        f"edition.{name}" for name in ("text", "sound", "report", "page")
    }
    chosen |= {f"edition.voice_{quality}" for quality in Quality}
    chosen |= {"detail.languages_in_use", "detail.languages_other"}
    unused = [
        key
        for key in words("en")
        if f'"{key}"' not in text and key not in chosen and not any(map(key.startswith, built))
    ]
    assert unused == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_rule_of_manuscripts_has_advice_in_the_language(language: str) -> None:
    path = Path("styles/studio/messages") / f"{language}.toml"
    advice = tomllib.loads(path.read_text("utf-8"))["advice"]
    named = {key.removeprefix("rules.") for key in words(language) if key.startswith("rules.")} - {"details"}
    assert named <= set(advice)
    assert len(set(manuscript_rules()) - set(advice)) < 20, "others have their English message"
    places = tomllib.loads(path.read_text("utf-8"))["places"]
    place = "page 2, under “A note under the table”, picture 2 after “Prices rose in”"
    translated = page_frame.translated_location(place, places)
    assert "“A note under the table”" in translated
    assert not {"page", "under", "picture", "after"} & set(re.sub("“[^”]*”", "", translated).replace(",", "").split())
    assert all(
        text.endswith(".") and "--" not in text.replace("|---|---|", "").replace("solo ---", "")
        for text in advice.values()
    )


def test_every_rule_has_a_reason_in_words() -> None:
    known = words("en")
    for rule in all_rules():
        assert f"why.{reason_of(rule)}" in known
    assert {f"detail.{field}" for field in FIELDS.values()} <= set(known)
    assert {f"done.{name}" for name in page_frame.DONE} <= set(known)


def test_plain_voices_have_names_in_the_language_of_the_studio() -> None:
    plain = {voice.name.partition("+")[2]: voice for voice in espeak_ng.voices() if voice.language == "es"}
    labels = Labels.load(STYLES / "studio", "es")
    assert [own_name(plain[name], labels) for name in ("n0", "f1", "m2")] == ["voz neutra", "mujer 1", "hombre 2"]


def test_a_finding_is_explained_by_the_reason_of_its_rule() -> None:
    labels = words("en")
    reasons = {key.removeprefix("why.") for key in labels if key.startswith("why.")}
    assert {*REASONS.values(), "other"} == reasons
    assert set(REASONS) - {"details"} <= set(all_rules())
    # Rules of one family that matter for different reasons
    for rule, word in {
        "word-empty-paragraphs": "empty lines",
        "text-blanks": "Spaces",
        "word-tabs": "columns",
        "text-capitals": "capital letters",
        "text-fancy-letters": "Letters that only look right",
        "image-location": "where it was taken",
        "word-cropped": "Cropping",
        "heading-skipped": "from the headings alone",
        "word-heading-look": "Bold text",
        "table-layout": "cell by cell",
        "table-wide": "many columns",
        "alt-long": "takes their time",
        "link-target-missing": "leads nowhere",
        "caption-number": "the same number",
        "list-number": "by its number",
        "title-repeated": "heard twice",
        "speaker-spelling": "who is speaking",
        "settings-wrong": "Some readers",
    }.items():
        assert word in str(labels[f"why.{reason_of(rule)}"]), rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_editions_and_hints_have_no_names_of_formats_that_officers_do_not_know(language: str) -> None:
    own = words(language)
    editions = Labels.load(STYLES, language)
    titles = {name: own.get(f"names.{name}", editions(f"editions.{name}")) for name in discover().descriptions}
    shown = [*titles.values(), *own.values()]
    texts = [text for value in shown for text in ([value] if isinstance(value, str) else value.values())]
    assert [text for text in texts if re.search(r"\b(LPF|JSON|WebVTT|M4B|ODT|HTML)\b", text)] == []
    assert len(set(titles.values())) == len(titles)
