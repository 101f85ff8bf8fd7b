"""eSpeak NG as a library in this process: over 100 languages, always installed, reproducible.

In eSpeak NG 1.52, four features make the sound depend on the texts before: pitch flutter, roughness (every n-th cycle
of the voice is softer, counted from the start of the process), breath (noise) and the gain, which is reduced after
clipping. The voices defined here have none of the first three, and a volume that never clips. A glide at the beginning,
such as that of Arabic “wa”, has a sample more or less after some texts: a vowel is spoken before each text, and thrown
away. So the same text gives the same bytes in any process.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import platform
import shutil
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from exporter.installation import pip_command
from exporter.programs import install_advice, short_folder
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice

NAME = "espeak-ng"
TITLE = "eSpeak NG"
RATE = 22_050
NETWORK = False
KEEP = False

_WORDS_A_MINUTE = 165
"""Pace of a calm reader."""
_VOLUME = 60
"""Per cent of the highest volume that does not clip with most voices."""
_VOWEL = "a"
_LONGEST_PATH = 120
"""Bytes of the path of a data folder; with the names of its files, eSpeak NG holds 160."""
_SYNCHRONOUS, _UTF8 = 2, 1
_BUFFER_MS = 200
_NO_DICTIONARY = frozenset({"fo", "kaa", "xex"})
"""Voices for which espeakng-loader 0.2.4 has no dictionary."""
_PARAMETER_RATE, _PARAMETER_VOLUME = 1, 2
_REINSTALL = f"Install it again: {pip_command('espeakng-loader', again=True)}"

# eSpeak NG is not thread-safe.
_lock = threading.Lock()


class _Variant(NamedTuple):
    """A voice variant, defined here: pitch in Hz (low, high) and formants in per cent."""

    gender: Gender
    pitch: tuple[int, int]
    formants: tuple[int, int, int, int]


# The narrator is the first. Pitch and formants are far apart, so that speakers can be distinguished.
_VARIANTS = {
    "n0": _Variant(Gender.MALE, (82, 118), (100, 100, 100, 100)),
    "f1": _Variant(Gender.FEMALE, (142, 212), (112, 114, 112, 108)),
    "m1": _Variant(Gender.MALE, (62, 92), (94, 92, 94, 96)),
    "f2": _Variant(Gender.FEMALE, (178, 262), (118, 120, 116, 110)),
    "m2": _Variant(Gender.MALE, (104, 158), (104, 96, 104, 100)),
    "f3": _Variant(Gender.FEMALE, (118, 176), (106, 110, 106, 104)),
    "m3": _Variant(Gender.MALE, (72, 126), (90, 98, 88, 92)),
}
_TITLES = {
    "n0": "narrator",
    "f1": "woman 1",
    "f2": "woman 2",
    "f3": "woman 3",
    "m1": "man 1",
    "m2": "man 2",
    "m3": "man 3",
}

# Roughness 0 has patterns for some sounds, such as Arabic ones; 8, beyond the end of the table, has none.
_VARIANT_FILE = """language variant
name {name}
gender {gender}
pitch {low} {high}
flutter 0
roughness 8
formant 0 {f0} 100 100
formant 1 {f1} 100 100
formant 2 {f2} 100 100
formant 3 {f3} 100 100
"""


class _VoiceRecord(ctypes.Structure):
    """`espeak_VOICE` of speak_lib.h."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


class _Library:
    """The library with its data folder, loaded once in a process."""

    def __init__(self) -> None:
        import espeakng_loader

        # The folder exists until the process ends: voices and dictionaries are read at their first use.
        folder = short_folder(_LONGEST_PATH)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _create_data_folder(Path(espeakng_loader.get_data_path()), folder)
        self.process = os.getpid()
        self._pieces: list[bytes] = []
        self._c: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        self._c.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceRecord))
        rate = self._c.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, os.fsencode(folder), 0x8000)
        if rate != RATE:
            raise EngineError("eSpeak NG did not start.", advice=_REINSTALL)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._collect)
        self._c.espeak_SetSynthCallback(self._callback)
        self._c.espeak_SetParameter(_PARAMETER_VOLUME, _VOLUME, 0)
        self._voice = ""

    def _collect(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._pieces.append(ctypes.string_at(samples, count * 2))
        return 0

    def languages(self) -> dict[str, str]:
        """Return the voice files by language code, sorted by code."""
        file_by_tag: dict[str, str] = {}
        records = self._c.espeak_ListVoices(None)
        index = 0
        while records[index]:
            pointer = records[index].contents.languages
            # The first byte is a priority, then the tag, then the next entry.
            tag = ctypes.string_at(pointer + 1).decode() if pointer else ""
            identifier = (records[index].contents.identifier or b"").decode()
            if tag and tag != "variant" and tag not in _NO_DICTIONARY:
                file_by_tag.setdefault(tag, identifier.rpartition("/")[2].lower())
            index += 1
        return dict(sorted(file_by_tag.items()))

    def speak(self, text: str, voice: str, words_a_minute: int) -> bytes:
        """Return the samples of a text."""
        if voice != self._voice:
            if self._c.espeak_SetVoiceByName(voice.encode()) != 0:
                raise EngineError(f"eSpeak NG has no voice “{voice}”.")
            self._voice = voice
        self._c.espeak_SetParameter(_PARAMETER_RATE, words_a_minute, 0)
        self._samples(_VOWEL)
        return self._samples(text)

    def _samples(self, text: str) -> bytes:
        self._pieces.clear()
        data = text.encode() + b"\0"
        if self._c.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None) != 0:
            raise EngineError("eSpeak NG could not speak a sentence.")
        return b"".join(self._pieces)


def _create_data_folder(data: Path, folder: Path) -> None:
    """Create a data folder with the files of the package, and with the variants defined here as its only voices."""
    root = folder / "espeak-ng-data"
    variants = root / "voices" / "!v"
    variants.mkdir(parents=True)
    for entry in sorted(data.iterdir()):
        if entry.name == "voices":
            continue
        try:
            (root / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
        except OSError:
            # On Windows, only some users may create symbolic links.
            copy = shutil.copytree if entry.is_dir() else shutil.copy2
            copy(entry, root / entry.name)
    for name, variant in _VARIANTS.items():
        low, high = variant.pitch
        f0, f1, f2, f3 = variant.formants
        definition = _VARIANT_FILE.format(
            name=name, gender=variant.gender.value, low=low, high=high, f0=f0, f1=f1, f2=f2, f3=f3
        )
        (variants / name).write_text(definition, "ascii")


_loaded: list[_Library] = []


def _library() -> _Library:
    """Return the library; a forked process loads its own, since the lock and the folder belong to its parent."""
    if not _loaded or _loaded[0].process != os.getpid():
        _loaded[:] = [_Library()]
    return _loaded[0]


def missing() -> str:
    """Return a message about what has to be installed; empty if nothing is missing."""
    import importlib.util

    if importlib.util.find_spec("espeakng_loader") is None:
        return "The package espeakng-loader is not installed. " + install_advice(
            "setup", f"Run: {pip_command('espeakng-loader')}"
        )
    return _load_problem()


@cache
def _load_problem() -> str:
    """Return why the library of the package cannot be loaded here, and what to do; empty if it can."""
    import espeakng_loader

    try:
        ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        # On Windows, libraries of packages need one of Microsoft.
        runtime = " Run: winget install --exact --id Microsoft.VCRedist.2015+.x64"
        advice = runtime if platform.system() == "Windows" else f" {_REINSTALL}"
        return f"The library of eSpeak NG cannot be loaded: {error}.{advice}"
    return ""


def problems() -> tuple[str, ...]:
    """Return nothing, since the voices are part of the package."""
    return ()


@cache
def version() -> str:
    """Return what determines the sound: the version of the package and the variants."""
    import hashlib
    from importlib.metadata import version as package_version

    shapes = repr((_VARIANTS, _VARIANT_FILE, _VOLUME, _WORDS_A_MINUTE))
    return f"{package_version('espeakng-loader')}-{hashlib.sha256(shapes.encode()).hexdigest()[:16]}"


@cache
def voices() -> tuple[Voice, ...]:
    """Return every language in every variant."""
    with _lock:
        languages = _library().languages()
    return tuple(
        Voice(
            name=f"{NAME}/{file}+{name}",
            engine=NAME,
            language=_bcp47(tag),
            gender=variant.gender,
            quality=Quality.PLAIN,
            licence="GPL-3.0-or-later",
            title=f"{TITLE}, {_TITLES[name]}",
        )
        for tag, file in languages.items()
        for name, variant in _VARIANTS.items()
    )


def _bcp47(tag: str) -> str:
    """Return a language code of eSpeak NG in the usual case of BCP 47."""
    head, *rest = tag.split("-")
    return "-".join(
        [head, *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)]
    )


def speak(text: str, voice: Voice, speed: float) -> Sound:
    """Synthesise a text.

    Args:
        text: Already normalised.
        voice: One of `voices()`.
        speed: 1.0 is the pace of a calm reader; 0.5-2.0.

    Raises:
        EngineError: The library returned an error.
    """
    with _lock:
        samples = _library().speak(text, voice.name.removeprefix(f"{NAME}/"), round(_WORDS_A_MINUTE * speed))
    return Sound(samples, RATE)
