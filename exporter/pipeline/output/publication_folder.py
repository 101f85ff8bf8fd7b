"""The folder of a publication in the output folder, all of whose files are replaced by one rename.

The new folder is prepared beside it, with the files that have changed and links to all others. Then the two exchange
their names: whenever exporter is killed, the files are all of this export or all of the one before. What was in the
old folder is removed. Where the system cannot exchange folders, each file is renamed (see `staging`).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from exporter.pipeline.context import RunContext
from exporter.pipeline.file_lock import locked_folder
from exporter.pipeline.outcomes import PublishedFile
from exporter.pipeline.output.staging import changed_files, copy_object, publish_files, swept_folder
from exporter.pipeline.storage.results import StoredObject

_STAGE = re.compile(r"\.(.+)\.exporter-tmp")
"""Name of a folder that is being prepared, with the name of the one that it is to replace."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_RENAME_SWAP = 2


def publish_folder(
    context: RunContext, folder: Path, files: Mapping[str, StoredObject], obsolete: Iterable[str] = ()
) -> tuple[PublishedFile, ...]:
    """Publish the files of a publication; a file that already has the right content is not changed.

    Other files in the folder stay.

    Args:
        context: The run, with the store that holds them.
        folder: Their destination, inside the output folder; created if necessary.
        files: By name; where the system cannot exchange folders, in the order of publication.
        obsolete: Names of files to remove.

    Raises:
        OutputError: A folder has the name of a file, or another export has locked the output folder for minutes.
        DamagedObjectError: A file of the store is damaged; nothing has changed.
        OSError: The folder cannot be written.
    """
    with locked_folder(folder.resolve().parent) as is_locked:
        folder.mkdir(exist_ok=True)
        if is_locked:
            target = folder.resolve()
            # Those of other publications are removed once a run, not for each of thousands.
            _remove_left(_stage_of(target), target)
            with swept_folder(folder):
                obsolete = [name for name in obsolete if (folder / name).is_file()]
                changed = changed_files(context, folder, files)
                is_current = not (changed or obsolete)
                if is_current or _replace(context, folder, {name: files[name] for name in changed}, obsolete):
                    return tuple(PublishedFile(name, output, name in changed) for name, output in files.items())
        return publish_files(context, folder, files, obsolete)


@contextmanager
def swept_output(output: Path) -> Iterator[bool]:
    """Lock an output folder and remove what killed runs have left in it; yield whether it is locked."""
    with swept_folder(output) as is_locked:
        for stage in output.iterdir() if is_locked else ():
            if match := _STAGE.fullmatch(stage.name):
                _remove_left(stage, output / match[1])
        yield is_locked


def _stage_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.exporter-tmp")


def _remove_left(stage: Path, target: Path) -> None:
    """Remove a folder that a killed run has left, if there is one."""
    if _is_folder(stage):
        with suppress(OSError):
            _remove(stage, target)


def _replace(context: RunContext, folder: Path, files: Mapping[str, StoredObject], obsolete: Iterable[str]) -> bool:
    """Replace a folder by one with other files; return whether the system can."""
    target = folder.resolve()
    stage = _stage_of(target)
    try:
        stage.mkdir()
    except (PermissionError, FileExistsError):
        return False
    try:
        for name, output in files.items():
            copy_object(context.store, output.digest, stage / name)
        leaving = {*files, *obsolete}
        staying = [path.name for path in target.iterdir() if path.name not in leaving]
        if not (_link(target, stage, staying) and _exchange(stage, target)):
            return False
        for name, output in files.items():
            context.fingerprints.remember(folder / name, output.digest)
        for path in list(stage.iterdir()):
            # A folder has no second name, and a file may have been added in the meantime.
            if path.name not in leaving and not os.path.lexists(target / path.name):
                path.rename(target / path.name)
        return True
    finally:
        with suppress(OSError):
            _remove(stage, target)


def _link(target: Path, stage: Path, names: Iterable[str]) -> bool:
    """Copy the rights of a folder to the new one, and link its files into it; return whether the system can."""
    try:
        for name in names:
            path = target / name
            if not _is_folder(path):
                os.link(path, stage / name, follow_symlinks=False)
            elif path.is_mount() or not os.access(path, os.W_OK):
                return False
        shutil.copystat(target, stage)
        os.chown(stage, -1, target.stat().st_gid)
        os.utime(stage)
    except OSError:
        return False
    return True


def _exchange(stage: Path, target: Path) -> bool:
    """Exchange the names of two folders (renameat2(2); renamex_np(2) of macOS); return whether the system can."""
    if sys.platform == "win32":
        return False
    import ctypes

    library, names = ctypes.CDLL(None), (os.fsencode(stage), os.fsencode(target))
    if sys.platform == "darwin":
        return bool(library.renamex_np(*names, _RENAME_SWAP) == 0)
    if not hasattr(library, "renameat2"):
        return False
    return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _remove(stage: Path, target: Path) -> None:
    """Remove a folder that was prepared or replaced; folders inside are those of the user, and go back."""
    for path in list(stage.iterdir()):
        if _is_folder(path):
            path.rename(target / path.name)
        else:
            path.unlink()
    stage.rmdir()


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
