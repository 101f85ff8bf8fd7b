"""Opening and closing credits, and the speakers of a publication."""

from __future__ import annotations

import re

from exporter.labels import Labels
from exporter.model import Metadata, Publication, Speaker, Turn
from exporter.model.walk import walk

_SENTENCE_ENDS = tuple(".?!…؟。？！")
_SECOND_STOP = re.compile(r"([?!…؟]|(?<!\.)(?:\.|\.{3}))\.(?!\.)|([。？！])。")
"""A full stop after a sentence-final mark; three dots are one mark."""


def opening_credits(metadata: Metadata, labels: Labels) -> str:
    """Return the opening credits: title, people, publisher, date, and that the voice is synthetic."""
    title = labels.full_stop.join(filter(None, (metadata.title.strip(), metadata.subtitle.strip())))

    def sentence(text: str) -> str:
        return text if text.endswith(_SENTENCE_ENDS) else f"{text}{labels.full_stop.strip()}"

    text = labels(
        "speech.opening",
        title=title,
        by=" ".join(map(sentence, labels.credits(metadata.authors))),
        published_by=sentence(labels("common.published_by", publisher=metadata.publisher))
        if metadata.publisher
        else "",
        date=sentence(labels.date(metadata.date)) if metadata.date else "",
    )
    return _remove_empty_fields(text)


def closing_credits(metadata: Metadata, labels: Labels) -> str:
    """Return the sentence after the end of the text."""
    return _remove_empty_fields(labels("speech.closing", title=metadata.title)) if metadata.title else ""


def also_available(metadata: Metadata, labels: Labels) -> str:
    """Return the sentence about the other languages and forms of the publication, or "" if there are none.

    Titles are left out, since there may be no voice for their languages.
    """
    described = (
        labels.comma.join(filter(None, (labels.language_name(member.language), labels.form(member.form))))
        for member in metadata.members
        if member.language
    )
    others = "; ".join(dict.fromkeys(described))
    return labels("speech.also", others=others) if others else ""


def _remove_empty_fields(text: str) -> str:
    """Return a text without the traces of empty fields: repeated spaces, a full stop after a sentence-final mark."""
    words = _SECOND_STOP.sub(r"\1\2", " ".join(text.split()))
    return words if words.startswith("...") else words.lstrip(".。 ")


def speakers(publication: Publication) -> list[Speaker]:
    """Return the speakers of all transcripts, each name once, in the order of their first turns."""
    by_name: dict[str, Speaker] = {}
    for node in walk(publication):
        if isinstance(node, Turn):
            known = by_name.setdefault(node.speaker.name, node.speaker)
            if node.speaker.voice and not known.voice:
                by_name[node.speaker.name] = node.speaker
    return list(by_name.values())


def is_narrator(speaker: str, labels: Labels) -> bool:
    """Return whether a speaker of a transcript is the narrator."""
    return speaker.strip().casefold() == labels("common.narrator").casefold()
