"""Staging of files: all are copied from the store under temporary names, then each is renamed atomically.

No file is ever partly written, whenever the process is killed; until all are staged, the folder is unchanged. The files
of a publication are renamed all at once (see `publication_folder`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from exporter.errors import DamagedObjectError, OutputError
from exporter.pipeline.context import RunContext
from exporter.pipeline.file_lock import locked_folder
from exporter.pipeline.file_writing import TEMPORARY, replace_file, temporary_file
from exporter.pipeline.outcomes import PublishedFile
from exporter.pipeline.storage.results import StoredObject
from exporter.pipeline.storage.store import Store

_MODE = 0o644
"""Published files are readable by all users; the store is not."""
_MODE_OF_NEW = 0o666
"""That of any new file, from which the system takes the `umask`."""
_CHUNK = 1 << 20
_HOUR = 3600


def publish_files(
    context: RunContext, folder: Path, files: Mapping[str, StoredObject], obsolete: Iterable[str] = ()
) -> tuple[PublishedFile, ...]:
    """Publish files in an existing folder; a file that already has the right content is not changed.

    Args:
        context: The run, with the store that holds them.
        folder: Their destination.
        files: By name, in the order of publication.
        obsolete: Names of files to remove before the last file is renamed.

    Raises:
        OutputError: A folder has the name of a file; nothing has changed.
        DamagedObjectError: A file of the store is damaged; nothing has changed.
        OSError: The folder cannot be written.
    """
    with swept_folder(folder):
        changed = changed_files(context, folder, files)
        with ExitStack() as stack:
            staged = {name: stack.enter_context(temporary_file(folder)) for name in changed}
            for name, path in staged.items():
                copy_object(context.store, files[name].digest, path)
            for position, (name, path) in enumerate(staged.items(), 1):
                if position == len(staged):
                    _remove(folder, obsolete)
                written = path.stat().st_ino
                path.replace(folder / name)
                # Where folders have no locks, another export may have replaced it in the meantime.
                if (folder / name).stat().st_ino == written:
                    context.fingerprints.remember(folder / name, files[name].digest)
            _remove(folder, obsolete)
    return tuple(PublishedFile(name, output, name in staged) for name, output in files.items())


def changed_files(context: RunContext, folder: Path, files: Mapping[str, StoredObject]) -> tuple[str, ...]:
    """Return the names of files that a folder does not contain with the right content.

    Raises:
        OutputError: A folder has the name of a file.
    """
    changed = []
    for name, output in files.items():
        target = folder / name
        if not target.is_symlink() and context.fingerprints.holds(target, output.digest, folder):
            continue
        if target.is_dir() and not target.is_symlink():
            raise OutputError(f"“{target}” is a folder, but must be a file.", advice="Move or rename it.")
        changed.append(name)
    return tuple(changed)


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)


def replace_if_changed(target: Path, data: bytes) -> bool:
    """Replace a file in an existing folder at once; return whether its content has changed.

    Raises:
        OutputError: Another export has locked the folder for minutes.
        OSError: The folder or the file cannot be written.
    """
    if target.is_file() and target.read_bytes() == data:
        return False
    with swept_folder(target.parent):
        replace_file(target, data, mode=_MODE_OF_NEW)
    return True


def copy_object(store: Store, digest: str, target: Path) -> None:
    """Copy an object of the store to a file that does not exist yet.

    Raises:
        DamagedObjectError: It is absent or damaged.
        OSError: The file cannot be written.
    """
    stored = store.path(digest)
    if not (stored.is_file() and _copy(stored, target, digest)):
        store.discard(digest)
        raise DamagedObjectError(digest)


def _copy(source: Path, target: Path, digest: str) -> bool:
    """Copy a file; return whether its content has the digest expected."""
    actual = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with source.open("rb") as original, os.fdopen(descriptor, "wb") as copy:
        while chunk := original.read(_CHUNK):
            actual.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return actual.hexdigest() == digest


@contextmanager
def swept_folder(folder: Path) -> Iterator[bool]:
    """Lock a folder and remove the staged files of killed runs; yield whether it is locked.

    Where folders have no locks, recent files may belong to a run that is active, and stay.
    """
    with locked_folder(folder) as is_locked:
        for path in folder.iterdir():
            if TEMPORARY.fullmatch(path.name):
                with suppress(OSError):
                    if is_locked or path.stat().st_mtime < time.time() - _HOUR:
                        path.unlink()
        yield is_locked
