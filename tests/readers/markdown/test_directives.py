"""Figures and tables that are directives of MyST, and code of which readers are to see the result."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.model.walk import plain_text, walk
from exporter.readers import markdown
from tests.readers.markdown.reading import body, first, md, rules

LIST_TABLE = """{opening} Water of the villages
:header-rows: 1
:stub-columns: 1
:name: tbl-water

* - Village
  - Litres
* - San Juan
  - 12
* - Santa Rosa
{closing}"""


@pytest.mark.parametrize(("opening", "closing"), [("```{figure}", "```"), (":::{figure}", ":::")])
def test_a_figure_has_its_caption_alt_text_and_name(opening: str, closing: str) -> None:
    options = ":alt: A broken pump\n:name: fig-well\n:width: 60mm"
    text = f"{opening} img/well.png\n{options}\n\nThe *well*.\n\nLegend.\n{closing}"
    figure, legend = body(text)
    assert isinstance(figure, m.Figure)
    assert isinstance(legend, m.Paragraph)
    (image,) = figure.images
    assert (image.source, image.alt, image.width) == ("img/well.png", m.Described("A broken pump"), 60)
    assert (figure.at.id, plain_text(figure.caption), plain_text(legend)) == ("fig-well", "The well.", "Legend.")
    assert rules(text) == []


def test_a_directive_of_code_is_code_in_its_language() -> None:
    code = first("```{code-block} python\n:linenos:\n:caption: a.py\n\nx = 1\n```", m.CodeBlock)
    assert (code.syntax, code.text) == ("python", "x = 1")


def test_an_image_without_an_alt_text_is_not_described() -> None:
    assert first("```{image} a.png\n```", m.Image).alt == m.Undescribed()
    assert first("```{image} a.png\n:alt:\n```", m.Image).alt == m.Decorative()


@pytest.mark.parametrize(("opening", "closing"), [("```{list-table}", "```"), (":::{list-table}", ":::")])
def test_lists_in_a_list_are_the_rows_of_a_table(opening: str, closing: str) -> None:
    text = LIST_TABLE.format(opening=opening, closing=closing)
    table = first(text, m.Table)
    assert (table.at.id, plain_text(table.caption), len(table.columns)) == ("tbl-water", "Water of the villages", 2)
    assert [[cell.scope for cell in row.cells] for row in table.head] == [[m.Scope.COLUMN, m.Scope.COLUMN]]
    rows = [[(plain_text(cell), cell.scope) for cell in row.cells] for row in table.bodies[0]]
    assert rows == [[("San Juan", m.Scope.ROW), ("12", None)], [("Santa Rosa", m.Scope.ROW), ("", None)]]
    assert rules(text) == []


def test_a_table_gets_the_caption_of_its_directive() -> None:
    table = first("```{table} Wells\n:name: tbl-1\n\n| A |\n|---|\n| 1 |\n```", m.Table)
    assert (table.at.id, plain_text(table.caption)) == ("tbl-1", "Wells")


@pytest.mark.parametrize("name", ["figure", ".image", "table", ".list-table"])
def test_a_block_that_only_has_the_name_of_a_directive_keeps_its_content(name: str) -> None:
    text = f"::: {{{name}}}\n![A dog](a.png)\n:::" if name.startswith(".") else f"::: {name}\n![A dog](a.png)\n:::"
    assert [rule for rule, _ in rules(text)] == ["fence-unknown"]
    (image,) = (node for node in walk(md(text).publication) if isinstance(node, m.Image))
    assert image.source == "a.png"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("```{figure} a.png\n:alt: A dog\n:target: https://example.org\n:align: left\n```", ":target:"),
        ("```{code-block} python\n:caption: How to start the pump\n:linenos:\n\nx = 1\n```", ":caption:"),
    ],
)
def test_options_that_say_something_are_not_lost_in_silence(text: str, option: str) -> None:
    (finding,) = md(text).findings
    assert (finding.rule, option in finding.message) == ("attribute-unknown", True)


def test_code_has_the_name_of_its_directive() -> None:
    code = first("```{code-block} python\n:name: pump\n\nx = 1\n```", m.CodeBlock)
    assert (code.at.id, code.text) == ("pump", "x = 1")
    assert first("```{code} python\n:linenos:\n```", m.CodeBlock).text == ""


@pytest.mark.parametrize("name", ["table", "list-table"])
def test_what_is_no_table_stays_with_a_finding(name: str) -> None:
    text = f"```{{{name}}} Wells\n- one\n- two\n```"
    assert rules(text) == [("table-unreadable", 1)]
    assert [plain_text(block) for block in md(text).publication.body] == ["Wells", "one two"]


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [
        ("```{r setup, include=FALSE}\nx <- 1\n```", True),
        ("```{python}\nx = 1\n```", True),
        ("```{code-cell} ipython3\nx = 1\n```", True),
        ("```{.python}\nx = 1\n```", False),
        ("```{r, eval=FALSE}\nx <- 1\n```", False),
        ("```{python}\n#| eval: false\nx = 1\n```", False),
        ("```python\nx = 1\n```", False),
        ("We found `r nrow(x)` wells.", True),
        ("We found `{python} n` wells.", True),
        ("The letter `r` alone.", False),
    ],
)
def test_code_whose_result_is_missing_is_reported(text: str, is_reported: bool) -> None:
    read = markdown.read(text.encode(), "report.Rmd")
    assert [finding.rule for finding in read.findings] == ["markup-foreign"] * is_reported
    assert all("quarto render" in finding.advice for finding in read.findings)


def test_code_that_only_r_markdown_runs_is_code_elsewhere() -> None:
    assert rules("We found `r nrow(x)` wells.") == []
