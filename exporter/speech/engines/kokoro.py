"""Kokoro: natural voices for a few languages, made on this machine by a neural network of 82 million weights.

The network and its voices are files that `make voices` puts into place, with their digests checked; without them this
engine is missing and others read instead. One session serves all threads: the network works outside Python's lock, one
core a sentence, so as many sentences are made at once as there are cores.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from exporter.config import voices_folder
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice
from exporter.speech.onnx import session

NAME = "kokoro"
TITLE = "Kokoro"
RATE = 24_000
NETWORK = False
KEEP = True

MODEL, STYLES = "model.onnx", "voices.npz"
"""Names of the two files inside the folder `kokoro` of the folder of voices."""
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Digest of the multilingual network, version 1.0, with weights of 8 bits."""
QUICK = "model-{}.onnx"
"""Name of the same network, laid out for one kind of processor and heard to give the same samples on it."""

_PACKAGES = ("kokoro_onnx", "onnxruntime", "numpy")
_EVEN = 0.98
"""Largest sample that is handed on, of 1: louder ones would be cut off."""


class _Tongue(NamedTuple):
    """A language: how it is written in sounds, how well it is read, and by whom, the narrator first."""

    espeak: str
    quality: Quality
    people: tuple[str, ...]


# Names begin with the language and f or m. Voices that their makers rate as poor are left out, and so are Japanese and
# Chinese, whose sounds eSpeak NG does not write as the network learned them.
_TONGUES = {
    "en-US": _Tongue(
        "en-us",
        Quality.NATURAL,
        ("af_heart", "am_michael", "af_bella", "am_fenrir", "af_sarah", "am_puck", "af_kore", "af_aoede"),
    ),
    "en-GB": _Tongue("en-gb", Quality.NATURAL, ("bf_emma", "bm_george", "bf_isabella", "bm_fable")),
    "es": _Tongue("es", Quality.GOOD, ("ef_dora", "em_alex", "em_santa")),
    "es-419": _Tongue("es-419", Quality.GOOD, ("ef_dora", "em_alex", "em_santa")),
    "fr": _Tongue("fr-fr", Quality.GOOD, ("ff_siwis",)),
    "hi": _Tongue("hi", Quality.GOOD, ("hf_alpha", "hm_omega", "hf_beta", "hm_psi")),
    "it": _Tongue("it", Quality.GOOD, ("if_sara", "im_nicola")),
    "pt-BR": _Tongue("pt-br", Quality.GOOD, ("pf_dora", "pm_alex", "pm_santa")),
}

_FORM = "2"
"""To be counted up when a text is handed to the network in another way, so that nothing kept before is used."""

_loading, _writing = threading.Lock(), threading.Lock()


def missing() -> str:
    """Return a sentence on what has to be installed first; empty when nothing is missing."""
    import importlib.util

    folder = voices_folder() / NAME
    here = all(importlib.util.find_spec(name) is not None for name in _PACKAGES)
    if not here or not all((folder / name).is_file() for name in (MODEL, STYLES)):
        return "The natural voices of Kokoro are not installed. Run: make voices"
    return ""


def problems() -> tuple[str, ...]:
    """Return nothing: its voices come with it."""
    return ()


@cache
def version() -> str:
    """Return what decides the sound: the network, what runs it and what writes words in sounds."""
    from importlib.metadata import version as package_version

    packages = ("kokoro-onnx", "onnxruntime", "phonemizer", "espeakng-loader")
    return "-".join((_FORM, MODEL_SHA256[:16], *(package_version(name) for name in packages)))


@cache
def voices() -> tuple[Voice, ...]:
    """Return the voices of each language."""
    return tuple(
        Voice(
            name=f"{NAME}/{language}/{person}",
            engine=NAME,
            language=language,
            gender=Gender.FEMALE if person[1] == "f" else Gender.MALE,
            quality=tongue.quality,
            licence="Apache-2.0",
            title=f"{TITLE}, {person[3:].title()}",
        )
        for language, tongue in _TONGUES.items()
        for person in tongue.people
    )


def speak(text: str, voice: Voice, speed: float) -> Sound:
    """Say a text; one without words gives no sound.

    Args:
        text: Already normalised; a long one is cut at its punctuation, 510 sounds being the most at once.
        voice: One of `voices()`.
        speed: 1.0 is the pace of a calm reader; 0.5-2.0.

    Raises:
        EngineError: The network fails.
    """
    _, language, person = voice.name.split("/")
    try:
        reader = _kokoro()
        sounds = reader.tokenizer.known(_written(text, _TONGUES[language].espeak)).strip()
        if not any(sound.isalpha() for sound in sounds):
            return Sound(b"", RATE)
        samples, rate = reader.create(sounds, person, speed=speed, is_phonemes=True)
    except EngineError:
        raise
    except Exception as error:
        # The library raises what its own libraries raise; to listeners it is all one.
        raise EngineError(
            f"Kokoro could not say “{text[:40]}”.", advice="Use another voice (--voice espeak-ng)."
        ) from error
    return Sound(_pcm(samples), rate)


def _written(text: str, language: str) -> str:
    """Give a text in sounds, without the flags around words of another language, `(en)wˈiːkˈɛnd(fr)`, read out else."""
    from phonemizer import phonemize

    with _writing:  # eSpeak NG has one state for the whole process
        return str(
            phonemize(text, language, preserve_punctuation=True, with_stress=True, language_switch="remove-flags")
        )


def _pcm(samples: Any) -> bytes:
    """Return samples of -1 to 1 as 16 bits."""
    loudest = float(abs(samples).max(initial=0.0))
    gain = 32767 * (min(1.0, _EVEN / loudest) if loudest else 1.0)
    return bytes((samples * gain).round().astype("<i2").tobytes())


def processor() -> str:
    """Return a digest of what this processor can do; empty where the system does not tell."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    able = next((line for line in told if line.startswith(("flags", "Features"))), "")
    return hashlib.sha256(able.encode()).hexdigest()[:12] if able else ""


def _kokoro() -> Any:
    with _loading:
        return _loaded()


@cache
def _loaded() -> Any:
    """Return the network with its voices, loaded once in a process."""
    from kokoro_onnx import Kokoro

    for noisy in ("kokoro_onnx", "phonemizer"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    folder = voices_folder() / NAME
    quick = folder / QUICK.format(processor())
    try:
        return Kokoro.from_session(session(quick if quick.is_file() else folder / MODEL), str(folder / STYLES))
    except Exception as error:
        raise EngineError(
            f"The files of Kokoro in {folder} cannot be used.",
            advice="Remove that folder and run: make voices",
        ) from error
