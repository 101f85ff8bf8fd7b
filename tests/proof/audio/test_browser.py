"""In a browser: every kind of recording plays at its start, in its middle and to its end, and is as long as it says."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import av
import pytest

from exporter.programs import run
from tests.proof import validators
from tests.proof.built_editions import BuiltEditions

HERE = Path(__file__).parent
TYPES = {".m4b": "audio/mp4", ".m4a": "audio/mp4", ".mp3": "audio/mpeg"}
NEAR = 0.1
"""Seconds by which a browser and a decoder may differ: what an encoder puts before the first sample."""


@pytest.mark.parametrize("edition", ["audio", "mp3", "audiobook", "daisy", "epub"])
def test_recordings_play_and_are_as_long_as_they_say(built: BuiltEditions, edition: str, tmp_path: Path) -> None:
    paths = recordings(built, edition, tmp_path)
    told = play(paths)
    assert len(told) == len(paths) > 0
    for path, each in zip(paths, told, strict=True):
        assert each["duration"] == pytest.approx(length(path), abs=NEAR), path.name
        assert all(0.3 <= seconds < 5 for seconds in each["played"]), path.name
        assert each["end"] == pytest.approx(each["duration"], abs=NEAR), path.name


def test_a_recording_that_is_cut_short_is_noticed(built: BuiltEditions, tmp_path: Path) -> None:
    (whole, *_) = recordings(built, "mp3", tmp_path)
    cut = tmp_path / f"cut{whole.suffix}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (told,) = play([cut])
    assert told["end"] < 0.7 * length(whole)


def recordings(built: BuiltEditions, edition: str, folder: Path) -> list[Path]:
    """Return the first, a middle and the last recording of an edition as files."""
    suffixes = {"audio": ".m4b", "mp3": "-mp3.zip", "audiobook": ".lpf", "daisy": "-daisy.zip", "epub": ".epub"}
    whole = built.spoken("comentario-justicia") / f"comentario-justicia{suffixes[edition]}"
    if edition == "audio":
        return [whole]
    with zipfile.ZipFile(whole) as archive:
        inside = sorted(name for name in archive.namelist() if Path(name).suffix in TYPES)
        chosen = sorted({inside[0], inside[len(inside) // 2], inside[-1]})
        return [Path(archive.extract(name, folder)) for name in chosen]


def play(paths: list[Path]) -> Any:
    """Return what a browser tells about recordings."""
    validators.module("playwright-core/index.mjs")
    given = {
        "program": validators.chromium(),
        "flags": validators.CHROMIUM_FLAGS,
        "files": [str(path) for path in paths],
        "types": [TYPES[path.suffix] for path in paths],
    }
    done = run([validators.node(), HERE / "play.mjs", json.dumps(given)], seconds=400)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout)


def length(path: Path) -> float:
    """Return how long a recording is when all of it is decoded, in seconds."""
    with av.open(str(path)) as opened:
        stream = opened.streams.audio[0]
        return sum(frame.samples for frame in opened.decode(stream)) / stream.rate
