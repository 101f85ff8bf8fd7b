"""The transcript and the chapters that stand beside the recording."""

from __future__ import annotations

import json
from pathlib import Path

from exporter.model.walk import headings
from exporter.writers import audio, podcast_chapters, transcript
from tests.write_context import Memory, write_context
from tests.writers.audio.recordings import make, sample

SPOKEN = Memory()
"""What has been spoken need not be spoken again."""


def test_the_transcript_is_that_of_the_audio_edition(tmp_path: Path) -> None:
    _, written = make(audio, tmp_path, SPOKEN)
    facts = {f"audio.{name}": data for name, data in written.sidecars.items()}
    context = write_context(tmp_path / "other", facts=facts)
    target = tmp_path / "a.vtt"
    transcript.write(sample(), context, transcript.Options(), target)
    assert target.read_bytes() == written.sidecars["transcript.vtt"]
    assert "<v Ana>I waited." in target.read_text("utf-8")
    assert "<lang es>no pasarán" in target.read_text("utf-8")


def test_without_the_audio_edition_the_same_is_recorded(tmp_path: Path) -> None:
    _, written = make(audio, tmp_path, SPOKEN)
    assert make(transcript, tmp_path / "alone", SPOKEN)[0].read_bytes() == written.sidecars["transcript.vtt"]


def test_chapters_for_podcasts_are_the_headings_one_behind_the_other(tmp_path: Path) -> None:
    listed = json.loads(make(podcast_chapters, tmp_path, SPOKEN)[0].read_text("utf-8"))
    assert listed["version"] == "1.2.0"
    titles = [each["title"] for each in listed["chapters"]]
    assert titles == ["Waiting", *(each.text for each in headings(sample())), "About this recording"]
    assert listed["chapters"][0]["startTime"] == 0
    for first, second in zip(listed["chapters"], listed["chapters"][1:], strict=False):
        assert first["endTime"] == second["startTime"]
