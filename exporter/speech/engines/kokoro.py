"""Kokoro: natural voices for a few languages, synthesised on this machine by a neural network of 82 million weights.

The network and its voices are files that `make voices` downloads and verifies; without them this engine is missing.
All threads share one session: the network releases Python's lock and uses one core for each sentence, so as many
sentences are synthesised at once as there are cores.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from exporter.config import VOICES_VARIABLE, voices_folder
from exporter.programs import install_advice
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice
from exporter.speech.onnx import session

NAME = "kokoro"
TITLE = "Kokoro"
RATE = 24_000
NETWORK = False
KEEP = True

MODEL, STYLES = "model.onnx", "voices.npz"
"""Names of the two files in the folder `kokoro` of the voices folder."""
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Digest of the multilingual network, version 1.0, with weights of 8 bits."""
OPTIMISED_MODEL = "model-{}.onnx"
"""Name of the same network, optimised for one type of processor and verified to return the same samples there."""

_PACKAGES = ("kokoro_onnx", "onnxruntime", "numpy")
_MAX_PEAK = 0.98
"""Highest sample peak, of 1, so that nothing is clipped."""


class _Language(NamedTuple):
    """A language: its phonemes in eSpeak NG, and its voices with their quality, the narrator first."""

    espeak: str
    quality: Quality
    people: tuple[str, ...]


# Names begin with the language and f or m. Voices that their authors rate as poor are omitted, and so are Japanese and
# Chinese, for which eSpeak NG returns other phonemes than the network was trained with.
_LANGUAGES = {
    "en-US": _Language(
        "en-us",
        Quality.NATURAL,
        ("af_heart", "am_michael", "af_bella", "am_fenrir", "af_sarah", "am_puck", "af_kore", "af_aoede"),
    ),
    "en-GB": _Language("en-gb", Quality.NATURAL, ("bf_emma", "bm_george", "bf_isabella", "bm_fable")),
    "es": _Language("es", Quality.GOOD, ("ef_dora", "em_alex", "em_santa")),
    "es-419": _Language("es-419", Quality.GOOD, ("ef_dora", "em_alex", "em_santa")),
    "fr": _Language("fr-fr", Quality.GOOD, ("ff_siwis",)),
    "hi": _Language("hi", Quality.GOOD, ("hf_alpha", "hm_omega", "hf_beta", "hm_psi")),
    "it": _Language("it", Quality.GOOD, ("if_sara", "im_nicola")),
    "pt-BR": _Language("pt-br", Quality.GOOD, ("pf_dora", "pm_alex", "pm_santa")),
}

_CACHE_FORMAT = "2"
"""Part of the version; to be increased when the input of the network changes for the same text."""

_model_lock, _phonemizer_lock = threading.Lock(), threading.Lock()


def _install() -> str:
    return install_advice(
        "voices",
        "Run “make voices” in a copy of the source (on Windows in WSL), "
        f"and set {VOICES_VARIABLE} to its folder of voices.",
    )


def missing() -> str:
    """Return a message about what has to be installed; empty if nothing is missing."""
    import importlib.util

    folder = voices_folder() / NAME
    here = all(importlib.util.find_spec(name) is not None for name in _PACKAGES)
    if not here or not all((folder / name).is_file() for name in (MODEL, STYLES)):
        return f"The natural voices of Kokoro are not installed. {_install()}"
    return ""


def problems() -> tuple[str, ...]:
    """Return nothing, since the voices are installed with the network."""
    return ()


@cache
def version() -> str:
    """Return what determines the sound: the versions of the network, its runtime and the phonemizer."""
    from importlib.metadata import version as package_version

    packages = ("kokoro-onnx", "onnxruntime", "phonemizer", "espeakng-loader")
    return "-".join((_CACHE_FORMAT, MODEL_SHA256[:16], *(package_version(name) for name in packages)))


@cache
def voices() -> tuple[Voice, ...]:
    """Return the voices of each language."""
    return tuple(
        Voice(
            name=f"{NAME}/{language}/{person}",
            engine=NAME,
            language=language,
            gender=Gender.FEMALE if person[1] == "f" else Gender.MALE,
            quality=settings.quality,
            licence="Apache-2.0",
            title=f"{TITLE}, {person[3:].title()}",
        )
        for language, settings in _LANGUAGES.items()
        for person in settings.people
    )


def speak(text: str, voice: Voice, speed: float) -> Sound:
    """Synthesise a text; one without words returns an empty sound.

    Args:
        text: Already normalised; the library cuts it at punctuation into parts of at most 510 phonemes.
        voice: One of `voices()`.
        speed: 1.0 is the pace of a calm reader; 0.5-2.0.

    Raises:
        EngineError: The network fails.
    """
    _, language, person = voice.name.split("/")
    try:
        reader = _kokoro()
        sounds = reader.tokenizer.known(_phonemes(text, _LANGUAGES[language].espeak)).strip()
        if not any(sound.isalpha() for sound in sounds):
            return Sound(b"", RATE)
        samples, rate = reader.create(sounds, person, speed=speed, is_phonemes=True)
    except EngineError:
        raise
    except Exception as error:
        # The library raises the exceptions of its own libraries.
        raise EngineError(
            f"Kokoro could not speak “{text[:40]}”.", advice="Use another voice (--voice espeak-ng)."
        ) from error
    return Sound(_pcm(samples), rate)


def _phonemes(text: str, language: str) -> str:
    """Return the phonemes of a text, without flags for words of another language, as in `(en)wˈiːkˈɛnd(fr)`."""
    from phonemizer import phonemize

    with _phonemizer_lock:  # eSpeak NG has one state for the whole process
        return str(
            phonemize(text, language, preserve_punctuation=True, with_stress=True, language_switch="remove-flags")
        )


def _pcm(samples: Any) -> bytes:
    """Return samples of -1 to 1 as 16 bits."""
    loudest = float(abs(samples).max(initial=0.0))
    gain = 32767 * (min(1.0, _MAX_PEAK / loudest) if loudest else 1.0)
    return bytes((samples * gain).round().astype("<i2").tobytes())


def processor() -> str:
    """Return a digest of the features of this processor, or an empty string if they are unknown."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    features = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return hashlib.sha256(features.encode()).hexdigest()[:12] if features else ""


def _kokoro() -> Any:
    with _model_lock:
        return _loaded()


@cache
def _loaded() -> Any:
    """Return the network with its voices, loaded once in a process."""
    from kokoro_onnx import Kokoro

    for noisy in ("kokoro_onnx", "phonemizer"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    folder = voices_folder() / NAME
    quick = folder / OPTIMISED_MODEL.format(processor())
    try:
        return Kokoro.from_session(session(quick if quick.is_file() else folder / MODEL), str(folder / STYLES))
    except Exception as error:
        raise EngineError(
            f"The files of Kokoro in {folder} cannot be used.",
            advice=f"Remove that folder. {_install()}",
        ) from error
