"""What a reader, the lint, a writer or a validator has to say about a publication."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from exporter.model import Source


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Somebody cannot use the publication: the export stops here unless it is told not to."""
    WARNING = "warning"
    """It can be used, but less well."""
    NOTE = "note"
    """Worth knowing; nothing to mend."""

    @property
    def rank(self) -> int:
        """Weight for sorting and for the gate; 0 is the heaviest."""
        return ("error", "warning", "note").index(self.value)


class Rule(msgspec.Struct, frozen=True):
    """What is checked, why, and what to do when it fails."""

    id: str
    """Stable name in kebab case, such as `alt-missing`."""
    severity: Severity
    sentence: str
    """What must hold, one sentence."""
    advice: str
    """What to do when it does not, one sentence to a writer who is no programmer."""
    clause: str = ""
    """The clause it comes from, such as "WCAG 1.1.1"; empty for rules of our own craft."""

    def finding(
        self, message: str, source: Source | None = None, *, advice: str = "", edition: str = "", place: str = ""
    ) -> Finding:
        """Return a finding under this rule; `advice` replaces the rule's own where more can be said."""
        return Finding(
            rule=self.id,
            severity=self.severity,
            message=message,
            advice=advice or self.advice,
            clause=self.clause,
            source=source,
            edition=edition,
            place=place,
        )


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing found in one place."""

    rule: str
    severity: Severity
    message: str
    """What is wrong here, one sentence, quoting what was found."""
    advice: str = ""
    """What to do or write."""
    clause: str = ""
    source: Source | None = None
    """The place in the manuscript."""
    edition: str = ""
    """Name of the edition it concerns; empty when it concerns the manuscript."""
    place: str = ""
    """The place in the file of the edition, such as "page 3, Document/Sect[2]/Table"."""

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        edition = f"{self.edition}: " if self.edition else ""
        place = f"{self.place}: " if self.place else ""
        return f"{where}{edition}{place}{self.severity}: {self.message} {self.advice} [{self.rule}]".replace("  ", " ")


NOT_CARRIED = Rule(
    id="not-carried",
    severity=Severity.WARNING,
    sentence="An edition carries everything that the manuscript holds.",
    advice="Nothing to do in the manuscript; readers of this edition need another one for this part.",
)
"""The rule under which a writer says what its format cannot hold."""


def quoted(text: str, longest: int = 60) -> str:
    """Return `text` in quotation marks for a message, shortened if need be."""
    text = " ".join(text.split())
    shown = text if len(text) <= longest else f"{text[:longest].rstrip()}…"
    return f"«{shown}»" if "“" in shown or "”" in shown else f"“{shown}”"
