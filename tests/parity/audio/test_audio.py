"""Recordings say what the tree says, and every defect that is planted in one is found by its rule."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.parity.audio.coverage import of_script
from exporter.parity.audio.recording import TimedText
from exporter.speech.options import NotePlacement, SpeechOptions
from tests.hostile.pictures import png
from tests.parity.audio import planted_beside, planted_stated
from tests.parity.audio.planted import IN_FILE, IN_SCRIPT, InFile, InScript
from tests.parity.audio.silence import EDITIONS, record
from tests.parity.compared import compare
from tests.publications import SHORT, all_of, laid_out, tree
from tests.sampling import sampled
from tests.speech.trees import told
from tests.trees import PUBLICATIONS, examples
from tests.write_context import Pictures
from tests.writers.docx import kitchen_sink

pytestmark = pytest.mark.slow
EXAMPLES = 25
"""Generated trees."""


class Recorded(NamedTuple):
    """A publication in all editions that are heard."""

    publication: m.Publication
    paths: Mapping[str, Path]
    script: bytes
    sounds: Mapping[str, bytes]

    def compared(self, edition: str, path: Path | None = None, script: bytes | None = None) -> list[str]:
        scripts = {} if edition == "daisy" else {edition: script or self.script}
        found = compare(self.publication, {edition: path or self.paths[edition]}, scripts, self.sounds)
        return [f"{each.rule}: {each.message}" for each in found]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("heard")
    pictures = Pictures(folder / "pictures")
    publication = transforms.apply(kitchen_sink.publication(pictures), "sink")
    return _recorded(folder, publication, pictures)


def _recorded(folder: Path, publication: m.Publication, pictures: Pictures, **wishes: object) -> Recorded:
    made = {edition: record(folder, publication, edition, pictures, **wishes) for edition in EDITIONS}
    paths = {edition: path for edition, (path, _) in made.items()}
    sidecars = {edition: written.sidecars for edition, (_, written) in made.items()}
    sounds = {edition: own["sounds"] for edition, own in sidecars.items() if "sounds" in own}
    return Recorded(publication, paths, sidecars["audio"]["clips"], sounds)


@pytest.mark.parametrize("edition", EDITIONS)
def test_everything_that_a_tree_can_hold_is_heard(edition: str, good: Recorded) -> None:
    assert good.compared(edition) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_recording_without_its_utterances_is_compared_too(edition: str, good: Recorded) -> None:
    assert compare(good.publication, {edition: good.paths[edition]}) == []


@pytest.mark.parametrize("slug", all_of(SHORT))
def test_every_publication_is_heard_as_the_tree_has_it(slug: str, tmp_path: Path) -> None:
    publication, _ = tree(slug)
    made = _recorded(tmp_path, publication, laid_out(slug, tmp_path / "pictures"))
    assert {edition: made.compared(edition) for edition in EDITIONS} == {edition: [] for edition in EDITIONS}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A", "long heading "),
        pytest.param("عنوان", "طويل جدا ", marks=pytest.mark.proof),
        pytest.param("長", "い見出し", marks=pytest.mark.proof),
    ],
)
def test_a_heading_longer_than_a_chapter_title_is_shortened_and_heard(title: str, words: str, tmp_path: Path) -> None:
    long = (title + " " + words * 40).strip()
    body = tuple(m.Section((m.Text(text),), (m.Paragraph((m.Text("Text."),)),)) for text in (long, "Short", long))
    publication = m.Publication(m.Metadata(title=long, language="en", identifier="urn:x:long"), body=body)
    made = _recorded(tmp_path, transforms.apply(publication, "long"), Pictures(tmp_path / "pictures"))
    assert {edition: made.compared(edition) for edition in EDITIONS} == {edition: [] for edition in EDITIONS}


def _section(title: str, *texts: str) -> m.Blocks:
    return (m.Section((m.Text(title),), tuple(m.Paragraph((m.Text(text),)) for text in texts)),)


@pytest.mark.parametrize("word", ["REGION", "STYLE"])
def test_words_of_webvtt_are_heard_as_text(word: str, tmp_path: Path) -> None:
    line = f"{'x' * 40} {word} {'y' * 40}"  # in a line of its own
    metadata = m.Metadata(title=word, language="en", identifier="urn:x:word")
    publication = transforms.apply(m.Publication(metadata, body=_section(word, word, line)), "word")
    pictures = Pictures(tmp_path / "pictures")
    path, _ = record(tmp_path, publication, "transcript", pictures)
    assert f"\n{word}\n" in path.read_text("utf-8")
    assert compare(publication, {"transcript": path}) == []


@pytest.mark.parametrize(("language", "direction"), [("en", m.Direction.LTR), ("ar", m.Direction.RTL)])
def test_all_metadata_are_known_in_recordings(language: str, direction: m.Direction, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    cover = pictures.add("c.png", png(20, 30), "image/png", 20, 30)
    metadata = m.Metadata(
        title="T",
        subtitle="S",
        kind=m.Kind.REPORT,
        authors=(m.Contributor("Ana Paz"), m.Contributor("Bo Li", role="trl")),
        publisher="P; Q",
        date=datetime.date(2024, 5, 6),
        language=language,
        direction=direction,
        identifier="urn:x:all",
        description="On waiting... " + "and more " * 60,
        subjects=("One", "Two"),
        rights="CC BY 4.0",
        series="Papers",
        place="Here",
        translations=(m.Related("Otro", "https://example.org/es", "es"),),
        contact=m.Contact(email="a@example.org"),
        cover=m.Cover("c.png", m.Described("A gate...")),
        certifier="C",
    )
    publication = transforms.apply(m.Publication(metadata, body=_section("A", "B"), assets=(cover,)), "all")
    made = _recorded(tmp_path, publication, pictures)
    assert {edition: made.compared(edition) for edition in EDITIONS} == {edition: [] for edition in EDITIONS}


def test_a_foreign_word_that_keeps_the_voice_is_compared_in_its_language() -> None:
    word = m.Span((m.Text("Catálogo"),), at=m.At(language="es"))
    body = (m.Paragraph((m.Text("See the "), word, m.Text(" for more."))),)
    publication = transforms.apply(m.Publication(m.Metadata(title="T", language="en"), body=body), "word")
    clips = [msgspec.convert(msgspec.to_builtins(each), TimedText) for each in told(publication).utterances]
    assert list(of_script(publication, clips)) == []
    assert any(clip.language_runs for clip in clips)
    without = [msgspec.structs.replace(clip, language_runs=()) for clip in clips]
    assert [finding.rule for finding in of_script(publication, without)] == ["parity-languages"]


def test_code_of_signs_alone_is_heard_and_missed() -> None:
    blocks = (m.CodeBlock("@ {\n}"), m.CodeBlock(" \n"), m.CodeBlock("->"))
    publication = transforms.apply(m.Publication(m.Metadata(title="Signs", language="en"), body=blocks), "signs")
    clips = [msgspec.convert(msgspec.to_builtins(each), TimedText) for each in told(publication).utterances]
    assert list(of_script(publication, clips)) == []
    less = [each for each in clips if each.text != "}"]
    without = [each for each in clips if each.text != "->"]
    assert [[each.message for each in of_script(publication, said)] for said in (less, without)] == [
        ["The code “@ { }” is read “@ {”."],
        ["The code “->” is not read."],
    ]


@pytest.mark.parametrize("place", NotePlacement)
def test_notes_are_heard_wherever_they_are_read(place: NotePlacement, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    publication = transforms.apply(kitchen_sink.publication(pictures), "sink")
    path, written = record(tmp_path, publication, "audio", pictures, notes=place)
    assert compare(publication, {"audio": path}, {"audio": written.sidecars["clips"]}) == []


def test_whatever_the_tree_holds_is_heard() -> None:
    @given(PUBLICATIONS)
    # A tree takes minutes to shrink; as it is generated it is small enough to be read.
    @settings(
        max_examples=examples(EXAMPLES),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def read(raw: m.Publication) -> None:
        publication = transforms.apply(raw, "any")
        for place in NotePlacement:
            script = told(publication, SpeechOptions(notes=place))
            clips = [msgspec.convert(msgspec.to_builtins(each), TimedText) for each in script.utterances]
            findings = [each.message for each in of_script(publication, clips)]
            if findings:  # no comparison of long texts by pytest: it would take minutes
                raise AssertionError("\n".join(findings))

    read()


@pytest.mark.parametrize("defect", IN_SCRIPT, ids=lambda each: each.name)
def test_a_defect_of_the_utterances_is_found(defect: InScript, good: Recorded) -> None:
    clips = json.loads(good.script)
    defect.change(clips)
    findings = good.compared("audio", script=json.dumps(clips).encode())
    assert {each.partition(":")[0] for each in findings} == defect.rules, findings


@pytest.mark.parametrize(
    "defect",
    [*sampled(IN_FILE), *sampled(planted_stated.IN_FILE), *sampled(planted_beside.IN_FILE, 3)],
    ids=lambda each: f"{each.edition}: {each.name}",
)
def test_a_defect_of_a_file_is_found(defect: InFile, good: Recorded, tmp_path: Path) -> None:
    bad = tmp_path / good.paths[defect.edition].name
    shutil.copy(good.paths[defect.edition], bad)
    defect.change(bad)
    findings = good.compared(defect.edition, bad)
    assert {each.partition(":")[0] for each in findings} == defect.rules, findings


def test_a_long_text_before_the_first_heading_is_in_every_edition(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    text = tuple(m.Paragraph(children=(m.Text(f"Paragraph number {number} of many."),)) for number in range(20))
    about = m.Metadata(title="Long", language="en", publisher="P")
    section = m.Section(title=(m.Text("First"),), children=text[:1])
    publication = transforms.apply(m.Publication(about, body=(*text, section)), "long")
    made = _recorded(tmp_path, publication, pictures)
    assert {edition: made.compared(edition) for edition in EDITIONS} == {edition: [] for edition in EDITIONS}


def test_more_chapters_than_the_chapter_list_holds_are_read(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    body = tuple(
        m.Section(title=(m.Text(f"Chapter {number}"),), children=(m.Paragraph(children=(m.Text("Text."),)),))
        for number in range(300)
    )
    publication = transforms.apply(m.Publication(m.Metadata(title="Long", language="en"), body=body), "long")
    path, written = record(tmp_path, publication, "audio", pictures)
    assert compare(publication, {"audio": path}, {"audio": written.sidecars["clips"]}) == []


@pytest.mark.parametrize("suffix", [".m4b", ".mp3", "-mp3.zip", ".lpf", ".vtt", "-chapters.json", "-daisy.zip"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_that_is_cut_off_never_crashes(suffix: str, share: float, good: Recorded, tmp_path: Path) -> None:
    whole = next((path for path in good.paths.values() if path.name.endswith(suffix)), good.paths["audio"])
    bad = tmp_path / f"bad{suffix}"
    data = whole.read_bytes()
    bad.write_bytes(data[: int(len(data) * share)])
    assert compare(good.publication, {"audio": bad}) != []


def test_a_broken_script_is_a_finding(good: Recorded) -> None:
    (finding,) = good.compared("audio", script=b"{")
    assert finding.startswith("parity-unreadable")


def test_a_publication_without_a_title_is_compared_too(tmp_path: Path) -> None:
    body = (*_section("First", "Text."), *_section("Second", "Text."))
    publication = transforms.apply(m.Publication(m.Metadata(language="en", publisher="P"), body=body), "untitled")
    made = _recorded(tmp_path, publication, Pictures(tmp_path / "pictures"))
    assert {edition: made.compared(edition) for edition in EDITIONS} == {edition: [] for edition in EDITIONS}


def test_a_publication_without_headings_is_compared_too(tmp_path: Path) -> None:
    about = m.Metadata(title="Short", language="en", publisher="P")
    publication = transforms.apply(m.Publication(about, body=(m.Paragraph(children=(m.Text("Text."),)),)), "short")
    made = _recorded(tmp_path, publication, Pictures(tmp_path / "pictures"))
    assert {edition: made.compared(edition) for edition in EDITIONS} == {edition: [] for edition in EDITIONS}
