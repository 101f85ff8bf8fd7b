"""Begin a publication from a manuscript that is there: settings beside it, with what it says and what it does not."""

from __future__ import annotations

import datetime
import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.config.paths import styles_folder
from exporter.contracts import ReadResult
from exporter.errors import OutputError, SourceError, UsageError
from exporter.files import read_regular
from exporter.images.paths import Folder
from exporter.images.probe_result import ImageRefusedError
from exporter.model import AUTHOR, Metadata, Source
from exporter.model.walk import images
from exporter.pipeline.manuscripts import MANUSCRIPT, readable, slug_of
from exporter.pipeline.registry import Registry, discover, styles_of
from exporter.pipeline.store import replace_file, writing

_FIELDS: Mapping[str, tuple[str, str]] = {
    "title": ('"What it is called"', "the title"),
    "subtitle": ('"What it is about"', "the subtitle, if it has one"),
    "kind": ('"report"', "report, dispatch, commentary, submission, brief, news or manual"),
    "authors": ('["First Last", { name = "First Last", role = "trl" }]', "who wrote it; trl: translated, edt: edited"),
    "publisher": ('"The house"', "who publishes it"),
    "date": ("2026-03-01", "the day on which it is published"),
    "lang": ('"en"', "the language of the text: en, es-MX, ar"),
    "description": ('"What it says."', "two or three sentences for catalogues"),
    "keywords": ('["word", "word"]', "what readers look for"),
    "rights": ('"CC BY 4.0"', "who may do what with it"),
    "identifier": ('"https://doi.org/..."', "DOI, ISBN or address; made from the rest when it has none"),
    "series": ('"Name of the series"', "if it belongs to one"),
    "place": ('"City, Country"', "where a dispatch comes from"),
    "cover": ('{ source = "cover.jpg", alt = "What the cover shows" }', "a picture in this folder"),
    "contact": ('{ name = "Who", email = "formats@example.org" }', "where to ask for another format"),
}
"""What may be said, with an example and what it means; in the order in which it is written."""
_NAMES = {"lang": "language", "keywords": "subjects"}
_HEAD = """\
# What the editions say about {file}. A line that begins with # says nothing yet: fill it in and take the # away,
# or leave it. What stands here outweighs what the manuscript says.

[metadata]
"""


def new_from(manuscript: Path, slug: str = "", folder: Path | None = None, styles: Path | None = None) -> Path:
    """Write settings for a manuscript and give their path.

    Args:
        manuscript: The file, in a format that some reader reads.
        slug: Name of a publication to begin: the manuscript is copied into its folder, with the pictures beside it
            that it names. Empty to leave it where it is and to put the settings beside it.
        folder: Where to put the publication's folder.
        styles: The folder of styles; that of the house by default.

    Raises:
        UsageError: It does not exist, is in no format that is read, or the slug cannot be a name of files; or, without
            a slug, other manuscripts lie beside it, of which the settings would speak too.
        SourceError: It cannot be read.
        OutputError: The settings or the folder are there already, or cannot be written.
    """
    registry = discover()
    read = _read(manuscript, registry, styles)
    target = manuscript.parent
    if not slug:
        _refuse_company(manuscript, registry.suffixes())
    else:
        if slug_of(slug) != slug:
            raise UsageError(
                f"“{slug}” cannot be the name of a folder and of files.",
                advice=f"Use letters, digits and hyphens, such as “{slug_of(slug).lower() or 'my-report'}”.",
            )
        target = (folder or Path("input")) / slug
        if target.exists():
            raise OutputError(f"“{target}” is there already.", advice="Choose another name.")
    path = target / PUBLICATION_FILE
    if path.exists():
        raise OutputError(f"“{path}” is there already.", advice="Go on with it, or move it away first.")
    name = f"{MANUSCRIPT}{manuscript.suffix.lower()}" if slug else manuscript.name
    with writing(target, "The folder"):
        target.mkdir(parents=True, exist_ok=True)
        if slug:
            replace_file(target / name, read_regular(manuscript), mode=0o644)
            for picture, data in _pictures(read, manuscript.parent):
                (target / picture).parent.mkdir(parents=True, exist_ok=True)
                replace_file(target / picture, data, mode=0o644)
        replace_file(path, settings_text(read.publication.metadata, name, read.suggested).encode(), mode=0o644)
    return path


def _refuse_company(manuscript: Path, suffixes: Sequence[str]) -> None:
    others = [path.name for path in readable(manuscript.parent, suffixes) if not path.samefile(manuscript)]
    if others:
        begin = shlex.join(
            ("exporter", "new", slug_of(manuscript.stem).lower() or "my-report", "--from", str(manuscript))
        )
        raise UsageError(
            f"“{others[0]}” lies beside “{manuscript.name}”, and the settings would speak of both.",
            advice=f"Give it a folder of its own: {begin}",
        )


def _pictures(read: ReadResult, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures beside a manuscript that it names; of those that cannot be had, `exporter check` tells."""
    beside = Folder(folder)
    cover = read.publication.metadata.cover
    names = [cover.source] if cover else []
    names += [image.source for image in images(read.publication)]
    for name in dict.fromkeys(names):
        if name not in read.media:
            try:
                found = beside.find(name)
                yield found, beside.read(found)
            except ImageRefusedError:
                continue


def _read(manuscript: Path, registry: Registry, styles: Path | None) -> ReadResult:
    found = registry.reader(manuscript.suffix.lower())
    if not manuscript.is_file():
        raise UsageError(f"“{manuscript}” does not exist, or is not a file.")
    if found is None:
        raise UsageError(
            f"“{manuscript}” is not a manuscript that can be read.",
            advice=f"Readable are: {', '.join(registry.suffixes())}.",
        )
    try:
        data = read_regular(manuscript)
    except OSError as error:
        raise SourceError(
            f"The manuscript cannot be read: {error.strerror}.", source=Source(str(manuscript))
        ) from error
    given = {"styles": styles_folder(styles)} if styles_of(found.reader) else {}
    read: ReadResult = found.reader.read(data, manuscript.name, **given)
    return read


def settings_text(metadata: Metadata, file: str, suggested: Metadata) -> str:
    """Return a settings file: a line for each thing that is known, a comment for what is not, or is only suggested."""
    lines = []
    for field, (example, meaning) in _FIELDS.items():
        value, offer = (_toml(field, getattr(each, _NAMES.get(field, field))) for each in (metadata, suggested))
        if value:
            lines.append(f"{field} = {value}")
        elif offer:
            lines.append(f"# {field} = {offer}  # {meaning}; so say the properties of the file")
        else:
            lines.append(f"# {field} = {example}  # {meaning}")
    return _HEAD.format(file=file) + "\n".join(lines) + "\n"


def _toml(field: str, value: Any) -> str:
    """Return a value as TOML; empty for nothing, and for what only the manuscript can say."""
    match field:
        case _ if not value:
            return ""
        case "cover":
            return ""  # it lies in the manuscript
        case "authors":
            people = [
                _text(person.name)
                if person.role == AUTHOR
                else f"{{ name = {_text(person.name)}, role = {_text(person.role)} }}"
                for person in value
            ]
            return f"[{', '.join(people)}]"
        case "contact":
            parts = [f"{key} = {_text(said)}" for key, said in msgspec.structs.asdict(value).items() if said]
            return f"{{ {', '.join(parts)} }}"
        case _ if isinstance(value, datetime.date):
            return value.isoformat()
        case _ if isinstance(value, tuple):
            return f"[{', '.join(map(_text, value))}]"
        case _:
            return _text(str(value))


def _text(words: str) -> str:
    """Return words as a basic string of TOML; JSON writes the same but for one character."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
