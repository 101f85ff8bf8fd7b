"""The states of a manuscript before its revisions, in a folder beside it, and their restoration."""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.errors import OutputError, UsageError
from exporter.files import read_regular
from exporter.pipeline.checked_copy import check_not_open
from exporter.pipeline.file_writing import replace_file, writing
from exporter.revise.fixes import kind_of
from exporter.revise.revision import Revision

FOLDER = ".exporter-originals"
"""Beside the manuscript; `<manuscript>/<number>/<file>` is a file as it was before a revision, from 1."""
_INDEX = "state.json"
_MOST = 100
"""States that are kept: the original and the last ones."""
_CHANGED_ADVICE = "Read it again, and make the changes in it."


class EarlierState(msgspec.Struct, frozen=True):
    """The state of the files before a revision."""

    number: int
    """From 1, which is the original."""
    date: datetime.datetime
    """When it was replaced."""
    files: tuple[str, ...]
    """Names of the files that it contains: the manuscript, `publication.toml`."""
    absent: tuple[str, ...] = ()
    """Names of files that did not exist."""
    changes: Mapping[str, int] = {}
    """What was changed in the state after it: the number of fixes by kind (`fixes.kind_of`), `version` if it was
    brought as a newer version, `restored` if it is an earlier one again."""
    modified: datetime.datetime | None = None
    """When its files were last written, by exporter or another program; None if it is not known."""


def write(revision: Revision) -> EarlierState | None:
    """Replace the files by those of a revision, keep the earlier ones, and return their state; None if nothing differs.

    Raises:
        OutputError: A file has changed since it was read, is open in a word processor, or cannot be written.
    """
    if not revision.files:
        return None
    folder = revision.manuscript.parent
    for name, before in revision.before.items():
        if _content(folder / name) != before:
            raise OutputError(f"“{name}” was not changed: another program has changed it.", advice=_CHANGED_ADVICE)
    applied = Counter(kind_of(result.change) for result in revision.results if result.is_applied)
    return _replace(revision.manuscript, revision.files, applied or {"version": 1})


def states(manuscript: Path) -> tuple[EarlierState, ...]:
    """Return the earlier states of a manuscript, the oldest first."""
    earlier: list[EarlierState] = []
    for index in _folder(manuscript).glob(f"*/{_INDEX}"):
        try:
            earlier.append(msgspec.json.decode(read_regular(index), type=EarlierState))
        except (OSError, msgspec.MsgspecError):
            continue  # a folder that was not written to its end, or not by exporter
    return tuple(sorted(earlier, key=lambda state: state.number))


def restore(manuscript: Path, number: int) -> EarlierState:
    """Return the manuscript and its settings to an earlier state, and return the state that this replaced.

    The state that is replaced becomes an earlier one, too, so that nothing is lost.

    Raises:
        UsageError: There is no such state.
        OutputError: A file is open in a word processor, or cannot be written.
    """
    state = next((state for state in states(manuscript) if state.number == number), None)
    if state is None:
        numbers = ", ".join(str(state.number) for state in states(manuscript)) or "none"
        raise UsageError(f"“{manuscript.name}” has no earlier state {number}.", advice=f"States: {numbers}.")
    source = _folder(manuscript) / str(number)
    allowed = (manuscript.name, PUBLICATION_FILE)
    files: dict[str, bytes | None] = dict.fromkeys(name for name in state.absent if name in allowed)
    with writing(source, "The earlier state"):
        files |= {name: read_regular(source / name) for name in state.files if name in allowed}
    return _replace(manuscript, files, {"restored": 1})


def last_modified(manuscript: Path) -> datetime.datetime | None:
    """Return when a manuscript or its settings were last written, or None if it is gone."""
    paths = (manuscript, manuscript.with_name(PUBLICATION_FILE))
    seconds = max((path.stat().st_mtime for path in paths if path.exists()), default=None)
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def _folder(manuscript: Path) -> Path:
    return manuscript.parent / FOLDER / manuscript.name


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file, or None if it does not exist."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None


def _replace(manuscript: Path, files: Mapping[str, bytes | None], changes: Mapping[str, int]) -> EarlierState:
    """Keep the manuscript and its settings, and replace files; those without content are deleted."""
    folder = manuscript.parent
    for name in files:
        check_not_open(folder / name, "changed")
    with writing(manuscript, "The manuscript"):
        # All states contain both files, so that each of them can be restored alone.
        state = _keep(manuscript, (manuscript.name, PUBLICATION_FILE), changes)
        for name, content in sorted(files.items(), key=lambda item: item[0] == manuscript.name):
            path = folder / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
                replace_file(path.resolve(), content, mode=mode)
    return state


def _keep(manuscript: Path, names: Iterable[str], changes: Mapping[str, int]) -> EarlierState:
    """Copy files into the folder of earlier states; the index comes last, so that a part of a state is none."""
    folder = _folder(manuscript)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
    number = max(numbers, default=0) + 1
    target = folder / str(number)
    target.mkdir()
    contents = {name: _content(manuscript.parent / name) for name in names}
    try:
        for name, content in contents.items():
            if content is not None:
                replace_file(target / name, content, mode=0o644)
        state = EarlierState(
            number,
            datetime.datetime.now(datetime.UTC),
            tuple(name for name, content in contents.items() if content is not None),
            tuple(name for name, content in contents.items() if content is None),
            changes,
            last_modified(manuscript),
        )
        replace_file(target / _INDEX, msgspec.json.encode(state), mode=0o644)
        for earlier in states(manuscript)[1 : 1 - _MOST]:
            shutil.rmtree(folder / str(earlier.number), ignore_errors=True)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return state
