"""Conversion of TeX to MathML."""

from __future__ import annotations

import re

MAX_FORMULA = 5_000
"""Characters of a formula."""
_LINES = re.compile(
    r"\\(begin|end)\{(?:aligned|alignedat|gathered|gather\*?|multline\*?|multlined|eqnarray\*?)\}(?:\{\d+\})?"
)
"""Multiline environments that latex2mathml does not support; `split` is the same without numbers."""
_LEFT_OVER = re.compile(r"<m[io][^>]*>(\\[A-Za-z]+)</m[io]>")


class FormulaError(ValueError):
    """An invalid formula; the message is the reason."""


def tex_to_mathml(tex: str, *, display: bool) -> str:
    """Return a formula as a complete `math` element.

    Raises:
        FormulaError: The formula is empty, too long, or not TeX.
    """
    import latex2mathml.converter
    import latex2mathml.exceptions

    if not tex:
        raise FormulaError("it is empty")
    if len(tex) > MAX_FORMULA:
        raise FormulaError(f"it has more than {MAX_FORMULA:,} characters")
    if not _braces_match(tex):
        raise FormulaError("its braces do not match")
    try:
        supported = _LINES.sub(r"\\\1{split}", tex)
        markup = str(latex2mathml.converter.convert(supported, display="block" if display else "inline"))
    except MemoryError:
        raise
    except RecursionError as error:
        raise FormulaError("it is nested too deeply") from error
    except Exception as error:  # its exceptions have no common base, and invalid TeX raises IndexError and others
        raise FormulaError(_reason(error)) from error
    if unknown := _LEFT_OVER.search(markup):
        raise FormulaError(f"unknown command {unknown[1]}")
    if ">&<" in markup:
        raise FormulaError("an & is outside a table")
    return markup


def _braces_match(tex: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _reason(error: Exception) -> str:
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
    return {
        "missing end": "an \\end is missing",
        "extra left or missing right": "\\left and \\right do not match",
        "missing super script or subscript": "the content of ^ or _ is missing",
        "double superscripts": "two superscripts follow each other",
        "double subscripts": "two subscripts follow each other",
        "denominator not found": "a denominator is missing",
        "numerator not found": "a numerator is missing",
        "no closing brace": "a closing brace is missing",
        "extra closing brace": "it has too many closing braces",
    }.get(name, "it is incomplete")
