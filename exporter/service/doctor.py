"""What is installed, what is missing, and the one line that installs it."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from enum import StrEnum
from importlib import metadata

import msgspec

from exporter import __version__
from exporter.config import store_folder, styles_folder
from exporter.errors import ExporterError
from exporter.pipeline.registry import discover
from exporter.speech.engines import engines
from exporter.validate import validators

PYTHON = (3, 11)
"""Oldest that will do."""


class Need(StrEnum):
    """How much something is needed."""

    ALWAYS = "needed"
    SOMETIMES = "optional"
    DETAIL = "detail"
    """Needed, and told only to those who want to know everything, as long as it is there."""


class Item(msgspec.Struct, frozen=True):
    """One thing that was looked for."""

    name: str
    found: bool
    what: str
    """Version or place when it was found, else what it is for."""
    install: str = ""
    """What to do to get it, a sentence; empty when it was found."""
    need: Need = Need.ALWAYS


def doctor() -> tuple[Item, ...]:
    """Look for everything that the exporter needs."""
    return (*_python(), *_packages(), *_libraries(), *_plugins(), *_places(), *_voices(), *_programs(), *_validators())


def _python() -> Iterator[Item]:
    yield Item("exporter", found=True, what=__version__)
    version = platform.python_version()
    good = sys.version_info[:2] >= PYTHON
    yield Item("Python", good, version, "" if good else f"Install Python {'.'.join(map(str, PYTHON))} or later.")


def _packages() -> Iterator[Item]:
    try:
        # Those of extras, such as the validators, have lines of their own.
        wanted = [require for require in metadata.requires("exporter") or [] if "extra ==" not in require]
    except metadata.PackageNotFoundError:
        yield Item("package exporter", found=False, what="is not installed", install="Run: make setup")
        return
    found = 0
    for requirement in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            yield Item(f"package {name}", found=True, what=metadata.version(name), need=Need.DETAIL)
            found += 1
        except metadata.PackageNotFoundError:
            bare = requirement.partition(";")[0].strip()
            yield Item(f"package {name}", found=False, what=bare, install=f"Run: pip install '{bare}'")
    yield Item("Python packages", found=True, what=f"{found} of {len(wanted)}")


_SYSTEM = (
    ("Pango", "pango-1.0", "text of the PDF editions"),
    ("PangoFT2", "pangoft2-1.0", "typefaces of the PDF editions"),
    ("HarfBuzz", "harfbuzz", "letters of the PDF editions"),
    ("Fontconfig", "fontconfig", "typefaces of the PDF editions"),
)


def _libraries() -> Iterator[Item]:
    for name, library, purpose in _SYSTEM:
        found = find_library(library)
        install = {
            "Darwin": "Run: brew install pango",
            "Windows": "See https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#windows",
        }.get(platform.system(), "Run: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
        yield Item(f"library {name}", bool(found), found or purpose, "" if found else install)


def _plugins() -> Iterator[Item]:
    registry = discover()
    for edition in registry.editions:
        yield Item(f"edition {edition.name}", found=True, what=f"SLUG{edition.writer.SUFFIX}")
    for finding in registry.findings:
        yield Item("plug-in", found=False, what=finding.message, install=finding.advice)


def _places() -> Iterator[Item]:
    try:
        yield Item("folder of styles", found=True, what=str(styles_folder()))
    except ExporterError as error:
        yield Item("folder of styles", found=False, what=error.message, install=error.advice)
    yield Item("folder of intermediate results", found=True, what=str(store_folder()[0]))


def _voices() -> Iterator[Item]:
    for engine in engines():
        problem = engine.missing()
        what = "Another voice reads" if problem else f"{len(engine.voices())} voices"
        yield Item(f"voices of {engine.TITLE}", not problem, what, problem, Need.SOMETIMES)
        for complaint in engine.problems():
            if complaint != problem:
                yield Item(f"a voice of {engine.TITLE}", False, "Another voice reads", complaint, Need.SOMETIMES)


_PROGRAMS = (
    ("soffice", "LibreOffice, which counts the pages of Word files", "libreoffice-writer-nogui libreoffice-math-nogui"),
    ("pdftoppm", "Poppler, with which the tests look at pages", "poppler-utils"),
    ("ffmpeg", "FFmpeg, with which the tests listen to recordings", "ffmpeg"),
)


def _programs() -> Iterator[Item]:
    for program, purpose, package in _PROGRAMS:
        path = shutil.which(program)
        install = "" if path else f"Run: sudo apt-get install {package}"
        yield Item(f"program {program}", bool(path), path or purpose, install, Need.SOMETIMES)


def _validators() -> Iterator[Item]:
    for check in validators.all_validators():
        if check.EXTERNAL:
            # The sentence says that it is not installed, and what of it, before the line that installs it.
            what, _, install = check.missing().partition(" Run: ")
            name = f"validator {check.TITLE}"
            if what:
                yield Item(
                    name,
                    found=False,
                    what="Files are verified without it",
                    install=f"Run: {install}",
                    need=Need.SOMETIMES,
                )
            else:
                yield Item(name, found=True, what=check.version())
