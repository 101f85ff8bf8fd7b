"""Faults of EPUB and HTML that style sheets, scripts and attributes make, while the text stays the same."""

from __future__ import annotations

from lxml import etree

from tests.parity.faults.editing import Fault, Files, remove

_STYLES = {
    "a paragraph filtered away": ("#p10 { filter: opacity(0) }", "text"),
    "a paragraph in the colour of its background": ("#p10 { color: #fff; background: #fff }", "text"),
    "a paragraph struck out by CSS": ("p#p10 { text-decoration: line-through }", "marks"),
    "blocks in reverse order": ("section { display: flex; flex-direction: column-reverse }", "order"),
    "a picture replaced by CSS": ("img { content: url(other.png) }", "pictures"),
    "lists numbered otherwise by CSS": ("ol { list-style-type: lower-greek !important }", "nesting"),
    "lists without numbers": ("ol { list-style: none !important }", "nesting"),
    "superscripts on the line": ("sup { vertical-align: baseline !important }", "marks"),
    "subscripts raised": ("sub { vertical-align: super !important }", "marks"),
    "scene breaks hidden": ("hr { display: none !important }", "kinds"),
    "quotations without marks": ("q { quotes: none !important }", "marks"),
    "tables drawn as blocks": ("table, tr, td, th { display: block }", "nesting"),
    "a paragraph scaled to nothing": ("#p10 { transform: scale(0, 1) }", "text"),
    "a paragraph before the others": ("section, div, aside, blockquote { display: grid } #p10 { order: -1 }", "order"),
    "emphasis upright": ("em { font-style: normal !important; font-weight: normal !important }", "marks"),
    "a paragraph without height": ("#p10 { max-block-size: 0; overflow: hidden }", "text"),
    "a paragraph in a font of symbols": ("#p10 { font-family: Wingdings, serif }", "text"),
    "a picture of one pixel": ("img { inline-size: 1px }", "text"),
    "a paragraph in capitals": ("#p10 { text-transform: uppercase }", "marks"),
}
HARMLESS = (
    "#p10 { filter: opacity(0.9); transform: scale(0.9) translate(-50%) rotate(-2deg); order: 2 }"
    "p { color: inherit; background: inherit } li { color: currentcolor; background-color: currentcolor }"
    "section { flex-direction: column-reverse } em { font-style: normal !important; font-weight: 700 !important }"
    "strong { font-weight: 400 !important; text-decoration: underline }"
)
"""Styles that change nothing that readers meet."""
_ATTRIBUTES = {
    ("p", "I waited", "aria-owns"): "order",
    ("p", "I waited", "aria-roledescription"): "kinds",
    ("img", "", "aria-describedby"): "kinds",
    ("img", "", "lang"): "pictures",
    ("mi", "", "mathvariant"): "marks",
    ("p", "I waited", "onfocus"): "kinds",
    ("a", "our site", "aria-disabled"): "links",
    ("a", "our site", "tabindex"): "links",
    ("img", "", "srcset"): "pictures",
}


def _styled(css: str, rule: str, kind: str) -> Fault:
    return Fault(kind, lambda files: files.style(css), rule)


def _set(tag: str, words: str, name: str, rule: str) -> Fault:
    # The first image of an EPUB is its cover, which is no part of the text.
    wanted = {"alt": "A pen"} if tag == "img" else {}
    return Fault(f"{name} on {tag}", lambda files: files.one(tag, words, **wanted).set(name, "-1"), rule)


def _add(files: Files, tag: str, **values: str) -> None:
    body = files.one("body", "Measures")
    body.append(body.makeelement(etree.QName(etree.QName(body).namespace, tag), values))


def _move_row(files: Files) -> None:
    """Put the first row of the body of a table into its head."""
    body = files.one("tbody", "East")
    body.getprevious().append(body[0])


def _move_reference(files: Files) -> None:
    """Put the first reference to a note before the words around it."""
    reference = next(files.all("a", class_="noteref"))
    mark = reference.getparent() if etree.QName(reference.getparent()).localname == "sup" else reference
    around = mark.getparent()
    remove(mark)
    mark.tail, around.text = around.text, None
    around.insert(0, mark)


FAULTS = (
    *(_styled(css, rule, kind) for kind, (css, rule) in _STYLES.items()),
    *(_set(tag, words, name, rule) for (tag, words, name), rule in _ATTRIBUTES.items()),
    Fault("a row moved into the head", _move_row, "tables"),
    Fault("a script", lambda files: _add(files, "script"), "text"),
    Fault("all addresses lead elsewhere", lambda files: _add(files, "base", href="https://example.org/"), "links"),
    Fault("a button", lambda files: _add(files, "button"), "text"),
    Fault("a note reference among other words", _move_reference, "notes"),
)
