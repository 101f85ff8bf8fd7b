"""Preflight of any PDF for print: PDF/X-4 for four inks, and good practice beyond it.

It depends on nothing but the file. It is no certificate: fonts are not checked inside, and ISO 15930-7 has rules for
programs that print as well.
"""

from __future__ import annotations

from pathlib import Path

from exporter.findings import Finding
from exporter.inspect.limits import LimitError
from exporter.inspect.pdf import open_pdf
from exporter.validate.preflight import rules
from exporter.validate.preflight.rules import ALL

INK = 330
"""Total area coverage that the best coated paper can dry, in per cent."""


def check(path: Path, *, ink: int = INK) -> tuple[Finding, ...]:
    """Check a file.

    Args:
        path: The file.
        ink: Most ink in one place, the four inks together, in per cent.

    Returns:
        The findings; none means that every rule was looked at and kept.
    """
    import pikepdf

    from exporter.validate.preflight import file, page
    from exporter.validate.preflight.painted_objects import drawn

    findings: list[Finding] = []
    is_rgb = False
    page_ink = page.Ink()
    try:
        with open_pdf(path) as opened:
            pdf, is_rgb = opened.pdf, opened.is_marked_rgb
            findings += file.check(pdf)
            for number, sheet in enumerate(pdf.pages, 1):
                findings += page.check(sheet, number, page_ink)
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type3":
                    glyphs = [painted for glyph in thing.CharProcs.values() for painted in drawn(glyph, thing)]
                    if any(painted.space.red for painted in glyphs):
                        findings.append(rules.COLOUR.finding("A glyph is drawn in red, green and blue."))
    except pikepdf.PasswordError:
        findings.append(rules.ENCRYPTED.finding("The file is encrypted, and cannot be opened without a password."))
    except LimitError as error:
        findings.append(rules.READABLE.finding(str(error)))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RecursionError, OSError) as error:
        reason = (
            str(error).replace(f"{path}: ", "").rstrip(".") if isinstance(error, pikepdf.PdfError) else "it is damaged"
        )
        findings.append(rules.READABLE.finding(f"The file cannot be read to its end: {reason}."))
    if is_rgb:
        findings = [finding for finding in findings if finding.rule not in rules.OF_PDF_X]
        findings.append(rules.RGB.finding("The title states that the file is in RGB; it is not PDF/X-4."))
    if page_ink.most * 100 > ink + 0.5:
        message = (
            f"Page {page_ink.page} has up to {page_ink.most * 100:.0f} % of ink in one place; the limit is {ink} %."
        )
        findings.append(rules.INK.finding(message))
    return tuple(findings)


__all__ = ["ALL", "INK", "check"]
