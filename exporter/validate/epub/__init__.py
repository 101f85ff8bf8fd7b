"""Any EPUB, ours or not: what EPUBCheck and Ace do not see, and the most of what Ace sees, for where it is missing.

Sources: EPUB 3.3, EPUB Accessibility 1.1, DPUB-ARIA 1.1, WCAG 2.2.
"""

from __future__ import annotations

from pathlib import Path

from exporter.findings import Finding, Rule
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError
from exporter.inspect.xml import NotXmlError
from exporter.validate import html
from exporter.validate.epub import claims, hazards, navigation, notes, rules
from exporter.validate.epub.overlays import check as check_overlays
from exporter.validate.epub.package import Package
from exporter.validate.epub.publication import Publication

RULES: tuple[Rule, ...] = (*rules.RULES, *html.RULES, *navigation.RULES, *notes.RULES, *claims.RULES, *hazards.RULES)


def check(path: Path) -> tuple[Finding, ...]:
    """Return everything that is findings in an EPUB; a file that cannot be read is one finding."""
    from lxml import etree

    try:
        findings = check_documents(path)
        try:
            return (*findings, *check_overlays(path))
        except (etree.XMLSyntaxError, NotXmlError) as error:
            why = str(error).partition(" (<string>")[0]
            return (*findings, rules.MALFORMED.finding(f"An overlay cannot be read: {why}."))
    except LimitError as error:
        return (rules.UNREADABLE.finding(str(error)),)
    except (
        *(KeyError, OSError, ValueError, AttributeError, NotImplementedError, RuntimeError, EOFError),
        etree.XMLSyntaxError,
    ) as error:
        reason = str(error).splitlines()[0].partition(" (<string>")[0].strip(" .,'") if str(error) else "it is damaged"
        return (rules.UNREADABLE.finding(f"The file cannot be read: {reason}."),)


def check_documents(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with the documents, the navigation and the metadata of an EPUB.

    Raises:
        KeyError, ArchiveError, LimitError, lxml.etree.XMLSyntaxError: It is no EPUB.
    """
    with Archive(path) as archive:
        outside = next((name for name in archive.names if name.startswith("/") or ".." in name.split("/")), None)
        if outside is not None:
            raise ArchiveError(f"“{outside}” would be unpacked outside of its folder")
        book = Publication(Package(archive))
        findings = [finding for page in book.pages for finding in html.check(page)]
        findings += [rules.MALFORMED.finding(f"{why}.", place=name) for name, why in book.malformed.items()]
        for family in (navigation, notes, claims, hazards):
            findings += family.check(book)
        findings += claims.check_conformance(book, findings)
        return tuple(findings)


__all__ = ["RULES", "check", "check_documents", "check_overlays"]
