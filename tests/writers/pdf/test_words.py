"""The words of a page as those who read pages find them: whole, in order, and nothing between them."""

from __future__ import annotations

import re
import unicodedata
from contextlib import nullcontext
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from exporter import model as m
from exporter import programs
from exporter.inspect.pdf import open_pdf
from exporter.model.walk import plain_text, walk
from exporter.parity.content import letters
from exporter.writers.pdf.patches import actual_text
from tests.parity import made as parity_made
from tests.publications import tree
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.pdf.made import Made, make
from tests.writers.sample import p

pytestmark = pytest.mark.usefixtures("poppler")

ARABIC = (
    "يَعِد الدستور كل إنسان بعدالة سريعة وكاملة ونزيهة ومجانية، لكن الطريق بينه وبين الناس طويل. يتتبّع هذا الموجز القضية "
    "ولم يُبلَّغ إلا عن جرائم قليلة، وأكثر الأسباب تكرارًا الاعتقاد بأن الإبلاغ مضيعة للوقت. اللجنة الأولى والآلاف وللّه"
)
PERSIAN = "حقوق بشر می‌خواهند پرونده‌های گچپژ در سال ۱۴۰۳ ک ی"
HEBREW = "שָׁלוֹם עֲלֵיכֶם הָעֵד אמר שהמתין שנה שלמה לפני שהובא בפני שופט"
GREEK = "Πρόσβαση στη δικαιοσύνη: Ωμέγα, μένει, Δέλτα, ἀρχὴ τοῦ λόγου"
CYRILLIC = "Доступ к правосудию, ёлка, край, її право, љубав"
LATIN = "Office of affluent waffles: fjord, influx, baffle, cafe\u0301, Nguye\u0302\u0303n, Łódź, İstanbul, Tiếng Việt"


def words(text: str) -> list[str]:
    """Return the words of a text without the signs around them, which bidirectional text moves."""
    kept = {"L", "M", "N"}
    unseen = {"\u200c", "\u200d"}
    return "".join(
        letter if unicodedata.category(letter)[0] in kept else "" if letter in unseen else " "
        for letter in unicodedata.normalize("NFC", text)
    ).split()


def page_words(path: Path) -> list[str]:
    return words(programs.run(["pdftotext", str(path), "-"], seconds=60).stdout.decode())


def struct_text(path: Path) -> str:
    """Return the text of the structure tree as pdfinfo reads it, in one line."""
    told = programs.run(["pdfinfo", "-struct-text", str(path)], seconds=60).stdout.decode()
    return " ".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE))


def written(folder: Path, text: str, language: str, **options: object) -> Path:
    direction = m.Direction.RTL if language in {"ar", "fa", "he"} else m.Direction.LTR
    body = (p(text), sample.section("s", " ".join(text.split()[:7]), p(m.Emphasis((m.Text(text),)))))
    metadata = m.Metadata(title="1", language=language, direction=direction)
    made = make(folder, m.Publication(metadata, body=body), **options)
    assert made.written.findings == ()
    return made.path


@pytest.mark.parametrize(
    ("language", "text", "theme"),
    [
        ("ar", ARABIC, "house"),
        ("ar", ARABIC, "harbour"),
        ("fa", PERSIAN, "house"),
        ("he", HEBREW, "house"),
        ("he", HEBREW, "harbour"),
        ("el", GREEK, "house"),
        ("ru", CYRILLIC, "house"),
        ("vi", LATIN, "house"),
    ],
    ids=lambda value: None if " " in value else value,
)
def test_words_of_every_script_come_out_whole_and_in_order(
    language: str, text: str, theme: str, tmp_path: Path
) -> None:
    found = page_words(written(tmp_path, text, language, theme=theme))
    wanted = words(text)
    assert [word for word in found if word not in wanted and not word.isdigit()] == []
    assert found.count(wanted[0]) == 3, "in the text, the heading and the stressed words"
    beginning = found[found.index(wanted[0]) :]
    assert beginning[: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("el", ["Ιστορία, ΙΛΙΑΔΑ, Ίλιον", "Inventory, IaC, CI"]),
        ("uk", ["Іван, Їжа, ІНША", "Iris, IT, Ïle", "МІСТО IV"]),
    ],
)
def test_letters_with_serifs_in_large_print_are_those_of_their_scripts(
    language: str, text: list[str], tmp_path: Path
) -> None:
    publication = m.Publication(m.Metadata(title="1", language=language), body=tuple(map(p, text)))
    path, _ = parity_made.make("large-print", publication, tmp_path)
    found = page_words(path)
    assert [word for word in words(" ".join(text)) if word not in found] == []


def test_a_letter_of_two_glyphs_is_whole_on_a_line_without_signs(tmp_path: Path) -> None:
    publication = m.Publication(m.Metadata(title="1", language="mag"), body=(p("सब हई।"),))
    path, _ = parity_made.make("large-print", publication, tmp_path)
    assert "हई।" in programs.run(["pdftotext", str(path), "-"], seconds=60).stdout.decode()


def test_every_word_of_the_arabic_publication_is_on_its_pages(tmp_path: Path) -> None:
    publication, blobs = tree("arabic-brief")
    pictures = Pictures(tmp_path / "pictures")
    for digest, data in blobs.items():
        pictures.path(digest).write_bytes(data)
    made = make(tmp_path, m.Publication(publication.metadata, publication.front, publication.body, publication.notes))
    found = set(page_words(made.path))
    wanted = words(plain_text((*publication.front, *publication.body)))
    # Numbers are told apart at their points otherwise than words.
    assert [word for word in wanted if word not in found and not any(map(str.isdigit, word))] == []


def test_spelling_changes_nothing_for_the_eye(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spelled = written(tmp_path / "spelled", ARABIC, "ar")
    monkeypatch.setattr(actual_text, "patched", nullcontext)
    plain = written(tmp_path / "plain", ARABIC, "ar")
    pages = []
    for path in (spelled, plain):
        programs.run(
            ["pdftoppm", "-r", "100", "-l", "1", "-gray", "-singlefile", str(path), str(path.parent / "p")], seconds=60
        )
        with Image.open(path.parent / "p.pgm") as page:
            pages.append(page.convert("L"))
    ink = sum(pages[1].point(lambda value: value < 128 and 255).histogram()[255:])
    different = sum(ImageChops.difference(*pages).point(lambda value: value > 128 and 255).histogram()[255:])
    assert ink > 5000
    assert different < ink / 500


def test_the_pieces_of_a_line_stand_beside_each_other(tmp_path: Path) -> None:
    with pikepdf.open(written(tmp_path, ARABIC, "ar")) as file:
        depth = 0
        spelt = []
        for instruction in pikepdf.parse_content_stream(file.pages[0]):
            match str(instruction.operator):
                case "BDC":
                    depth += 1
                    if "/ActualText" in instruction.operands[1]:
                        spelt.append(str(instruction.operands[1].ActualText))
                        assert "/MCID" in instruction.operands[1]
                case "BMC":
                    depth += 1
                case "EMC":
                    depth -= 1
                case _:
                    pass
            assert depth in {0, 1}, "some readers lose what comes after a piece inside another"
    assert spelt
    assert all(len(text) == 1 for text in spelt)


@pytest.mark.parametrize("edition", ["pdf", "large-print"])
def test_running_heads_keep_the_words_of_scripts_with_signs(edition: str, tmp_path: Path) -> None:
    heading = "ऐसे एक व्यक्ति की गिरफ़्तारी और ऐच्छिक शिक्षा"  # its beginning fits into a line of large print
    paragraphs = [p(f"ऐसे {number}. " + "अधिकार और स्वतन्त्रता " * 90) for number in range(6)]
    metadata = m.Metadata(title=heading, language="hi")
    publication = m.Publication(metadata, body=(sample.section("s", heading, *paragraphs),))
    path, _ = parity_made.make(edition, publication, tmp_path)
    with open_pdf(path) as file:
        heads = [
            "".join(artifact.text for artifact in file.content(page).artifacts if artifact.subtype == "Header")
            for page in range(2, len(file.pages))
        ]
    assert heads
    assert all(letters("ऐसे एक व्यक्ति की गिरफ़्तारी") in letters(head) for head in heads)


def test_hyphens_and_spaces_that_only_the_line_needs_leave_nothing_behind(tmp_path: Path) -> None:
    text = "in\u00adcom\u00adpre\u00adhen\u00adsi\u00adble well-known no\u00a0break\u00adfast " * 40
    path = written(tmp_path, text, "en")
    for said in (programs.run(["pdftotext", str(path), "-"], seconds=60).stdout.decode(), struct_text(path)):
        assert not set(said) & set("\u00ad\u00a0\u2010\u200b\u200d")
    assert {"incomprehensible", "well", "known", "no", "breakfast"} <= set(page_words(path))
    with pikepdf.open(path) as file:
        torn = [
            str(each.ActualText)
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each
        ]
    assert torn
    assert all(words(text).count("incomprehensible") + words(text).count("breakfast") > 1 for text in torn)
    assert not set("".join(torn)) & set("\u00ad\u2010")


def test_a_sign_that_shares_its_glyph_is_the_one_most_often_meant(tmp_path: Path) -> None:
    text = programs.run(
        ["pdftotext", str(written(tmp_path, "self\u2010made \u2126 \u2206 µ", "el")), "-"], seconds=60
    ).stdout
    assert "self-made Ω Δ μ" in text.decode()


def test_the_structure_tree_says_the_text_in_order_and_nothing_of_the_margins(everything: Made) -> None:
    said = "".join(words(struct_text(everything.path)))
    at = 0
    count = 0
    for node in walk((*everything.publication.front, *everything.publication.body)):
        if isinstance(node, m.Paragraph | m.Section):
            inlines = node.title if isinstance(node, m.Section) else node.children
            if any(isinstance(inner, m.Math | m.Image) for inner in walk(inlines)):
                continue
            text = "".join(words(plain_text(tuple(each for each in inlines if isinstance(each, m.Text))[:1])))
            found = said.find(text, at)
            assert found >= 0, f"{text} is missing or too early"
            at, count = found, count + 1
    assert count > 20
    running = everything.publication.metadata.title.split(":")[0]
    assert said.count("".join(words(running))) == 1, "on the cover, not at the head of each page"
