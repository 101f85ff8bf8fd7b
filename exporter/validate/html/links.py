"""Link text and targets of internal links (WCAG 2.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from exporter.findings import Finding, Rule, Severity
from exporter.model.east_asian import has_characters, set_apart
from exporter.validate.html.page import Element, Page, local, quote, semantic_types, text

EMPTY = Rule(
    "markup-link-empty",
    Severity.ERROR,
    "Every link has words, or a picture with an alt text.",
    "Write the text of the link.",
    "WCAG 2.4.4",
)
ADDRESS = Rule(
    "markup-link-address",
    Severity.WARNING,
    "The text of a link is words, not a web address.",
    "Write the name of the page or document instead of the address.",
    "WCAG 2.4.4",
)
VAGUE = Rule(
    "markup-link-word",
    Severity.WARNING,
    "The words of a link, read alone, say where it leads.",
    "Write where the link leads.",
    "WCAG 2.4.4, 2.4.9",
)
TARGET_MISSING = Rule(
    "markup-link-nowhere",
    Severity.ERROR,
    "Every link within the page has its target.",
    "Fix the target of the link.",
    "HTML, 4.6; WCAG 2.4.4",
)
LABEL = Rule(
    "markup-link-label",
    Severity.WARNING,
    "The name of a link or button that software reads contains the words that are shown.",
    "Take out aria-label, or begin it with the words that are shown.",
    "WCAG 2.5.3 (failure F96)",
)
RULES = (EMPTY, ADDRESS, VAGUE, TARGET_MISSING, LABEL)
_REFERENCES = frozenset({"colophon", "footnote", "footnotes", "endnote", "endnotes"})
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?:/|ftp:/|www\.)\S+|\S+://\S+", re.IGNORECASE)
_VAGUE_WORDS = frozenset(
    {"here", "click here", "this", "link", "more", "read more", "this link", "this page", "aquí", "más", "leer más"}
    | {"haga clic aquí", "ici", "cliquez ici", "lire la suite", "aqui", "clique aqui", "mais", "здесь", "тут", "هنا"}
    | {"اقرأ المزيد", "hier", "mehr", "这里", "点击这里", "此处", "点击此处", "更多", "详情"}
)


def check(page: Page) -> Iterator[Finding]:
    """Check every link and button."""
    for control in page.visible_elements("a", "button", "summary"):
        shown, name = _words("".join(control.itertext())), _words(_name(page, control))
        if name and shown and f" {shown} " not in f" {name} " and not (has_characters(shown) and shown in name):
            message = f"“{shown}” is shown, and software reads {quote(_name(page, control))}."
            yield LABEL.finding(message, place=page.location_of(control))
    names = {element.get("name") for element in page.elements if local(element) == "a"}
    targets = {"", "top"} | page.ids.keys() | names
    for link in page.visible_elements("a"):
        target = link.get("href")
        if target is None:
            continue
        words = text(link)
        if _is_unreachable(link):
            continue
        if not words:
            yield EMPTY.finding(f"The link to {quote(target)} has no words.", place=page.location_of(link))
        elif _ADDRESS.fullmatch(words) and not _is_reference(link):
            message = f"The text of the link is a web address: {quote(words)}."
            yield ADDRESS.finding(message, place=page.location_of(link))
        elif words.casefold().strip(" .…:»›>") in _VAGUE_WORDS:
            message = f"The link {quote(words)} does not say where it leads ({quote(target)})."
            yield VAGUE.finding(message, place=page.location_of(link))
        if target.startswith("#") and unquote(target[1:]) not in targets:
            message = f"Broken link: {quote(words)} points to {quote(target)}, but nothing has that ID."
            yield TARGET_MISSING.finding(message, place=page.location_of(link))


def _words(text: str) -> str:
    """Return words without punctuation and case."""
    return " ".join(_WORD.findall(set_apart(text.casefold())))


def _name(page: Page, control: Element) -> str:
    """Return the name of a control that is not its text; empty if it has none (Accessible Name 1.2, 4.3)."""
    labels = (page.ids[target] for target in (control.get("aria-labelledby") or "").split() if target in page.ids)
    return " ".join(map(text, labels)) or control.get("aria-label") or ""


def _is_unreachable(link: Element) -> bool:
    """Return whether neither a screen reader nor the keyboard reaches a link, such as the number of a line of code."""
    is_hidden = any(element.get("aria-hidden") == "true" for element in (link, *link.iterancestors()))
    return is_hidden and (link.get("tabindex") or "").startswith("-")


def _is_reference(link: Element) -> bool:
    """Return whether a link is part of contact information or a note, where the address itself is the information."""
    return any(
        local(ancestor) == "address" or not _REFERENCES.isdisjoint(semantic_types(ancestor))
        for ancestor in link.iterancestors()
    )
