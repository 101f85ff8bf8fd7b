"""Braille files: each planted defect is found, and nothing in the good ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.braille import files
from exporter.model import Metadata
from exporter.validate import braille

NAME = "a-en-ueb-g2-20x4.brf"
PAGE = "      head        #A\r\n  text of a page\r\nand more\r\n                  {}\r\n\f"
ENTRY = 'text """""""""""" #A'
FRONT = f"      head        #A\r\n{ENTRY}\r\nand more\r\n                 T#A\r\n\f"
GOOD = FRONT + PAGE.format("#A") + PAGE.format("#B").replace("text of a page", "more text")
DEFECTS = {
    "another alphabet": ("brf-unreadable", GOOD.replace("text", "texto é")),
    "no page": ("brf-unreadable", ""),
    "a line that is too long": ("brf-line", GOOD.replace("and more", "and more and more and", 1)),
    "a page that is too long": ("brf-page", GOOD.replace("and more", "and more\r\nand", 1)),
    "a character that is no cell": ("brf-character", GOOD.replace("more", "m~re", 1)),
    "line ends of Unix": ("brf-end", GOOD.replace("and more\r\n", "and more\n", 1)),
    "no last form feed": ("brf-end", GOOD[:-1]),
    "a number twice": ("brf-number", GOOD.replace("#B", "#A")),
    "no number": ("brf-number", GOOD.replace("#B", "")),
    "a number left out": ("brf-number", GOOD.replace("#B", "#C")),
    "another page in the contents": ("brf-contents", GOOD.replace(ENTRY, ENTRY[:-1] + "B", 1)),
    "other words in the contents": ("brf-contents", GOOD.replace("text ", "tixt ", 1)),
    "other words at the beginning of a long entry": (
        "brf-contents",
        GOOD.replace(ENTRY, f"pig of text\r\n    {ENTRY[:-4]} #A", 1),
    ),
    "another page in the contents without leaders": (
        "brf-contents",
        GOOD.replace(ENTRY, "text of a page   #B", 1),
    ),
    "words that are no heading": ("brf-contents", GOOD.replace(ENTRY, 'a page """""""""" #A', 1)),
    "another order of the contents": ("brf-contents", GOOD.replace(ENTRY, f'more """"""""" #B\r\n{ENTRY}', 1)),
}


def rules(path: Path, text: str) -> set[str]:
    path.write_bytes(text.encode())
    return {finding.rule for finding in braille.check(path)}


def test_nothing_is_found_in_a_good_file(tmp_path: Path) -> None:
    assert rules(tmp_path / NAME, GOOD) == set()
    assert rules(tmp_path / "a.brf", GOOD) == {"brf-name"}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(defect: str, tmp_path: Path) -> None:
    rule, text = DEFECTS[defect]
    assert rule in rules(tmp_path / NAME, text)


def page(text: list[str], number: str) -> str:
    return "".join(f"{line}\r\n" for line in ("", *text, *[""] * (3 - len(text)), number.rjust(20))) + "\f"


@pytest.mark.parametrize(("entry", "text"), [
    (['text1pag"', '    e9of """""""" #A'], ['text1pa"', "ge9of"]),
    (['text1pag"', '    e1of """""""" #A'], ["text1page1of"]),
    (['text ,page """"" #A'], ["text;9#B ,page"]),
    (["long ,,,text ,of", """    ,page,' "" #A"""], ["long ,,text ,,of;9#A", ",page"]),
    (["text of more", '    pages """"""" #A'], ["text", "of", "more"]),
    (["text of a page   #A"], ["text of", "a page"]),
    (["text of a page1  #A"], ["text of", "a page1"]),
])  # fmt: skip
def test_a_heading_may_be_divided_elsewhere_than_its_entry(entry: list[str], text: list[str], tmp_path: Path) -> None:
    path = tmp_path / NAME.replace("20x4", "20x5")
    assert rules(path, page(entry, "T#A") + page(text, "#A")) == set()
    assert rules(path, page(entry, "T#A") + page(["other"], "#A")) == {"brf-contents"}


PEF_DEFECTS = {
    "another version": ("2008-1", "2009-1"),
    "another format": ("application/x-pef+xml", "text/xml"),
    "no identifier": ("<dc:identifier>urn:x</dc:identifier>", ""),
    "an empty identifier": ("urn:x", " "),
    "no size": (' cols="20"', ""),
    "a size that is no number": ('rows="4"', 'rows="four"'),
    "no space between rows": (' rowgap="0"', ""),
    "sides of the paper": ("false", "no"),
    "a section without width": ("<section>", '<section cols="0">'),
    "a volume without sections": ("section>", "part>"),
}


def pef() -> str:
    metadata = Metadata(title="A", identifier="urn:x", language="en")
    pages = [["⠞⠑⠭⠞", "", "", " " * 18 + number] for number in ("⠞⠼⠁", "⠼⠁")]
    pages = [[line.replace(" ", "\u2800")[-20:] for line in page] for page in pages]
    return files.pef([[pages]], metadata, 20, 4, duplex=False).decode()


def test_nothing_is_found_in_a_good_pef(tmp_path: Path) -> None:
    assert rules(tmp_path / NAME.replace(".brf", ".pef"), pef()) == set()


@pytest.mark.parametrize("defect", PEF_DEFECTS)
def test_a_defect_of_the_structure_is_found(defect: str, tmp_path: Path) -> None:
    text = pef().replace(*PEF_DEFECTS[defect])
    assert "brf-structure" in rules(tmp_path / NAME.replace(".brf", ".pef"), text)


def test_every_rule_has_a_planted_defect() -> None:
    planted = {rule for rule, _ in DEFECTS.values()} | {"brf-name", "brf-structure"}
    assert {rule.id for rule in braille.RULES} == planted
