"""The handbook tells every setting of the catalogue."""

from __future__ import annotations

import msgspec

from exporter.site.settings import Site
from tests.test_input import rows


def test_the_handbook_tells_every_setting_of_the_catalogue() -> None:
    told = [row[0] for row in rows("handbook", "tbl-site")]
    assert told == [field.encode_name for field in msgspec.structs.fields(Site)]
