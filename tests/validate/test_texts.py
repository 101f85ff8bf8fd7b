"""Transcripts, lists of chapters and pages: each planted defect is found, and nothing in the good ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporter.validate import chapter_list, html, transcript, webpage

GOOD_VTT = """WEBVTT

NOTE by hand

00:00:00.000 --> 00:00:02.000
The report.

1
00:02.500 --> 00:04.000
<v Ana>We waited.
"""
VTT = {
    "another first line": ("vtt-unreadable", GOOD_VTT.replace("WEBVTT", "SUBTITLES")),
    "times that are none": ("vtt-time", GOOD_VTT.replace("00:02.500", "2,5")),
    "an end before its beginning": ("vtt-time", GOOD_VTT.replace("00:04.000", "00:01.000")),
    "another order": ("vtt-order", GOOD_VTT.replace("00:00:00.000 --> 00:00:02.000", "00:00:09.000 --> 00:00:12.000")),
    "no words": ("vtt-empty", GOOD_VTT.replace("We waited.", "")),
    "no passage": ("vtt-empty", "WEBVTT\n"),
    "too fast": ("vtt-fast", GOOD_VTT.replace("The report.", "Words " * 60)),
}


def vtt(path: Path, text: str) -> set[str]:
    path.write_text(text, "utf-8")
    return {finding.rule for finding in transcript.check(path)}


def test_nothing_is_found_in_a_good_transcript(tmp_path: Path) -> None:
    for text in (GOOD_VTT, GOOD_VTT.replace("\n", "\r\n"), "\ufeff" + GOOD_VTT):
        path = tmp_path / "a.vtt"
        path.write_bytes(text.encode())
        assert transcript.check(path) == ()


@pytest.mark.parametrize("defect", VTT)
def test_a_defect_in_a_transcript_is_found(defect: str, tmp_path: Path) -> None:
    rule, text = VTT[defect]
    assert vtt(tmp_path / "a.vtt", text) == {rule}


def test_a_transcript_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_bytes(GOOD_VTT.replace("waited", "esperó").encode("latin-1"))
    assert [finding.rule for finding in transcript.check(path)] == ["vtt-unreadable"]


def test_every_rule_of_transcripts_has_a_planted_defect() -> None:
    assert {rule.id for rule in transcript.RULES} == {rule for rule, _ in VTT.values()}


GOOD_LIST = {
    "version": "1.2.0",
    "chapters": [{"startTime": 0, "title": "A"}, {"startTime": 4.5, "endTime": 9, "title": "B"}],
}
LISTS: dict[str, tuple[str, object]] = {
    "no list": ("chapters-unreadable", []),
    "no times": ("chapters-unreadable", {"version": "1.2.0", "chapters": [{"title": "A"}]}),
    "no chapter": ("chapters-title", {"version": "1.2.0", "chapters": []}),
    "no title": ("chapters-title", {"version": "1.2.0", "chapters": [{"startTime": 0}]}),
    "another order": ("chapters-order", {**GOOD_LIST, "chapters": GOOD_LIST["chapters"][::-1]}),  # type: ignore[index]
    "an end before its beginning": (
        "chapters-order",
        {"version": "1.2.0", "chapters": [{"startTime": 5, "endTime": 4, "title": "A"}]},
    ),
}


def test_nothing_is_found_in_a_good_list(tmp_path: Path) -> None:
    (tmp_path / "a-chapters.json").write_text(json.dumps(GOOD_LIST))
    assert chapter_list.check(tmp_path / "a-chapters.json") == ()


@pytest.mark.parametrize("defect", LISTS)
def test_a_defect_in_a_list_is_found(defect: str, tmp_path: Path) -> None:
    rule, value = LISTS[defect]
    (tmp_path / "a-chapters.json").write_text(json.dumps(value))
    assert {finding.rule for finding in chapter_list.check(tmp_path / "a-chapters.json")} == {rule}


def test_every_rule_of_lists_has_a_planted_defect() -> None:
    assert {rule.id for rule in chapter_list.RULES} == {rule for rule, _ in LISTS.values()}


GOOD_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A report</title></head><body>
<nav><a href="#two">To the second part</a></nav><main><h1>A report</h1><p>Words<br>and more.
<img src="a.png" alt="Bars rise."><h2 id="two">Two</h2><table><tr><th>A<th>B<tr><td>1<td>2</table>
</main></body></html>"""
PAGES = {
    "no language": ("markup-language-missing", ' lang="en"', ""),
    "no title": ("markup-title", "<title>A report</title>", ""),
    "no main": ("html-main", "main>", "div>"),
    "no heading of the first level": ("html-heading", "<h1>A report</h1>", "<p>A report</p>"),
    "an identifier twice": ("html-id-twice", "<p>Words", '<p id="two">Words'),
    "no alt text": ("markup-alt-missing", ' alt="Bars rise."', ""),
    "a skipped level": ("markup-heading-skipped", "<h2 id", "<h3 id"),
    "no head cells": ("markup-table-heads", "<th>A<th>B", "<td>A<td>B"),
    "a link to nothing": ("markup-link-nowhere", "#two", "#three"),
    "a link called here": ("markup-link-word", ">To the second part<", ">click here<"),
}


def page(path: Path, text: str) -> set[str]:
    path.write_text(text, "utf-8")
    return {finding.rule for finding in webpage.check(path)}


def test_nothing_is_found_in_a_good_page(tmp_path: Path) -> None:
    assert page(tmp_path / "a.html", GOOD_PAGE) == set()


@pytest.mark.parametrize("defect", PAGES)
def test_a_defect_in_a_page_is_found(defect: str, tmp_path: Path) -> None:
    rule, old, new = PAGES[defect]
    assert old in GOOD_PAGE
    assert page(tmp_path / "a.html", GOOD_PAGE.replace(old, new)) == {rule}


def test_every_rule_of_whole_pages_has_a_planted_defect() -> None:
    planted = {rule for rule, _, _ in PAGES.values()}
    assert {rule.id for rule in webpage.RULES} - planted == {"html-unreadable"}
    assert planted <= {rule.id for rule in (*webpage.RULES, *html.RULES)}


def test_what_is_no_page_is_refused(tmp_path: Path) -> None:
    assert page(tmp_path / "a.html", "") == {"html-unreadable"}
