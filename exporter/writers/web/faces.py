"""Typefaces inside the page, as few and as small as the reader's patience: what is not brought, the device draws."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from exporter.contracts import WriteContext
from exporter.writers.xhtml import fonts
from exporter.writers.xhtml.files import File

BUDGET = 160_000
"""Bytes of all typefaces together; italics are the first to be left out."""
STACKS = ("serif", "sans")
"""Properties of a theme that name typefaces; characters of code are those of the device."""


def embed(properties: Mapping[str, str], words: str, context: WriteContext) -> str:
    """Return `@font-face` rules with the files inside them.

    Args:
        properties: Of the theme.
        words: Every character that the page shows.
        context: Its memo keeps what has been cut before.

    Raises:
        MissingToolError: A typeface is not installed.
    """
    stacks = "".join(f"x{{font-family:{properties[name]}}}" for name in STACKS if name in properties)
    rules, files = fonts.embed(stacks, words, context)
    pairs = list(zip(rules.splitlines(), files, strict=True))
    pairs.sort(key=lambda pair: "font-style: italic" in pair[0])
    made, left = "", BUDGET
    for rule, file in pairs:
        if len(file.data) <= left:
            left -= len(file.data)
            made += _inside(rule, file)
    return made


def _inside(rule: str, file: File) -> str:
    address = f"data:font/woff2;base64,{base64.b64encode(file.data).decode()}"
    rule = rule.replace(f"../fonts/{Path(file.name).name}", address)
    # Text is read in the typeface of the device at once; ours takes its place when it is there.
    return rule.removesuffix("}").rstrip() + "font-display:swap}\n"
