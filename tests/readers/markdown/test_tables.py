from __future__ import annotations

from collections.abc import Iterator

import pytest

from exporter.errors import SourceError
from exporter.model import (
    Alignment,
    At,
    Blocks,
    Cell,
    Code,
    CodeBlock,
    Column,
    Direction,
    Image,
    List,
    ListStyle,
    Node,
    Paragraph,
    Row,
    Scope,
    Strong,
    Table,
    Text,
)
from exporter.model.walk import headings, plain_text, walk
from exporter.readers.row_headers import with_row_headers
from tests.readers.markdown.reading import body, first, line, md, rules

PLAIN = "| a | b | c |\n|:--|:-:|--:|\n| d | 1 | 2 |\n| e | 3 | 4 |\n"


def _scopes(table):
    rows = [*table.head, *(row for part in table.bodies for row in part), *table.foot]
    return [[cell.scope for cell in row.cells] for row in rows]


def _grid(table):
    rows = [*table.head, *(row for part in table.bodies for row in part), *table.foot]
    return [[plain_text(cell) for cell in row.cells] for row in rows]


def test_a_pipe_table_has_column_headers_alignment_and_lines():
    (table,) = body(PLAIN)
    assert isinstance(table, Table)
    assert _grid(table) == [["a", "b", "c"], ["d", "1", "2"], ["e", "3", "4"]]
    assert _scopes(table) == [[Scope.COLUMN] * 3, [None] * 3, [None] * 3]
    assert [column.alignment for column in table.columns] == [Alignment.START, Alignment.CENTER, Alignment.END]
    assert [line(row) for row in (*table.head, *table.bodies[0])] == [1, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN + "\nTable: The *cap* {#t}",
        PLAIN + "\n: The *cap* {#t}",
        PLAIN + "Table: The *cap* {#t}",
        "Table: The *cap* {#t}\n\n" + PLAIN,
        ": The *cap* {#t}\n\n" + PLAIN,
        "Table: The *cap* {#t}\n" + PLAIN,
    ],
)
def test_a_caption_stands_before_or_after(text):
    (table,) = body(text)
    assert isinstance(table, Table)
    assert (plain_text(table.caption), table.at.id) == ("The cap", "t")
    assert len(table.bodies[0]) == 2


@pytest.mark.parametrize(
    "order", [("Table: one\n\n", "", "Table: two\n\n", ""), ("", "\nTable: one\n\n", "", "\nTable: two\n")]
)
def test_each_of_two_tables_keeps_its_own_caption(order):
    tables = body(order[0] + PLAIN + "\n" + order[1] + order[2] + PLAIN + "\n" + order[3])
    assert [plain_text(table.caption) for table in tables if isinstance(table, Table)] == ["one", "two"]
    assert len(tables) == 2


ROW = [Scope.ROW, None, None]


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        (PLAIN + "\nTable: x {.row-headers}", [[Scope.COLUMN] * 3, ROW, ROW]),
        (PLAIN.replace("d", "**d**").replace("e", "**e**"), [[Scope.COLUMN] * 3, ROW, ROW]),
        (PLAIN.replace("d", "**d**"), [[Scope.COLUMN] * 3, [None] * 3, [None] * 3]),
        (PLAIN.replace("a", " "), [[None, Scope.COLUMN, Scope.COLUMN], ROW, ROW]),
        (PLAIN.replace("a", " ") + "\n: x {.no-row-headers}", [[Scope.COLUMN] * 3, [None] * 3, [None] * 3]),
    ],
)
def test_row_headers_are_found_where_the_manuscript_says_so(text, scopes):
    table = first(text, Table)
    assert _scopes(table) == scopes
    assert _grid(table)[1][0] == "d"


@pytest.mark.parametrize("at", [At(id="x"), At(language="fr"), At(direction=Direction.RTL), At()])
def test_only_bold_without_attributes_is_taken_from_a_row_header(at):
    row = Row((Cell((Paragraph((Strong((Text("a"),), at=at),)),)), Cell(())))
    header = with_row_headers(Table((Column(), Column()), bodies=((row,),))).bodies[0][0].cells[0]
    assert header.scope is Scope.ROW
    assert isinstance(header.children[0].children[0], Text if at == At() else Strong)


def test_a_table_without_words_in_its_head_has_none():
    table = first("| | |\n|-|-|\n|a|b|", Table)
    assert table.head == ()
    assert _grid(table) == [["a", "b"]]


def test_short_and_long_rows_are_findings_and_nothing_is_lost():
    text = "|a|b|\n|-|-|\n|c|\n|d|e|f|"
    assert rules(text) == [("table-ragged", 3), ("table-ragged", 4)]
    assert _grid(first(text, Table)) == [["a", "b"], ["c", ""], ["d", "e f"]]


HTML = """<table id="t" class="row-headers">
<caption>The <em>cap</em></caption>
<colgroup><col><col style="text-align: right"></colgroup>
<thead>
<tr><th rowspan="2">a</th><th colspan="2">b</th></tr>

<tr><th>c</th><th>d</th></tr>
</thead>
<tbody><tr><td rowspan="2">e</td><td>1</td><td>2</td></tr>
<tr><td>3</td><td align="right">4</td></tr></tbody>
<tbody><tr><th scope="rowgroup">f</th><td>5</td><td>6</td></tr></tbody>
<tfoot><tr><th>g</th><td>7</td><td>8</td></tr></tfoot>
</table>"""


def test_an_html_table_keeps_its_parts_and_merged_cells():
    (table,) = body("x\n\n" + HTML + "\n")[1:]
    assert isinstance(table, Table)
    assert (plain_text(table.caption), table.at.id, line(table)) == ("The cap", "t", 3)
    assert [len(table.head), [len(rows) for rows in table.bodies], len(table.foot)] == [2, [2, 1], 1]
    assert [(cell.rowspan, cell.colspan) for cell in table.head[0].cells] == [(2, 1), (1, 2)]
    assert [column.alignment for column in table.columns] == [Alignment.START, Alignment.END, Alignment.START]
    assert table.bodies[0][1].cells[1].alignment is Alignment.END
    assert table.bodies[1][0].cells[0].scope is Scope.ROW_GROUP
    assert table.foot[0].cells[0].scope is Scope.ROW
    assert [line(row) for row in table.head] == [7, 9]


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        ("<tr><th>a<th>b<tr><td rowspan=9>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><th>a<th>b<tr><td>c", [["a", "b"], ["c", ""]]),
        ("<tr><th>a<th>b<tr><td colspan=0>c<td>d", [["a", "b"], ["c", "d"]]),
        (
            "<tr><th>a<th>b<th>c<tr><td>d<td rowspan=2>e<td>f<tr><td colspan=2>g",
            [["a", "b", "c"], ["d", "e", "f"], ["g", ""]],
        ),
    ],
)
def test_spans_that_do_not_fit_are_cut_with_a_finding(rows, grid):
    text = f"<table>{rows}</table>"
    assert {rule for rule, _ in rules(text)} == {"table-span"}
    assert _grid(first(text, Table)) == grid


def test_an_html_table_takes_a_caption_paragraph_too():
    table = first("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>\n\nTable: cap", Table)
    assert plain_text(table.caption) == "cap"


MULTILINE = """  ---------------------------------
  **District**      **Arrests**
  ----------------- ---------------
  North             1,204

  Coast             987
  ---------------------------------
"""
SIMPLE = """  District     Arrests
  ----------- ---------
  North           1,204
  Coast             987
"""
HEADLESS = """----------- ---------
North           1,204
----------- ---------
"""
GRID = """+---------------+---------------+
| District      | Arrests       |
+===============+===============+
| North         | 1,204         |
|               |               |
| - a list      |               |
+---------------+---------------+
"""


@pytest.mark.parametrize("table", [MULTILINE, SIMPLE, HEADLESS, GRID], ids=["multiline", "simple", "headless", "grid"])
def test_a_table_drawn_with_dashes_is_a_finding_and_keeps_its_words(table):
    text = f"# One\n\nBefore.\n\n{table}\nAfter.\n\n# Two\n\nText.\n"
    (finding,) = md(text).findings
    assert (finding.rule, finding.source.line) == ("table-unreadable", 5)
    code = first(text, CodeBlock)
    assert line(code) == 5
    assert code.text.split() == table.split()
    assert [node.text for node in headings(md(text).publication)] == ["One", "Two"]


def test_rules_and_paragraphs_beside_each_other_are_no_table():
    assert rules("# One\n\n----------\n\nText.\n\n- - -\n\nText.\n\n----------\n\nText --- and more --- text.\n") == []


def test_lists_written_as_html_in_a_cell_are_lists() -> None:
    source = "| a | b |\n|---|---|\n| Also in: <br/> <ul><li>one</li><li>*two*</li></ul> and more | <OL><li>x</OL> |\n"
    (table,) = body(source)
    first_cell, second = table.bodies[0][0].cells
    assert [type(block).__name__ for block in first_cell.children] == ["Paragraph", "List", "Paragraph"]
    before, listed, after = first_cell.children
    assert (plain_text(before).strip(), plain_text(after).strip()) == ("Also in:", "and more")
    assert [plain_text(item) for item in listed.items] == ["one", "two"]
    assert [(block.style, len(block.items)) for block in second.children] == [(ListStyle.DECIMAL, 1)]
    assert rules(source) == []


def _cell_lines(inner: str) -> list[str]:
    """Return the blocks of a cell as lines, those of lists with their numbers and indented."""
    (table,) = body(f"| a | b |\n|---|---|\n| {inner} | x |\n")
    return list(_lines(table.bodies[0][0].cells[0].children, ""))


def _lines(blocks: Blocks, indent: str) -> Iterator[str]:
    for block in blocks:
        if not isinstance(block, List):
            yield indent + plain_text(block)
            continue
        for number, item in enumerate(block.items, block.start):
            marker = "-" if block.style is ListStyle.BULLET else f"{block.style.value} {number}"
            first_line, *others = list(_lines(item.children, f"{indent}  ")) or [""]
            yield f"{indent}{marker} {first_line.strip()}"
            yield from others


@pytest.mark.parametrize(
    ("inner", "lines"),
    [
        (
            "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
            ["- a", "  decimal 1 b", "  decimal 2 c", "- d"],
        ),
        ("<ul><li>a<ul><li>b</li></ul> after</li></ul> end", ["- a", "  - b", "  after", "end"]),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", ["- a", "  - b"]),
        ('<ol start="5"><li>a<li>b</ol>', ["decimal 5 a", "decimal 6 b"]),
        ("<ol type=a start=3><li>a</li></ol>", ["lower-alpha 3 a"]),
        ('<ol><li>a</li><li value="7">b</li><li>c</li></ol>', ["decimal 1 a", "decimal 7 b", "decimal 8 c"]),
        ("<ol reversed><li>a</li><li>b</li></ol>", ["decimal 2 a", "decimal 1 b"]),
        ("<ul>Courts: <li>a</li><li>b</li></ul>", ["Courts:", "- a", "- b"]),
        ("<ul>a</ul>", ["a"]),
    ],
)
def test_lists_in_cells_keep_their_levels_numbers_and_order(inner: str, lines: list[str]) -> None:
    assert _cell_lines(inner) == lines


@pytest.mark.parametrize(("inner", "kind"), [("![ ](p.png)", Image), ("x ` `", Code)])
def test_what_is_no_text_is_kept_at_the_end_of_a_cell(inner: str, kind: type[Node]) -> None:
    table = first(f"| a | b |\n|---|---|\n| {inner} | x |\n", Table)
    assert any(isinstance(node, kind) for node in walk(table))


@pytest.mark.parametrize("inner", ["<ul><li>one", "one </ul>", "<ol><li>one</ul>", "<ul><li>a<ul><li>one</li></ul>"])
def test_lists_in_cells_that_are_not_closed_are_findings_and_keep_their_words(inner: str) -> None:
    source = f"| a | b |\n|---|---|\n| {inner} | x |\n"
    assert "one" in plain_text(first(source, Table).bodies[0][0].cells[0])
    assert set(rules(source)) == {("html-unclosed", 3)}


def test_lists_in_cells_that_are_nested_too_deeply_are_refused() -> None:
    with pytest.raises(SourceError, match="nested too deeply"):
        md(f"| a |\n|---|\n| {'<ul><li>' * 1000} |\n")
