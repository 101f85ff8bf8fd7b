"""Faults of EPUB and HTML in markup and style sheets that the editions never have."""

from __future__ import annotations

import base64
from collections.abc import Callable

from lxml import etree

from tests.images.pictures import raster
from tests.parity.faults.editing import Fault, Files, rename, set_text, wrap

_STYLES = {
    "paragraphs hidden on paper": "@media print { section p { display: none } }",
    "notes hidden on paper": "@media print { .footnote, .endnotes { visibility: hidden } }",
    "a paragraph hidden where there is space": "@container (min-width: 1px) { #p10 { display: none } }",
    "a rule in another": "section { & #p10 { display: none } }",
    "a paragraph hidden in a scope": "@scope (body) { #p10 { display: none } }",
    "a style sheet of others": "@import url('x.css');",
    "a first letter of no size": "#p10::first-letter { font-size: 0 }",
    "words before items": "li::marker { content: 'No ' }",
    "other marks before items": "ol { list-style: 'X ' !important }",
    "an attribute added as words": "#p10::after { content: attr(id) }",
    "a sign added": '#p10::before { content: "✗ " }',
    "hidden by a variable": ":root { --x: none } #p10 { display: var(--x) }",
    "a paragraph behind a mask": "#p10 { mask: linear-gradient(transparent, transparent) }",
    "a paragraph that flashes": "@keyframes f { 50% { opacity: 0 } } #p10 { animation: f .1s infinite }",
    "text that cannot be selected": "#p10 { user-select: none }",
    "all properties unset": "em { all: unset }",
    "the focus hidden": "*:focus { outline: none !important }",
    "columns of a table turned": "table { direction: rtl }",
}
_ATTRIBUTES = {
    ("a", "our site", "ping", "https://example.org/"): "links",
    ("a", "our site", "title", "Buy now"): "links",
    ("p", "I waited", "title", "Not true"): "kinds",
    ("p", "I waited", "role", "math"): "kinds",
    ("p", "I waited", "popover", "auto"): "kinds",
    ("p", "I waited", "aria-live", "assertive"): "kinds",
    ("p", "I waited", "aria-description", "Not true"): "kinds",
    ("p", "I waited", "aria-braillelabel", "x"): "kinds",
    ("p", "I waited", "dir", "auto"): "directions",
    ("p", "I waited", "style", "margin-top: -9999px"): "text",
    ("td", "71", "aria-colindex", "9"): "tables",
    ("th", "Court", "abbr", "Wrong"): "tables",
    ("th", "Court", "aria-sort", "descending"): "tables",
    ("q", "said", "cite", "https://example.org/"): "kinds",
    ("mi", "a", "mathsize", "1px"): "marks",
    ("mi", "a", "mathcolor", "#fff"): "marks",
    ("section", "I waited", "role", "application"): "kinds",
}
_PAGE = {
    ("viewport", "width=device-width, maximum-scale=1"): "kinds",
    ("color-scheme", "only dark"): "kinds",
}


def _with(tag: str, words: str, key: str, value: str) -> Callable[[Files], None]:
    return lambda files: files.one(tag, words).set(key, value)


def _phone(files: Files) -> None:
    elements = (element for root in files.roots.values() for element in root.iter())
    set_text(next(element for element in elements if "+44" in (element.text or "")), "+44 20 1")


def _add_to_title_page(files: Files) -> None:
    elements = (element for root in files.roots.values() for element in root.iter("{*}p"))
    set_text(next(element for element in elements if element.text == "Report"), "Confidential report")


def _other_shape(files: Files) -> None:
    """Replace a file by another that is not in the manuscript."""
    image, data = files.one("img", alt="A courthouse."), raster("JPEG", (10, 40))
    source = image.get("src")
    if source.startswith("data:"):
        image.set("src", f"data:image/jpeg;base64,{base64.b64encode(data).decode()}")
    else:
        files.data[f"EPUB/{source}"] = data


def _with_character(character: str) -> Callable[[Files], None]:
    return lambda files: set_text(files.one("p", "I waited"), f"I wa{character}ited.")


def _meta(files: Files, key: str, value: str) -> None:
    element = files.one("meta", property="schema:accessMode")
    added = element.makeelement(element.tag, {"property": key})
    added.text = value
    element.addnext(added)


def _add_to_head(files: Files, tag: str, **values: str) -> None:
    title = files.one("title")
    title.addnext(title.makeelement(etree.QName(etree.QName(title).namespace, tag), values))


def _replace(files: Files, property_: str, words: str) -> None:
    set_text(files.one("meta", property=property_), words)


def _stretch(files: Files) -> None:
    for picture in files.all("img"):
        if picture.get("width"):
            picture.set("height", str(9 * int(picture.get("width"))))


def _rename_box(files: Files) -> None:
    titles = files.all("p", class_="aside-title")
    set_text(next(title for title in titles if title.getparent().get("aria-label")), "Something else")


def _contributor(files: Files) -> None:
    metadata = files.one("metadata")
    etree.SubElement(metadata, etree.QName("http://purl.org/dc/elements/1.1/", "contributor")).text = "Somebody"


def _add_link(files: Files, **values: str) -> None:
    metadata = files.one("metadata")
    etree.SubElement(metadata, etree.QName(etree.QName(metadata).namespace, "link"), values)


FAULTS = (
    *(Fault(kind, lambda f, css=css: f.style(css), "text") for kind, css in _STYLES.items()),
    Fault("strong text as light as other text", lambda f: f.style("strong { font-weight: 400 !important }"), "marks"),
    *(
        Fault(f"{key} “{value}” on {tag}", _with(tag, words, key, value), rule)
        for (tag, words, key, value), rule in _ATTRIBUTES.items()
    ),
    *(
        Fault(f"{name}: {value}", lambda f, n=name, v=value: f.one("meta", name=n).set("content", v), rule, ("html",))
        for (name, value), rule in _PAGE.items()
    ),
    Fault("a style sheet that browsers ignore", lambda f: f.style("p { color: #333333 }"), "kinds", ("html",)),
    Fault("a page that is not to be found", lambda f: _add_to_head(f, "meta", name="robots"), "metadata", ("html",)),
    Fault("emphasis as italics", lambda f: rename(f.one("em", "stressed"), "i"), "marks"),
    Fault("small print", lambda f: wrap(f.one("em", "stressed"), "small"), "marks"),
    Fault("text inserted", lambda f: wrap(f.one("em", "stressed"), "ins"), "marks"),
    Fault("a reference without its role", lambda f: f.one("a", class_="noteref").attrib.pop("role"), "notes"),
    Fault("a way back without its role", lambda f: f.one("a", class_="backlink").attrib.pop("role"), "notes"),
    Fault(
        "a note without its role", lambda f: f.one("aside", class_="footnote").attrib.pop("role"), "notes", ("epub",)
    ),
    Fault(
        "a chapter with another role", lambda f: f.one("section", "waited").set("role", "doc-cover"), "kinds", ("epub",)
    ),
    Fault("contents without their role", lambda f: f.one("nav", "Voices").attrib.pop("role"), "kinds", ("epub",)),
    Fault("pages of another book", lambda f: _replace(f, "pageBreakSource", "urn:isbn:1"), "metadata", ("epub",)),
    Fault("certified by nobody", lambda f: _meta(f, "a11y:certifiedBy", "Somebody"), "metadata", ("epub",)),
    Fault("fixed layout claimed", lambda f: _meta(f, "rendition:layout", "pre-paginated"), "metadata", ("epub",)),
    Fault(
        "another summary of accessibility",
        lambda f: _replace(f, "schema:accessibilitySummary", "Nothing is there as text."),
        "metadata",
        ("epub",),
    ),
    Fault("phone number of the imprint", _phone, "metadata"),
    Fault("words added to the title page", _add_to_title_page, "metadata"),
    Fault("picture of another shape", _other_shape, "pictures"),
    Fault("pictures shown stretched", _stretch, "pictures"),
    Fault("another name of a box", _rename_box, "metadata"),
    Fault("a contributor of no manuscript", _contributor, "metadata", ("epub",)),
    Fault("another description of the book", lambda f: _add_link(f, rel="record"), "metadata", ("epub",)),
    Fault("a formula without its bar", lambda f: f.one("mfrac").set("linethickness", "0"), "marks"),
    Fault("text in the other order", _with_character("\u202e"), "text"),
    Fault("a word divided by no visible space", _with_character("\u200b"), "text"),
)
