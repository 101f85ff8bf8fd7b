"""The MP3 edition: what is in the archive, what players show, and that everything is heard where it is said to be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import av
import pytest
from mutagen.id3 import ID3

from exporter.model.walk import headings
from exporter.speech.codec import MP3, is_complete_mp3
from exporter.writers import audio, mp3
from exporter.writers.audio.recording import open_recording
from exporter.writers.mp3.album import write_sound
from tests.write_context import Memory, write_context
from tests.writers.audio.recordings import loudness_of, make, onsets, sample

SPOKEN = Memory()
"""What is spoken for the archive need not be spoken again."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target, written = make(mp3, tmp_path_factory.mktemp("mp3"), SPOKEN)
    assert written.findings == ()
    return target


@pytest.fixture(scope="module")
def album(archive: Path) -> Path:
    folder = archive.with_name("album")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


def tracks(album: Path) -> list[Path]:
    return sorted(album.glob("*.mp3"))


def test_files_are_numbered_and_titled_in_the_order_in_which_they_are_heard(album: Path) -> None:
    names = ["01 Waiting.mp3", "02 One a b.mp3", "03 Two.mp3", "04 About this recording.mp3"]
    assert [path.name for path in tracks(album)] == names


def test_the_playlist_names_every_file_with_its_length(album: Path) -> None:
    lines = (album / "playlist.m3u8").read_text("utf-8").splitlines()
    assert lines[:2] == ["#EXTM3U", "#PLAYLIST:Waiting"]
    assert lines[3::2] == [path.name for path in tracks(album)]
    for line, path in zip(lines[2::2], tracks(album), strict=True):
        seconds, _, title = line.removeprefix("#EXTINF:").partition(",")
        assert abs(int(seconds) - loudness_of(path)[1]) < 1
        assert title == ID3(str(path))["TIT2"].text[0]


def test_chapters_of_all_files_together_are_the_headings_word_for_word(album: Path) -> None:
    heard = []
    for path in tracks(album):
        with av.open(str(path)) as container:
            heard += [
                each["metadata"]["title"] for each in sorted(container.chapters(), key=lambda each: each["start"])
            ]
    assert heard == ["Waiting", *(each.text for each in headings(sample())), "About this recording"]


def test_a_player_shows_who_what_and_the_cover_with_its_alt_text(album: Path) -> None:
    tags = ID3(str(tracks(album)[1]), translate=False)
    assert tags.version == (2, 3, 0)
    assert tags["TALB"].text == ["Waiting"]
    assert tags["TPE1"].text == ["Ana Paz"]
    assert tags["TRCK"].text == ["2/4"]
    assert tags["TLAN"].text == ["eng"]
    assert tags["TXXX:NARRATOR"].text == ["eSpeak NG (English)"]
    (picture,) = tags.getall("APIC")
    assert picture.desc == "A queue at dawn"
    assert picture.data.startswith(b"\xff\xd8")


def test_every_file_is_whole(album: Path) -> None:
    assert all(is_complete_mp3(path.read_bytes()) for path in tracks(album))


def test_everything_is_heard_where_it_is_said_to_be(tmp_path: Path) -> None:
    context = write_context(tmp_path, memory=SPOKEN)
    with open_recording(sample(), context, audio.Options(), 64, MP3) as made:
        for track in made.tracks():
            path = tmp_path / "t.mp3"
            write_sound(path, made.spool, track)
            start = track.first * MP3.frame / made.session.rate
            begins = [
                each.begin - start
                for each in made.utterances
                if start <= each.begin < start + track.length and each.utterance.language == "en"
            ]
            peaks, length = loudness_of(path)
            assert length == pytest.approx(track.length, abs=0.06)
            assert all(-0.02 < late < 0.02 for late in onsets(peaks, begins))


def test_same_publication_same_bytes(archive: Path, tmp_path: Path) -> None:
    assert make(mp3, tmp_path)[0].read_bytes() == archive.read_bytes()
