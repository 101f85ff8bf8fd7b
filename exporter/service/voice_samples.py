"""Voices given on the command line: by name or by file, and a sample of one, to hear it before a long recording."""

from __future__ import annotations

import os
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.config import PIPER_VARIABLE, styles_folder
from exporter.errors import OutputError, SettingsError, UsageError
from exporter.labels import Labels
from exporter.lexicon import Lexicons
from exporter.model import Metadata, Publication

if TYPE_CHECKING:
    from exporter.speech.engines import Voice

_PAUSE = 0.3
"""Seconds between sentences."""
_MAXIMUM_LENGTH = 5_000
"""Characters."""


def voice_named(name: str) -> str:
    """Return the name of a voice; the file of a Piper voice is registered for this run under its own name.

    Only the command line may name a file: manuscripts and settings name installed voices.

    Raises:
        UsageError: The voice is unknown: reported before any edition is created.
    """
    from exporter.speech.voice_selection import refuse_unknown

    path = Path(name)
    if path.suffix != ".onnx":
        try:
            refuse_unknown(name)
        except SettingsError as error:
            raise UsageError(error.message, advice=error.advice) from error
        return name
    others = os.environ.get(PIPER_VARIABLE, "")
    os.environ[PIPER_VARIABLE] = os.pathsep.join(part for part in (str(path.expanduser().resolve()), others) if part)
    return f"piper/{path.stem}"


def say(
    text: str, target: Path, *, voice_name: str = "auto", language: str = "", styles: Path | None = None
) -> tuple[Voice, float]:
    """Write a text as sound, spoken and normalised as in the audio edition; return the voice and the seconds.

    Args:
        text: A sentence or a few, as it would be printed.
        target: A WAV file; an existing one is replaced.
        voice_name: `auto`, the name of an engine, or the name of a voice.
        language: BCP 47 tag of the text; by default that of the voice, else English.
        styles: The folder of styles; by default as `styles_folder` finds it.

    Raises:
        UsageError: The text is empty or too long, or the suffix of the file is that of another format.
        SettingsError: The voice is unknown.
        MissingToolError: The voice is not installed, or none speaks the language.
        EngineError: The voice returned no sound.
        OutputError: The file cannot be written.
    """
    from exporter.speech import ffmpeg, loudness, pcm
    from exporter.speech.normalise import normalise
    from exporter.speech.sentences import split_sentences
    from exporter.speech.voice_selection import VoiceSelection

    if not text.strip() or len(text) > _MAXIMUM_LENGTH:
        raise UsageError(
            f"The text to say must have 1 to {_MAXIMUM_LENGTH} characters.",
            advice="Write, for example: --say 'We waited.'",
        )
    if target.suffix.lower() not in ("", ".wav"):
        raise UsageError(f"The sound is a WAV file, not {target.suffix}.", advice=f"Call it {target.stem}.wav.")
    folder = styles_folder(styles)
    language = language or _language_of(voice_name) or "en"
    selection = VoiceSelection(Publication(Metadata(language=language)), Labels.load(folder, language), voice_name)
    voice, rate = selection.voice(language), selection.rate()
    lexicon = Lexicons(folder)(language)
    clips = [
        ffmpeg.resample(selection.engine(voice).speak(normalise(text[begin:end], lexicon), voice, 1.0), rate)
        for begin, end in split_sentences(text, lexicon)
    ]
    samples = pcm.silence(_PAUSE, rate).join(clips)
    level = [loudness.volume(loudness.gain(samples, rate)), loudness.LIMITER, ("aformat", "sample_fmts=s16")]
    samples = ffmpeg.apply_filters(samples, rate, level)
    try:
        with target.open("wb") as file, wave.open(file) as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(samples)
    except OSError as error:
        raise OutputError(f"The sound cannot be written to {target}: {error.strerror or error}.") from error
    return voice, len(samples) / 2 / rate


def _language_of(voice_name: str) -> str:
    """Return the language of the voice named, or "" if none is."""
    from exporter.speech import engines

    known = (voice for engine in engines.engines() if not engine.missing() for voice in engine.voices())
    return next((voice.language for voice in known if voice.name == voice_name), "")
