"""Links (WCAG 2.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from exporter.findings import Finding, Rule, Severity
from exporter.validate.html.page import Element, Page, local, quote, text, types

EMPTY = Rule(
    "markup-link-empty",
    Severity.ERROR,
    "Every link has words, or a picture with an alt text.",
    "Put the words of the link into it.",
    "WCAG 2.4.4",
)
ADDRESS = Rule(
    "markup-link-address",
    Severity.WARNING,
    "A link is called by words, not by its address.",
    "Write what stands there instead of the address.",
    "WCAG 2.4.4",
)
WORD = Rule(
    "markup-link-word",
    Severity.WARNING,
    "The words of a link make sense alone.",
    "Write what the link leads to.",
    "WCAG 2.4.4, 2.4.9",
)
NOWHERE = Rule(
    "markup-link-nowhere",
    Severity.ERROR,
    "A link into the page leads to something that is there.",
    "Mend the target of the link.",
    "HTML, 4.6; WCAG 2.4.4",
)
RULES = (EMPTY, ADDRESS, WORD, NOWHERE)
_ADDRESS = re.compile(r"(?:https?:/|ftp:/|www\.)\S+|\S+://\S+", re.IGNORECASE)
_VAGUE = frozenset(
    {"here", "click here", "this", "link", "more", "read more", "this link", "this page", "aquí", "más", "leer más"}
    | {"haga clic aquí", "ici", "cliquez ici", "lire la suite", "aqui", "clique aqui", "mais", "здесь", "тут", "هنا"}
    | {"اقرأ المزيد", "hier", "mehr"}
)


def check(page: Page) -> Iterator[Finding]:
    """Look at every link."""
    names = {each.get("name") for each in page.elements if local(each) == "a"}
    known = {"", "top"} | page.ids.keys() | names
    for link in page.all("a"):
        target = link.get("href")
        if target is None:
            continue
        words = text(link)
        if _out_of_reach(link):
            continue
        if not words:
            yield EMPTY.finding(f"The link to {quote(target)} has no words.", place=page.place(link))
        elif _ADDRESS.fullmatch(words) and not _among_contacts(link):
            yield ADDRESS.finding(f"A link is called {quote(words)}.", place=page.place(link))
        elif words.casefold().strip(" .…:»›>") in _VAGUE:
            yield WORD.finding(f"The link to {quote(target)} is called {quote(words)}.", place=page.place(link))
        if target.startswith("#") and unquote(target[1:]) not in known:
            yield NOWHERE.finding(f"The link {quote(words)} leads to {quote(target)}.", place=page.place(link))


def _out_of_reach(link: Element) -> bool:
    """Return whether neither reading software nor the keyboard meets a link, such as one that marks a line of code."""
    unheard = any(each.get("aria-hidden") == "true" for each in (link, *link.iterancestors()))
    return unheard and (link.get("tabindex") or "").startswith("-")


def _among_contacts(link: Element) -> bool:
    """Return whether a link stands where the address is what people come for: how to reach somebody."""
    return any(local(each) == "address" or "colophon" in types(each) for each in link.iterancestors())
