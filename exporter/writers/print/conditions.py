"""Printing conditions: which inks on which paper, as registered with the ICC, and where their profiles lie."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exporter.writers.pdf.options import PageSize

if TYPE_CHECKING:
    from exporter.writers.print import Options

INSTALL = "sudo apt-get install --no-install-recommends ghostscript colord-data"


class Stock(StrEnum):
    """Paper and press."""

    AUTO = "auto"
    """Coated: in the United States for letter, elsewhere by ISO 12647-2."""
    COATED = "coated"
    UNCOATED = "uncoated"
    US_COATED = "us-coated"
    US_WEB = "us-web"


class Registered(NamedTuple):
    """A characterisation registered at color.org."""

    identifier: str
    """OutputConditionIdentifier (ISO 15930-7, 6.2.2)."""
    words: str
    profile: str
    """File of Debian's `colord-data`."""
    limit: int
    """Total ink in per cent that the paper bears."""


REGISTERED = {
    Stock.COATED: Registered("FOGRA39", "Offset on coated paper, ISO 12647-2, types 1 and 2", "FOGRA39L_coated", 330),
    Stock.UNCOATED: Registered("FOGRA47", "Offset on uncoated paper, ISO 12647-2, type 4", "FOGRA47L_uncoated", 300),
    Stock.US_COATED: Registered("CGATS TR 006", "GRACoL, offset on coated paper", "GRACoL_TR006_coated", 320),
    Stock.US_WEB: Registered("CGATS TR 003", "SWOP, web offset on coated paper, grade 3", "SWOP_TR003_coated_3", 300),
}


class Condition(NamedTuple):
    """A printing condition on this machine."""

    registered: Registered
    program: Path | None
    """Ghostscript."""
    profile: Path | None

    @property
    def ready(self) -> bool:
        """Whether pages can be converted here."""
        return self.program is not None and self.profile is not None


def condition(options: Options) -> Condition:
    """Give the condition that the options ask for."""
    stock = options.paper
    if stock is Stock.AUTO:
        stock = Stock.US_COATED if options.page_size is PageSize.LETTER else Stock.COATED
    registered = REGISTERED[stock]
    program = shutil.which("gs")
    return Condition(registered, Path(program) if program else None, _find(f"{registered.profile}.icc"))


def _find(name: str) -> Path | None:
    """Look for a profile where the XDG Base Directory Specification has shared data lie."""
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in filter(os.path.isabs, folders.split(os.pathsep)):
        path = Path(folder) / "color" / "icc" / "colord" / name
        if path.is_file():
            return path
    return None
