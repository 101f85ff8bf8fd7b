"""The folder of the studio: the database, and a folder for each publication with all that belongs to it.

Each publication has a store of its own, so that deleting its folder deletes every intermediate result, too.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.errors import OutputError
from exporter.pipeline import manuscripts
from exporter.pipeline.file_writing import remove_tree, writing
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.registry import discover
from exporter.revise import Revision, history
from exporter.studio.database import Database, PublicationRow, Task
from exporter.studio.uploads import IMAGES, Upload
from exporter.transforms.slugs import unaccented

_UPLOADED = "uploaded"
"""File with the manuscript as it was uploaded last, without the fixes of the studio."""
_KEPT = "kept.json"
"""File with the fixes that a newer version was given, and those that it was not."""
_MOST_IMAGES = 500
"""Images of an opened folder whose changes are noticed."""
LONGEST_SLUG = 60
"""Characters of the name of the files of a publication."""
_OWN_FOLDERS = frozenset({"store", "output", "pages", _UPLOADED})
"""Files and folders of a publication beside that of its manuscript, which has its slug as its name."""
_MARK = ".exporter-studio"
"""File that marks a folder as one of the studio."""


class Workspace:
    """The folder of the studio.

    Args:
        root: The folder; created if it does not exist.
        opened: Folders or files of manuscripts of the user that may be opened; they are changed where they are.
        published: The output folder into which editions may be published, or None.

    Raises:
        OutputError: It has other contents, or cannot be written.
    """

    def __init__(self, root: Path, opened: Sequence[Path] = (), published: Path | None = None) -> None:
        self.root = root
        self.opened = tuple(path.resolve() for path in opened)
        self.published = published.resolve() if published else None
        with writing(root, "The folder of the studio"):
            if root.is_dir() and any(root.iterdir()) and not (root / _MARK).exists():
                raise OutputError(
                    f"“{root}” is not a folder of the studio.",
                    advice="Name an empty folder, or one that does not exist.",
                )
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            (root / _MARK).touch()
        self.database = Database(root / "studio.sqlite")

    def folder(self, publication: PublicationRow) -> Path:
        """Return the folder of a publication."""
        return self.root / "publications" / publication.id

    def sources(self, publication: PublicationRow) -> Path:
        """Return the folder of its manuscript and images."""
        return Path(publication.path).parent if publication.path else self.folder(publication) / publication.slug

    def manuscript(self, publication: PublicationRow) -> Path:
        """Return its manuscript."""
        return Path(publication.path) if publication.path else self.sources(publication) / publication.file

    def store(self, publication: PublicationRow) -> Path:
        """Return the folder of its intermediate results."""
        return self.folder(publication) / "store"

    def output(self, publication: PublicationRow) -> Path:
        """Return the output folder, which contains the folder of its editions and the catalogue."""
        return self.folder(publication) / "output"

    def edition(self, publication: PublicationRow, suffix: str) -> Path:
        """Return the file of an edition by the end of its name; it may not exist."""
        return self.output(publication) / publication.slug / f"{publication.slug}{suffix}"

    def page_images(self, publication: PublicationRow) -> Path:
        """Return the folder of images of its pages."""
        return self.folder(publication) / "pages"

    def manuscripts(self) -> tuple[Manuscript, ...]:
        """Return the manuscripts in the opened folders."""
        if not self.opened:
            return ()
        sources = manuscripts.find(self.opened, discover().suffixes())
        return tuple(manuscript for manuscript in sources if isinstance(manuscript, Manuscript))

    def open(self, manuscript: Manuscript) -> PublicationRow:
        """Return the publication of a manuscript in an opened folder; it is added if there is none yet."""
        path = str(manuscript.path.resolve())
        known = next((row for row in self.database.publications() if row.path == path), None)
        if known is not None:
            return known
        name = f"{manuscript.slug}{manuscript.path.suffix}"
        row = self._added(manuscript.slug, manuscript.path.name, name, path)
        self.folder(row).mkdir(parents=True, mode=0o700)
        return row

    def add(self, upload: Upload) -> PublicationRow:
        """Add a publication.

        Raises:
            OutputError: Its files cannot be written.
        """
        publication = self._added(slug_for(upload.name), f"manuscript{upload.suffix}", upload.name)
        try:
            with writing(self.sources(publication), "The folder of the studio"):
                _write(self.sources(publication), {**upload.images, publication.file: upload.manuscript})
                _write(self.folder(publication), {_UPLOADED: upload.manuscript})
        except OutputError:
            self.delete(publication)
            raise
        return publication

    def _added(self, slug: str, file: str, name: str, path: str = "") -> PublicationRow:
        publication_id = secrets.token_hex(8)
        self.database.add_publication(publication_id, secrets.token_hex(16), slug, file, name, path=path)
        publication = self.database.publication(publication_id)
        assert publication is not None
        return publication

    def replace(self, publication: PublicationRow, upload: Upload) -> PublicationRow:
        """Replace the manuscript of a publication by a newer version of it; settings and other images are kept.

        Raises:
            OutputError: Its files cannot be written.
        """
        if publication.path:
            raise OutputError(
                "This manuscript is in a folder that was opened.", advice="Change it there, and check it again."
            )
        file, old = f"manuscript{upload.suffix}", self.manuscript(publication)
        with writing(self.sources(publication), "The folder of the studio"):
            _write(self.sources(publication), upload.images)
            if file == publication.file:
                before = old.read_bytes()
                if before != upload.manuscript:
                    history.write(Revision(old, {file: upload.manuscript}, (), {file: before}))
            else:
                _write(self.sources(publication), {file: upload.manuscript})
                old.unlink(missing_ok=True)
            _write(self.folder(publication), {_UPLOADED: upload.manuscript})
        replaced = msgspec.structs.replace(publication, file=file, original_name=upload.name)
        self.database.store_names(replaced)
        return replaced

    def can_be_renamed(self, publication: PublicationRow) -> bool:
        """Return whether the files may get another name: nobody has had editions with the one that they have."""
        is_busy = any(job.publication == publication.id for job in self.database.active_jobs())
        is_new = self.database.last_job(publication.id, Task.EXPORT) is None
        return is_new and not is_busy and not publication.path

    def rename(self, publication: PublicationRow, slug: str) -> PublicationRow:
        """Rename the files of a publication; return it with its new name.

        Raises:
            OutputError: They cannot be renamed.
        """
        if not self.can_be_renamed(publication) or slug_problem(slug):
            raise OutputError(f"The files cannot be named “{slug}”.", advice="Choose another name.")
        with writing(self.sources(publication), "The folder of the studio"):
            self.sources(publication).rename(self.folder(publication) / slug)
        remove_tree(self.output(publication))
        renamed = msgspec.structs.replace(publication, slug=slug)
        self.database.store_names(renamed)
        return renamed

    def uploaded(self, publication: PublicationRow) -> bytes | None:
        """Return the manuscript as it was uploaded last, or None if it was not."""
        path = self.folder(publication) / _UPLOADED
        return path.read_bytes() if path.exists() else None

    def kept_fixes(self, publication: PublicationRow) -> Path:
        """Return the file with the fixes that the newest version was given; it may not exist."""
        return self.folder(publication) / _KEPT

    def digest(self, publication: PublicationRow) -> str:
        """Return a digest of the state of the manuscript, its images and settings: their names, sizes and times."""
        total = hashlib.sha256()
        sources = self.sources(publication)
        for path in sorted(self._watched(publication)):
            parts = path.relative_to(sources).parts
            if path.is_file() and not any(part.startswith(".") for part in parts):
                state = path.stat()
                total.update(f"{'/'.join(parts)}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
        return total.hexdigest()

    def has_changed(self, publication: PublicationRow) -> bool:
        """Return whether the manuscript, its images or settings have changed since they were checked."""
        return bool(publication.checked) and publication.checked != self.digest(publication)

    def _watched(self, publication: PublicationRow) -> Iterable[Path]:
        """Return the files of a publication; in the user's folder, which may be large, those that it may consist of."""
        sources = self.sources(publication)
        if not publication.path:
            return sources.rglob("*")
        images = (path for depth in ("*", "*/*") for path in sources.glob(depth) if path.suffix.lower() in IMAGES)
        return {self.manuscript(publication), sources / PUBLICATION_FILE, *itertools.islice(images, _MOST_IMAGES)}

    def files(self, publication: PublicationRow) -> dict[str, Path]:
        """Return the files of the last export and check by name, with forward slashes.

        Names begin with that of the publication's folder, but for those of the catalogue, which its page links to.
        """
        output = self.output(publication)
        return {path.relative_to(output).as_posix(): path for path in sorted(output.rglob("*")) if path.is_file()}

    def delete(self, publication: PublicationRow) -> None:
        """Delete a publication: its files, editions and intermediate results, and its rows.

        The manuscript in an opened folder is the user's, and stays.
        """
        remove_tree(self.folder(publication))
        self.database.delete_publication(publication.id)


def slug_for(name: str) -> str:
    """Return a name for files: the stem of an uploaded file in small Latin letters, digits and hyphens."""
    stem = unaccented(name.rpartition(".")[0] or name)
    slug = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:LONGEST_SLUG].strip("-") or "publication"
    return f"{slug}-publication" if slug in _OWN_FOLDERS else slug


def slug_problem(slug: str) -> str:
    """Return the label that says why a name for files cannot be used, or "" if it can."""
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug):
        return "detail.address_wrong"
    if len(slug) > LONGEST_SLUG:
        return "detail.address_long"
    return "detail.address_taken" if slug in _OWN_FOLDERS else ""


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
