"""From an unprepared report in Word to its editions: how many steps an officer needs, and how many seconds they take.

The report has 15 pages, bold lines for headings, pictures without alt text, tables without header rows, and notes. The
first flow follows comments in Word; the second leaves the text to the person who wrote it, and has a table of pictures.
`make proof ARGS="-k flows -s"` prints both.
"""

from __future__ import annotations

import csv
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from rich.console import Console
from rich.table import Table

from tests.images.pictures import raster
from tests.readers.docx.files import p, package, part, picture, r, row, style, table

CHAPTERS = 15
WORDS = "Families along the river told us what the water took and what the officials promised them after it."
EDITIONS = "pdf,epub,docx,html"
SETTINGS = {"kind": '"report"', "date": "2026-03-01", "publisher": '"River Watch"', "description": '"What it says."'}
RULE = re.compile(r"\[([a-z-]+)\]$")
LIMIT = 60
"""Seconds for all commands of a flow."""


class Flow:
    """The steps of a flow, with the time that its commands take."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[tuple[str, float]] = []

    def command(self, *arguments: str, code: int = 0) -> str:
        """Run a command and return what it prints."""
        begin = seconds()
        command = [sys.executable, "-m", "exporter", *arguments]
        if arguments[0] != "new" and arguments[0] != "describe":
            command += ["--store", str(self.folder / "store")]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        self.steps.append((f"exporter {' '.join(arguments)}", seconds() - begin))
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def by_hand(self, what: str) -> None:
        """Count a step of the officer."""
        self.steps.append((what, 0))

    def report(self, name: str) -> None:
        """Print the steps."""
        total = sum(taken for _, taken in self.steps)
        table = Table("", "step", "s", title=f"{name}: {len(self.steps)} steps, {total:.1f} s")
        for number, (what, taken) in enumerate(self.steps, 1):
            table.add_row(str(number), what, f"{taken:.1f}" if taken else "")
        Console(width=120).print(table)
        assert total < LIMIT


def seconds() -> float:
    """Return the seconds for which processors have worked for commands: those of a busy machine pass faster."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    """A folder with the report, and nothing else."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "report.docx").write_bytes(report())
    return Flow(tmp_path)


def bold(text: str, size: int) -> str:
    return p(r(text, f'<w:b/><w:sz w:val="{size}"/>'))


def report() -> bytes:
    """Return the report."""
    pictures = {f"/word/media/p{number}.png": raster() for number in range(1, 9)}
    relations = {f"rIdP{number}": ("image", f"media/p{number}.png") for number in range(1, 9)}
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"Interview {n} with a family.")}</w:footnote>' for n in range(1, 13))
    body = bold("After the flood", 40)
    for chapter in range(1, CHAPTERS + 1):
        body += bold(f"{chapter}. What the river took in village {chapter}", 30)
        for paragraph in range(3):
            note = f'<w:r><w:footnoteReference w:id="{chapter}"/></w:r>' if chapter < 13 and not paragraph else ""
            body += p(r(f"In village {chapter}, {paragraph}: " + f"{WORDS} " * 5) + note)
        body += bold(f"What people of village {chapter} ask for", 24) + p(f"{WORDS} " * 6)
        if chapter < 9:
            body += p(picture('descr=""', relation=f"rIdP{chapter}")) + p(f"Figure {chapter}: Houses in {chapter}")
        if chapter % 3 == 0:
            rows = [row(f"Place {n}", str(n * 7), str(n * 11)) for n in range(1, 6)]
            body += p(f"Table {chapter // 3}: Losses in {chapter}") + table(row("Place", "Houses", "Fields"), *rows)
        body += p(f"{WORDS} " * 4)
    named = style("Title") + style("Caption", "caption")
    return package(
        body, styles=named, parts={"footnotes.xml": part("footnotes", notes), **pictures}, relations=relations
    )


def fill_in(settings: Path) -> None:
    """Fill in the lines of the settings that are there as examples."""
    text = settings.read_text("utf-8")
    for key, value in SETTINGS.items():
        text = re.sub(rf"^#? ?{key} = .*$", f"{key} = {value}", text, count=1, flags=re.MULTILINE)
    settings.write_text(text, "utf-8")


def comments(path: Path) -> list[tuple[str, str]]:
    """Return the rule and the words of each comment of ours."""
    return [(rule_of(each.text), each.text) for each in python_docx.Document(str(path)).comments]


def rule_of(text: str) -> str:
    rule = RULE.search(text)
    assert rule, text
    return rule[1]


def correct(path: Path, rules: frozenset[str]) -> list[str]:
    """Do in a copy what its comments of some rules say, where they are; return what was done."""
    document = python_docx.Document(str(path))
    body, done = document.element.body, []
    for comment in document.comments:
        rule = rule_of(comment.text)
        if rule not in rules:
            continue
        (start,) = body.xpath(f".//w:commentRangeStart[@w:id='{comment.comment_id}']")
        paragraph = next(start.iterancestors(qn("w:p")), None)
        CORRECTIONS[rule](start.getnext() if paragraph is None else paragraph, comment.text)
        done.append(comment.text.splitlines()[0])
    document.save(str(path))
    return done


def give_heading(paragraph: Any, text: str) -> None:
    """Give the style to the paragraph, or to all with similar formatting."""
    if "looks like the title" in text:
        give_style(paragraph, "Title")
        return
    level, size = re.findall(r"headings of level (\d)", text)[0], paragraph.xpath(".//w:sz/@w:val")
    for other in paragraph.getparent().iterchildren(qn("w:p")):
        if other.xpath(".//w:b") and other.xpath(".//w:sz/@w:val") == size:
            give_style(other, f"Heading{level}")


def give_style(paragraph: Any, name: str) -> None:
    paragraph.get_or_add_pPr().get_or_add_pStyle().val = name


def describe(paragraph: Any, text: str) -> None:
    (drawing,) = paragraph.xpath(".//wp:docPr")
    drawing.set("descr", f"Houses under water, {paragraph.getparent().index(paragraph)}")


def repeat_header(paragraph: Any, text: str) -> None:
    first = paragraph.xpath("ancestor::w:tbl/w:tr")[0]
    first.get_or_add_trPr().append(first.makeelement(qn("w:tblHeader"), {}))


CORRECTIONS: dict[str, Callable[[Any, str], None]] = {
    "word-heading-look": give_heading,
    "alt-missing": describe,
    "figure-caption": lambda paragraph, _: give_style(paragraph.getnext(), "Caption"),
    "table-headless": repeat_header,
    "table-caption": lambda paragraph, _: give_style(paragraph.xpath("ancestor::w:tbl")[0].getprevious(), "Caption"),
}


def check_editions(folder: Path) -> None:
    """Check that all editions are there, with all chapters."""
    (home,) = (path for path in folder.iterdir() if path.is_dir() and (path / "report.json").exists())
    assert {path.suffix for path in home.iterdir()} >= {".pdf", ".epub", ".docx", ".html"}
    assert not [
        f for f in json.loads((home / "report.json").read_text("utf-8"))["findings"] if f["severity"] == "error"
    ]
    with pikepdf.open(next(home.glob("*.pdf"))) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) >= CHAPTERS
        assert len(outline.root) == CHAPTERS


def test_comments_are_followed_in_word(flow: Flow) -> None:
    copy = flow.folder / "in" / "report-checked.docx"
    flow.command("new", "--from", "in/report.docx")
    fill_in(flow.folder / "in" / "publication.toml")
    flow.by_hand("fill in the settings")
    flow.command("check", "in/report.docx", "--comments", code=1)
    for what in correct(copy, frozenset(CORRECTIONS)):
        flow.by_hand(what)
    flow.command("check", "in/report-checked.docx", "--comments")
    assert [text for _, text in comments(copy) if not text.startswith("Note: ")] == []
    flow.command("export", "in/report-checked.docx", "-o", "out", "--to", EDITIONS)
    check_editions(flow.folder / "out")
    flow.report("Comments in Word")


def test_pictures_are_described_in_a_table_and_headings_are_guessed(flow: Flow) -> None:
    manuscript, copy = flow.folder / "in" / "report.docx", flow.folder / "in" / "report-checked.docx"
    flow.command("new", "--from", "in/report.docx")
    fill_in(flow.folder / "in" / "publication.toml")
    flow.by_hand("fill in the settings")
    flow.command("describe", "in/report.docx")
    (rows,) = flow.folder.rglob("*.csv")
    written = list(csv.DictReader(rows.read_text("utf-8-sig").splitlines()))
    with rows.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(written[0]))
        writer.writeheader()
        writer.writerows({**each, "Alt text": f"Houses under water, {each['Picture']}"} for each in written)
    flow.by_hand(f"describe {len(written)} pictures in the table")
    flow.command("describe", "in/report.docx", str(rows.relative_to(flow.folder)))
    flow.command("check", "in/report.docx", "--comments", "--guess-headings", code=1)
    for what in correct(copy, frozenset({"table-headless"})):
        flow.by_hand(what)
    flow.command("export", "in/report-checked.docx", "-o", "out", "--to", EDITIONS, "--guess-headings")
    check_editions(flow.folder / "out")
    assert manuscript.exists()
    flow.report("A table of pictures, and guessed headings")
