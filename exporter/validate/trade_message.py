"""Rules for messages for the book trade, which need no schema (ONIX for Books 3.0 and 3.1, reference names)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from exporter.findings import Finding, Rule, Severity
from exporter.validate.onix_codes import LISTS, codes
from exporter.validate.validators import limit_repeats
from exporter.xml_parser import xml_parser

UNREADABLE = Rule(
    "onix-unreadable",
    Severity.ERROR,
    "A message for the book trade is XML with the reference names of ONIX for Books 3.0 or 3.1.",
    "Export the publication again, or write the message with reference names.",
    "ONIX for Books 3.1",
)
ELEMENT = Rule(
    "onix-element",
    Severity.ERROR,
    "Every composite has the elements that it must have, in their order and as often as they may occur.",
    "Add, move or remove the element.",
    "ONIX for Books 3.1",
)
CODE = Rule(
    "onix-code",
    Severity.ERROR,
    "Every code is in its code list.",
    "Use a code of the list: editeur.org/14/Code-Lists.",
    "ONIX for Books code lists",
)
VALUE = Rule(
    "onix-value",
    Severity.ERROR,
    "Dates, numbers, identifiers and addresses are written as ONIX asks.",
    "Correct the value.",
    "ONIX for Books 3.1",
)
CONTRADICTION = Rule(
    "onix-contradiction",
    Severity.ERROR,
    "A product says of itself one thing only, and has a reference of its own.",
    "Remove what does not hold.",
    "ONIX for Books 3.1",
)
RULES = (UNREADABLE, ELEMENT, CODE, VALUE, CONTRADICTION)
MAX_BYTES = 50_000_000
NAMESPACES = ("http://ns.editeur.org/onix/3.0/reference", "http://ns.editeur.org/onix/3.1/reference", "")

_REQUIRED = {
    "ONIXMessage": ("Header", "Product|NoProduct"),
    "Header": ("Sender", "SentDateTime"),
    "Sender": ("SenderName|SenderIdentifier",),
    "Product": ("RecordReference", "NotificationType", "ProductIdentifier"),
    "ProductIdentifier": ("ProductIDType", "IDValue"),
    "DescriptiveDetail": ("ProductComposition", "ProductForm", "TitleDetail"),
    "ProductFormFeature": ("ProductFormFeatureType",),
    "TitleDetail": ("TitleType", "TitleElement"),
    "TitleElement": ("TitleElementLevel", "TitleText|TitleWithoutPrefix|PartNumber|YearOfAnnual"),
    "Contributor": (
        "ContributorRole",
        "PersonName|PersonNameInverted|KeyNames|CorporateName|CorporateNameInverted|UnnamedPersons|NameIdentifier",
    ),
    "Language": ("LanguageRole", "LanguageCode"),
    "Extent": ("ExtentType", "ExtentValue|ExtentValueRoman", "ExtentUnit"),
    "Subject": ("SubjectSchemeIdentifier", "SubjectCode|SubjectHeadingText"),
    "TextContent": ("TextType", "ContentAudience", "Text"),
    "Publisher": ("PublishingRole", "PublisherName|PublisherNameInverted|PublisherIdentifier"),
    "PublishingDate": ("PublishingDateRole", "Date"),
    "RelatedProduct": ("ProductRelationCode", "ProductIdentifier"),
    "SupplyDetail": ("Supplier", "ProductAvailability", "UnpricedItemType|Price"),
    "Supplier": ("SupplierRole", "SupplierName|SupplierIdentifier"),
    "Website": ("WebsiteLink",),
}
"""Elements that a composite must have; one of several between bars."""
_COMPLETE = ("01", "02", "03")
"""Types of notification (list 1) with the whole record."""
_BLOCKS = (
    "DescriptiveDetail",
    "CollateralDetail",
    "PromotionDetail",
    "ContentDetail",
    "PublishingDetail",
    "RelatedMaterial",
    "ProductionDetail",
    "ProductSupply",
)
"""Parts of a product, in their order."""
_ONCE = frozenset(
    (
        "RecordReference",
        "NotificationType",
        "ProductComposition",
        "ProductForm",
        "TitleType",
        "ProductIDType",
        "IDValue",
        "TitleElementLevel",
        "ExtentType",
        "ExtentUnit",
        "ExtentValue",
        "LanguageRole",
        "LanguageCode",
        "TextType",
        "PublishingRole",
        "PublishingDateRole",
        "Date",
        "ProductFormFeatureType",
        "ProductFormFeatureValue",
        "DescriptiveDetail",
        "PublishingDetail",
        "CollateralDetail",
        "Header",
        "Sender",
        "ProductAvailability",
        "UnpricedItemType",
        "SupplierRole",
        "SentDateTime",
        "SubjectSchemeIdentifier",
    )
)
_EMPTY = frozenset(("MainSubject", "NoContributor", "NoEdition", "NoPrefix", "NoProduct", "TaxExempt"))
"""Elements without content."""
_FEATURE_LISTS = {"09": "196", "12": "143"}
"""Code lists of the values of product features, by type (list 79)."""
_DESCRIBED = frozenset(("00", "90", "91", "94", "95", "96", "98", "99"))
"""Accessibility features (list 196) that are a text, a name or an address."""
_DATE = re.compile(r"\d{4}((0[1-9]|1[0-2])((0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])[0-5]\d([0-5]\d)?(Z|[+-]\d{4})?)?)?)?")
_ONE_OF = (
    ("09", ("84", "85", "86"), "more than one WCAG level"),
    ("09", ("80", "81", "82"), "more than one version of WCAG"),
    ("12", ("00", "13"), "no hazard and a flashing hazard"),
    ("12", ("00", "15"), "no hazard and a sound hazard"),
    ("12", ("00", "17"), "no hazard and a motion hazard"),
    ("12", ("13", "14", "24"), "a flashing hazard and none"),
    ("12", ("15", "16", "25"), "a sound hazard and none"),
    ("12", ("17", "18", "26"), "a motion hazard and none"),
)
"""Values of a type of product feature of which one at most holds (lists 196 and 143)."""


def check(path: Path) -> tuple[Finding, ...]:
    """Check a message for the book trade."""
    if path.stat().st_size > MAX_BYTES:
        return (UNREADABLE.finding(f"The file has more than {MAX_BYTES // 1_000_000} MB."),)
    return check_message(path.read_bytes())


def check_message(data: bytes) -> tuple[Finding, ...]:
    """Check the bytes of a message."""
    parser = xml_parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return (UNREADABLE.finding(f"The file is damaged XML: {error.msg}.", place=f"line {error.lineno}"),)
    name = etree.QName(root)
    if name.localname != "ONIXMessage" or (name.namespace or "") not in NAMESPACES:
        return (UNREADABLE.finding(f"The root element is “{name.localname}” in “{name.namespace or 'no namespace'}”."),)
    if not (root.get("release") or "").startswith("3."):
        return (UNREADABLE.finding(f"The release is “{root.get('release', '')}”; expected 3.0 or 3.1."),)
    findings = [finding for element in root.iter(etree.Element) for finding in _check_element(element)]
    return tuple(limit_repeats((*findings, *_repeated_references(root))))


def _check_element(element: Any) -> Iterator[Finding]:
    name = _name(element)
    children = Counter(map(_name, element))
    for needed in _REQUIRED.get(name, ()):
        if not any(children[choice] for choice in needed.split("|")):
            yield _finding(ELEMENT, element, f"{name} has no {needed.replace('|', ' or ')}.")
    if name in _REQUIRED:
        for child in sorted(_ONCE & children.keys()):
            if children[child] > 1:
                yield _finding(ELEMENT, element, f"{name} has {children[child]} of {child}; expected 1.")
        order = (*_REQUIRED[name], *(_BLOCKS if name == "Product" else ()))
        positions = [
            index for child in element for index, names in enumerate(order) if _name(child) in names.split("|")
        ]
        if positions != sorted(positions):
            yield _finding(ELEMENT, element, f"The elements of {name} are not in the order of ONIX.")
    if name in LISTS and (text := _text(element)) not in codes(LISTS[name]):
        yield _finding(CODE, element, f"{name}: code “{text}” is not in list {LISTS[name]}.")
    yield from _check_value(element, name)
    match name:
        case "Product":
            yield from _check_product(element, children)
        case "DescriptiveDetail":
            yield from _check_features(element)
        case "ProductFormFeature":
            yield from _check_feature(element)


def _check_value(element: Any, name: str) -> Iterator[Finding]:
    text = _text(element)
    if name in {"Date", "SentDateTime"} and not element.get("dateformat") and not _DATE.fullmatch(text):
        yield _finding(VALUE, element, f"{name}: “{text}” is not a date such as 20261128.")
    elif name in {"ExtentValue", "SequenceNumber"} and not re.fullmatch(r"\d+(\.\d+)?", text):
        yield _finding(VALUE, element, f"{name}: “{text}” is not a number.")
    elif name == "WebsiteLink" and not re.match(r"(https?|ftp|mailto):\S", text):
        yield _finding(VALUE, element, f"WebsiteLink: “{text}” is not a web address.")
    elif name == "ProductFormDetail" and not re.fullmatch(r"[A-Z]\d{3}", text):
        yield _finding(CODE, element, f"ProductFormDetail: code “{text}” is not in list 175.")
    elif name == "LanguageCode" and not re.fullmatch(r"[a-z]{3}", text):
        yield _finding(CODE, element, f"LanguageCode: code “{text}” is not in list 74.")
    elif name == "ProductIdentifier" and _child(element, "ProductIDType") in {"03", "15"}:
        number = _child(element, "IDValue")
        if not _is_ean(number):
            yield _finding(
                VALUE, element, f"IDValue: “{number}” is not an ISBN-13: 13 digits, the last is the check digit."
            )
    elif name == "ProductIdentifier" and _child(element, "ProductIDType") == "01" and not _child(element, "IDTypeName"):
        yield _finding(ELEMENT, element, "ProductIdentifier of type 01 has no IDTypeName.")
    if not text and not len(element) and name not in _REQUIRED and name not in _EMPTY:
        yield _finding(VALUE, element, f"{name} is empty.")


def _check_product(element: Any, children: Counter[str]) -> Iterator[Finding]:
    if _child(element, "NotificationType") in _COMPLETE:
        for block in ("DescriptiveDetail", "PublishingDetail"):
            if not children[block]:
                yield _finding(ELEMENT, element, f"Product has no {block}.")
    own = {_identity(child) for child in element if _name(child) == "ProductIdentifier"}
    for related in element.iter("{*}RelatedProduct"):
        if own & {_identity(child) for child in related if _name(child) == "ProductIdentifier"}:
            yield _finding(CONTRADICTION, related, "RelatedProduct is the product itself.")


def _check_features(element: Any) -> Iterator[Finding]:
    features = [child for child in element if _name(child) == "ProductFormFeature"]
    values = {(_child(child, "ProductFormFeatureType"), _child(child, "ProductFormFeatureValue")) for child in features}
    for kind, choices, what in _ONE_OF:
        if sum((kind, choice) in values for choice in choices) > 1:
            yield _finding(CONTRADICTION, element, f"The product has {what}.")
    names = Counter(map(_name, element))
    if names["NoContributor"] and names["Contributor"]:
        yield _finding(CONTRADICTION, element, "The product has contributors and NoContributor.")


def _check_feature(element: Any) -> Iterator[Finding]:
    kind, value = _child(element, "ProductFormFeatureType"), _child(element, "ProductFormFeatureValue")
    number = _FEATURE_LISTS.get(kind)
    if number is None:
        return
    if not value:
        yield _finding(ELEMENT, element, f"ProductFormFeature of type {kind} has no ProductFormFeatureValue.")
    elif value not in codes(number):
        yield _finding(CODE, element, f"ProductFormFeatureValue: code “{value}” is not in list {number}.")
    elif kind == "09" and value in _DESCRIBED and not _child(element, "ProductFormFeatureDescription"):
        message = f"Accessibility feature {value} has no ProductFormFeatureDescription with its text or address."
        yield _finding(ELEMENT, element, message)


def _repeated_references(root: Any) -> Iterator[Finding]:
    references = Counter(_text(element) for element in root.iter("{*}RecordReference"))
    for reference, count in references.items():
        if count > 1:
            yield CONTRADICTION.finding(f"{count} products have the RecordReference “{reference}”.")


def _is_ean(number: str) -> bool:
    digits = [int(digit) for digit in number] if re.fullmatch("[0-9]{13}", number) else []
    return bool(digits) and (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def _identity(identifier: Any) -> tuple[str, str, str]:
    kind, name, value = (_child(identifier, part) for part in ("ProductIDType", "IDTypeName", "IDValue"))
    return kind, name, value


def _child(element: Any, name: str) -> str:
    """Return the text of the first child of a name; empty if there is none."""
    return next((_text(child) for child in element if _name(child) == name), "")


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _finding(rule: Rule, element: Any, message: str) -> Finding:
    return rule.finding(message, place=f"line {element.sourceline}")
