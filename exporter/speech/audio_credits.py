"""What is said around the text: the opening, the closing, and who speaks in it."""

from __future__ import annotations

from exporter.labels import Labels
from exporter.model import Metadata, Publication, Speaker, Turn
from exporter.model.walk import walk


def opening(metadata: Metadata, labels: Labels) -> str:
    """Return the words that open the recording: title, people, publisher, date, and that a machine reads."""
    title = ". ".join(filter(None, (metadata.title.strip(), metadata.subtitle.strip())))
    text = labels(
        "speech.opening",
        title=title,
        by=" ".join(map(_sentence, labels.credits(metadata.authors))),
        published_by=_sentence(labels("common.published_by", publisher=metadata.publisher))
        if metadata.publisher
        else "",
        date=_sentence(labels.date(metadata.date)) if metadata.date else "",
    )
    return tidy(text)


def closing(metadata: Metadata, labels: Labels) -> str:
    """Return the words after the last line of the text."""
    return tidy(labels("speech.closing", title=metadata.title)) if metadata.title else ""


def tidy(text: str) -> str:
    """Take out what empty places leave behind: doubled spaces, a full stop after a question mark or another one."""
    words = " ".join(text.split())
    for mark in ".?!…؟":
        words = words.replace(f"{mark}.", mark)
    return words.lstrip(". ")


def _sentence(text: str) -> str:
    return text if text.endswith(tuple(".?!…؟")) else f"{text}."


def speakers(publication: Publication) -> list[Speaker]:
    """Return who speaks in the transcripts, each name once, in the order of their first turns."""
    found: dict[str, Speaker] = {}
    for node in walk(publication):
        if isinstance(node, Turn):
            known = found.setdefault(node.speaker.name, node.speaker)
            if node.speaker.voice and not known.voice:
                found[node.speaker.name] = node.speaker
    return list(found.values())


def is_narrator(speaker: str, labels: Labels) -> bool:
    """Return whether a speaker of a transcript is the one who reads everything else."""
    return speaker.strip().casefold() == labels("common.narrator").casefold()
