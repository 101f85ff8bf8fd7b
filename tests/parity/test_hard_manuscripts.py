"""Manuscripts of kinds that were once told differently than they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter import transforms
from exporter.parity.audio.coverage import of_script
from exporter.parity.audio.recording import TimedText
from exporter.parity.pdf.glyph_styles import Piece, styles_of
from exporter.readers import html, markdown
from exporter.validate import epub, pdf
from tests.parity.compared import compare
from tests.parity.made import make
from tests.speech.trees import told

FRONT = "---\ntitle: Hard\nlang: es\n---\n\n"
NOTES = """
# عنوان[^1] {lang=ar}

> Une citation.[^2]
{lang=fr}

- قائمة[^3]

| عمود[^4] | ب |
|----------|---|
| [^14] | |
| خلية[^5] | [Une phrase.[^6]]{lang=fr} |

| Solo | una cabecera |
|------|--------------|

::: box Un *título* con $x^2$ y nota[^title]
Texto.
:::

Le refrain,[^7] et un autre,[^8] puis une note dans une note.[^9]

# Dos

Otra vez.[^10][^14] L'<q lang="fr">ami</q> de <q lang="fr">l'<q>autre</q></q>.

[^title]: De un título.
[^1]: Nota uno, [and a phrase]{lang=en}.
[^2]: Nota dos.
[^3]: [A note in English.]{lang=en}
[^4]: Nota cuatro.
[^5]: Nota cinco, [عبارة]{lang=ar}.
[^6]: Nota seis.
[^7]:
    | Primer verso
    | segundo verso *de la nota*
[^8]: Antes de los versos.

    | Primer verso
    |   segundo verso
[^9]: Solo una nota lleva a otra.[^10]

    [Término](https://example.org/)
    :   Su definición.
[^10]: La décima.
[^11]: Nada lleva a esta,[^9] ni a la que sigue.[^12]
[^12]: La penúltima.
[^14]: De una celda sin texto.
[^13]: Esta lleva a una que se lee antes.[^11]
"""
PLACES = """<html lang="en"><head><title>Hard</title></head><body><main><h1>Hard</h1><h2>One</h2>
<p>One<sup><a href="#n1" id="r1">1</a></sup>.</p>
<table><caption>Files<sup><a href="#n2" id="r2">2</a></sup></caption>
<tr><th>Court</th><th>Files<sup><a href="#n2" id="q2">2</a></sup></th></tr>
<tr><td>East<sup><a href="#n3" id="r3">3</a></sup></td><td>2</td></tr></table>
<table><tr><th>Formula</th><th>Words</th></tr><tr><td><p>Before</p><math display="block"><mi>x</mi></math></td>
<td>In <math><mi>a</mi></math> line<math display="block"><mi>b</mi></math> and after</td></tr></table>
<table><tr><th>Court</th><th>Files</th><th>Years</th></tr>
<tr><td>East</td><td><table><tr><td>Open</td><td>2</td></tr></table></td><td>3</td></tr></table>
<p>Bars <math><mo>|</mo><mo>|</mo></math> and nothing before <math><mtext></mtext><mi>c</mi></math>.
Alone <math><mo>∏</mo></math>, without operand <math><munder><mo>∑</mo><mi>i</mi></munder></math> and accented
<math><mover accent="true"><mi>d</mi><mo>ˆ</mo></mover>
<mfrac><mover><mi>f</mi><mo>ˇ</mo></mover><mi>g</mi></mfrac></math>.</p>
<p>Before <span role="doc-pagebreak" aria-label="iv"></span>and after.</p>
<div role="doc-pagebreak" aria-label="5"></div>
<h2>Notes</h2><ol><li id="n1">First.<a href="#r1">↩</a></li><li id="n2">Second.<a href="#r2">↩</a></li>
<li id="n3">Third.<a href="#r3">↩</a></li></ol></main></body></html>"""


DIRECTIONS = """---
title: Hard
lang: {0}
---

# قالت [Human Rights Watch (HRW)]{{lang=en}}

نص طويل (عربي) و[Human (HRW), (Amnesty) 2025]{{lang=en}}، ثم [שלום (HRW) [עולם]]{{lang=he}} و[(א) b]{{lang=el}}.[^1]

- [[Human Rights Watch (HRW)](https://example.org/)]{{lang=en}} – no‑break

[Texto [Human]{{lang={0}}} y [اسم Watch]{{lang={0}}} más]{{lang=es}} con `ab`**`cd`**.

*[HRW]: Human Rights Watch

[^1]: [قالت (HRW)]{{lang=ar}}
"""


RAISED = """<html lang="es"><title>Hard</title><main><h1>Hard</h1>
<p><sub>Todo abajo</sub></p><p><sup>Todo arriba</sup></p>
<p>a <sub>Комитет собрался в Женеве</sub> b</p><p>a <sub lang="ar" dir="rtl">عقدت اللجنة</sub></p>
<p>a <sub>una línea que es más larga que la página, y que sigue en otra línea sin texto de su tamaño completo</sub></p>
<table><caption>Cifras</caption><tr><th><sup>Norte</sup></th><th>Sur</th></tr>
<tr><td><em><sub>b</sub></em></td><td>c</td></tr></table></main>"""
EMPHASISED = """<html lang="en"><title>Hard</title><main><h1>Hard <em>title</em></h1>
<p>Much plain text is around these few <em>outer words with <em>inner</em> ones</em>, so that they differ from it.</p>
<p>Much plain text is around these few <em>outer words with <strong>strong <em>inner</em> ones</strong></em> too.</p>
<p>Plain text <strong>and <em>both</em></strong>, <em>اسم ONU 12</em>, in Arabic, and <code><em>code</em></code>.</p>
<p lang="ar" dir="rtl">نص عادي طويل في هذه الفقرة <em>مهم ONU 12
<span lang="en">word</span></em> ثم <em lang="en">words</em>.</p>
<p lang="he" dir="rtl">טקסט רגיל ארוך בפסקה הזאת <em>חשוב ONU 12</em> ועוד.</p>
<table><caption>A <em>caption</em></caption><tr><th>A <em>header</em></th><th><em>Other</em></th></tr>
<tr><td>a <em>word</em></td><td><em>ONU</em></td></tr></table></main></html>"""
RAISED_IN_ARABIC = """<html lang="ar" dir="rtl"><title>Hard</title><main><h1>Hard</h1>
<p>عقدت اللجنة اجتماعها في جنيف m<sup>2</sup> ماء و<code>run</code><strong>CO<sub>2</sub></strong> اللجنة.</p>
<p>H<sub>2</sub>O</p><p>اللجنة<sup>th</sup> اللجنة</p><p><sub>12</sub>H<sub>2</sub>O اللجنة<em>x<sup>n</sup></em></p>
<p lang="en" dir="ltr"><sup>th</sup><span lang="ar">حقوق (HRW)</span></p>
<table><caption>ماء</caption><tr><th>m<sup>2</sup></th><th>ماء</th></tr>
<tr><td><code>run</code> <sub>12</sub></td>
<td lang="en" dir="ltr"><span lang="ar">حقوق (HRW)</span> <sup>th</sup></td></tr></table></main></html>"""
TITLES = """---
title: Hard
lang: en
---

# One

Contents

Warning

::: warning
Mind the step.
:::

Two.

::: warning
Another.
:::

Warning

Three.

Warning

::: warning Of its own
Third.
:::

Description

| A | B |
|---|---|
| 1 | 2 |

::: description
Two cells.
:::

Warning

::: warning
::: notice
Last.
:::
:::
"""
MANUSCRIPTS = {
    "paragraphs with the words of titles that editions add": TITLES,
    "notes": FRONT + NOTES,
    "places": PLACES,
    "from left to right": DIRECTIONS.format("en"),
    "from right to left": DIRECTIONS.format("ar"),
}


def read(manuscript: str) -> m.Publication:
    reader = html if manuscript.startswith("<html") else markdown
    return transforms.apply(reader.read(manuscript.encode(), "manuscript").publication, "hard")


def differences(publication: m.Publication, folder: Path, *editions: str) -> list[str]:
    """Return what is told differently, by editions and in the script of a recording."""
    paths: dict[str, Path] = {}
    facts: dict[str, bytes] = {}
    for name in editions:
        paths[name], more = make(name, publication, folder, facts=facts)
        facts |= more
    said = [
        TimedText(
            text=each.text,
            language=each.language,
            language_runs=each.language_runs,
            kind=each.kind,
            node=each.node,
            speaker=each.speaker,
        )
        for each in told(publication).utterances
    ]
    return [str(found) for found in (*compare(publication, paths), *of_script(publication, said))]


def test_the_language_of_a_manuscript_that_states_none_is_not_compared(tmp_path: Path) -> None:
    assert differences(read("---\ntitle: Hard\n---\n\n# One\n\nText.[^1]\n\n[^1]: A note.\n"), tmp_path, "pdf") == []


@pytest.mark.parametrize("manuscript", MANUSCRIPTS.values(), ids=MANUSCRIPTS)
def test_it_is_told_as_it_is_written(manuscript: str, tmp_path: Path) -> None:
    assert differences(read(manuscript), tmp_path, "pdf", "epub", "docx") == []


def test_raised_and_lowered_text_is_seen_or_not_compared(tmp_path: Path) -> None:
    assert differences(read(RAISED), tmp_path, "pdf") == []


def test_raised_text_at_the_start_of_a_line_is_not_lowered_text_of_the_line_before() -> None:
    pieces = (Piece("The court ", size=21, y=700), Piece("th", size=14, y=687), Piece("ree", size=21, y=680))
    assert styles_of(pieces)[1] == ("emphasis strong superscript", "th")


@pytest.mark.parametrize(
    ("lines", "unseen"),
    [
        ([246, 255, 219], " subscript superscript"),
        ([246, 246, 224], " subscript superscript"),
        ([246, 246, 210], " subscript superscript"),
        ([246, 246, 220], ""),
    ],
)
def test_raised_text_of_full_size_is_not_told_from_the_line_whose_sign_it_follows_or_alone_on_a_line(
    lines: list[float], unseen: str
) -> None:
    pieces = [Piece(text, size=18, y=y) for text, y in zip(("— ", "The court ", "rules"), lines, strict=True)]
    assert {styles for styles, _ in styles_of(pieces)} == {f"emphasis strong{unseen}"}


def test_text_without_a_place_is_neither_raised_nor_on_the_line() -> None:
    pieces = (Piece("The court of the ", size=20, y=700), Piece("th"), Piece("ree", size=20, y=700))
    assert styles_of(pieces)[1] == ("emphasis strong subscript superscript", "th")


def test_raised_and_lowered_text_is_seen_among_arabic(tmp_path: Path) -> None:
    publication = read(RAISED_IN_ARABIC)
    path, _ = make("pdf", publication, tmp_path)
    assert [str(finding) for finding in compare(publication, {"pdf": path})] == []
    plain = read(RAISED_IN_ARABIC.replace("<sup>2</sup>", "2"))
    assert [finding.rule for finding in compare(plain, {"pdf": path})] == ["parity-marks"] * 2


@pytest.mark.parametrize("edition", ["pdf", "large-print"])
def test_emphasis_is_shown_by_italics_or_in_large_print_by_bold(edition: str, tmp_path: Path) -> None:
    assert differences(read(EMPHASISED), tmp_path, edition) == []


UNUSUAL = """---
title: Hard
lang: en
---

# First[^1] chapter

Words.[^2] More.[^4]

# $x^2$ [दर्ज किया गया]{lang=hi}

More text.[^5]

::: transcript
**Special Rapporteur on the independence of judges and lawyers:** Yes.

**Special Rapporteur on the situation of human rights defenders:** H~2~O.
:::

LONG

[^1]: In a heading.
[^2]: It refers to another.[^3]
[^3]: The other one.
[^4]: A third.
[^5]: A fifth.
"""


def test_titles_without_words_terms_in_two_languages_and_row_headers_in_the_head_are_right(tmp_path: Path) -> None:
    spanish = m.At(language="es")
    terms = (
        m.DefinitionItem((m.Term((m.Text("Court"),)),), ()),
        m.DefinitionItem((m.Term((m.Text("Juez"),)),), (m.Definition((m.Paragraph((m.Text("Una."),)),)),), at=spanish),
    )
    row = m.Row((m.Cell((m.Paragraph((m.Text("East"),)),), scope=m.Scope.ROW),))
    table = m.Table((m.Column(),), head=(row,), bodies=((m.Row((m.Cell((m.Paragraph((m.Text("2"),)),)),)),),))
    title = (m.Link((), "#b"), m.Quotation(()))
    term = m.DefinitionList((m.DefinitionItem((m.Term((m.Text("Alone"),)),), ()),))
    empty = m.List((m.ListItem(()),), style=m.ListStyle.UPPER_ALPHA)
    numbered = m.List((m.ListItem((term, empty)),), style=m.ListStyle.DECIMAL, start=17)
    linked = m.Paragraph((m.Strong((m.Link((), "https://example.org/"),)), m.Text("Words")))
    body = (m.Aside((), m.AsideKind.RECOMMENDATIONS, title), m.DefinitionList(terms), table, numbered, linked)
    publication = transforms.apply(m.Publication(m.Metadata(title="Hard", language="en"), body=body), "hard")
    assert differences(publication, tmp_path, "pdf", "epub", "docx") == []


def test_header_cells_without_text_of_their_own_are_right_in_word(tmp_path: Path) -> None:
    def cell(*children: m.Block, scope: m.Scope | None = None) -> m.Cell:
        return m.Cell(children, scope=scope)

    words, columns = m.Paragraph((m.Text("Words"),)), (m.Column(), m.Column())
    code = m.Row((cell(m.CodeBlock("x = 1", ""), scope=m.Scope.ROW), cell(words)))
    empty = m.Row((cell(m.Section((), ()), scope=m.Scope.ROW), cell(words)))
    total = m.Row((cell(words, scope=m.Scope.ROW), cell(words)))
    link = m.Link((m.LineBreak(),), "#there")
    body = (
        m.Table(columns, bodies=((code,),)),
        m.Table(columns, bodies=((empty,),)),
        m.Table(columns, foot=(total,)),
        m.Paragraph((m.Text("See"), link, m.Text("it")), at=m.At(id="there")),
    )
    unseen = m.Contributor("\u202a\u202c", "aut")
    metadata = m.Metadata(title="Hard", language="en", authors=(m.Contributor("Ana", "aut"), unseen))
    publication = transforms.apply(m.Publication(metadata, body=body), "hard")
    assert differences(publication, tmp_path, "docx") == []


def test_notes_of_notes_headings_with_notes_and_formulas_and_long_names_of_speakers_are_right(tmp_path: Path) -> None:
    publication = read(UNUSUAL.replace("LONG", "Words on the next page. " * 200))
    paths = {edition: make(edition, publication, tmp_path)[0] for edition in ("pdf", "html", "epub")}
    assert [str(finding) for finding in compare(publication, paths)] == []
    assert [str(finding) for finding in pdf.check(paths["pdf"])] == []
    assert [str(finding) for finding in epub.check(paths["epub"])] == []
