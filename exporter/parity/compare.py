"""Every difference between the tree and its editions, named by place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import TypeVar

import msgspec

from exporter.findings import Finding, Rule
from exporter.model import Publication, Source
from exporter.parity import audio, docx, epub, pdf, telling, tree
from exporter.parity.facts import Facts, Heading, Picture
from exporter.parity.passages import QUOTES
from exporter.parity.rules import DECORATIVE, HEADINGS, LANGUAGE, LEVELS, OUTLINE, PICTURES, TITLE, UNREADABLE

READERS: Mapping[str, Callable[[Path], Facts]] = {
    ".pdf": pdf.facts_of_pdf,
    ".epub": epub.read,
    ".docx": docx.read,
    ".m4b": audio.read,
    ".mp3": audio.read,
}
"""How a file is read, by its suffix."""

UNTAGGED = frozenset({"print"})
"""Editions for paper alone: they have bookmarks and no tags, so headings and pictures are not looked for in tags."""

AUDIO_FRAME = 2
"""Chapters that a recording may have behind its last heading: the notes, and how it was made."""


def compare(
    publication: Publication, editions: Mapping[str, Path], scripts: Mapping[str, bytes] | None = None
) -> list[Finding]:
    """Compare editions with the tree that they were made from.

    Args:
        publication: The tree after the transforms.
        editions: The file of each edition, by its name such as `pdf`; the suffix decides how it is read.
        scripts: For recordings, the list of utterances as JSON, by the same name.
    """
    expected = tree.facts(publication, whole=False)
    found: list[Finding] = []
    for name, path in editions.items():
        script = (scripts or {}).get(name)
        try:
            facts = audio.read(path, script) if script is not None else READERS[path.suffix.lower()](path)
        except Exception as error:  # whatever four libraries raise on a broken file: that is the finding
            message = f"{path.name} cannot be read back: {type(error).__name__}: {error}."
            found.append(UNREADABLE.finding(message, edition=name))
            continue
        if name in UNTAGGED:
            facts = msgspec.structs.replace(facts, headings=None, pictures=None, told=None)
        if facts.told is not None and expected.told is None:
            expected = tree.facts(publication)
        found += differences(expected, facts, name)
    return found


UNKNOWN = "und"
"""BCP 47 for a language that nobody has named."""


def differences(expected: Facts, found: Facts, edition: str) -> list[Finding]:
    """Give every difference between the tree's facts and those of one edition."""
    return [msgspec.structs.replace(finding, edition=edition) for finding in _differences(expected, found)]


def _differences(expected: Facts, found: Facts) -> Iterator[Finding]:
    # Some formats must have a title; what stands there for a manuscript without one contradicts nothing.
    if expected.title and found.title is not None and found.title not in {expected.title, expected.short_title}:
        yield TITLE.finding(f"The title is “{found.title}”, not “{expected.title}”.")
    if found.language is not None and (found.language or UNKNOWN).lower() != (expected.language or UNKNOWN).lower():
        yield LANGUAGE.finding(f"The language is “{found.language}”, not “{expected.language}”.")
    if found.headings is not None:
        yield from _headings(expected, found)
    if found.outline is not None:
        yield from _outline(expected, found)
    if found.pictures is not None:
        yield from _pictures(expected, found)
    if found.decorative is not None and found.decorative != expected.decorative:
        message = f"{found.decorative} pictures are decorative, not {expected.decorative}."
        yield DECORATIVE.finding(message)
    if expected.told is not None and found.told is not None:
        yield from telling.differences(expected.told, found.told)


def _headings(expected: Facts, found: Facts) -> Iterator[Finding]:
    wanted, got = expected.headings or (), found.headings or ()
    if all(heading.level is None for heading in got):
        got = _without_frame(wanted, got, expected.title or "")
    key = _key(squashed=found.squashed)
    yield from _sequence("heading", wanted, got, lambda heading: heading.text, HEADINGS, key=key)
    for want, have in _pairs(wanted, got, lambda heading: key(heading.text)):
        if have.level is not None and have.level != want.level:
            message = f"The heading “{want.text}” is on level {have.level}, not {want.level}."
            yield LEVELS.finding(message, want.source)


def _without_frame(wanted: Sequence[Heading], got: tuple[Heading, ...], title: str) -> tuple[Heading, ...]:
    """Leave out the chapters that a recording adds: the opening, which bears the title, and those at its end."""
    if got and title.startswith(got[0].text):
        got = got[1:]
    matcher = SequenceMatcher(None, [each.text for each in wanted], [each.text for each in got], autojunk=False)
    tag, first, _, start, end = (matcher.get_opcodes() or [("equal", 0, 0, 0, 0)])[-1]
    return got[:start] if tag == "insert" and first == len(wanted) and end - start <= AUDIO_FRAME else got


def _outline(expected: Facts, found: Facts) -> Iterator[Finding]:
    """Compare the second list of headings; it may name what an edition adds, such as the contents."""
    wanted, got = expected.outline or (), found.outline or ()
    matched = {id(want): have for want, have in _pairs(wanted, got, lambda heading: heading.text)}
    for want in wanted:
        have = matched.get(id(want))
        if have is None:
            yield OUTLINE.finding(f"The heading “{want.text}” is not in the bookmarks or contents.", want.source)
        elif have.level != want.level:
            message = f"“{want.text}” is on level {have.level} of the bookmarks or contents, not {want.level}."
            yield OUTLINE.finding(message, want.source)


def _pictures(expected: Facts, found: Facts) -> Iterator[Finding]:
    wanted, got, cover = expected.pictures or (), found.pictures or (), expected.cover
    if cover and found.cover:
        yield from _sequence("cover", (cover,), (found.cover,), _alt, PICTURES)
    elif cover and got and got[0].alt == cover.alt and (len(got) > len(wanted) or wanted[0].alt != cover.alt):
        # In a paged document the cover is the first picture of all.
        got = got[1:]
    yield from _sequence("picture", wanted, got, _alt, PICTURES)


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


def _key(*, squashed: bool) -> Callable[[str], str]:
    if not squashed:
        return str

    def squash(text: str) -> str:
        letters = "".join(unicodedata.normalize("NFKC", text).translate(_JOINERS).split())
        letters = QUOTES.sub("", letters)  # pages set those of the language around a quotation
        # Glyphs of right-to-left scripts stand in the order of the page: there the letters alone can be compared.
        rtl = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in letters)
        return "".join(sorted(letters)) if rtl else letters

    return squash
