"""Narration of the book: a sound file and a media overlay for each document (EPUB 3.3, 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from exporter.contracts import WriteContext
from exporter.contracts.sidecars import PlacedSound, PlacedSounds
from exporter.errors import OutputError
from exporter.findings import Finding
from exporter.lexicon import Lexicons
from exporter.model import Publication
from exporter.speech.codec import AAC
from exporter.speech.session import SpeechSession
from exporter.speech.utterance import Utterance
from exporter.writers import audio
from exporter.writers.audio import m4b
from exporter.writers.audio.spool import Spool, digest
from exporter.writers.epub import rules
from exporter.writers.epub.size_limits import lower
from exporter.writers.markup.element import Attributes, element
from exporter.writers.xhtml import serialiser
from exporter.writers.xhtml.files import File
from exporter.writers.xhtml.inventory import SMIL
from exporter.writers.xhtml.overlay.announcements import attach
from exporter.writers.xhtml.overlay.audio_assembly import SampleRange, assemble
from exporter.writers.xhtml.overlay.placed_sounds import in_track
from exporter.writers.xhtml.overlay.reading_order import Par, ReadingOrder, Seq, Spoken
from exporter.writers.xhtml.overlay.recording import record
from exporter.writers.xhtml.overlay.sentence_spans import Marked, mark
from exporter.writers.xhtml.package import Meta

ACTIVE, PLAYING = "-epub-media-overlay-active", "-epub-media-overlay-playing"
"""Classes that a reading app sets on the element that is read, and on the document (EPUB 3.3, 9.4)."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACES = {"xmlns": "http://www.w3.org/ns/SMIL", "xmlns:epub": "http://www.idpf.org/2007/ops", "version": "3.0"}


class NarratedBook(NamedTuple):
    """A book with its narration."""

    files: tuple[File, ...]
    metadata: tuple[Meta, ...]
    findings: tuple[Finding, ...]
    sounds: PlacedSounds


class BookNarration:
    """The recording of the audio edition, synchronised with the text of a book.

    Args:
        publication: The publication, the same as that of the audio edition.
        context: With the settings of the audio edition, which this one inherits.
        bitrate: In kbit/s; 0 is that of the audio edition, whose recording is reused, or less if the book would be
            too large.

    Raises:
        MissingToolError: The chosen voice is not installed, or no voice speaks the language.
        SettingsError: The voice is unknown, or a lexicon is invalid.
    """

    def __init__(self, publication: Publication, context: WriteContext, bitrate: int) -> None:
        settings = context.settings.get(audio.NAME) or audio.Options()
        self._context = context
        self._language = publication.metadata.language
        self._session = SpeechSession(publication, context, settings, bitrate or settings.bitrate)
        self._fixed = bitrate != 0
        self._marked: Marked | None = None

    def mark(self, publication: Publication) -> Publication:
        """Return the publication with an element around each sentence; page marks may have been added to it."""
        self._marked = mark(publication, self._session.script.utterances)
        return self._marked.publication

    def attach(self, files: Sequence[File], order: Iterable[str], most: int) -> NarratedBook:
        """Return the files of the book with sound and overlays, their metadata, and the findings.

        Args:
            files: The files of the book.
            order: Names of the documents that are read, in order.
            most: Greatest size of the book in bytes.

        Raises:
            EngineError: An engine returned no sound for an utterance.
            OutputError: The sound cannot be written.
        """
        assert self._marked is not None
        utterances = self._session.script.utterances
        spoken = Spoken(self._marked.elements, self._marked.labels, [], len(utterances))
        documents = {file.name: file for file in files}
        roots = {name: serialiser.parse(documents[name].data) for name in order}
        lexicons = Lexicons(self._context.styles)
        orders = ((name, ReadingOrder(root, n, spoken, lexicons).body) for n, (name, root) in enumerate(roots.items()))
        pages = [_Page(documents[name], roots[name], body) for name, body in orders if body.children]
        attach(chain.from_iterable(page.body.pars() for page in pages), utterances)
        session = self._session
        parts, findings = self._parts(session, spoken, pages)
        available = most - sum(file.size for file in files)
        while not self._fixed and (rate := lower(session.bitrate // 1000, _size(parts), available)):
            session = session.with_bitrate(rate)
            parts, findings = self._parts(session, spoken, pages)
        changed = {part.document.name: part.document for part in parts}
        new_files = [file for part in parts for file in (part.overlay, part.sound)]
        length = sum(part.length for part in parts)
        return NarratedBook(
            (*(changed.get(file.name, file) for file in files), *new_files),
            tuple(self._metadata(parts, length)),
            (*findings, rules.report_size(sum(part.sound.size for part in parts), length, session.bitrate // 1000)),
            PlacedSounds(
                session.voice_selection.narrator_credit(),
                tuple(chain.from_iterable(part.sounds for part in parts)),
                {part.sound.name: part.digest for part in parts},
            ),
        )

    def _parts(
        self, session: SpeechSession, spoken: Spoken, pages: Iterable[_Page]
    ) -> tuple[list[_Part], list[Finding]]:
        """Return the documents that are read with their sound, and the clip issues."""
        try:
            with Spool(self._context.scratch / "recording", AAC.frame) as spool:
                ranges, findings = record(session, self._context, spoken, spool, "epub")
                utterances = (*session.script.utterances, *spoken.further)
                return [self._part(session, page, ranges, utterances, spool) for page in pages], findings
        except OSError as error:
            raise OutputError(f"The sound of the EPUB cannot be written: {error.strerror or error}.") from error

    def _part(
        self,
        session: SpeechSession,
        page: _Page,
        ranges: list[SampleRange],
        utterances: Sequence[Utterance],
        spool: Spool,
    ) -> _Part:
        rate = session.rate
        track = assemble((par.unit for par in page.body.pars()), ranges, rate)
        stem = page.file.name.removesuffix(".xhtml")
        sound = self._context.scratch / f"{stem}.m4a"
        packets = [packet for first, last in track.packets for packet in spool.packets(first, last)]
        m4b.write(sound, packets, (), rate=rate, bitrate=session.bitrate, language=self._language)
        name = f"audio/{stem}.m4a"
        overlay = _overlay(page.body, page.file.name, name, iter(track.clips))
        texts = ((f"{page.file.name}#{par.target}", par.unit) for par in page.body.pars())
        sounds = in_track(name, track, texts, ranges, utterances)
        return _Part(
            msgspec.structs.replace(page.file, data=serialiser.serialise(page.root), overlay=f"{page.file.id}-overlay"),
            File(f"{stem}.smil", f"{page.file.id}-overlay", SMIL, overlay),
            File(name, f"{page.file.id}-sound", audio.MEDIA_TYPE, path=sound),
            track.length,
            tuple(sounds),
            digest(packets),
        )

    def _metadata(self, parts: Iterable[_Part], length: int) -> Iterator[Meta]:
        """Yield the package metadata of the overlays (EPUB 3.3, 9.3.5, 9.4, D.8)."""
        for part in parts:
            refined = {"property": "media:duration", "refines": f"#{part.overlay.id}"}
            yield Meta("meta", _clock(part.length), refined)
        yield Meta("meta", _clock(length), {"property": "media:duration"})
        yield Meta("meta", self._session.voice_selection.narrator_credit(), {"property": "media:narrator"})
        yield Meta("meta", ACTIVE, {"property": "media:active-class"})
        yield Meta("meta", PLAYING, {"property": "media:playback-active-class"})


class _Page(NamedTuple):
    """A document that is read."""

    file: File
    root: Any
    """Its tree, in which the targets of the overlay have identifiers."""
    body: Seq


class _Part(NamedTuple):
    """A document, its overlay and its sound."""

    document: File
    overlay: File
    sound: File
    length: int
    """Length in milliseconds."""
    sounds: tuple[PlacedSound, ...]
    digest: str
    """Of the packets of the sound."""


def _size(parts: Iterable[_Part]) -> int:
    return sum(part.sound.size + part.overlay.size for part in parts)


def _overlay(body: Seq, document: str, sound: str, clips: Iterator[tuple[int, int]]) -> bytes:
    """Return the overlay of a document.

    Args:
        body: Its reading order.
        document: Its file name.
        sound: File name of its sound.
        clips: Begin and end of each par in milliseconds.
    """
    values = {"epub:textref": document, "epub:type": body.type or None}
    content = "\n".join(_node(child, document, sound, clips) for child in body.children)
    root = element("smil", f"\n{_start('body', values)}\n{content}\n</body>\n", _NAMESPACES)
    return f"{_HEAD}{root}\n".encode()


def _node(node: Par | Seq, document: str, sound: str, clips: Iterator[tuple[int, int]]) -> str:
    address = f"{document}#{node.target}"
    kind = node.type or None
    if isinstance(node, Seq):
        content = "\n".join(_node(child, document, sound, clips) for child in node.children)
        return element("seq", f"\n{content}\n", {"epub:textref": address, "epub:type": kind})
    begin, end = next(clips)
    text_element = _start("text", {"src": address}, empty=True)
    audio_element = _start("audio", {"src": sound, "clipBegin": _clock(begin), "clipEnd": _clock(end)}, empty=True)
    return element("par", text_element + audio_element, {"epub:type": kind})


def _start(name: str, values: Attributes, *, empty: bool = False) -> str:
    empty_element = element(name, "", values)
    start = empty_element[: -len(f"></{name}>")]
    return f"{start}/>" if empty else f"{start}>"


def _clock(milliseconds: int) -> str:
    """Return a time as a full clock value, such as 1:02:03.004 (SMIL 3.0, Clock values)."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
