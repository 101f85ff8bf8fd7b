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
    """What findings about a manuscript do to its export."""

    ERROR = "error"
    """Errors stop it."""
    WARNING = "warning"
    """Nothing stops it; the report says so and lists what was found."""
    OFF = "off"
    """The manuscript is not checked; the report says so."""


Seconds = Annotated[float, msgspec.Meta(gt=0)]


class ExportSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[export]`."""

    editions: tuple[str, ...] = ()
    """Names of the editions to make when the command line names none; empty: all."""
    time_limit: Seconds = 3600.0
    """Seconds after which one edition is given up."""
    read_limit: Seconds = 120.0
    """Seconds after which reading or checking one manuscript is given up."""
