"""Fixes that a newer version of a manuscript is given, where its author has not changed what they were about."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.pipeline import direct_reading
from exporter.revise import revise
from exporter.revise.carry_over import carried_over

MARKDOWN = Path("manuscript.md")
BEFORE = """---
title: Water
lang: en
---

# Wells

![](chart.png)

**Who pays**

El agua es de todos.

| Island | Price |
|--------|-------|
| Norra  | 4.20  |

::: transcript
**Ana, witness:** One.

**ANA:** Two.
:::
"""


def carried(tmp_path: Path, newer: str, *fix: tuple[str, str]) -> str:
    """Return a newer version with the fixes that replace texts of the version before."""
    fixed = BEFORE
    for old, new in fix:
        assert old in fixed
        fixed = fixed.replace(old, new)
    path = tmp_path / MARKDOWN
    path.write_text(newer, "utf-8")
    for _ in range(2):
        reads = [direct_reading.read(MARKDOWN, text.encode()) for text in (BEFORE, fixed, path.read_text("utf-8"))]
        revision = revise(path, carried_over(*reads))
        assert all(result.is_applied for result in revision.results)
        path.write_bytes(revision.files.get(path.name, path.read_bytes()))
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("![](", "![A chart]("),
        ("**Who pays**", "## Who pays"),
        ("El agua es de todos.", "::: {lang=es}\nEl agua es de todos.\n:::"),
        ("agua es de todos", "[agua es de todos]{lang=es}"),
        ("| Island", "Table: Prices\n\n| Island"),
        ("![](chart.png)", '![A caption](chart.png){alt="A chart"}'),
        ("**ANA:**", "**Ana:**"),
        ("title: Water", "title: Water for all"),
    ],
)
def test_a_fix_is_made_again_in_a_version_without_it(tmp_path: Path, old: str, new: str) -> None:
    newer = BEFORE.replace("# Wells", "# Wells and pumps\n\nA new paragraph.")
    assert carried(tmp_path, newer, (old, new)) == newer.replace(old, new)


@pytest.mark.parametrize(
    ("fix", "own"),
    [
        (("![](", "![A chart]("), ("![](", "![Prices](")),
        (("El agua es de todos.", "::: {lang=es}\nEl agua es de todos.\n:::"), ("El agua", "La lluvia")),
        (
            ("El agua es de todos.", "::: {lang=es}\nEl agua es de todos.\n:::"),
            ("El agua es de todos.", "::: {lang=ca}\nEl agua es de todos.\n:::"),
        ),
        (("**ANA:**", "**Ana:**"), ("**ANA:**", "**Eva:**")),
        (("title: Water", "title: Water for all"), ("title: Water", "title: Rain")),
    ],
)
def test_what_the_author_has_changed_counts(tmp_path: Path, fix: tuple[str, str], own: tuple[str, str]) -> None:
    newer = BEFORE.replace(*own)
    assert carried(tmp_path, newer, fix) == newer
