"""The catalogue of an output folder is true for what stands there, and touches nothing that is not its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from exporter.config import read_toml
from exporter.errors import SettingsError
from exporter.pipeline.events import AnyEvent, Notice, Published, Removed
from exporter.pipeline.output import catalogue
from exporter.writers import podcast_artwork
from exporter.writers.xhtml import embedded_fonts
from tests.site.entries import INSTALLED, STYLES, brief, comment, entry, stand
from tests.write_context import Memory

ADDRESS = '[site]\naddress = "https://example.org/r"\n'


def publish(output: Path, house: str = "") -> list[AnyEvent]:
    events: list[AnyEvent] = []
    settings = output.parent / "house.toml"
    settings.write_text(house, "utf-8")
    catalogue.publish(output, STYLES, read_toml(settings, "house.toml"), INSTALLED, events.append)
    return events


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the picture of the podcast, which takes long to draw."""
    monkeypatch.setattr(podcast_artwork, "png", podcast_artwork.mark)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    folder.mkdir()
    stand(folder, entry())
    stand(folder, brief())
    return folder


def test_page_and_feeds_are_written_for_everybody_to_read(output: Path) -> None:
    events = publish(output, ADDRESS)
    names = ["index.html", "opds.json", "podcast.xml", "podcast.png"]
    assert [Path(event.file).name for event in events if isinstance(event, Published) and event.changed] == names
    assert all((output / name).stat().st_mode & 0o777 == 0o644 for name in names)
    assert "العدالة البعيدة" in (output / "index.html").read_text("utf-8")
    assert not list(output.glob(".*"))


def test_the_page_has_the_typefaces_of_the_theme_with_its_characters(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_fonts, "_make_subset", lambda _, characters: bytes(len(characters)))
    memo = Memory()
    page, plain = (
        catalogue.make(output, STYLES, None, INSTALLED, store).files["index.html"].decode() for store in (memo, None)
    )
    faces = re.findall(r'font-family: "([^"]+)"', page)
    assert {"Source Sans 3", "Source Serif 4", "Almarai"} <= set(faces), "the Arabic title, too"
    assert len(memo) == len(faces)
    assert "font-style: italic" not in page
    assert "@font-face" not in plain


def test_typefaces_are_ready_before_the_publications_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = Memory()
    catalogue.prepare(STYLES, None, memo)
    stand(tmp_path, entry())
    monkeypatch.setattr(embedded_fonts, "_make_subset", lambda *_: pytest.fail("a subset is made"))
    assert "@font-face" in catalogue.make(tmp_path, STYLES, None, INSTALLED, memo).files["index.html"].decode()


@pytest.mark.usefixtures("quick")
def test_nothing_is_written_anew_when_nothing_changed(output: Path) -> None:
    publish(output, ADDRESS)
    before = {path: path.stat().st_mtime_ns for path in output.iterdir()}
    assert not [event for event in publish(output, ADDRESS) if isinstance(event, Published) and event.changed]
    assert {path: path.stat().st_mtime_ns for path in output.iterdir()} == before


def test_a_publication_that_comes_leaves_the_others_and_one_that_goes_is_gone(output: Path) -> None:
    publish(output)
    stand(output, comment())
    publish(output)
    assert json.loads((output / "opds.json").read_bytes())["metadata"]["numberOfItems"] == 3
    for path in (output / "brief").iterdir():
        path.unlink()
    publish(output)
    page = (output / "index.html").read_text("utf-8")
    assert "Elegir a quien juzga" in page
    assert "العدالة البعيدة" not in page


@pytest.mark.usefixtures("quick")
def test_without_an_address_the_podcast_goes_and_the_run_says_what_to_do(output: Path) -> None:
    named = '[site]\nname = "Open Record"\n'
    publish(output, ADDRESS)
    events = publish(output, named)
    assert not (output / "podcast.xml").exists()
    removed = [Path(event.file).name for event in events if isinstance(event, Removed)]
    assert removed == ["podcast.xml", "podcast.png"]
    (note,) = [event.message for event in events if isinstance(event, Notice)]
    assert "[site]" in note
    assert not [event for event in publish(output, named) if isinstance(event, Notice)], "said once, not with every run"
    assert not [event for event in publish(output) if isinstance(event, Notice)], "nobody has asked for a catalogue"


def test_nothing_is_said_of_a_podcast_where_nothing_is_heard(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    stand(tmp_path / "output", brief())
    assert not [event for event in publish(tmp_path / "output") if isinstance(event, Notice)]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("index.html", b"<!DOCTYPE html><title>Ours since 1998</title>"),
        ("opds.json", b'{"mine": true}'),
        ("opds.json", b"[" * 100_000),
        ("podcast.xml", b"<rss><channel><generator>Another</generator></channel></rss>"),
        ("podcast.png", b"\x89PNG of somebody else"),
    ],
)
def test_a_file_of_somebody_else_is_left_as_it_is(output: Path, name: str, data: bytes) -> None:
    (output / name).write_bytes(data)
    events = publish(output, ADDRESS)
    assert (output / name).read_bytes() == data
    (note,) = [event.message for event in events if isinstance(event, Notice)]
    assert name in note
    publish(output)
    assert (output / name).read_bytes() == data, "nor is it removed"


@pytest.mark.usefixtures("quick")
def test_a_folder_in_the_place_of_a_file_costs_that_file_only(output: Path) -> None:
    (output / "index.html").mkdir()
    (note,) = [event.message for event in publish(output, ADDRESS) if isinstance(event, Notice)]
    assert "index.html” was not created by exporter" in note
    assert {path.name for path in output.iterdir() if path.is_file()} == {"opds.json", "podcast.xml", "podcast.png"}


@pytest.mark.parametrize("place", ["output", "."])
def test_a_link_is_not_written_through(output: Path, place: str) -> None:
    publish(output)
    page = (output / "index.html").read_bytes()
    target = output.parent / place / "copy.html"
    target.write_bytes(page)
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(target)
    stand(output, comment())
    publish(output)
    # A link out of the folder is nothing of ours, and is not even read.
    assert (output / "index.html").is_symlink() == (place == ".")
    assert target.read_bytes() == page


def test_an_empty_folder_gets_no_catalogue_but_one_that_emptied_says_so(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    assert publish(output) == []
    assert list(output.iterdir()) == []
    folder = stand(output, brief())
    publish(output)
    for path in folder.iterdir():
        path.unlink()
    publish(output)
    assert "There are no publications here yet." in (output / "index.html").read_text("utf-8")


def test_a_language_without_words_gets_an_english_page_that_says_so(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    stand(output, entry(language="nah"))
    publish(output)
    assert '<html lang="en" dir="ltr">' in (output / "index.html").read_text("utf-8")


def test_the_theme_is_that_of_the_house(output: Path) -> None:
    publish(output, '[site]\ntheme = "harbour"\n')
    assert "#0d4a43" in (output / "index.html").read_text("utf-8")
    with pytest.raises(SettingsError, match="Unknown theme"):
        publish(output, '[site]\ntheme = "nothing"\n')


def test_the_picture_of_the_podcast_is_drawn_again_only_when_its_words_change(output: Path) -> None:
    publish(output, ADDRESS)
    before = (output / "podcast.png").read_bytes()
    with Image.open(output / "podcast.png") as picture:
        assert (picture.size, picture.mode) == ((1400, 1400), "RGB")
    publish(output, ADDRESS + 'description = "All."\n')
    assert (output / "podcast.png").stat().st_mtime_ns <= (output / "index.html").stat().st_mtime_ns
    assert (output / "podcast.png").read_bytes() == before
    publish(output, ADDRESS + 'name = "Another house"\n')
    assert (output / "podcast.png").read_bytes() != before
