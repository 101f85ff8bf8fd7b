"""Manuscripts: discovery of files, folders and slugs from the sources on the command line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.errors import SourceError, UsageError
from exporter.files import has_readable_name, read_regular
from exporter.installation import shell_command
from exporter.model import Source
from exporter.pipeline.checked_copy import original_of

MANUSCRIPT = "manuscript"
"""Stem of the file that is the manuscript of its folder, whatever other files the folder contains."""
IGNORED = ("readme", "license", "changelog")
"""Stems of files that are not manuscripts, although a reader could read them."""
_SAVE_AS = {
    ".mdx": "It contains components of a website. Open the page in a browser, save it as .html, and name that file.",
    ".adoc": "Make a web page of it, as with: asciidoctor FILE, and name the .html file.",
    ".pages": "In Pages, choose File, Export To, Word, and name the .docx file.",
    ".pdf": "Name the Word file or other text from which the PDF was made.",
    ".txt": "Rename it so that its name ends in .md, and put an empty line between its paragraphs.",
} | dict.fromkeys((".ipynb", ".org", ".rst", ".tex", ".typ"), "Convert it first, as with: pandoc FILE -o manuscript.md")
"""What to do with files of other formats."""
MAXIMUM_SLUG = 100
"""Characters; file systems allow 255 bytes."""


class Manuscript(msgspec.Struct, frozen=True):
    """A manuscript."""

    slug: str
    """Name of the publication, of its folder in the output and of its files."""
    path: Path
    shown: str
    """The path as given by the user."""

    @property
    def folder(self) -> Path:
        """The publication's folder; no file outside it is read."""
        return self.path.parent

    @property
    def file(self) -> str:
        """The path inside the folder, for `Source.file`."""
        return self.path.name

    def size(self) -> int:
        """Return the bytes of the file; 0 if it cannot be read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def settings_text(self) -> str:
        """Return the beginning of the manuscript, to find the line of a setting; only text formats have lines.

        Lines above `export:` are replaced by empty lines: keys of the metadata may have the same names.
        """
        try:
            start = read_regular(self.path, self.folder, limit=65_536)
        except OSError:
            return ""
        text = start.decode("utf-8", "replace")
        export = re.search(r"^export[ \t]*:", text, re.MULTILINE)
        return "\n" * text.count("\n", 0, export.start()) + text[export.start() :] if export else text


class UnresolvedManuscript(msgspec.Struct, frozen=True):
    """A publication whose manuscript is ambiguous or cannot be used."""

    slug: str
    shown: str
    error: SourceError


def find(sources: Sequence[Path], suffixes: Sequence[str]) -> list[Manuscript | UnresolvedManuscript]:
    """Return the manuscripts of the sources, without duplicates, in the order of sources and then of names.

    Args:
        sources: Files, publication folders, or folders of those.
        suffixes: File suffixes that readers read, with the dot, in lower case.

    Raises:
        UsageError: A source does not exist, cannot be read by any reader, or contains no manuscript.
    """
    by_path: dict[Path, Manuscript | UnresolvedManuscript] = {}
    slugs: dict[str, str] = {}
    for source in sources:
        for manuscript in map(_with_readable_name, _of_source(source, suffixes)):
            path = manuscript.path.resolve() if isinstance(manuscript, Manuscript) else Path(manuscript.shown)
            if path in by_path:
                continue
            slug, shown = manuscript.slug, manuscript.shown
            other = slugs.setdefault(slug.casefold(), shown)
            if other != shown:
                error = SourceError(
                    f"Duplicate name “{slug}”: “{other}” would be written to the same folder.",
                    advice="Rename the folder or the file of one of them.",
                    source=Source(shown),
                )
                by_path[path] = UnresolvedManuscript(slug, shown, error)
            else:
                by_path[path] = manuscript
    return list(by_path.values())


def _with_readable_name(manuscript: Manuscript | UnresolvedManuscript) -> Manuscript | UnresolvedManuscript:
    """Return a manuscript, or the error for one whose path no message, record or address can contain."""
    path = manuscript.path if isinstance(manuscript, Manuscript) else Path(manuscript.shown)
    if has_readable_name(path):
        return manuscript
    shown = manuscript.shown.encode("utf-8", "backslashreplace").decode()
    error = SourceError(
        "The name of a folder or file is not UTF-8.",
        advice="Rename it; letters, digits, hyphens and underscores are safe.",
        source=Source(shown),
    )
    return UnresolvedManuscript(slug_of(manuscript.slug) or MANUSCRIPT, shown, error)


def slug_of(name: str) -> str:
    """Return a name that is safe for folders, files and web addresses: letters and digits of any script, . _ -."""
    text = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name))
    return re.sub(r"-{2,}", "-", text).strip("-.")[:MAXIMUM_SLUG]


def _of_source(source: Path, suffixes: Sequence[str]) -> Iterator[Manuscript | UnresolvedManuscript]:
    if source.is_dir():
        yield from _of_folder(source, suffixes)
    elif source.exists():
        if source.suffix.lower() not in suffixes:
            raise UsageError(f"Unsupported manuscript format: “{source}”.", advice=_save_as(source, suffixes))
        stem = (original_of(source) or source).stem
        slug = source.resolve().parent.name if stem.lower() == MANUSCRIPT else stem
        yield _manuscript(source, slug)
    else:
        raise UsageError(f"No such file or folder: “{source}”.", advice=_suggestion(source))


def _of_folder(folder: Path, suffixes: Sequence[str]) -> Iterator[Manuscript | UnresolvedManuscript]:
    name = folder.resolve().name
    named = _named_manuscripts(folder, name, suffixes)
    if named:
        yield _single(named, folder, name)
        return
    below = [path for path in _entries(folder) if path.is_dir() and not path.name.startswith((".", "_"))]
    unreadable = {path: error for path in below if (error := _read_error(path))}
    below = [path for path in below if path not in unreadable]
    marked = any(_named_manuscripts(path, path.name, suffixes) or (path / PUBLICATION_FILE).is_file() for path in below)
    here = readable(folder, suffixes)
    if here and not marked:
        yield _single(here, folder, name)
        return
    count = 0
    for path in here:
        count += 1
        yield _manuscript(path, path.stem)
    for path in below:
        candidates = _named_manuscripts(path, path.name, suffixes) or readable(path, suffixes)
        if candidates:
            count += 1
            if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                yield UnresolvedManuscript(slug_of(path.name), str(path), _outside(path))
            else:
                yield _single(candidates, path, path.name)
        elif unsupported := [entry for entry in _entries(path) if entry.stem.casefold() == MANUSCRIPT]:
            count += 1
            yield UnresolvedManuscript(
                slug_of(path.name) or MANUSCRIPT, str(unsupported[0]), _unsupported(unsupported[0], suffixes)
            )
    for path, error in unreadable.items():
        count += 1
        yield UnresolvedManuscript(slug_of(path.name) or "manuscript", str(path), error)
    if not count:
        raise UsageError(
            f"No manuscript found in “{folder}”.",
            advice=f"Create one with: exporter new my-report --kind report (supported formats: {', '.join(suffixes)}).",
        )


def _read_error(folder: Path) -> SourceError | None:
    """Return the error that explains why a folder cannot be read, or None if it can."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        return SourceError(
            f"The folder cannot be read: {error.strerror}.",
            advice="Change its permissions, or move it elsewhere.",
            source=Source(str(folder)),
        )
    return None


def _unsupported(path: Path, suffixes: Sequence[str]) -> SourceError:
    return SourceError("Unsupported manuscript format.", advice=_save_as(path, suffixes), source=Source(str(path)))


def _save_as(path: Path, suffixes: Sequence[str]) -> str:
    """Return what makes a file of another format readable."""
    known = ", ".join(suffixes)
    return _SAVE_AS.get(path.suffix.lower(), f"Save it as Word, Markdown or a web page; supported formats: {known}.")


def _single(candidates: Sequence[Path], folder: Path, name: str) -> Manuscript | UnresolvedManuscript:
    if len(candidates) == 1:
        return _manuscript(candidates[0], name)
    names = " and ".join(f"“{path.name}”" for path in candidates[:3])
    if len(candidates) > 3:
        names += f" and {len(candidates) - 3} more"
    alike = all(path.stem.casefold() == MANUSCRIPT for path in candidates)
    remedy = "move the others away" if alike else f"rename it to {MANUSCRIPT}{candidates[0].suffix}"
    error = SourceError(
        f"More than one manuscript in this folder: {names}.",
        advice=f"Name the one to export: {shell_command('exporter', 'export', str(candidates[0]))}, or {remedy}.",
        source=Source(str(folder)),
    )
    return UnresolvedManuscript(slug_of(name), str(folder), error)


def _manuscript(path: Path, name: str) -> Manuscript | UnresolvedManuscript:
    slug = slug_of(name)
    if not slug:
        error = SourceError(
            "The name contains no letter or digit, so files cannot be named after it.",
            advice="Rename it.",
            source=Source(str(path)),
        )
        return UnresolvedManuscript("manuscript", str(path), error)
    try:
        inside = path.resolve().is_relative_to(path.parent.resolve())
    except (OSError, RuntimeError):  # which of them depends on the version of Python
        inside = False
    if not inside:
        return UnresolvedManuscript(slug, str(path), _outside(path))
    if not path.is_file():
        error = SourceError("It is not a file.", advice="Put the manuscript there.", source=Source(str(path)))
        return UnresolvedManuscript(slug, str(path), error)
    return Manuscript(slug, path.absolute(), str(path))


def _outside(path: Path) -> SourceError:
    return SourceError(
        "It is a link that points outside its folder or to itself.",
        advice="Replace it with a copy of the file.",
        source=Source(str(path)),
    )


def _named_manuscripts(folder: Path, name: str, suffixes: Iterable[str]) -> list[Path]:
    """Return the files named `manuscript`, or else those named like the folder."""
    candidates = [path for path in _entries(folder) if path.suffix.lower() in suffixes]
    for stem in (MANUSCRIPT, name.casefold()):
        if matches := [path for path in candidates if path.stem.casefold() == stem]:
            return matches
    return []


def readable(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    """Return the files of a folder that may be manuscripts."""
    return [
        path
        for path in _entries(folder)
        if path.suffix.lower() in suffixes
        and not path.name.startswith((".", "_", "~"))
        and path.stem.casefold() not in IGNORED
        and not path.is_dir()
        and not original_of(path)
    ]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"The folder “{folder}” cannot be read: {error.strerror}.") from error


def _suggestion(source: Path) -> str:
    from difflib import get_close_matches

    if not source.parent.is_dir():
        return "Name a manuscript, its folder, or a folder of such folders."
    names = [path.name for path in _entries(source.parent) if path.exists()]
    close = get_close_matches(source.name, names, n=1)
    return f"Did you mean “{source.parent / close[0]}”?" if close else "Check the spelling."
