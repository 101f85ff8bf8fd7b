"""Errors of Word files that cannot be opened."""

from __future__ import annotations

_SAVE_AGAIN = "Open it in Word or LibreOffice, save it again as .docx, and try again."


class DocxError(Exception):
    """A Word file that cannot be read.

    Args:
        message: One sentence that says why.
        advice: One sentence that says what to do.
    """

    def __init__(self, message: str, advice: str = _SAVE_AGAIN) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class PartError(DocxError):
    """A part of a Word file that is missing, damaged or too large.

    Args:
        part: Name of the part.
        reason: Predicate of a sentence about the part, such as "is damaged or cut off".
    """

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(f"The part “{part}” of the Word file {reason}.")
        self.reason = reason
