"""The voice of the book: script, recording, one sound file and one overlay for each document, and what they last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from exporter.contracts import WriteContext
from exporter.errors import OutputError
from exporter.findings import Finding
from exporter.lexicon import Lexicons
from exporter.model import Publication
from exporter.speech.codec import AAC
from exporter.speech.session import SpeechSession
from exporter.writers import audio
from exporter.writers.audio import m4b
from exporter.writers.audio.spool import Spool
from exporter.writers.epub import rules, smil
from exporter.writers.epub.package import Meta
from exporter.writers.epub.size_limits import lower
from exporter.writers.xhtml import serialiser
from exporter.writers.xhtml.files import File
from exporter.writers.xhtml.overlay.announcements import attach
from exporter.writers.xhtml.overlay.audio_assembly import SampleRange, assemble
from exporter.writers.xhtml.overlay.reading_order import Reading, Seq, Spoken
from exporter.writers.xhtml.overlay.recording import record
from exporter.writers.xhtml.overlay.sentence_spans import Marked, mark

ACTIVE, PLAYING = "-epub-media-overlay-active", "-epub-media-overlay-playing"
"""Classes that a reading app gives to what is heard, and to the document while it plays (EPUB 3.3, 9.4)."""


class Bound(NamedTuple):
    """A book with its voice."""

    files: tuple[File, ...]
    metadata: tuple[Meta, ...]
    findings: tuple[Finding, ...]


class BookNarration:
    """Gives a book the recording of the audio edition, in step with its text.

    Args:
        publication: Whose script is read; the same as that of the audio edition.
        workshop: With the settings of the audio edition, which this one follows.
        bitrate: Thousands of bits a second; 0 is that of the audio edition, whose recording is used as it is, or less
            where the book would be too large.

    Raises:
        MissingToolError: The voice that was asked for is not installed, or none speaks the language.
        SettingsError: There is no such voice, or a lexicon is wrong.
    """

    def __init__(self, publication: Publication, context: WriteContext, bitrate: int) -> None:
        wishes = context.settings.get(audio.NAME) or audio.Options()
        self._context = context
        self._language = publication.metadata.language
        self._performance = SpeechSession(publication, context, wishes, bitrate or wishes.bitrate)
        self._fixed = bitrate != 0
        self._marked: Marked | None = None

    def mark(self, publication: Publication) -> Publication:
        """Return the publication with an element around each sentence; marks of pages may have been put into it."""
        self._marked = mark(publication, self._performance.script.utterances)
        return self._marked.publication

    def attach(self, files: Sequence[File], order: Iterable[str], most: int) -> Bound:
        """Return the files of the book with sound and overlays, what the package says of them, and what is doubtful.

        Args:
            files: Those of the book.
            order: Names of the documents that are read, in order.
            most: Bytes that the book should have at most.

        Raises:
            EngineError: An engine gave no sound for an utterance.
            OutputError: The sound cannot be written.
        """
        assert self._marked is not None
        utterances = self._performance.script.utterances
        spoken = Spoken(self._marked.elements, self._marked.labels, [], len(utterances))
        documents = {file.name: file for file in files}
        roots = {name: serialiser.parse(documents[name].data) for name in order}
        lexicons = Lexicons(self._context.styles)
        found = ((name, Reading(root, n, spoken, lexicons).body) for n, (name, root) in enumerate(roots.items()))
        pages = [_Page(documents[name], roots[name], body) for name, body in found if body.children]
        attach(chain.from_iterable(page.body.pars() for page in pages), utterances)
        performance = self._performance
        made, doubts = self._parts(performance, spoken, pages)
        room = most - sum(file.size for file in files)
        while not self._fixed and (rate := lower(performance.bitrate // 1000, _size(made), room)):
            performance = performance.with_bitrate(rate)
            made, doubts = self._parts(performance, spoken, pages)
        fresh = {part.document.name: part.document for part in made}
        parts = [file for part in made for file in (part.overlay, part.sound)]
        length = sum(part.length for part in made)
        return Bound(
            (*(fresh.get(file.name, file) for file in files), *parts),
            tuple(self._metadata(made, length)),
            (*doubts, rules.told(sum(part.sound.size for part in made), length, performance.bitrate // 1000)),
        )

    def _parts(
        self, performance: SpeechSession, spoken: Spoken, pages: Iterable[_Page]
    ) -> tuple[list[_Part], list[Finding]]:
        """Return the documents that are heard with their sound, and what is doubtful about it."""
        try:
            with Spool(self._context.scratch / "recording", AAC.frame) as spool:
                heard, doubts = record(performance, self._context, spoken, spool, "epub")
                return [self._part(performance, page, heard, spool) for page in pages], doubts
        except OSError as error:
            raise OutputError(f"The sound of the EPUB cannot be written: {error.strerror or error}.") from error

    def _part(self, performance: SpeechSession, page: _Page, heard: list[SampleRange], spool: Spool) -> _Part:
        rate = performance.rate
        track = assemble((par.unit for par in page.body.pars()), heard, rate)
        stem = page.file.name.removesuffix(".xhtml")
        sound = self._context.scratch / f"{stem}.m4a"
        packets = chain.from_iterable(spool.packets(first, last) for first, last in track.packets)
        m4b.write(sound, packets, (), rate=rate, bitrate=performance.bitrate, language=self._language)
        name = f"audio/{stem}.m4a"
        overlay = smil.write(page.body, page.file.name, name, iter(track.clips))
        return _Part(
            msgspec.structs.replace(page.file, data=serialiser.serialise(page.root), overlay=f"{page.file.id}-overlay"),
            File(f"{stem}.smil", f"{page.file.id}-overlay", smil.MEDIA_TYPE, overlay),
            File(name, f"{page.file.id}-sound", audio.MEDIA_TYPE, path=sound),
            track.length,
        )

    def _metadata(self, made: Iterable[_Part], length: int) -> Iterator[Meta]:
        """Yield what the package says of the overlays (EPUB 3.3, 9.3.5, 9.4, D.8)."""
        for part in made:
            refined = {"property": "media:duration", "refines": f"#{part.overlay.id}"}
            yield Meta("meta", smil.clock(part.length), refined)
        yield Meta("meta", smil.clock(length), {"property": "media:duration"})
        yield Meta("meta", self._performance.voice_selection.narrator_credit(), {"property": "media:narrator"})
        yield Meta("meta", ACTIVE, {"property": "media:active-class"})
        yield Meta("meta", PLAYING, {"property": "media:playback-active-class"})


class _Page(NamedTuple):
    """A document that is heard."""

    file: File
    root: Any
    """Its tree, in which what is heard has identifiers."""
    body: Seq


class _Part(NamedTuple):
    """A document, its overlay and its sound."""

    document: File
    overlay: File
    sound: File
    length: int
    """Milliseconds."""


def _size(made: Iterable[_Part]) -> int:
    return sum(part.sound.size + part.overlay.size for part in made)
