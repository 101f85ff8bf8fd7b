"""Faults of what EPUB and HTML say about themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.parity.faults.editing import (
    OPS_TYPE,
    XML_LANG,
    Fault,
    Files,
    remove,
    set_text,
)


def _meta(name: str, value: str | None) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        element = files.one("meta", property=f"schema:{name}")
        if value is None:
            remove(element)
        else:
            element.text = value

    return change


def _add_meta(name: str, value: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        element = files.one("meta", property="schema:accessMode")
        added = element.makeelement(element.tag, {"property": f"schema:{name}"})
        added.text = value
        element.addnext(added)

    return change


def _summary(files: Files) -> None:
    for element in (
        *files.all("meta", property="schema:accessibilitySummary"),
        *files.all("p", "pictures are described"),
    ):
        leaf = next(each for each in element.iter() if "pictures are" in (each.text or ""))
        leaf.text = re.sub(r"\d+ pictures are", "9 pictures are", leaf.text)


def _shown(words: str, others: str) -> Callable[[Files], None]:
    """Return a change of words of title page and imprint wherever they are shown."""

    def change(files: Files) -> None:
        for root in files.roots.values():
            for element in root.iter("{*}p", "{*}dd", "{*}li", "{*}span", "{*}a"):
                element.text = (element.text or "").replace(words, others)

    return change


def _canonical(files: Files) -> None:
    title = files.one("title")
    title.addnext(title.makeelement("link", {"rel": "canonical", "href": "https://example.org/old"}))


def _alt_of_the_cover(files: Files) -> None:
    (image,) = next(root for name, root in files.roots.items() if name.endswith("cover.xhtml")).iter("{*}img")
    image.set("alt", "A cover")


def _heading_of(files: Files, kind: str) -> Any:
    return next(nav.find("{*}h2") for nav in files.all("nav") if nav.get(OPS_TYPE) == kind)


def _landmark(files: Files, kind: str) -> Any:
    return next(link for link in files.all("a") if link.get(OPS_TYPE) == kind)


def _on_cover(files: Files) -> None:
    files.data["EPUB/images/cover.svg"] = files.data["EPUB/images/cover.svg"].replace(b">Injustice<", b">Justice<")


FAULTS = (
    # Metadata
    Fault(
        "contributor's role changed", lambda f: set_text(f.one("meta", property="role"), "edt"), "metadata", ("epub",)
    ),
    Fault("feature lost", _meta("accessibilityFeature", None), "metadata", ("epub",)),
    Fault("captions claimed", _add_meta("accessibilityFeature", "captions"), "metadata", ("epub",)),
    Fault("tactile graphics claimed", _add_meta("accessibilityFeature", "tactileGraphic"), "metadata", ("epub",)),
    Fault("contrast claimed", _add_meta("accessibilityFeature", "highContrastDisplay"), "metadata", ("epub",)),
    Fault("hazard changed", _meta("accessibilityHazard", "flashing"), "metadata", ("epub",)),
    Fault("hazard lost", _meta("accessibilityHazard", None), "metadata", ("epub",)),
    Fault("NCX: title changed", lambda f: set_text(f.one("docTitle").find("{*}text"), "Other"), "title", ("epub",)),
    Fault(
        "NCX: identifier changed", lambda f: f.one("meta", name="dtb:uid").set("content", "x"), "metadata", ("epub",)
    ),
    Fault("alt text of the drawn cover", _alt_of_the_cover, "pictures", ("epub",)),
    Fault("heading of a list changed", lambda f: set_text(_heading_of(f, "loi"), "Maps"), "contents", ("epub",)),
    Fault("name of a landmark changed", lambda f: set_text(_landmark(f, "bodymatter"), "End"), "contents", ("epub",)),
    Fault("sufficient mode added", _add_meta("accessModeSufficient", "tactile"), "metadata", ("epub",)),
    Fault("mode lost", _meta("accessMode", None), "metadata", ("epub",)),
    Fault("number of pictures changed", _summary, "metadata", ("epub",)),
    Fault("language of the package's text", lambda f: f.one("package").set(XML_LANG, "fr"), "language", ("epub",)),
    Fault("rights changed", lambda f: set_text(f.one("rights"), "All rights reserved"), "metadata", ("epub",)),
    Fault("keywords changed", lambda f: f.one("meta", name="keywords").set("content", "cats"), "metadata", ("html",)),
    Fault("subtitle changed on the page", lambda f: set_text(f.one("p", class_="subtitle"), "All is well"), "metadata"),
    Fault("publisher changed on the page", _shown("Example Rights Organisation", "Somebody"), "metadata"),
    Fault(
        "date of the last change",
        lambda f: set_text(f.one("meta", property="dcterms:modified"), "1999"),
        "metadata",
        ("epub",),
    ),
    Fault("link to another edition of the page", _canonical, "links", ("html",)),
    Fault("identifier changed on the page", _shown("6e1b2c1e", "6e1b2c1f"), "metadata"),
    Fault("kind changed on the page", _shown("Report", "Brief"), "metadata"),
    Fault("authors exchanged on the page", _shown("Ana Torres and Ben Okri", "Ben Okri and Ana Torres"), "metadata"),
    Fault("date changed on the page", _shown("1 March", "2 March"), "metadata"),
    Fault("translation not named on the page", _shown("Doble injusticia", ""), "metadata"),
    Fault(
        "title of a chapter's document", lambda f: set_text(f.one("title", "Findings"), "Elsewhere"), "title", ("epub",)
    ),
    Fault(
        "cover not listed", lambda f: f.one("item", id="cover-image").attrib.pop("properties"), "pictures", ("epub",)
    ),
    Fault(
        "another cover for catalogues",
        lambda f: f.one("item", id="cover-image").set("href", "images/picture-001.png"),
        "pictures",
        ("epub",),
    ),
    Fault("cover lost from its page", lambda f: remove(f.one("img", role="doc-cover")), "pictures", ("epub",)),
    Fault(
        "another picture on the page of the cover",
        lambda f: f.one("img", role="doc-cover").set("src", "images/picture-001.png"),
        "pictures",
        ("epub",),
    ),
    Fault("another title on the cover", _on_cover, "pictures", ("epub",)),
)
