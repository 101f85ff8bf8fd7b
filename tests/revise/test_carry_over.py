"""Fixes that a newer version of a manuscript is given, where its author has not changed what they were about."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from exporter.pipeline import direct_reading
from exporter.studio.revising import keep_fixes

MARKDOWN = Path("manuscript.md")
BEFORE = """---
title: Water
lang: en
---

# Wells

![](chart.png)

**Who pays**

El agua es de todos.

• one

• two
thousand

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
    keep_fixes(path, BEFORE.encode(), fixed.encode())
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
        ("• one\n\n• two", "- one\n\n- two"),
        ("**ANA:**", "**Ana:**"),
        ("title: Water", "title: Water for all"),
        ("![](chart.png)", "![](chart.png){.decorative}"),
        ("lang: en", "lang: es"),
        ("lang: en", "lang: en\nkind: report"),
    ],
)
def test_a_fix_is_made_again_in_a_version_without_it(tmp_path: Path, old: str, new: str) -> None:
    newer = BEFORE.replace(
        "# Wells", "# Wells and pumps\n\nA new paragraph.\n\n![New](new.png)\n\n| c | d |\n|---|---|"
    )
    newer = newer.replace("**ANA:**", "**Eva:** Three.\n\n**ANA:**")
    assert carried(tmp_path, newer, (old, new)) == newer.replace(old, new)


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("| Island", "Table: Prices\n\n| Island"),
        ("![](chart.png)", '![Prices](chart.png){alt="A chart"}'),
    ],
)
def test_a_line_that_the_author_has_typed_becomes_the_caption(tmp_path: Path, written: str, fixed: str) -> None:
    newer = BEFORE.replace(written, f"Prices\n\n{written}")
    assert carried(tmp_path, newer, (written, fixed)) == BEFORE.replace(written, fixed)
    elsewhere = BEFORE.replace("# Wells", "# Wells\n\nPrices\n\nrise.")
    assert carried(tmp_path, elsewhere, (written, fixed)) == elsewhere.replace(written, fixed)


def test_new_words_of_captions_are_carried_over_unless_the_author_has_others(tmp_path: Path) -> None:
    before = (
        BEFORE.replace("![](", "![Wells](")
        .replace(".png)", '.png){alt="A"}')
        .replace("| Isl", "Table: Prices\n\n| Isl")
    )
    fixed = before.replace("[Wells]", "[Dry wells]").replace("Table: Prices", "Table: Prices of 2025")
    newer = before.replace("El agua", "Words first.\n\nEl agua")
    path = tmp_path / MARKDOWN
    path.write_text(newer, "utf-8")
    assert keep_fixes(path, before.encode(), fixed.encode()) == 2
    assert path.read_text("utf-8") == fixed.replace("El agua", "Words first.\n\nEl agua")
    own = newer.replace("[Wells]", "[Pumps]").replace("Table: Prices", "Table: Costs")
    path.write_text(own, "utf-8")
    assert keep_fixes(path, before.encode(), fixed.encode()) == 0
    assert path.read_text("utf-8") == own


def test_each_version_is_read_once_if_there_is_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Mock(wraps=direct_reading.read)
    monkeypatch.setattr(direct_reading, "read", read)
    assert carried(tmp_path, BEFORE) == BEFORE
    assert read.call_count == 3


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
