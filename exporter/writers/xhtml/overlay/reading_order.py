"""What has to be heard of a finished document, in the order of the document (EPUB 3.3, 9.3).

What the recording reads is found by its identifiers. Whatever else a reader sees in words, such as the title page, the
name of a speaker or the number of a page, gets an utterance of its own, so that no word is left out, whoever wrote it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any

import msgspec

from exporter.lexicon import Lexicon
from exporter.speech.sentences import split_sentences
from exporter.speech.utterance import Utterance, UtteranceKind
from exporter.writers.xhtml.inventory import HTML, MATHML, OPS_TYPE, SVG
from exporter.writers.xhtml.overlay.sentence_spans import Unit

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LABELS = frozenset({"note-number", "speaker", "aside-title"})
"""Classes of words that the layout writes for a node."""
DESCRIPTION = "-description"
"""What follows the identifier of a node in that of its long description."""
TYPES = {
    f"{HTML}table": "table",
    f"{HTML}tr": "table-row",
    f"{HTML}td": "table-cell",
    f"{HTML}th": "table-cell",
    f"{HTML}ul": "list",
    f"{HTML}ol": "list",
    f"{HTML}dl": "list",
    f"{HTML}li": "list-item",
    f"{HTML}figure": "figure",
    f"{HTML}aside": "aside",
}
"""What a listener can leave (EPUB 3.3, 9.3.3.2), where the document does not say it itself."""
PAGE, NOTE_MARK = "doc-pagebreak", "noteref"
ATOMS = (f"{MATHML}math", f"{SVG}svg")
PHRASING = frozenset(
    f"{HTML}{name}"
    for name in (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em"),
        *("i", "q", "s", "small", "span", "strong", "sub", "sup"),
    )
)
"""Elements that are heard together with the text around them."""
PAUSE = 0.5
"""Seconds of silence behind what is said for the book alone."""


class Par(msgspec.Struct):
    """An element and what reads it."""

    target: str
    """Identifier."""
    unit: Unit
    type: str = ""
    """Term of the EPUB Structural Semantics; empty for text."""


class Seq(msgspec.Struct):
    """A part of the document that a listener may leave or skip."""

    target: str
    type: str
    children: list[Par | Seq] = msgspec.field(default_factory=list)

    def pars(self) -> Iterator[Par]:
        """Yield all that is heard, in order."""
        for child in self.children:
            if isinstance(child, Par):
                yield child
            else:
                yield from child.pars()


class Spoken(msgspec.Struct):
    """What the recording reads, and what is said besides."""

    elements: Mapping[str, Unit]
    labels: Mapping[str, Unit]
    further: list[Utterance]
    """Said for the book alone; they follow the script."""
    first: int
    """Place of the first of them, which is the length of the script."""


class Reading:
    """One document.

    Args:
        root: The document; what is pointed at is given an identifier.
        number: Its place in the book.
        spoken: What reads it; what it needs besides is added.
        lexicon: Gives the reading rules of a language, which cut text into sentences.
    """

    def __init__(self, root: Any, number: int, spoken: Spoken, lexicon: Callable[[str], Lexicon]) -> None:
        self._number = number
        self._spoken = spoken
        self._lexicon = lexicon
        self._taken = {element.get("id") for element in root.iter() if element.get("id")}
        self._numbers = count(1)
        self._heard = {element for element in root.iter() if element.get("id") in spoken.elements}
        self._above = {parent for element in self._heard for parent in element.iterancestors()}
        body = root.find(f"{HTML}body")
        self.body = Seq("", _types(body))
        self._visit(body, self.body)

    def _visit(self, parent: Any, seq: Seq) -> None:
        """Add what is heard inside an element."""
        if parent.text and words(parent.text):
            self._loose(parent, None, seq)
        for child in list(parent.iterchildren()):
            if isinstance(child.tag, str):
                self._element(child, seq)
            if child.tail and words(child.tail):
                self._loose(parent, child, seq)

    def _element(self, element: Any, seq: Seq) -> None:
        kinds = _types(element)
        if element.get("hidden") is not None:
            return
        if element in self._heard:
            seq.children.append(Par(element.get("id"), self._spoken.elements[element.get("id")], kinds))
            # The mark of a note or a page in the middle of a sentence is heard after it.
            for mark in element.iterdescendants():
                if mark in self._heard or mark.get("role") == PAGE:
                    self._element(mark, seq)
        elif element.get("role") == PAGE:
            self._say(element, element.get("aria-label") or "".join(element.itertext()), seq, kinds)
        elif element.tag == f"{HTML}img":
            self._say(element, element.get("alt") or "", seq, kinds)
        elif kinds == NOTE_MARK:
            self._say(element, element.get("aria-label") or "".join(element.itertext()), seq, kinds)
        elif element.tag in ATOMS:
            self._say(element, element.get("alttext") or " ".join(element.itertext()), seq, kinds)
        elif element not in self._above and (label := self._label(element)):
            seq.children.append(Par(self._name(element), label, kinds))
        elif element not in self._above and _is_phrase(element):
            self._whole(element, seq, kinds or _kind(element))
        else:
            self._part(element, seq, kinds)

    def _part(self, element: Any, seq: Seq, kinds: str) -> None:
        kind = kinds or _kind(element)
        if not kind:
            self._visit(element, seq)
            return
        inside = Seq("", kind)
        self._visit(element, inside)
        match inside.children:
            case []:
                return
            case [Par(type="") as only]:
                only.type = kind
                seq.children.append(only)
            case _:
                inside.target = self._name(element)
                seq.children.append(inside)

    def _label(self, element: Any) -> Unit | None:
        """Return what reads the words of the layout: the number of a note, the name of a speaker."""
        if element.tag == f"{HTML}summary":
            details = element.getparent().get("id") or ""
            return self._spoken.labels.get(details.removesuffix(DESCRIPTION))
        if LABELS.isdisjoint((element.get("class") or "").split()):
            return None
        above = (parent.get("id") for parent in element.iterancestors())
        return next((self._spoken.labels[name] for name in above if name in self._spoken.labels), None)

    def _whole(self, element: Any, seq: Seq, kinds: str) -> None:
        """Say an element that nobody reads; its sentences apart where it holds nothing but text."""
        text = element.text or ""
        parts = split_sentences(text, self._lexicon(_language(element))) if len(element) == 0 else []
        if len(parts) < 2:
            self._said(element, _passages(element), seq, kinds)
            return
        inside = Seq("", kinds)
        element.text = text[: parts[0][0]]
        ends = [begin for begin, _ in parts[1:]] + [len(text)]
        for (begin, stop), end in zip(parts, ends, strict=True):
            span = element.makeelement(f"{HTML}span")
            span.text, span.tail = text[begin:stop], text[stop:end]
            element.append(span)
            self._say(span, span.text, inside, "")
        if kinds:
            inside.target = self._name(element)
            seq.children.append(inside)
        else:
            seq.children += inside.children

    def _loose(self, parent: Any, before: Any, seq: Seq) -> None:
        """Say text that stands beside elements that somebody reads."""
        span = parent.makeelement(f"{HTML}span")
        if before is None:
            span.text, parent.text = parent.text, None
            parent.insert(0, span)
        else:
            span.text, before.tail = before.tail, None
            parent.insert(parent.index(before) + 1, span)
        self._say(span, span.text, seq, "")

    def _say(self, element: Any, text: str, seq: Seq, kinds: str) -> None:
        self._said(element, [(_language(element), text)], seq, kinds)

    def _said(self, element: Any, passages: Iterable[tuple[str, str]], seq: Seq, kinds: str) -> None:
        """Say passages, each in its language, one behind the other."""
        first = place = self._spoken.first + len(self._spoken.further)
        for language, text in passages:
            if words(text):
                said = Utterance("", " ".join(text.split()), language, UtteranceKind.TEXT, chapter=self._number)
                self._spoken.further.append(msgspec.structs.replace(said, after=PAUSE))
                place += 1
        if place > first:
            seq.children.append(Par(self._name(element), Unit(first, place - 1), kinds))

    def _name(self, element: Any) -> str:
        name: str | None = element.get("id")
        if name is None:
            name = next(each for number in self._numbers if (each := f"v{number}") not in self._taken)
            element.set("id", name)
        return name


def words(text: str) -> bool:
    """Return whether there is a letter, a digit or a sign that is read, so that something has to be heard."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)


def _is_phrase(element: Any) -> bool:
    """Return whether an element holds words, and nothing that is a block, a picture, a formula or a mark of its own."""
    inside = (each for each in element.iterdescendants() if isinstance(each.tag, str))
    return words("".join(element.itertext())) and all(
        each.tag in PHRASING and each.get("role") != PAGE and _types(each) != NOTE_MARK for each in inside
    )


def _passages(element: Any) -> list[tuple[str, str]]:
    """Return the text of an element in parts of one language; what is no word goes with the words before it."""
    found: list[tuple[str, str]] = []
    for text in element.xpath(".//text()"):
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        language = _language(holder)
        if found and (found[-1][0] == language or not words(text)):
            found[-1] = (found[-1][0], found[-1][1] + text)
        else:
            found.append((language, str(text)))
    return found


def _types(element: Any) -> str:
    return str(element.get(OPS_TYPE) or "")


def _kind(element: Any) -> str:
    if element.tag == f"{HTML}li" and "endnotes" in (element.getparent().get("class") or "").split():
        return "endnote"
    return TYPES.get(element.tag, "")


def _language(element: Any) -> str:
    above = (each.get(XML_LANG) or each.get("lang") for each in (element, *element.iterancestors()))
    return next((language for language in above if language), "")
