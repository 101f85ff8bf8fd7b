"""What the catalogue needs of a publication: its entry, its document for reading apps, and its cover as a picture."""

from __future__ import annotations

from pathlib import Path

from exporter.labels import Labels
from exporter.model.codec import decode
from exporter.pipeline.made import Made, Output
from exporter.pipeline.store import Store
from exporter.site import accessibility, entry, opds
from exporter.site.entry import Entry, File, Picture
from exporter.writers import cover_picture


def run(*, store: Path, tree: str, slug: str, files: tuple[File, ...], epub: str, page: bool, styles: Path) -> Made:
    """Make the files that stand beside the editions of a publication: `entry.json`, `opds.json` and the cover.

    Args:
        store: Root of the store.
        tree: Digest of the complete tree.
        slug: Name of the publication's folder.
        files: The editions that will stand there.
        epub: Digest of the EPUB among them; empty when there is none.
        page: Whether the page of the publication will stand there.
        styles: Folder of styles.

    Returns:
        Outputs by the name of their file.
    """
    keep = Store(store)
    publication = decode(keep.fetch(tree))
    labels = Labels.load(styles, publication.metadata.language)
    cover = cover_picture.make(publication, keep, labels, styles)
    made = Entry(
        slug=slug,
        metadata=publication.metadata,
        files=entry.ordered(files),
        cover=Picture(
            file=cover.name, media_type=cover.media_type, width=cover.width, height=cover.height, alt=cover.alt
        ),
        accessibility=accessibility.of_epub(keep.path(epub)) if epub else None,
        page=entry.PAGE if page else "",
    )
    data = {
        entry.ENTRY: entry.encode(made),
        opds.PUBLICATION: opds.publication(made, labels),
        cover.name: cover.data,
    }
    return Made({name: Output(keep.put(part), len(part)) for name, part in data.items()})
