"""Kinds of content that criteria are about, and whether an edition has them.

Every row of every standard asks here, so that rows about the same content agree on whether they apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exporter.contracts import EditionKind
from exporter.report.model import EditionReport

COUNTED = frozenset({"pictures", "formulas", "headings", "tables", "lists", "notes", "links", "abbreviations"})
"""Keys of `Report.content`: an edition has what the manuscript has."""
NEVER = {
    "broadcasts": "Nothing is broadcast live.",
    "forms": "No edition has fields to fill in.",
    "logins": "No edition requires a login.",
    "scans": "The text is typeset, not recognised from a scan.",
    "scripts": "No edition runs scripts: nothing in it changes by itself, has a time limit or asks for gestures.",
    "signatures": "No edition has digital signatures.",
    "threads": "No edition has article threads.",
}
"""Kinds that no edition has, and why."""
OF_EDITIONS = {
    "controls": "This edition has no links, notes or table of contents.",
    "recordings": "This edition has no recording.",
    "videos": "This edition has no video.",
}
"""Kinds that some editions have, and what is said about the others."""
KINDS = COUNTED | NEVER.keys() | OF_EDITIONS.keys()
_IN_CONTROLS = ("links", "notes", "headings")
"""What becomes a link: a note is reached from its reference, a heading from the table of contents."""


def why_absent(kinds: Sequence[str], content: Mapping[str, int], edition: EditionReport, kind: EditionKind) -> str:
    """Return why an edition has no content of any of these kinds; empty if it has some, or if that is not known.

    Args:
        kinds: Kinds of content.
        content: Counts of the manuscript (`Report.content`); empty if it could not be read.
        edition: The edition.
        kind: Its kind.
    """
    if not kinds or any(_has(name, content, edition, kind) for name in kinds):
        return ""
    counted = [name for name in kinds if name in COUNTED]
    reasons = [f"The manuscript has no {' and no '.join(counted)}."] if counted else []
    return " ".join((*reasons, *((NEVER | OF_EDITIONS)[name] for name in kinds if name not in COUNTED)))


def _has(name: str, content: Mapping[str, int], edition: EditionReport, kind: EditionKind) -> bool:
    match name:
        case "videos":
            return kind is EditionKind.VIDEO
        case "recordings":
            return edition.recorded or kind in (EditionKind.SOUND, EditionKind.DAISY)
        case "controls":
            # A web page has a link to its text.
            return kind is EditionKind.WEB or not content or any(content.get(part) for part in _IN_CONTROLS)
        case _ if name in NEVER:
            return False
        case _:
            return not content or bool(content.get(name))
