"""Printing conditions: which inks on which paper, as registered with the ICC, and where their profiles lie."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exporter.installation import which
from exporter.writers.pdf.options import PageSize

if TYPE_CHECKING:
    from exporter.writers.print import Options

PROGRAM = "gs"
REGISTRY = "http://www.color.org"


class Stock(StrEnum):
    """Paper and press."""

    AUTO = "auto"
    """Coated: in the United States for letter, elsewhere by ISO 12647-2."""
    COATED = "coated"
    UNCOATED = "uncoated"
    LIGHT = "light"
    """Light-weight coated paper of magazines."""
    NEWSPRINT = "newsprint"
    US_COATED = "us-coated"
    US_WEB = "us-web"


class Registered(NamedTuple):
    """A characterisation registered at color.org, or what stands for one."""

    identifier: str
    """OutputConditionIdentifier (ISO 15930-7, 6.2.2)."""
    words: str
    profile: str
    """File of Debian's `colord-data`."""
    limit: int
    """Total area coverage that the paper can dry, in per cent."""


REGISTERED = {
    Stock.COATED: Registered("FOGRA39", "Offset on coated paper, ISO 12647-2, types 1 and 2", "FOGRA39L_coated", 330),
    Stock.UNCOATED: Registered("FOGRA47", "Offset on uncoated paper, ISO 12647-2, type 4", "FOGRA47L_uncoated", 300),
    Stock.LIGHT: Registered("FOGRA45", "Web offset on light-weight coated paper, type 3", "FOGRA45L_lwc", 300),
    Stock.NEWSPRINT: Registered("IFRA26", "Coldset offset on newsprint, ISO 12647-3", "IFRA26S_2004_newsprint", 240),
    Stock.US_COATED: Registered("CGATS TR 006", "GRACoL, offset on coated paper", "GRACoL_TR006_coated", 320),
    Stock.US_WEB: Registered("CGATS TR 003", "SWOP, web offset on coated paper, grade 3", "SWOP_TR003_coated_3", 300),
}


class Condition(NamedTuple):
    """A printing condition on this machine."""

    registered: Registered
    program: Path | None
    """Ghostscript."""
    profile: Path | None
    own: bytes = b""
    """The printer's own profile, instead of a registered one."""
    limit: int | None = None
    """Total ink in per cent that the settings allow; None is the limit of the paper."""

    @property
    def ready(self) -> bool:
        """Whether pages can be converted here."""
        return self.program is not None and (bool(self.own) or self.profile is not None)

    @property
    def most(self) -> int:
        """Total ink in per cent that no place may exceed."""
        return self.limit or self.registered.limit

    def icc(self) -> bytes:
        """Return the bytes of the profile; the condition is ready."""
        if self.own:
            return self.own
        assert self.profile is not None
        return self.profile.read_bytes()


def condition(options: Options, files: Mapping[str, bytes] | None = None) -> Condition:
    """Return the condition that the options ask for.

    Args:
        options: The settings.
        files: Files that they name, by that name; a profile is not looked at without them.

    Raises:
        SettingsError: The profile that the options name is none of a press.
    """
    program = which(PROGRAM)
    tool = Path(program) if program else None
    if options.profile and files is not None:
        from exporter.writers.print import profile

        own = profile.read(files[options.profile], options.profile)
        registered = Registered("Custom", own.words, options.profile, own.limit)
        return Condition(registered, tool, None, own.data, options.ink_limit)
    stock = options.paper
    if stock is Stock.AUTO:
        stock = Stock.US_COATED if options.page_size is PageSize.LETTER else Stock.COATED
    registered = REGISTERED[stock]
    return Condition(registered, tool, find_profile(registered), limit=options.ink_limit)


def find_profile(registered: Registered) -> Path | None:
    """Look for the profile of a characterisation where the XDG Base Directory Specification has shared data lie."""
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in filter(os.path.isabs, folders.split(os.pathsep)):
        path = Path(folder) / "color" / "icc" / "colord" / f"{registered.profile}.icc"
        if path.is_file():
            return path
    return None
