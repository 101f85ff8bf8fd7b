"""The largest honest publication known: 1,500 pages, 3,000 notes and 400 pictures."""

from __future__ import annotations

import random
from pathlib import Path

from tests.hostile.kind import HEAD
from tests.hostile.pictures import png

CHAPTERS, SECTIONS, PARAGRAPHS = 50, 10, 12
NOTES, PICTURES = 3_000, 400
_WORDS = "court state right people water family report document evidence between during region health public year"


def write(folder: Path) -> None:
    """Write the manuscript and its pictures into a folder."""
    chance, words = random.Random(1), _WORDS.split()
    paragraphs = CHAPTERS * SECTIONS * PARAGRAPHS
    lines, notes, count = [HEAD], [], 0
    for chapter in range(CHAPTERS):
        lines.append(f"# Chapter {chapter}\n\n")
        for section in range(SECTIONS):
            lines.append(f"## Section {chapter}.{section}\n\n")
            for _ in range(PARAGRAPHS):
                count += 1
                text = " ".join(chance.choices(words, k=100)).capitalize()
                if count * NOTES // paragraphs > len(notes):
                    notes.append(f"[^{len(notes)}]: {' '.join(chance.choices(words, k=15))}.\n\n")
                    text += f".[^{len(notes) - 1}]"
                lines.append(f"{text} *{chance.choice(words)}*.\n\n")
                if count * PICTURES // paragraphs > (count - 1) * PICTURES // paragraphs:
                    lines.append(f"![What picture {count} shows.](picture-{count % 7}.png)\n\n")
    (folder / "manuscript.md").write_text("".join(lines + notes), "utf-8")
    for number in range(7):
        (folder / f"picture-{number}.png").write_bytes(png(600 + number, 400))
