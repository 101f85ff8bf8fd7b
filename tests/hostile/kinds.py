"""All kinds by name."""

from __future__ import annotations

from tests.hostile import (
    finished,
    finished_pdfs,
    finished_recordings,
    manuscripts,
    office_files,
    pages,
    pictures,
    rasters,
    settings,
    uploads,
    word_files,
)
from tests.hostile.kind import Kind

_MODULES = (
    *(manuscripts, pages, word_files, office_files, pictures, rasters, settings, uploads),
    *(finished, finished_pdfs, finished_recordings),
)
KINDS: dict[str, Kind] = {name: kind for module in _MODULES for name, kind in module.KINDS.items()}
