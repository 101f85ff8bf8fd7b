"""Read-along: the text ranges of the utterances of a recording, for the player of the page.

A range is an element and characters of its `textContent`, counted in UTF-16 units as in JavaScript. An utterance whose
words differ from the text of its element belongs to the whole element; an utterance without text has no range.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

NOT_IN_TEXT = frozenset({"announcement", "note-reference", "marker", "opening", "closing"})
"""Kinds of utterances without text of their own in the page."""
MAX_LENGTH = 5_000
"""Maximum number of characters of an element that is highlighted as a whole; a longer one would fill the window."""


class Clip(msgspec.Struct, frozen=True):
    """An utterance in the sidecar of the audio edition."""

    node: str
    begin: float
    """Seconds."""
    end: float
    text: str
    kind: str


class ReadAlong(msgspec.Struct, frozen=True):
    """Data of the player."""

    targets: tuple[tuple[str, str], ...] = ()
    """ID of an element, and the selector of a part of it, or "" for the element itself."""
    clips: tuple[tuple[int, float, float, int, int], ...] = ()
    """Target, begin and end in seconds, first character and the one after the last; 0 and 0 for the whole element."""


class _ElementText:
    """Text of an element, in which utterances are searched in order."""

    def __init__(self, element: Any) -> None:
        self._full_text = "".join(element.itertext())
        self._text, self._offsets = _visible_text(element)
        self._start = 0

    @property
    def length(self) -> int:
        """Number of characters that are read aloud."""
        return len(self._text)

    def find(self, utterance: str) -> tuple[int, int] | None:
        """Return the range of an utterance after the previous one in UTF-16 units, or None if it is not found."""
        words = " ".join(unicodedata.normalize("NFC", utterance).split())
        position = self._text.find(words, self._start) if words else -1
        if position < 0:
            return None
        self._start = position + len(words)
        first, last = self._offsets[position], self._offsets[self._start - 1]
        return _utf16_length(self._full_text[:first]), _utf16_length(self._full_text[: last + 1])


def align_clips(body: str, clips: bytes) -> ReadAlong:
    """Return the text ranges of the clips.

    Args:
        body: The text as well-formed markup.
        clips: The sidecar `audio.clips`.
    """
    from lxml import etree

    root = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>')
    elements = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    texts: dict[tuple[str, str], _ElementText] = {}
    numbers: dict[tuple[str, str], int] = {}
    timed_ranges: list[tuple[int, float, float, int, int]] = []
    for clip in msgspec.json.decode(clips, type=list[Clip]):
        target_element = _target_of(elements.get(clip.node), clip)
        if target_element is None:
            continue
        element, selector = target_element
        target = (clip.node, selector)
        if target not in texts:
            texts[target] = _ElementText(element)
        characters = texts[target].find(clip.text)
        if characters is None and (clip.kind in NOT_IN_TEXT or texts[target].length > MAX_LENGTH):
            continue
        if clip.kind == "header" and characters is None and target in numbers:
            # A header repeated before a cell would move the highlight to the top of the table and back.
            continue
        number = numbers.setdefault(target, len(numbers))
        timed_ranges.append((number, clip.begin, clip.end, *(characters or (0, 0))))
    return ReadAlong(tuple(numbers), tuple(timed_ranges))


def _target_of(element: Any, clip: Clip) -> tuple[Any, str] | None:
    """Return the element of an utterance and its selector inside the element of its node, or None."""
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


def _visible_text(element: Any) -> tuple[str, list[int]]:
    """Return the text without note marks and with single spaces, and the offset of each character in `textContent`."""
    characters: list[str] = []
    offsets: list[int] = []
    start = 0
    for text, is_read in _texts(element):
        for offset, character in enumerate(text):
            if not is_read:
                continue
            normalised = " " if character.isspace() else character
            if normalised != " " or (characters and characters[-1] != " "):
                characters.append(normalised)
                offsets.append(start + offset)
        start += len(text)
    return "".join(characters), offsets


def _texts(element: Any, *, is_read: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield all text in order, and whether it is read aloud: note marks are not."""
    is_read = is_read and element.get("class") not in {"noteref-mark", "note-number"}
    yield element.text or "", is_read
    for child in element:
        yield from _texts(child, is_read=is_read)
        yield child.tail or "", is_read


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
