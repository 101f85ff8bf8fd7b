"""The digest of the code that determines the results of steps: exporter, its libraries, and plug-ins.

It is part of the key of every step, so an upgrade rebuilds everything. Costly parts of a step, such as a spoken
sentence or a converted image, are cached under keys of their own, which name only the libraries that affect them.
"""

from __future__ import annotations

import importlib.util
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.results import step_key

_OWN = "exporter"
_REQUIREMENT = re.compile(r"Requires-Dist: (?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^]]*)\])?(?P<marker>.*)")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w.-]+)['"]""")


class CodeDigest:
    """Digests of code by package.

    Args:
        fingerprints: Digests of files.
    """

    def __init__(self, fingerprints: Fingerprints) -> None:
        self._fingerprints = fingerprints
        self._known: dict[str, str] = {}
        self.parts: dict[str, Mapping[str, Any]] = {}
        """What each digest consists of."""

    def digest(self, module: str = _OWN) -> str:
        """Return the digest of exporter and its libraries, and of the package of `module` if that is another.

        Args:
            module: A module, or `module:attribute`.
        """
        package = module.partition(":")[0].partition(".")[0]
        if package not in self._known:
            distributions = dict(_installed())
            # The requirements of a plug-in are unknown: it may use anything that is installed.
            libraries = _required(distributions) if package == _OWN else distributions
            parts = {
                "python": f"{platform.python_implementation()} {platform.python_version()}",
                "source": {name: self._source(name) for name in dict.fromkeys((_OWN, package))},
                "libraries": sorted(folder.name for folder in libraries.values()),
            }
            self._known[package] = step_key("code", **parts)
            self.parts[self._known[package]] = parts
        return self._known[package]

    def _source(self, package: str) -> Mapping[str, str]:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            return {}
        file = Path(spec.origin)
        if file.name != "__init__.py":
            return {file.name: self._fingerprints.digest(file)}
        return self._fingerprints.folder(file.parent)


def _installed() -> Iterator[tuple[str, Path]]:
    """Yield every installed distribution by its normalised name (PEP 503), with its `.dist-info` folder.

    From the names of folders, which contain the version: `importlib.metadata` takes longer than the rest of a run in
    which everything is up to date.
    """
    for folder in map(Path, reversed(sys.path)):
        if folder.is_dir():
            for info in sorted(folder.glob("*.dist-info")):
                yield _normalised(info.name.partition("-")[0]), info


def _required(distributions: Mapping[str, Path]) -> Mapping[str, Path]:
    """Return the distributions that exporter requires, directly or not, without extras; all if that is unknown."""
    if _OWN not in distributions:
        return distributions
    required: dict[str, Path] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(_OWN, "")]
    while waiting:
        name, extra = requirement = waiting.pop()
        if name in distributions and requirement not in seen:
            seen.add(requirement)
            required[name] = distributions[name]
            waiting += _requirements(distributions[name], extra)
    # The digest of its source already covers the version of exporter.
    return {name: folder for name, folder in required.items() if name != _OWN}


def _requirements(folder: Path, extra: str) -> Iterator[tuple[str, str]]:
    """Yield the requirements of a distribution and their extras, for `extra` or, if empty, for none (Requires-Dist)."""
    try:
        with (folder / "METADATA").open(encoding="utf-8") as file:
            header = list(takewhile(str.strip, file))
    except (OSError, UnicodeDecodeError):
        return
    for line in header:
        required = _REQUIREMENT.fullmatch(line.strip())
        if required and (_EXTRA.findall(required["marker"]) or [""]) == [extra]:
            name = _normalised(required["name"])
            yield from ((name, wanted.strip()) for wanted in ("", *(required["extras"] or "").split(",")))


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
