"""A long report made by rule, about 150 pages, and what is in it; always the same bytes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

CHAPTERS = 20
TEXT = (
    "the of and to in a that for with on by from as were this at which had been their not are police officials "
    "witnesses residents detention village district court ministry forces interviewed described families told "
    "researchers documents reviewed imagery evidence rights law humanitarian government authorities failed investigate "
    "allegations unlawful killings displacement journalists lawyers prosecutors judges trial sentence released "
    "arrested without charge conditions prison medical care access aid workers committee recommendations urged states "
    "adopt measures protect civilians accountability victims remedy reparations children refugees asylum procedures"
)
PASSAGES = (
    "The slogan [هذا نص عربي قصير عن حقوق الإنسان]{lang=ar} was repeated; in French, "
    "[les autorités ont refusé de répondre]{lang=fr}; in Spanish, [las autoridades no respondieron]{lang=es}."
)
FRONT = """---
title: "“They Came at Night”: Unlawful Detention and Displacement"
subtitle: A report
author: Example Rights Organisation
publisher: Example Rights Organisation
kind: report
date: 2026-03-01
lang: en-GB
description: A report with headings, tables, pictures, notes, languages and a transcript, made to be counted.
rights: CC BY 4.0
---"""


class Counts(NamedTuple):
    """What a reader of any edition has to find."""

    headings: int
    tables: int
    rows: int
    """Rows of tables, heads included."""
    columns: int
    """Header cells at the head of a column."""
    notes: int
    described: int
    """Pictures with an alt text."""
    decorative: int
    passages: int
    """In other languages than the report's."""
    turns: int
    formulas: int


COUNTS = Counts(
    headings=122,
    tables=40,
    rows=427,
    columns=200,
    notes=300,
    described=36,
    decorative=4,
    passages=60,
    turns=40,
    formulas=1,
)
"""Checked against the manuscript as it is written, so that neither can drift."""


class _Writer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dice = random.Random(7)
        self.parts = [FRONT]
        self.words = TEXT.split()
        self.notes: list[str] = []
        self.headings = self.tables = self.rows = self.pictures = self.decorative = 0

    def sentence(self, length: int = 0) -> str:
        words = " ".join(self.dice.choice(self.words) for _ in range(length or self.dice.randint(9, 26)))
        return words.capitalize() + "."

    def heading(self, level: int, words: str) -> None:
        self.headings += 1
        self.parts.append(f"{'#' * level} {words}")

    def paragraph(self, before: str = "") -> None:
        words = " ".join([*([before] if before else []), *(self.sentence() for _ in range(self.dice.randint(3, 6)))])
        if len(self.notes) < COUNTS.notes:
            number = len(self.notes) + 1
            address = f"<https://example.org/doc/{number}>"
            self.notes.append(
                f"[^n{number}]: {self.sentence(14)} Interview with witness, 12 March 2024; "
                f"*Report of the Commission*, {address}."
            )
            words += f"[^n{number}]"
        self.parts.append(words)

    def table(self) -> None:
        self.tables += 1
        # Lengths go round from 6 to 13; the last table makes up the sum.
        left = COUNTS.rows - self.rows - 1
        assert left > 0, "there are rows left for the last table"
        length = left if self.tables == COUNTS.tables else 6 + self.tables * 5 % 8
        self.rows += length + 1
        figures = [[self.dice.randint(0, 99) for _ in range(3)] for _ in range(length)]
        rows = "\n".join(
            f"| District {number} | {' | '.join(map(str, row))} | {self.sentence(5)} |"
            for number, row in enumerate(figures, 1)
        )
        head = "| District | 2022 | 2023 | 2024 | Source |\n|:---|---:|---:|---:|:---|"
        self.parts.append(f"{head}\n{rows}\n\nTable: Incidents by district, table {self.tables}")

    def picture(self, *, decorative: bool = False) -> None:
        self.pictures += 1
        number = self.pictures
        name = f"img/fig{number:02d}.{'png' if number % 2 else 'jpg'}"
        image = Image.new("RGB", (1200, 800), (245, 245, 240))
        pen = ImageDraw.Draw(image)
        if number % 2:
            for bar in range(12):
                height = self.dice.randint(50, 650)
                pen.rectangle((80 + bar * 90, 740 - height, 150 + bar * 90, 740), fill=(30, 60 + bar * 10, 140))
        else:
            for _ in range(400):
                x, y, r = self.dice.randint(0, 1200), self.dice.randint(0, 800), self.dice.randint(5, 80)
                colour = (self.dice.randint(0, 255), self.dice.randint(0, 255), self.dice.randint(0, 255))
                pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        image.save(self.folder / name)
        if decorative:
            self.decorative += 1
            self.parts.append(f"![]({name}){{.decorative}}")
        else:
            caption, alt = f"Series {number}: {self.sentence(8)}", f"Twelve bars of chart {number}, rising to {number}."
            self.parts.append(f'![{caption}]({name}){{alt="{alt}"}}')

    def chapter(self, chapter: int) -> None:
        self.heading(1, f"Chapter {chapter}: {self.sentence(5)[:-1]}")
        self.paragraph()
        for part in range(1, 5):
            self.heading(2, f"Section {chapter}.{part} {self.sentence(4)[:-1]}")
            for _ in range(3):
                self.paragraph()
            match part:
                case 1:
                    self.picture()
                case 2:
                    self.table()
                    self.parts.append(f"> {self.sentence(20)}\n>\n> — Witness, name withheld")
                case 3:
                    self.picture(decorative=chapter % 5 == 0)
                    self.parts.append("\n".join(f"- {self.sentence(9)}" for _ in range(5)))
                    self.parts.append("\n".join(f"{number}. {self.sentence(9)}" for number in range(1, 5)))
                case _:
                    self.heading(3, f"Subsection {chapter}.{part}.1 Languages")
                    self.paragraph(PASSAGES)
                    self.table()
        self.paragraph()


def write(folder: Path) -> Path:
    """Write manuscript and pictures to `folder`, and give the manuscript."""
    (folder / "img").mkdir(parents=True, exist_ok=True)
    writer = _Writer(folder)
    for chapter in range(1, CHAPTERS + 1):
        writer.chapter(chapter)
    writer.heading(1, "Transcript: video dispatch")
    speakers = ("Narrator", "Amina", "Interviewer")
    turns = [f"**{speakers[turn % 3]}:** {writer.sentence()} {writer.sentence()}" for turn in range(COUNTS.turns)]
    writer.parts.append("\n\n".join(["::: transcript", *turns, ":::"]))
    writer.heading(1, "A note on method")
    writer.parts.append(r"The rate is $r = \frac{n}{N} \times 100$.")
    written = Counts(
        headings=writer.headings,
        tables=writer.tables,
        rows=writer.rows,
        columns=writer.tables * 5,
        notes=len(writer.notes),
        described=writer.pictures - writer.decorative,
        decorative=writer.decorative,
        passages=sum(part.count("{lang=") for part in writer.parts),
        turns=len(turns),
        formulas=1,
    )
    assert written == COUNTS
    manuscript = folder / "manuscript.md"
    manuscript.write_text("\n\n".join(writer.parts + writer.notes) + "\n", "utf-8")
    return manuscript
