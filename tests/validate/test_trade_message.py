"""The rules for messages for the book trade find what the schema finds, and what it cannot find."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from exporter.pipeline.registry import discover
from exporter.site import onix as writer
from exporter.validate import trade_message
from exporter.validate.file_types import FileTypes
from exporter.validate.onix_codes import CODES, codes
from tests.site.entries import brief, entry
from tests.site.test_onix import CLAIMS, LINKS, schema

NAMESPACE = writer.NAMESPACE


@cache
def good() -> bytes:
    return writer.message(msgspec.structs.replace(entry(), accessibility=CLAIMS), LINKS)


def rules(data: bytes) -> set[str]:
    return {finding.rule for finding in trade_message.check_message(data)}


def in_schema(data: bytes) -> bool:
    return bool(schema().validate(etree.fromstring(data)))


@pytest.mark.parametrize("data", [good(), writer.message(brief(), LINKS)])
def test_our_own_messages_are_good(data: bytes) -> None:
    assert trade_message.check_message(data) == ()


def test_so_is_one_of_the_release_before() -> None:
    assert trade_message.check_message(good().replace(b"/3.1/", b"/3.0/").replace(b'"3.1"', b'"3.0"')) == ()


REQUIRED = [
    *("Header", "Sender", "SenderName", "SentDateTime", "Product/RecordReference", "NotificationType"),
    *("ProductIdentifier", "ProductIdentifier/ProductIDType", "ProductIdentifier/IDValue", "ProductComposition"),
    *("ProductForm", "ProductFormFeatureType", "TitleDetail", "TitleType", "TitleElement", "TitleElementLevel"),
    *("TitleText", "ContributorRole", "PersonName", "LanguageRole", "LanguageCode", "ExtentType", "ExtentValue"),
    *("ExtentUnit", "SubjectHeadingText", "TextType", "ContentAudience", "Text", "PublishingRole", "PublisherName"),
    *("PublishingDateRole", "Date", "ProductRelationCode", "Supplier", "SupplierRole", "SupplierName"),
    *("ProductAvailability", "UnpricedItemType", "WebsiteLink"),
]


@pytest.mark.parametrize("name", REQUIRED)
def test_what_must_be_there_and_is_missing_is_found(name: str) -> None:
    root = etree.fromstring(good())
    element = root.find("//".join([".", *(f"{{{NAMESPACE}}}{part}" for part in name.split("/"))]))
    element.getparent().remove(element)
    data = etree.tostring(root)
    assert rules(data) == {"onix-element"}
    assert not in_schema(data)


@pytest.mark.parametrize("name", ["DescriptiveDetail", "PublishingDetail"])
def test_a_whole_record_has_both_parts_which_the_schema_does_not_ask_for(name: str) -> None:
    root = etree.fromstring(good())
    element = next(root.iter(f"{{{NAMESPACE}}}{name}"))
    element.getparent().remove(element)
    assert rules(etree.tostring(root)) == {"onix-element"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<ProductForm>ED<", "<ProductForm>QQ<"),
        ("<TitleType>01<", "<TitleType>77<"),
        ("<ContributorRole>A01<", "<ContributorRole>aut<"),
        ("<ProductFormDetail>E101<", "<ProductFormDetail>EPUB<"),
        ("<EditionType>LTE<", "<EditionType>LARGE<"),
        ("<LanguageCode>eng<", "<LanguageCode>en<"),
        ("<ExtentUnit>17<", "<ExtentUnit>MB<"),
        ("<PublishingStatus>04<", "<PublishingStatus>4<"),
        ("<NotificationType>03<", "<NotificationType>07<"),
        ("<ProductAvailability>20<", "<ProductAvailability>00<"),
    ],
)
def test_a_code_that_its_list_has_not_is_found(before: str, after: str) -> None:
    data = good().decode().replace(before, after, 1).encode()
    assert data != good()
    assert rules(data) == {"onix-code"}
    assert not in_schema(data)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("<ProductFormFeatureValue>85<", "<ProductFormFeatureValue>87<", "onix-code"),
        ("<ProductFormFeatureValue>25<", "<ProductFormFeatureValue>99<", "onix-code"),
        ("<ProductFormFeatureValue>52<", "<ProductFormFeatureValue>84<", "onix-contradiction"),
        ("<ProductFormFeatureValue>25<", "<ProductFormFeatureValue>13<", "onix-contradiction"),
        ("<ProductFormFeatureDescription>Desk for access</ProductFormFeatureDescription>", "", "onix-element"),
        ("<ProductIDType>01<", "<ProductIDType>15<", "onix-value"),
        ("<WebsiteLink>https://", "<WebsiteLink>see ", "onix-value"),
        ("<TitleText>The", "<TitleText></TitleText><TitleText>The", "onix-value"),
    ],
)
def test_what_the_schema_does_not_know_is_found(before: str, after: str, rule: str) -> None:
    data = good().decode().replace(before, after, 1).encode()
    assert data != good()
    assert rule in rules(data)


@pytest.mark.parametrize("date", ["20261301", "28 November 2026", "2026-11-28", "202611281"])
def test_a_date_is_a_date(date: str) -> None:
    root = etree.fromstring(good())
    next(root.iter(f"{{{NAMESPACE}}}Date")).text = date
    assert rules(etree.tostring(root)) == {"onix-value"}


@pytest.mark.parametrize(("number", "expected"), [("9780306406157", set()), ("9780306406158", {"onix-value"})])
def test_the_check_digit_of_an_isbn_is_counted(number: str, expected: set[str]) -> None:
    root = etree.fromstring(good())
    identifier = next(root.iter(f"{{{NAMESPACE}}}ProductIdentifier"))
    identifier[0].text, identifier[2].text = "15", number
    identifier.remove(identifier[1])
    assert rules(etree.tostring(root)) == expected


def test_elements_are_in_their_order_and_once() -> None:
    root = etree.fromstring(good())
    product = next(root.iter(f"{{{NAMESPACE}}}Product"))
    product.append(product.find(f"{{{NAMESPACE}}}DescriptiveDetail"))
    assert rules(etree.tostring(root)) == {"onix-element"}
    twice = good().replace(
        b"<ProductComposition>", b"<ProductComposition>00</ProductComposition><ProductComposition>", 1
    )
    assert rules(twice) == {"onix-element"}


def test_two_products_of_one_reference_and_a_product_related_to_itself_are_found() -> None:
    root = etree.fromstring(good())
    first, second = list(root.iter(f"{{{NAMESPACE}}}RecordReference"))[:2]
    second.text = first.text
    assert rules(etree.tostring(root)) == {"onix-contradiction"}
    root = etree.fromstring(good())
    product = next(root.iter(f"{{{NAMESPACE}}}Product"))
    next(product.iter(f"{{{NAMESPACE}}}RelatedProduct"))[1][2].text = product.find(f".//{{{NAMESPACE}}}IDValue").text
    assert rules(etree.tostring(root)) == {"onix-contradiction"}


@pytest.mark.parametrize("data", [b"", b"<a/>", good()[:-20], good().replace(b'"3.1"', b'"2.1"')])
def test_what_is_no_message_is_found(data: bytes) -> None:
    assert rules(data) == {"onix-unreadable"}


@pytest.mark.parametrize("name", ["onix.xml", "books.xml", "feed"])
def test_a_message_is_recognised_by_its_content(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(good())
    assert FileTypes(discover().by_suffix).detect(tmp_path / name) == "onix.xml"


def test_the_code_lists_are_those_of_the_schema() -> None:
    path = files("onixcheck") / "schema" / "xsd3.1" / "ONIX_BookProduct_CodeLists.xsd"
    root: Any = etree.parse(str(path)).getroot()
    names = {"xs": "http://www.w3.org/2001/XMLSchema"}
    for number in CODES:
        values = root.xpath(f"xs:simpleType[@name='List{number}']//xs:enumeration/@value", namespaces=names)
        assert codes(number) == set(values), number
