"""Voices on this machine, and samples of them with the beginning of a publication."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from exporter import service
from exporter.errors import UsageError
from exporter.labels import Labels
from exporter.model import Paragraph, Publication
from exporter.model.walk import plain_text, walk
from exporter.speech import engines
from exporter.speech.engines import Voice, espeak_ng

_MOST = 24
"""Voices that are offered."""
_LENGTH = 150
"""Characters that are spoken in about ten seconds."""
_ONE_AT_A_TIME = threading.Lock()


def offered(language: str) -> tuple[Voice, ...]:
    """Return the voices for a language that send nothing over the network, the best first."""
    local = {engine.NAME for engine in engines.engines() if not engine.NETWORK}
    try:
        voices = service.voices_of(language) if language else ()
    except UsageError:
        return ()
    return tuple(voice for voice in voices if voice.engine in local)[:_MOST]


def own_name(voice: Voice, labels: Labels) -> str:
    """Return the name of a voice without that of the program that speaks; those of eSpeak NG only say who is heard."""
    program, _, name = voice.title.partition(", ")
    kind, _, number = name.partition(" ")
    return labels(f"edition.voice_{kind}", number=number) if voice.engine == espeak_ng.NAME else name or program


def sample(folder: Path, tree: Publication, voice: Voice, styles: Path) -> Path:
    """Return a sound file with the beginning of a publication.

    Raises:
        ExporterError: There is no text, or it cannot be spoken.
    """
    text = beginning(tree)
    digest = hashlib.sha256(f"{voice.name}\0{voice.digest}\0{text}".encode()).hexdigest()[:24]
    path = folder / f"sample-{digest}.wav"
    folder.mkdir(mode=0o700, exist_ok=True)
    with _ONE_AT_A_TIME:
        if not path.exists():
            new = path.with_suffix(".new.wav")
            service.say(text, new, voice_name=voice.name, language=tree.metadata.language, styles=styles)
            new.rename(path)
    return path


def beginning(tree: Publication) -> str:
    """Return the first words of the text, up to the end of a word."""
    paragraphs = (plain_text(node) for node in walk((*tree.front, *tree.body)) if isinstance(node, Paragraph))
    text = ""
    for paragraph in paragraphs:
        text = f"{text} {paragraph}".strip()
        if len(text) >= _LENGTH:
            break
    return text if len(text) <= _LENGTH else text[:_LENGTH].rpartition(" ")[0]
