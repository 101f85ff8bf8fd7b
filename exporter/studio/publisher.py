"""Settings of the publisher: name, contact, colours and logo, from which a folder of styles of the studio is made."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import msgspec

from exporter import oklch
from exporter.config import HOUSE_FILE
from exporter.pipeline.file_writing import remove_tree, replace_file, writing
from exporter.writers import stylesheets
from exporter.writers.web import theme

OWN = "own"
"""Name of the theme with the colours of the publisher."""
READABLE = 4.5
"""Contrast of text (WCAG 1.4.3)."""
_GROUNDS = ("paper", "tint", "warm", "alert")
_ON_FIELD = "#ffffff"
_STEP = 0.02


class Publisher(msgspec.Struct, frozen=True):
    """Settings as the publisher has entered them."""

    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""
    field: str = "#14304a"
    """Colour of covers and headings."""
    accent: str = "#a2341c"
    """Colour of what stands out."""
    logo: str = ""
    """Suffix of the logo; empty if there is none."""


class PublisherSettings:
    """The settings in the folder of the studio.

    Args:
        root: The folder of the studio.
        base: The styles that come with exporter, or those that the command line names.
    """

    def __init__(self, root: Path, base: Path) -> None:
        self._folder = root / "publisher"
        self._file = self._folder / "publisher.json"
        self._built = self._folder / "styles"
        self._base = base
        if self._file.exists():
            self._build(self.load())

    @property
    def styles(self) -> Path:
        """The folder of styles for exports."""
        return self._built if self._built.is_dir() else self._base

    @property
    def has_colours(self) -> bool:
        """Whether there is a theme with the colours of the publisher."""
        return (self.styles / "themes" / f"{OWN}.css").exists()

    @property
    def logo(self) -> Path | None:
        """The logo, or None."""
        path = self._folder / f"logo{self.load().logo}"
        return path if path.suffix and path.exists() else None

    @property
    def state(self) -> str:
        """A digest of the settings; empty if there are none."""
        data = self._file.read_bytes() + (self.logo.read_bytes() if self.logo else b"") if self._file.exists() else b""
        return hashlib.sha256(data).hexdigest()[:16] if data else ""

    def load(self) -> Publisher:
        """Return the settings."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Publisher)
        except (OSError, msgspec.MsgspecError):
            return Publisher()

    def save(self, publisher: Publisher, logo: bytes | None = None) -> None:
        """Store the settings and make the styles.

        Args:
            publisher: The settings.
            logo: A new logo, of the type that they name; None keeps the present one.

        Raises:
            OutputError: They cannot be written.
        """
        with writing(self._folder, "The settings of the publisher"):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if logo is not None:
                replace_file(self._folder / f"logo{publisher.logo}", logo)
            replace_file(self._file, msgspec.json.encode(publisher))
            self._build(publisher)

    def _build(self, publisher: Publisher) -> None:
        """Copy the styles, with the settings and the theme of the publisher."""
        new = self._folder / "styles.new"
        remove_tree(new)
        shutil.copytree(self._base, new)
        colours = theme_colours(publisher.field, publisher.accent, self._base)
        sheet = (self._base / "themes" / f"{stylesheets.DEFAULT_THEME}.css").read_text("utf-8")
        logo = self._folder / f"logo{publisher.logo}"
        if publisher.logo and logo.exists():
            shutil.copyfile(logo, new / "logos" / f"{OWN}{publisher.logo}")
            colours["logo"] = f"url(../logos/{OWN}{publisher.logo})"
        own = "".join(f"  --{name}: {value};\n" for name, value in colours.items())
        (new / "themes" / f"{OWN}.css").write_text(f"{sheet}\n:root {{\n{own}}}\n", "utf-8")
        settings = self._base / HOUSE_FILE
        before = settings.read_text("utf-8") if settings.exists() else ""
        (new / HOUSE_FILE).write_text(_settings(before, publisher), "utf-8")
        remove_tree(self._built)
        new.rename(self._built)


def theme_colours(field: str, accent: str, styles: Path) -> dict[str, str]:
    """Return the colours of a theme that follow from two, each with sufficient contrast where it is used.

    Args:
        field: Colour of covers, as `#rrggbb`.
        accent: Colour of what stands out.
        styles: Folder of styles, whose default theme has the backgrounds.
    """
    default = theme.load(styles, stylesheets.DEFAULT_THEME, "").light
    grounds = [default[name] for name in _GROUNDS]
    field = readable(field, grounds, -_STEP)  # headings have it, too
    own = oklch.tone(field)
    lighter = readable(oklch.to_hex(own._replace(lightness=own.lightness + 0.06)), [_ON_FIELD], -_STEP)
    fields = [field, lighter]
    return {
        "field": field,
        "field-light": lighter,
        "on-field": _ON_FIELD,
        "on-field-muted": _ON_FIELD,
        "on-field-accent": readable(accent, fields, _STEP),
        "accent": readable(accent, grounds, -_STEP),
        "link": field,
        "rule": field,
        "gold": oklch.to_hex(oklch.tone(accent)._replace(lightness=0.76)),
    }


def readable(colour: str, grounds: list[str], step: float) -> str:
    """Return a colour, made lighter or darker until text in it can be read on all these backgrounds."""
    tone = oklch.tone(colour)
    while min(oklch.contrast(colour, ground) for ground in grounds) < READABLE:
        tone = tone._replace(lightness=min(1.0, max(0.0, tone.lightness + step)))
        if tone.lightness in (0.0, 1.0):
            return "#ffffff" if tone.lightness else "#000000"
        colour = oklch.to_hex(tone)
    return colour


def _settings(before: str, publisher: Publisher) -> str:
    """Return the settings file of the publisher, in which what was entered replaces what it had."""
    import tomlkit

    document = tomlkit.parse(before)
    contact = {key: getattr(publisher, key) for key in ("name", "email", "url", "phone") if getattr(publisher, key)}
    has_contact = bool(contact.keys() - {"name"})
    for table, name in (("metadata", "publisher"), ("site", "name")):
        entries: Any = document.setdefault(table, tomlkit.table())
        if publisher.name:
            entries[name] = publisher.name
        if has_contact:
            inline = tomlkit.inline_table()
            inline.update(contact)
            entries["contact"] = inline
    document["site"]["theme"] = OWN
    return tomlkit.dumps(document)
