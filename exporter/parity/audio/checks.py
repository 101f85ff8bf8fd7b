"""All that is held against a recording."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.model import Described, Publication
from exporter.parity import covers, rules
from exporter.parity.audio import coverage, timing, transcripts
from exporter.parity.audio.recording import Recording, decode_utterances
from exporter.parity.content import is_shortened
from exporter.parity.extraction import normal
from exporter.speech.iso639 import alpha3_code


def diff(publication: Publication, recording: Recording, utterances: bytes | None, *, own: bool) -> Iterator[Finding]:
    """Yield what is wrong with a recording; `own` when the utterances are in the time of this very file."""
    yield from recording.contradictions
    yield from timing.check_recording(recording)
    yield from _titles(recording)
    yield from _names(publication, recording)
    language = publication.metadata.language
    if utterances is not None:
        clips = decode_utterances(utterances)
        yield from coverage.of_script(publication, clips)
        if own and recording.listed:
            length = recording.tracks[0].length
            yield from timing.check_clips(clips, length)
            yield from timing.check_chapters(recording.chapters, clips)
            if length is None:
                yield from timing.check_end(recording.chapters, clips)
        if recording.clips is not None:
            yield from transcripts.against_script(recording.clips, clips, language, timed=own)
    elif recording.clips is not None:
        yield from transcripts.against_tree(publication, recording.clips)
    if recording.outline is not None:
        yield from _outline(recording)


def _titles(recording: Recording) -> Iterator[Finding]:
    """Compare the titles of the tracks in a list with the first chapter of each."""
    if recording.titles is None:
        return
    shown = tuple(track.chapters[0].title if track.chapters else "" for track in recording.tracks)
    for number, (expected, actual) in enumerate(zip(shown, recording.titles, strict=False), 1):
        if expected != actual and not is_shortened(actual, expected):
            yield rules.CHAPTERS.finding(f"Track {number}, “{expected}”, is listed as “{actual}”.")
    if len(shown) != len(recording.titles):
        yield rules.CHAPTERS.finding(f"{len(recording.titles)} tracks are listed; there are {len(shown)}.")


def _names(publication: Publication, recording: Recording) -> Iterator[Finding]:
    """Look for the names of the authors where they stand in one line."""
    metadata = publication.metadata
    description = normal(metadata.description)
    cover = normal(metadata.cover.alt.text) if metadata.cover and isinstance(metadata.cover.alt, Described) else ""
    stated = recording.description
    # That of the cover may follow it.
    if stated is not None and not (
        stated == description or (cover and stated.startswith(description) and stated.endswith(cover))
    ):
        message = f"The description is “{stated}”; expected “{description}”."
        yield rules.METADATA.finding(message, metadata.source)
    if recording.year is not None and metadata.date and recording.year != f"{metadata.date.year:04}":
        yield rules.METADATA.finding(
            f"The year is {recording.year or 'not stated'}; expected {metadata.date.year}.", metadata.source
        )
    if recording.alpha3 and metadata.language and recording.alpha3 != alpha3_code(metadata.language):
        message = f"Language “{recording.alpha3}”; expected “{alpha3_code(metadata.language)}”."
        yield rules.LANGUAGE.finding(message, metadata.source)
    others = {(normal(other.title), other.target) for other in (*metadata.members, *metadata.translations)}
    for title, address in recording.alternates or ():
        if (title, address) not in others:
            yield rules.LINKS.finding(f"The link “{title}” to {address} is not of the publication.", metadata.source)
    series = normal(publication.metadata.series)
    if recording.series is not None and recording.series != series:
        message = f"The series is “{recording.series}”; expected “{series}”."
        yield rules.METADATA.finding(message, publication.metadata.source)
    if recording.cover_alt is not None:
        yield from covers.check_alt(publication, recording.cover_alt)
    if recording.credits is None:
        return
    for name in publication.metadata.creators:
        if normal(name) not in recording.credits:
            message = f"In the metadata, the authors: “{recording.credits}”, without “{name}”."
            yield rules.METADATA.finding(message, publication.metadata.source)


def _outline(recording: Recording) -> Iterator[Finding]:
    """Compare the page of contents with the chapters."""
    listed = tuple(entry.text for entry in recording.outline or ())
    chapters = tuple(chapter.title for chapter in recording.chapters)
    pairs = zip(chapters, listed, strict=False)
    odd = next((chapter for chapter, entry in pairs if chapter != entry and not is_shortened(entry, chapter)), None)
    starts = [(track.name, chapter.begin) for track in recording.tracks for chapter in track.chapters]
    for title, start, goal in zip(chapters, starts, recording.goals or (), strict=False):
        if start[0] != goal[0] or abs(start[1] - goal[1]) > timing.NEAR:
            message = f"In the page of contents, “{title}” leads to {goal[1]:.3f} of {goal[0]}; "
            yield rules.CONTENTS.finding(f"{message}it begins at {start[1]:.3f} of {start[0]}.")
    if odd is not None or len(listed) != len(chapters):
        shown = f"“{odd}” is not where it is heard" if odd is not None else f"{len(listed)} of {len(chapters)} chapters"
        yield rules.CONTENTS.finding(f"The page of contents differs from the chapters: {shown}.")
