"""What readers meet in the folder of a publication besides its editions: its page, and what the catalogue needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.contracts import WriteContext
from exporter.labels import Labels
from exporter.model import Publication
from exporter.model.serialisation import decode
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.store import Store, writing
from exporter.site import accessibility, entry, opds, publication
from exporter.site.entry import CatalogueEntry, CoverImage, EditionFile
from exporter.site.publication import Chapter, Page, Text
from exporter.writers import cover_image


def run(
    *,
    store: Path,
    tree: str,
    slug: str,
    files: tuple[EditionFile, ...],
    epub: str,
    facts: Mapping[str, str],
    gaps: Mapping[str, Sequence[str]],
    published: Sequence[str],
    report: str,
    options: Any,
    text: bool,
    styles: Path,
    scratch: Path,
    room: str,
) -> StepResult:
    """Make the page, `entry.json`, `opds.json` and the cover as a picture.

    Args:
        store: Root of the store.
        tree: Digest of the complete tree.
        slug: Name of the publication's folder.
        files: The editions that will stand there.
        epub: Digest of the EPUB among them; empty when there is none.
        facts: Digests of `html.page`, `audio.chapters` and `audio.clips`, each where this run has made it.
        gaps: By name of the edition what is known to be lacking in it, in sentences.
        published: Slugs of publications beside this one, to which translations may lead.
        report: File name of the report; empty when there is none.
        options: `Options` of the HTML edition, for what the page has of it when this run has not made it.
        text: Whether the page has the text: it is that of the HTML edition, and is shown where that one stands.
        styles: Folder of styles.
        scratch: Folder for this step alone, which does not exist yet.
        room: Names the memos of the HTML edition.

    Returns:
        Outputs by the name of their file.
    """
    keep = Store(store)
    tree_of = decode(keep.fetch(tree))
    labels = Labels.load(styles, tree_of.metadata.language)
    if "html.page" in facts:
        shown = msgspec.json.decode(keep.fetch(facts["html.page"]), type=Text)
    else:
        with writing(scratch, "The scratch folder"):
            scratch.mkdir(parents=True)
        memo = keep.memo(room)
        context = WriteContext(keep, memo, memo, labels, styles, scratch)
        shown = _text(tree_of if text else _without_text(tree_of), context, options)
    chapters = keep.fetch(facts["audio.chapters"]) if "audio.chapters" in facts else b"[]"
    page = Page(
        metadata=tree_of.metadata,
        text=shown,
        files=entry.ordered(files),
        gaps={name: tuple(sentences) for name, sentences in gaps.items()},
        chapters=msgspec.json.decode(chapters, type=tuple[Chapter, ...]),
        clips=keep.fetch(facts["audio.clips"]) if "audio.clips" in facts else b"",
        translations=publication.translations(tree_of.metadata, published),
        report=report,
    )
    cover = cover_image.make(tree_of, keep, labels, styles)
    drawn = StoredObject(keep.put(cover.data), len(cover.data))
    measures = {"width": cover.width, "height": cover.height}
    listed = CatalogueEntry(
        slug=slug,
        metadata=tree_of.metadata,
        files=entry.ordered(files),
        cover=CoverImage(file=cover.name, media_type=cover.media_type, alt=cover.alt, sha256=drawn.digest, **measures),
        accessibility=accessibility.of_epub(keep.path(epub)) if epub else None,
        page=entry.PAGE,
    )
    sheet = (styles / publication.SHEET).read_text("utf-8")
    data = {
        entry.PAGE: publication.render(page, labels, sheet),
        opds.PUBLICATION: opds.publication(listed, labels),
        entry.ENTRY: entry.encode(listed),
    }
    rest = {name: StoredObject(keep.put(part), len(part)) for name, part in data.items()}
    return StepResult({cover.name: drawn, **rest})


def _without_text(tree: Publication) -> Publication:
    """Return a publication that says what it is and nothing more: an edition that nobody has asked for is not made."""
    cover = tree.metadata.cover
    kept = tuple(asset for asset in tree.assets if cover and asset.name == cover.source)
    return msgspec.structs.replace(tree, front=(), body=(), notes=(), assets=kept)


def _text(tree: Publication, context: WriteContext, options: Any) -> Text:
    """Return the text as the HTML edition would have it."""
    from exporter.writers.web.document import compose

    _, parts, _ = compose(tree, context, options)
    return msgspec.convert(parts, Text, from_attributes=True)
