"""The style sheet of an edition whose layout it decides, such as that of eBraille, compared with that of the styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from exporter.findings import Finding
from exporter.parity.rules import KINDS

_WIDTH = re.compile(r"(max-width: |\.by-row-)\d+")


def check(styles: Path, name: str, text: str) -> Iterator[Finding]:
    """Yield whether a style sheet is another than that of the styles.

    Args:
        styles: The folder of styles.
        name: File of the style sheet in it, beside which that of tables row by row may be.
        text: The style sheet of the edition, with the rules of such tables for some widths after its own.
    """
    own = (styles / name).read_text("utf-8")
    tables = (styles / name.replace(".", "-tables.")).read_text("utf-8").replace(".by-row", ".by-row-0")
    widths = text.count("@media (max-width")
    rules = "".join(f"@{condition} (max-width: 0ch) {{\n{tables}}}\n" for condition in ("media", "container"))
    if not text.startswith(own) or _WIDTH.sub(r"\g<1>0", text.removeprefix(own)) != rules * widths:
        yield KINDS.finding(f"The style sheet of the edition is not “{name}” of the styles, and lays it out otherwise.")
