"""Changes written into manuscripts, and the list of their images."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from exporter.errors import ExporterError
from exporter.pipeline import direct_reading
from exporter.revise import Change, history, revise
from exporter.revise.carry_over import carried_over
from exporter.service.pictures import PictureRow, pictures


def apply_changes(manuscript: Path, changes: Sequence[Change]) -> tuple[str, ...]:
    """Write changes into a manuscript; return why some were not made, in sentences."""
    if not changes:
        return ()
    try:
        revision = revise(manuscript, changes)
        history.write(revision)
    except ExporterError as error:
        return (str(error),)
    return tuple(result.reason for result in revision.results if not result.is_applied)


def keep_fixes(manuscript: Path, before: bytes, fixed: bytes) -> int:
    """Write the fixes of the version before into a newer one; return their number.

    Args:
        manuscript: The newer version.
        before: The version before, as it was brought.
        fixed: The same with the fixes.
    """
    try:
        versions = [direct_reading.read(manuscript, data) for data in (before, fixed, direct_reading.load(manuscript))]
    except ExporterError:
        return 0  # what cannot be read has no fixes, and the check says why
    changes = carried_over(*versions)
    return len(changes) - len(apply_changes(manuscript, changes))


def picture_rows(manuscript: Path) -> tuple[PictureRow, ...]:
    """Return the images of a manuscript; none if it cannot be read."""
    state = manuscript.stat()
    return _picture_rows(manuscript, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _picture_rows(manuscript: Path, _changed: int, _size: int) -> tuple[PictureRow, ...]:
    try:
        return pictures(manuscript)
    except ExporterError:
        return ()
