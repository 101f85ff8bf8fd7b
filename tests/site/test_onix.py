"""The message for the book trade: valid by its schema, and saying of accessibility what the EPUB says."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter.contracts import PageLinks
from exporter.model import Contact, Contributor
from exporter.site import onix
from exporter.site.entry import Accessibility, CatalogueEntry
from tests.site.entries import brief, comment, entry
from tests.trees import examples

PAGE = "https://example.org/r/corridor/index.html"
REPORT = "https://example.org/r/corridor/conformance.html"
LINKS = PageLinks(PAGE, conformance=REPORT)
CLAIMS = Accessibility(
    modes=("textual", "visual"),
    sufficient=(("textual",), ("textual", "visual"), ("auditory",)),
    features=("alternativeText", "tableOfContents", "pageNavigation", "synchronizedAudioText", "unheardOf"),
    hazards=("noFlashingHazard", "unknownSoundHazard"),
    summary="Every picture is described.",
    conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    certifier="Desk for access",
)


@cache
def schema() -> etree.XMLSchema:
    """The schema of EDItEUR with its code lists, as the package onixcheck carries it."""
    return etree.XMLSchema(file=str(files("onixcheck") / "schema" / "xsd3.1" / "ONIX_BookProduct_3.1_reference.xsd"))


def made(publication: CatalogueEntry, links: PageLinks = LINKS) -> Any:
    root = etree.fromstring(onix.message(publication, links))
    schema().assertValid(root)
    return root


def texts(root: Any, name: str) -> list[str]:
    return [element.text for element in root.iter(f"{{{onix.NAMESPACE}}}{name}")]


def features(root: Any, edition: str, kind: str = "09") -> dict[str, str]:
    """Return the features of one product, with their descriptions."""
    (product,) = (one for one in root.iter(f"{{{onix.NAMESPACE}}}Product") if one[0].text.endswith(f"/{edition}"))
    found = product.iter(f"{{{onix.NAMESPACE}}}ProductFormFeature")
    return {each[1].text: each[2].text if len(each) > 2 else "" for each in found if each[0].text == kind}


@pytest.mark.parametrize("publication", [entry(), brief(), comment(), entry(authors=(), subjects=(), subtitle="")])
@pytest.mark.parametrize("links", [LINKS, PageLinks()])
def test_it_is_valid_by_the_schema_and_the_code_lists(publication: CatalogueEntry, links: PageLinks) -> None:
    made(publication, links)


def test_every_edition_for_readers_is_a_product_that_knows_the_others() -> None:
    root = made(entry())
    urn = "urn:uuid:6b0f1a58-2f0c-5b7e-9d53-0c1f7a44d2e1"
    editions = ["html", "pdf", "large-print", "epub", "docx", "audio", "mp3", "daisy", "audiobook"]
    assert texts(root, "RecordReference") == [f"{urn}/{edition}" for edition in editions]
    assert len(texts(root, "ProductRelationCode")) == len(editions) * (len(editions) - 1)
    assert "https://example.org/r/corridor/corridor-large-print.pdf" in texts(root, "WebsiteLink")
    assert texts(root, "EditionType") == ["LTE"]


def test_the_epub_says_what_its_metadata_say_and_no_other_does() -> None:
    contact = Contact("Desk", "formats@example.org")
    root = made(msgspec.structs.replace(entry(contact=contact), accessibility=CLAIMS))
    assert features(root, "epub") == {
        "00": "Every picture is described.",
        "04": "",
        "82": "",
        "85": "",
        "14": "",
        "11": "",
        "41": "",
        "20": "",
        "52": "",
        "51": "",
        "10": "",
        "90": "Desk for access",
        "94": REPORT,
        "96": PAGE,
        "99": "formats@example.org",
    }
    assert list(features(root, "epub", "12")) == ["14", "25"]
    assert list(features(root, "pdf")) == ["10", "94", "96", "99"]


def test_nothing_is_claimed_that_is_not_known() -> None:
    root = made(msgspec.structs.replace(entry(), accessibility=None), PageLinks())
    assert features(root, "epub") == {"10": ""}
    assert texts(root, "WebsiteLink") == []


def test_people_have_their_roles_and_the_publisher_is_no_person() -> None:
    root = made(entry(authors=(Contributor("Inés Cañedo"), Contributor("Open Record", "edt"), Contributor("T", "xyz"))))
    assert texts(root, "ContributorRole")[:3] == ["A01", "B01", "Z99"]
    assert texts(root, "PersonName")[:2] == ["Inés Cañedo", "T"]
    assert texts(root, "CorporateName")[0] == "Open Record"
    assert texts(made(brief()), "LanguageCode")[0] == "ara"


@pytest.mark.parametrize("missing", [{"publisher": ""}, {"date": None}])
def test_there_is_no_message_without_what_it_must_have(missing: dict[str, Any]) -> None:
    assert onix.message(entry(**missing), LINKS) == b""


@settings(max_examples=examples(25), deadline=None)
@given(title=st.text(max_size=9), name=st.text(max_size=9), publisher=st.text(max_size=9), language=st.text(max_size=4))
def test_it_is_valid_whatever_the_metadata_are(title: str, name: str, publisher: str, language: str) -> None:
    people = (Contributor(name), Contributor(" \x00"))
    texts = {"title": title, "subtitle": name, "description": title, "subjects": (title, name), "identifier": title}
    contact = Contact(name, title)
    publication = entry(publisher=publisher, authors=people, language=language, contact=contact, **texts)
    if onix.message(publication, LINKS):
        made(publication)


def test_a_language_without_a_code_and_characters_that_xml_has_not_are_left_out() -> None:
    root = made(entry(language="x-none", title="A\x00B", description="\x0b<b>&"))
    assert texts(root, "LanguageCode") == []
    assert texts(root, "TitleText")[0] == "AB"
    assert texts(root, "Text")[0] == "<b>&"
