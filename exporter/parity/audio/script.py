"""The utterances of a recording as the audio edition hands them on."""

from __future__ import annotations

import msgspec

from exporter.parity.audio.recording import TimedText


class _Script(msgspec.Struct):
    utterances: tuple[TimedText, ...]


def decode(data: bytes) -> tuple[TimedText, ...]:
    """Read a list of utterances, or a record with one.

    Raises:
        msgspec.MsgspecError: It is none.
    """
    script = msgspec.json.decode(data, type=_Script | tuple[TimedText, ...])
    return script.utterances if isinstance(script, _Script) else script
