"""Piper: any voice of its kind whose two files somebody gives, made on this machine by a small neural network.

A voice is listed when `NAME.onnx` and `NAME.onnx.json` lie in the folder of Piper's voices. The library writes text in
sounds and these as numbers; the networks are run here, one core a sentence. Piper adds chance to what it says, so that
no two readings are alike; here that is off, so that equal text gives equal bytes in any order and in any process.
"""

from __future__ import annotations

import logging
import threading
from functools import cache
from typing import Any

from exporter.config import piper_places
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice
from exporter.speech.onnx import session
from exporter.speech.piper_files import VoiceFile, find

NAME = "piper"
TITLE = "Piper"
RATE = 22_050
NETWORK = False
KEEP = True

_PACKAGES = ("piper", "onnxruntime", "numpy")
_INPUTS = {"input", "input_lengths", "scales"}
_EVEN = 0.98
"""Largest sample that is handed on, of 1."""
_QUIET = 0.003
"""Largest sample, of 1, of what is silence to listeners."""
_MARGIN = 0.02
"""Seconds of it that stay, so that no sound is cut."""

_loading = threading.Lock()
_networks: dict[str, Any] = {}


def missing() -> str:
    """Return a sentence on what has to be installed first; empty when nothing is missing."""
    import importlib.util

    files, problems = find(piper_places())
    if not files:
        return problems[0] if problems else f"There is no voice of Piper in {piper_places()[0]}."
    if any(importlib.util.find_spec(name) is None for name in _PACKAGES):
        return "The package piper-tts is not installed. Run: make voices"
    return ""


def problems() -> tuple[str, ...]:
    """Return a sentence on each voice that is there and cannot be used."""
    return find(piper_places())[1]


@cache
def version() -> str:
    """Return what decides the sound besides the voice: what writes words in sounds, and what runs the networks."""
    from importlib.metadata import version as package_version

    return "-".join(package_version(name) for name in ("piper-tts", "onnxruntime"))


def voices() -> tuple[Voice, ...]:
    """Return the voices of all files, by name."""
    return tuple(voice for file in find(piper_places())[0] for voice in _voices_of(file))


def _voices_of(file: VoiceFile) -> tuple[Voice, ...]:
    by_number = sorted(file.config.speaker_id_map, key=lambda name: file.config.speaker_id_map[name])
    people = [f"/{name}" for name in by_number] if file.config.num_speakers > 1 else [""]
    # Eight thousand sounds a second more or less are heard; the makers' finer steps hardly.
    quality = Quality.PLAIN if file.config.audio.quality == "x_low" else Quality.GOOD
    return tuple(
        Voice(
            name=f"{NAME}/{file.name}{person}",
            engine=NAME,
            language=file.language,
            gender=Gender.OTHER,
            quality=quality,
            licence=file.licence or "licence not stated",
            title=f"{TITLE}, {file.name}{person.replace('/', ', ')}",
            digest=file.digest,
        )
        for person in people or [""]
    )


def speak(text: str, voice: Voice, speed: float) -> Sound:
    """Say a text.

    Args:
        text: Already normalised.
        voice: One of `voices()`.
        speed: 1.0 is the pace that the voice was made for; 0.5-2.0.

    Raises:
        EngineError: The voice is no longer there, there is nothing in the text that it can say, or its network fails.
    """
    name, _, person = voice.name.removeprefix(f"{NAME}/").partition("/")
    file = next((each for each in find(piper_places())[0] if each.name == name), None)
    if file is None:
        raise EngineError(f"The voice file of “{voice.name}” is not there any more.")
    network = _network(file)
    try:
        from piper.config import SynthesisConfig

        manner = SynthesisConfig(
            speaker_id=file.config.speaker_id_map.get(person),
            length_scale=network.config.length_scale / speed,
            noise_scale=0.0,
            noise_w_scale=0.0,
            normalize_audio=False,
        )
        # Two opening brackets would let a text give sounds instead of words.
        pieces = [chunk.audio_float_array for chunk in network.synthesize(text.replace("[[", "[ ["), manner)]
    except Exception as error:
        # The libraries raise what their own libraries raise; to listeners it is all one.
        raise EngineError(
            f"The voice “{voice.name}” could not say “{text[:40]}”.", advice="Use another voice (--voice espeak-ng)."
        ) from error
    return Sound(
        b"".join(_pcm(piece, file.config.audio.sample_rate) for piece in pieces), file.config.audio.sample_rate
    )


def _pcm(samples: Any, rate: int) -> bytes:
    """Return samples of -1 to 1 as 16 bits, without the silence around them."""
    import numpy

    loud = numpy.flatnonzero(abs(samples) > _QUIET)
    if not loud.size:
        return b""
    margin = round(_MARGIN * rate)
    samples = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    gain = 32767 * min(1.0, _EVEN / float(abs(samples).max()))
    return bytes((samples * gain).round().astype("<i2").tobytes())


def _network(file: VoiceFile) -> Any:
    """Return the library's view of a voice, loaded once in a process.

    Raises:
        EngineError: The file holds no voice.
    """
    with _loading:
        if file.digest not in _networks:
            _networks[file.digest] = _load(file)
        return _networks[file.digest]


def _load(file: VoiceFile) -> Any:
    import json

    from piper import PiperVoice
    from piper.config import PiperConfig

    # It warns of every sound that a voice lacks and leaves it out.
    logging.getLogger("piper").setLevel(logging.CRITICAL)
    advice = "Get both of its files anew, or use another voice (--voice auto)."
    try:
        network = session(file.path)
        config = PiperConfig.from_dict(json.loads(file.path.with_name(f"{file.path.name}.json").read_bytes()))
    except Exception as error:
        raise EngineError(f"The voice file {file.path} is damaged or no voice of Piper.", advice=advice) from error
    wanted = _INPUTS | ({"sid"} if file.config.num_speakers > 1 else set())
    if {input_.name for input_ in network.get_inputs()} != wanted:
        raise EngineError(f"The voice file {file.path} and the file beside it do not belong together.", advice=advice)
    return PiperVoice(session=network, config=config)
