"""Braille files compared with the tree: what is spoilt is found, in contracted braille too."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.braille import liblouis
from exporter.braille.codes import CODES, Grade
from exporter.parity.braille.cells import WholeItems
from exporter.parity.braille.extraction import EXTRACTOR
from exporter.parity.braille.item_comparison import compare
from exporter.parity.braille.word_cells import count_any
from exporter.parity.content import ContentItem
from exporter.validate.braille import check
from tests.publications import SHORT, Editions, all_of
from tests.writers.braille.made import Made, make, needs_liblouis, tree

pytestmark = needs_liblouis
TEXT = """# The first heading

The people of the village waited for the decision of the court.[^1]

They said [nadie nos ha preguntado]{lang=es} and went home in the evening.

# Another heading

| Year | Cases |
|------|------:|
| 2024 | 3,250 |

The government should answer every one of these questions.

[^1]: It came after many years of letters.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("braille"), TEXT, "en")


@pytest.mark.parametrize("grade", Grade)
def test_nothing_is_found_in_a_good_file(grade: Grade, tmp_path: Path) -> None:
    good = make(tmp_path, TEXT, grade=grade)
    assert [str(finding) for finding in compare(good.publication, good.path).findings] == []


def test_words_that_the_code_cannot_write_are_left_to_the_writer(tmp_path: Path) -> None:
    made = make(tmp_path, "# A 漢字 heading\n\nSome 漢字 words here.\n\n[^1]: Never [x](#y).")
    assert compare(made.publication, made.path).findings == []
    assert "braille-character" in made.rules


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("ar", "**س**لام 0x^1^", id="emphasis or raised digits inside words"),
        pytest.param("en", "Choose the **Propert*ies*** there.", id="contractions of a word with emphasis inside"),
        pytest.param(
            "ru",
            "Агентство Interfax Rating Agency, Investors Service сообщило.",
            id="one sign for Latin words in Cyrillic",
        ),
    ],
)
def test_nothing_is_missing_from(language: str, text: str, tmp_path: Path) -> None:
    made = make(tmp_path, text, language)
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_a_passage_that_begins_like_another_is_found_in_its_place(tmp_path: Path) -> None:
    # “Were” at the beginning of a sentence comes back as a quotation mark, and the marks of an address as letters.
    filler = "".join(f"The {number}th day brought rain, and people waited for the court.\n\n" for number in range(100))
    text = f"They were international workers and went home.\n\n{filler}Were international workers urged, "
    made = make(tmp_path, f"{text}at last, to adopt the measures? See <https://example.org/doc/180>.", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_capitals_of_a_passage_have_no_sign_for_each_word(tmp_path: Path) -> None:
    # “DO” comes back as a letter, so that the passage is looked for word by word.
    filler = "".join(f"The {number}th apparatus was taken from the people when it rained.\n\n" for number in range(100))
    made = make(tmp_path, f"{filler}**DO NOT MOVE ANY APPARATUS WHEN TAKING DATA!**", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_an_address_may_be_between_a_word_and_its_raised_mark(tmp_path: Path) -> None:
    address = "https://example.org/a-page-with-a-long-address/" + "and-more-of-it/" * 25
    made = make(tmp_path, f"She was a lifelong [nationalist]({address}).[^9^](https://example.org/n) He left.", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_cells_of_a_long_table_are_found_wherever_they_are(tmp_path: Path) -> None:
    head = f"| Year | {'A long head of a column ' * 30} |"
    rows = "\n".join(f"| {year}.5 | {year}.75 |" for year in range(1900, 1930))
    made = make(tmp_path, f"{head}\n|---|---|\n{rows}\n", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_a_paragraph_that_is_there_again_in_another_form_is_in_its_place(tmp_path: Path) -> None:
    text = "The agency gave {} of the company a rating for many years.\n\n"
    between = "Other words stand between these two paragraphs of the text.\n\n"
    made = make(tmp_path, f"{text.format('**propert*ies***')}{between}{text.format('properties')}", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


@pytest.mark.parametrize(("line", "change", "rule"), [
    ("VILL", "", "parity-text"),
    ("VILL", "XXXXXXXX", "parity-text"),
    ("NADIE", "", "parity-text"),
    ("#C1BEJ", "#H", "parity-text"),
    ("LRS", "", "parity-text"),
])  # fmt: skip
def test_a_planted_defect_is_found(made: Made, line: str, change: str, rule: str, tmp_path: Path) -> None:
    data = made.path.read_bytes().decode("ascii").split("\r\n")
    (index,) = [number for number, text in enumerate(data) if line in text]
    data[index] = data[index].replace(line, change) if change else ""
    spoilt = tmp_path / made.path.name
    spoilt.write_bytes("\r\n".join(data).encode("ascii"))
    assert {finding.rule for finding in EXTRACTOR.diff(made.publication, spoilt)} >= {rule}


PLAIN = "".join(
    f"The {number} people of Mexico City waited “for ever” (in 20{number}).\n\nThey did; the court did not.\n\n"
    for number in range(10, 14)
)
SPOILT = {
    "a number sign is lost": ("#AA", "AA"),
    "a capital is lost": (",MEXICO", "MEXICO"),
    "capitals are added": (",MEXICO", ",,MEXICO"),
    "brackets are lost": ('"<9 ', "9 "),
    "a quotation mark is lost": ('8= "E', '= "E'),
    "a semicolon is lost": ("DID2", "DID"),
    "a contraction is another": ("WAIT$", "WAIT]"),
    "a reference is lost": (";9#A", ""),
    "a reference is another": (";9#A", ";9#B"),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("plain"), f"{PLAIN}A word.[^1]\n\n[^1]: A note.\n", "en")


@pytest.mark.parametrize("what", SPOILT)
def test_cells_of_plain_text_are_compared(plain: Made, what: str, tmp_path: Path) -> None:
    old, new = SPOILT[what]
    assert list(EXTRACTOR.diff(plain.publication, plain.path)) == []
    head, text = plain.path.read_bytes().decode("ascii").split("  ,! #AJ")
    assert old in text
    spoilt = tmp_path / plain.path.name
    spoilt.write_bytes(f"{head}  ,! #AJ{text.replace(old, new, 1)}".encode("ascii"))
    rule = "parity-notes" if "reference" in what else "parity-text"
    assert {finding.rule for finding in EXTRACTOR.diff(plain.publication, spoilt)} == {rule}


@pytest.mark.parametrize(("language", "grade"), [("en", Grade.UNCONTRACTED), ("es", None)])
def test_another_grade_or_code_than_the_name_says_is_found(
    plain: Made, language: str, grade: Grade | None, tmp_path: Path
) -> None:
    other = make(tmp_path, PLAIN, language, grade=grade)
    path = other.path.rename(tmp_path / plain.path.name)
    assert "in another code or grade" in " ".join(map(str, EXTRACTOR.diff(plain.publication, path)))


def test_another_order_is_found(made: Made, tmp_path: Path) -> None:
    lines = made.path.read_bytes().decode("ascii").split("\r\n")
    first = next(index for index, text in enumerate(lines) if ",! P " in text)
    last = next(index for index, text in enumerate(lines) if ",! GOV" in text)
    lines[first : first + 2], lines[last : last + 2] = lines[last : last + 2], lines[first : first + 2]
    spoilt = tmp_path / made.path.name
    spoilt.write_bytes("\r\n".join(lines).encode("ascii"))
    assert "parity-order" in {finding.rule for finding in EXTRACTOR.diff(made.publication, spoilt)}


@pytest.mark.slow
@pytest.mark.parametrize("slug", all_of(SHORT))
def test_a_publication_comes_back(slug: str, editions: Editions, tmp_path: Path) -> None:
    edition = editions.of(slug, "braille")
    path = tmp_path / f"{slug}{edition.written.suffix}"
    path.write_bytes(edition.path.read_bytes())
    compared = compare(edition.publication, path)
    assert [str(finding) for finding in compared.findings] == []
    assert compared.translated_back / compared.words > 0.7


def test_words_after_many_characters_without_cells_are_found(tmp_path: Path) -> None:
    names = "".join(f"- አማርኛ ኛ{chr(0x1200 + number)}ማር\n" for number in range(200))
    made = make(tmp_path, f"# Languages\n\n{names}- Italiano\n- Polski 536\n", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_short_notes_and_descriptions_are_found_far_from_the_beginning(tmp_path: Path) -> None:
    filler = "".join(f"The {number}th day brought rain, and people waited for the court.\n\n" for number in range(100))
    picture = 'Some zebra.[^1]\n\n![Figure 1](map.png){alt="Zebra map"}\n\n[^1]: Xylophone 536.\n'
    made = make(tmp_path, f"{filler}{picture}", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []
    lines = made.path.read_bytes().decode("ascii").split("\r\n")
    spoilt = tmp_path / made.path.name
    spoilt.write_bytes("\r\n".join(line for line in lines if "XYL" not in line).encode("ascii"))
    assert ["Xylophone" in finding.message for finding in compare(made.publication, spoilt).findings] == [True]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "It was published later, in a journal: "
     "[doi](https://e.org/identifier):[10.1093/auk/103.4.737](https://e.org/10.1093)."),
    ("en", "It was told by the [Disney](https://e.org/company)'s lawyers of those days."),
    ("es", "Véase [*Review of Internationalized Names*](https://e.org/rfc)Temas vinculados con nombres."),
    ("en", "It is ab[c](https://e.org/c)d[e](https://e.org/e)f."),
    ("en", "They are kept elsewhere (*some-bucket-end*.cloud.example.com) for years."),
    ("ru", "В кодировках (например, такой как form data), отличных от поддерживаемых, и в code points или log files."),
])  # fmt: skip
def test_words_divided_by_addresses_and_words_in_latin_letters_are_recognised(
    language: str, text: str, tmp_path: Path
) -> None:
    made = make(tmp_path, f"{text}\n\nAnother one.\n", language)
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


@pytest.mark.parametrize("text", [
    "The sea\N{SOFT HYPHEN}side towns waited for [\N{SOFT HYPHEN}] words.",
    'They have said that x == "" %} *so* that was all.',
    "In those days THE WHOLE COURT *SAID* THAT IT WOULD, and they believed it.",
    "It may be copied for any purpose that is NOT COMMERCIAL (CC BY-NC)\\\nISBN 978 is its number, and it is free.",
])  # fmt: skip
def test_cells_beside_emphasis_and_what_is_not_printed_are_no_other_cells(text: str, tmp_path: Path) -> None:
    made = make(tmp_path, f"{text}\n\nAnother one.\n", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


@pytest.mark.parametrize(("language", "heading"), [
    ("de", "Die Rechte der Menschen und `einsicht`"),
    ("de", "Das Wort [señales]{lang=es} und andere"),
    ("en", "The word [señales]{lang=es} and *others*ness"),
    ("en", "RIGHTS OF[^1] PEOPLE `and` others"),
    ("en", "The word [dos_tres]{lang=es} and others"),
])  # fmt: skip
def test_headings_with_code_other_languages_and_notes_are_in_the_contents(
    language: str, heading: str, tmp_path: Path
) -> None:
    made = make(tmp_path, f"# {heading}\n\nWords.[^1]\n\n[^1]: A note.\n", language)
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []
    assert list(check(made.path)) == []
    other = tree("# Another heading\n\nWords.[^1]\n\n[^1]: A note.\n", language)
    assert any("contents" in finding.message for finding in compare(other, made.path).findings)


def test_words_that_end_as_if_they_went_on_in_the_next_line_are_no_other_cells(tmp_path: Path) -> None:
    text = "\n\n".join(f"{'a' * number} peu réaliste, dirent les autres." for number in range(20, 32))
    made = make(tmp_path, text, "fr")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []
    assert compare(tree(text.replace("les autres", "les Autres"), "fr"), made.path).findings


def test_a_character_without_cells_in_the_code_of_a_passage_is_left_to_the_writer(tmp_path: Path) -> None:
    made = make(tmp_path, "[Escriba a ana_paz@example.org sin demora]{lang=es}, they said.\n", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []
    assert made.rules == {"braille-character"}
    other = tree("[Escriba a ana_paz@example.org con urgencia]{lang=es}, they said.\n", "en")
    assert any("urgencia" in finding.message for finding in compare(other, made.path).findings)


def test_an_address_that_no_edition_links_to_is_not_among_the_cells(tmp_path: Path) -> None:
    link = m.Link((m.Text("this page"),), "https://example.org/{{page}}")
    words = m.Paragraph((m.Text("One two three four "), link, m.Text(" five six seven eight.")))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(words,)))
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []
    assert made.rules == {"link-refused"}


def test_words_after_letters_that_mean_words_are_found(tmp_path: Path) -> None:
    letters = "`x` " * 20
    rest = "".join(f"The next sentence tells what they saw in box {number} of that town.\n\n" for number in range(90))
    made = make(tmp_path, f"All of {letters} are perhaps met.\n\n{rest}`perhaps` is code.\n", "en")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []
    spoilt = tmp_path / made.path.name
    data = made.path.read_bytes()
    assert data.count(b" P]H ") == 1
    spoilt.write_bytes(data.replace(b" P]H ", b" "))
    assert ["perhaps" in finding.message for finding in compare(made.publication, spoilt).findings] == [True]


def test_lists_in_the_headings_of_a_table_are_written(tmp_path: Path) -> None:
    def cell(words: str, scope: m.Scope | None = None) -> m.Cell:
        paragraph = m.Paragraph((m.Text(words),))
        return m.Cell((m.List((m.ListItem((paragraph,)),)),) if scope else (paragraph,), scope)

    head = m.Row((cell("Village", m.Scope.COLUMN), cell("Harvest", m.Scope.COLUMN)))
    table = m.Table((m.Column(), m.Column()), head=(head,), bodies=((m.Row((cell("North"), cell("Maize"))),),))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(table,)))
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


def test_italian_whose_letters_share_cells_with_digits_is_recognised(tmp_path: Path) -> None:
    places = (
        "scuola",
        "chiesa",
        "fontana",
        "farmacia",
        "biblioteca",
        "stazione",
        "piazza",
        "torre",
        "banca",
        "bottega",
    )
    rows = "".join(
        f"| {number}.{place} | Gli abitanti della {place} hanno chiesto di riparare il tetto, ma invano. | ✓ |\n"
        for number in range(1, 9)
        for place in places
    )
    text = f"# Domande\n\n| Numero | Descrizione | Livello |\n|:-|:-|:-:|\n{rows}\n# Riferimenti\n\nUna guida.\n"
    made = make(tmp_path, text, "it")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Задание принял к исполнению ________ ________"),
        ("uk", "Роботу учня прийняв і перевірив __________"),
        ("es", "Nombre y firma: ________"),
    ],
)
def test_blanks_alone_in_a_line_are_no_rule_of_a_table(language: str, text: str, tmp_path: Path) -> None:
    made = make(tmp_path, f"{text}\n\n________\n", language)
    assert compare(made.publication, made.path).findings == []
    assert made.rules == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_dashes_to_write_on_that_are_longer_than_a_line_are_found(language: str, tmp_path: Path) -> None:
    form = f"Signed: {'-' * 60} Date: {'-' * 41}", f"I, {'-' * 71} Parent/ sponsor or {'-' * 27}"
    body = tuple(m.Paragraph(children=(m.Text(text=line),)) for line in form)
    made = make(tmp_path, m.Publication(metadata=m.Metadata(title="Form", language=language), body=body))
    assert compare(made.publication, made.path).findings == []


def test_a_passage_all_of_whose_parts_are_repeated_is_found_far_from_the_beginning(tmp_path: Path) -> None:
    calls = "Вызовы нужны всякой программе.\n\n" * 200 + "Вызов `open socket` нужен.\n\n"
    item = "    - [`socket`](https://example.org/source/{}), как правило, хранится в переменной\n"
    made = make(tmp_path, f"{calls}Это так.[^1]\n\n[^1]: Есть две:\n\n{item.format('one')}{item.format('two')}", "ru")
    assert compare(made.publication, made.path).findings == []


def test_turkish_capitals_without_dots_are_recognised_in_a_passage_of_capitals(tmp_path: Path) -> None:
    made = make(tmp_path, "Yanıt şudur. 🔎 [TOOL ÇALIŞIYOR] Sorgu: kiracı hakları, bütün kiracılar için.", "tr")
    assert compare(made.publication, made.path).findings == []


_CODE = r'[\<rule type="rule:expression">answer is ]{lang=en}"11" or (answer is "22" or "33")}\</rule>' + "\n\n"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_equal_lines_of_code_in_two_languages_are_found_as_often_as_they_are_there(
    language: str, tmp_path: Path
) -> None:
    lines = [make(tmp_path / str(number), _CODE * number, language) for number in (2, 3)]
    assert [compare(made.publication, made.path).findings for made in lines] == [[], []]
    fewer = compare(lines[1].publication, lines[0].path).findings
    assert {finding.rule for finding in fewer} == {"parity-text"}


@pytest.mark.parametrize(("old", "new"), [("#CC", "#CD"), ("ANSWER", "ANSWERS"), ("EXPRESSION", "EXPREION")])
def test_a_change_in_one_of_equal_lines_of_code_is_found(old: str, new: str, tmp_path: Path) -> None:
    made = make(tmp_path, _CODE * 3, "ru")
    text = made.path.read_bytes()
    assert old.encode() in text
    made.path.write_bytes(text.replace(old.encode(), new.encode(), 1))
    assert {finding.rule for finding in compare(made.publication, made.path).findings} == {"parity-text"}


@pytest.mark.parametrize("text", [
    "Система *X Window System* server protocol позволяет видеть окна на экране.",
    "Ещё одно предложение позволяет server protocol *X Window System* a protocol видеть окна на экране.",
])  # fmt: skip
@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_sign_of_latin_letters_counts_for_words_after_emphasis(text: str, language: str, tmp_path: Path) -> None:
    made = make(tmp_path, text, language)
    assert compare(made.publication, made.path).findings == []
    spoilt = made.path.read_bytes().replace(b"PROTOCOL", b"PROTOKOL")
    made.path.write_bytes(spoilt)
    assert {finding.rule for finding in compare(made.publication, made.path).findings} == {"parity-text"}


def test_a_lost_passage_in_letters_that_the_code_of_the_text_does_not_have_is_found(tmp_path: Path) -> None:
    passage = "[Агентство сообщило людям о новом решении суда.]{lang=ru}\n\n"
    texts = [f"They waited for the court.\n\n{some}They went home.\n" for some in (passage, "")]
    whole, rest = (make(tmp_path / str(number), text, "en") for number, text in enumerate(texts))
    assert compare(whole.publication, whole.path).findings == []
    assert {finding.rule for finding in compare(whole.publication, rest.path).findings} == {"parity-text"}


def test_a_word_is_counted_in_every_code_it_is_written_in() -> None:
    # “often” is contracted in the English text, and has a sign of Latin letters in Russian only where they begin.
    assert count_any("⠕⠋⠞⠢⠁⠠⠕⠋⠞⠑⠝⠁⠕⠋⠞⠑⠝", {"⠕⠋⠞⠢", "⠠⠕⠋⠞⠑⠝", ""}) == 3
    assert count_any("⠕⠋⠞⠢", {""}) == 0


def test_what_is_in_another_item_that_is_written_in_another_way_is_not_missing() -> None:
    items = [ContentItem("paragraph", text, runs=(("ru", text),), styles=(("", text),)) for text in ("нет", "нетнет")]
    table = CODES["ru"].uncontracted
    cells = liblouis.translate(table, "нет")
    for expected, file, missing in (
        (items, cells, None),
        ([items[0], *items], cells, 1),
        (items, cells * 3, 0),
        (items, "", None),
    ):
        assert WholeItems(expected, file, lambda *_: table, "⠐").missing(items[0]) == missing
