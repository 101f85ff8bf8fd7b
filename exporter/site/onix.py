"""The publication for the book trade: ONIX for Books 3.1, with a product for each edition that can be read or heard.

Accessibility is stated with code list 196, for the EPUB from its own metadata. Codes are those of EDItEUR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import msgspec

from exporter.contracts import PageLinks
from exporter.model import AUTHOR, Metadata
from exporter.model.addresses import is_web
from exporter.model.characters import FORBIDDEN
from exporter.site.entry import EPUB_TYPE, Accessibility, CatalogueEntry, EditionFile
from exporter.site.opds import quote_path

FILE = "onix.xml"
"""In the folder of a publication."""
NAMESPACE = "http://ns.editeur.org/onix/3.1/reference"
_FEATURE, _HAZARD = "09", "12"
"""Types of product features (list 79)."""


class _Form(msgspec.Struct, frozen=True):
    """Codes of an edition."""

    form: str
    """List 150."""
    detail: str = ""
    """List 175."""
    type: str = ""
    """List 21."""


_FORMS = {
    "epub": _Form("ED", "E101"),
    "pdf": _Form("ED", "E107"),
    "large-print": _Form("ED", "E107", "LTE"),
    "html": _Form("EB", "E105"),
    "docx": _Form("ED", "E104"),
    "braille": _Form("ED", "E146", "BRL"),
    "ebraille": _Form("ED", "E151", "BRL"),
    "audio": _Form("AJ", "A107"),
    "mp3": _Form("AJ", "A103"),
    "audiobook": _Form("AJ"),
    "daisy": _Form("AJ", "A204"),
}
"""Editions for readers. Others are for a press, or accompany a recording."""
_ROLES = {
    AUTHOR: "A01",
    "edt": "B01",
    "trl": "B06",
    "ill": "A12",
    "pht": "A13",
    "nrt": "E07",
    "ctb": "A32",
    "res": "A51",
}
"""List 17 by MARC relator code."""
_FEATURES = {
    "tableOfContents": "11",
    "readingOrder": "13",
    "alternativeText": "14",
    "longDescription": "15",
    "MathML": "17",
    "pageBreakMarkers": "19",
    "synchronizedAudioText": "20",
    "structuralNavigation": "29",
    "ARIA": "30",
    "displayTransformability": "36",
    "pageNavigation": "41",
}
"""List 196 by schema.org accessibility feature (W3C, Schema.org Accessibility Properties Crosswalk)."""
_SUFFICIENT = {("auditory",): "51", ("textual",): "52"}
"""List 196 by sufficient access modes."""
_HAZARDS = {
    "none": "00",
    "noFlashingHazard": "14",
    "noSoundHazard": "16",
    "noMotionSimulationHazard": "18",
    "unknownFlashingHazard": "24",
    "unknownSoundHazard": "25",
    "unknownMotionSimulationHazard": "26",
}
"""List 143 by schema.org accessibility hazard."""
_CONFORMANCE = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.([012]) Level (A{1,3})")

_TEXTS = ("title", "subtitle", "publisher", "description", "identifier")

Elements = Iterator[tuple[str, Any]]
"""Names of elements with their text, or with elements inside them."""


def message(entry: CatalogueEntry, links: PageLinks) -> bytes:
    """Return the message; empty without publisher or date, which it must contain.

    Args:
        entry: The publication; equal entries give equal bytes.
        links: Web addresses of its pages, if they are known.
    """
    entry = msgspec.structs.replace(entry, metadata=_cleaned(entry.metadata))
    metadata = entry.metadata
    if not metadata.publisher or metadata.date is None:
        return b""
    from lxml import etree

    namespaces: Any = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}ONIXMessage", {"release": "3.1"}, nsmap=namespaces)
    header = [("Sender", [("SenderName", metadata.publisher)]), ("SentDateTime", f"{metadata.date:%Y%m%d}")]
    _add(root, [("Header", header)])
    _add(root, (("Product", _product(file, entry, links)) for file in entry.files if file.name in _FORMS))
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data if len(root) > 1 else b""


def _cleaned(metadata: Metadata) -> Metadata:
    """Return metadata without what XML cannot contain, and without names and subjects of spaces alone."""
    people = (msgspec.structs.replace(person, name=_clean(person.name)) for person in metadata.authors)
    contact = metadata.contact
    return msgspec.structs.replace(
        metadata,
        **{name: _clean(getattr(metadata, name)) for name in _TEXTS},
        authors=tuple(person for person in people if person.name),
        subjects=tuple(filter(None, map(_clean, metadata.subjects))),
        contact=msgspec.structs.replace(contact, email=_clean(contact.email)) if contact else None,
    )


def _clean(text: str) -> str:
    return " ".join(FORBIDDEN.sub("", text).split())


def _add(parent: Any, elements: Any) -> None:
    """Add elements to another."""
    from lxml import etree

    for name, content in elements:
        child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
        if isinstance(content, str):
            child.text = content
        else:
            _add(child, content)


def _product(file: EditionFile, entry: CatalogueEntry, links: PageLinks) -> Elements:
    metadata = entry.metadata
    yield "RecordReference", _reference(file, entry)
    yield "NotificationType", "03"
    yield "RecordSourceType", "01"
    yield "ProductIdentifier", _identifier(file, entry)
    yield "DescriptiveDetail", _description(file, entry, links)
    if metadata.description:
        text = [("TextType", "03"), ("ContentAudience", "00"), ("Text", metadata.description)]
        yield "CollateralDetail", [("TextContent", text)]
    publisher = [("PublishingRole", "01"), ("PublisherName", metadata.publisher)]
    date = [("PublishingDateRole", "01"), ("Date", f"{metadata.date:%Y%m%d}")]
    yield (
        "PublishingDetail",
        [("Publisher", publisher), ("PublishingStatus", "04"), ("PublishingDate", date)],
    )
    others = [other for other in entry.files if other.name in _FORMS and other.name != file.name]
    if others:
        yield (
            "RelatedMaterial",
            [
                ("RelatedProduct", [("ProductRelationCode", "06"), ("ProductIdentifier", _identifier(other, entry))])
                for other in others
            ],
        )
    supplier: list[tuple[str, Any]] = [("SupplierRole", "09"), ("SupplierName", metadata.publisher)]
    if links.page:
        supplier.append(
            ("Website", [("WebsiteRole", "29"), ("WebsiteLink", urljoin(links.page, quote_path(file.file)))])
        )
    supply = [("Supplier", supplier), ("ProductAvailability", "20"), ("UnpricedItemType", "01")]
    yield "ProductSupply", [("SupplyDetail", supply)]


def _reference(file: EditionFile, entry: CatalogueEntry) -> str:
    return f"{entry.metadata.identifier or entry.slug}/{file.name}"


def _identifier(file: EditionFile, entry: CatalogueEntry) -> list[tuple[str, str]]:
    """Return the identifier of an edition: that of the publication belongs to all of them."""
    return [
        ("ProductIDType", "01"),
        ("IDTypeName", f"{entry.metadata.publisher}, editions"),
        ("IDValue", _reference(file, entry)),
    ]


def _description(file: EditionFile, entry: CatalogueEntry, links: PageLinks) -> Elements:
    metadata, form = entry.metadata, _FORMS[file.name]
    yield "ProductComposition", "00"
    yield "ProductForm", form.form
    if form.detail:
        yield "ProductFormDetail", form.detail
    for type_, value, text in _features(file, entry, links):
        feature = [("ProductFormFeatureType", type_), ("ProductFormFeatureValue", value)]
        yield "ProductFormFeature", [*feature, *([("ProductFormFeatureDescription", text)] if text else ())]
    if form.form != "AJ":
        yield "EpubTechnicalProtection", "00"
    yield "TitleDetail", [("TitleType", "01"), ("TitleElement", _title(entry))]
    for number, person in enumerate(metadata.authors, start=1):
        name = "CorporateName" if person.name == metadata.publisher else "PersonName"
        role = [("SequenceNumber", str(number)), ("ContributorRole", _ROLES.get(person.role, "Z99"))]
        yield "Contributor", [*role, (name, person.name)]
    if not metadata.authors:
        yield "NoContributor", ""
    if form.type:
        yield "EditionType", form.type
    if language := _language(metadata):
        yield "Language", [("LanguageRole", "01"), ("LanguageCode", language)]
    if file.pages:
        yield "Extent", [("ExtentType", "00"), ("ExtentValue", str(file.pages)), ("ExtentUnit", "03")]
    if file.seconds:
        yield "Extent", [("ExtentType", "09"), ("ExtentValue", str(round(file.seconds))), ("ExtentUnit", "06")]
    yield "Extent", [("ExtentType", "22"), ("ExtentValue", str(file.size)), ("ExtentUnit", "17")]
    if metadata.subjects:
        yield (
            "Subject",
            [("SubjectSchemeIdentifier", "20"), ("SubjectHeadingText", "; ".join(metadata.subjects))],
        )


def _title(entry: CatalogueEntry) -> list[tuple[str, str]]:
    subtitle = [("Subtitle", entry.metadata.subtitle)] if entry.metadata.subtitle else []
    return [("TitleElementLevel", "01"), ("TitleText", entry.title), *subtitle]


def _features(file: EditionFile, entry: CatalogueEntry, links: PageLinks) -> Iterator[tuple[str, str, str]]:
    """Yield type, value and description of the features of a product; only the EPUB states its own accessibility."""
    claims = entry.accessibility if file.media_type == EPUB_TYPE else None
    if claims is not None:
        yield from _claims(claims)
    if file.media_type == EPUB_TYPE or _FORMS[file.name].detail == "E107":
        yield _FEATURE, "10", ""
    if claims is not None and claims.certifier:
        yield _FEATURE, "90", claims.certifier
    if links.conformance:
        yield _FEATURE, "94", links.conformance
    if links.page:
        yield _FEATURE, "96", links.page
    contact = entry.metadata.contact
    address = (contact.email or (contact.url if is_web(contact.url) else "")) if contact else ""
    if address:
        yield _FEATURE, "99", address
    for hazard in claims.hazards if claims is not None else ():
        if code := _HAZARDS.get(hazard):
            yield _HAZARD, code, ""


def _claims(claims: Accessibility) -> Iterator[tuple[str, str, str]]:
    if claims.summary:
        yield _FEATURE, "00", claims.summary
    if conformance := _CONFORMANCE.fullmatch(claims.conforms_to):
        yield _FEATURE, "04", ""
        yield _FEATURE, f"8{conformance[1]}", ""
        yield _FEATURE, f"8{3 + len(conformance[2])}", ""
    codes: Mapping[Any, str] = _FEATURES | _SUFFICIENT
    for value in (*claims.features, *claims.sufficient):
        if code := codes.get(value):
            yield _FEATURE, code, ""


def _language(metadata: Metadata) -> str:
    """Return the bibliographic code of a language of two letters (ISO 639-2/B, list 74); "" for others.

    Most of the languages whose code has three letters are not in the list.
    """
    import langcodes

    primary = metadata.language.partition("-")[0].lower()
    is_known = re.fullmatch("[a-z]{2}", primary) and langcodes.tag_is_valid(primary)
    return langcodes.get(primary).to_alpha3("B") if is_known else ""
