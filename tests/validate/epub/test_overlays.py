"""Each defect that is planted in a good book is found, and nothing is found in the good one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.validate.epub import check_overlays
from tests.writers.epub.books import Bench, kitchen_sink
from tests.writers.epub.overlay.books import counted


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bench = Bench(tmp_path_factory.mktemp("good"))
    return counted(bench, kitchen_sink(bench))


def changed(good: Path, folder: Path, name: str, change: Callable[[str], str | None]) -> Path:
    """Return the book with one file changed, or left out when nothing is given."""
    target = folder / "bad.epub"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == f"EPUB/{name}":
                text = change(data.decode("utf-8", "surrogateescape"))
                if text == data.decode("utf-8", "surrogateescape"):
                    raise AssertionError("nothing was changed")
                if text is None:
                    continue
                data = text.encode("utf-8", "surrogateescape")
            new.writestr(entry, data)
    return target


def sub(pattern: str, by: str, count: int = 1) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=count, flags=re.DOTALL)


def last_clip_ends(later: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        place = text.rindex("clipEnd")
        return text[:place] + re.sub(r'clipEnd="[^"]*"', f'clipEnd="{later}"', text[place:], count=1)

    return change


def swapped(text: str) -> str:
    first, second = re.findall(r"<par>.*?</par>", text)[2:4]
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


def doubled(text: str) -> str:
    """Read the section as a whole before its first sentence."""
    first = re.search(r"<par>.*?</par>", text)
    assert first
    whole = re.sub(r"#s\d+", "#one", first.group())
    return text.replace(first.group(), whole + first.group())


def test_nothing_is_found_in_a_good_book(good: Path) -> None:
    assert check_overlays(good) == ()


def test_a_book_without_a_voice_has_nothing_to_check(bench: Bench) -> None:
    assert check_overlays(bench.write(kitchen_sink(bench))[0]) == ()


@pytest.mark.parametrize(
    "change",
    [sub(r'(<text src="text-01.xhtml)#[^"]*', r"\1"), sub("<audio[^>]*>", "", 0), sub(r' epub:textref="[^"]*"', "", 1)],
    ids=["a text without a fragment", "texts without sound", "a body without a text"],
)
def test_what_an_overlay_may_leave_out(change: Callable[[str], str], good: Path, tmp_path: Path) -> None:
    found = {finding.rule for finding in check_overlays(changed(good, tmp_path, "text-01.smil", change))}
    assert found <= {"overlay-duration"}


def test_documents_may_share_an_overlay(good: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(good) as book:
        pars = "".join(
            re.findall(r"<(?:par|seq)\b.*</(?:par|seq)>", book.read("EPUB/text-02.smil").decode(), re.DOTALL)
        )
    both = changed(good, tmp_path, "text-01.smil", sub("</body>", f"{pars}</body>"))
    both = both.rename(tmp_path / "both.epub")
    shared = changed(
        both, tmp_path, "content.opf", sub('media-overlay="text-02-overlay"', 'media-overlay="text-01-overlay"')
    )
    assert {finding.rule for finding in check_overlays(shared)} <= {"overlay-duration"}


DEFECTS = {
    "a clip beyond its file": ("text-01.smil", last_clip_ends("9:00:00.000"), {"overlay-clip", "overlay-duration"}),
    "an empty clip": (
        "text-01.smil",
        sub(r'clipBegin="([^"]*)" clipEnd="[^"]*"', r'clipBegin="\1" clipEnd="\1"'),
        {"overlay-clip"},
    ),
    "a sentence that nobody reads": (
        "text-01.smil",
        sub(r"<par><text src=[^>]*#s\d+\"/>.*?</par>", ""),
        {"overlay-coverage"},
    ),
    "words that were added": ("text-01.xhtml", sub("</h1>", "</h1><p>Silent.</p>"), {"overlay-coverage"}),
    "a picture that was added": (
        "text-01.xhtml",
        sub("</h1>", '</h1><img src="a.png" alt="Gate"/>'),
        {"overlay-coverage"},
    ),
    "a sentence read twice": ("text-01.smil", doubled, {"overlay-coverage"}),
    "sentences in another order": ("text-01.smil", swapped, {"overlay-order"}),
    "a target that is not there": ("text-01.smil", sub(r"#s\d+", "#nowhere"), {"overlay-target"}),
    "another document": ("text-01.smil", sub(r'src="text-01.xhtml#s', 'src="text-02.xhtml#s'), {"overlay-target"}),
    "a sound that is not there": ("audio/text-01.m4a", lambda _: None, {"overlay-target"}),
    "a sound that is none": ("audio/text-01.m4a", lambda _: "no sound", {"overlay-target"}),
    "a wrong duration": ("content.opf", sub(r'(#text-01-overlay">)[^<]*', r"\g<1>0:00:01.000"), {"overlay-duration"}),
    "no total": ("content.opf", sub(r'<meta property="media:duration">[^<]*</meta>', ""), {"overlay-duration"}),
    "a note that cannot be skipped": ("text-01.smil", sub(r' epub:type="footnote"', ""), {"overlay-skippable"}),
    "a mark that cannot be skipped": ("text-01.smil", sub(r' epub:type="noteref"', ""), {"overlay-skippable"}),
    "a page that cannot be skipped": ("text-01.smil", sub(r' epub:type="pagebreak"', ""), {"overlay-skippable"}),
    "a table that cannot be left": ("text-01.smil", sub(r' epub:type="table"', ""), {"overlay-skippable"}),
    "a list that cannot be left": ("text-01.smil", sub(r' epub:type="list"', ""), {"overlay-skippable"}),
    "no class": ("content.opf", sub(r'<meta property="media:active-class">[^<]*</meta>', ""), {"overlay-style"}),
    "a class without a style": ("styles/epub.css", sub("overlay-active", "overlay-gone", 0), {"overlay-style"}),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(good: Path, tmp_path: Path, defect: str) -> None:
    name, change, expected = DEFECTS[defect]
    found = {finding.rule for finding in check_overlays(changed(good, tmp_path, name, change))}
    assert expected <= found
    # What follows from the defect is found with it; anything else would be a false alarm.
    follows = {"overlay-coverage", "overlay-duration", "overlay-target", "overlay-clip"} if expected & CLIPS else set()
    assert found <= expected | follows


CLIPS = {"overlay-clip", "overlay-target", "overlay-coverage"}
