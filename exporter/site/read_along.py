"""Which words of the text are heard when: the recording's utterances as places in the page, for its player.

A place is an element and characters of its `textContent`, counted in UTF-16 units as JavaScript does. An utterance
whose words do not stand in its element as they are said belongs to the whole element; one that is only heard has no
place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

ANNOUNCED = frozenset({"announcement", "note-reference", "marker", "opening", "closing"})
"""Kinds of utterances that no words of the text stand for, or none alone."""
LARGEST = 5_000
"""Characters up to which an element is shown as a whole; a longer one is not, since it would fill the window."""


class Clip(msgspec.Struct, frozen=True):
    """An utterance, as the audio edition hands it on."""

    node: str
    begin: float
    """Seconds."""
    end: float
    text: str
    kind: str


class ReadAlong(msgspec.Struct, frozen=True):
    """What the player needs."""

    targets: tuple[tuple[str, str], ...] = ()
    """Identifier of an element, and what is meant inside it: a selector, or nothing for the element itself."""
    clips: tuple[tuple[int, float, float, int, int], ...] = ()
    """Target, begin and end in seconds, first character and the one behind the last; 0 and 0 for the whole element."""


class _Words:
    """The words of an element, found one utterance after another."""

    def __init__(self, element: Any) -> None:
        self._raw = "".join(element.itertext())
        self._text, self._places = _plain(element)
        self._from = 0

    @property
    def length(self) -> int:
        """Characters that are read."""
        return len(self._text)

    def find(self, said: str) -> tuple[int, int] | None:
        """Return where words stand behind those found before, in UTF-16 units."""
        wanted = " ".join(unicodedata.normalize("NFC", said).split())
        at = self._text.find(wanted, self._from) if wanted else -1
        if at < 0:
            return None
        self._from = at + len(wanted)
        first, last = self._places[at], self._places[self._from - 1]
        return _units(self._raw[:first]), _units(self._raw[: last + 1])


def follow(body: str, clips: bytes) -> ReadAlong:
    """Return the places in the page of all that is heard.

    Args:
        body: The text as well-formed markup.
        clips: The fact `audio.clips`.
    """
    from lxml import etree

    root = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>')
    elements = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    words: dict[tuple[str, str], _Words] = {}
    numbers: dict[tuple[str, str], int] = {}
    found: list[tuple[int, float, float, int, int]] = []
    for clip in msgspec.json.decode(clips, type=list[Clip]):
        place = _inside(elements.get(clip.node), clip)
        if place is None:
            continue
        element, selector = place
        target = (clip.node, selector)
        if target not in words:
            words[target] = _Words(element)
        characters = words[target].find(clip.text)
        if characters is None and (clip.kind in ANNOUNCED or words[target].length > LARGEST):
            continue
        if clip.kind == "header" and characters is None and target in numbers:
            # A header that is said again before a cell would send the eye to the top of the table and back.
            continue
        number = numbers.setdefault(target, len(numbers))
        found.append((number, clip.begin, clip.end, *(characters or (0, 0))))
    return ReadAlong(tuple(numbers), tuple(found))


def _inside(element: Any, clip: Clip) -> tuple[Any, str] | None:
    """Return the element that an utterance is in, and how it is found inside that of its node."""
    if element is None:
        return None
    name = element.tag.rpartition("}")[2]
    if clip.kind == "caption":
        for part in ("figcaption", "caption"):
            caption = next(element.iter(f"{{*}}{part}"), None)
            if caption is not None:
                return caption, part
    if clip.kind == "speaker":
        return next(((child, ".speaker") for child in element if child.get("class") == "speaker"), None)
    if name == "section":
        heading = clip.kind == "heading" and len(element) > 0
        return (element[0], ":scope>:first-child") if heading else None
    return element, ""


def _plain(element: Any) -> tuple[str, list[int]]:
    """Return the words as one line without the marks of notes, and the place of each character in all of the text."""
    characters: list[str] = []
    places: list[int] = []
    at = 0
    for text, read in _texts(element):
        for offset, character in enumerate(text):
            if not read:
                continue
            plain = " " if character.isspace() else character
            if plain != " " or (characters and characters[-1] != " "):
                characters.append(plain)
                places.append(at + offset)
        at += len(text)
    return "".join(characters), places


def _texts(element: Any, *, read: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield all text in order, and whether it is read: marks of notes are not."""
    read = read and element.get("class") not in {"noteref-mark", "note-number"}
    yield element.text or "", read
    for child in element:
        yield from _texts(child, read=read)
        yield child.tail or "", read


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
