"""Google Translate's voices through gTTS: only when asked for by name, since the text leaves the machine.

gTTS itself sends over TLS that it does not verify, waits for ever, never tries again and takes any answer for sound.
So here gTTS only words the requests; they are sent with the certificate verified, with time limits and second tries,
and the answer is decoded and measured before anybody uses it.
"""

from __future__ import annotations

import base64
import binascii
import re
import threading
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.speech import ffmpeg, mp3
from exporter.speech.engines import EngineError, Gender, Quality, Sound, Voice

if TYPE_CHECKING:
    import requests

NAME = "gtts"
TITLE = "Google Translate (gTTS)"
RATE = 24_000
NETWORK = True
KEEP = True

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 10.0, 20.0, 60.0
"""Longest waits: for a connection, for the next bytes, and for a whole answer."""
WAITS = (1.0, 3.0, 8.0, 20.0)
"""Seconds between tries; after the last one the engine gives up."""
LONGEST_WAIT = 90.0
"""Seconds that a server may ask for in `Retry-After`."""
SPACING = 0.25
"""Seconds between requests."""
_MOST_BYTES = 8_000_000
_FASTEST_LETTER = 0.025
"""Seconds that this voice needs for a letter at the very least."""
_SPOKEN = re.compile(rb'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"\]')
_OLD_CODES = {"iw": "he", "jw": "jv"}
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})

_lock = threading.Lock()
_last_request = [0.0]


class _AgainError(Exception):
    """An answer that a second try may better."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def missing() -> str:
    """Return a sentence on what has to be installed first; empty when nothing is missing."""
    import importlib.util

    if importlib.util.find_spec("gtts") is None:
        return "The package gTTS is not installed. Run: make setup"
    return ""


def problems() -> tuple[str, ...]:
    """Return nothing: its voices come with it."""
    return ()


@cache
def version() -> str:
    """Return the package's version; the voices themselves change without notice."""
    from importlib.metadata import version as package_version

    return package_version("gtts")


@cache
def voices() -> tuple[Voice, ...]:
    """Return one voice for each language that gTTS lists; nothing is asked of the network."""
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
    """Have a text said by Google's servers.

    Args:
        text: Already normalised; it is sent over the network.
        voice: One of `voices()`.
        speed: 0.5-2.0; the pace is changed here, not there.

    Raises:
        EngineError: No connection, no verified certificate, or no answer that is the sound of this text.
    """
    from gtts import gTTS

    asked: Any = gTTS(text, lang=voice.name.removeprefix(f"{NAME}/"), lang_check=False)
    pcm = b"".join(_part(request, text).pcm for request in asked._prepare_requests())  # the one door to its wording
    heard = Sound(pcm, RATE)
    letters = sum(char.isalpha() for char in text)
    if heard.seconds < letters * _FASTEST_LETTER:
        raise EngineError(
            f"Google’s servers gave only {heard.seconds:.1f} seconds of sound for a sentence of {letters} letters.",
            advice="Try again later, or use another voice (--voice auto).",
        )
    if speed != 1.0:
        filters = [("atempo", f"{speed:g}"), ("aformat", "sample_fmts=s16")]
        return Sound(ffmpeg.through(pcm, RATE, filters), RATE)
    return heard


def _part(request: requests.PreparedRequest, text: str) -> Sound:
    """Send one request, again where that may help, and give its sound."""
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
            reason, asked_wait = _why(error), 0.0
        except _AgainError as error:
            reason, asked_wait = str(error), error.wait
        if wait is not None:
            time.sleep(max(wait, asked_wait))
    raise EngineError(
        f"Google’s speech server gave no sound for “{text[:40]}” in {len(WAITS) + 1} tries: {reason}.",
        advice="Try again later: what has been spoken is kept. Or use another voice (--voice auto).",
    )


def _send(request: requests.PreparedRequest) -> bytes:
    """Return the body of the answer."""
    import requests

    with _lock:
        pause = _last_request[0] + SPACING - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        _last_request[0] = time.monotonic()
    end = time.monotonic() + WHOLE_SECONDS
    with requests.Session() as session:
        settings = session.merge_environment_settings(str(request.url), {}, True, True, None)
        # Whatever the environment says, an unverified connection is none.
        settings["verify"] = settings["verify"] or True
        timeout = (CONNECT_SECONDS, READ_SECONDS)
        with session.send(request, timeout=timeout, allow_redirects=False, **settings) as answer:
            if answer.status_code in _AGAIN:
                raise _AgainError(f"it answered {answer.status_code}", _retry_after(answer))
            if answer.status_code != requests.codes.ok:
                raise EngineError(
                    f"Google’s speech server refused with {answer.status_code}.",
                    advice="Use another voice (--voice auto).",
                )
            body = bytearray()
            for piece in answer.iter_content(1 << 14):
                body += piece
                if time.monotonic() > end:
                    raise _AgainError(f"the answer was not complete after {WHOLE_SECONDS:g} seconds")
                if len(body) > _MOST_BYTES:
                    raise _AgainError("the answer was far too long")
            return bytes(body)


def _sound(body: bytes) -> Sound:
    """Return the sound inside an answer; anything else is no answer."""
    found = _SPOKEN.findall(body)
    if not found:
        raise _AgainError("the answer held no sound")
    try:
        data = b"".join(base64.b64decode(each, validate=True) for each in found)
    except binascii.Error as error:
        raise _AgainError("the answer was damaged") from error
    if not mp3.is_whole(data):
        raise _AgainError("the sound was cut off")
    try:
        return ffmpeg.decode(data, RATE, "mp3")
    except ValueError as error:
        raise _AgainError("the sound was damaged") from error


def _retry_after(answer: requests.Response) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdigit() else 0.0


def _why(error: Exception) -> str:
    import requests

    if isinstance(error, requests.Timeout):
        return "it did not answer in time"
    if isinstance(error, requests.ConnectionError):
        return "there is no connection"
    return "the connection broke"
