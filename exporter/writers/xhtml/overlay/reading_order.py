"""Reading order of a finished document: its elements and the utterances that read them (EPUB 3.3, 9.3).

Text of the recording is identified by its ids. Any other visible text, such as the title page, the name of a speaker
or a page number, gets an utterance of its own, so that no word is left out.
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
from exporter.writers.markup.figures import DESCRIPTION
from exporter.writers.xhtml.inventory import HTML, MATHML, OPS_TYPE, SVG
from exporter.writers.xhtml.overlay.sentence_spans import Unit

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LABELS = frozenset({"note-number", "speaker", "aside-title"})
"""Classes of labels that an edition writes for a node."""
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
"""Types of structures that a listener can escape (EPUB 3.3, 9.3.3.2) and that have no `epub:type`."""
PAGE, NOTE_MARK = "doc-pagebreak", "noteref"
ATOMS = (f"{MATHML}math", f"{SVG}svg")
PHRASING = frozenset(
    f"{HTML}{name}"
    for name in (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em"),
        *("i", "q", "s", "small", "span", "strong", "sub", "sup"),
    )
)
"""Elements that are read together with the text around them."""
PAUSE = 0.5
"""Seconds of silence after an utterance for the book alone."""


class Par(msgspec.Struct):
    """An element and its utterances."""

    target: str
    """Identifier of the element."""
    unit: Unit
    type: str = ""
    """Term of the EPUB Structural Semantics; empty for text."""


class Seq(msgspec.Struct):
    """A part of the document that a listener can escape or skip."""

    target: str
    type: str
    children: list[Par | Seq] = msgspec.field(default_factory=list)

    def pars(self) -> Iterator[Par]:
        """Yield all pars in order."""
        for child in self.children:
            if isinstance(child, Par):
                yield child
            else:
                yield from child.pars()


class Spoken(msgspec.Struct):
    """Utterances of the script, and further utterances for the book alone."""

    elements: Mapping[str, Unit]
    labels: Mapping[str, Unit]
    further: list[Utterance]
    """Utterances for the book alone, which follow the script."""
    first: int
    """Index of the first of them, which is the length of the script."""


class ReadingOrder:
    """Reading order of one document.

    Args:
        root: The document; targets without an identifier get one.
        number: Its index in the book.
        spoken: The utterances; further ones are added.
        lexicon: Returns the reading rules of a language, by which text is divided into sentences.
    """

    def __init__(self, root: Any, number: int, spoken: Spoken, lexicon: Callable[[str], Lexicon]) -> None:
        self._number = number
        self._spoken = spoken
        self._lexicon = lexicon
        self._used_ids = {element.get("id") for element in root.iter() if element.get("id")}
        self._numbers = count(1)
        self._recorded = {element for element in root.iter() if element.get("id") in spoken.elements}
        self._ancestors = {parent for element in self._recorded for parent in element.iterancestors()}
        body = root.find(f"{HTML}body")
        self.body = Seq("", _types(body))
        self._visit(body, self.body)

    def _visit(self, parent: Any, seq: Seq) -> None:
        """Add the content of an element."""
        if parent.text and is_spoken(parent.text):
            self._add_loose_text(parent, None, seq)
        for child in list(parent.iterchildren()):
            if isinstance(child.tag, str):
                self._add_element(child, seq)
            if child.tail and is_spoken(child.tail):
                self._add_loose_text(parent, child, seq)

    def _add_element(self, element: Any, seq: Seq) -> None:
        kinds = _types(element)
        if element.get("hidden") is not None:
            return
        if element in self._recorded:
            seq.children.append(Par(element.get("id"), self._spoken.elements[element.get("id")], kinds))
            # Note references and page marks in a sentence are read after it.
            for mark in element.iterdescendants():
                if mark in self._recorded or mark.get("role") == PAGE:
                    self._add_element(mark, seq)
        elif element.get("role") == PAGE:
            self._add_text(element, element.get("aria-label") or "".join(element.itertext()), seq, kinds)
        elif element.tag == f"{HTML}img":
            self._add_text(element, element.get("alt") or "", seq, kinds)
        elif kinds == NOTE_MARK:
            self._add_text(element, element.get("aria-label") or "".join(element.itertext()), seq, kinds)
        elif element.tag in ATOMS:
            self._add_text(element, element.get("alttext") or " ".join(element.itertext()), seq, kinds)
        elif element not in self._ancestors and (label := self._label(element)):
            seq.children.append(Par(self._id_of(element), label, kinds))
        elif element not in self._ancestors and _is_phrase(element):
            self._add_sentences(element, seq, kinds or _kind(element))
        else:
            self._add_structure(element, seq, kinds)

    def _add_structure(self, element: Any, seq: Seq, kinds: str) -> None:
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
                inside.target = self._id_of(element)
                seq.children.append(inside)

    def _label(self, element: Any) -> Unit | None:
        """Return the utterances of a label, such as the number of a note or the name of a speaker."""
        if element.tag == f"{HTML}summary":
            details = element.getparent().get("id") or ""
            return self._spoken.labels.get(details.removesuffix(DESCRIPTION))
        if LABELS.isdisjoint((element.get("class") or "").split()):
            return None
        ancestor_ids = (parent.get("id") for parent in element.iterancestors())
        return next((self._spoken.labels[name] for name in ancestor_ids if name in self._spoken.labels), None)

    def _add_sentences(self, element: Any, seq: Seq, kinds: str) -> None:
        """Add an element that is not recorded, by sentences if it contains nothing but text."""
        text = element.text or ""
        parts = split_sentences(text, self._lexicon(_language(element))) if len(element) == 0 else []
        if len(parts) < 2:
            self._add_passages(element, _passages(element), seq, kinds)
            return
        inside = Seq("", kinds)
        element.text = text[: parts[0][0]]
        ends = [begin for begin, _ in parts[1:]] + [len(text)]
        for (begin, stop), end in zip(parts, ends, strict=True):
            span = element.makeelement(f"{HTML}span")
            span.text, span.tail = text[begin:stop], text[stop:end]
            element.append(span)
            self._add_text(span, span.text, inside, "")
        if kinds:
            inside.target = self._id_of(element)
            seq.children.append(inside)
        else:
            seq.children += inside.children

    def _add_loose_text(self, parent: Any, before: Any, seq: Seq) -> None:
        """Add text between recorded elements."""
        span = parent.makeelement(f"{HTML}span")
        if before is None:
            span.text, parent.text = parent.text, None
            parent.insert(0, span)
        else:
            span.text, before.tail = before.tail, None
            parent.insert(parent.index(before) + 1, span)
        self._add_text(span, span.text, seq, "")

    def _add_text(self, element: Any, text: str, seq: Seq, kinds: str) -> None:
        self._add_passages(element, [(_language(element), text)], seq, kinds)

    def _add_passages(self, element: Any, passages: Iterable[tuple[str, str]], seq: Seq, kinds: str) -> None:
        """Add passages with their languages as one par."""
        first = end = self._spoken.first + len(self._spoken.further)
        for language, text in passages:
            if is_spoken(text):
                utterance = Utterance("", " ".join(text.split()), language, UtteranceKind.TEXT, chapter=self._number)
                self._spoken.further.append(msgspec.structs.replace(utterance, after=PAUSE))
                end += 1
        if end > first:
            seq.children.append(Par(self._id_of(element), Unit(first, end - 1), kinds))

    def _id_of(self, element: Any) -> str:
        """Return the identifier of an element, which gets one if it has none."""
        name: str | None = element.get("id")
        if name is None:
            name = next(new_id for number in self._numbers if (new_id := f"v{number}") not in self._used_ids)
            element.set("id", name)
        return name


def is_spoken(text: str) -> bool:
    """Return whether a text has a letter or a digit, without which nothing is read out."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)


def _is_phrase(element: Any) -> bool:
    """Return whether an element has text and no block, image, formula, note reference or page mark."""
    descendants = (node for node in element.iterdescendants() if isinstance(node.tag, str))
    return is_spoken("".join(element.itertext())) and all(
        node.tag in PHRASING and node.get("role") != PAGE and _types(node) != NOTE_MARK for node in descendants
    )


def _passages(element: Any) -> list[tuple[str, str]]:
    """Return the text of an element in parts of one language; text without words joins the part before it."""
    passages: list[tuple[str, str]] = []
    for text in element.xpath(".//text()"):
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        language = _language(holder)
        if passages and (passages[-1][0] == language or not is_spoken(text)):
            passages[-1] = (passages[-1][0], passages[-1][1] + text)
        else:
            passages.append((language, str(text)))
    return passages


def _types(element: Any) -> str:
    return str(element.get(OPS_TYPE) or "")


def _kind(element: Any) -> str:
    if element.tag == f"{HTML}li" and "endnotes" in (element.getparent().get("class") or "").split():
        return "endnote"
    return TYPES.get(element.tag, "")


def _language(element: Any) -> str:
    languages = (node.get(XML_LANG) or node.get("lang") for node in (element, *element.iterancestors()))
    return next((language for language in languages if language), "")
