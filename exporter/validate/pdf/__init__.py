"""Any PDF, ours or not, checked without its manuscript: for what standards ask and for what validators do not see.

Sources: ISO 14289-1 (PDF/UA-1), its Matterhorn Protocol 1.1 (checkpoints such as MP 13-004), ISO 32000, WCAG 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.limits import LimitError
from exporter.inspect.pdf import PdfFile, open_pdf
from exporter.validate.pdf import (
    artifacts,
    claims,
    contrast,
    document,
    figures,
    headings,
    languages,
    links,
    lists,
    navigation,
    notes,
    pdfua_2,
    structure,
    tables,
)

UNREADABLE = Rule(
    id="pdf-unreadable",
    severity=Severity.ERROR,
    sentence="The PDF can be opened and read.",
    advice="Create the file again; a password or a broken transfer may be the reason.",
)
_MODULES = (
    *(document, structure, artifacts, headings, figures, tables, lists),
    *(links, notes, navigation, languages, contrast, pdfua_2),
)
CHECKS: tuple[Callable[[PdfFile], Iterator[Finding]], ...] = tuple(module.check for module in _MODULES)
RULES: tuple[Rule, ...] = (UNREADABLE, *(rule for module in (*_MODULES, claims) for rule in module.RULES))


def check(path: Path) -> list[Finding]:
    """Return everything that is found in a PDF; a file that cannot be read is one finding."""
    import pikepdf

    try:
        with open_pdf(path) as file:
            findings = [finding for check_ in CHECKS for finding in check_(file)]
            return findings + list(claims.check(file, findings))
    except LimitError as error:
        return [UNREADABLE.finding(str(error))]
    except pikepdf.PasswordError:
        return [UNREADABLE.finding("The file needs a password to be opened.")]
    except (pikepdf.PdfError, OSError) as error:
        return [UNREADABLE.finding(f"The file cannot be read: {_error_text(error, path)}.")]


def _error_text(error: Exception, path: Path) -> str:
    """Return what a library says of a file, without the name of the file, which people know."""
    text = str(error).replace(f"{path}: ", "").replace(f"{path} ", "")
    return re.sub(r"^\((.*?)\): ", r"\1: ", text).rstrip(".") or type(error).__name__
