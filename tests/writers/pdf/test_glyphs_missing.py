"""A character that no typeface has is a finding with its place, wherever on the pages it stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest

from exporter import model as m
from exporter import programs
from exporter.findings import Severity
from exporter.writers import fonts
from tests.writers.pdf.made import make
from tests.writers.sample import cell, p

HIEROGLYPHS = range(0x13000, 0x13400)


pytestmark = pytest.mark.usefixtures("bundled_fonts")


def everywhere(odd: Iterator[str]) -> tuple[m.Publication, dict[str, str]]:
    """Return a publication with another character of no typeface in each place, and the line on which each is told."""
    lines: dict[str, str] = {}

    def text(line: int) -> str:
        character = next(odd)
        lines[character] = f"m.md:{line}"
        return f"a {character}"

    def at(line: int) -> m.At:
        return m.At(source=m.Source("m.md", line))

    def paragraph(line: int) -> m.Paragraph:
        return m.Paragraph((m.Text(text(line)),), at=at(line))

    metadata = m.Metadata(
        title=text(1),
        subtitle=text(1),
        description=text(1),
        rights=text(1),
        series=text(1),
        publisher=text(1),
        place=text(1),
        identifier=text(1),
        authors=(m.Contributor(text(1)),),
        contact=m.Contact(text(1), "a@b.org", ""),
        related=(m.Related(text(1), "https://e.org/"),),
        language="en",
        kind=m.Kind.REPORT,
        source=m.Source("m.md", 1),
    )
    table = m.Table(
        (m.Column(),),
        (m.Row((cell(text(12), m.Scope.COLUMN),)),),
        ((m.Row((cell(text(12)),)),),),
        (),
        (m.Text(text(12)),),
        (paragraph(13),),
        at=at(12),
    )
    children = (
        paragraph(10),
        m.Quote((paragraph(11),), (m.Text(text(9)),)),
        table,
        m.Figure((m.Image("none.png", m.Decorative()),), (m.Text(text(14)),), at=at(14)),
        m.Transcript((m.Turn(m.Speaker(text(15), text(15)), (paragraph(16),), at=at(15)), m.Cue((m.Text(text(9)),)))),
        m.CodeBlock(text(17), at=at(17)),
        m.DefinitionList((m.DefinitionItem((m.Term((m.Text(text(9)),)),), (m.Definition((paragraph(18),)),)),)),
        p(m.Abbreviation(text(9), "expanded"), m.Link((m.Text(text(9)),), "https://e.org/"), m.NoteReference("n")),
    )
    body = (m.Section((m.Text(text(9)),), children, at=m.At(id="s", source=m.Source("m.md", 9))),)
    return m.Publication(metadata, body=body, notes=(m.Note("n", (paragraph(20),)),)), lines


def test_no_place_on_the_pages_is_overlooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FEW", 1000)  # one by one
    publication, lines = everywhere(map(chr, HIEROGLYPHS))
    found = [each for each in make(tmp_path, publication).written.findings if each.rule == "glyph-missing"]
    told = {match[1]: str(each.source) for each in found if (match := re.search("“(.)”", each.message))}
    assert told == lines


def test_a_formula_with_a_sign_that_its_typeface_lacks_is_printed_as_it_was_written(tmp_path: Path) -> None:
    mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>漢</mi><mo>=</mo><mn>1</mn></math>'
    formula = m.MathBlock(mathml, "x = 1", at=m.At(source=m.Source("m.md", 3)))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(formula,)))
    assert [(each.rule, str(each.source)) for each in made.written.findings] == [("not-carried", "m.md:3")]


def test_the_file_keeps_its_standard_and_says_the_character_all_the_same(tmp_path: Path) -> None:
    words = p("Said 漢字 and \ue000 in ", m.Strong((m.Text("bold 漢"),)), m.Code(" 漢"))
    made = make(tmp_path, m.Publication(m.Metadata(title="T 漢", language="en"), body=(words,)))
    assert page.validate_pdf(str(made.path), profile="ua1").is_compliant
    with pikepdf.open(made.path) as file:
        spelt = [
            str(instruction.operands[1].ActualText)
            for instruction in pikepdf.parse_content_stream(file.pages[0], "BDC")
            if "/ActualText" in instruction.operands[1]
        ]
    assert spelt == ["漢", "漢", "字", "\ufffd", "漢", "漢"]
    if shutil.which("pdftotext"):
        text = programs.run(["pdftotext", str(made.path), "-"], seconds=60).stdout.decode()
        assert "Said 漢字 and" in text


@pytest.mark.parametrize(
    ("text", "language", "package"),
    [
        ("和平", "zh-Hans", "pylopdf-fonts-zh-cn"),
        ("和平", "zh-TW", "pylopdf-fonts-zh-tw"),
        ("平和、", "ja", "pylopdf-fonts-jp"),
        ("へいわ", "en", "pylopdf-fonts-jp"),
        ("평화", "en", "pylopdf-fonts-ko"),
        ("สันติภาพ", "th", "manimgx-fonts"),
        ("শান্তি", "bn", "manimgx-fonts"),
    ],
)
def test_the_finding_is_an_error_of_the_edition_and_names_the_package(text: str, language: str, package: str) -> None:
    publication = m.Publication(m.Metadata(title="T", language=language), body=(p(text),))
    (finding,) = fonts.missing(publication, edition="print")
    assert (finding.severity, finding.edition) == (Severity.ERROR, "print")
    assert f"pip install {package}" in finding.advice
    assert not fonts.are_complete([finding])


def test_emoji_are_one_finding_that_offers_words_in_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.supplements, "select", lambda _codes, _languages: ())
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(p("🚨 New 👇"), p("✅ Moratorium")))
    (finding,) = fonts.missing(publication, edition="pdf")
    assert finding.message == "Missing glyphs: no font has 3 characters, such as ✅ 👇 🚨."
    assert finding.advice.startswith("Delete them or write words in their place, such as “New:” for 🚨. Or install its")
    (plain,) = fonts.missing(m.Publication(m.Metadata(title="T", language="th"), body=(p("ก"),)), edition="pdf")
    assert plain.advice.startswith("Install its fonts with:")


def test_ends_of_lines_as_characters_are_spaces(tmp_path: Path) -> None:
    words = p("one\u2028two\u2029three\u0085four", m.Code("five\u2029six"))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(words,)))
    assert made.written.findings == ()
