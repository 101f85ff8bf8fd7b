"""Headings, contents and pictures of the tree and of an edition, list against list."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import TypeVar

import msgspec

from exporter.findings import Finding, Rule
from exporter.model import Source
from exporter.parity.content import QUOTES, is_within, letters, shown, written
from exporter.parity.extraction import Extraction, Heading, Picture
from exporter.parity.rules import HEADINGS, LEVELS, OUTLINE, PICTURES

AUDIO_FRAME = 2
"""Chapters that a recording may have behind its last heading: the notes, and how it was made."""


def headings(expected: Extraction, found: Extraction) -> Iterator[Finding]:
    """Compare the headings: words, order, levels."""
    wanted, got = expected.headings or (), found.headings or ()
    if found.plain:
        wanted = tuple(_alone(want) for want in wanted)
    if all(heading.level is None for heading in got):
        got = without_frame(wanted, got, expected.title or "")
    key = _key(found)
    yield from _sequence("heading", wanted, got, lambda heading: heading.text, HEADINGS, key=key)
    for want, have in _pairs(wanted, got, lambda heading: key(heading.text)):
        if have.level is not None and have.level != want.level:
            message = f"The heading “{want.text}” is on level {have.level}, not {want.level}."
            yield LEVELS.finding(message, want.source)


def _alone(want: Heading) -> Heading:
    """Return a heading of the tree without its formulas."""
    return msgspec.structs.replace(want, text=want.words) if want.words is not None else want


def without_frame(wanted: Sequence[Heading], got: tuple[Heading, ...], title: str) -> tuple[Heading, ...]:
    """Leave out the chapters that a recording adds: the opening, which bears the title, and those at its end."""
    if got and title.startswith(got[0].text):
        got = got[1:]
    matcher = SequenceMatcher(None, [each.text for each in wanted], [each.text for each in got], autojunk=False)
    tag, first, _, start, end = (matcher.get_opcodes() or [("equal", 0, 0, 0, 0)])[-1]
    return got[:start] if tag == "insert" and first == len(wanted) and end - start <= AUDIO_FRAME else got


def outline(expected: Extraction, found: Extraction) -> Iterator[Finding]:
    """Compare the second list of headings; it may name what an edition adds, such as the contents."""
    wanted, got = expected.outline or (), found.outline or ()
    matched = {id(want): have for want, have in _pairs(wanted, got, lambda heading: heading.text)}
    used = {id(have) for have in matched.values()}
    for want in wanted:
        # What formulas say there is a matter of the edition.
        if want.words is not None and id(want) not in matched:
            rest = (each for each in got if id(each) not in used)
            have = next((each for each in rest if is_within(letters(want.words), letters(each.text))), None)
            if have is not None:
                matched[id(want)] = have
                used.add(id(have))
    for want in wanted:
        have = matched.get(id(want))
        if not want.text or (want.words is not None and not letters(want.words)):
            continue  # nothing names it in words
        if have is None:
            yield OUTLINE.finding(f"The heading “{want.text}” is not in the bookmarks or contents.", want.source)
        elif have.level != want.level:
            message = f"“{want.text}” is on level {have.level} of the bookmarks or contents, not {want.level}."
            yield OUTLINE.finding(message, want.source)


def without_cover(expected: Extraction, found: Extraction) -> tuple[Picture, ...]:
    """Return the pictures of an edition without the cover, which in a paged document is the first picture of all."""
    wanted, got, cover = _wanted(expected, found), found.pictures or (), expected.cover
    first = cover and not found.cover and got and got[0].alt == cover.alt
    return got[1:] if first and (len(got) > len(wanted) or wanted[0].alt != got[0].alt) else got


def pictures(expected: Extraction, found: Extraction) -> Iterator[Finding]:
    """Compare the alt texts, and that of the cover."""
    if expected.cover and found.cover:
        yield from _sequence("cover", (expected.cover,), (found.cover,), _alt, PICTURES)
    wanted, got = _wanted(expected, found), without_cover(expected, found)
    yield from _sequence("picture", wanted, got, _alt, PICTURES)


def _wanted(expected: Extraction, found: Extraction) -> tuple[Picture, ...]:
    every = (expected.by_number if found.one_list else None) or expected.pictures or ()
    # That nobody described a picture is announced, and is no text of it.
    return every if found.utterances is None else tuple(each for each in every if each.alt is not None)


def _alt(picture: Picture) -> str:
    return picture.alt if picture.alt is not None else "(not described)"


Item = TypeVar("Item", Heading, Picture)


def _sequence(
    what: str,
    wanted: Sequence[Item],
    got: Sequence[Item],
    text: Callable[[Item], str],
    rule: Rule,
    *,
    key: Callable[[str], str] = str,
) -> Iterator[Finding]:
    left, right = [key(text(each)) for each in wanted], [key(text(each)) for each in got]
    for tag, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(end - start, last - first)):
            want = wanted[start + index] if start + index < end else None
            have = got[first + index] if first + index < last else None
            where = _where(text, wanted, start + index)
            source: Source | None = want.source if want else None
            if want and have:
                message = f"The {what} “{text(want)}” reads “{text(have)}”{where}."
            elif want:
                message = f"The {what} “{text(want)}” is missing{where}."
            else:
                assert have is not None
                message = f"The {what} “{text(have)}” is not in the manuscript{where}."
            yield rule.finding(message, source)


def _where(text: Callable[[Item], str], wanted: Sequence[Item], index: int) -> str:
    return f", after “{text(wanted[min(index, len(wanted)) - 1])}”" if index > 0 and wanted else ", at the beginning"


def _pairs(wanted: Sequence[Item], got: Sequence[Item], key: Callable[[Item], str]) -> Iterator[tuple[Item, Item]]:
    left, right = [key(each) for each in wanted], [key(each) for each in got]
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        yield from zip(wanted[block.a : block.a + block.size], got[block.b : block.b + block.size], strict=True)


_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
"""What joins or parts glyphs and has none itself: no text that is read from places of glyphs holds it."""


def _key(found: Extraction) -> Callable[[str], str]:
    if not found.squashed:
        return partial(written, quotes=True) if found.content is not None and found.content.quotes else str

    def squash(text: str) -> str:
        letters = "".join(unicodedata.normalize("NFKC", shown(text)).translate(_JOINERS).split())
        letters = QUOTES.sub("", letters)  # pages set those of the language around a quotation
        # Glyphs of right-to-left scripts stand in the order of the page: there the letters alone can be compared.
        rtl = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in letters)
        return "".join(sorted(letters)) if rtl else letters

    return squash
