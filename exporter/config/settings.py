"""Settings of exports."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

PUBLICATION_FILE = "publication.toml"
"""Settings of a publication, next to its manuscript."""
HOUSE_FILE = "house.toml"
"""Settings of the publisher, in the folder of styles."""


class GateLevel(StrEnum):
    """Effect of findings on the export of a publication."""

    ERROR = "error"
    """Errors block publication; only the report is published."""
    WARNING = "warning"
    """Findings are only reported."""
    OFF = "off"
    """Neither the manuscript nor its editions are checked; everything is published, and the report says so."""


class Validators(StrEnum):
    """Validators of finished editions."""

    INSTALLED = "installed"
    """Built-in checks and all installed external validators."""
    OWN = "own"
    """Built-in checks only; the report says that external validators were skipped."""


Seconds = Annotated[float, msgspec.Meta(gt=0)]


class ExportSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[export]`."""

    editions: tuple[str, ...] = ()
    """Editions to write if the command line gives none; empty for all."""
    time_limit: Seconds | None = None
    """Timeout of writing an edition, in seconds; None: it follows from the size of the publication."""
    read_limit: Seconds = 120.0
    """Timeout of reading or checking a manuscript, in seconds."""
    check_limit: Seconds = 900.0
    """Timeout of checking an edition or comparing it with the manuscript, in seconds."""
    validators: Validators = Validators.INSTALLED
    """Validators of the editions: `installed`, or `own` for the built-in checks only."""
    guess_headings: bool = False
    """Whether lines that only look like headings are read as such: bold ones, and in Word large ones and a title."""
