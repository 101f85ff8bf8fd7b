"""The catalogue names everything fully, in its own language, and needs no script."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from turbohtml import parse

from exporter.labels import Labels
from exporter.model import Contact, Contributor, Related
from exporter.site import catalogue
from exporter.site.entry import CatalogueEntry
from exporter.site.settings import Site, with_defaults
from tests.site.entries import INSTALLED, STYLES, VIDEO, brief, comment, entry, family
from tests.trees import examples
from tests.write_context import LANGUAGES

EVERYTHING = (entry(), brief(), comment())


def render(*entries: CatalogueEntry, language: str = "en-GB", **said: Any) -> bytes:
    site = with_defaults(Site(language=language, **said), entries)
    return catalogue.render(entries, site, Labels.load(STYLES, language), "/* sheet */\n", INSTALLED)


class Page:
    """A page as a browser reads it."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode()
        self.tree: Any = parse(self.text)

    def all(self, selector: str) -> list[Any]:
        return list(self.tree.select(selector))

    def names(self, selector: str) -> list[str]:
        return [" ".join(one.text.split()) for one in self.all(selector)]

    def attribute(self, selector: str, name: str) -> list[str | None]:
        return [one.attrs.get(name) for one in self.all(selector)]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(*EVERYTHING))


def test_the_page_says_whose_it_is_its_language_and_its_direction(page: Page) -> None:
    (root,) = page.all("html")
    assert (root.attrs["lang"], root.attrs["dir"]) == ("en-GB", "ltr")
    assert page.names("title") == ["Publications: Open Record"]
    assert page.names("h1") == ["Publications"]
    assert page.names(".count") == ["3 publications"]


def test_publications_stand_in_their_order_with_title_and_page(page: Page) -> None:
    assert page.names(".card h2") == ["The Long Corridor", "العدالة البعيدة", "Elegir a quien juzga"]
    assert page.attribute(".card h2 a", "href") == [
        "corridor/index.html",
        "brief/index.html",
        "comentario/index.html",
    ]


def test_a_foreign_title_says_its_language_and_its_direction(page: Page) -> None:
    heads = [(one.attrs.get("lang"), one.attrs.get("dir")) for one in page.all(".card h2")]
    assert heads == [(None, None), ("ar", "rtl"), ("es-MX", "ltr")]
    for selector in (".card .subtitle", ".card .description"):
        assert "ar" in page.attribute(selector, "lang")


def test_a_download_is_named_fully(page: Page) -> None:
    names = page.names(".files a")
    assert "The Long Corridor, English, EPUB, 1.2 MB" in names
    assert "The Long Corridor, English, PDF, 1.2 MB, 24 pages" in names
    assert "The Long Corridor, English, Audiobook (M4B), 1.2 MB, 1 hr 5 mins" in [
        name.replace("\u202f", " ") for name in names
    ]
    assert "العدالة البعيدة, Arabic, EPUB, 1.2 MB" in names
    assert len(set(names)) == len(names), "no two links have one name"


def test_a_download_says_its_type_and_its_language(page: Page) -> None:
    for link in page.all(".files a"):
        assert link.attrs["type"]
        assert link.attrs["hreflang"] in {"en-GB", "ar", "es-MX"}


def test_every_edition_is_linked_those_for_few_behind_more_formats(page: Page) -> None:
    (first, *_) = page.all(".card")
    assert len(first.select(".files a")) == len(entry().files)
    assert [" ".join(one.text.split()) for one in first.select("summary")] == ["6 more formats, The Long Corridor"]
    assert "EPUB" not in first.select("details")[0].text
    assert "DAISY" in first.select("details")[0].text


def test_one_edition_alone_is_not_hidden() -> None:
    page = Page(render(entry("a", ("pdf", "daisy")), entry("b", ("transcript", "chapters"))))
    assert page.all("details") == []
    assert len(page.all(".files a")) == 4


def test_a_publication_without_a_page_leads_to_its_text_as_a_web_page_else_nowhere() -> None:
    bare = msgspec.structs.replace(entry(), page="")
    assert Page(render(bare)).attribute("h2 a", "href") == ["corridor/corridor.html"]
    assert Page(render(msgspec.structs.replace(entry("x", ("pdf",)), page=""))).all("h2 a") == []


def test_a_cover_has_its_alt_its_measures_and_nothing_where_it_only_repeats() -> None:
    drawn = msgspec.structs.replace(comment(), cover=msgspec.structs.replace(comment().cover, alt=""))
    page = Page(render(entry(), drawn, brief()))
    assert page.attribute("img", "alt") == ["A stairway.", "", "A stairway."]
    assert page.attribute("img", "lang") == [None, None, "ar"]
    assert set(page.attribute("img", "width")) == {"800"}
    assert Page(render(msgspec.structs.replace(entry(), cover=None))).all("img") == []


def test_kinds_and_languages_can_be_chosen_each_with_how_many_there_are(page: Page) -> None:
    assert page.names("fieldset legend") == ["Kind", "Language"]
    assert page.names(".pills label") == [
        "All (3)",
        "Brief (1)",
        "Commentary (1)",
        "Report (1)",
        "All (3)",
        "Arabic (1)",
        "English (1)",
        "Spanish (1)",
    ]
    assert page.attribute("input", "type") == ["radio"] * 8
    assert [one.attrs["id"] for one in page.all("input") if "checked" in one.attrs] == ["kind-0", "language-0"]


def test_a_choice_hides_what_was_not_chosen_and_says_when_nothing_is_left(page: Page) -> None:
    classes = [" ".join(one.attrs["class"]) for one in page.all(".card")]
    assert classes == ["card kind-3 language-2", "card kind-1 language-1", "card kind-2 language-3"]
    assert "body:has(#kind-3:checked) .card:not(.kind-3) { display: none }" in page.text
    assert "body:has(#kind-3:checked):has(#language-1:checked) .none { display: block }" in page.text
    assert "body:has(#kind-3:checked):has(#language-2:checked) .none" not in page.text


def test_nothing_is_to_choose_where_there_is_little() -> None:
    assert Page(render(entry(), comment())).all(".choices") == []
    assert Page(render(entry("a"), entry("b"), entry("c"))).all(".choices") == []


def test_there_is_no_form_that_enter_could_send(page: Page) -> None:
    assert page.all(".choices")
    assert page.all("form, button, [type=submit]") == []


def test_an_empty_catalogue_says_so() -> None:
    page = Page(render(language="en"))
    assert page.names(".empty") == ["There are no publications here yet."]
    assert page.all(".card") == []


def test_translations_lead_to_the_publication_beside_or_to_an_address_on_the_web() -> None:
    related = (
        Related("The Long Corridor", "corridor", "en"),
        Related("Le long couloir", "https://example.org/fr", "fr"),
        Related("Nowhere", "gone", "de"),
        Related("Evil", "javascript:alert(1)", "de"),
    )
    page = Page(render(entry(), brief(translations=related)))
    links = page.all(".translations a")
    assert [link.attrs["href"] for link in links] == ["corridor/index.html", "https://example.org/fr"]
    assert [" ".join(link.text.split()) for link in links] == ["The Long Corridor", "Le long couloir"]
    assert page.names(".translations bdi[lang]") == ["English", "Le long couloir", "français"]
    assert [link.attrs["hreflang"] for link in links] == ["en-GB", "fr"]


def test_a_family_is_one_publication_with_its_languages_and_forms() -> None:
    page = Page(render(*family(), comment()))
    assert page.names(".count") == ["2 publications"]
    assert page.names(".card h2") == ["The Long Corridor", "Elegir a quien juzga"]
    assert page.names(".family h3") == [
        "العدالة البعيدة (العربية)",
        "A long wait (English, easy to read)",
        "The Long Corridor, signed (American Sign Language, sign language video)",
    ]
    assert page.attribute(".family h3 a", "href") == ["brief/index.html", "easy/index.html", VIDEO.target]
    assert page.attribute(".family h3 a", "hreflang") == ["ar", "en-GB", "ase"]
    assert page.attribute(".family .form bdi", "lang") == ["ar", "en-GB", None]
    names = page.names(".files a")
    assert "A long wait, English, easy to read, PDF, 1.2 MB, 24 pages" in names
    assert len(set(names)) == len(names)
    (card, _) = page.all(".card")
    assert len({name for name in card.attrs["class"] if name.startswith("language-")}) == 2


def test_a_catalogue_shows_the_original_of_a_family_first_whatever_its_own_language() -> None:
    page = Page(render(*family(), language="ar"))
    assert page.names(".card h2") == ["The Long Corridor"]
    assert page.attribute(".family h3 a", "href")[0] == "brief/index.html"


def test_feeds_are_linked_the_podcast_only_where_there_is_one() -> None:
    assert Page(render(entry())).attribute("link", "href") == ["opds.json"]
    whole = Page(render(entry(), address="https://example.org/"))
    assert whole.attribute("link", "href") == ["opds.json", "podcast.xml"]
    assert whole.attribute(".colophon a", "type") == ["application/opds+json", "application/rss+xml"]
    assert Page(render(brief(), address="https://example.org/")).attribute("link", "href") == ["opds.json"]


def test_the_contact_of_the_house_is_there_and_leads_only_where_one_may_go() -> None:
    contact = Contact("Desk", "a b@example.org", "javascript:alert(1)", "+1 2")
    page = Page(render(entry(), contact=contact))
    assert page.attribute(".colophon a", "href") == ["opds.json", "mailto:a%20b%40example.org"]
    assert "javascript:" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_house_has_a_whole_catalogue(language: str) -> None:
    page = Page(render(*EVERYTHING, language=language, address="https://example.org/"))
    (root,) = page.all("html")
    assert root.attrs["lang"] == language
    assert root.attrs["dir"] == ("rtl" if language == "ar" else "ltr")
    assert not page.tree.errors
    shown = " ".join(page.tree.select_one("body").text.split())
    english = Page(render(*EVERYTHING, language="en")).names("legend, .skip, .none, .colophon h2")
    if language != "en":
        assert not [words for words in english if words in shown]


def test_the_page_is_sound_html_with_every_name_once(page: Page) -> None:
    assert not page.tree.errors
    ids = page.attribute("[id]", "id")
    assert len(set(ids)) == len(ids)
    for label in page.attribute("[aria-labelledby]", "aria-labelledby"):
        assert label in ids
    levels = [int(one.tag[1]) for one in page.all("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_nothing_is_run_and_nothing_is_fetched(page: Page) -> None:
    assert page.attribute("script", "type") == ["application/ld+json"]
    assert not re.search(r"\son\w+=|javascript:|@import|url\(", page.text)
    for name in ("src", "href"):
        for address in page.attribute(f"[{name}]", name):
            assert address is not None
            assert not address.startswith(("http", "//", "/"))


def test_search_engines_are_told_what_stands_there(page: Page) -> None:
    (data,) = page.all("script")
    told = json.loads(data.text)
    assert told["@type"] == "CollectionPage"
    assert [(one["@type"], one["name"], one["inLanguage"]) for one in told["hasPart"]][1] == (
        "Report",
        "العدالة البعيدة",
        "ar",
    )


def test_what_is_no_language_tag_is_no_language_of_an_element() -> None:
    page = Page(render(entry(language="en_GB"), comment(language="no tag at all")))
    assert page.attribute(".card h2", "lang") == [None, None]
    assert {link.attrs.get("hreflang") for link in page.all(".files a")} == {None}


HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202e\u2028 & </style>"


def test_hostile_text_stays_text() -> None:
    said = dict.fromkeys(("title", "subtitle", "publisher", "description", "series", "identifier"), HOSTILE)
    bad = entry(
        **said, authors=(Contributor(HOSTILE),), language='en" onload="x', translations=(Related(HOSTILE, "a"),)
    )
    page = Page(render(bad, brief(), comment(), name=HOSTILE, description=HOSTILE))
    assert page.attribute("script", "type") == ["application/ld+json"]
    assert "onload" not in {name for one in page.all("*") for name in one.attrs}
    assert page.attribute("img", "src") == ["corridor/cover.jpg", "brief/cover.jpg", "comentario/cover.jpg"]
    assert json.loads(page.all("script")[0].text)["hasPart"][0]["name"] == HOSTILE
    assert page.all("h2")[0].text.strip() == HOSTILE.strip()


@settings(max_examples=examples(50))
@given(
    titles=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5),
    language=st.sampled_from(LANGUAGES),
    editions=st.lists(st.sampled_from(["html", "pdf", "epub", "audio", "daisy", "print"]), min_size=1, unique=True),
)
def test_whatever_stands_there_the_page_is_sound_and_the_same_twice(
    titles: Sequence[str], language: str, editions: list[str]
) -> None:
    entries = [entry(f"s{number}", tuple(editions), title=title) for number, title in enumerate(titles)]
    page = Page(render(*entries, language=language))
    assert len(page.all(".card")) == len(titles)
    assert len(page.all(".files a")) == len(titles) * len(editions)
    assert render(*entries, language=language) == render(*entries, language=language)
