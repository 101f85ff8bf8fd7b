"""Manuscripts that are hostile or merely huge."""

from __future__ import annotations

import os
from pathlib import Path

from tests.hostile.kind import HEAD, PART, Kind, markdown

_ODD = """title: [1, 2]
subtitle: {a: b}
author: [{name: [x]}, 3, null, {a: {b: {c: d}}}]
date: 2026-01-01T00:00:00Z
lang: [en]
kind: 0x1F
description: !!binary aGVsbG8=
publisher: !!set {a, b}
keywords: {a: 1, b: [2]}
identifier: .nan
contact: [1]
translations: [[[x]]]
related: .inf
version: 1e400
"""


def _front(extra: str, body: str = PART) -> str:
    return HEAD.replace("---\n\n", f"{extra}\n---\n\n") + body


def _deep_macros(depth: int = 12) -> str:
    macros = "".join(rf"\def\{chr(97 + n)}x{{\{chr(98 + n)}x\{chr(98 + n)}x}}" for n in range(depth))
    return HEAD + PART + "".join(f"${macros}\\ax$\n\n" for _ in range(50))


def _table(rows: int) -> str:
    return "| A | B |\n|---|---|\n" + "| a | b |\n" * rows


def _notes(count: int) -> str:
    text = "".join(f"Word {n}.[^{n}]\n\n" for n in range(count))
    return text + "".join(f"[^{n}]: Note {n}.\n\n" for n in range(count))


def _html(folder: Path, body: str) -> None:
    (folder / "manuscript.html").write_text(f"<html lang=en><title>A title</title><body><h1>Part</h1>{body}", "utf-8")


def _bad_name(folder: Path) -> None:
    markdown(HEAD + PART)(folder)
    other = Path(f"{folder.parent}/caf\udce9")
    other.mkdir()
    markdown(HEAD + PART)(other)


def _pipe(folder: Path) -> None:
    markdown(HEAD + PART)(folder)
    os.mkfifo(folder / "publication.toml")


KINDS: dict[str, Kind] = {
    "front-odd-types": Kind(markdown(f"---\n{_ODD}---\n\n{PART}"), cheap=True),
    "front-nul": Kind(markdown(_front('note: "a\\0b"\nsubtitle: "x\\0y"')), cheap=True),
    "front-nul-raw": Kind(markdown(_front("subtitle: a\0b"))),
    "front-surrogate": Kind(markdown(_front('subtitle: "x\\uD800y"')), cheap=True),
    "front-title-3000": Kind(markdown(HEAD.replace("A title", "x" * 3000) + PART)),
    "front-title-3000-words": Kind(markdown(HEAD.replace("A title", "word " * 600) + PART)),
    "front-publisher-4000": Kind(markdown(HEAD.replace("House", "p" * 4000) + PART)),
    "front-author-4000": Kind(markdown(HEAD.replace("Ana Author", "a" * 4000) + PART)),
    "front-addresses": Kind(
        markdown(
            _front(
                "contact: {name: N, url: 'javascript:alert(1)', email: 'javascript:alert(1)'}\n"
                "translations: [{lang: de, title: T, target: 'javascript:alert(2)'}]\n"
                "related: [{title: R, target: 'data:text/html,<script>alert(3)</script>'}]\n"
                "license: 'javascript:alert(4)'"
            )
        ),
        cheap=True,
    ),
    "emphasis-marks": Kind(markdown(HEAD + PART + "*a " * 30_000)),
    "emphasis-underscore-star": Kind(markdown(HEAD + PART + "_*" * 45_000)),
    "emphasis-both": Kind(markdown(HEAD + PART + "*a **b " * 12_000)),
    "emphasis-strong-words": Kind(markdown(HEAD + PART + "**a** " * 3_000)),
    "backticks": Kind(markdown(HEAD + PART + " ".join("`" * n + "a" for n in range(1, 441)))),
    "word-99000": Kind(markdown(HEAD + PART + "x" * 99_000 + "\n")),
    "words-99000-many": Kind(markdown(HEAD + PART + ("x" * 99_000 + "\n\n") * 10)),
    "table-38000-rows": Kind(markdown(HEAD + PART + _table(38_000))),
    "table-24000-rows": Kind(markdown(HEAD + PART + _table(24_000))),
    "notes-9000": Kind(markdown(HEAD + PART + _notes(9_000))),
    "notes-one-paragraph": Kind(
        markdown(
            HEAD
            + PART
            + "".join(f"w[^{n}] " for n in range(300))
            + "\n\n"
            + "".join(f"[^{n}]: N.\n\n" for n in range(300))
        )
    ),
    "notes-in-a-chain": Kind(
        markdown(HEAD + PART + "a[^0]\n\n" + "".join(f"[^{n}]: N[^{n + 1}]\n\n" for n in range(1_500))),
        editions="docx,epub,braille",
    ),
    "note-used-500": Kind(markdown(HEAD + PART + "a[^1] " * 500 + "\n\n[^1]: Note.\n")),
    "headings-10000": Kind(markdown(HEAD + "".join(f"# Heading {n}\n\nText.\n\n" for n in range(10_000)))),
    "macros": Kind(markdown(_deep_macros())),
    "formulas-400": Kind(markdown(HEAD + PART + "$x_{1}^{2}$ and " * 400)),
    "link-definitions": Kind(
        markdown(HEAD + PART + "".join(f"[l{n}]: https://example.org/{n}\n" for n in range(38_000)) + "\n[l1]\n")
    ),
    "references": Kind(
        markdown(HEAD + PART + "[a]: https://example.org/" + "x" * 2000 + "\n\n" + ("[a] " * 2000 + "\n\n") * 20)
    ),
    "reference-brackets": Kind(markdown(HEAD + PART + "[" * 45_000 + "a" + "]" * 45_000), cheap=True),
    "attributes-500000": Kind(
        lambda folder: _html(folder, f"<p {' '.join(f'a{n}=1' for n in range(500_000))}>Text</p>")
    ),
    "attributes-inline": Kind(markdown(HEAD + PART + "[a]{" + " ".join(f"k{n}=v" for n in range(9_000)) + "}\n")),
    "quotes-nested": Kind(markdown(HEAD + PART + ">" * 20_000 + " a\n"), cheap=True),
    "list-35000": Kind(markdown(HEAD + PART + "- a\n" * 35_000)),
    "list-nested": Kind(markdown(HEAD + PART + "".join("  " * n + "- a\n" for n in range(200)))),
    "breaks": Kind(markdown(HEAD + PART + "a\\\n" * 800)),
    "paragraphs": Kind(markdown(HEAD + PART + "a\n\n" * 2_000)),
    "lines-long": Kind(markdown(HEAD + PART + ("word " * 15_000 + "\n\n") * 2)),
    "html-unclosed": Kind(markdown(HEAD + PART + "<div>" * 20_000)),
    "html-comments": Kind(markdown(HEAD + PART + "<!--" * 20_000)),
    "footnote-marks": Kind(markdown(HEAD + PART + "[^" * 30_000)),
    "dollars": Kind(markdown(HEAD + PART + "$a " * 30_000)),
    "angle": Kind(markdown(HEAD + PART + "<a " * 30_000)),
    "tildes": Kind(markdown(HEAD + PART + "~a^b" * 20_000)),
    "entities": Kind(markdown(HEAD + PART + "&amp;" * 18_000)),
    "combining": Kind(markdown(HEAD + PART + "a" + "\u0301" * 30_000)),
    "bidi": Kind(markdown(HEAD + PART + "\u202ea\u202b" * 20_000)),
    "emoji": Kind(markdown(HEAD + PART + "\U0001f468\u200d" * 20_000)),
    "code-wide": Kind(markdown(HEAD + PART + "```\n" + "x" * 90_000 + "\n```\n")),
    "code-long": Kind(markdown(HEAD + PART + "```\n" + "x = 1\n" * 4_000 + "```\n")),
    "table-wide": Kind(markdown(HEAD + PART + "|" + " a |" * 800 + "\n|" + "---|" * 800 + "\n|" + " b |" * 800 + "\n")),
    "table-columns-10000": Kind(
        markdown(HEAD + PART + "\n".join(f"|{each * 10_000}" for each in (" a |", "---|"))), cheap=True
    ),
    "tables-8000": Kind(markdown(HEAD + PART + "| A |\n|---|\n| a |\n\na\n\n" * 8_000)),
    "formulas-6000": Kind(markdown(HEAD + PART + "$x^2$ a\n\n" * 6_000)),
    "definitions": Kind(markdown(HEAD + PART + "Term\n: Definition\n\n" * 9_000)),
    "images-same": Kind(markdown(HEAD + PART + "![Alt](a.png)\n\n" * 400)),
    "not-utf-8-name": Kind(_bad_name),
    "publication-pipe": Kind(_pipe),
    "odd-settings": Kind(markdown(HEAD + PART, publication_toml="[metadata]\ntitle = " + "[" * 5000 + "]" * 5000)),
}
