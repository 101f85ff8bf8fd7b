"""Small work on samples."""

from __future__ import annotations

import math
import random
import struct

import pytest

from exporter.speech import pcm
from exporter.speech.engines import espeak_ng

RATE = 22_050


def _pcm(*samples: int) -> bytes:
    return struct.pack(f"<{len(samples)}h", *samples)


@pytest.mark.parametrize("loud", [150, -150, 32_767, -32_768])
@pytest.mark.parametrize("before", [0, 3, 30_000])
def test_a_loud_sample_is_heard_wherever_it_stands(loud: int, before: int) -> None:
    assert pcm.is_audible(_pcm(*[0] * before, loud, *[0] * 10), 150)


def test_what_is_too_soft_is_not_heard() -> None:
    assert not pcm.is_audible(_pcm(*[149, -149] * 20_000), 150)
    assert not pcm.is_audible(b"", 150)


def test_what_is_heard_agrees_with_the_peak() -> None:
    wave = _pcm(*(number * 7 % 4_001 - 2_000 for number in range(20_000)))
    top = pcm.peak(wave)
    assert pcm.is_audible(wave, top)
    assert not pcm.is_audible(wave, top + 1)


def _hiss() -> list[int]:
    chance = random.Random(7)
    return [chance.randint(-9_000, 9_000) for _ in range(2 * RATE)]


def _rumble() -> list[int]:
    chance = random.Random(7)
    level, wave = 0.0, []
    for _ in range(2 * RATE):
        level = 0.99 * level + chance.gauss(0, 500)
        wave.append(max(-32_768, min(32_767, round(level))))
    return wave


def _tone() -> list[int]:
    return [round(9_000 * math.sin(place / 30)) for place in range(2 * RATE)]


@pytest.mark.parametrize("noise", [_hiss, _rumble, _tone])
def test_noise_is_steady(noise: object) -> None:
    assert callable(noise)
    assert pcm.is_steady(_pcm(*noise()), RATE)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en-us", "Mandatory detention"), ("es", "La investigación"), ("ar", "العدالة البعيدة"), ("ru", "Далёкий суд")],
)
@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_speech_is_not_steady(language: str, words: str, speed: float) -> None:
    voice = next(each for each in espeak_ng.voices() if each.language.lower() == language)
    heard = espeak_ng.speak(words, voice, speed)
    assert not pcm.is_steady(heard.pcm, heard.rate)


def test_nothing_is_not_steady() -> None:
    assert not pcm.is_steady(b"", RATE)
