"""Alt texts exchanged as a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from exporter import service
from exporter.cli.command_line import run
from exporter.errors import SourceError
from exporter.model import Alt, Decorative, Described, Undescribed
from exporter.revise import AltText, DecorativeImage
from exporter.service.descriptions import export_descriptions, import_descriptions
from exporter.service.pictures import pictures
from tests.readers.docx.files import p, package, picture
from tests.readers.docx.held import PICTURES

SQUARE = PICTURES[0][1]


def test_the_text_around_a_picture_has_a_line_for_each_row_of_a_table(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    table = "<table><caption>Prices</caption><tr><td>Island<td>Price<tr><td><p>Norra<p>North<td>4</table>"
    page.write_text(f"<html lang=en><title>A</title><h1>A</h1><p>Words.<p><img src=a.png>{table}<p>More.</html>")
    (row,) = pictures(page)
    assert row.before == "Words."
    assert row.after == "Prices\nIsland | Price\nNorra\nNorth | 4\nMore."


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    path = tmp_path / "report.docx"
    body = (
        p("Beginnings", "Heading1")
        + p("Words before the picture.")
        + p(picture(""))
        + p("Words between.")
        + p(picture('descr="=2+3 in a cell"', relation="rIdOther"))
        + p("The end.")
        + p("Other things", "Heading1")
        + p("They are not about the picture.")
    )
    other = SQUARE + b"\0"
    path.write_bytes(
        package(body, parts={"media/b.png": other}, relations={"rIdOther": ("image", "media/b.png")}),
    )
    return path


def alts(manuscript: Path) -> list[Alt]:
    return [picture.alt for picture in pictures(manuscript)]


def rows_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))


def filled(table: bytes, texts: dict[str, str], decorative: dict[str, str] | None = None) -> list[list[str]]:
    """Return the rows with other alt texts, by the number of the picture."""
    head, *rows = rows_of(table)
    for row in rows:
        row[head.index("Alt text")] = texts.get(row[0], row[head.index("Alt text")])
        row[head.index("Decorative (yes or no)")] = (decorative or {}).get(row[0], "")
    return [head, *rows]


def written(rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def test_the_table_shows_each_image_in_its_text_and_no_formula(manuscript: Path) -> None:
    table = export_descriptions(manuscript)
    assert table.startswith(b"\xef\xbb\xbf")
    head, first, second = rows_of(table)
    row = dict(zip(head, first, strict=True))
    assert (row["Heading"], row["Text before"], row["Text after"]) == (
        "Beginnings",
        "Words before the picture.",
        "Words between. The end.",
    )
    assert row["Place"] == "under “Beginnings”, picture after “Words before the picture.”"
    assert dict(zip(head, second, strict=True))["Alt text"] == "'=2+3 in a cell"
    assert import_descriptions(manuscript, table) == service.ImportedDescriptions(())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_a_table_that_excel_has_saved_is_read(manuscript: Path, separator: str, encoding: str) -> None:
    text = 'Línea "azul", sube; ¿no?\n48 %'
    rows = filled(export_descriptions(manuscript), {"1": text})
    rows = [[row[index] for index in (9, 8, 0, 7)] for row in (rows[0], *reversed(rows[1:]))]
    imported = import_descriptions(manuscript, written(rows, separator).encode(encoding))
    (change,) = imported.changes
    assert isinstance(change, AltText)
    assert (change.text, imported.problems) == ('Línea "azul", sube; ¿no? 48 %', ())


def test_the_encoding_of_old_spreadsheets(manuscript: Path) -> None:
    rows = filled(export_descriptions(manuscript), {"1": "Línea"})
    (change,) = import_descriptions(manuscript, f"sep=;\r\n{written(rows, ';')}".encode("cp1252", "replace")).changes
    assert isinstance(change, AltText)
    assert change.text == "Línea"


def test_rows_that_cannot_be_used_have_a_reason(manuscript: Path) -> None:
    rows = filled(export_descriptions(manuscript), {"1": "One", "2": "Two"}, {"1": "yes", "2": "perhaps"})
    rows.append([*rows[1][:7], "", "One", "9-0000000000"])
    rows += [[*rows[1][:7], "", "One", rows[1][9]], [*rows[1][:7], "", "Other", rows[1][9]]]
    imported = import_descriptions(manuscript, written(rows).encode())
    assert len(imported.changes) == 1
    assert [problem.partition(":")[0] for problem in imported.problems] == [
        f"Row {number} was ignored" for number in (2, 3, 4, 6)
    ]


def test_a_key_still_identifies_an_image_after_another_was_inserted(manuscript: Path) -> None:
    table = export_descriptions(manuscript)
    body = p("New.") + p(picture("", relation="rIdOther")) + p("Words.") + p(picture(""))
    relations = {"rIdOther": ("image", "media/b.png")}
    manuscript.write_bytes(package(body, parts={"media/b.png": SQUARE + b"\0"}, relations=relations))
    imported = import_descriptions(manuscript, written(filled(table, {"1": "A square"})).encode())
    assert [change.source.anchor for change in imported.changes if isinstance(change, AltText)] == [6, 3]


@pytest.mark.parametrize("table", [b"", b"a,b\r\n1,2\r\n", SQUARE, b'Key,Alt text\r\n"1'])
def test_other_files_are_no_table(manuscript: Path, table: bytes) -> None:
    if table.startswith(b"Key"):
        assert import_descriptions(manuscript, table).problems
        return
    with pytest.raises(SourceError):
        import_descriptions(manuscript, table)


def test_the_commands(manuscript: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["describe", str(manuscript)]) == 0
    table = manuscript.with_name("report-images.csv")
    assert f"Created: {table}; images without alt text: 1" in capsys.readouterr().out.replace("\n", " ").replace(
        "  ", " "
    )
    rows = filled(table.read_bytes(), {"1": "A blue square", "2": ""}, {"2": "yes"})
    table.write_text(written(rows))
    assert run(["describe", str(manuscript), str(table)]) == 0
    assert alts(manuscript) == [Described("A blue square"), Decorative()]
    assert run(["restore", str(manuscript)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1: until 20")
    assert run(["restore", str(manuscript), "1"]) == 0
    assert alts(manuscript) == [Undescribed(), Described("=2+3 in a cell")]
    assert run(["describe", str(manuscript)]) == 7


def test_a_folder_stands_for_its_manuscript(manuscript: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["describe", str(manuscript.parent)]) == 0
    assert "report-images.csv; images without alt text: 1" in capsys.readouterr().out
    assert run(["restore", str(manuscript.parent)]) == 0
    assert "report.docx: exporter has not changed it." in capsys.readouterr().out
    (manuscript.parent / "other.docx").write_bytes(manuscript.read_bytes())
    assert run(["restore", str(manuscript.parent)]) != 0
    for name in ("one", "two"):
        (manuscript.parent / "input" / name).mkdir(parents=True)
        (manuscript.parent / "input" / name / "manuscript.docx").write_bytes(manuscript.read_bytes())
    capsys.readouterr()
    assert run(["restore", str(manuscript.parent / "input")]) != 0
    assert "Several manuscripts in" in capsys.readouterr().err
    assert run(["restore", str(manuscript.parent / "none.docx")]) != 0


def test_decorative_is_taken_back(manuscript: Path) -> None:
    rows = filled(export_descriptions(manuscript), {"2": ""}, {"2": "Sí"})
    (change,) = import_descriptions(manuscript, written(rows).encode()).changes
    assert isinstance(change, DecorativeImage)


def test_a_line_that_begins_like_the_caption_of_another_picture_or_table_is_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "manuscript.md"
    path.write_text(
        "# A\n\n![](a.png)\n\nFigure 1: Wells\n\n![](b.png)\n\nWords.\n\n![](c.png)\n\nFigure 2: Pumps\n\n"
        "![](d.png)\n\nFigure 3: Pipes\n\n![](e.png)\n\nTable 1: Prices\n\n| a |\n|---|\n| 1 |\n",
        "utf-8",
    )
    lines = [row.line.text if row.line else "" for row in pictures(path)]
    assert lines == ["Figure 1: Wells", "Words.", "Figure 2: Pumps", "Figure 3: Pipes", ""]
    path.write_text("# A\n\nFigure 1: Wells\n\n![](a.png)\n\nFigure 2: Pumps\n\n![](b.png)\n\nWords.\n", "utf-8")
    lines = [row.line.text if row.line else "" for row in pictures(path)]
    assert lines == ["Figure 2: Pumps", "Words."]
