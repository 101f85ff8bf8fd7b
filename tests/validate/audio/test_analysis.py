"""What is heard between two seconds of a recording."""

from __future__ import annotations

from exporter.validate.audio.analysis import AudioAnalysis


def test_a_chapter_of_one_short_word_and_a_pause_is_not_silent() -> None:
    heard = AudioAnalysis(3.0, 3.0, -19.0, 0.5, 0.5, ((0.4, 1.8),), {}, "", (), "")
    assert not heard.silent(0.0, 1.8)
    assert heard.silent(0.5, 1.8)
