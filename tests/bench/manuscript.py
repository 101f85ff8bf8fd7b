"""A long report made by rule: chapters, tables, pictures, notes, other languages; always the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw

TEXT = (
    "the court of first instance heard witnesses about detention without charge and ordered prosecutors to open "
    "files that families had asked for since winter while officials in the district denied access to records which "
    "lawyers had requested under law of transparency so that victims could learn where searches took place who led "
    "them what was found how remains were kept whether relatives were told when hearings would be held"
)
FOREIGN = {
    "ar": "حق الأسر في معرفة الحقيقة",
    "fr": "les familles attendent toujours une réponse",
    "es": "las familias siguen esperando respuesta",
}
FRONT = """---
title: Waiting for an Answer
subtitle: A long report for measuring
author: Bench Office
publisher: Bench Office
kind: report
date: 2026-01-15
lang: en-GB
description: A report made by rule, to measure how long each edition takes.
---
"""


def write(folder: Path, chapters: int) -> Path:
    """Write the manuscript and its pictures to `folder`; about 7 pages and 2,100 words a chapter.

    Gives the path of the manuscript.
    """
    (folder / "img").mkdir(parents=True, exist_ok=True)
    dice = random.Random(1917)
    words = TEXT.split()
    parts, notes = [FRONT], []

    def sentence(length: int = 0) -> str:
        text = " ".join(dice.choice(words) for _ in range(length or dice.randint(8, 24)))
        return text.capitalize() + "."

    def paragraph() -> str:
        text = " ".join(sentence() for _ in range(dice.randint(3, 6)))
        notes.append(f"[^n{len(notes) + 1}]: {sentence(12)} *Proceedings*, file {len(notes) + 1}.")
        return f"{text}[^n{len(notes)}]"

    def table(number: int) -> str:
        rows = "\n".join(
            f"| Court {row} | {dice.randint(0, 99)} | {dice.randint(0, 99)} | {sentence(5)} |" for row in range(1, 12)
        )
        return (
            f"| Court | Opened | Closed | Remark |\n|:--|--:|--:|:--|\n{rows}\n\nTable: Files by court, series {number}"
        )

    def picture(number: int) -> str:
        image = Image.new("RGB", (1200, 800), (246, 244, 238))
        pen = ImageDraw.Draw(image)
        for bar in range(12):
            height = dice.randint(40, 640)
            pen.rectangle((80 + bar * 90, 740 - height, 150 + bar * 90, 740), fill=(24, 70 + bar * 8, 120))
        name = f"img/series-{number}.png"
        image.save(folder / name)
        rise = dice.randint(20, 90)
        alt = f"Twelve bars, one a month; the tallest is {rise}."
        return f'![Files opened a month, series {number}]({name}){{alt="{alt}"}}'

    for chapter in range(1, chapters + 1):
        parts.append(f"# Chapter {chapter}: {sentence(5)[:-1]}")
        parts.append(paragraph())
        for part in range(1, 5):
            parts.append(f"## Part {chapter}.{part}: {sentence(4)[:-1]}")
            parts.extend(paragraph() for _ in range(3))
            match part:
                case 1:
                    parts.append(picture(chapter * 2))
                case 2:
                    parts.append(table(chapter * 2))
                case 3:
                    parts.append("\n".join(f"- {sentence(9)}" for _ in range(5)))
                case _:
                    spans = ", ".join(f"[{text}]{{lang={tag}}}" for tag, text in FOREIGN.items())
                    parts.append(f"What was said: {spans}. {sentence()}")
                    parts.append(table(chapter * 2 + 1))
    parts.append("# Transcript\n\n::: transcript")
    parts.extend(f"**{('Narrator', 'Irene', 'Judge')[k % 3]}:** {sentence()} {sentence()}" for k in range(40))
    parts.append(":::")
    manuscript = folder / "manuscript.md"
    manuscript.write_text("\n\n".join(parts + notes) + "\n", "utf-8")
    return manuscript
