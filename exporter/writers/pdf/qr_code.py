"""QR codes (ISO/IEC 18004) of web addresses, from paper to the page of all editions."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote, unquote

SCHEME = "qr:"
"""Of the address of the image of a code."""
_QUIET_ZONE = 4
"""Modules of space around a code, which readers need (ISO/IEC 18004, 5.3.8)."""


_LONGEST = 500
"""Characters of an address whose code can be read by a phone from 26 millimetres of paper."""


def image_address(address: str) -> str:
    """Return the address of the image of the code for a web address; "" for one that is too long."""
    return SCHEME + quote(address, safe="") if len(address) <= _LONGEST else ""


def svg(url: str) -> bytes:
    """Return the image at such an address as SVG."""
    import segno

    file = BytesIO()
    # Error correction M: 15 per cent of it may be unreadable, as after printing and folding.
    code = segno.make(unquote(url.removeprefix(SCHEME)), micro=False, error="m", boost_error=False)
    code.save(file, kind="svg", border=_QUIET_ZONE, xmldecl=False, nl=False, omitsize=True)
    return file.getvalue()
