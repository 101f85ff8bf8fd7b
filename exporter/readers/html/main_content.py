"""Which part of a page is its text, and which parts are the frame that a website puts around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from exporter.readers.html import styles
from exporter.readers.html.boilerplate import FRAME, GONE, LANDMARKS, PERMALINKS, TEXTS
from exporter.readers.html.dom import Element

_TOO_MUCH = 0.4
"""Share of the words of a text that no part of its frame has."""


class Survey:
    """What is counted once for all elements of a page."""

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
        """Return the characters of all words inside it, those of scripts and navigation left out."""
        return self._sizes.get(id(element), 0)

    def holds(self, element: Element, tag: str) -> bool:
        """Return whether it is an `h1` or an `img`, or one stands inside it."""
        return id(element) in self._holders[tag]


def find_main(body: Element, survey: Survey) -> tuple[Element, bool]:
    """Return the element that holds the text, and whether the page says so.

    `main` (HTML 4.4.14), the only or by far largest `article`, then what systems are known to call it; the whole body
    when there is none of these.
    """
    inside = [element for element in survey.order if element.tag == "main" or "main" in element.roles]
    main = max(inside, key=survey.size, default=None)
    if main is not None and survey.size(main):
        return _article(main, survey) or main, True
    if article := _article(body, survey):
        return article, True
    named: dict[str, Element] = {}
    for element in survey.order:
        if "class" in element.attributes or "id" in element.attributes:
            for name in (*element.classes, element.get("id").lower()):
                if name in TEXTS:
                    named.setdefault(name, element)
    for name in TEXTS:
        if name in named and survey.size(named[name]) > 0.5 * survey.size(body):
            return named[name], True
    return body, False


def _article(root: Element, survey: Survey) -> Element | None:
    """Return the article that nearly all words of a part of the page stand in."""
    largest: Element | None = None
    stack = [root]
    while stack:
        for child in stack.pop().elements():
            if child.tag == "article":
                if largest is None or survey.size(child) > survey.size(largest):
                    largest = child
            else:
                stack.append(child)
    if largest is None or survey.size(largest) < 0.6 * survey.size(root):
        return None
    return largest


class Pruned:
    """What was taken out of a page: how often, by what people call it."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.words: Counter[str] = Counter()

    def take(self, element: Element, what: str) -> None:
        """Take an element out of the page."""
        if what:
            self.counts[what] += 1
            self.words[what] += len(element.text().split()) if what not in _WORDLESS else 0
        element.swap()

    def __str__(self) -> str:
        return ", ".join(
            f"{count} × {what}" + (f" ({_counted(self.words[what])})" if self.words[what] else "")
            for what, count in sorted(self.counts.items())
        )


def _counted(words: int) -> str:
    return "1 word" if words == 1 else f"{words:,} words"


_WORDLESS = frozenset({"script", "style sheet", "template"})


class Pruner:
    """Takes out of a text what is not text: scripts, forms, navigation, what is hidden.

    Args:
        survey: Of the whole page.
        said: Whether the page says that this is the text; else the frame of a page is taken off too.
        kept: Ids of elements that stay though they are hidden, as something names them.
    """

    def __init__(self, survey: Survey, kept: frozenset[str], *, said: bool) -> None:
        self._survey = survey
        self._whole = 1
        self._kept = kept
        self._said = said

    def prune(self, main: Element) -> Pruned:
        """Take it out of the element that holds the text."""
        pruned = Pruned()
        self._whole = whole = max(self._survey.size(main), 1)
        stack = list(main.elements())
        while stack:
            element = stack.pop()
            what = self._verdict(element)
            if what is not None and (_goes_anyhow(element) or self._may_go(element, whole)):
                pruned.take(element, what)
            elif element.tag not in ("svg", "math"):
                stack.extend(element.elements())
        return pruned

    def _may_go(self, element: Element, whole: int) -> bool:
        """Return whether it is small enough for a part of the frame, and does not hold the heading of the page."""
        return self._survey.size(element) <= _TOO_MUCH * whole and not self._survey.holds(element, "h1")

    def _verdict(self, element: Element) -> str | None:
        """Return what people call an element that does not belong to the text; None when it does."""
        tag, attributes = element.tag, element.attributes
        if (
            tag == "input"
            and element.get("type") == "checkbox"
            and any(ancestor.tag == "li" for ancestor in element.ancestors())
        ):
            return None
        if tag == "svg" and not (element.get("aria-label") or any(one.tag == "title" for one in element.elements())):
            return "drawing without a name"
        if tag in GONE:
            if tag == "form" and not self._may_go(element, self._whole):
                element.tag = "div"  # some systems put the whole page into one form
                return None
            return GONE[tag]
        if tag == "noscript":
            return None if self._is_needed(element) else "script"
        if tag in ("nav", "search"):
            return "navigation"
        if not self._said and tag in ("header", "footer", "aside") and (what := _outer(element)):
            return what
        if not attributes:
            return None
        if self._is_hidden(element) and element.get("id") not in self._kept:
            return "hidden passage"
        if any(role in LANDMARKS for role in element.roles):
            return "navigation"
        if tag == "a" and element.get("href").startswith("#") and element.text() in PERMALINKS:
            return "permalink"
        if tag == "a" and element.get("href").lower().startswith("javascript:") and len(element.text().split()) < 4:
            return "button"
        return _named(element)

    def _is_needed(self, noscript: Element) -> bool:
        """Return whether it stands for a picture that only a script would show."""
        before = None
        for child in noscript.parent.elements() if noscript.parent else ():
            if child is noscript:
                break
            before = child
        return self._survey.holds(noscript, "img") and (before is None or not self._survey.holds(before, "img"))

    def _is_hidden(self, element: Element) -> bool:
        attributes = element.attributes
        if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
            return True
        if attributes.get("aria-hidden") == "true" and element.tag != "figcaption":
            # Pandoc hides a caption that says what the alt text says; all others are decoration.
            return not self._survey.holds(element, "img")
        return styles.is_hidden(element)


def _goes_anyhow(element: Element) -> bool:
    """Return whether an element goes however much of the page it holds."""
    return element.tag in GONE or element.tag == "svg" or "hidden" in element.attributes


def _named(element: Element) -> str | None:
    if element.get("id").lower().startswith("table of contents"):
        return "table of contents"
    if re.fullmatch(r"h[1-6]|body|html|main|article", element.tag):
        return None
    # A section is often called after its heading, such as "Consent" or "Comments".
    is_section = element.tag in ("section", "p", "li", "a") or "section" in element.classes
    for name in (*element.classes, "" if is_section else element.get("id").lower()):
        if name in FRAME:
            return FRAME[name]
        if name.startswith(("cookie-", "gdpr-", "share-", "sharing-", "breadcrumb")):
            return "cookie banner" if name.startswith(("cookie-", "gdpr-")) else "page furniture"
    return None


def _outer(element: Element) -> str | None:
    """A header, footer or aside of the page itself, not of a part of its text."""
    if any(above.tag in ("article", "section", "blockquote", "figure", "main", "td") for above in element.ancestors()):
        return None
    return "frame of the page"


def targets(root: Element) -> Iterator[str]:
    """Yield the ids that something in the page names: links, descriptions and labels."""
    for element in root.walk():
        href = element.attributes.get("href", "")
        if href.startswith("#"):
            yield href[1:]
        for name in ("aria-describedby", "aria-details", "aria-labelledby", "longdesc", "headers"):
            if name in element.attributes:
                yield from re.split(r"[\s#]+", element.attributes[name])
