from __future__ import annotations

import io
import json
import pickle
import socket
from itertools import pairwise
from pathlib import Path

import av
import msgspec
import pytest
from mutagen.mp4 import MP4

from exporter import model as m
from exporter import transforms
from exporter.contracts import WriteResult
from exporter.errors import MissingToolError, SettingsError, UnspokenError
from exporter.labels import Labels
from exporter.model.east_asian import count_letters
from exporter.model.walk import headings
from exporter.speech import ffmpeg, loudness
from exporter.speech.engines import EngineError, Sound, Voice, espeak_ng
from exporter.speech.utterance import Utterance, UtteranceKind
from exporter.writers import audio
from exporter.writers.audio.timing import TimedUtterance
from exporter.writers.audio.webvtt import format_webvtt
from tests.counting import Counting, spoken_by
from tests.parity.compared import compare
from tests.speech.trees import para, publication, section, text
from tests.write_context import STYLES, Memory, Pictures, write_context

FILLER = " ".join(["Thousands of people wait for months before a judge hears them, and few of them know why."] * 2)


class NoPictures(Pictures):
    """The audio of a publication without a cover looks at no picture."""

    def path(self, digest: str) -> Path:
        raise AssertionError(digest)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def make(made: m.Publication, folder: Path, memo: Memory | None = None, **options: object) -> tuple[Path, WriteResult]:
    context = write_context(folder, made.metadata.language, pictures=NoPictures(folder / "pictures"), memory=memo)
    target = folder / "a.m4b"
    written = audio.write(made, context, audio.Options(**options), target)
    assert not list(context.scratch.iterdir())
    return target, written


def chapters(path: Path) -> list[tuple[str, float]]:
    with av.open(str(path)) as container:
        return [(each["metadata"]["title"], float(each["start"] * each["time_base"])) for each in container.chapters()]


def sample() -> m.Publication:
    turns = (
        m.Turn(speaker=m.Speaker(name="Ana"), children=(para("I waited."),)),
        m.Turn(speaker=m.Speaker(name="Leo"), children=(para("So did I."),)),
    )
    return publication(
        section("One", para(FILLER, name="p1"), section("Deeper: “quoted” & more", para("Short."))),
        section("Two", para("She said ", text("no pasarán", "es"), "."), m.Transcript(turns=turns)),
        authors=(m.Contributor(name="Ana Paz"),),
        description="On waiting.",
    )


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[m.Publication, Path, WriteResult]:
    made = sample()
    return made, *make(made, tmp_path_factory.mktemp("audio"))


def test_chapters_are_the_headings_word_for_word(recorded: tuple[m.Publication, Path, WriteResult]) -> None:
    made, path, _ = recorded
    expected = ["Waiting", *(each.text for each in headings(made)), "About this recording"]
    assert [title for title, _ in chapters(path)] == expected
    assert [each.title for each in MP4(str(path)).chapters] == expected


def test_chapters_begin_where_their_heading_is_said(recorded: tuple[m.Publication, Path, WriteResult]) -> None:
    _, path, written = recorded
    said = {clip["text"]: clip["begin"] for clip in json.loads(written.sidecars["clips"]) if clip["kind"] == "heading"}
    begins = dict(chapters(path))
    assert said
    for heading, begin in said.items():
        assert begins[heading] == pytest.approx(begin, abs=0.002)


def test_a_clip_is_heard_where_the_facts_say(recorded: tuple[m.Publication, Path, WriteResult]) -> None:
    _, path, written = recorded
    pcm = ffmpeg.decode(path.read_bytes(), 22_050).pcm
    clips = json.loads(written.sidecars["clips"])
    for before, after in pairwise(clips):
        assert before["begin"] < before["end"] <= after["begin"]
        silence = pcm[round(before["end"] * 22_050 + 600) * 2 : round(after["begin"] * 22_050 - 600) * 2]
        loudest = max(map(abs, memoryview(silence).cast("h")), default=0)
        assert loudest < 300, (before["text"], after["text"])
    assert clips[-1]["end"] < len(pcm) / 2 / 22_050


def test_the_recording_is_as_loud_as_talking_books_are(recorded: tuple[m.Publication, Path, WriteResult]) -> None:
    _, path, written = recorded
    heard = ffmpeg.decode(path.read_bytes(), 48_000)
    assert loudness.measure(heard.pcm, heard.rate) == pytest.approx(loudness.TARGET, abs=loudness.TOLERANCE)
    chain = ffmpeg.FilterChain(48_000, [("ebur128", "metadata=1:peak=true")])
    peaks = [
        max(float(value) for name, value in made.metadata.items() if "true_peaks_ch" in name)
        for made in (*chain.push(heard.pcm), *chain.end())
        if any("true_peaks_ch" in name for name in made.metadata)
    ]
    assert peaks
    assert max(peaks) <= 10 ** (loudness.CEILING / 20)
    assert not written.findings


def test_players_are_told_title_author_narrator_language_and_description(
    recorded: tuple[m.Publication, Path, WriteResult],
) -> None:
    tags = MP4(str(recorded[1]))
    assert tags["\xa9nam"] == ["Waiting"]
    assert tags["\xa9ART"] == ["Ana Paz"]
    assert "eSpeak NG" in tags["\xa9nrt"][0]
    assert tags["desc"] == ["On waiting."]
    assert tags["stik"] == [2]
    assert bytes(tags["----:com.apple.iTunes:LANGUAGE"][0]) == b"en"


def test_the_same_publication_gives_the_same_bytes_with_and_without_what_was_kept(
    recorded: tuple[m.Publication, Path, WriteResult], tmp_path: Path
) -> None:
    made, path, _ = recorded
    memo = Memory()
    first, _ = make(made, tmp_path / "1", memo)
    second, _ = make(made, tmp_path / "2", memo)
    assert first.read_bytes() == path.read_bytes() == second.read_bytes()


def test_where_nothing_may_be_spoken_it_says_how_much_is_to_be_spoken(tmp_path: Path) -> None:
    memo, made = Memory(), publication(para(FILLER))
    silent = write_context(tmp_path, pictures=NoPictures(tmp_path / "pictures"), memory=memo)
    silent = msgspec.structs.replace(silent, may_speak=False)
    options = audio.Options(voice="espeak-ng")
    with pytest.raises(UnspokenError) as raised:
        audio.write(made, silent, options, tmp_path / "a.m4b")
    assert raised.value.characters["espeak-ng"] > len(FILLER)
    assert pickle.loads(pickle.dumps(raised.value)).characters == raised.value.characters
    assert not memo
    spoken, _ = make(made, tmp_path / "spoken", memo, voice="espeak-ng")
    audio.write(made, silent, options, tmp_path / "a.m4b")
    assert (tmp_path / "a.m4b").read_bytes() == spoken.read_bytes()


def test_a_recording_advances_utterance_by_utterance(tmp_path: Path) -> None:
    shares: list[float] = []
    context = write_context(tmp_path, pictures=NoPictures(tmp_path / "pictures"))
    context = msgspec.structs.replace(context, progress=shares.append)
    audio.write(sample(), context, audio.Options(voice="espeak-ng"), tmp_path / "a.m4b")
    assert len(set(shares)) > 10
    assert max(later - earlier for earlier, later in pairwise(sorted(shares))) < 0.6


def test_a_changed_sentence_changes_one_stretch(tmp_path: Path) -> None:
    memo = Memory()
    body = [section(f"Part {number}", para(FILLER)) for number in range(3)]
    make(publication(*body), tmp_path / "1", memo)
    before = {key for key in memo if key.startswith("segment")}
    body[1] = section("Part 1", para(FILLER + " And then a letter came."))
    make(publication(*body), tmp_path / "2", memo)
    after = {key for key in memo if key.startswith("segment")}
    assert len(after - before) == 1


def test_speakers_have_voices_of_their_own() -> None:
    from exporter.speech.voice_selection import VoiceSelection

    cast = VoiceSelection(sample(), Labels.load(STYLES, "en"))
    voices = {name: cast.voice("en", name).name for name in ("", "Ana", "Leo")}
    assert len(set(voices.values())) == 3
    assert cast.voice("es", "Ana").language == "es"
    assert not cast.shared


def test_more_speakers_than_voices_share_and_are_named(tmp_path: Path) -> None:
    from exporter.speech.voice_selection import VoiceSelection

    turns = [m.Turn(speaker=m.Speaker(name=f"S{number}"), children=(para("Yes."),)) for number in range(9)]
    cast = VoiceSelection(publication(m.Transcript(turns=tuple(turns))), Labels.load(STYLES, "en"))
    assert len(cast.shared) >= 3


def test_the_narrator_of_a_script_is_the_one_who_reads_everything() -> None:
    from exporter.speech.voice_selection import VoiceSelection

    turn = m.Turn(speaker=m.Speaker(name="Narrator"), children=(para("Yes."),))
    cast = VoiceSelection(publication(m.Transcript(turns=(turn,))), Labels.load(STYLES, "en"))
    assert cast.voice("en", "Narrator") == cast.voice("en")


def test_a_passage_in_a_language_without_a_voice_is_one_finding_and_is_still_read(tmp_path: Path) -> None:
    made = publication(para("One ", text("ba ba", "tzh"), " two ", text("bo bo", "tzh"), "."))
    _, written = make(made, tmp_path)
    assert [each.rule for each in written.findings] == ["voice-missing"]
    assert sum(clip["language"] == "tzh" for clip in json.loads(written.sidecars["clips"])) == 2


def test_a_document_in_a_language_without_a_voice_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match="tzh"):
        make(publication(para("ba"), language="tzh"), tmp_path)


def test_a_voice_that_does_not_exist_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="“siri”"):
        make(sample(), tmp_path, voice="siri")
    with pytest.raises(SettingsError, match="espeak-ng/xx"):
        make(sample(), tmp_path, voice="espeak-ng/xx")


@pytest.mark.parametrize(
    ("seconds", "level", "message"),
    [(1.0, 0, "Silence"), (0.05, 900, "short"), (60.0, 900, "long"), (1.5, 900, "Noise")],
)
def test_a_clip_that_cannot_be_right_is_a_finding_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, level: int, message: str
) -> None:
    real = espeak_ng.speak

    def faulty(words: str, voice: object, speed: float) -> Sound:
        if "judge" in words:
            return Sound((level).to_bytes(2, "little") * round(22_050 * seconds), 22_050)
        return real(words, voice, speed)

    monkeypatch.setattr(espeak_ng, "speak", faulty)
    place = m.At(id="p", source=m.Source("manuscript.md", 7))
    made = publication(
        m.Paragraph(children=(text("A judge of the court."),), at=place), para(FILLER.replace("judge", "man"))
    )
    _, written = make(made, tmp_path)
    found = [each for each in written.findings if each.rule == "audio-clip"]
    assert len(found) == 1
    assert message in found[0].message
    assert str(found[0].source) == "manuscript.md:7"


def test_a_voice_that_fails_at_a_sentence_says_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = espeak_ng.speak

    def failing(words: str, voice: Voice, speed: float) -> Sound:
        if "judge" in words:
            raise EngineError(f"Nobody can say “{words}”.")
        return real(words, voice, speed)

    monkeypatch.setattr(espeak_ng, "speak", failing)
    place = m.At(id="p", source=m.Source("manuscript.md", 7))
    made = publication(m.Paragraph(children=(text("A judge."),), at=place))
    with pytest.raises(EngineError, match=r"manuscript\.md:7: Nobody can say “A judge\.”"):
        make(made, tmp_path)


def test_more_than_255_chapters_are_all_there(tmp_path: Path) -> None:
    made = publication(*(section(f"Part {number}") for number in range(300)))
    with spoken_by(Counting):
        path, _ = make(made, tmp_path)
    assert [title for title, _ in chapters(path)][1:-1] == [f"Part {number}" for number in range(300)]


def test_the_transcript_is_webvtt_with_speakers_and_languages(
    recorded: tuple[m.Publication, Path, WriteResult],
) -> None:
    lines = recorded[2].sidecars["transcript.vtt"].decode().splitlines()
    assert lines[0] == "WEBVTT"
    assert "<v Ana>I waited." in lines
    assert "<lang es>no pasarán.</lang>" in lines


def test_the_cover_is_in_the_file_and_its_alt_in_the_description(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "cover.png"
    Image.new("RGB", (20, 30), "navy").save(picture)
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("c.png", picture.read_bytes(), "image/png", 20, 30)
    made = publication(para("Text."), cover=m.Cover(source="c.png", alt=m.Described(text="A gate.")))
    made = msgspec.structs.replace(made, assets=(asset,))
    audio.write(made, write_context(tmp_path, pictures=pictures), audio.Options(), tmp_path / "a.m4b")
    tags = MP4(str(tmp_path / "a.m4b"))
    with Image.open(io.BytesIO(tags["covr"][0])) as cover:
        assert cover.size == (20, 30)
    assert tags["ldes"] == ["Cover: A gate."]


def test_a_recording_of_a_publication_without_a_cover_has_a_drawn_one(tmp_path: Path) -> None:
    path, _ = make(publication(para("Text.")), tmp_path)
    assert MP4(str(path))["covr"]


def test_the_chapter_track_has_the_language_of_the_recording(tmp_path: Path) -> None:
    import av

    path, _ = make(publication(section("Uno", para("Dos.")), language="es"), tmp_path)
    with av.open(str(path)) as container:
        assert [stream.metadata.get("language") for stream in container.streams if stream.type != "video"] == [
            "spa",
            "spa",
        ]


def test_cues_have_two_lines_of_42_characters_and_last_as_long_as_their_words(tmp_path: Path) -> None:
    words = "In 2019 the Court ordered reparations, which have not been paid, and on 14 January it asked the State why."
    _, written = make(publication(para(words)), tmp_path)
    cues = [cue.splitlines() for cue in written.sidecars["transcript.vtt"].decode().split("\n\n")[1:]]
    assert all(len(cue) <= 4 and all(len(line) <= 42 for line in cue[2:]) for cue in cues)
    numbers = [cue[0].partition(".")[0] for cue in cues]
    number = next(cue[0].partition(".")[0] for cue in cues if cue[2].startswith("In 2019"))
    assert numbers.count(number) > 1
    parts = [cue for cue in cues if cue[0].partition(".")[0] == number]
    assert " ".join(" ".join(cue[2:]) for cue in parts) == words
    assert parts[0][1].split(" --> ")[1] == parts[1][1].split(" --> ")[0]
    assert parts[0][-1].endswith(",")


def test_lines_of_a_cue_in_chinese_are_half_as_many_characters() -> None:
    text = "《经济、社会及文化权利国际公约》第2条第1款要求缔约国“尽最大能力”采取步骤，逐渐达到权利的充分实现。"
    timed = TimedUtterance(Utterance("", text, "zh", UtteranceKind.TEXT), 0.0, 9.0)
    cues = format_webvtt([timed], "zh", write_context(Path())).split("\n\n")[1:]
    lines = [line for cue in cues for line in cue.splitlines()[2:]]
    assert "".join(lines) == text
    assert max(map(count_letters, lines)) <= 42
    assert not any(line[0] in "，。”》、" for line in lines)


def test_signs_that_the_voice_makes_no_sound_of_are_heard_by_their_names(tmp_path: Path) -> None:
    made = transforms.apply(publication(section("★", para("★★★"), m.CodeBlock("```"))), "signs")
    path, written = make(made, tmp_path)
    assert [each.message for each in written.findings] == []
    assert compare(made, {"audio": path}, {"audio": written.sidecars["clips"]}) == []
