"""The catalogue in Chromium: axe-core finds nothing in any way of reading it, and the keyboard reaches everything."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter.config import SettingsLayer
from exporter.labels import Labels
from exporter.model import Contact, Contributor, Kind, Publication, Related
from exporter.pipeline.output import catalogue
from exporter.site.entry import CoverImage
from exporter.writers import cover_image
from tests.proof import validators
from tests.proof.site.validity import errors
from tests.site.entries import INSTALLED, STYLES, brief, comment, entry, stand

LONG = (
    "Responsibilities of Corporations under International Human Rights Law in Non-Self-Governing-Territories, Revisited"
)
ADDRESS = "https://example.org/publications/"
CASES = (("house", "en-GB"), ("house", "ar"), pytest.param(("harbour", "es"), marks=pytest.mark.soak))


class NoAssets:
    """No pictures."""

    def path(self, digest: str) -> Path:
        raise KeyError(digest)


def built(output: Path) -> None:
    """Put publications of every shape into an output folder, each with a drawn cover."""
    entries = (
        entry(),
        brief(),
        comment(translations=(Related("The Long Corridor", "corridor", "en-GB"),)),
        entry("long", title=LONG, subtitle=LONG, kind=Kind.SUBMISSION, date=datetime.date(2025, 3, 1)),
        entry(
            "word", ("pdf",), title="Menschenrechtsverteidigerinnenschutzmechanismus" * 2, kind=Kind.NEWS, language="de"
        ),
        entry(
            "bare", ("docx",), title="Bare", subtitle="", kind=None, authors=(), description="", date=None, series=""
        ),
        entry("many", authors=tuple(Contributor(f"Person {n}") for n in range(12)), language="fr", title="Le couloir"),
    )
    for one in entries:
        labels = Labels.load(STYLES, one.metadata.language)
        drawn = cover_image.make(Publication(one.metadata), NoAssets(), labels, STYLES)
        measures = CoverImage(file=drawn.name, media_type=drawn.media_type, width=drawn.width, height=drawn.height)
        bare = one.slug == "bare"
        folder = stand(output, msgspec.structs.replace(one, cover=None if bare else measures), page=not bare)
        if not bare:
            (folder / drawn.name).write_bytes(drawn.data)


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser found. PROOF_PICTURES names a folder for pictures of all that it saw."""
    theme, language = request.param
    output = tmp_path_factory.mktemp("output")
    built(output)
    table = {"theme": theme, "language": language, "address": ADDRESS, "contact": msgspec.to_builtins(CONTACT)}
    catalogue.publish(output, STYLES, SettingsLayer("house.toml", {"site": table}), INSTALLED, lambda event: None)
    pictures = os.environ.get("PROOF_PICTURES", "")
    asked = {
        "page": (output / "index.html").as_uri(),
        "program": validators.chromium(),
        "flags": validators.CHROMIUM_FLAGS,
        "pictures": f"{pictures}/catalogue-{theme}-{language}" if pictures else "",
    }
    validators.module("axe-core/axe.min.js")
    validators.module("playwright-core")
    script = Path(__file__).with_name("catalogue.mjs")
    done = subprocess.run(
        [validators.node(), script, json.dumps(asked)],
        cwd=validators.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    found["invalid"] = errors([output / "index.html"])
    return found


CONTACT = Contact("Desk", "formats@example.org", "https://example.org/contact", "+52 55 0000 0000")
WAYS = ("light", "dark", "narrow", "narrowDark", "contrast", "forced")


def test_it_is_valid_html(told: dict[str, Any]) -> None:
    assert told["invalid"] == []


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing(told: dict[str, Any], way: str) -> None:
    assert told["ways"][way]["violations"] == []
    assert told["ways"][way]["passes"] > 20, "it has looked"


@pytest.mark.parametrize("way", WAYS)
def test_nothing_has_to_be_scrolled_sideways(told: dict[str, Any], way: str) -> None:
    assert told["ways"][way]["overflow"] <= 0


def test_no_words_are_cut_off_on_a_narrow_screen_nor_with_wider_spacing(told: dict[str, Any]) -> None:
    assert told["cut"] == []
    assert told["spaced"] == {"overflow": 0, "cut": []}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(told: dict[str, Any]) -> None:
    names = [stop["name"] for stop in told["stops"]]
    assert names[0] == "#publications"
    for wanted in ("kind-0", "language-0", "corridor/index.html", "brief/brief.epub", "opds.json", "podcast.xml"):
        assert wanted in names
    assert [stop["name"] for stop in told["stops"] if not stop["ring"]] == []
    assert [stop["name"] for stop in told["stops"] if not stop["inside"]] == []


def test_the_skip_link_leads_to_the_publications(told: dict[str, Any]) -> None:
    assert told["skipped"] == "publications"


def test_arrows_choose_and_what_was_not_chosen_is_gone(told: dict[str, Any]) -> None:
    assert len(told["all"]) == 7
    count = int(told["chosen"]["label"].rpartition("(")[2].rstrip(")"))
    assert len(told["chosen"]["cards"]) == count < 7


def test_where_nothing_is_left_the_page_says_so(told: dict[str, Any]) -> None:
    assert [one["none"] for one in told["empty"]] == [one["cards"] == 0 for one in told["empty"]]
    assert True in [one["none"] for one in told["empty"]]


def test_it_can_be_printed(told: dict[str, Any]) -> None:
    assert told["paper"] > 10_000
