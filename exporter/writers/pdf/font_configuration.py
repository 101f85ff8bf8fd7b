"""The configuration of fontconfig for a publication: the bundled fonts, and supplements for what they lack."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from exporter.writers import fonts
from exporter.writers.fonts.supplements import Supplement

_BUNDLED_WITH_SERIFS = ("Source Serif 4", "Amiri", "Frank Ruhl Libre")


def write(markup: str, scratch: Path) -> Path:
    """Write the file that limits fontconfig to these fonts, so that pages are the same on every machine.

    Args:
        markup: The document; families for characters that no bundled one has are added.
        scratch: An empty folder.
    """
    supplements = fonts.supplements_for(markup)
    added = scratch / "supplements"
    added.mkdir(exist_ok=True)
    for number, path in enumerate(path for family in supplements for path in family.files):
        _provide(path, added / f"{number}{path.suffix}")
    folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in (*fonts.folders(), added))
    path = scratch / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{escape(_cache().name)}</cachedir>"
        f"{''.join(_rules(supplements, fonts.languages_of(markup)))}</fontconfig>",
        "utf-8",
    )
    return path


@cache
def _cache() -> TemporaryDirectory[str]:
    """Return the folder in which fontconfig keeps what it has read of the fonts, for all documents of this process."""
    return TemporaryDirectory(prefix="exporter-fonts-", ignore_cleanup_errors=True)


def _provide(source: Path, target: Path) -> None:
    """Link a file, or copy it where the system forbids links."""
    if target.exists():
        return
    try:
        target.symlink_to(source.resolve())
    except OSError:
        shutil.copyfile(source, target)


def _rules(supplements: Sequence[Supplement], languages: Iterable[str]) -> Iterator[str]:
    """Yield rules that put the supplements after the families of a style: those of the language, then all others."""
    if not supplements:
        return
    for language in languages:
        own = [family for family in supplements if family.is_for(language)]
        yield from _by_serifs(own, f'<test name="lang" compare="contains"><string>{escape(language)}</string></test>')
    yield from _by_serifs(supplements, "")


def _by_serifs(supplements: Sequence[Supplement], test: str) -> Iterator[str]:
    with_serifs = [family for family in supplements if family.has_serifs]
    for bundled in _BUNDLED_WITH_SERIFS:
        yield _rule(f'{test}<test name="family" qual="first"><string>{bundled}</string></test>', with_serifs)
    yield _rule(test, sorted(supplements, key=lambda family: family.has_serifs))


def _rule(test: str, supplements: Iterable[Supplement]) -> str:
    names = "".join(f"<string>{escape(family.name)}</string>" for family in supplements)
    edit = f'<edit name="family" mode="append_last" binding="strong">{names}</edit>'
    return f'<match target="pattern">{test}{edit}</match>' if names else ""
