"""Faults of the texts, the navigation and the metadata of DAISY talking books, and some that HTML has as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.parity.faults.editing import XML_LANG, Fault, Files, remove, rename, set_text, swap

BOTH = ("html", "daisy")


def _exchange(files: Files) -> None:
    """Exchange two paragraphs."""
    files.one("p", "Nobody told me why").addprevious(files.one("p", "I waited"))


def _language(files: Files) -> None:
    """Take its language from a passage."""
    passage = next(each for each in files.all("span", "la loi") if each.get("lang") == "fr")
    for key in ("lang", XML_LANG):
        passage.attrib.pop(key, None)


def _whole_language(files: Files) -> None:
    for element in files.all("html"):
        for key in ("lang", XML_LANG):
            element.set(key, "fr")
    for element in files.all("meta", name="dc:language"):
        element.set("content", "fr")


def _entry(files: Files, words: str) -> Any:
    """Return a link of the contents."""
    names = [name for name in files.roots if name in {"ncc.html", "book.html"}]
    links = (link for name in names for link in files.roots[name].iter("{*}a"))
    return next(link for link in links if "".join(link.itertext()) == words)


def _title(value: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for element in files.all("meta", name="dc:title"):
            element.set("content", value)
        if "book.html" in files.data:
            files.one("title").text = value

    return change


FAULTS = (
    Fault("title changed", _title("Justice"), "title", BOTH),
    Fault("language of the whole", _whole_language, "language", BOTH),
    Fault("language of a passage lost", _language, "languages", BOTH),
    Fault("paragraphs exchanged", _exchange, "order", BOTH),
    Fault(
        "contents: targets exchanged",
        lambda f: swap(_entry(f, "Where to go"), _entry(f, "The other place"), "href"),
        "contents",
        BOTH,
    ),
    Fault("contents: entry changed", lambda f: set_text(_entry(f, "Where to go"), "Elsewhere"), "outline", BOTH),
    Fault("contents: entry lost", lambda f: remove(_entry(f, "Where to go").getparent()), "outline", ("daisy",)),
    Fault("a paragraph lost", lambda f: remove(f.one("p", "I waited")), "text", BOTH),
    Fault("an alt text changed", lambda f: f.one("img", alt="A pen").set("alt", "A sword"), "pictures", BOTH),
    Fault("a heading is a paragraph", lambda f: rename(f.one("h2", "The other place", 1), "p"), "headings", ("daisy",)),
    Fault("a header cell is data", lambda f: rename(f.one("th", "Court"), "td"), "tables", BOTH),
    Fault(
        "a link to another site", lambda f: f.one("a", "our site").set("href", "https://example.org/x"), "links", BOTH
    ),
    Fault("a creator lost", lambda f: remove(f.one("meta", name="dc:creator")), "metadata", ("daisy",)),
)
