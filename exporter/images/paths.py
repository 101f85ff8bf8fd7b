"""From the name in the manuscript to a file inside the publication's folder, and to no other file."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from exporter.files import OutsideFolderError, open_regular
from exporter.images.limits import MAX_BYTES, MAX_FILES
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import LIMIT, MISSING, OUTSIDE, REMOTE, UNREADABLE

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DEEPEST = 6
_HELPED = 30
"""Missing pictures for which like names are looked for; comparing names takes time."""


class Folder:
    """The publication's folder: nothing outside it exists.

    Args:
        root: The folder; links inside it may point to its own files only.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._listings: dict[Path, dict[str, str]] = {}
        self._files: list[str] | None = None
        self._missed = 0

    def find(self, name: str) -> str:
        """Return the true name of the file that the manuscript calls `name`: a path from the folder, forward slashes.

        Letters may differ in case and in the way accents are stored; the caller compares.

        Raises:
            Refusal: The name leads out of the folder or to no file.
        """
        refuse_tricks(name)
        plain = unquote(name)
        if plain != name:
            refuse_tricks(plain, name)
        for spelling in dict.fromkeys((name, plain)):
            found = self._follow([part for part in spelling.split("/") if part not in ("", ".")])
            if found is not None:
                return found
        raise ImageRefusedError(MISSING, "is not in the publication's folder", self._advice(plain))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file that `find` gave.

        Raises:
            Refusal: It leads out of the folder through a link, is no ordinary file, too large, or may not be read.
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
                "Check that it is a file, that it is there, and that you may read it.",
            ) from error

    def _follow(self, parts: list[str]) -> str | None:
        folder, found = self.root, []
        for part in parts:
            true = self._true_name(folder, part)
            if true is None:
                return None
            folder /= true
            found.append(true)
        return "/".join(found) or None

    def _true_name(self, folder: Path, part: str) -> str | None:
        listing = self._listing(folder)
        return part if part in listing.values() else listing.get(_alike(part))

    def _listing(self, folder: Path) -> dict[str, str]:
        if folder not in self._listings:
            names: dict[str, str] = {}
            try:
                if folder.resolve().is_relative_to(self.root):
                    for entry in sorted(path.name for path in folder.iterdir()):
                        names.setdefault(_alike(entry), entry)
                        names.setdefault(entry, entry)
            except (OSError, RuntimeError):
                pass  # no folder, or none we may read: nothing is in it
            self._listings[folder] = names
        return self._listings[folder]

    def _advice(self, name: str) -> str:
        self._missed += 1
        near = self._near(name) if self._missed <= _HELPED else []
        if not near:
            return MISSING.advice
        return f"Did you mean {' or '.join(f'“{other}”' for other in near)}? {MISSING.advice}"

    def _near(self, name: str) -> list[str]:
        if self._files is None:
            self._files = sorted(self._walk())
        base = _alike(name.rpartition("/")[2])
        by_base: dict[str, list[str]] = {}
        for file in self._files:
            by_base.setdefault(_alike(file.rpartition("/")[2]), []).append(file)
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
            folders[:] = sorted(f for f in folders if not f.startswith(".")) if len(inside.parts) < _DEEPEST else []
            for file in sorted(files):
                if not file.lower().endswith((".md", ".toml", ".docx", ".html")):
                    yield (inside / file).as_posix()
                count += 1
                if count >= MAX_FILES:
                    return


def refuse_tricks(name: str, written: str = "") -> None:
    """Refuse a name that is no path inside a folder, on whatever system.

    Args:
        name: The name, as it is written or with its %-signs resolved.
        written: As it is written, when that differs.

    Raises:
        Refusal: An address, an absolute path, a way up, a drive, a backslash, a character that does not show.
    """
    hidden = " once its %-signs are resolved" if written else ""
    if not name.strip():
        raise ImageRefusedError(
            MISSING, "has no file name", "Write the name of the picture file between the round brackets."
        )
    if _DRIVE.match(name) and not _SCHEME.match(name):
        raise ImageRefusedError(OUTSIDE, f"names a drive of one computer{hidden}")
    if name.startswith(("//", "\\\\")):
        raise ImageRefusedError(REMOTE, f"names another computer{hidden}")
    if scheme := _SCHEME.match(name):
        return _refuse_scheme(scheme[0].lower(), hidden)
    if "\\" in name:
        raise ImageRefusedError(
            OUTSIDE, f"is written with backslashes{hidden}", "Write the path with forward slashes: img/chart.png."
        )
    if name.startswith(("/", "~")):
        raise ImageRefusedError(OUTSIDE, f"is an absolute path{hidden}")
    if ".." in name.split("/"):
        raise ImageRefusedError(OUTSIDE, f"leads up and out of the folder (..){hidden}")
    if _CONTROL.search(name):
        raise ImageRefusedError(
            OUTSIDE, f"holds characters that do not show{hidden}", "Rename the file and write its name anew."
        )
    if len(name) > 1000 or any(len(part.encode("utf-8", "replace")) > 255 for part in name.split("/")):
        raise ImageRefusedError(OUTSIDE, f"is longer than any file name{hidden}", "Give the file a shorter name.")
    return None


def _refuse_scheme(scheme: str, hidden: str) -> None:
    if scheme == "data:":
        raise ImageRefusedError(REMOTE, f"stands inside the manuscript as a data: address{hidden}")
    if scheme == "file:":
        raise ImageRefusedError(OUTSIDE, f"names a file of one computer (file:){hidden}")
    raise ImageRefusedError(REMOTE, f"is an address ({scheme}){hidden}, and nothing is fetched from the network")


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def differs_in_case(written: str, true: str) -> bool:
    """Return whether two names that `find` took for the same differ in more than the storing of accents and `./`."""
    parts = [part for part in written.split("/") if part not in ("", ".")]
    spellings = ("/".join(parts), unquote("/".join(parts)))
    return unicodedata.normalize("NFC", true) not in {unicodedata.normalize("NFC", spelling) for spelling in spellings}
