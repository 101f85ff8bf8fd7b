"""Print editions have all letters of the manuscript on their pages, which have no structure to compare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from exporter import model as m
from exporter.findings import Finding
from exporter.parity.compare import EditionComparer
from exporter.parity.comparison.letter_counts import diff_letters, letters_of
from exporter.parity.pdf import PRINT_EXTRACTOR
from tests.writers import sample
from tests.writers.print.made import Made, make

PUBLICATION = m.Publication(
    m.Metadata(title="Where they live", language="en"),
    body=(sample.section("a", "A village", sample.p("Women asked the court to decide ⅔ of it, quickly: “fix” it.")),),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("print"), PUBLICATION)


def found(path: Path) -> list[Finding]:
    return [
        finding
        for finding in EditionComparer(PUBLICATION).compare("print", path, PRINT_EXTRACTOR).findings
        if "letters" in finding.message.lower()
    ]


def test_nothing_is_missing_in_a_good_file(made: Made) -> None:
    assert found(made.path) == []


def spoilt(path: Path, target: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.open(path) as pdf:
        change(pdf)
        pdf.save(target)
    return target


def without_text(pdf: pikepdf.Pdf) -> None:
    """Take all text from the pages, as a program does that draws glyphs as pictures."""
    for page in pdf.pages:
        instructions = pikepdf.parse_content_stream(page)
        kept = [each for each in instructions if str(each.operator) not in {"Tj", "TJ"}]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def without_characters(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
            del thing.ToUnicode


def test_text_that_became_a_picture_is_missing(made: Made, tmp_path: Path) -> None:
    (finding,) = found(spoilt(made.path, tmp_path / "a.pdf", without_text))
    assert finding.rule == "parity-text"
    assert "“a”, “c”" in finding.message


def test_glyphs_of_unknown_characters_are_not_judged(made: Made, tmp_path: Path) -> None:
    assert found(spoilt(made.path, tmp_path / "a.pdf", without_characters)) == []


@pytest.mark.parametrize(("manuscript", "pages", "lost"), [
    ("The court decided.", "Contents 1 The court decided.", ""),
    ("The court decided.", "The curt decided", "nowhere on the pages: “o”"),
    ("The court of 人 decided. Why?", "The court of ? decided. Why?", ""),
    ("The court of 人 decided. Why?", "The court of □ decided. Why?", ""),
    ("The courts. " * 9, "The courts. " * 8, "9 of 81 letters"),
    ("The 법원 decided.", "The ?? decided.", ""),
    ("It is 5 ㎞ to the ㈱.", "It is 5 ? to the ?.", ""),
    ("The mark of the 법원.", "The ark of the ?원.", "nowhere on the pages"),
])  # fmt: skip
def test_letters_are_counted(manuscript: str, pages: str, lost: str) -> None:
    messages = [finding.message for finding in diff_letters(letters_of(manuscript), letters_of(pages))]
    assert len(messages) == bool(lost)
    assert all(lost in message for message in messages)
