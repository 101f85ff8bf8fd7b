"""eBraille publications, of any program: a check for each requirement of eBraille 1.0.

What an eBraille publication has in common with an EPUB (links, notes, tables) is checked by the rules for EPUB.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.inspect.limits import LimitError
from exporter.validate import epub
from exporter.validate.ebraille import container, documents, metadata, navigation, stylesheets
from exporter.validate.ebraille.publication import Publication
from exporter.validate.ebraille.rules import RULES, UNREADABLE
from exporter.validate.validators import limit_repeats


def check(path: Path) -> tuple[Finding, ...]:
    """Check an eBraille publication."""
    from lxml import etree

    try:
        with Archive(path) as archive:
            own = limit_repeats(_check(Publication(archive, path.suffix)))
        return (*own, *epub.check(path))
    except LimitError as error:
        return (UNREADABLE.finding(str(error)),)
    except (KeyError, OSError, ValueError, etree.XMLSyntaxError) as error:
        reason = str(error).splitlines()[0].strip(" .,'") if str(error) else "it is damaged"
        return (UNREADABLE.finding(f"The file cannot be read: {reason}."),)


def _check(publication: Publication) -> Iterator[Finding]:
    for family in (container, metadata, documents, navigation, stylesheets):
        yield from family.check(publication)


__all__ = ["RULES", "check"]
