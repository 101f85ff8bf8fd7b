"""A real voice in a book: heard where the overlay says, shared with the audio edition, and left out on request."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import av
import msgspec
import pytest

from exporter import model as m
from exporter import transforms
from exporter.contracts import WriteResult
from exporter.speech import ffmpeg
from exporter.speech.engines import EngineError, Sound
from exporter.speech.synthesiser import SpeechRequest, Synthesiser
from exporter.validate.epub import check_overlays
from exporter.writers import audio, epub
from tests.write_context import Memory
from tests.writers.epub.books import Bench, Book, figure, metadata, note, paragraph, reference, section, table, words
from tests.writers.epub.overlay.books import Overlay, seconds, voiced
from tests.writers.epub.test_epubcheck import check

RATE = 22_050
SPOKEN = Memory()
LONG = "Thousands of people wait for months before a judge hears them. Few of them know why."


def short(bench: Bench, language: str = "en") -> m.Publication:
    """A short text in which the recording and the book do not follow the same order."""
    turns = tuple(m.Turn(speaker=m.Speaker(name), children=(paragraph("Yes."),)) for name in ("Ana", "Leo", "Ana"))
    return m.Publication(
        metadata(language=language),
        body=(
            section(
                "One",
                paragraph(LONG, reference("a"), " Then they left.", ident="p"),
                table("t", 2),
                section("Deeper", paragraph("It went on", reference("b"), ".", ident="q"), ident="deep"),
                m.PageBreak(label="7"),
                figure("img/chart.png", m.Described("Bars rise from 4 to 88."), "fig"),
                m.Transcript(turns=turns),
                ident="one",
            ),
            section("Two", paragraph(words("no pasarán", language="es"), " they said.", ident="r"), ident="two"),
        ),
        notes=(note("a", "Interview, 2025."), note("b", "At the end.", m.NoteKind.ENDNOTE)),
        assets=(bench.png,),
    )


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WriteResult]:
    bench = Bench(tmp_path_factory.mktemp("spoken"))
    return voiced(bench, short(bench))


def test_the_checks_find_nothing(spoken: tuple[Path, WriteResult]) -> None:
    assert check_overlays(spoken[0]) == ()


@pytest.mark.proof  # in a publication, `test_every_edition` asks EPUBCheck
def test_epubcheck_finds_nothing_in_a_book_with_a_voice(spoken: tuple[Path, WriteResult], java: str) -> None:
    assert check(spoken[0], java) == []


@pytest.mark.parametrize("name", ["text-01", "text-02", "notes", "title", "about"])
def test_each_clip_begins_in_silence_with_its_words_and_ends_where_the_next_begins(
    spoken: tuple[Path, WriteResult], name: str
) -> None:
    book = Book(spoken[0])
    overlay = Overlay(book, name)
    samples = memoryview(ffmpeg.decode(book.data[f"EPUB/audio/{name}.m4a"], RATE).pcm).cast("h")
    clips = overlay.clips()
    assert clips[0][0] == 0
    assert [end for _, end in clips[:-1]] == [begin for begin, _ in clips[1:]]
    for (words_, _), (begin, end) in zip(overlay.pars(), clips, strict=True):
        # The packet in which a sound begins brings a breath of it too early.
        before = samples[max(0, round((begin - 0.1) * RATE)) : max(0, round((begin - 0.05) * RATE))]
        assert max(map(abs, before), default=0) < 100, f"something is heard before {words_!r}"
        start = samples[round(begin * RATE) : round((begin + 0.2) * RATE)]
        assert max(map(abs, start), default=0) > 600, f"nothing is heard of {words_!r}"
        assert end > begin


def test_the_last_clip_ends_with_its_file(spoken: tuple[Path, WriteResult]) -> None:
    book = Book(spoken[0])
    for name in ("text-01", "notes", "cover"):
        data = book.data[f"EPUB/audio/{name}.m4a"]
        with av.open(io.BytesIO(data)) as container:
            (stream,) = container.streams.audio
            assert stream.codec_context.name == "aac"
            assert stream.duration is not None
            assert stream.time_base is not None
            length = float(stream.duration * stream.time_base)
        end = Overlay(book, name).clips()[-1][1]
        assert length - 0.0015 <= end <= length


def test_the_package_says_how_long_it_lasts_who_reads_and_what_is_shown(spoken: tuple[Path, WriteResult]) -> None:
    book = Book(spoken[0])
    *parts, total = map(seconds, book.values("media:duration"))
    assert sum(parts) == pytest.approx(total)
    assert book.values("media:narrator") == ["eSpeak NG (English)"]
    active, playing = book.values("media:active-class") + book.values("media:playback-active-class")
    sheet = book.data["EPUB/styles/epub.css"].decode()
    assert f".{active} {{" in sheet
    assert f".{playing} " in sheet
    assert "auditory" in book.values("schema:accessMode")
    assert "auditory" in book.values("schema:accessModeSufficient")
    assert "synchronizedAudioText" in book.values("schema:accessibilityFeature")
    assert book.values("schema:accessibilityHazard") == ["none"]
    assert "A recording reads all of it" in book.values("schema:accessibilitySummary")[0]


def test_the_report_tells_how_large_the_recording_is(spoken: tuple[Path, WriteResult]) -> None:
    (told,) = (finding for finding in spoken[1].findings if finding.rule == "epub-audio-size")
    assert told.message.startswith("The recording in the EPUB takes 0.")


def test_a_book_without_a_voice_claims_none(bench: Bench) -> None:
    book = Book(bench.write(short(bench))[0])
    assert not [name for name in book.names() if name.endswith((".smil", ".m4a"))]
    assert "auditory" not in book.values("schema:accessMode") + book.values("schema:accessModeSufficient")
    assert "synchronizedAudioText" not in book.values("schema:accessibilityFeature")
    assert "There is no recorded voice" in book.values("schema:accessibilitySummary")[0]
    assert not book.values("media:duration")


@pytest.mark.proof
def test_the_same_book_has_the_same_bytes(bench: Bench, spoken: tuple[Path, WriteResult]) -> None:
    assert voiced(bench, short(bench))[0].read_bytes() == spoken[0].read_bytes()


@pytest.mark.proof
def test_what_the_audio_edition_has_spoken_and_encoded_is_not_made_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Told(Memory):
        def __init__(self) -> None:
            super().__init__()
            self.taken: list[str] = []

        def get(self, key: str, default: object = None) -> bytes | None:  # type: ignore[override]  # as a memo has it
            if key in self:
                self.taken.append(key)
            return dict.get(self, key)

    bench.memo = Told()
    tree = transforms.apply(short(bench), "book")
    shop = bench.workshop("en")
    audio.write(tree, shop, audio.Options(), bench.folder / "a.m4b")
    stretches = {key for key in bench.memo if key.startswith("segment-")}
    spoken: list[str] = []
    speak = Synthesiser.speak

    def heard(self: Synthesiser, line: SpeechRequest) -> Sound:
        spoken.append(line.utterance.text)
        return speak(self, line)

    monkeypatch.setattr(Synthesiser, "speak", heard)
    epub.write(tree, shop, epub.Options(), bench.folder / "a.epub")
    assert stretches <= set(bench.memo.taken)
    # Title page, imprint, names, page numbers: nothing of the text.
    assert {"Justice Denied", "Page 7", "Ana"} <= set(spoken)
    assert not {"One", "Leo:", "Chiapas", "Bars rise from 4 to 88.", "Interview, 2025.", "Few of them know why."} & set(
        spoken
    )


@pytest.fixture
def fluent(bench: Bench) -> Bench:
    """A bench that need not speak again what another test has spoken."""
    bench.memo = SPOKEN
    return bench


def tiny() -> m.Publication:
    return m.Publication(m.Metadata(title="A", language="en"), body=(section("One", paragraph(LONG), ident="one"),))


@pytest.mark.proof
def test_the_book_follows_the_settings_of_the_audio_edition(fluent: Bench) -> None:
    tree = transforms.apply(tiny(), "book")
    shop = msgspec.structs.replace(fluent.workshop("en"), settings={"audio": audio.Options(speed=1.5)})
    epub.write(tree, shop, epub.Options(), fluent.folder / "quick.epub")
    quick = seconds(Book(fluent.folder / "quick.epub").values("media:duration")[-1])
    slow = seconds(Book(voiced(fluent, tiny())[0]).values("media:duration")[-1])
    assert quick < 0.9 * slow


def test_a_lower_bitrate_makes_a_smaller_book(fluent: Bench) -> None:
    sizes = [
        sum(len(data) for name, data in Book(voiced(fluent, tiny(), options)[0]).data.items() if ".m4a" in name)
        for options in (epub.Options(), epub.Options(bitrate=24))
    ]
    assert sizes[1] < 0.7 * sizes[0]


@pytest.mark.proof
def test_a_long_book_stays_within_its_limit_by_a_lower_bitrate(bench: Bench, java: str) -> None:
    body = tuple(
        section(f"Part {part}", *(paragraph(f"{part}, {n}: {LONG}") for n in range(8)), ident=f"s{part}")
        for part in range(3)
    )
    tree = m.Publication(metadata(), body=body)
    for options, rate, rules in (
        (epub.Options(), 48, ["epub-audio-size"]),
        (epub.Options(megabytes=1), 28, ["epub-audio-size"]),
        (epub.Options(megabytes=1, bitrate=48), 48, ["epub-audio-size", "epub-too-large"]),
    ):
        target, written = voiced(bench, tree, options)
        assert f"at {rate} kbit/s" in written.findings[0].message
        assert [finding.rule for finding in written.findings] == rules
        assert (target.stat().st_size > 1_000_000) == (rate == 48)
        assert check_overlays(target) == ()
        assert check(target, java) == []


def test_a_language_without_a_voice_makes_a_book_without_one_and_says_so(bench: Bench) -> None:
    target, written = voiced(bench, short(bench, "tlh"))
    assert not Book(target).values("media:duration")
    assert [finding.rule for finding in written.findings] == ["epub-without-audio"]


def test_a_voice_that_breaks_down_costs_the_recording_and_not_the_book(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Sound:
        raise EngineError("The voice gave no sound.")

    monkeypatch.setattr(Synthesiser, "speak", broken)
    target, written = voiced(bench, tiny())
    book = Book(target)
    assert not book.values("media:duration")
    assert "auditory" not in book.values("schema:accessMode")
    (found,) = written.findings
    assert found.message == "No recording in the EPUB. The voice gave no sound."
    assert not written.cacheable, "the next export has to try again"


def doubts(written: WriteResult) -> Iterator[str]:
    return (finding.rule for finding in written.findings if finding.rule != "epub-audio-size")


def test_findings_on_the_recording_are_left_to_the_audio_edition_where_there_is_one(fluent: Bench) -> None:
    odd = m.Publication(metadata(), body=(section("One", paragraph(words("Qa", language="tlh")), ident="one"),))
    assert list(doubts(voiced(fluent, odd)[1])) == ["voice-missing"]
    tree = transforms.apply(odd, "book")
    written = fluent.write(tree, options=epub.Options(), facts={"audio.clips": json.dumps([]).encode()})[1]
    assert list(doubts(written)) == []
