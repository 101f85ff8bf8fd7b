"""The talking book: its content documents, images, sound and SMIL files, and the NCC, packed into an archive."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from exporter.contracts import WriteContext, WriteResult
from exporter.contracts.sidecars import PlacedSound, PlacedSounds
from exporter.errors import OutputError
from exporter.findings import NOT_CARRIED, Finding
from exporter.lexicon import Lexicons
from exporter.model import Asset, Direction, PageBreak, Publication
from exporter.model.walk import walk
from exporter.speech.codec import MP3
from exporter.speech.session import SpeechSession
from exporter.writers import archive, audio, missing_images, stylesheets, svg_rendering
from exporter.writers.audio.spool import Spool, digest
from exporter.writers.daisy import NAME, Options, ncc, sections, smil, xhtml
from exporter.writers.daisy.sections import Section
from exporter.writers.xhtml import images, page_list, required_metadata, serialiser
from exporter.writers.xhtml.documents import ABOUT, COVER, NAV, TITLE, Documents
from exporter.writers.xhtml.files import XHTML, File
from exporter.writers.xhtml.images import PackageImage
from exporter.writers.xhtml.inventory import HTML
from exporter.writers.xhtml.overlay.announcements import attach
from exporter.writers.xhtml.overlay.audio_assembly import assemble
from exporter.writers.xhtml.overlay.placed_sounds import in_track
from exporter.writers.xhtml.overlay.reading_order import ReadingOrder, Seq, Spoken
from exporter.writers.xhtml.overlay.recording import record
from exporter.writers.xhtml.overlay.sentence_spans import mark
from exporter.writers.xhtml.page_list import OuterDocument, PagedPublication

_TITLE_LENGTH = 80
"""Characters of a title in a SMIL file above which players truncate it."""
_IMAGE_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}
"""Image formats that players of every age can show."""
_PIXELS = 1600
"""Longest side of an image."""
_INCHES = 5.0
"""Width at which an SVG is rendered."""


def build(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the book with all its files."""
    publication = required_metadata.complete(publication, context.labels)
    pictures, findings = _prepare_images(publication.assets, context)
    publication, missing = missing_images.replace(publication, pictures, NAME)
    findings += missing
    paging = _without_contents(page_list.mark_pages(publication, context.sidecars))
    settings = context.settings.get(audio.NAME) or audio.Options()
    session = SpeechSession(publication, context, settings, options.bitrate, MP3)
    utterances = session.script.utterances
    marked = mark(paging.publication, utterances)
    paging = msgspec.structs.replace(paging, publication=marked.publication)
    roots, markup_findings = _documents(paging, context, pictures)
    findings += markup_findings
    spoken = Spoken(marked.elements, marked.labels, [], len(utterances))
    lexicons = Lexicons(context.styles)
    orders: list[tuple[str, Any, Seq]] = [
        (name, root, ReadingOrder(root, number, spoken, lexicons).body)
        for number, (name, root) in enumerate(roots.items())
    ]
    attach(chain.from_iterable(body.pars() for _, _, body in orders), utterances)
    all_sections = sections.split(orders)
    addresses = _addresses(roots, paging)
    try:
        with Spool(context.scratch / "recording", MP3.frame) as spool:
            clips, clip_findings = record(session, context, spoken, spool, NAME)
            sounds: list[tuple[str, bytes | Path]] = []
            smil_files: list[smil.File] = []
            placed: list[PlacedSound] = []
            digests: dict[str, str] = {}
            for number, section in enumerate(all_sections, 1):
                track = assemble((event.par.unit for event in section.events), clips, session.rate, MP3)
                before = smil_files[-1].before + smil_files[-1].length if smil_files else 0
                smil_files.append(_smil_file(number, section, addresses, track.clips, before))
                path = context.scratch / smil_files[-1].sound
                packets = [packet for part in track.packets for packet in spool.packets(*part)]
                path.write_bytes(b"".join(packets))
                digests[smil_files[-1].sound] = digest(packets)
                sounds.append((smil_files[-1].sound, path))
                addressed = (
                    (addresses.of(event.document, event.par.target), event.par.unit) for event in section.events
                )
                placed += in_track(smil_files[-1].sound, track, addressed, clips, (*utterances, *spoken.further))
    except OSError as error:
        raise OutputError(f"The sound of the talking book cannot be written: {error.strerror or error}.") from error
    metadata = publication.metadata
    entries = ncc.entries(all_sections, smil_files, context.labels, addresses.pages)
    identification = (metadata.identifier or metadata.full_title, metadata.full_title, ncc.GENERATOR)
    texts: list[tuple[str, bytes | Path]] = [
        (smil.MASTER, smil.master(smil_files, *identification)),
        *((file.name, smil.section(file, *identification)) for file in smil_files),
        *((addresses.files[name], xhtml.convert(root, name, addresses)) for name, root in roots.items()),
        (xhtml.SHEET, stylesheets.read(context.styles, xhtml.SHEET, stylesheets.LISTS).encode()),
    ]
    if metadata.direction is Direction.RTL:
        texts.append((ncc.RTL_SHEET, ncc.RTL_RULE))
    # After the documents, which may replace the image of the cover.
    image_files: list[tuple[str, bytes | Path]] = [(image.file.name, image.file.data) for image in pictures.values()]
    files = [*texts, *image_files, *sounds]
    narrator = session.voice_selection.narrator_credit()
    index = ncc.write(metadata, entries, smil_files, narrator, len(files) + 1)
    archive.write(target, [(ncc.NAME, index), *files])
    sidecars = PlacedSounds(narrator, tuple(placed), digests).sidecars()
    sidecars |= images.placed(publication.assets, pictures).sidecars()
    return WriteResult((*findings, *clip_findings), sidecars)


def _prepare_images(assets: Iterable[Asset], context: WriteContext) -> tuple[dict[str, PackageImage], list[Finding]]:
    """Return the image of every asset by `Asset.name`, and findings for those that cannot be rendered.

    Raises:
        SourceError: A file is not an image of its media type.
    """
    assets = tuple(assets)
    prepared = images.prepare(assets, context, _PIXELS)
    pictures: dict[str, PackageImage] = {}
    findings: list[Finding] = []
    for number, (asset, image) in enumerate(zip(assets, prepared.values(), strict=True), 1):
        still = _still(asset, image.file, context)
        if still is None:
            message = f"Drawing not rendered: “{asset.name}”; its description is used instead."
            findings.append(NOT_CARRIED.finding(message, edition="daisy"))
            continue
        data, media_type = still
        name = f"p{number:03}"
        file = File(f"{name}{_IMAGE_SUFFIXES[media_type]}", name, media_type, data)
        pictures[asset.name] = PackageImage(file, image.moving)
    return pictures, findings


def _still(asset: Asset, file: File, context: WriteContext) -> tuple[bytes, str] | None:
    """Return an image in a format of DAISY with its media type, or None if it is an SVG that cannot be rendered."""
    if file.media_type in _IMAGE_SUFFIXES:
        return file.data, file.media_type
    if file.media_type == "image/svg+xml":
        png = svg_rendering.rasterise(asset, context, _INCHES)
        return (png, "image/png") if png else None
    from PIL import Image

    # Of an animated image, the first frame.
    out = io.BytesIO()
    with Image.open(io.BytesIO(file.data)) as image:
        image.convert("RGBA").save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"


def _documents(
    paging: PagedPublication, context: WriteContext, pictures: dict[str, PackageImage]
) -> tuple[dict[str, Any], Sequence[Finding]]:
    """Return the roots of the documents by file name in reading order, the title page first as players require."""
    documents = Documents(paging, context, pictures)
    files = {file.name: file for file in (*documents.front(), *documents.text()) if file.media_type == XHTML}
    files[ABOUT] = documents.imprint(context.labels("daisy.summary"))
    metadata = paging.publication.metadata
    if not (metadata.cover and metadata.cover.source in pictures):
        # A drawn cover repeats the title page.
        del files[COVER]
    front = [TITLE, *([COVER] if COVER in files else [])]
    order = [*front, *(name for name in files if name not in {*front, ABOUT}), ABOUT]
    roots = {name: serialiser.parse(files[name].data) for name in order}
    _move_title_first(roots[TITLE])
    for root in roots.values():
        _remove_repeated_ids(root)
    return roots, documents.markup.findings


def _without_contents(paging: PagedPublication) -> PagedPublication:
    """Return the page marks of the table of contents at the text after it, since the NCC replaces that document."""
    contents = paging.outer.get(OuterDocument.CONTENTS, ())
    if not contents:
        return paging
    following = next((block.at.id for block in paging.publication.body if block.at.id), None)
    outer = {**paging.outer, OuterDocument.CONTENTS: ()}
    if following is None:
        outer[OuterDocument.TITLE] = (*outer.get(OuterDocument.TITLE, ()), *contents)
        return msgspec.structs.replace(paging, outer=outer)
    before = {**paging.before, following: (*contents, *paging.before.get(following, ()))}
    return msgspec.structs.replace(paging, outer=outer, before=before)


def _move_title_first(root: Any) -> None:
    """Move the title to the start of its page: the first heading of the NCC must link to the start of the sound."""
    body = root.find(f"{HTML}body")
    title = next(body.iter(f"{HTML}h1"))
    title.tail = "\n"
    body.insert(0, title)


def _remove_repeated_ids(root: Any) -> None:
    """Remove the identifier of every element but the first with it, so that repeated text is spoken by itself."""
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
        old_ids = (element.get("id") for element in root.iter() if element.get("id"))
        ids |= {(name, identifier): f"e{number}" for number, identifier in enumerate(old_ids, 1)}
    printed = {
        node.at.id: node.label for node in walk(paging.publication) if isinstance(node, PageBreak) and node.at.id
    }
    pages = {**printed, **{page_mark.id: page_mark.label for page_mark in paging.marks}}
    return xhtml.Addresses({**files, NAV: ncc.NAME}, ids, pages)


def _smil_file(
    number: int, section: Section, addresses: xhtml.Addresses, clips: Sequence[tuple[int, int]], before: int
) -> smil.File:
    def texts() -> Iterator[smil.Clip]:
        for event, (begin, end) in zip(section.events, clips, strict=True):
            yield smil.Clip(addresses.of(event.document, event.par.target), begin, end, event.skip)

    title = section.title if len(section.title) <= _TITLE_LENGTH else f"{section.title[: _TITLE_LENGTH - 1]}…"
    stem = f"d{number:04}"
    return smil.File(f"{stem}.smil", f"{stem}.mp3", title, tuple(texts()), clips[-1][1], before)
