"""Uploaded files: a manuscript alone, with images beside it, or a ZIP archive of both.

Names are labels, never paths: those of images, which the manuscript refers to, are accepted only if each part is plain.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request

from exporter.config import PUBLICATION_FILE
from exporter.errors import UsageError
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError
from exporter.pipeline.manuscripts import IGNORED, MANUSCRIPT

MAXIMUM_FILES = 300
"""Files of an upload or of a ZIP archive."""
MAXIMUM_FILE = 150_000_000
"""Bytes of one file."""
MAXIMUM_UNPACKED = 400_000_000
"""Bytes of all files of a ZIP archive."""
MANUSCRIPTS = (".docx", ".docm", ".dotx", ".dotm", ".odt", ".md", ".markdown", ".html", ".htm", ".xhtml")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif")
ACCEPTED = ",".join((*MANUSCRIPTS, ".zip", "image/*"))
"""What browsers offer to choose (HTML, 4.10.5.1.17, `accept`)."""
_BEGINNINGS: Mapping[str, bytes] = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}
"""First bytes of images that may be a cover or a logo. An SVG may contain more than an image, and is not accepted."""
_LARGEST_SIDE = 12_000
"""Pixels of a side of such an image."""
_PLAIN = re.compile(r"[^\x00-\x1f\x7f<>:\"|?*\\/]+")
_NAME_LENGTH = 150


class Upload(msgspec.Struct, frozen=True):
    """An uploaded publication."""

    name: str
    """Name of the manuscript, to be shown."""
    suffix: str
    """Its suffix, one of `MANUSCRIPTS`."""
    manuscript: bytes
    images: Mapping[str, bytes]
    """Images and settings, by their path beside the manuscript; each part of a path is plain."""


async def read_upload(request: Request) -> Upload:
    """Return the publication in the files of a form.

    Raises:
        UsageError: There is no manuscript or more than one, or a file is too large or of another type.
    """
    async with request.form(max_files=MAXIMUM_FILES, max_fields=10) as form:
        return await _read([file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename])


async def _read(chosen: Sequence[UploadFile]) -> Upload:
    if not chosen:
        raise UsageError("No file was chosen.", advice="Choose a Word, ODT, Markdown or HTML file, or a ZIP archive.")
    if len(chosen) > MAXIMUM_FILES:
        raise UsageError(f"More than {MAXIMUM_FILES} files.", advice="Leave out what the manuscript does not use.")
    contents: dict[str, bytes] = {}
    for file in chosen:
        if (file.size or 0) > MAXIMUM_FILE:
            raise _too_large(file.filename or "")
        contents[shown_name(file.filename or "")] = await file.read()
    if len(contents) == 1:
        (name, data), *_ = contents.items()
        if name.lower().endswith(".zip"):
            return _named_as(name, _publication(_unpacked(name, data)))
    return _publication(contents)


def shown_name(name: str) -> str:
    """Return the name of an uploaded file without its folders and without control characters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(character for character in last if character.isprintable())[:_NAME_LENGTH].strip() or "?"


def _named_as(archive: str, upload: Upload) -> Upload:
    """Return a publication with the name of its archive if that of its manuscript says nothing."""
    if PurePosixPath(upload.name).stem.lower() != MANUSCRIPT:
        return upload
    return msgspec.structs.replace(upload, name=f"{PurePosixPath(archive).stem}{upload.suffix}")


def image_suffix(data: bytes) -> str:
    """Return the suffix of an image by its bytes, or "" if it is no PNG or JPEG that can be used."""
    from PIL import Image

    suffix = next((suffix for suffix, start in _BEGINNINGS.items() if data.startswith(start)), "")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if max(image.size) > _LARGEST_SIDE:
                return ""
            image.load()
    except Exception:  # decoders raise any
        return ""
    return suffix


def _unpacked(archive: str, data: bytes) -> dict[str, bytes]:
    try:
        with Archive(io.BytesIO(data)) as members:
            names = [name for name in members.names if not name.endswith("/") and "__MACOSX" not in name]
            if members.encrypted:
                raise UsageError(f"“{archive}” needs a password.", advice="Save it without a password.")
            if len(names) > MAXIMUM_FILES:
                raise UsageError(
                    f"“{archive}” contains more than {MAXIMUM_FILES} files.",
                    advice="Leave out what the manuscript does not use.",
                )
            contents, total = {}, 0
            for name in names:
                if _is_used(name):
                    contents[_checked_path(name)] = content = members.read(name, MAXIMUM_FILE)
                    total += len(content)
                    if total > MAXIMUM_UNPACKED:
                        raise _too_large(archive)
    except (ArchiveError, KeyError) as error:
        raise UsageError(f"“{archive}” cannot be opened: it is damaged or not a ZIP archive.") from error
    except LimitError as error:
        raise _too_large(archive) from error
    return _without_folder(contents)


def _is_used(name: str) -> bool:
    last = posixpath.basename(name.replace("\\", "/"))
    return not last.startswith((".", "~$")) and (last == PUBLICATION_FILE or _suffix(last) in (*MANUSCRIPTS, *IMAGES))


def _checked_path(name: str) -> str:
    """Return the path of a member of an archive if it cannot lead out of its folder.

    Raises:
        UsageError: It could.
    """
    parts = name.split("/")
    if len(parts) > 8 or not all(
        _PLAIN.fullmatch(part) and len(part) <= _NAME_LENGTH and not part.startswith(".") for part in parts
    ):
        raise UsageError(
            "A file in the ZIP archive has a name that is not accepted.",
            advice="Use letters, digits and hyphens in the names of images and folders.",
        )
    return name


def _without_folder(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Return the contents of an archive by their paths beside the manuscript."""
    folders = {posixpath.dirname(name) for name in contents if _suffix(name) in MANUSCRIPTS}
    folder = min(folders, key=len, default="")
    prefix = f"{folder}/" if folder else ""
    return {name.removeprefix(prefix): data for name, data in contents.items() if name.startswith(prefix)}


def _publication(contents: dict[str, bytes]) -> Upload:
    for name in contents:
        if name != PUBLICATION_FILE and _suffix(name) not in (*MANUSCRIPTS, *IMAGES):
            raise UsageError(
                f"“{name}” is not a manuscript or an image that can be read.",
                advice="Choose a Word (.docx), ODT, Markdown or HTML file, with images beside it if it has any, "
                "or a ZIP archive of these.",
            )
    manuscripts = list(_manuscripts(contents))
    if not manuscripts:
        raise UsageError("No manuscript was found.", advice="Choose a Word, ODT, Markdown or HTML file.")
    if len(manuscripts) > 1:
        names = " and ".join(f"“{name}”" for name in manuscripts[:2])
        raise UsageError(f"More than one manuscript: {names}.", advice="Bring one at a time.")
    name = manuscripts[0]
    images = {other: data for other, data in contents.items() if other != name}
    return Upload(shown_name(name), _suffix(name), contents[name], images)


def _manuscripts(contents: Mapping[str, bytes]) -> Iterator[str]:
    for name in contents:
        path = PurePosixPath(name)
        if path.suffix.lower() in MANUSCRIPTS and len(path.parts) == 1 and path.stem.lower() not in IGNORED:
            yield name


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _too_large(name: str) -> UsageError:
    return UsageError(
        f"“{name}” is too large.", advice=f"A file has at most {MAXIMUM_FILE // 1_000_000} MB, also when unpacked."
    )
