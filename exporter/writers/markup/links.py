"""Links that are safe to follow, and the finding for those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.model import Source

LINK_REFUSED = Rule(
    id="link-refused",
    severity=Severity.WARNING,
    sentence="A link points to a web page, a mail address, a phone number or a place in the publication.",
    advice="Write the full address, beginning with https://, or remove the link.",
)

# Schemes that run no code (not javascript:, data:, file:).
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"\\^`{|}\x00-\x1f\x7f]+", re.IGNORECASE)

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

# The address needs a valid host (URL Standard, 3.5); EPUBCheck and reading apps reject it otherwise.
_WEB = re.compile(
    r"(?!https?:)|https?://(?:[^/?#@]*@)?(?:[\w.-]*\w[\w.-]*|\[[0-9a-f:.]+\])(?::\d{0,5})?(?:[/?#]|$)", re.IGNORECASE
)


def may_be_followed(address: str) -> bool:
    """Return whether an address is that of a web page, a mail address or a phone number, safe to follow."""
    return _SAFE.fullmatch(address) is not None and _WEB.match(address) is not None


def report_refused(target: str, source: Source | None) -> Iterator[Finding]:
    """Yield the finding for a link that was left out of an edition, the same in each edition.

    Links to files beside the manuscript have a finding of the manuscript (`link-local`), which says what to do.
    """
    if _SCHEME.match("".join(target.split())):
        message = f"Link to “{target[:80]}” removed; only its text is printed."
        yield LINK_REFUSED.finding(message, source)
