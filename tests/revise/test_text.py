"""Changes in Markdown and in web pages: the lines that they are about, and no others."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from exporter import model as m
from exporter.model.walk import headings, images, plain_text, walk
from exporter.pipeline import direct_reading
from exporter.revise import (
    AltText,
    Change,
    DecorativeImage,
    HeaderRows,
    HeadingLevel,
    Language,
    LongDescription,
    MetadataField,
    PassageLanguage,
    Revision,
    SpeakerName,
    TableCaption,
    Title,
    revise,
)

ALT = "48 % of *all* [wells] | “x” & <y>"


def revised(tmp_path: Path, text: str, *changes: Change, name: str = "manuscript.md") -> tuple[Revision, str]:
    path = tmp_path / name
    path.write_bytes(text.encode())
    revision = revise(path, changes)
    return revision, revision.files.get(name, text.encode()).decode()


def read_again(text: str, name: str = "manuscript.md") -> m.Publication:
    return direct_reading.read(Path(name), text.encode()).publication


def alts(text: str, name: str = "manuscript.md") -> list[m.Alt]:
    return [image.alt for image in images(read_again(text, name))]


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[2:] for line in lines if line.startswith("+ ")]


def at(line: int) -> m.Source:
    return m.Source("manuscript.md", line)


@pytest.mark.parametrize(
    ("line", "alt", "decorative"),
    [
        ("![](a.png)", "![{}](a.png)", "![](a.png){{.decorative}}"),
        ('![old *a*](a.png "Cap")', '![{}](a.png "Cap")', '![](a.png "Cap"){{.decorative}}'),
        ("![old](<a b.png> 'x')", "![{}](<a b.png> 'x')", "![](<a b.png> 'x'){{.decorative}}"),
        ("![old][ref]", "![{}][ref]", "![][ref]{{.decorative}}"),
        ("![ref]", "![{}][ref]", "![][ref]{{.decorative}}"),
        ("![ref][]", "![{}][ref]", "![][ref]{{.decorative}}"),
        ('![Cap](a.png){alt="old" #fig}', '![Cap](a.png){{alt="{q}" #fig}}', "![Cap](a.png){{.decorative #fig}}"),
        ("![Cap](a.png){.decorative #fig}", '![Cap](a.png){{alt="{q}" #fig}}', None),
        ("![](a.png){.decorative}", "![{}](a.png)", None),
        (
            '![](a.png){title="a .decorative b" data-alt=c}',
            '![{}](a.png){{title="a .decorative b" data-alt=c}}',
            '![](a.png){{.decorative title="a .decorative b" data-alt=c}}',
        ),
        ("Text `![no](x)` \\![no](y) and ![a](a.png).", "Text `![no](x)` \\![no](y) and ![{}](a.png).", "?"),
        (
            '<img src="a.png" alt=old class=x>',
            '<img src="a.png" alt="{h}" class=x>',
            '<img src="a.png" alt="" class=x>',
        ),
        ("<img src='a.png'>", "<img alt=\"{h}\" src='a.png'>", "<img alt=\"\" src='a.png'>"),
        ("- item ![x](a.png)", "- item ![{}](a.png)", "?"),
        ("| a | b ![x](a.png) |\n|---|---|\n| c | d |", "| a | b ![{}](a.png) |\n|---|---|\n| c | d |", "?"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_alt_texts_in_markdown(tmp_path: Path, newline: str, line: str, alt: str, decorative: str | None) -> None:
    text = f"# Title\n\nSome words.\n\n{line}\n\nMore words.\n\n[ref]: a.png\n".replace("\n", newline)
    escaped = ALT.replace("*", r"\*").replace("[", r"\[").replace("]", r"\]").replace("|", r"\|")
    escaped = escaped.replace("<", r"\<").replace(">", r"\>").replace("&", r"\&")
    html = ALT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    revision, after = revised(tmp_path, text, AltText(at(5), ALT))
    assert revision.results[0].reason == ""
    expected = alt.replace("{}", escaped).replace("{q}", ALT).replace("{h}", html)
    assert after == text.replace(
        line.replace("\n", newline), expected.replace("{{", "{").replace("}}", "}").replace("\n", newline)
    )
    assert alts(after) == [m.Described(ALT)]
    revision, after = revised(tmp_path, text, DecorativeImage(at(5)))
    assert alts(after) == [m.Decorative()]
    if decorative is None:
        assert after == text
    elif decorative != "?":
        assert after == text.replace(line, decorative.replace("{{", "{").replace("}}", "}"))


def test_images_of_one_line_are_told_apart(tmp_path: Path) -> None:
    text = "# Title\n\nA ![](a.png) and\n![](b.png) ![](c.png)\n"
    _, after = revised(tmp_path, text, AltText(at(4), "C", index=1), DecorativeImage(at(4)))
    assert alts(after) == [m.Undescribed(), m.Decorative(), m.Described("C")]
    revision, after = revised(tmp_path, text, AltText(at(4), "D", index=2), AltText(at(3), "A"))
    assert [result.is_applied for result in revision.results] == [False, True]
    assert alts(after)[0] == m.Described("A")


FRONT = """---
# Ours
title: "Water: a report"   # provisional
authors:   # in order
  - Ana Ruiz
  - name: Bo Li
    role: editor
# about
kind: 'report'
abstract: >
  What it
  says.

date: 2025-01-01
---

Text.
"""


def test_front_matter_keeps_all_other_lines(tmp_path: Path) -> None:
    revision, after = revised(
        tmp_path, FRONT,
        Title("New: it’s"), MetadataField("kind", "brief"), MetadataField("date", "2026-03-01"),
        MetadataField("authors", ("Ana", {"name": "Bo", "role": "edt"})), MetadataField("description", "Short."),
        Language("es-MX"), MetadataField("series", ""), MetadataField("place", "no"),
    )  # fmt: skip
    assert {result.file for result in revision.results} == {"manuscript.md"}
    assert after == (
        '---\n# Ours\ntitle: "New: it’s"   # provisional\nauthors: ["Ana", {name: "Bo", role: "edt"}] # in order\n'
        "# about\nkind: 'brief'\nabstract: Short.\n\ndate: 2026-03-01\nlang: es-MX\nplace: \"no\"\n---\n\nText.\n"
    )


def test_keys_are_removed(tmp_path: Path) -> None:
    _, after = revised(tmp_path, FRONT, MetadataField("authors", ()), MetadataField("description", ""))
    assert after == FRONT.replace(FRONT[FRONT.index("authors") : FRONT.index("# about")], "").replace(
        "abstract: >\n  What it\n  says.\n", ""
    )


def test_front_matter_is_created(tmp_path: Path) -> None:
    text = "\ufeffSome words.\r\n\r\nMore.\r\n"
    revision, after = revised(tmp_path, text, Title("A title"), Language("en"))
    assert after == text.replace("\ufeff", "\ufeff---\r\ntitle: A title\r\nlang: en\r\n---\r\n\r\n")
    assert {result.file for result in revision.results} == {"manuscript.md"}


OLD, NEW = "---\ntitle: Old title\n---\n\n", '---\ntitle: "New *one*"\n---\n\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Old title {#top}\n\nText.\n", "# New \\*one\\* {#top}\n\nText.\n"),
        ("Old title\n=========\n\nText.\n", "New \\*one\\*\n=========\n\nText.\n"),
        (f"{OLD}# Old title\n\nText.\n", f"{NEW}# New \\*one\\*\n\nText.\n"),
        (f"{OLD}# One\n\nText.\n\n# Two\n\nText.\n", f"{NEW}# One\n\nText.\n\n# Two\n\nText.\n"),
    ],
)  # fmt: skip
def test_the_title_is_changed_wherever_it_is(tmp_path: Path, before: str, after: str) -> None:
    revision, text = revised(tmp_path, before, Title("New *one*"))
    assert revision.results[0].file == "manuscript.md"
    assert text == after


def test_what_markdown_cannot_contain_is_in_the_settings(tmp_path: Path) -> None:
    revision, after = revised(tmp_path, "title: Old\nlang: en\nkind: report\n\nText.\n", Title("New"))
    assert revision.results[0].file == "publication.toml"
    assert "New" not in after


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("## Two ##", 3, "### Two ##"),
        ("## Two ##", 0, "Two"),
        ("Two\n---", 4, "#### Two"),
        ("**Two**", 2, "## Two"),
        ("__Two *x*__", 2, "## Two *x*"),
        ("Two", 3, "### Two"),
    ],
)
def test_headings(tmp_path: Path, before: str, level: int, after: str) -> None:
    text = f"# Title\n\nWords.\n\n# Title two\n\n{before}\n\nMore.\n"
    revision, changed = revised(tmp_path, text, HeadingLevel(at(7), level))
    assert revision.results[0].reason == ""
    assert changed == text.replace(before, after)


@pytest.mark.parametrize("before", ["Some\n**words**\nhere", "- **item**", "> **quoted**"])
def test_lines_that_cannot_be_headings(tmp_path: Path, before: str) -> None:
    text = f"# Title\n\n{before}\n"
    revision, after = revised(tmp_path, text, HeadingLevel(at(4 if "\n" in before else 3), 2))
    assert "Put it on a line of its own" in revision.results[0].reason
    assert after == text


TABLE = "| Year | n |\n|------|--:|\n| 2024 | 1 |\n| 2025 | 2 |\n"


def test_header_rows(tmp_path: Path) -> None:
    text = f"# Title\n\n{TABLE}\nEnd.\n"
    _, without = revised(tmp_path, text, HeaderRows(at(3), 0))
    (table,) = (node for node in walk(read_again(without)) if isinstance(node, m.Table))
    assert (len(table.head), len(table.bodies[0])) == (0, 3)
    _, again = revised(tmp_path, without, HeaderRows(at(3), 1))
    assert again == text
    revision, _ = revised(tmp_path, text, HeaderRows(at(3), 2))
    assert "one header row at most" in revision.results[0].reason


def test_long_descriptions(tmp_path: Path) -> None:
    text = "# Title\n\n![Alt](a.png)\n\nEnd.\n"
    _, after = revised(tmp_path, text, LongDescription(at(3), "First *one*.\n\nSecond."))
    assert after == text.replace(".png)\n", ".png)\n\n::: description\nFirst \\*one\\*.\n\nSecond.\n:::\n")
    (figure,) = (node for node in walk(read_again(after)) if isinstance(node, m.Figure))
    assert [plain_text(block) for block in figure.description] == ["First *one*.", "Second."]
    _, other = revised(tmp_path, after, LongDescription(at(3), "Other."), AltText(at(3), "New"))
    assert other == text.replace(".png)\n", ".png)\n\n::: description\nOther.\n:::\n").replace("Alt", "New")
    _, none = revised(tmp_path, other, LongDescription(at(3), ""))
    assert none == text.replace("Alt", "New")


PAGE = """<!DOCTYPE html>
<html lang="en"><head><!-- <title>no</title> --><title>Old &amp; known</title><meta charset="utf-8"></head>
<body><main><h1>Old &amp; known</h1>
<p>Words <img src="a.png"> and <IMG SRC='b.png' ALT='old'>.</p>
<!-- <img src="no.png"> --><p><img src="c.png" alt="c" role="presentation"></p>
</main></body></html>
"""


def test_web_pages(tmp_path: Path) -> None:
    source = m.Source("manuscript.html", 4)
    revision, after = revised(
        tmp_path, PAGE, AltText(source, ALT, index=1), DecorativeImage(source), Language("es-MX"),
        AltText(m.Source("manuscript.html", 5), "C"), HeadingLevel(m.Source("manuscript.html", 3), 1),
        MetadataField("kind", "brief"), name="manuscript.html",
    )  # fmt: skip
    assert [result.file for result in revision.results] == ["manuscript.html"] * 3 + ["", "", "publication.toml"]
    assert alts(after, "manuscript.html")[:2] == [m.Decorative(), m.Described(ALT)]
    assert '<html lang="es-MX">' in after
    assert len(changed_lines(PAGE, after)) == 2


def test_the_title_of_a_web_page(tmp_path: Path) -> None:
    page = PAGE.replace("<h1>Old &amp; known</h1>", "")
    revision, after = revised(tmp_path, page, Title("New < title"), name="manuscript.html")
    assert revision.results[0].file == "manuscript.html"
    assert "<title>New &lt; title</title>" in after
    revision, after = revised(tmp_path, PAGE, Title("New title"), name="manuscript.html")
    assert revision.results[0].file in ("manuscript.html", "publication.toml")


@pytest.mark.parametrize("name", ["manuscript.odt", "manuscript.rtf"])
def test_other_formats_have_a_reason_and_settings(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = direct_reading.read(Path("a.md"), b"# Title\n\n![](a.png)\n")
    monkeypatch.setattr(direct_reading, "read", lambda *_, **__: result)
    revision, after = revised(tmp_path, "x", AltText(at(3), "A"), Title("T"), name=name)
    assert "save it as .docx" in revision.results[0].reason
    assert revision.results[1].file == "publication.toml"
    assert after == "x"


def test_headings_of_the_outline_stay(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n\n## One\n\n![](a.png)\n\n### Two\n\nWords.\n"
    _, after = revised(tmp_path, text, AltText(at(7), "A"), MetadataField("place", "Bogotá"))
    assert [heading.text for heading in headings(read_again(after))] == ["One", "Two"]


def test_a_caption_is_a_line_above_its_table(tmp_path: Path) -> None:
    text = "Words.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    _, after = revised(tmp_path, text, TableCaption(at(3), "Wells and *pumps*"))
    assert after == text.replace("| a |", "Table: Wells and \\*pumps\\*\n\n| a |")
    (captioned,) = [node for node in walk(read_again(after)) if isinstance(node, m.Table)]
    assert plain_text(captioned.caption) == "Wells and *pumps*"


def test_a_paragraph_is_marked_as_written_in_a_language(tmp_path: Path) -> None:
    text = "Words.\n\nEl agua es\nde todos.\n\nMore.\n"
    _, after = revised(tmp_path, text, PassageLanguage(at(3), "es"))
    assert changed_lines(text, after) == ["::: {lang=es}", ":::"]
    languages = {node.at.language for node in walk(read_again(after))}
    assert "es" in languages
    revision, _ = revised(tmp_path, "- El agua\n", PassageLanguage(at(1), "es"))
    assert "[the words]{lang=es}" in revision.results[0].reason


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Words.\n\nThey said: el agua\nes de todos, and left.\n", "[el agua\nes de todos]{lang=es}"),
        ("Words.\n\n- They said: el agua es de todos\n", "[el agua es de todos]{lang=es}"),
        ("Words.\n\n> *el agua es de todos*\n", "[el agua es de todos]{lang=es}"),
    ],
)
def test_words_of_a_paragraph_are_marked_as_written_in_a_language(tmp_path: Path, text: str, marked: str) -> None:
    _, after = revised(tmp_path, text, PassageLanguage(at(3), "es", "el agua es de todos"))
    assert after == text.replace(marked[1:].partition("]")[0], marked)
    (passage,) = [node for node in walk(read_again(after)) if node.at.language == "es"]
    assert plain_text(passage) == "el agua es de todos"


@pytest.mark.parametrize("words", ["el *agua*", "de nadie"])
def test_words_with_marks_and_other_words_are_not_marked(tmp_path: Path, words: str) -> None:
    revision, _ = revised(tmp_path, "El agua, el *agua* de todos.\n", PassageLanguage(at(1), "es", words))
    assert "[the words]{lang=es}" in revision.results[0].reason


BLOCKS = """<!DOCTYPE html>
<html lang="en"><head><title>A</title></head><body><h1>A</h1>
<!-- <table> <p>El agua</p> -->
<p title="El agua">It says: El agua &amp; la <em>sal</em>.</p>
<p>Todo el mundo</p>
<table class="t"><tr><td>One<td>Two</tr>
<tr><td>1</td><td>2</td></tr></table>
<ul><li>Uno</li><li>Dos</li></ul>
</body></html>
"""


@pytest.mark.parametrize(
    ("change", "line", "after"),
    [
        (TableCaption(at(6), "A & B"), 6, '<table class="t"><caption>A &amp; B</caption><tr><td>One<td>Two</tr>'),
        (HeaderRows(at(6), 1), 6, '<table class="t"><tr><th scope="col">One<th scope="col">Two</tr>'),
        (PassageLanguage(at(5), "es"), 5, '<p lang="es">Todo el mundo</p>'),
        (
            PassageLanguage(at(4), "es", "El agua"),
            4,
            '<p title="El agua">It says: <span lang="es">El agua</span> &amp; la <em>sal</em>.</p>',
        ),
    ],
)
def test_tables_and_languages_of_web_pages(tmp_path: Path, change: Change, line: int, after: str) -> None:
    revision, text = revised(tmp_path, BLOCKS, change, name="manuscript.html")
    assert revision.results[0].is_applied, revision.results[0].reason
    assert changed_lines(BLOCKS, text) == [after]
    assert text.splitlines()[line - 1] == after


def test_several_rows_of_a_web_page_become_header_rows(tmp_path: Path) -> None:
    rows = '<table>\n<tr><td>Place<td colspan="2">Cases\n<tr><td><td>In<td>Out\n<tr><td>N<td>1<td>2\n</table>\n'
    text = f'<html lang="en"><title>A</title><body><h1>A</h1>\n{rows}</body></html>\n'
    revision, after = revised(tmp_path, text, HeaderRows(at(2), 2), name="manuscript.html")
    assert revision.results[0].is_applied, revision.results[0].reason
    head = rows.partition("<tr><td>N")[0]
    made = head.replace("<td", '<th scope="col"').replace("<tr>", "<thead><tr>", 1)
    assert after == text.replace(head, f"{made}</thead>")


@pytest.mark.parametrize(
    "change",
    [
        TableCaption(at(5), "C"),
        HeaderRows(at(6), 2),
        PassageLanguage(at(8), "es"),
        PassageLanguage(at(4), "es", "la sal"),
        PassageLanguage(at(5), "es", "agua"),
        HeadingLevel(at(5), 2),
    ],
)
def test_what_cannot_be_told_apart_in_a_web_page_is_not_changed(tmp_path: Path, change: Change) -> None:
    revision, text = revised(tmp_path, BLOCKS, change, name="manuscript.html")
    assert not revision.results[0].is_applied
    assert text == BLOCKS


def test_a_speaker_is_spelt_otherwise(tmp_path: Path) -> None:
    text = "::: transcript\n**Ana, witness:** One.\n\n**ANA:** Ana said two.\n:::\n"
    _, after = revised(tmp_path, text, SpeakerName(at(4), "ANA", "Ana"))
    assert after == text.replace("**ANA:**", "**Ana:**")
    revision, _ = revised(tmp_path, text, SpeakerName(at(4), "said", "Ana"))
    assert "does not begin" in revision.results[0].reason
