"""Google Translate's voices through gTTS: used only if the settings name it, since the text leaves the machine.

gTTS itself does not verify certificates, has no timeout, does not retry and accepts any response as sound. So gTTS only
builds the requests here; they are sent with certificate verification, timeouts and retries, and the response is decoded
and measured before it is used.
"""

from __future__ import annotations

import base64
import binascii
import re
import threading
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.installation import pip_command
from exporter.programs import install_advice
from exporter.speech import ffmpeg
from exporter.speech.codec import is_complete_mp3
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice

if TYPE_CHECKING:
    import requests

NAME = "gtts"
TITLE = "Google Translate (gTTS)"
RATE = 24_000
NETWORK = True
KEEP = True

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 10.0, 20.0, 60.0
"""Timeouts: for a connection, for the next bytes, and for a whole response."""
WAITS = (1.0, 3.0, 8.0, 20.0)
"""Seconds between attempts."""
LONGEST_WAIT = 90.0
"""Maximum seconds of `Retry-After`."""
SPACING = 0.25
"""Seconds between requests."""
_MOST_BYTES = 8_000_000
_FASTEST_LETTER = 0.025
"""Minimum seconds that this voice needs for a letter."""
_ENCODED_SOUND = re.compile(rb'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"\]')
_OLD_CODES = {"iw": "he", "jw": "jv"}
_RETRY_STATUSES = frozenset({408, 429, 500, 502, 503, 504})

_lock = threading.Lock()
_last_request = [0.0]


class _RetryError(Exception):
    """A failure that may be temporary."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def missing() -> str:
    """Return a message about what has to be installed; empty if nothing is missing."""
    import importlib.util

    if importlib.util.find_spec("gtts") is None:
        return "The package gTTS is not installed. " + install_advice("setup", f"Run: {pip_command('gTTS')}")
    return ""


def problems() -> tuple[str, ...]:
    """Return nothing, since the voices need no files."""
    return ()


@cache
def version() -> str:
    """Return the version of the package; the voices themselves have none."""
    from importlib.metadata import version as package_version

    return package_version("gtts")


@cache
def voices() -> tuple[Voice, ...]:
    """Return one voice for each language that gTTS lists, without using the network."""
    from gtts.lang import tts_langs

    return tuple(
        Voice(
            name=f"{NAME}/{code}",
            engine=NAME,
            language=_OLD_CODES.get(code, code),
            gender=Gender.FEMALE,
            quality=Quality.GOOD,
            licence="Google Terms of Service",
            title=TITLE,
        )
        for code in sorted(tts_langs())
    )


def speak(text: str, voice: Voice, speed: float) -> Sound:
    """Synthesise a text on Google's servers.

    Args:
        text: Already normalised; it is sent over the network.
        voice: One of `voices()`.
        speed: 0.5-2.0; applied here by a filter.

    Raises:
        EngineError: No connection, an unverified certificate, or no valid response.
    """
    from gtts import gTTS

    client: Any = gTTS(text, lang=voice.name.removeprefix(f"{NAME}/"), lang_check=False)
    pcm = b"".join(
        _request_sound(request, text).pcm for request in client._prepare_requests()
    )  # there is no public method
    sound = Sound(pcm, RATE)
    letters = sum(char.isalpha() for char in text)
    if sound.seconds < letters * _FASTEST_LETTER:
        raise EngineError(
            f"Google’s servers returned only {sound.seconds:.1f} seconds of sound for a sentence of {letters} letters.",
            advice="Try again later, or use another voice (--voice auto).",
        )
    if speed != 1.0:
        filters = [("atempo", f"{speed:g}"), ("aformat", "sample_fmts=s16")]
        return Sound(ffmpeg.apply_filters(pcm, RATE, filters), RATE)
    return sound


def _request_sound(request: requests.PreparedRequest, text: str) -> Sound:
    """Return the sound of one request, with retries."""
    import requests

    reason = ""
    for wait in (*WAITS, None):
        try:
            return _sound(_send(request))
        except requests.exceptions.SSLError as error:
            raise EngineError(
                "The certificate of Google’s speech server could not be verified; no text was sent.",
                advice="Check the network and the clock of this machine, or use another voice (--voice auto).",
            ) from error
        except requests.RequestException as error:
            reason, retry_after = _reason(error), 0.0
        except _RetryError as error:
            reason, retry_after = str(error), error.wait
        if wait is not None:
            time.sleep(max(wait, retry_after))
    raise EngineError(
        f"Google’s speech server returned no sound for “{text[:40]}” in {len(WAITS) + 1} attempts: {reason}.",
        advice="Try again later; finished sentences are cached. Or use another voice (--voice auto).",
    )


def _send(request: requests.PreparedRequest) -> bytes:
    """Return the body of the response."""
    import requests

    with _lock:
        pause = _last_request[0] + SPACING - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        _last_request[0] = time.monotonic()
    end = time.monotonic() + WHOLE_SECONDS
    with requests.Session() as session:
        settings = session.merge_environment_settings(str(request.url), {}, True, True, None)
        # The environment cannot disable the verification of certificates.
        settings["verify"] = settings["verify"] or True
        timeout = (CONNECT_SECONDS, READ_SECONDS)
        with session.send(request, timeout=timeout, allow_redirects=False, **settings) as answer:
            if answer.status_code in _RETRY_STATUSES:
                raise _RetryError(f"it answered {answer.status_code}", _retry_after(answer))
            if answer.status_code != requests.codes.ok:
                raise EngineError(
                    f"Google’s speech server refused with {answer.status_code}.",
                    advice="Use another voice (--voice auto).",
                )
            body = bytearray()
            for piece in answer.iter_content(1 << 14):
                body += piece
                if time.monotonic() > end:
                    raise _RetryError(f"the answer was not complete after {WHOLE_SECONDS:g} seconds")
                if len(body) > _MOST_BYTES:
                    raise _RetryError("the answer was far too long")
            return bytes(body)


def _sound(body: bytes) -> Sound:
    """Return the sound in a response.

    Raises:
        _RetryError: The response contains no sound, or it is damaged.
    """
    encoded_parts = _ENCODED_SOUND.findall(body)
    if not encoded_parts:
        raise _RetryError("the answer contained no sound")
    try:
        data = b"".join(base64.b64decode(part, validate=True) for part in encoded_parts)
    except binascii.Error as error:
        raise _RetryError("the answer was damaged") from error
    if not is_complete_mp3(data):
        raise _RetryError("the sound was cut off")
    try:
        return ffmpeg.decode(data, RATE, "mp3")
    except ValueError as error:
        raise _RetryError("the sound was damaged") from error


def _retry_after(answer: requests.Response) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdigit() else 0.0


def _reason(error: Exception) -> str:
    import requests

    if isinstance(error, requests.Timeout):
        return "it did not answer in time"
    if isinstance(error, requests.ConnectionError):
        return "there is no connection"
    return "the connection broke"
