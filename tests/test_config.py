"""Settings: which wins, and how a slip of the pen is said."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import pytest

from exporter.config import (
    SettingsLayer,
    edition_options,
    export_settings,
    metadata_settings,
    read_toml,
    store_folder,
    styles_folder,
)
from exporter.errors import ExporterError, SettingsError, UsageError
from exporter.model import (
    Contributor,
    Cover,
    Decorative,
    Described,
    Family,
    Form,
    Kind,
    Metadata,
    Related,
    Source,
    Undescribed,
)


class Size(StrEnum):
    A4 = "a4"
    LETTER = "letter"


class Options(msgspec.Struct, frozen=True):
    page_size: Size = Size.A4
    text_size: Annotated[float, msgspec.Meta(ge=8)] = 11
    cover: bool = True
    depth: int = 2


def layer(text: str, tmp_path: Path) -> SettingsLayer:
    path = tmp_path / "publication.toml"
    path.write_text(text, "utf-8")
    read = read_toml(path, "publication.toml")
    assert read is not None
    return read


def test_later_layers_win_key_by_key(tmp_path: Path) -> None:
    weak = layer("[pdf]\ntext_size = 12\ncover = false\n", tmp_path)
    strong = layer("[pdf]\ntext_size = 14\n", tmp_path)
    assert edition_options([weak, strong], "pdf", Options) == Options(text_size=14, cover=False)


def test_without_settings_the_defaults_hold() -> None:
    assert edition_options([], "pdf", Options) == Options()


def test_front_matter_and_command_line_are_texts(tmp_path: Path) -> None:
    front = SettingsLayer("manuscript.md", {"pdf": {"text_size": "12.5", "cover": "false", "depth": "3"}}, untyped=True)
    command = SettingsLayer("", {"pdf": {"page_size": "letter"}}, untyped=True)
    assert edition_options([front, command], "pdf", Options) == Options(Size.LETTER, 12.5, cover=False, depth=3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[pdf]\n\ntext-size = 12\n",
            "publication.toml:3: Unknown setting “text-size” in [pdf]. Did you mean “text_size”?",
        ),
        ("[pdf]\ncolour = 1\n", "publication.toml:2: Unknown setting “colour” in [pdf]. Known names: "),
        ('[pdf]\ndepth = "2"\n', "publication.toml:2: Invalid value for “depth” in [pdf]: expected a whole number"),
        ("[pdf]\ndepth = 2.5\n", "publication.toml:2: Invalid value for “depth” in [pdf]"),
        ('[pdf]\npage_size = "a3"\n', "unknown “a3”. Write one of: a4, letter."),
        ("[pdf]\ncover = 1\n", "Invalid value for “cover” in [pdf]: expected true or false"),
        ("[pdf]\ntext_size = 2\n", "publication.toml:2: Invalid value for “text_size” in [pdf]"),
        (
            "# [pdf]\npdf = 3\n",
            "publication.toml:2: Invalid value for “pdf”: expected a table of settings, found a number.",
        ),
    ],
)
def test_a_wrong_setting_is_said_with_file_line_and_advice(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        edition_options([layer(text, tmp_path)], "pdf", Options)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("value", ["x" * 60_000, "word " * 12_000, "a\\nb"])
@pytest.mark.parametrize("key", ["lang", "kind"])
def test_a_wrong_value_is_not_quoted_whole(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        metadata_settings(layer(f'[metadata]\n{key} = "{value}"\n', tmp_path))
    assert len(raised.value.message) < 500
    assert "\n" not in raised.value.message
    assert raised.value.source == Source("publication.toml", 2)


@pytest.mark.parametrize("digits", [20, 4_000])
def test_a_number_that_no_store_can_hold_is_refused(tmp_path: Path, digits: int) -> None:
    with pytest.raises(SettingsError, match=r"publication.toml:2: Invalid value for “depth” in \[pdf\]: .* too large"):
        edition_options([layer(f"[pdf]\ndepth = {'9' * digits}\n", tmp_path)], "pdf", Options)
    with pytest.raises(UsageError, match=r"--depth of pdf: .* too large"):
        edition_options([SettingsLayer("", {"pdf": {"depth": "9" * digits}}, untyped=True)], "pdf", Options)


def test_half_a_character_is_refused_and_spaces_of_names_stay() -> None:
    with pytest.raises(UsageError, match="no characters of UTF-8"):
        metadata_settings(SettingsLayer("", {"metadata": {"title": "a\udcff"}}, untyped=True))
    assert SettingsLayer("", {}).error("“Logo  final.png”\nis missing").message == "“Logo  final.png” is missing"


def test_a_wrong_option_of_the_command_line_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"--page-size of pdf: .* Write one of: a4, letter"):
        edition_options([SettingsLayer("", {"pdf": {"page_size": "a3"}}, untyped=True)], "pdf", Options)


def test_an_unknown_table_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"publication.toml:2: Unknown setting “ebup”. Did you mean “epub”\?"):
        layer("\n[ebup]\n", tmp_path).check_names(["pdf", "epub"])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"[pdf]\nx = \n", "publication.toml:2: Invalid TOML in the settings file"),
        (b"[pdf]\n\xff = 1\n", "publication.toml:2: The settings file is not UTF-8."),
        (b"a = " + b"[" * 100_000, "too deeply"),
        (b"a." * 20_000 + b"a = 1\n", "nested too deeply"),
        (b"a = " + b"{b = " * 400 + b"1" + b"}" * 400, "nested too deeply"),
        (b"a = " + b"9" * 20_000, "a number has too many digits"),
        (b"#" * 2_000_000, "longer than a megabyte"),
    ],
)
def test_a_broken_settings_file_is_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "publication.toml"
    path.write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        read_toml(path, "publication.toml")
    assert sentence in str(caught.value)


def test_a_settings_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert read_toml(tmp_path / "publication.toml", "publication.toml") is None


@pytest.mark.parametrize("name", ["Publication.toml", "PUBLICATION.TOML", "publication.toml.txt"])
def test_a_file_that_was_meant_to_be_the_settings_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[pdf]\n")
    with pytest.raises(SettingsError, match=rf"^{name}: This file is not read: .* Rename it to publication.toml"):
        read_toml(tmp_path / "publication.toml", "publication.toml")
    (tmp_path / "publication.toml").write_text("[pdf]\n")
    assert read_toml(tmp_path / "publication.toml", "publication.toml") is not None


def test_export_settings_are_strict_too(tmp_path: Path) -> None:
    assert export_settings([layer("[export]\ntime_limit = 5\n", tmp_path)]).time_limit == 5
    with pytest.raises(SettingsError, match=r"publication\.toml:2"):
        export_settings([layer("[export]\ntime_limit = -5\n", tmp_path)])


def test_metadata_of_a_publication_win_and_those_of_the_house_fill_gaps(tmp_path: Path) -> None:
    publication = metadata_settings(
        layer('[metadata]\ntitle = "New"\nauthors = ["Ana", { name = "Bo", role = "trl" }]\n', tmp_path)
    )
    house = metadata_settings(layer('[metadata]\npublisher = "House"\ntitle = "House title"\nlang = "en"\n', tmp_path))
    metadata = house.under(publication.over(Metadata(title="Old", kind=Kind.NEWS)))
    assert metadata == Metadata(
        title="New",
        kind=Kind.NEWS,
        authors=(Contributor("Ana"), Contributor("Bo", "trl")),
        publisher="House",
        language="en",
    )


def test_metadata_know_dates_contacts_and_related_publications(tmp_path: Path) -> None:
    text = """
[metadata]
date = 2026-01-31
kind = "report"
keywords = ["a", "b"]
contact = { email = "a@example.org" }
related = [{ title = "Other", target = "other", lang = "es" }]
"""
    metadata = metadata_settings(layer(text, tmp_path)).over(Metadata())
    assert metadata.date == datetime.date(2026, 1, 31)
    assert metadata.subjects == ("a", "b")
    assert metadata.contact is not None
    assert metadata.contact.email == "a@example.org"
    assert metadata.related == (Related("Other", "other", "es"),)


def test_metadata_know_the_family(tmp_path: Path) -> None:
    text = """
[metadata]
family = { original = "well", form = "summary", members = [{ title = "Signed", lang = "ase", form = "sign-language" }] }
"""
    family = metadata_settings(layer(text, tmp_path)).over(Metadata()).family
    assert family == Family(Form.SUMMARY, "well", (Related("Signed", "", "ase", Form.SIGN_LANGUAGE),))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('family = { original = "a", form = "translated" }', "unknown “translated”."),
        ('family = { members = [{ title = "a", lang = "es_MX" }] }', "2: The language “es_MX” has an underscore"),
        (
            'date = "12 March"',
            "2: Invalid value for “date” in [metadata]: not a day. Write year, month and day, as in: date",
        ),
        ('kind = "dispatches"', "unknown “dispatches”. Write one of: brief, commentary, dispatch,"),
        (
            'keywords = "a"',
            "expected a list in square brackets, found a text in quotation marks. Write it as in: keywords =",
        ),
        ('authors = "a"', 'Write it as in: authors = ["...", { name = "...", role = "..." }]'),
        (
            'contact = "a"',
            "expected a table in braces, found a text in quotation marks. Write it as in: contact = { name =",
        ),
        ('contact = { mail = "a" }', "unknown “mail”. Write it as in: contact = { name ="),
        (
            'related = [{ title = "a", language = "es" }]',
            "unknown “language”. Write it as in: related = [{ title",
        ),
        (f'description = "{"a" * 64_001}"', "Invalid value for “description” in [metadata]: longer than 64,000"),
        ('title = ""', "Invalid value for “title” in [metadata]: it is empty."),
        ("title = 3", "expected a text in quotation marks, found a whole number."),
        ("authors = [{}]", "“name” is missing."),
        ('lang = "english"', "2: The language “english” is not registered. Write a code such as"),
        (
            'related = [{ title = "a", lang = "es_MX" }]',
            "2: The language “es_MX” has an underscore instead of",
        ),
    ],
)
def test_wrong_metadata_are_said_in_words_that_people_know(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        metadata_settings(layer(f"[metadata]\n{line}\n", tmp_path))
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("cover", "alt"),
    [
        ('alt = "A stair."', Described("A stair.")),
        ("decorative = true", Decorative()),
        ("decorative = false", Undescribed()),
    ],
)
def test_a_cover_has_an_alt_text_only_when_somebody_has_said_so(tmp_path: Path, cover: str, alt: object) -> None:
    metadata = metadata_settings(layer(f'[metadata]\ncover = {{ source = "c.png", {cover} }}\n', tmp_path)).over(
        Metadata()
    )
    assert metadata.cover == Cover("c.png", alt)  # type: ignore[arg-type]  # one of three


@pytest.mark.parametrize(
    "text", ['[metadata]\ntitel = "x"\n', "[metadata]\ndate = 3\n", '[metadata]\nkind = "novel"\n']
)
def test_wrong_metadata_are_said_with_their_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"publication\.toml:2"):
        metadata_settings(layer(text, tmp_path))


def test_styles_are_those_of_the_command_line_then_of_the_environment_then_ours(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "labels").mkdir(parents=True)
        (tmp_path / name / "labels" / "en.toml").write_text("")
    environment = {"EXPORTER_STYLES": str(tmp_path / "two")}
    assert styles_folder(tmp_path / "one", environment) == (tmp_path / "one").resolve()
    assert styles_folder(None, environment) == (tmp_path / "two").resolve()
    assert (styles_folder(None, {}) / "labels" / "en.toml").is_file()
    with pytest.raises(ExporterError, match=r"no labels/en\.toml"):
        styles_folder(tmp_path / "three", {})


def test_the_store_is_that_of_the_command_line_then_of_the_environment_then_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    environment = {"EXPORTER_STORE": str(tmp_path / "two")}
    assert store_folder(tmp_path / "one", environment) == (tmp_path / "one", True, "")
    assert store_folder(None, environment) == (tmp_path / "two", True, "")
    assert store_folder(None, {})[1] is False
    folder, is_given, address = store_folder(None, {"EXPORTER_STORE": "s3://bucket/store"})
    assert (folder.parent.name, is_given, address) == ("exporter-copies", True, "s3://bucket/store")
