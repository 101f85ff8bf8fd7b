"""Text alternatives of images.

There is no default, as authors have to choose (WCAG 1.1.1, EN 301 549 clause 10.1.1.1).
"""

from __future__ import annotations

import msgspec


class Described(msgspec.Struct, frozen=True, tag=True):
    """An image with an alt text."""

    text: str
    """Alt text, in about 250 characters or fewer; never empty."""


class Decorative(msgspec.Struct, frozen=True, tag=True):
    """An image that is marked as decorative."""


class Undescribed(msgspec.Struct, frozen=True, tag=True):
    """An image without alt text or mark as decorative, which blocks publication."""


Alt = Described | Decorative | Undescribed
