"""The feed for reading apps is what OPDS 2.0 asks for, and says nothing but what is so."""

from __future__ import annotations

import datetime
import json
from typing import Any
from urllib.parse import unquote, urljoin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exporter.labels import Labels
from exporter.model import Contributor, Kind, Metadata
from exporter.site import opds
from exporter.site.entry import Accessibility, CatalogueEntry
from exporter.site.settings import Site
from tests.site.entries import ALL, STYLES, VIDEO, brief, comment, entry, family
from tests.site.opds_schema import ALONE, FEED
from tests.trees import examples

ENGLISH = Labels.load(STYLES, "en-GB")
FEEDS = Draft202012Validator(FEED)


def feed(*entries: CatalogueEntry, site: Site | None = None) -> Any:
    document = json.loads(opds.feed(entries, site or Site(name="Open Record"), ENGLISH))
    FEEDS.validate(document)
    return document


def only(document: Any) -> Any:
    (publication,) = document["publications"]
    return publication


def test_the_feed_is_valid_and_leads_to_itself_and_to_the_page() -> None:
    document = feed(entry(), brief(), comment())
    assert document["metadata"] == {
        "title": "Publications: Open Record",
        "numberOfItems": 3,
        "modified": "2026-01-27T00:00:00Z",
    }
    assert [(link["rel"], link["href"]) for link in document["links"]] == [
        ("self", "opds.json"),
        ("alternate", "index.html"),
    ]
    assert [one["metadata"]["title"] for one in document["publications"]] == [
        "The Long Corridor",
        "العدالة البعيدة",
        "Elegir a quien juzga",
    ]


def test_members_of_a_family_are_alternates_of_each_other() -> None:
    def alternates(publication: Any) -> list[tuple[str, str, str]]:
        links = [link for link in publication["links"] if link["rel"] == "alternate"]
        return [(link["href"], link["type"], link.get("language", "")) for link in links]

    original, _, easy = family()
    assert alternates(feed(*family())["publications"][0])[1:] == [
        ("brief/opds.json", opds.PUBLICATION_TYPE, "ar"),
        ("easy/opds.json", opds.PUBLICATION_TYPE, "en-GB"),
        (VIDEO.target, opds.HTML_TYPE, "ase"),
    ]
    alone = json.loads(opds.publication(original, ENGLISH))
    Draft202012Validator(ALONE).validate(alone)
    assert alternates(alone)[1][0] == "../brief/opds.json"
    titles = [one["metadata"]["title"] for one in feed(comment(), *reversed(family()))["publications"]]
    assert titles[:2] == ["Elegir a quien juzga", original.title]
    without_arabic = feed(original, easy)["publications"][0]
    assert [href for href, _, _ in alternates(without_arabic)[1:]] == ["easy/opds.json", VIDEO.target]


def test_the_schema_itself_is_sound_and_refuses_what_lacks_its_parts() -> None:
    for schema in (FEED, ALONE):
        Draft202012Validator.check_schema(schema)
    whole = feed(entry())
    for part in ("metadata", "links", "publications"):
        assert not FEEDS.is_valid({name: value for name, value in whole.items() if name != part})
    for part in ("metadata", "links", "images"):
        publication = {name: value for name, value in only(whole).items() if name != part}
        assert not FEEDS.is_valid(whole | {"publications": [publication]})


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert feed()["publications"] == []


def test_all_that_is_known_of_a_publication_is_said() -> None:
    said = only(feed(entry()))["metadata"]
    assert said == {
        "@type": "http://schema.org/Report",
        "identifier": "urn:uuid:6b0f1a58-2f0c-5b7e-9d53-0c1f7a44d2e1",
        "title": "The Long Corridor",
        "subtitle": "Access to justice",
        "author": [{"name": "Inés Cañedo"}],
        "editor": [{"name": "Tom Ardley"}],
        "publisher": "Open Record",
        "language": "en-GB",
        "published": "2026-01-27",
        "modified": "2026-01-27T00:00:00Z",
        "description": "What happens to a person who reports a crime.",
        "subject": ["justice", "Mexico"],
        "belongsTo": {"series": "Reports, No. 7"},
        "readingProgression": "ltr",
        "numberOfPages": 24,
        "duration": 3900.25,
        "accessibility": {
            "accessMode": ["textual", "visual"],
            "accessModeSufficient": [["textual"], ["textual", "visual"]],
            "feature": ["alternativeText", "structuralNavigation"],
            "hazard": ["none"],
            "summary": "Everything is there as text.",
        },
    }


def test_nothing_is_said_of_what_nobody_knows() -> None:
    bare = msgspec.structs.replace(
        entry("bare", ("docx",), title="", subtitle="", kind=None, authors=(), publisher="", date=None),
        accessibility=None,
    )
    bare = msgspec.structs.replace(
        bare,
        metadata=msgspec.structs.replace(
            bare.metadata, language="", identifier="no uri", description="", subjects=(), series=""
        ),
    )
    said = only(feed(bare))["metadata"]
    assert said == {"@type": "http://schema.org/CreativeWork", "title": "bare", "readingProgression": "ltr"}
    assert "modified" not in feed(bare)["metadata"]


def test_every_edition_is_to_be_had_with_its_type_size_and_length() -> None:
    links = {link["href"]: link for link in only(feed(entry()))["links"]}
    assert links["corridor/opds.json"]["rel"] == "self"
    assert links["corridor/index.html"] == {
        "rel": "alternate",
        "href": "corridor/index.html",
        "type": "text/html",
    }
    assert links["corridor/corridor.m4b"] == {
        "rel": opds.OPEN_ACCESS,
        "href": "corridor/corridor.m4b",
        "type": "audio/mp4",
        "title": "Audiobook (M4B)",
        "language": "en-GB",
        "size": 1_234_567,
        "duration": 3900.25,
    }
    acquired = {href for href, link in links.items() if link["rel"] == opds.OPEN_ACCESS}
    assert len(acquired) == len(ALL) - 2
    assert links["corridor/corridor.vtt"]["rel"] == "related", "a transcript is no edition to be read alone"


def test_a_publication_without_a_page_has_no_link_to_one() -> None:
    links = only(feed(msgspec.structs.replace(entry(), page="")))["links"]
    assert "alternate" not in {link["rel"] for link in links}


def test_the_image_has_its_true_measures() -> None:
    assert only(feed(entry()))["images"] == [
        {"href": "corridor/cover.jpg", "type": "image/jpeg", "width": 800, "height": 1200}
    ]


def test_an_image_that_is_not_there_is_not_spoken_of() -> None:
    document = json.loads(opds.feed([msgspec.structs.replace(entry(), cover=None)], Site(), ENGLISH))
    assert "images" not in only(document)


def test_addresses_are_whole_where_the_house_has_an_address() -> None:
    document = feed(entry("año 1"), site=Site(address="https://example.org/r/"))
    publication = only(document)
    addresses = [link["href"] for link in (*document["links"], *publication["links"], *publication["images"])]
    assert all(address.startswith("https://example.org/r/") for address in addresses)
    assert "https://example.org/r/a%C3%B1o%201/a%C3%B1o%201.epub" in addresses


@pytest.mark.parametrize("slug", ["a b", "año", "100%", "a#b", "a?b", "報告", "a:b"])
def test_every_address_leads_to_its_file(slug: str) -> None:
    for link in only(feed(entry(slug)))["links"]:
        path = unquote(urljoin("https://example.org/opds.json", link["href"]).partition("example.org/")[2])
        assert path.split("/")[0] == slug


def test_many_publications_in_several_languages_are_grouped_by_language() -> None:
    english = [entry(f"e{number}") for number in range(20)]
    spanish = [comment(title=f"C{number}") for number in range(5)]
    spanish = [msgspec.structs.replace(one, slug=f"s{number}") for number, one in enumerate(spanish)]
    document = feed(*english, *spanish)
    assert "publications" not in document
    assert [(group["metadata"]["title"], group["metadata"]["numberOfItems"]) for group in document["groups"]] == [
        ("English", 20),
        ("Spanish", 5),
    ]
    assert sum(len(group["publications"]) for group in document["groups"]) == 25
    assert "publications" in feed(*english, *spanish[:1]), "21 are no many"
    alone = feed(*english, *(msgspec.structs.replace(one, slug=f"{one.slug}x") for one in english))
    assert "publications" in alone, "one language needs no groups"


def test_the_document_of_one_publication_is_valid_in_its_own_folder() -> None:
    document = json.loads(opds.publication(brief(), Labels.load(STYLES, "ar")))
    Draft202012Validator(ALONE).validate(document)
    assert document["metadata"]["readingProgression"] == "rtl"
    assert [link["href"] for link in document["links"]] == ["opds.json", "index.html", "brief.pdf", "brief.epub"]


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ("urn:uuid:6b0f1a58-2f0c-5b7e-9d53-0c1f7a44d2e1", "urn:uuid:6b0f1a58-2f0c-5b7e-9d53-0c1f7a44d2e1"),
        ("10.1000/456#789", "urn:doi:10.1000/456%23789"),
        ("ISBN 978-951-0-18435-6", "urn:isbn:9789510184356"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("Report No. 7", ""),
        ("https://example.org/a b", ""),
        ("", ""),
    ],
)
def test_an_identifier_is_a_uri_or_is_left_out(written: str, uri: str) -> None:
    assert opds.identifier_uri(written) == uri


def test_conformance_is_named_by_its_uri_and_its_certifier() -> None:
    claimed = Accessibility(
        modes=("textual",), conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA", certifier="A person"
    )
    said = only(feed(msgspec.structs.replace(entry(), accessibility=claimed)))["metadata"]["accessibility"]
    assert said == {
        "conformsTo": "https://www.w3.org/TR/epub-a11y-11#wcag-2.2-aa",
        "certification": {"certifiedBy": "A person"},
        "accessMode": ["textual"],
    }


@pytest.mark.parametrize("kind", [*Kind, None])
def test_every_kind_has_a_type_of_schema_org(kind: Kind | None) -> None:
    assert (Metadata(kind=kind).schema_type == "CreativeWork") == (kind is None)


def test_people_of_other_roles_are_contributors_with_their_role() -> None:
    said = only(feed(entry(authors=(Contributor("Eva", "ive"), Contributor("Ana", "nrt")))))["metadata"]
    assert said["contributor"] == [{"name": "Eva", "role": "ive"}]
    assert said["narrator"] == [{"name": "Ana"}]


@settings(max_examples=examples(80))
@given(
    title=st.text(max_size=30),
    names=st.lists(st.text(min_size=1, max_size=12), max_size=3),
    identifier=st.text(max_size=30),
    date=st.none() | st.dates(min_value=datetime.date(1000, 1, 1)),
    language=st.sampled_from(["", "en", "zh-Hant", "x-own", "ar", "en_GB", "no tag"]),
)
def test_whatever_a_manuscript_says_the_feed_is_valid_and_the_same_twice(
    title: str, names: list[str], identifier: str, date: datetime.date | None, language: str
) -> None:
    one = entry(
        title=title,
        authors=tuple(Contributor(name) for name in names),
        identifier=identifier,
        date=date,
        language=language,
    )
    feed(one)
    assert opds.feed([one], Site(), ENGLISH) == opds.feed([one], Site(), ENGLISH)
