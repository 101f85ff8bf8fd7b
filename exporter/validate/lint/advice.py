"""What to do about a finding, said in the words of the program in which the manuscript is written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from exporter.findings import Finding
from exporter.validate.lint.alt_texts import COVER_ADVICE


class _Program(NamedTuple):
    suffixes: frozenset[str]
    advice: Mapping[str, str]


@cache
def _programs() -> tuple[_Program, ...]:
    tables = tomllib.loads(Path(__file__).with_name("advice.toml").read_text("utf-8"))
    return tuple(_Program(frozenset(table["suffixes"]), table["advice"]) for table in tables.values())


def rules() -> frozenset[str]:
    """Return the rules for which some program has advice of its own."""
    return frozenset(rule for program in _programs() for rule in program.advice)


def advised(finding: Finding) -> Finding:
    """Return a finding with the advice for the format of its manuscript, where there is one."""
    if finding.advice == COVER_ADVICE:
        return finding
    suffix = PurePosixPath(finding.source.file).suffix.lower() if finding.source else ""
    for program in _programs():
        if suffix in program.suffixes and finding.rule in program.advice:
            return msgspec.structs.replace(finding, advice=program.advice[finding.rule])
    return finding
