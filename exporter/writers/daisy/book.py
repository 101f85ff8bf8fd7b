"""The book put together: documents, sound, what holds them in step, and what leads into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from exporter.contracts import WriteContext, WriteResult
from exporter.errors import OutputError
from exporter.findings import Finding
from exporter.lexicon import Lexicons
from exporter.model import Direction, PageBreak, Publication
from exporter.model.walk import walk
from exporter.speech.codec import MP3
from exporter.speech.session import SpeechSession
from exporter.writers import archive, audio, missing_images, stylesheets
from exporter.writers.audio.spool import Spool
from exporter.writers.daisy import NAME, Options, ncc, sections, smil, xhtml
from exporter.writers.daisy import images as daisy_images
from exporter.writers.daisy.sections import Section
from exporter.writers.xhtml import page_list, required_metadata, serialiser
from exporter.writers.xhtml.documents import ABOUT, COVER, NAV, TITLE, Documents
from exporter.writers.xhtml.files import XHTML
from exporter.writers.xhtml.inventory import HTML
from exporter.writers.xhtml.overlay.announcements import attach
from exporter.writers.xhtml.overlay.audio_assembly import assemble
from exporter.writers.xhtml.overlay.reading_order import Reading, Seq, Spoken
from exporter.writers.xhtml.overlay.recording import record
from exporter.writers.xhtml.overlay.sentence_spans import mark
from exporter.writers.xhtml.page_list import PagedPublication
from exporter.writers.xhtml.required_metadata import full_title

_SHOWN = 80
"""Characters of a title in a SMIL file beyond which players cut it themselves."""


def bind(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Make all files of the book and pack them."""
    publication = required_metadata.complete(publication, context.labels)
    shown, findings = daisy_images.prepare(publication.assets, context)
    publication, lost = missing_images.replace(publication, shown, NAME)
    findings += lost
    paging = _without_contents(page_list.lay(publication, context.sidecars))
    wishes = context.settings.get(audio.NAME) or audio.Options()
    performance = SpeechSession(publication, context, wishes, options.bitrate, MP3)
    marked = mark(paging.publication, performance.script.utterances)
    paging = msgspec.structs.replace(paging, publication=marked.publication)
    roots, refused = _documents(paging, context, shown)
    findings += refused
    spoken = Spoken(marked.elements, marked.labels, [], len(performance.script.utterances))
    lexicons = Lexicons(context.styles)
    found: list[tuple[str, Any, Seq]] = [
        (name, root, Reading(root, number, spoken, lexicons).body) for number, (name, root) in enumerate(roots.items())
    ]
    attach(chain.from_iterable(body.pars() for _, _, body in found), performance.script.utterances)
    cut = sections.cut(found)
    addresses = _addresses(roots, paging)
    try:
        with Spool(context.scratch / "recording", MP3.frame) as spool:
            heard, doubts = record(performance, context, spoken, spool, NAME)
            files: list[tuple[str, bytes | Path]] = []
            played: list[smil.File] = []
            for number, section in enumerate(cut, 1):
                track = assemble((event.par.unit for event in section.events), heard, performance.rate, MP3)
                before = played[-1].before + played[-1].length if played else 0
                played.append(_played(number, section, addresses, track.clips, before))
                path = context.scratch / played[-1].sound
                with path.open("wb") as file:
                    file.writelines(chain.from_iterable(spool.packets(*packets) for packets in track.packets))
                files.append((played[-1].sound, path))
    except OSError as error:
        raise OutputError(f"The sound of the talking book cannot be written: {error.strerror or error}.") from error
    about = publication.metadata
    lines = ncc.entries(cut, played, context.labels, addresses.pages)
    naming = (about.identifier or full_title(about), full_title(about), ncc.GENERATOR)
    texts: list[tuple[str, bytes | Path]] = [
        (smil.MASTER, smil.master(played, *naming)),
        *((file.name, smil.section(file, *naming)) for file in played),
        *((addresses.files[name], xhtml.convert(root, name, addresses)) for name, root in roots.items()),
        (xhtml.SHEET, stylesheets.read(context.styles, xhtml.SHEET, stylesheets.LISTS).encode()),
    ]
    if about.direction is Direction.RTL:
        texts.append((ncc.RIGHT_TO_LEFT, ncc.TURNED))
    # After the documents: the cover is a picture of the publication too.
    images: list[tuple[str, bytes | Path]] = [(picture.file.name, picture.file.data) for picture in shown.values()]
    rest = [*texts, *images, *files]
    index = ncc.write(about, lines, played, performance.voice_selection.narrator_credit(), len(rest) + 1)
    archive.write(target, [(ncc.NAME, index), *rest])
    return WriteResult((*findings, *doubts))


def _documents(
    paging: PagedPublication, context: WriteContext, shown: dict[str, Any]
) -> tuple[dict[str, Any], Sequence[Finding]]:
    """Return the documents by file name in reading order: the title first, as players want it."""
    book = Documents(paging, context, shown)
    made = {file.name: file for file in (*book.front(), *book.text()) if file.media_type == XHTML}
    made[ABOUT] = book.imprint(context.labels("daisy.summary"))
    metadata = paging.publication.metadata
    if not (metadata.cover and metadata.cover.source in shown):
        # The cover that is drawn for an EPUB says what the title page says.
        del made[COVER]
    front = [TITLE, *([COVER] if COVER in made else [])]
    order = [*front, *(name for name in made if name not in {*front, ABOUT}), ABOUT]
    roots = {name: serialiser.parse(made[name].data) for name in order}
    _title_first(roots[TITLE])
    for root in roots.values():
        _once(root)
    return roots, book.markup.findings


def _without_contents(paging: PagedPublication) -> PagedPublication:
    """Return the pages of the contents to the text behind them: here `ncc.html` is the contents, and holds no text."""
    contents = paging.frame.get(page_list.Frame.CONTENTS, ())
    if not contents:
        return paging
    following = next((block.at.id for block in paging.publication.body if block.at.id), None)
    frame = {**paging.frame, page_list.Frame.CONTENTS: ()}
    if following is None:
        frame[page_list.Frame.TITLE] = (*frame.get(page_list.Frame.TITLE, ()), *contents)
        return msgspec.structs.replace(paging, frame=frame)
    before = {**paging.before, following: (*contents, *paging.before.get(following, ()))}
    return msgspec.structs.replace(paging, frame=frame, before=before)


def _title_first(root: Any) -> None:
    """Put the title before all else on its page: the first thing heard is what the first heading leads to."""
    body = root.find(f"{HTML}body")
    title = next(body.iter(f"{HTML}h1"))
    title.tail = "\n"
    body.insert(0, title)


def _once(root: Any) -> None:
    """Leave an identifier to the first element that has it: what is written a second time is read for itself."""
    seen: set[str] = set()
    for element in root.iter():
        identifier = element.get("id")
        if identifier in seen:
            del element.attrib["id"]
        elif identifier:
            seen.add(identifier)


def _addresses(roots: dict[str, Any], paging: PagedPublication) -> xhtml.Addresses:
    files = {name: f"t{number:04}.html" for number, name in enumerate(roots, 1)}
    ids: dict[tuple[str, str], str] = {}
    for name, root in roots.items():
        found = (each.get("id") for each in root.iter() if each.get("id"))
        ids |= {(name, identifier): f"e{number}" for number, identifier in enumerate(found, 1)}
    printed = {
        node.at.id: node.label for node in walk(paging.publication) if isinstance(node, PageBreak) and node.at.id
    }
    return xhtml.Addresses({**files, NAV: ncc.NAME}, ids, {**printed, **{each.id: each.label for each in paging.marks}})


def _played(
    number: int, section: Section, addresses: xhtml.Addresses, clips: Sequence[tuple[int, int]], before: int
) -> smil.File:
    def texts() -> Iterator[smil.Clip]:
        for event, (begin, end) in zip(section.events, clips, strict=True):
            yield smil.Clip(addresses.of(event.document, event.par.target), begin, end, event.skip)

    title = section.title if len(section.title) <= _SHOWN else f"{section.title[: _SHOWN - 1]}…"
    stem = f"d{number:04}"
    return smil.File(f"{stem}.smil", f"{stem}.mp3", title, tuple(texts()), clips[-1][1], before)
