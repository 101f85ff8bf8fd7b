"""Braille as transcribers lay it out: codes, headings, paragraphs, lists, notes, boxes, tables, pages of print."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter.braille import files, liblouis
from exporter.braille.codes import CODES, Grade
from exporter.errors import UnavailableError
from exporter.model import Metadata, PageBreak, Paragraph, Publication, Row, Scope, Table
from exporter.model.walk import plain_text, walk
from exporter.writers.braille import FileFormat, Notes
from tests.writers.braille.made import make, needs_liblouis, tree

pytestmark = needs_liblouis
WORD = "knowledge "
MANY = "\n\n".join(f"# Chapter {number}\n\n{WORD * 150}" for number in range(1, 9))


@pytest.mark.parametrize(("grade", "name", "line"), [
    (Grade.CONTRACTED, "g2", "  ,! ,C\\RT HAS NO K"),
    (Grade.UNCONTRACTED, "g1", "  ,THE ,COURT HAS NO KNOWLEDGE"),
])  # fmt: skip
def test_contracted_or_not_and_the_name_says_it(tmp_path: Path, grade: Grade, name: str, line: str) -> None:
    made = make(tmp_path, "The Court has no knowledge", grade=grade)
    assert made.path.name == f"wait-en-ueb-{name}-40x25.brf"
    assert made.lines[0] == line


def test_headings_are_centred_or_indented_and_paragraphs_begin_in_the_third_cell(tmp_path: Path) -> None:
    made = make(tmp_path, f"# One\n\n{WORD * 20}\n\n## Two\n\n### Three\n\nText.", grade=Grade.UNCONTRACTED)
    indents = [len(line) - len(line.lstrip("⠀")) for line in made.text if line]
    assert (indents[0], indents[1], indents[2]) == (18, 2, 0)
    assert indents[7:10] == [4, 6, 2]
    assert made.lines[1].startswith("  KNOWLEDGE")
    assert made.lines[2].startswith("KNOWLEDGE")


def test_the_lines_of_a_paragraph_are_lines_of_braille(tmp_path: Path) -> None:
    made = make(tmp_path, "gamma\\\nbeta delta\\\n*alpha*", grade=Grade.UNCONTRACTED)
    assert [line.replace(".1", "") for line in made.lines[:3]] == ["  GAMMA", "  BETA DELTA", "  ALPHA"]


def test_lists_are_indented_by_level_and_have_their_numbers(tmp_path: Path) -> None:
    made = make(tmp_path, "3. alpha\n   - beta\n4. gamma", grade=Grade.UNCONTRACTED)
    assert made.lines[:3] == ["#C4 ALPHA", "  _4 BETA", "#D4 GAMMA"]


def test_a_box_to_tick_is_named(tmp_path: Path) -> None:
    made = make(tmp_path, "- ☐ Sí\n- ☑ No", "es")
    assert made.lines[:2] == ["- (CASILLA VAC/A) .S/", "- (CASILLA MARCADA) .NO"]


@pytest.mark.parametrize(("notes", "order"), [
    (Notes.PARAGRAPH, ["FIRST", "NOTED", "SECOND", "THIRD"]),
    (Notes.CHAPTER, ["FIRST", "SECOND", "NOTED", "THIRD"]),
    (Notes.END, ["FIRST", "SECOND", "THIRD", "NOTED"]),
])  # fmt: skip
def test_notes_are_where_the_settings_want_them(tmp_path: Path, notes: Notes, order: list[str]) -> None:
    text = "# A\n\nfirst[^1]\n\nsecond\n\n# B\n\nthird\n\n[^1]: noted"
    made = make(tmp_path, text, notes=notes, grade=Grade.UNCONTRACTED)
    words = "\n".join(made.lines)
    assert sorted(order, key=words.index) == order
    assert "FIRST;9#A" in words


def test_pictures_boxes_scripts_and_emphasis_have_their_signs(tmp_path: Path) -> None:
    picture, box, script = "![A door](img/a.png)", "::: box\nInside\n:::", "::: script\n**Ana:** Hello\n:::"
    text = f"{picture}\n\n{box}\n\n{script}\n\n*one* and **two words here now**"
    made = make(tmp_path, text, grade=Grade.UNCONTRACTED)
    words = "\n".join(made.lines)
    assert "      @.<,PICTURE3 ,A DOOR@.>" in words
    assert made.text.count("⠶" * 40) == made.text.count("⠛" * 40) == 1
    assert ",ANA3 ,HELLO" in words
    assert ".1ONE AND ^7TWO WORDS HERE NOW^'" in words


def test_emphasis_has_the_signs_of_its_code_or_a_finding(tmp_path: Path) -> None:
    made = make(tmp_path, "# Un *título*\n\nEs *muy **importante** hoy*.", "es")
    assert made.lines[0].strip() == ".UN T/TULO"
    assert made.lines[1].strip() == ".ES 9MUY IMPORTANTE HOY9'"
    assert "not-carried" in make(tmp_path, "Molto *importante*.", "it").rules
    assert make(tmp_path, "Molto importante: socio-economico.", "it").rules == set()


def test_tables_are_in_columns_or_row_by_row(tmp_path: Path) -> None:
    narrow = make(tmp_path, "| A | B |\n|---|--:|\n| ab | 12 |", grade=Grade.UNCONTRACTED)
    assert narrow.lines[:3] == [",A   ,B", "33  333", "AB  #AB"]
    cells = [f"word{number}" * 3 for number in range(4)]
    text = f"| {' | '.join(cells)} |\n|---|---|---|---|\n| a | b | c | d |"
    words = "\n".join(make(tmp_path, text, grade=Grade.UNCONTRACTED).lines)
    assert ",THE TABLE IS WRITTEN ROW BY" in words
    assert "WORD#BWORD#BWORD#B3 C" in words


def test_what_is_nested_is_no_wider_than_the_page(tmp_path: Path) -> None:
    table = "      | A | B |\n      |---|---|\n      | first words | other words |\n"
    text = f"- one\n\n  - two\n\n    - three\n\n{table}\n\n> ::: box\n> Inside\n> :::\n"
    made = make(tmp_path, text, cells=20, lines=10, grade=Grade.UNCONTRACTED)
    assert max(map(len, made.text)) <= 20
    assert "⠀⠀" + "⠶" * 18 in made.text


def test_a_publication_without_text_has_a_title_page(tmp_path: Path) -> None:
    made = make(tmp_path, Publication(Metadata(title="A", language="en")))
    assert made.pages[0][-1].endswith("⠞⠼⠁")


def test_passages_are_in_the_code_of_their_language(tmp_path: Path) -> None:
    made = make(tmp_path, "They said [Qué año]{lang=es} and left, [xochitl]{lang=nah}.")
    assert "⠟⠥⠮⠀⠁⠻⠕" in "⠀".join(made.text)
    assert made.rules == {"braille-language"}


def test_what_a_code_cannot_write_is_found(tmp_path: Path) -> None:
    made = make(tmp_path, "A flower ✿ and ﬁne “quotes”…")
    (finding,) = made.result.findings
    assert finding.rule == "braille-character"
    assert "U+273F" in finding.message
    assert "[U+273F]" not in "".join(made.lines)


def test_many_letters_of_a_script_are_one_finding(tmp_path: Path) -> None:
    made = make(tmp_path, "A flower ✿ and 故事很简单的感情.")
    assert [finding.message for finding in made.result.findings] == [
        "The braille code has no cells for “✿” (U+273F, black florette), which occurs once; it is written “[U+273F]”.",
        "The braille code has no cells for 8 characters of the script Han, such as 故 事 很 简 单; the first is "
        "written “[U+6545]”.",
    ]


def test_formulas_are_in_ueb_or_in_words(tmp_path: Path) -> None:
    made = make(tmp_path, r"It is $\frac{a+b}{2}=\sqrt{x}$ and $x^{n+1}$.")
    cells = "⠀".join(made.text)
    assert "⠷⠁⠐⠖⠃⠨⠌⠼⠃⠾⠀⠐⠶⠀⠩⠭⠬" in cells
    assert "⠭⠔⠣⠝⠐⠖⠼⠁⠜" in cells
    assert made.rules == set()
    assert make(tmp_path, "Es $x^2$.", "es").rules == {"braille-formula"}


def test_pages_of_print_are_marked(tmp_path: Path) -> None:
    before, after = tree("Before\n\nAfter").body
    body = (PageBreak(label="7"), before, PageBreak(label="8"), after)
    made = make(tmp_path, Publication(Metadata(title="A", language="en"), body=body))
    assert made.pages[-1][0].endswith("⠼⠛")
    assert any(line == "⠤" * 38 + "⠼⠓" for line in made.text)


@pytest.mark.parametrize("lines", range(17, 23))
@pytest.mark.parametrize("following", ["After", "# After\n\nText", "![A door](img/a.png)"])
def test_a_line_of_dashes_is_never_the_last_one_of_a_page(lines: int, following: str, tmp_path: Path) -> None:
    before, after = tree("\n".join(f"| {number}" for number in range(lines))).body, tree(following).body
    body = (PageBreak(label="7"), *before, PageBreak(label="8"), *after)
    made = make(tmp_path, Publication(Metadata(title="A", language="en"), body=body), lines=25)
    ends = [[line for line in page[1:-1] if line][-1] for page in made.pages]
    assert not [line for line in ends if line.startswith("⠤" * 5)]
    shown = [page[0] for page in made.pages] + [line for line in made.text if line.startswith("⠤" * 5)]
    assert any(line.endswith("⠼⠓") for line in shown)


def test_pages_of_print_that_are_empty_are_announced_with_the_next_one(tmp_path: Path) -> None:
    before, after = tree("Before\n\nAfter").body
    body = (before, PageBreak(label="7"), PageBreak(label="8"), after)
    made = make(tmp_path, Publication(Metadata(title="A", language="en"), body=body))
    assert any(line.startswith("⠤" * 5) and line.endswith("⠼⠛⠤⠼⠓") for line in made.text)


def test_a_page_of_print_that_begins_with_a_volume_is_announced_there(tmp_path: Path) -> None:
    sections = tree(MANY).body
    body = tuple(
        block for number, section in enumerate(sections, 1) for block in (PageBreak(label=f"{number}"), section)
    )
    made = make(
        tmp_path, Publication(Metadata(title="A", language="en"), body=body), volume_pages=10, grade=Grade.UNCONTRACTED
    )
    begins = next(index for index, page in enumerate(made.pages[1:], 1) if page[-1].endswith("⠞⠼⠁"))
    first = next(page for page in made.pages[begins:] if not page[-1].strip("⠀").startswith("⠞"))
    label = first[0].rpartition("⠀")[2]
    assert label.startswith("⠼")
    assert not any(
        line.startswith("⠤" * 5) and line.endswith(f"⠤{label}") for page in made.pages[:begins] for line in page
    )


def test_pages_of_print_that_begin_in_a_table_are_marked(tmp_path: Path) -> None:
    for table in ("| A | B |\n|--|--|\n| cell | 1 |\n| other | 2 |", f"| A | B |\n|--|--|\n| cell | {WORD * 20} |"):
        publication = tree(table)
        cell = next(node for node in walk(publication) if isinstance(node, Paragraph) and plain_text(node) == "cell")
        pages = {"labels": ["1", "2"], "starts": [{"node": publication.body[0].at.id}, {"node": cell.at.id}]}
        made = make(tmp_path, publication, facts={"pdf.pages": msgspec.json.encode(pages)})
        assert any(line.startswith("⠤" * 5) and line.endswith("⠼⠃") for line in made.text), table


def test_a_page_of_print_with_the_imprint_is_marked(tmp_path: Path) -> None:
    publication = tree("Text.")
    pages = {"labels": ["1", "2"], "starts": [{"node": publication.body[0].at.id}, {"part": "colophon"}]}
    made = make(tmp_path, publication, facts={"pdf.pages": msgspec.json.encode(pages)})
    assert any(line.startswith("⠤" * 5) and line.endswith("⠼⠃") for line in made.text)


def test_headers_and_cells_are_divided_before_a_table_is_written_row_by_row(tmp_path: Path) -> None:
    head = "| Offence | 2022, per cent | 2023, per cent | Change of points |\n|---|--:|--:|--:|\n"
    rows = "| disappearance of persons | 96.5 | 99.51 | +3.0 |\n| rape | 93.8 | 94.5 | +0.7 |"
    made = make(tmp_path, head + rows, grade=Grade.UNCONTRACTED)
    assert "ROW BY ROW" not in "\n".join(made.lines)
    (index,) = [number for number, line in enumerate(made.lines) if line.startswith("DISAPPEARANCE")]
    assert made.lines[index + 1].startswith("  OF PERSONS")
    assert made.lines[index + 2].startswith("RAPE")


def test_headings_of_empty_columns_are_written_where_a_table_is_row_by_row(tmp_path: Path) -> None:
    words = "A long requirement of the standard that fits in no column. " * 5
    made = make(tmp_path, f"| Meets | Requirement | Remarks |\n|---|---|---|\n| | {words} | |\n| | {words} | |\n")
    (index,) = [number for number, line in enumerate(made.lines) if ",MEETS" in line]
    assert made.lines[index : index + 2] == [",MEETS3 ,-", ",REM>KS3 ,-"]
    assert made.lines[index + 2].startswith(",R[")
    filled = make(tmp_path, f"| Meets | Requirement |\n|---|---|\n| | {words} |\n| yes | {words} |\n")
    assert not any(line.startswith(",MEETS") for line in filled.lines)


def test_headings_of_columns_are_written_where_all_cells_are_wider(tmp_path: Path) -> None:
    publication = tree(f"| Place | Cases | Deaths |\n|---|---|---|\n| Lima | {WORD * 9} | |\n")
    (table,) = (node for node in publication.body if isinstance(node, Table))
    ((place, words, _),) = (row.cells for row in table.bodies[0])
    wide = Row((place, msgspec.structs.replace(words, colspan=2)))
    toll = msgspec.structs.replace(words, children=tree("Toll").body, colspan=2, scope=Scope.COLUMN_GROUP)
    above = Row((msgspec.structs.replace(place, children=(), scope=None), toll))
    table = msgspec.structs.replace(table, head=(above, *table.head), bodies=((wide,),))
    made = make(tmp_path, msgspec.structs.replace(publication, body=(table,)), grade=Grade.UNCONTRACTED)
    assert made.lines[3:5] == [",CASES", ",DEATHS"]
    assert made.lines[7].startswith("  ,TOLL3 KNOWLEDGE")


def test_a_note_to_who_is_quoted_is_below_the_text(tmp_path: Path) -> None:
    made = make(tmp_path, "> Words.\n>\n> -- Rosa[^1]\n\n[^1]: noted", grade=Grade.UNCONTRACTED)
    assert any("NOTED" in line for line in made.lines)


def test_addresses_are_divided_after_a_stroke(tmp_path: Path) -> None:
    made = make(tmp_path, f"[x](https://example.org/{'a' * 20}/{'b' * 20}/c)", "es")
    line = next(line for line in made.lines if "AAAA" in line)
    assert line.endswith(',1"')


def test_the_sign_of_a_divided_word_is_no_comma_in_arabic(tmp_path: Path) -> None:
    made = make(tmp_path, "ا" * 60, "ar")
    assert made.text[0].endswith("⠤")


def test_lines_of_code_keep_room_for_words(tmp_path: Path) -> None:
    made = make(tmp_path, f"```\n{' ' * 30}manuscript.docx\n```")
    assert made.lines[0] == f"{' ' * 10}MANUSCRIPT4DOCX"


def test_readers_are_told_of_passages_in_another_code(tmp_path: Path) -> None:
    made = make(tmp_path, "They said [Qué año]{lang=es}.", grade=Grade.UNCONTRACTED)
    front = " ".join(files.to_ascii(line).strip() for page in made.pages[:2] for line in page)
    assert "UNCONTRACTED3 ,SPANISH4" in front
    assert "LANGUAGES" not in "".join(files.to_ascii(line) for line in make(tmp_path, "Text.").pages[0])


def test_volumes_have_contents_and_page_numbers_of_their_own(tmp_path: Path) -> None:
    made = make(tmp_path, MANY, grade=Grade.UNCONTRACTED, volume_pages=10, duplex=True)
    numbers = [page[-1].strip("⠀") for page in made.pages]
    volumes = numbers.count("⠞⠼⠁")
    assert volumes > 1
    text = [number for number in numbers if not number.startswith("⠞")]
    assert len(set(text)) == len(text)
    assert all(len(page) == 25 for page in made.pages)
    begins = [index for index, number in enumerate(numbers) if number == "⠞⠼⠁"]
    assert all(begin % 2 == 0 for begin in begins)


def test_settings_of_the_page(tmp_path: Path) -> None:
    made = make(tmp_path, f"{WORD * 90} https://example.org/{'a' * 90}", cells=32, lines=20)
    assert made.path.name == "wait-en-ueb-g2-32x20.brf"
    assert {len(page) for page in made.pages} == {20}
    assert max(len(line) for page in made.pages for line in page) == 32


def test_pef_has_the_same_pages_and_metadata(tmp_path: Path) -> None:
    brf, pef = make(tmp_path, "Text."), make(tmp_path, "Text.", format=FileFormat.PEF)
    assert pef.path.suffix == ".pef"
    assert pef.pages == brf.pages
    assert "<dc:title>The long wait</dc:title>" in pef.path.read_text("utf-8")


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("grade", Grade)
def test_every_table_is_installed(language: str, grade: Grade, tmp_path: Path) -> None:
    made = make(tmp_path, "a 1", language, grade=grade)
    assert made.lines
    assert msgspec.json.decode(made.result.sidecars["pages"])["labels"]


def test_a_language_without_a_code_has_no_braille_edition(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="“ja”"):
        make(tmp_path, "文", "ja")


def test_chinese_needs_a_person_who_divides_it_into_words(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="no program puts Chinese into braille without a person"):
        make(tmp_path, "文", "zh-Hans")
    table = "zhcn-cbs.ctb"  # the best of four: 银行 and 行长 are two words and two readings
    assert liblouis.translate(table, "银行行长").count("⠀") == 0
    assert liblouis.back_translate(table, liblouis.translate(table, "世界人权")) != "世界人权"


def test_a_character_without_cells_is_named_in_the_language(tmp_path: Path) -> None:
    made = make(tmp_path, r"El campo nombre\_uno.", "es")
    (finding,) = made.result.findings
    assert "it is written “[guion bajo]”" in finding.message
    assert "⠛⠥⠊⠕⠝" in "⠀".join(made.text)
