"""Detection of the main content of a page and removal of boilerplate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from exporter.model.east_asian import count_words
from exporter.readers.html.markup import styles
from exporter.readers.html.markup.boilerplate import BOILERPLATE, LANDMARKS, MAIN_CONTENT, PERMALINKS, REMOVED
from exporter.readers.html.markup.dom import Element

_MAX_SHARE = 0.4
"""Largest fraction of the characters of a text that boilerplate may have."""


class PageIndex:
    """Text sizes of all elements of a page, and the elements that contain an `h1` or `img`."""

    def __init__(self, body: Element) -> None:
        self._sizes: dict[int, int] = {}
        self._holders: dict[str, set[int]] = {"h1": set(), "img": set()}
        self.order = list(body.walk())
        for element in reversed(self.order):
            size = 0
            for child in element.children:
                if isinstance(child, str):
                    size += len(child.strip())
                elif child.tag not in ("script", "style", "nav", "template", "noscript"):
                    size += self._sizes[id(child)]
            self._sizes[id(element)] = size
            for tag, holders in self._holders.items():
                if element.tag == tag or any(id(child) in holders for child in element.elements()):
                    holders.add(id(element))

    def size(self, element: Element) -> int:
        """Return the number of characters in an element, without scripts and navigation."""
        return self._sizes.get(id(element), 0)

    def contains(self, element: Element, tag: str) -> bool:
        """Return whether an element is or contains an element with the tag `h1` or `img`."""
        return id(element) in self._holders[tag]


def find_main(body: Element, index: PageIndex) -> tuple[Element, bool]:
    """Return the element with the main content, and whether the page declares it.

    `main` (HTML 4.4.14), the only or by far largest `article`, then classes and ids of known systems; the whole body
    if there is none of these.
    """
    candidates = [element for element in index.order if element.tag == "main" or "main" in element.roles]
    main = max(candidates, key=index.size, default=None)
    if main is not None and index.size(main):
        return _article(main, index) or main, True
    if article := _article(body, index):
        return article, True
    by_name: dict[str, Element] = {}
    for element in index.order:
        if "class" in element.attributes or "id" in element.attributes:
            for name in (*element.classes, element.get("id").lower()):
                if name in MAIN_CONTENT:
                    by_name.setdefault(name, element)
    for name in MAIN_CONTENT:
        if name in by_name and index.size(by_name[name]) > 0.5 * index.size(body):
            return by_name[name], True
    return body, False


def _article(root: Element, index: PageIndex) -> Element | None:
    """Return the article with nearly all text of a part of the page, or None."""
    largest: Element | None = None
    stack = [root]
    while stack:
        for child in stack.pop().elements():
            if child.tag == "article":
                if largest is None or index.size(child) > index.size(largest):
                    largest = child
            else:
                stack.append(child)
    if largest is None or index.size(largest) < 0.6 * index.size(root):
        return None
    return largest


class RemovalCounts:
    """Counts of removed elements and their words, by label."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.words: Counter[str] = Counter()

    def remove(self, element: Element, label: str) -> None:
        """Remove an element from the page and count it."""
        if label:
            self.counts[label] += 1
            self.words[label] += count_words(element.text()) if label not in _WORDLESS else 0
        element.replace_with()

    def __str__(self) -> str:
        return ", ".join(
            f"{count} × {label}" + (f" ({_format_count(self.words[label])})" if self.words[label] else "")
            for label, count in sorted(self.counts.items())
        )


def _format_count(words: int) -> str:
    return "1 word" if words == 1 else f"{words:,} words"


_WORDLESS = frozenset({"script", "style sheet", "template"})


class Pruner:
    """Remover of scripts, forms, navigation, hidden and other content outside of the text.

    Args:
        index: Index of the whole page.
        referenced: Ids of elements that stay although they are hidden, as something refers to them.
        is_declared: Whether the page declares its main content; if not, its header, footer and asides are removed too.
    """

    def __init__(self, index: PageIndex, referenced: frozenset[str], *, is_declared: bool) -> None:
        self._index = index
        self._size = 1
        self._referenced = referenced
        self._is_declared = is_declared

    def prune(self, main: Element) -> RemovalCounts:
        """Remove what is outside of the text from the element with the main content, and return the counts."""
        counts = RemovalCounts()
        self._size = max(self._index.size(main), 1)
        stack = list(main.elements())
        while stack:
            element = stack.pop()
            label = self._label(element)
            if label is not None and (_is_removed_at_any_size(element) or self._is_removable(element)):
                counts.remove(element, label)
            elif element.tag not in ("svg", "math"):
                stack.extend(element.elements())
        return counts

    def _is_removable(self, element: Element) -> bool:
        """Return whether an element is small enough for boilerplate and does not contain the heading of the page."""
        return self._index.size(element) <= _MAX_SHARE * self._size and not self._index.contains(element, "h1")

    def _label(self, element: Element) -> str | None:
        """Return the label of an element that does not belong to the text, or None if it does."""
        tag, attributes = element.tag, element.attributes
        if (
            tag == "input"
            and element.get("type") == "checkbox"
            and any(ancestor.tag == "li" for ancestor in element.ancestors())
        ):
            return None
        if tag == "svg" and not (
            element.get("aria-label") or any(child.tag == "title" for child in element.elements())
        ):
            return "drawing without a name"
        if tag == "button" and _is_heading(element):
            element.tag = "span"
            return None
        if tag in REMOVED:
            if tag == "form" and not self._is_removable(element):
                element.tag = "div"  # some systems put the whole page into a form
                return None
            return REMOVED[tag]
        if tag == "noscript":
            return None if self._is_needed(element) else "script"
        if tag in ("nav", "search"):
            return "navigation"
        if not self._is_declared and tag in ("header", "footer", "aside") and _is_outside_sections(element):
            return "page header or footer"
        if not attributes:
            return None
        if self._is_hidden(element) and element.get("id") not in self._referenced:
            return "hidden element"
        if any(role in LANDMARKS for role in element.roles) and not _is_accordion(element):
            return "navigation"
        if tag == "a" and element.get("href").startswith("#") and element.text() in PERMALINKS:
            return "permalink"
        if tag == "a" and element.get("href").lower().startswith("javascript:") and len(element.text().split()) < 4:
            return "button"
        return _label_by_name(element)

    def _is_needed(self, noscript: Element) -> bool:
        """Return whether a `noscript` replaces an image that only a script would show."""
        before = None
        for child in noscript.parent.elements() if noscript.parent else ():
            if child is noscript:
                break
            before = child
        return self._index.contains(noscript, "img") and (before is None or not self._index.contains(before, "img"))

    def _is_hidden(self, element: Element) -> bool:
        attributes = element.attributes
        if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
            return True
        if attributes.get("aria-hidden") == "true" and element.tag != "figcaption":
            # Pandoc hides a caption that repeats the alt text; everything else hidden from ARIA is decoration.
            return not self._index.contains(element, "img")
        return styles.is_hidden(element)


def _is_heading(button: Element) -> bool:
    """Return whether a button is all there is in a heading, as in an accordion (ARIA Authoring Practices)."""
    heading = next((ancestor for ancestor in button.ancestors() if re.fullmatch("h[1-6]", ancestor.tag)), None)
    return heading is not None and heading.text().strip() == button.text().strip()


def _is_accordion(element: Element) -> bool:
    """Return whether an element is a list of tabs with their panels inside (ARIA 1.2, 5.3.3 tablist)."""
    if "tablist" not in element.roles:
        return False
    inside = list(element.walk())
    panels = {name for child in inside for name in child.get("aria-controls").split()}
    return any(child.tag == "p" or "tabpanel" in child.roles or child.get("id") in panels for child in inside)


def _is_removed_at_any_size(element: Element) -> bool:
    """Return whether an element is removed however much of the page it contains."""
    return element.tag in REMOVED or element.tag == "svg" or "hidden" in element.attributes


def _label_by_name(element: Element) -> str | None:
    if element.get("id").lower().startswith("table of contents"):
        return "table of contents"
    if re.fullmatch(r"h[1-6]|body|html|main|article", element.tag):
        return None
    # The id of a section often repeats its heading, such as "Consent" or "Comments".
    is_section = element.tag in ("section", "p", "li", "a") or "section" in element.classes
    for name in (*element.classes, "" if is_section else element.get("id").lower()):
        if name in BOILERPLATE:
            return BOILERPLATE[name]
        if name.startswith(("cookie-", "gdpr-", "share-", "sharing-", "breadcrumb")):
            return "cookie banner" if name.startswith(("cookie-", "gdpr-")) else "page furniture"
    return None


def _is_outside_sections(element: Element) -> bool:
    """Return whether a header, footer or aside belongs to the page itself, not to a part of its text."""
    sections = ("article", "section", "blockquote", "figure", "main", "td")
    return not any(ancestor.tag in sections for ancestor in element.ancestors())


def referenced_ids(root: Element) -> Iterator[str]:
    """Yield the ids to which links, descriptions and labels refer."""
    for element in root.walk():
        href = element.attributes.get("href", "")
        if href.startswith("#"):
            yield href[1:]
        for name in ("aria-describedby", "aria-details", "aria-labelledby", "longdesc", "headers"):
            if name in element.attributes:
                yield from re.split(r"[\s#]+", element.attributes[name])
