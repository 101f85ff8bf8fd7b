"""Requirements of exporter: what is installed, what is missing, and the command that installs it."""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from importlib import metadata

import msgspec

from exporter import __version__
from exporter.braille import liblouis
from exporter.config import STORE_VARIABLE, store_folder, styles_folder
from exporter.errors import ExporterError
from exporter.installation import install_command, library_advice, library_path, pip_command, which
from exporter.pipeline.file_writing import writing
from exporter.pipeline.registry import discover
from exporter.pipeline.storage.store import Store
from exporter.programs import install_advice, is_source_copy
from exporter.speech.engines import engines
from exporter.validate import validators
from exporter.writers.fonts import supplements
from exporter.writers.print.conditions import REGISTERED, Stock, find_profile

PYTHON = (3, 11)
"""Oldest version supported."""


class Need(StrEnum):
    """The need for a requirement."""

    ALWAYS = "needed"
    SOMETIMES = "optional"
    DETAIL = "detail"
    """Needed; if installed, listed only on request."""


class Item(msgspec.Struct, frozen=True):
    """A requirement, installed or not."""

    name: str
    installed: bool
    description: str
    """Version or path if installed, else its purpose."""
    install: str = ""
    """How to install it or what else to do, a sentence; empty if installed."""
    need: Need = Need.ALWAYS
    problem: str = "not installed"
    """What is wrong if it is not installed."""


def doctor() -> tuple[Item, ...]:
    """Return everything that exporter needs, installed or not."""
    return (
        *_python(),
        *_packages(),
        *_libraries(),
        *_plugins(),
        *_folders(),
        *_fonts(),
        *_voices(),
        *_braille(),
        *_programs(),
        *_profiles(),
        *_validators(),
    )


def _python() -> Iterator[Item]:
    yield Item("exporter", installed=True, description=__version__)
    version = platform.python_version()
    is_supported = sys.version_info[:2] >= PYTHON
    yield Item(
        "Python",
        is_supported,
        version,
        "" if is_supported else f"Install Python {'.'.join(map(str, PYTHON))} or later.",
    )


def _packages() -> Iterator[Item]:
    try:
        # Requirements of extras, such as validators, have items of their own.
        requirements = [require for require in metadata.requires("exporter") or [] if "extra ==" not in require]
    except metadata.PackageNotFoundError:
        install = install_advice("setup", "Install exporter with pip.")
        yield Item("package exporter", installed=False, description="not installed", install=install)
        return
    count = 0
    for requirement in requirements:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            yield Item(f"package {name}", installed=True, description=metadata.version(name), need=Need.DETAIL)
            count += 1
        except metadata.PackageNotFoundError:
            specifier = requirement.partition(";")[0].strip()
            yield Item(
                f"package {name}", installed=False, description=specifier, install=f"Run: {pip_command(specifier)}"
            )
    yield Item("Python packages", installed=True, description=f"{count} of {len(requirements)}")


_SYSTEM = (
    ("Pango", "pango-1.0", "text of the PDF editions"),
    ("PangoFT2", "pangoft2-1.0", "fonts of the PDF editions"),
    ("HarfBuzz", "harfbuzz", "glyphs of the PDF editions"),
    ("Fontconfig", "fontconfig", "fonts of the PDF editions"),
)


def _libraries() -> Iterator[Item]:
    for name, library, purpose in _SYSTEM:
        path = library_path(library)
        yield Item(f"library {name}", bool(path), path or purpose, "" if path else library_advice())


def _fonts() -> Iterator[Item]:
    for package in supplements.PACKAGES:
        folder = package.folder
        install = "" if folder else install_advice("fonts", f"Run: {pip_command(package.name)}")
        yield Item(
            f"fonts of {package.title}",
            bool(folder),
            str(folder or "Fonts of the system are used"),
            install,
            Need.SOMETIMES,
        )


def _plugins() -> Iterator[Item]:
    registry = discover()
    for edition in registry.editions:
        yield Item(f"edition {edition.name}", installed=True, description=f"SLUG{edition.writer.SUFFIX}")
    for finding in registry.findings:
        yield Item("plug-in", installed=False, description=finding.message, install=finding.advice)


def _folders() -> Iterator[Item]:
    try:
        yield Item("folder of styles", installed=True, description=str(styles_folder()))
    except ExporterError as error:
        yield Item("folder of styles", installed=False, description=error.message, install=error.advice)
    yield _store()


def _store() -> Item:
    name, (root, is_given, _) = "folder of intermediate results", store_folder()
    try:
        with writing(root, "The store"):
            # The nearest folder that exists decides whether the others can be created.
            with tempfile.TemporaryFile(dir=next(folder for folder in (root, *root.parents) if folder.exists())):
                pass
            if root.exists():
                Store.open(root)
    except ExporterError as error:
        need = Need.ALWAYS if is_given else Need.SOMETIMES
        message = error.message.rstrip(".")
        description = message if is_given else f"{message}, so every export repeats all steps"
        return Item(
            name,
            False,
            description,
            f"{error.advice} Name another folder in {STORE_VARIABLE}.".lstrip(),
            need,
            "unusable",
        )
    return Item(name, installed=True, description=str(root))


def _voices() -> Iterator[Item]:
    for engine in engines():
        problem = engine.missing()
        description = "Another voice is used" if problem else f"{len(engine.voices())} voices"
        yield Item(f"voices of {engine.TITLE}", not problem, description, problem, Need.SOMETIMES)
        for voice_problem in engine.problems():
            if voice_problem != problem:
                yield Item(f"a voice of {engine.TITLE}", False, "Another voice is used", voice_problem, Need.SOMETIMES)


def _braille() -> Iterator[Item]:
    version = liblouis.version()
    install = "" if version else liblouis.install()
    purpose = "translates text into the braille edition"
    yield Item("library liblouis", bool(version), version or purpose, install, Need.SOMETIMES)


_PROGRAMS = (
    ("gs", "Ghostscript, which converts the print edition to the inks of the press"),
    ("soffice", "LibreOffice, which reads .odt, .doc and .rtf, and counts the pages of Word files"),
    ("pdftoppm", "Poppler, which shows pages in the studio"),
)
_PROGRAMS_OF_TESTS = (("ffmpeg", "FFmpeg, with which the tests check recordings"),)


def _programs() -> Iterator[Item]:
    for program, purpose in (*_PROGRAMS, *(_PROGRAMS_OF_TESTS if is_source_copy() else ())):
        path = which(program)
        install = "" if path else f"Run: {install_command(program)}"
        yield Item(f"program {program}", bool(path), path or purpose, install, Need.SOMETIMES)


def _profiles() -> Iterator[Item]:
    path = find_profile(REGISTERED[Stock.COATED])
    install = (
        f"Run: {install_command('gs')}"
        if platform.system() == "Linux"
        else "Ask the printer for the profile (.icc), and name it as “profile” under [print] in publication.toml."
    )
    description = str(path.parent) if path else "The print edition is made in RGB"
    yield Item("colour profiles of presses", bool(path), description, "" if path else install, Need.SOMETIMES)


def _validators() -> Iterator[Item]:
    for check in validators.all_validators():
        if check.EXTERNAL:
            # The message ends with the command that installs it, if this system has it.
            problem, _, install = check.missing().partition(" Run: ")
            name = f"validator {check.TITLE}"
            if problem:
                yield Item(
                    name,
                    installed=False,
                    description="Files are checked without it",
                    install=f"Run: {install}" if install else problem,
                    need=Need.SOMETIMES,
                )
            else:
                yield Item(name, installed=True, description=check.version())
