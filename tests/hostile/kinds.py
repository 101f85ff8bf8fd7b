"""All kinds by name."""

from __future__ import annotations

from tests.hostile import finished, manuscripts, pictures
from tests.hostile.kind import Kind

KINDS: dict[str, Kind] = {**manuscripts.KINDS, **pictures.KINDS, **finished.KINDS}
