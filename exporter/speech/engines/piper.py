"""Piper: voices whose two files the user provides, synthesised on this machine by a small neural network.

A voice is listed if `NAME.onnx` and `NAME.onnx.json` are in the folder of Piper's voices. The library converts text to
phonemes and their numbers; the networks run here, one core for each sentence. Piper's random noise is switched off, so
that the same text gives the same bytes in any order and in any process.
"""

from __future__ import annotations

import logging
import threading
from functools import cache
from typing import Any

from exporter.config import piper_paths
from exporter.installation import pip_command
from exporter.programs import install_advice
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice
from exporter.speech.onnx import session
from exporter.speech.piper_files import VoiceFile, find_voice_files

NAME = "piper"
TITLE = "Piper"
RATE = 22_050
NETWORK = False
KEEP = True

_PACKAGES = ("piper", "onnxruntime", "numpy")
_INPUTS = {"input", "input_lengths", "scales"}
_MAX_PEAK = 0.98
"""Highest sample peak, of 1."""
_SILENCE_PEAK = 0.003
"""Highest peak of silence, of 1."""
_MARGIN = 0.02
"""Seconds of silence that remain at both ends."""

_model_lock = threading.Lock()
_networks: dict[str, Any] = {}


def missing() -> str:
    """Return a message about what has to be installed; empty if nothing is missing."""
    import importlib.util

    files, problems = find_voice_files(piper_paths())
    if not files:
        return problems[0] if problems else f"No Piper voices in {piper_paths()[0]}."
    if any(importlib.util.find_spec(name) is None for name in _PACKAGES):
        return "The package piper-tts is not installed. " + install_advice("voices", f"Run: {pip_command('piper-tts')}")
    return ""


def problems() -> tuple[str, ...]:
    """Return a message about each voice file that cannot be used."""
    return find_voice_files(piper_paths())[1]


@cache
def version() -> str:
    """Return what determines the sound besides the voice: the versions of the library and of the runtime."""
    from importlib.metadata import version as package_version

    return "-".join(package_version(name) for name in ("piper-tts", "onnxruntime"))


def voices() -> tuple[Voice, ...]:
    """Return the voices of all files, sorted by name."""
    return tuple(voice for file in find_voice_files(piper_paths())[0] for voice in _voices_of(file))


def _voices_of(file: VoiceFile) -> tuple[Voice, ...]:
    by_number = sorted(file.config.speaker_id_map, key=lambda name: file.config.speaker_id_map[name])
    speakers = [f"/{name}" for name in by_number] if file.config.num_speakers > 1 else [""]
    # The low sample rate is audible; the finer steps of quality hardly are.
    quality = Quality.PLAIN if file.config.audio.quality == "x_low" else Quality.GOOD
    return tuple(
        Voice(
            name=f"{NAME}/{file.name}{speaker}",
            engine=NAME,
            language=file.language,
            gender=Gender.OTHER,
            quality=quality,
            licence=file.licence or "licence not stated",
            title=f"{TITLE}, {file.name}{speaker.replace('/', ', ')}",
            digest=file.digest,
        )
        for speaker in speakers or [""]
    )


def speak(text: str, voice: Voice, speed: float) -> Sound:
    """Synthesise a text.

    Args:
        text: Already normalised.
        voice: One of `voices()`.
        speed: 1.0 is the pace that the voice was made for; 0.5-2.0.

    Raises:
        EngineError: The voice file is missing, the text has no phonemes of the voice, or the network fails.
    """
    name, _, speaker = voice.name.removeprefix(f"{NAME}/").partition("/")
    file = next((candidate for candidate in find_voice_files(piper_paths())[0] if candidate.name == name), None)
    if file is None:
        raise EngineError(f"The voice file of “{voice.name}” was removed.")
    network = _network(file)
    try:
        from piper.config import SynthesisConfig

        config = SynthesisConfig(
            speaker_id=file.config.speaker_id_map.get(speaker),
            length_scale=network.config.length_scale / speed,
            noise_scale=0.0,
            noise_w_scale=0.0,
            normalize_audio=False,
        )
        # Two opening brackets begin phonemes in the text.
        pieces = [chunk.audio_float_array for chunk in network.synthesize(text.replace("[[", "[ ["), config)]
    except Exception as error:
        # The libraries raise the exceptions of their own libraries.
        raise EngineError(
            f"The voice “{voice.name}” could not speak “{text[:40]}”.", advice="Use another voice (--voice espeak-ng)."
        ) from error
    return Sound(
        b"".join(_pcm(piece, file.config.audio.sample_rate) for piece in pieces), file.config.audio.sample_rate
    )


def _pcm(samples: Any, rate: int) -> bytes:
    """Return samples of -1 to 1 as 16 bits, without the silence around them."""
    import numpy

    loud = numpy.flatnonzero(abs(samples) > _SILENCE_PEAK)
    if not loud.size:
        return b""
    margin = round(_MARGIN * rate)
    samples = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    gain = 32767 * min(1.0, _MAX_PEAK / float(abs(samples).max()))
    return bytes((samples * gain).round().astype("<i2").tobytes())


def _network(file: VoiceFile) -> Any:
    """Return a voice of the library, loaded once in a process.

    Raises:
        EngineError: The file contains no voice.
    """
    with _model_lock:
        if file.digest not in _networks:
            _networks[file.digest] = _load(file)
        return _networks[file.digest]


def _load(file: VoiceFile) -> Any:
    import json

    from piper import PiperVoice
    from piper.config import PiperConfig

    # It logs a warning for every phoneme that a voice does not have, and omits it.
    logging.getLogger("piper").setLevel(logging.CRITICAL)
    advice = "Download both of its files again, or use another voice (--voice auto)."
    try:
        network = session(file.path)
        config = PiperConfig.from_dict(json.loads(file.path.with_name(f"{file.path.name}.json").read_bytes()))
    except Exception as error:
        raise EngineError(f"The voice file {file.path} is damaged or not a Piper voice.", advice=advice) from error
    wanted = _INPUTS | ({"sid"} if file.config.num_speakers > 1 else set())
    if {input_.name for input_ in network.get_inputs()} != wanted:
        raise EngineError(f"The voice file {file.path} does not match its .json file.", advice=advice)
    return PiperVoice(session=network, config=config)
