"""The lists of words, in every language that has one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from exporter import model as m
from exporter.lexicon import word_lists
from exporter.lexicon.word_lists import folded
from exporter.validate.lint import lint
from tests.write_context import LANGUAGES

TABLES = tomllib.loads(Path(word_lists.__file__).with_name("words.toml").read_text("utf-8"))


def rules(*children: m.Inline, language: str) -> set[str]:
    body = (m.Paragraph(children),)
    return {finding.rule for finding in lint(m.Publication(m.Metadata(language=language), body=body))}


def picture(alt: str, language: str, name: str = "img/a.png") -> set[str]:
    return rules(m.Image(name, m.Described(alt)), language=language)


@pytest.mark.parametrize("table", ["vague_links", "alt_openings", "alt_placeholders"])
def test_each_list_speaks_the_languages_of_the_house_in_small_letters(table: str) -> None:
    for language in LANGUAGES:
        entries = TABLES[table][language]
        assert entries
        assert len(set(entries)) == len(entries)
        for entry in entries:
            assert entry == entry.casefold()
            assert table == "alt_openings" or entry == folded(entry)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Click here", "en"),
        ("Read more…", "en-GB"),
        ("aquí", "es-MX"),
        ("Leer más »", "es"),
        ("En savoir plus", "fr"),
        ("Saiba mais", "pt-BR"),
        ("هنا", "ar"),
        ("اقرأ المزيد", "ar"),
        ("Подробнее", "ru"),
        ("Hier klicken", "de-AT"),
        ("Scopri di più", "it"),
        ("Докладніше", "uk"),
        ("İndir", "tr"),
        ("here", "ar"),
        ("(PDF)", "fr"),
    ],
)
def test_a_link_that_says_nothing_is_found_in_every_language(text: str, language: str) -> None:
    assert "link-vague" in rules(m.Link((m.Text(text),), "https://example.org/"), language=language)


@pytest.mark.parametrize(
    ("text", "language"), [("Here to stay", "en"), ("aqui", "fr"), ("More in Common", "en"), ("El más allá", "es")]
)
def test_a_link_with_words_of_its_own_is_left_alone(text: str, language: str) -> None:
    assert "link-vague" not in rules(m.Link((m.Text(text),), "https://example.org/"), language=language)


@pytest.mark.parametrize(
    ("alt", "language"),
    [
        ("Image of a court", "en"),
        ("A photo of a court", "en"),
        ("Image: a court", "en"),
        ("Imagen de un tribunal", "es"),
        ("Una foto de un tribunal", "es-MX"),
        ("Photo d’un tribunal", "fr"),
        ("Imagem do tribunal", "pt"),
        ("صورة لمحكمة", "ar"),
        ("На фото суд", "ru"),
        ("Foto eines Gerichts", "de"),
        ("Foto di un tribunale", "it"),
        ("На світлині суд", "uk"),
        ("Fotoğrafta bir mahkeme", "tr"),
        ("Picture of a court", "es"),
    ],
)
def test_an_alt_text_that_says_it_is_a_picture_is_found_in_every_language(alt: str, language: str) -> None:
    assert "alt-image-of" in picture(alt, language)


@pytest.mark.parametrize(
    "alt",
    ["Imagery of rain", "Map of the district", "Photographers wait outside", "Bar chart: 4 to 88", "Image offices"],
)
def test_an_alt_text_that_says_what_is_seen_is_left_alone(alt: str) -> None:
    assert picture(alt, "en") & {"alt-image-of", "alt-placeholder", "alt-file-name"} == set()


@pytest.mark.parametrize(
    ("alt", "language"),
    [
        ("image", "en"),
        ("Photo.", "en"),
        ("TODO", "en"),
        ("alt text", "es"),
        ("Untitled", "fr"),
        ("IMG_1234", "en"),
        ("DSC00042", "en"),
        ("Screenshot 2024-05-03", "en"),
        ("IMG-20240503-WA0001", "en"),
        ("...", "en"),
        ("-", "en"),
        ("Figure 3", "en"),
        ("Fotografía", "es"),
        ("Sans titre", "fr"),
        ("Gráfico", "pt"),
        ("صورة", "ar"),
        ("Рисунок", "ru"),
        ("Abbildung", "de"),
        ("Senza titolo", "it"),
        ("Без назви", "uk"),
        ("Şekil", "tr"),
    ],
)
def test_an_alt_text_that_nobody_has_written_stops_the_export(alt: str, language: str) -> None:
    assert "alt-placeholder" in picture(alt, language)


@pytest.mark.parametrize(
    ("alt", "name"),
    [("a.png", "img/a.png"), ("Photo-01.JPG", "x.png"), ("court_door", "court_door.png"), ("img/a", "img/a.png")],
)
def test_a_file_name_is_no_alt_text(alt: str, name: str) -> None:
    assert "alt-file-name" in picture(alt, "en", name)


def test_a_word_that_the_file_is_called_after_may_still_be_its_alt_text() -> None:
    assert picture("Tapachula", "en", "tapachula.jpg") & {"alt-file-name", "alt-placeholder"} == set()
    assert picture("The court", "en", "the court.jpg") & {"alt-file-name", "alt-placeholder"} == set()


def test_small_words_hardly_belong_to_two_languages() -> None:
    lists = {language: set(listed) for language, listed in TABLES["small_words"].items()}
    for language, own in lists.items():
        assert all(word == folded(word) for word in own)
        for other, others in lists.items():
            # Words that Spanish and Portuguese share count for both.
            assert len(own & others) <= (8 if {language, other} == {"es", "pt"} else 3) or language == other


@pytest.mark.parametrize(
    ("language", "doubtful"),
    [("en", True), ("fr-FR", True), ("es", False), ("es-MX", False), ("nah", False), ("", False)],
)
def test_a_text_in_another_language_than_it_says_is_doubted(language: str, doubtful: bool) -> None:
    spanish = "El juez fue al tribunal y los demás se quedaron con las familias del pueblo. " * 4
    assert ("language-doubtful" in rules(m.Text(spanish), language=language)) is doubtful


def test_a_few_words_of_another_language_are_no_reason_to_doubt() -> None:
    title = "The report “El ruido y la furia de los pueblos del sur” was written by the people of the town. "
    assert "language-doubtful" not in rules(m.Text(title * 4), language="en")
    assert "language-doubtful" not in rules(m.Text("El juez y las familias del pueblo."), language="en")
