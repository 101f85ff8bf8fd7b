"""Fixes that a newer version of a manuscript is given, where its author has not changed what they were about."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from unittest.mock import Mock

import pytest

from exporter.model.walk import plain_text, walk
from exporter.pipeline import direct_reading
from exporter.revise import TypedList
from exporter.revise.carry_over import CarriedFixes, carried_over
from exporter.revise.fixes import LostFix
from exporter.studio.revising import KeptFixes, keep_fixes
from tests.readers.docx.files import item, numbering, p, package, read

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
        ("lang: en", 'lang: en\ncover: {image: "chart.png", alt: "Wells"}'),
        ("![](chart.png)", "![A chart](chart.png)\n\n::: description\nTwo bars.\n\nOne is longer.\n:::"),
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
    assert keep_fixes(path, before.encode(), fixed.encode()).counts == {"caption": 2}
    assert path.read_text("utf-8") == fixed.replace("El agua", "Words first.\n\nEl agua")
    own = newer.replace("[Wells]", "[Pumps]").replace("Table: Prices", "Table: Costs")
    path.write_text(own, "utf-8")
    assert keep_fixes(path, before.encode(), fixed.encode()) == KeptFixes()
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


def test_a_list_is_carried_over_without_the_numbered_line_below_it(tmp_path: Path) -> None:
    before = "# A\n\nWords.\n\n• one\n\n• two\n\n1. Background\n\nMore words.\n"
    before = before.replace("1. Back", "1\\) Back")
    fixed = before.replace("• one\n\n• two", "- one\n\n- two").replace("1\\) Background", "## 1\\) Background")
    path = tmp_path / MARKDOWN
    path.write_text(before.replace("More", "Some more"), "utf-8")
    assert keep_fixes(path, before.encode(), fixed.encode()) == KeptFixes({"heading": 1, "list": 1})
    assert path.read_text("utf-8") == fixed.replace("More", "Some more")


def test_what_is_there_twice_is_fixed_twice(tmp_path: Path) -> None:
    part = "**Result**\n\nSí.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    before, new = f"# A\n\n{part}Words.\n\n{part}", f"# B\n\n{part}Other words.\n\n{part}"

    def fixed(text: str) -> str:
        text = text.replace("**Result**", "## Result").replace("Sí.", "::: {lang=es}\nSí.\n:::")
        return text.replace("| a |", "Table: T\n\n| a |")

    path = tmp_path / MARKDOWN
    path.write_text(new, "utf-8")
    kept = keep_fixes(path, before.encode(), fixed(before).encode())
    assert kept == KeptFixes({"caption": 2, "heading": 2, "language": 2})
    assert path.read_text("utf-8") == fixed(new)


@pytest.mark.parametrize(
    ("fix", "gone", "lost"),
    [
        (("![](", "![A chart]("), ("![](chart.png)\n", ""), LostFix("picture", "A chart")),
        (("**Who pays**", "## Who pays"), ("Who pays", "Who is paying"), LostFix("heading", "Who pays")),
        (("• one\n\n• two", "- one\n\n- two"), ("• two", "• three"), LostFix("list", "one")),
        (
            ("agua es de todos", "[agua es de todos]{lang=es}"),
            ("El", "Hoy el"),
            LostFix("language", "agua es de todos"),
        ),
        (("| Island", "Table: Prices\n\n| Island"), ("Island", "Place"), LostFix("caption", "Prices")),
        (("**ANA:**", "**Ana:**"), ("Two.", "Three."), LostFix("speaker", "Ana")),
    ],
)
def test_what_is_not_carried_over_is_said(
    tmp_path: Path, fix: tuple[str, str], gone: tuple[str, str], lost: LostFix
) -> None:
    path = tmp_path / MARKDOWN
    newer = BEFORE.replace(*gone)
    path.write_text(newer, "utf-8")
    assert keep_fixes(path, BEFORE.encode(), BEFORE.replace(*fix).encode()) == KeptFixes(lost=(lost,))
    assert path.read_text("utf-8") == newer


def test_a_fix_that_cannot_be_written_is_said_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / MARKDOWN
    newer = BEFORE.replace("**Who pays**", "> **Who pays**")
    path.write_text(newer, "utf-8")
    (lost,) = keep_fixes(path, BEFORE.encode(), BEFORE.replace("**Who pays**", "## Who pays").encode()).lost
    assert (lost.kind, lost.subject) == ("heading", "Who pays")
    assert lost.reason.startswith("The line is part of")


def test_fixes_are_carried_over_into_another_format(tmp_path: Path) -> None:
    path = tmp_path / "manuscript.html"
    path.write_text(
        "<html lang=en><title>A</title><h1>A</h1>\n<p>Words.</p>\n<p>El agua es de todos.</p></html>", "utf-8"
    )
    before = "# A\n\nWords.\n\nEl agua es de todos.\n"
    fixed = before.replace("El agua", "::: {lang=es}\nEl agua").replace("todos.", "todos.\n:::")
    kept = keep_fixes(path, before.encode(), fixed.encode(), "manuscript.md")
    assert kept.counts == {"language": 1}
    assert '<p lang="es">El agua' in path.read_text("utf-8")


_SCHOOLS, _WELLS, _ROADS = (
    f"| Name | Amount |\n|---|---|\n| {name} | 1 |\n\nWords.\n\n" for name in ("Norra", "Pump", "Pier")
)


@pytest.mark.parametrize(
    ("before", "fixed", "newer", "result", "kept"),
    [
        pytest.param(
            f"# A\n\n{_SCHOOLS}{_WELLS}",
            f"# A\n\nTable: Schools\n\n{_SCHOOLS}Table: Wells\n\n{_WELLS}",
            f"# A\n\n{_ROADS}{_SCHOOLS}{_WELLS}",
            f"# A\n\n{_ROADS}Table: Schools\n\n{_SCHOOLS}Table: Wells\n\n{_WELLS}",
            KeptFixes({"caption": 2}),
            id="tables with one head row are told apart by the other rows",
        ),
        pytest.param(
            f"# A\n\n{_SCHOOLS}{_WELLS}",
            f"# A\n\nTable: Schools\n\n{_SCHOOLS}Table: Wells\n\n{_WELLS}",
            f"# A\n\n{_ROADS}{_SCHOOLS}".replace("Norra", "Södra") + _WELLS,
            f"# A\n\n{_ROADS}{_SCHOOLS}".replace("Norra", "Södra") + f"Table: Wells\n\n{_WELLS}",
            KeptFixes({"caption": 1}, (LostFix("caption", "Schools"),)),
            id="a table that has changed is not another one beside it",
        ),
        pytest.param(
            "# A\n\n![](a.png)\n\nWords.\n\n![](a.png)\n",
            "# A\n\n![](a.png){.decorative}\n\nWords.\n\n![A map](a.png)\n",
            "# A\n\nWords.\n\n![](a.png)\n",
            "# A\n\nWords.\n\n![A map](a.png)\n",
            KeptFixes({"picture": 1}, (LostFix("picture", ""),)),
            id="of an image that was there twice, the one with the same text around it stays",
        ),
        pytest.param(
            "# A\n\n![](a.png)\n\nWords.\n\n![](a.png)\n",
            '# A\n\n![North](a.png){alt="Map"}\n\nWords.\n\n![](a.png)\n',
            "# B\n\nWords.\n\n![](a.png)\n\nMore.\n",
            "# B\n\nWords.\n\n![](a.png)\n\nMore.\n",
            KeptFixes(lost=(LostFix("picture", "Map"), LostFix("caption", "North"))),
            id="nothing says which image is left",
        ),
        pytest.param(
            "# A\n\nWords.\n\n**Summary**\n\nMore.\n",
            "# A\n\nWords.\n\n## Summary\n\nMore.\n",
            "# A\n\n**Summary**\n\nWords.\n\n**Summary**\n\nMore words.\n",
            "# A\n\n**Summary**\n\nWords.\n\n**Summary**\n\nMore words.\n",
            KeptFixes(lost=(LostFix("heading", "Summary"),)),
            id="nothing says which line is the old one",
        ),
        pytest.param(
            "# A\n\nWords.\n\n**Summary**\n\nMore.\n",
            "# A\n\nWords.\n\n## Summary\n\nMore.\n",
            "# A\n\n**Summary**\n\nWords.\n\n**Summary**\n\nMore.\n",
            "# A\n\n**Summary**\n\nWords.\n\n## Summary\n\nMore.\n",
            KeptFixes({"heading": 1}),
            id="the line with the same text around it is the old one",
        ),
        pytest.param(
            "---\ntitle: T\n---\n\n# Background\n\nWords.\n\n## Part\n\nText.\n\n**Background**\n\nMore.\n",
            "---\ntitle: T\n---\n\n# Background\n\nWords.\n\n## Part\n\nText.\n\n### Background\n\nMore.\n",
            "---\ntitle: T\n---\n\n# Background\n\nWords.\n\n## Part\n\nNew text.\n\n**Background**\n\nMore.\n",
            "---\ntitle: T\n---\n\n# Background\n\nWords.\n\n## Part\n\nNew text.\n\n### Background\n\nMore.\n",
            KeptFixes({"heading": 1}),
            id="a heading that was there before does not give its level",
        ),
        pytest.param(
            "# A\n\nWords.\n\n**Summary**\n\nMore.\n\n**Summary**\n\nEnd.\n",
            "# A\n\nWords.\n\n## Summary\n\nMore.\n\n**Summary**\n\nEnd.\n",
            "# A\n\nNew words.\n\n**Summary**\n\nMore.\n\n**Summary**\n\nEnd.\n",
            "# A\n\nNew words.\n\n## Summary\n\nMore.\n\n**Summary**\n\nEnd.\n",
            KeptFixes({"heading": 1}),
            id="of two lines, the one that was fixed",
        ),
        pytest.param(
            "# A\n\nHola a todos.\n\nWords.\n\nHola a todos.\n",
            "# A\n\nHola a todos.\n\nWords.\n\n[Hola a todos.]{lang=es}\n",
            "# A\n\nHola a todos.\n\nHola a todos.\n\nHola a todos.\n\nEnd.\n",
            "# A\n\nHola a todos.\n\nHola a todos.\n\nHola a todos.\n\nEnd.\n",
            KeptFixes(lost=(LostFix("language", "Hola a todos."),)),
            id="nothing says which passage was marked",
        ),
        pytest.param(
            "# A\n\n• one\n\n• two\n\nWords.\n\n• one\n\n• two\n\nEnd.\n",
            "# A\n\n• one\n\n• two\n\nWords.\n\n- one\n- two\n\nEnd.\n",
            "# A\n\n• one\n\n• two\n\nNew words.\n\n• one\n\n• two\n\nEnd.\n",
            "# A\n\n• one\n\n• two\n\nNew words.\n\n- one\n\n- two\n\nEnd.\n",
            KeptFixes({"list": 1}),
            id="of two lists, the one that was fixed",
        ),
        pytest.param(
            "# A\n\n• one\n\n• two\n\nWords.\n\n• three\n\n• four\n\n• five\n\nEnd.\n",
            "# A\n\n- one\n- two\n\nWords.\n\n- three\n- four\n- five\n\nEnd.\n",
            "# A\n\n• one\n\n• two\n\nWords.\n\n• three\n\n• four\n\n• five\n\nNew end.\n",
            "# A\n\n- one\n\n- two\n\nWords.\n\n- three\n\n- four\n\n- five\n\nNew end.\n",
            KeptFixes({"list": 2}),
            id="a short list is not counted again as the beginning of a longer one",
        ),
        pytest.param(
            "# A\n\n::: transcript\n**Bo:** No.\n\n**ANA:** Yes.\n\n**Bo:** Yes.\n:::\n",
            "# A\n\n::: transcript\n**Bo:** No.\n\n**Ana:** Yes.\n\n**Bo:** Yes.\n:::\n",
            "# A\n\n::: transcript\n**Bo:** Yes.\n:::\n",
            "# A\n\n::: transcript\n**Bo:** Yes.\n:::\n",
            KeptFixes(lost=(LostFix("speaker", "Ana"),)),
            id="a speaker is not another one who says the same",
        ),
    ],
)
def test_what_is_there_more_than_once_is_not_mistaken(
    tmp_path: Path, before: str, fixed: str, newer: str, result: str, kept: KeptFixes
) -> None:
    path = tmp_path / MARKDOWN
    path.write_text(newer, "utf-8")
    assert keep_fixes(path, before.encode(), fixed.encode()) == kept
    assert path.read_text("utf-8") == result


@pytest.mark.parametrize("name", ["manuscript.docx", "manuscript.html", "manuscript.md"])
def test_every_passage_of_a_paragraph_is_carried_over(tmp_path: Path, name: str) -> None:
    words = "She wrote El agua es de todos and then Nada nos queda here."
    before = f"# A\n\n{words}\n"
    fixed = before.replace("El agua es de todos", "[El agua es de todos]{lang=es}")
    fixed = fixed.replace("Nada nos queda", "[Nada nos queda]{lang=pt}")
    path = tmp_path / name
    page = f"<html lang=en><title>A</title><h1>A</h1>\n<p>{words}</p></html>"
    newer = {".docx": package(p(words)), ".html": page.encode(), ".md": before.encode()}
    path.write_bytes(newer[path.suffix])
    kept = keep_fixes(path, before.encode(), fixed.encode(), "manuscript.md")
    assert kept == KeptFixes({"language": 2})
    marked = [node for node in walk(direct_reading.read(path, path.read_bytes()).publication) if node.at.language]
    languages = {plain_text(node): node.at.language for node in marked}
    assert languages == {"El agua es de todos": "es", "Nada nos queda": "pt"}


@pytest.mark.parametrize("inner", [("in", "on"), ("in",)])
def test_a_list_with_levels_is_carried_over_as_a_whole(inner: tuple[str, ...]) -> None:
    typed = "".join(map(p, ("1. One", *map("{}) {}".format, "ab", inner), "2. Two")))
    listed = item("One") + "".join(item(words, 1) for words in inner) + item("Two")
    newer = p("More words.") + typed
    fixed = read(p("Words.") + listed + p("Words."), parts={"numbering.xml": numbering("decimal", "lowerLetter")})
    fixes = carried_over(read(p("Words.") + typed + p("Words.")), fixed, read(newer))
    (fix,) = fixes.carried
    assert isinstance(fix.change, TypedList)
    assert fix.subject == "One"
    assert len(fix.change.others) == len(inner) + 1
    assert fixes.lost == ()
    changed = carried_over(read(typed + p("Words.")), fixed, read(newer.replace("2. Two", "2. Three")))
    assert changed == CarriedFixes((), (LostFix("list", "One"),))


def test_a_long_typed_list_costs_no_time() -> None:
    typed, listed = ("# A\n\n" + "\n\n".join(f"{mark} item {number}" for number in range(1_500)) for mark in "•-")
    before, fixed, newer = (direct_reading.read(MARKDOWN, text.encode()) for text in (typed, listed, typed))
    start = process_time()
    (fix,) = carried_over(before, fixed, newer).carried
    assert process_time() - start < 1
    assert isinstance(fix.change, TypedList)
    assert len(fix.change.others) == 1_499
