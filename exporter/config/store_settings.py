"""Settings of the store: the table `[store]` of the publisher settings, and the option of the command line."""

from __future__ import annotations

import re

from exporter.config.layers import SettingsLayer

STORE_TABLE = "store"
DEFAULT_STORE_LIMIT = 20_000_000_000
"""Bytes: some 500 hours of spoken text, or ten thousand text editions."""
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?b)?", re.IGNORECASE)
_ADVICE = "Write a size such as 500 MB or 20 GB, or none."


def store_limit(layer: SettingsLayer | None, given: str = "") -> int | None:
    """Return the size limit of the store in bytes, or None if it has none.

    Args:
        layer: The publisher settings.
        given: The limit on the command line, which prevails; may be empty.

    Raises:
        UsageError: The limit on the command line is not a size.
        SettingsError: The same for the publisher settings.
    """
    if given:
        return _size(SettingsLayer(""), given, "--store-limit")
    table = layer.table(STORE_TABLE) if layer else {}
    for key in table:
        if layer and key != "limit":
            raise layer.error(
                f"Unknown setting “{key}” in [{STORE_TABLE}].", advice="It has: limit.", table=STORE_TABLE, key=key
            )
    if layer is None or "limit" not in table:
        return DEFAULT_STORE_LIMIT
    return _size(layer, table["limit"], "limit")


def _size(layer: SettingsLayer, value: object, name: str) -> int | None:
    """Return the bytes of a size such as `20 GB`, or None for `none`."""
    text = value.strip() if isinstance(value, str) else str(value)
    if text.lower() == "none":
        return None
    match = _SIZE.fullmatch(text)
    if match is None:
        raise layer.error(
            f"Invalid value for “{name}”: “{text}” is not a size.", advice=_ADVICE, table=STORE_TABLE, key=name
        )
    return int(float(match[1]) * _UNITS[(match[2] or "").lower()])
