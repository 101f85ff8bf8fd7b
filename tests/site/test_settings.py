"""What the house says of its catalogue, and what follows where it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config import read_toml
from exporter.errors import SettingsError
from exporter.site.settings import Site, site_settings, with_defaults
from tests.site.entries import brief, comment, entry


def settings(folder: Path, text: str) -> Site:
    (folder / "house.toml").write_text(text, "utf-8")
    return site_settings(read_toml(folder / "house.toml", "house.toml"))


def test_a_house_that_says_nothing_has_defaults() -> None:
    assert site_settings(None) == Site()


def test_all_that_can_be_said_is_read(tmp_path: Path) -> None:
    site = settings(
        tmp_path,
        '[site]\nname = "Open Record"\naddress = "https://example.org/reports"\nlanguage = "es-MX"\ntheme = "harbour"\n'
        'description = "All we publish."\ncategory = "News"\nexplicit = false\n'
        'contact = { name = "Desk", email = "formats@example.org" }\n',
    )
    assert site.name == "Open Record"
    assert site.address == "https://example.org/reports/"
    assert site.contact is not None
    assert site.contact.email == "formats@example.org"
    assert site.explicit is False


@pytest.mark.parametrize(
    "address", ["https://example.org", "https://example.org/", "http://127.0.0.1:8000/a/b", "https://пример.рф/отчёты"]
)
def test_an_address_is_that_of_a_folder(tmp_path: Path, address: str) -> None:
    site = settings(tmp_path, f'[site]\naddress = "{address}"\n')
    assert site.address == address.rstrip("/") + "/"


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org", "https://", "https://a b.org", "https://a.org/?q", "https://a.org/#x", "/a"],
)
def test_what_is_no_address_is_refused_with_its_line(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="web address of a folder") as refused:
        settings(tmp_path, f'# mine\n[site]\nname = "A"\naddress = "{address}"\n')
    assert refused.value.source is not None
    assert (refused.value.source.file, refused.value.source.line) == ("house.toml", 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[site]\nlanguage = "Spanish, please"\n', "language tag"),
        ('[site]\ncontact = { email = "nobody" }\n', "e-mail address"),
        ('[site]\nadress = "https://a.org"\n', "Unknown setting “adress”"),
        ("[site]\nname = 3\n", "text in quotation marks"),
        ('[site]\ntheme = "../x"\n', "“theme” in "),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(tmp_path, text)
    assert words in str(refused.value)


def test_the_name_is_that_of_the_publisher_where_all_have_the_same() -> None:
    assert with_defaults(Site(), [entry(), brief()]).name == "Open Record"
    assert with_defaults(Site(), [entry(), brief(publisher="Another")]).name == ""
    assert with_defaults(Site(name="Mine"), [entry()]).name == "Mine"
    assert with_defaults(Site(), []).name == ""


def test_the_language_is_that_of_most_publications_in_their_usual_form() -> None:
    many = [comment(), entry("a", language="en-US"), entry("b", language="en-GB"), entry("c", language="en-GB")]
    assert with_defaults(Site(), many).language == "en-GB"
    assert with_defaults(Site(), [comment()]).language == "es-MX"
    assert with_defaults(Site(), [comment(), brief()]).language == "es-MX", "the first of equals, which is the newest"
    assert with_defaults(Site(language="fr"), [comment()]).language == "fr"
    assert with_defaults(Site(), [entry(language="")]).language == "en"
