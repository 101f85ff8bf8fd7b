"""Numbers of the paragraphs and drawings of a Word file, in the order of its main part, and the pages they are on."""

from __future__ import annotations

from exporter.inspect.docx.xml import Element, name

ANCHORED = ("p", "drawing", "pict", "object")
"""Elements with a number."""
_TEXT, _BREAK, _PAGE = name("t"), name("br"), name("lastRenderedPageBreak")
_TYPE, _PARAGRAPH = name("type"), name("p")
_SHOWN = frozenset(name(tag) for tag in ANCHORED[1:])


class Anchors:
    """The numbers of the paragraphs and drawings of a main part, from 1.

    Pages are known if the program that saved the file has written where its pages began (17.3.3.13). LibreOffice cannot
    tell them: it puts half of the paragraphs on other pages than Word (118 of 244, in six files, are on the same).

    Args:
        root: The main document, as it was parsed.
    """

    def __init__(self, root: Element) -> None:
        self._numbers: dict[Element, int] = {}
        self._pages: dict[int, int] = {}
        has_pages = next(root.iter(_PAGE), None) is not None
        number, page, has_broken = 0, 1, False
        unshown = 0
        """A paragraph of which nothing has been shown yet."""
        for element in root.iter(*map(name, ANCHORED), _TEXT, _BREAK, _PAGE):
            tag = element.tag
            if tag == _PARAGRAPH or tag in _SHOWN:
                number += 1
                self._numbers[element] = number
                self._pages[number] = page
                unshown = number if tag == _PARAGRAPH else 0
            if tag == _PAGE or (tag == _BREAK and element.get(_TYPE) == "page"):
                # Word writes both where the author has broken the page.
                page += not (tag == _PAGE and has_broken)
                has_broken = tag == _BREAK
                if unshown:
                    self._pages[unshown] = page
            elif tag not in (_BREAK, _PARAGRAPH):
                has_broken, unshown = False, 0
        if not has_pages:
            self._pages = {}

    def of(self, element: Element) -> int:
        """Return the number of an element, or 0 if it has none."""
        return self._numbers.get(element, 0)

    def first_in(self, element: Element) -> int:
        """Return the number of the first paragraph in an element, or 0 if it has none."""
        return next((self.of(paragraph) for paragraph in element.iter(_PARAGRAPH)), 0)

    def page(self, number: int) -> str:
        """Return the page of a paragraph or drawing in words, or "" if it is unknown."""
        return f"page {self._pages[number]}" if number in self._pages else ""
