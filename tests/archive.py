"""An archive: many small publications of several kinds and languages, made by rule; always the same bytes.

python -m tests.archive FOLDER --count 200
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

WORDS = {
    "en": "the court heard witnesses about detention without charge and ordered files opened for families since winter",
    "es": "el tribunal escuchó testigos sobre la detención sin cargos y ordenó abrir los archivos para las familias",
    "fr": "le tribunal a entendu des témoins sur la détention sans charges et a ordonné des dossiers pour les familles",
}
KINDS = ("report", "dispatch", "commentary", "submission", "brief", "news")
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100" fill="#eee"/>'
    '<rect x="10" y="{top}" width="60" height="{height}" fill="#147"/></svg>'
)


def write(folder: Path, count: int, *, sections: int = 3) -> list[Path]:
    """Write the manuscripts of publications, each in its folder; return them."""
    return [_write(folder / f"publication-{number:05}", number, sections) for number in range(count)]


def _write(folder: Path, number: int, sections: int) -> Path:
    dice = random.Random(number)
    language = dice.choice(tuple(WORDS))
    words = WORDS[language].split()

    def sentence(length: int = 0) -> str:
        return " ".join(dice.choice(words) for _ in range(length or dice.randint(8, 20))).capitalize() + "."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(dice.randint(2, 5)))

    title = f"{sentence(5)[:-1]} {number}"
    parts = [
        f"---\ntitle: {title}\nauthor: Archive Office\npublisher: Archive Office\nkind: {dice.choice(KINDS)}\n"
        f"date: 20{dice.randint(10, 25)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}\nlang: {language}\n"
        f"description: {sentence(10)}\n---\n"
    ]
    for section in range(1, sections + 1):
        parts.append(f"# {section}. {sentence(4)[:-1]}")
        parts.append(f"{paragraph()}[^{section}]")
        parts.append(f"[^{section}]: {sentence(8)}")
        parts.append("\n".join(f"- {sentence(6)}" for _ in range(3)))
        parts.append(paragraph())
    rows = "\n".join(f"| {sentence(2)[:-1]} {row} | {dice.randint(0, 99)} |" for row in range(1, 6))
    parts.append(f"| {words[1]} | {words[2]} |\n|:--|--:|\n{rows}\n\nTable: {sentence(3)[:-1]}")
    parts.append(f'![{sentence(3)[:-1]}](drawing.svg){{alt="{sentence(6)}"}}')
    folder.mkdir(parents=True, exist_ok=True)
    height = dice.randint(10, 80)
    (folder / "drawing.svg").write_text(DRAWING.format(top=90 - height, height=height), "utf-8")
    path = folder / "manuscript.md"
    path.write_text("\n\n".join(parts) + "\n", "utf-8")
    return path


def main() -> None:
    """Write an archive to a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--sections", type=int, default=3)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.count, sections=arguments.sections)


if __name__ == "__main__":
    main()
