"""Resolution of image paths to files inside the publication's folder."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from exporter.files import OutsideFolderError, has_readable_name, open_regular
from exporter.images.limits import MAX_BYTES, MAX_FILES
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import LIMIT, MISSING, OUTSIDE, REMOTE, UNREADABLE

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MAX_DEPTH = 6
_MAX_SUGGESTIONS = 30
"""Missing images for which similar names are searched, as comparing names takes time."""


class Folder:
    """The publication's folder; files outside of it are refused.

    Args:
        root: The folder; symbolic links inside it may only point to its own files.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._listings: dict[Path, dict[str, str]] = {}
        self._files: list[str] | None = None
        self._missing = 0

    def find(self, name: str) -> str:
        """Return the actual path of a file from its written path: from the folder, with forward slashes.

        It may differ in case and in Unicode normalisation, which the caller compares.

        Raises:
            ImageRefusedError: The path leads out of the folder, or there is no such file.
        """
        refuse_unsafe(name)
        unquoted = unquote(name)
        if unquoted != name:
            refuse_unsafe(unquoted, name)
        for spelling in dict.fromkeys((name, unquoted)):
            path = self._resolve([part for part in spelling.split("/") if part not in ("", ".")])
            if path is not None:
                return path
        raise ImageRefusedError(MISSING, "is not in the publication's folder", self._advice(unquoted))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file with the path that `find` returned.

        Raises:
            ImageRefusedError: It is outside of the folder, not a regular file, too large, or cannot be read.
        """
        path = self.root / name
        try:
            with open_regular(path, self.root) as file:
                size = os.fstat(file.fileno()).st_size
                if size > MAX_BYTES:
                    raise ImageRefusedError(LIMIT, f"has {size / 1e6:,.0f} MB")
                return file.read(MAX_BYTES + 1)
        except OutsideFolderError as error:
            raise ImageRefusedError(OUTSIDE, "is a link that leads out of the publication's folder") from error
        except OSError as error:
            raise ImageRefusedError(
                UNREADABLE,
                f"cannot be opened ({error.strerror})",
                "Check that it exists, that it is a file, and that you have permission to read it.",
            ) from error

    def _resolve(self, parts: list[str]) -> str | None:
        folder, names = self.root, []
        for part in parts:
            name = self._actual_name(folder, part)
            if name is None:
                return None
            folder /= name
            names.append(name)
        return "/".join(names) or None

    def _actual_name(self, folder: Path, part: str) -> str | None:
        listing = self._listing(folder)
        return part if part in listing.values() else listing.get(_comparison_key(part))

    def _listing(self, folder: Path) -> dict[str, str]:
        if folder not in self._listings:
            names: dict[str, str] = {}
            try:
                if folder.resolve().is_relative_to(self.root):
                    for entry in sorted(path.name for path in folder.iterdir() if has_readable_name(path)):
                        names.setdefault(_comparison_key(entry), entry)
                        names.setdefault(entry, entry)
            except (OSError, RuntimeError):
                pass  # not a folder or not readable: treated as empty
            self._listings[folder] = names
        return self._listings[folder]

    def _advice(self, name: str) -> str:
        self._missing += 1
        similar = self._similar(name) if self._missing <= _MAX_SUGGESTIONS else []
        if not similar:
            return MISSING.advice
        return f"Did you mean {' or '.join(f'“{other}”' for other in similar)}? {MISSING.advice}"

    def _similar(self, name: str) -> list[str]:
        if self._files is None:
            self._files = sorted(self._walk())
        base = _comparison_key(name.rpartition("/")[2])
        by_base: dict[str, list[str]] = {}
        for file in self._files:
            by_base.setdefault(_comparison_key(file.rpartition("/")[2]), []).append(file)
        if base in by_base:
            return by_base[base][:3]
        stem = base.rpartition(".")[0] or base
        same_stem = [files[0] for other, files in by_base.items() if (other.rpartition(".")[0] or other) == stem]
        close = difflib.get_close_matches(base, by_base, 3, 0.75)
        return list(dict.fromkeys((*same_stem, *(by_base[other][0] for other in close))))[:3]

    def _walk(self) -> Iterator[str]:
        count = 0
        for folder, folders, files in os.walk(self.root):
            inside = Path(folder).relative_to(self.root)
            folders[:] = sorted(f for f in folders if not f.startswith(".")) if len(inside.parts) < _MAX_DEPTH else []
            for file in sorted(files):
                if not file.lower().endswith((".md", ".toml", ".docx", ".html")) and has_readable_name(
                    Path(folder, file)
                ):
                    yield (inside / file).as_posix()
                count += 1
                if count >= MAX_FILES:
                    return


def refuse_unsafe(name: str, written: str = "") -> None:
    """Refuse a name that is not a relative path inside a folder, on any operating system.

    Args:
        name: The name, as written or with its percent-encoding resolved.
        written: The name as written, if it differs.

    Raises:
        ImageRefusedError: It is a URL or an absolute path, or has “..”, a drive, a backslash or an invisible character.
    """
    hidden = " after resolving its percent signs" if written else ""
    if not name.strip():
        raise ImageRefusedError(
            MISSING, "has no file name", "Write the name of the image file between the round brackets."
        )
    if _DRIVE.match(name) and not _SCHEME.match(name):
        raise ImageRefusedError(OUTSIDE, f"is on a drive of one computer{hidden}")
    if name.startswith(("//", "\\\\")):
        raise ImageRefusedError(REMOTE, f"is on another computer{hidden}")
    if scheme := _SCHEME.match(name):
        return _refuse_scheme(scheme[0].lower(), hidden)
    if "\\" in name:
        raise ImageRefusedError(
            OUTSIDE, f"is written with backslashes{hidden}", "Write the path with forward slashes: img/chart.png."
        )
    if name.startswith(("/", "~")):
        raise ImageRefusedError(OUTSIDE, f"is an absolute path{hidden}")
    if ".." in name.split("/"):
        raise ImageRefusedError(OUTSIDE, f"is outside of the folder (..){hidden}")
    if _CONTROL.search(name):
        raise ImageRefusedError(
            OUTSIDE, f"has invisible characters{hidden}", "Rename the file and write its name again."
        )
    if len(name) > 1000 or any(len(part.encode("utf-8", "replace")) > 255 for part in name.split("/")):
        raise ImageRefusedError(OUTSIDE, f"is longer than any file name{hidden}", "Give the file a shorter name.")
    return None


def _refuse_scheme(scheme: str, hidden: str) -> None:
    if scheme == "data:":
        raise ImageRefusedError(REMOTE, f"is embedded in the manuscript as a data: URL{hidden}")
    if scheme == "file:":
        raise ImageRefusedError(OUTSIDE, f"is a file of one computer (file:){hidden}")
    raise ImageRefusedError(REMOTE, f"is a web address ({scheme}){hidden}; nothing is loaded from the network")


def _comparison_key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def differs_in_case(written: str, actual: str) -> bool:
    """Return whether a written and an actual path differ in more than Unicode normalisation and `./`."""
    parts = [part for part in written.split("/") if part not in ("", ".")]
    spellings = ("/".join(parts), unquote("/".join(parts)))
    return unicodedata.normalize("NFC", actual) not in {
        unicodedata.normalize("NFC", spelling) for spelling in spellings
    }
