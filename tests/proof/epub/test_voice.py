"""In a real reading app: the book is read aloud from chapter to chapter, and what is heard is what is shown."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from exporter.validate.epub import check_overlays
from tests.proof.built_editions import BuiltEditions
from tests.proof.epub import app
from tests.writers.epub.books import Book
from tests.writers.epub.overlay.books import SMIL

RATE = 3
"""Times as fast as it is spoken: quick, and every sentence is still met by the app, which looks four times a second."""
LATE = 0.25 * RATE + 0.2
"""Seconds of sound by which an app may be late."""


@pytest.mark.parametrize(
    ("slug", "first", "dark"),
    [
        ("asylum-dispatch", "text-01.xhtml", False),
        ("arabic-brief", "about.xhtml", True),
        pytest.param("comentario-justicia", "notes.xhtml", False, marks=pytest.mark.soak),
        pytest.param("comentario-justicia", "notes.xhtml", True, marks=pytest.mark.soak),
    ],
)
def test_a_book_is_heard_from_sentence_to_sentence_and_from_chapter_to_chapter(
    built: BuiltEditions, slug: str, first: str, dark: bool, tmp_path: Path
) -> None:
    path = built.spoken_book(slug)
    first, wanted = _pars(Book(path), first)
    told = app.ask(
        "voice", path, seconds=580, **{"from": first}, rate=RATE, dark=dark, pictures=2, folder=str(tmp_path)
    )
    assert told["failed"] is None
    assert told["errors"] == []
    # The app tells the sentence once more when it had to wait for the sound.
    heard = [text.removeprefix("EPUB/") for text, _ in groupby(each["text"] for each in told["heard"])]
    places = [wanted.index(each) for each in heard]
    assert places == sorted(set(places)), "nothing is heard twice or too early"
    assert len(heard) >= 0.85 * len(wanted)
    assert (heard[0], heard[-1]) == (wanted[0], wanted[-1])
    assert all(each["begin"] - 0.05 <= each["at"] <= each["end"] + LATE for each in told["heard"])
    shown = {each["id"] for each in told["shown"]}
    assert len(shown & {each.partition("#")[2] for each in heard}) >= 0.9 * len(shown)
    assert all(each["playing"] for each in told["shown"])
    colours = {(each["backgroundColor"], each["color"]) for each in told["shown"]}
    assert len(colours) == 1
    assert _contrast(*colours.pop()) >= 7


def test_overlays_of_every_book_are_sound(built: BuiltEditions, heard: str) -> None:
    assert check_overlays(built.spoken_book(heard)) == ()


def _pars(book: Book, first: str) -> tuple[str, list[str]]:
    """Return the first document that is played, the last of the text where there is no such one, and what is heard."""
    names = [name for name in book.spine() if name != "nav.xhtml"]
    first = first if first in names else [name for name in names if name.startswith("text")][-1]
    played = names[names.index(first) :]
    smil = [book.document(name.replace(".xhtml", ".smil")) for name in played]
    return first, [text for root in smil for text in root.xpath("//s:text/@src", namespaces=SMIL)]


def _contrast(*colours: str) -> float:
    dark, light = sorted(map(_luminance, colours))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(...)` (WCAG 2.2)."""
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
