"""A few words in a voice, to hear it before an hour is recorded with it."""

from __future__ import annotations

import wave
from pathlib import Path

from exporter.config import styles_folder
from exporter.errors import OutputError, UsageError
from exporter.labels import Labels
from exporter.lexicon import Lexicons
from exporter.model import Metadata, Publication
from exporter.speech import engines, ffmpeg, loudness, pcm
from exporter.speech.engines import Voice
from exporter.speech.normalise import normalise
from exporter.speech.sentences import split_sentences
from exporter.speech.voice_selection import AUTO, VoiceSelection

_BETWEEN = 0.3
"""Seconds between sentences."""
_LONGEST = 5_000
"""Characters that are said at most."""


def say(
    text: str, target: Path, *, wish: str = AUTO, language: str = "", styles: Path | None = None
) -> tuple[Voice, float]:
    """Write a text as sound, read and levelled as in the audio edition; give the voice and the length in seconds.

    Args:
        text: A sentence or a few, as it would be printed.
        target: A WAV file; one that exists is replaced.
        wish: `auto`, the name of an engine, or the name of a voice.
        language: BCP 47 tag of the text; by default that of the voice that is named, else English.
        styles: The folder of styles; by default as `styles_folder` finds it.

    Raises:
        UsageError: There is nothing to say, or too much; or the name of the file promises another format.
        SettingsError: There is no such voice.
        MissingToolError: The voice is not installed, or none speaks the language.
        EngineError: The voice gave no sound.
        OutputError: The file cannot be written.
    """
    if not text.strip() or len(text) > _LONGEST:
        raise UsageError(f"Give a text of 1 to {_LONGEST} characters to say.", advice="As in: --say 'We waited.'")
    if target.suffix.lower() not in ("", ".wav"):
        raise UsageError(f"The sound is a WAV file, not {target.suffix}.", advice=f"Call it {target.stem}.wav.")
    folder = styles_folder(styles)
    language = language or _language_of(wish) or "en"
    cast = VoiceSelection(Publication(Metadata(language=language)), Labels.load(folder, language), wish)
    voice, rate = cast.voice(language), cast.rate()
    lexicon = Lexicons(folder)(language)
    pieces = [
        ffmpeg.resample(cast.engine(voice).speak(normalise(text[begin:end], lexicon), voice, 1.0), rate)
        for begin, end in split_sentences(text, lexicon)
    ]
    samples = pcm.silence(_BETWEEN, rate).join(pieces)
    level = [loudness.volume(loudness.gain(samples, rate)), loudness.LIMITER, ("aformat", "sample_fmts=s16")]
    samples = ffmpeg.through(samples, rate, level)
    try:
        with target.open("wb") as file, wave.open(file) as written:
            written.setnchannels(1)
            written.setsampwidth(2)
            written.setframerate(rate)
            written.writeframes(samples)
    except OSError as error:
        raise OutputError(f"The sound cannot be written to {target}: {error.strerror or error}.") from error
    return voice, len(samples) / 2 / rate


def _language_of(wish: str) -> str:
    """Return the language of the voice that is named, if one is."""
    known = (voice for engine in engines.engines() if not engine.missing() for voice in engine.voices())
    return next((voice.language for voice in known if voice.name == wish), "")
