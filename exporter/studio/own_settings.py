"""Settings of a manuscript: `publication.toml` beside it, and its front matter."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from exporter.config import PUBLICATION_FILE
from exporter.readers import markdown

_THEME = re.compile(rb"^\s*[\"']?theme[\"']?\s*[:=]", re.MULTILINE)
_HEAD = 20_000
"""Bytes at the beginning of a file with settings."""


def has_theme(manuscript: Path) -> bool:
    """Return whether `publication.toml` or the front matter names a theme."""
    files = [
        manuscript.with_name(PUBLICATION_FILE),
        *([manuscript] if manuscript.suffix.lower() in markdown.SUFFIXES else []),
    ]
    return any(_THEME.search(file.read_bytes()[:_HEAD]) for file in files if file.is_file())


def tables(manuscript: Path) -> frozenset[str]:
    """Return the names of the tables in `publication.toml`, such as those of editions that only some have."""
    try:
        return frozenset(tomllib.loads(manuscript.with_name(PUBLICATION_FILE).read_text("utf-8")))
    except (OSError, ValueError):
        return frozenset()  # a check of the manuscript says what is wrong
