"""Links on paper: the address is in a note of its own, a place in the text is named by its page.

Notes keep the numbers that they have in every edition, so that a citation of “note 12” holds; addresses have letters,
which start again in each chapter. An address that is named again in a chapter has the letter that it had.
"""

from __future__ import annotations

from urllib.parse import unquote

from exporter.model import Link, Note, Section
from exporter.model.walk import plain_text
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.options import NoteStyle
from exporter.writers.pdf.markup import PageMarkup

_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def shown(address: str) -> str:
    """Return an address as a reader would type it."""
    for scheme in _SCHEMES:
        if address.lower().startswith(scheme):
            address = address[len(scheme) :]
            break
    return address.removesuffix("/") if address.count("/") == 1 else address


def says(words: str, address: str) -> bool:
    """Return whether the words of a link are its address already."""

    def bare(text: str) -> str:
        return shown(unquote(text).strip()).lower().removeprefix("www.").rstrip("/").replace(" ", "")

    return bare(words) == bare(address)


def letters(number: int) -> str:
    """Return the mark of an address, from 1: a to z, then aa, ab."""
    mark = ""
    while number:
        number, rest = divmod(number - 1, 26)
        mark = chr(ord("a") + rest) + mark
    return mark


class PrintMarkup(PageMarkup):
    """The markup of the pages without a link to follow."""

    _addresses: dict[str, str] | None = None
    """Marks of the addresses in this chapter."""
    _in_note = False

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Return a section; letters start again in each chapter."""
        if depth == 1:
            self._addresses = None
        return super().section(node, depth, values)

    def note(self, note: Note) -> str:
        """Return a note; in it addresses stand behind the words."""
        was, self._in_note = self._in_note, True
        try:
            return super().note(note)
        finally:
            self._in_note = was

    def _link(self, node: Link) -> str:
        if self._plain or self._in_link:
            return self.inlines(node.children)
        address = self.address(node)
        if address is None or not address.startswith("#"):
            words = self.inlines(node.children)
            values = self._attributes(node)
            words = element("span", words, values) if values else words
            return words if address is None or says(plain_text(node), address) else words + self._address(address)
        before, _, after = self.labels("pdf.page", number="\0").partition("\0")
        values = {**self._attributes(node), "class": "inner", "href": address}
        return self.linked(node, {**values, "data-before": f" {before}", "data-after": after})

    def _address(self, address: str) -> str:
        """Return the mark and, where it is the first of its chapter, the note with the address."""
        printed = escape(shown(address))
        if self._in_note or self.note_style is not NoteStyle.PAGE:
            return element("span", f" ({printed})", {"class": "address", "dir": "ltr"})
        if self._addresses is None:
            self._addresses = {}
        known = self._addresses.get(address)
        mark = self._addresses.setdefault(address, known or letters(len(self._addresses) + 1))
        call = element("sup", mark, {"class": "noteref-mark"})
        if known:
            return call
        lead = element("span", mark, {"class": "note-number"})
        line = element("p", f"{lead} {element('span', printed, {'class': 'address', 'dir': 'ltr'})}")
        return call + element("aside", line, {"class": "footnote"})
