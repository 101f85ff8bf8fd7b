"""The settings that are not those of one edition."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

PUBLICATION_FILE = "publication.toml"
"""Settings of one publication, beside its manuscript."""
HOUSE_FILE = "house.toml"
"""Settings of the publishing house, in the folder of styles."""


class Gate(StrEnum):
    """What findings about a publication do to its export."""

    ERROR = "error"
    """Errors stop it: nothing of the publication is let out but its report."""
    WARNING = "warning"
    """Nothing stops it; the report says so and lists what was found."""
    OFF = "off"
    """Neither the manuscript nor its editions are checked; everything is let out, and the report says so."""


class Validators(StrEnum):
    """Who checks finished editions."""

    INSTALLED = "installed"
    """Our own checks, and each outside validator that is installed."""
    OWN = "own"
    """Our own checks alone; the report says that the others were not asked."""


Seconds = Annotated[float, msgspec.Meta(gt=0)]


class ExportSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[export]`."""

    editions: tuple[str, ...] = ()
    """Names of the editions to make when the command line names none; empty: all."""
    time_limit: Seconds = 3600.0
    """Seconds after which one edition is given up."""
    read_limit: Seconds = 120.0
    """Seconds after which reading or checking one manuscript is given up."""
    check_limit: Seconds = 900.0
    """Seconds after which checking one edition, or comparing it with the manuscript, is given up."""
    validators: Validators = Validators.INSTALLED
    """Who checks the editions: `installed`, or `own` for the exporter's own checks alone."""
