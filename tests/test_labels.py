"""The fixed words: every language says all that English says, with its values and the plural forms of its grammar."""

from __future__ import annotations

import datetime
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from exporter.errors import SettingsError
from exporter.labels import Labels, MissingLabelError, direction_of
from exporter.lexicon import Lexicon, Lexicons
from exporter.model import Contributor, Direction, language_tags
from exporter.readers.markdown.metadata import ROLES

STYLES = Path(__file__).parent.parent / "styles"
LANGUAGES = sorted(path.stem for path in (STYLES / "labels").glob("*.toml"))


def texts(language: str) -> dict[str, Any]:
    def within(table: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
        for key, value in table.items():
            if depth == 0:
                yield from within(value, f"{key}.", 1)
            else:
                yield prefix + key, value

    return dict(within(tomllib.loads((STYLES / "labels" / f"{language}.toml").read_text("utf-8")), "", 0))


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(value: str | Mapping[str, str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value.values())


@pytest.fixture(scope="module")
def english() -> dict[str, Any]:
    return texts("en")


def test_the_languages_of_the_house_are_there() -> None:
    assert {"ar", "de", "en", "es", "fr", "it", "pt", "ru", "tr", "uk", "zh"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_exactly_the_keys_of_english_in_the_same_order(language: str, english: dict[str, Any]) -> None:
    assert list(texts(language)) == list(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_uses_the_same_values_as_english(language: str, english: dict[str, Any]) -> None:
    for key, value in texts(language).items():
        wanted = set().union(*map(names, forms(english[key])))
        assert set().union(*map(names, forms(value))) == wanted, key
        if isinstance(value, str):
            assert names(value) == wanted, key
        else:
            # "One image." needs no number; every form may use what English uses and nothing else.
            assert all(names(form) <= wanted for form in value.values()), key
            assert names(value["other"]) == wanted, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_with_a_count_has_the_plural_categories_of_the_language(language: str, english: dict[str, Any]) -> None:
    categories = set(Locale.parse(language).plural_form.tags) | {"other"}
    for key, value in texts(language).items():
        assert isinstance(value, Mapping) == isinstance(english[key], Mapping), key
        if isinstance(value, Mapping):
            assert set(value) == categories, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty_or_has_spaces_at_its_ends(language: str) -> None:
    for key, value in texts(language).items():
        for form in forms(value):
            assert form, key
            assert form == form.strip(), key


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_translation_is_not_english_left_standing(language: str, english: dict[str, Any]) -> None:
    sentences = [key for key, value in english.items() if any(" " in names_out(form) for form in forms(value))]
    assert len(sentences) > 10
    translated = texts(language)
    assert [key for key in sentences if translated[key] == english[key]] == []


def names_out(text: str) -> str:
    """Return the words of a label without its values and punctuation."""
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text)).strip(" .,:;—")


def test_labels_pick_the_plural_form_by_the_grammar_of_the_language() -> None:
    russian, arabic = Labels.load(STYLES, "ru"), Labels.load(STYLES, "ar")
    assert [russian("speech.images", count=n) for n in (1, 3, 5, 21)] == [
        "1 изображение.",
        "3 изображения.",
        "5 изображений.",
        "21 изображение.",
    ]
    assert [arabic("speech.images", count=n) for n in (0, 1, 2, 4, 12, 100)] == [
        "لا صور.",
        "صورة واحدة.",
        "صورتان.",
        "4 صور.",
        "12 صورةً.",
        "100 صورة.",
    ]


@pytest.mark.parametrize(
    ("tag", "contents", "complete"),
    [
        ("es-MX", "Índice", True),
        ("ar", "المحتويات", True),
        ("pt-BR", "Sumário", True),
        ("en-GB", "Contents", True),
        ("zh", "目录", True),
        ("zh-Hans", "目录", True),
        ("zh-CN", "目录", True),
        ("zh-TW", "Contents", False),
        ("zh-Hant", "Contents", False),
        ("nah", "Contents", False),
        ("", "Contents", False),
    ],
)
def test_a_region_uses_the_file_of_its_language_and_a_language_without_file_uses_english(
    tag: str, contents: str, complete: bool
) -> None:
    labels = Labels.load(STYLES, tag)
    assert labels("common.contents") == contents
    assert labels.complete is complete


def test_a_label_that_no_file_has_is_named() -> None:
    with pytest.raises(MissingLabelError, match=r"common\.nothing.*missing"):
        Labels.load(STYLES, "en")("common.nothing")


@pytest.mark.parametrize("label", ["{wrong}", "{", "{0}", "{count.real.x}"])
def test_a_label_with_other_values_is_named(label: str, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text(f'[note]\nnumber = "{label}"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"note\.number.*braces"):
        Labels.load(tmp_path, "en")("note.number", count=3)


def test_a_missing_label_comes_from_english(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text('[common]\ncontents = "Contents"\nnotes = "Notes"\n', "utf-8")
    (tmp_path / "labels" / "es.toml").write_text('[common]\nnotes = "Notas"\n', "utf-8")
    labels = Labels.load(tmp_path, "es")
    assert (labels("common.contents"), labels("common.notes")) == ("Contents", "Notas")
    assert labels.has("common.notes")
    assert not labels.has("common.contents")


def test_a_broken_label_file_is_a_settings_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text("[common\n", "utf-8")
    with pytest.raises(SettingsError, match=r"en\.toml"):
        Labels.load(tmp_path, "en")


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en-US", "June 1, 2025"),
        ("en-GB", "1 June 2025"),
        ("es-MX", "1 de junio de 2025"),
        ("fr", "1 juin 2025"),
        ("pt-BR", "1 de junho de 2025"),
        ("ru", "1 июня 2025\u202fг."),
        ("ar", "1 يونيو 2025"),
        ("de-AT", "1. Juni 2025"),
        ("it", "1 giugno 2025"),
        ("uk", "1 червня 2025\u202fр."),
        ("tr", "1 Haziran 2025"),
        ("zh-Hans", "2025年6月1日"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(tag: str, written: str) -> None:
    date = Labels.load(STYLES, tag).date(datetime.date(2025, 6, 1))
    assert date.replace("\u00a0", "\u202f").replace("\u200f", "") == written


def test_people_are_credited_by_role_authors_first() -> None:
    people = (
        Contributor("Boris Ivanov", "trl"),
        Contributor("Ana López"),
        Contributor("Cai Wen", "xyz"),
        Contributor("Dia Roy"),
        Contributor("Eva Ruiz", "trl"),
    )
    assert Labels.load(STYLES, "en").credits(people) == [
        "By Ana López and Dia Roy",
        "Translated by Boris Ivanov and Eva Ruiz",
        "With Cai Wen",
    ]
    assert Labels.load(STYLES, "ar").credits(people[1:2]) == ["تأليف: Ana López"]
    assert Labels.load(STYLES, "en").credits(()) == []


@pytest.mark.parametrize("role", sorted(ROLES.values()))
def test_every_role_that_a_manuscript_may_name_has_words(role: str) -> None:
    assert Labels.load(STYLES, "en").has_role(role)


def test_names_are_joined_as_the_language_joins_them() -> None:
    spanish, chinese, arabic = (Labels.load(STYLES, language) for language in ("es", "zh-CN", "ar"))
    assert [spanish.join(["A", "B", "C"][:count]) for count in range(4)] == ["", "A", "A y B", "A, B y C"]
    assert chinese.join(["王芳", "李文", "陈静"]) == "王芳、李文和陈静"
    assert arabic.join(["A", "B", "C"]) == "A، B وC"
    assert (chinese.comma, chinese.full_stop) == ("，", "。")


@pytest.mark.parametrize("tag", ["../labels/en", "en/../es", "", "-"])
def test_what_is_no_tag_names_no_file(tag: str) -> None:
    assert not Labels.load(STYLES, tag).complete
    assert Lexicons(STYLES)(tag) == Lexicon(language=tag)


def test_languages_are_named_in_the_language_of_the_reader() -> None:
    assert Labels.load(STYLES, "es").language_name("ar") == "árabe"
    assert Labels.load(STYLES, "en").language_name("es-MX") == "Spanish"
    assert "Latin" in Labels.load(STYLES, "en").language_name("sr-Latn-RS")
    assert Labels.load(STYLES, "en").accent_name("es-419") == "Spanish, Latin America"
    assert Labels.load(STYLES, "en").accent_name("es") == "Spanish"
    assert Labels.load(STYLES, "en").language_name("nhn") == "nhn", "a language that CLDR does not know keeps its tag"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", Direction.RTL),
        ("fa-IR", Direction.RTL),
        ("he", Direction.RTL),
        ("ur-PK", Direction.RTL),
        ("az-Arab", Direction.RTL),
        ("pa-PK", Direction.RTL),
        ("prs", Direction.RTL),
        ("azb", Direction.RTL),
        ("sw", Direction.LTR),
        ("pa", Direction.LTR),
        ("no tag", Direction.LTR),
        ("pa-Arab", Direction.RTL),
        ("uz-Latn", Direction.LTR),
        ("ar-Latn", Direction.LTR),
        ("az", Direction.LTR),
        ("es-MX", Direction.LTR),
        ("ru", Direction.LTR),
        ("", Direction.LTR),
    ],
)
def test_the_direction_follows_from_script_and_language(tag: str, direction: Direction) -> None:
    assert direction_of(tag) is direction


def test_a_tag_that_is_too_long_for_a_file_name_has_the_labels_and_the_lexicon_of_its_language() -> None:
    tag = f"es-x-{'a-' * 20_000}a"
    assert Labels.load(STYLES, tag)("epub.table") == Labels.load(STYLES, "es")("epub.table")
    assert Lexicons(STYLES)(tag).words == Lexicons(STYLES)("es").words
    assert Lexicons(STYLES)("x" * 300) == Lexicon(language="x" * 300)
    assert language_tags.problem(tag) == "is longer than 100 characters"


def test_a_nested_or_empty_file_of_words_is_no_fault_of_exporter(tmp_path: Path) -> None:
    for folder in ("labels", "lexicon"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "en.toml").write_text(f"a = {'[' * 100_000}")
    with pytest.raises(SettingsError, match="nested too deeply"):
        Labels.load(tmp_path, "en")
    with pytest.raises(SettingsError, match="nested too deeply"):
        Lexicons(tmp_path)("en")
    (tmp_path / "labels" / "en.toml").write_text("")
    labels = Labels.load(tmp_path, "en").with_titles({"braille": "Braille"})
    assert labels("editions.braille") == "Braille"
