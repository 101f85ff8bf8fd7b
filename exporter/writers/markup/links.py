"""Links that are safe to follow, and the finding for those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.model import Source, addresses

LINK_REFUSED = Rule(
    id="link-refused",
    severity=Severity.WARNING,
    sentence="A link points to a web page, a mail address, a phone number or a place in the publication.",
    advice="Write the full address, beginning with https://, or remove the link.",
)

# Characters that an address may have (RFC 3986, 2), after a scheme and, for pages on the web, two slashes. Brackets are
# only around the host of a page (3.2.2).
_SAFE = re.compile(r"(?!https?:(?!//)|(?!https?:).*[][])[^\s<>\"\\^`{|}\x00-\x1f\x7f]+", re.IGNORECASE)

# The address needs a valid host (URL Standard, 3.5); EPUBCheck and reading apps reject it otherwise.
_WEB = re.compile(
    r"(?!https?:)|https?://(?:[^/?#@]*@)?(?:[\w.-]*\w[\w.-]*|\[[0-9a-f:.]+\])(?::\d{0,5})?(?:[/?#]|$)", re.IGNORECASE
)


def may_be_followed(address: str) -> bool:
    """Return whether an address is that of a web page, a mail address or a phone number, safe to follow."""
    is_safe = addresses.scheme(address) in addresses.FOLLOWED and _SAFE.fullmatch(address) is not None
    return is_safe and not address.endswith(":") and _WEB.match(address) is not None


def report_refused(target: str, source: Source | None) -> Iterator[Finding]:
    """Yield the finding for a link that was left out of an edition, the same in each edition.

    Links to files beside the manuscript have a finding of the manuscript (`link-local`), which says what to do.
    """
    if addresses.scheme(target):
        message = f"Link to “{target[:80]}” removed; only its text is printed."
        yield LINK_REFUSED.finding(message, source)
