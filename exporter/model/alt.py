"""What stands for a picture when the picture cannot be seen.

There is no default: somebody has to choose (WCAG 1.1.1, EN 301 549 clause 10.1.1.1).
"""

from __future__ import annotations

import msgspec


class Described(msgspec.Struct, frozen=True, tag=True):
    """The picture has an alt text."""

    text: str
    """The alt text: what the picture says, in about 250 characters or fewer; never empty."""


class Decorative(msgspec.Struct, frozen=True, tag=True):
    """The picture carries nothing; somebody has said so."""


class Undescribed(msgspec.Struct, frozen=True, tag=True):
    """Nobody has said anything about the picture; the export stops here."""


Alt = Described | Decorative | Undescribed
