"""EPUBs: what the W3C's EPUBCheck does not see."""

from __future__ import annotations

import zipfile
from pathlib import Path

from exporter.findings import Finding
from exporter.validate.bombs import BombError
from exporter.validate.epub import rules
from exporter.validate.epub.overlays import check as check_overlays


def check(path: Path) -> tuple[Finding, ...]:
    """Give everything that is found in an EPUB; a file that cannot be read is one finding."""
    from lxml import etree

    try:
        return check_overlays(path)
    except BombError as error:
        return (rules.UNREADABLE.finding(str(error)),)
    except (
        *(KeyError, OSError, ValueError, AttributeError, NotImplementedError, RuntimeError),
        *(zipfile.BadZipFile, etree.XMLSyntaxError),
    ) as error:
        said = str(error).splitlines()[0].rstrip(" .,") if str(error) else type(error).__name__
        return (rules.UNREADABLE.finding(f"The file cannot be read: {said}."),)


__all__ = ["check", "check_overlays"]
