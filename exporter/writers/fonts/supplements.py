"""Font families for characters that the bundled ones lack, only used by publications that need them.

They come from packages that are installed on demand, else from the system, as far as they may be embedded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from exporter import programs
from exporter.errors import ExporterError

_SECONDS = 60
_MAY_NOT_BE_EMBEDDED = 0x0002 | 0x0100 | 0x0200
"""OS/2 fsType: restricted licence, no subsets, bitmaps only (OpenType 1.9, OS/2)."""


class FontPackage(NamedTuple):
    """A package with fonts, and the script or scripts that it is installed for."""

    name: str
    title: str
    languages: tuple[str, ...] = ()
    """Languages whose form of Chinese characters it has; empty for a package of other scripts."""
    forms: frozenset[str] = frozenset()
    """Last words of names of families with that form: Noto Sans CJK SC."""
    debian: str = "fonts-noto-core"
    """Package of Debian and Ubuntu with fonts of the same scripts."""

    @property
    def folder(self) -> Path | None:
        """Return the folder of the installed package, or None."""
        spec = find_spec(self.name.replace("-", "_"))
        return Path(spec.origin).parent if spec and spec.origin else None


_CJK = "fonts-noto-cjk"
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
CHINESE = FontPackage("pylopdf-fonts-zh-cn", "simplified Chinese", ("zh",), frozenset({"SC", "CN"}), _CJK)
TAIWANESE = FontPackage("pylopdf-fonts-zh-tw", "traditional Chinese", _TRADITIONAL, frozenset({"TC", "TW", "HK"}), _CJK)
JAPANESE = FontPackage("pylopdf-fonts-jp", "Japanese", ("ja",), frozenset({"JP"}), _CJK)
KOREAN = FontPackage("pylopdf-fonts-ko", "Korean", ("ko",), frozenset({"KR"}), _CJK)
OTHERS = FontPackage("manimgx-fonts", "Thai, Bengali, Tamil, Georgian, Ethiopic and other scripts, and emoji")
PACKAGES = (CHINESE, TAIWANESE, JAPANESE, KOREAN, OTHERS)
"""Packages that are installed on demand, in the order in which characters are looked up."""
_OTHER_SCRIPTS = frozenset(
    {
        *("Armn", "Beng", "Deva", "Ethi", "Geor", "Gujr", "Guru", "Khmr", "Knda"),
        *("Laoo", "Mlym", "Mymr", "Orya", "Sinh", "Taml", "Telu", "Thai"),
    }
)
"""Scripts of `OTHERS` (ISO 15924)."""
_EMOJI = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)
"""Emoji among the symbols of other blocks."""
_SYMBOLS = FontPackage("ziafont", "symbols")
"""A requirement of exporter that has DejaVu Sans."""


class Supplement(NamedTuple):
    """A font family."""

    name: str
    """Name in its files, by which fontconfig finds it."""
    files: tuple[Path, ...]
    characters: frozenset[int]
    package: FontPackage | None = None

    def is_for(self, language: str) -> bool:
        """Return whether it has the Chinese characters in the form of a language."""
        return self.package is not None and self.package is _package_of(language)

    @property
    def has_serifs(self) -> bool:
        """Whether its name says that it has serifs."""
        return "Serif" in self.name


def select(codes: Iterable[int], languages: Sequence[str]) -> tuple[Supplement, ...]:
    """Return the families for code points that no bundled family has, in the order in which they are looked up.

    Args:
        codes: The code points.
        languages: The languages of the publication, that of the whole first.
    """
    return _select(frozenset(codes), tuple(language.lower() for language in languages))


@cache
def _select(codes: frozenset[int], languages: tuple[str, ...]) -> tuple[Supplement, ...]:
    chosen: list[Supplement] = []
    remaining = set(codes)
    used = dict.fromkeys(package for language in languages if (package := _package_of(language)))
    for package in dict.fromkeys((*used, *PACKAGES, _SYMBOLS)):
        needed = codes if package in used else frozenset(remaining)
        for family in _families(package):
            if needed & family.characters:
                chosen.append(family)
                remaining -= family.characters
    fonts = list(_system_fonts(remaining)) if remaining else []
    for code in sorted(remaining):
        if code in remaining and (of_system := _system_family(code, languages, fonts)):
            chosen.append(of_system)
            remaining -= of_system.characters
    return tuple(chosen)


def _package_of(language: str) -> FontPackage | None:
    """Return the package for the Chinese characters of a language, or None."""
    for package in (TAIWANESE, CHINESE, JAPANESE, KOREAN):
        if any(f"{language.lower()}-".startswith(f"{prefix}-") for prefix in package.languages):
            return package
    return None


def package_for(character: str, languages: Sequence[str]) -> FontPackage | None:
    """Return the package on demand that has a character of a publication in these languages, or None."""
    from fontTools.unicodedata import script

    match script(character):
        case "Hira" | "Kana":
            return JAPANESE
        case "Hang":
            return KOREAN
        case "Bopo":
            return TAIWANESE
        case "Hani" | "Zyyy" | "Zinh" as name if name == "Hani" or 0x3000 <= ord(character) <= 0xFFEF:
            return next(filter(None, (_package_of(language) for language in languages)), CHINESE)
        case other:
            return OTHERS if other in _OTHER_SCRIPTS or is_emoji(character) else None


def is_emoji(character: str) -> bool:
    """Return whether a character is usually shown as a picture (UTS 51)."""
    return 0x1F000 <= ord(character) <= 0x1FAFF or character in _EMOJI


def versions() -> dict[str, str]:
    """Return the versions of the installed packages, which decide what editions with pages look like."""
    return {package.name: metadata.version(package.name) for package in PACKAGES if package.folder}


@cache
def _families(package: FontPackage) -> tuple[Supplement, ...]:
    files: dict[str, list[Path]] = {}
    for path in sorted(package.folder.rglob("*.[ot]tf")) if package.folder else ():
        files.setdefault(_Face.read(path).name, []).append(path)
    return tuple(
        Supplement(name, tuple(paths), _Face.read(paths[0]).characters, package) for name, paths in files.items()
    )


class _Face(NamedTuple):
    """Name and characters of a font file."""

    name: str
    characters: frozenset[int]

    @staticmethod
    @cache
    def read(path: Path) -> _Face:
        """Read a font file."""
        from fontTools.ttLib import TTFont

        with TTFont(path, lazy=True) as font:
            codes = frozenset(font.getBestCmap() or ())
            return _Face(font["name"].getBestFamilyName() or path.stem, codes)


class _SystemFont(NamedTuple):
    """A font file of the system."""

    path: Path
    number: int
    """Its index in the file."""
    family: str
    languages: Sequence[str]
    codes: Collection[int]
    """Those of the code points asked for that it has."""
    charset: str
    """All that it has, as fontconfig lists them: sets of those of all Chinese fonts would fill the memory."""
    size: int
    """How many they are."""


def _system_family(code: int, languages: Sequence[str], fonts: Iterable[_SystemFont]) -> Supplement | None:
    """Return the family of the system that has a character, preferably one made for a language, or None."""
    families: dict[str, list[_SystemFont]] = {}
    for font in fonts:
        if code in font.codes and _may_be_used(font.path, font.number):
            families.setdefault(font.family, []).append(font)
    if not families:
        return None
    wanted = {_fontconfig_language(language) for language in languages[:1]}
    package = next(map(_package_of, languages), None)
    own = package.forms if package else frozenset()

    def rank(name: str) -> tuple[object, ...]:
        font, form = families[name][0], name.rpartition(" ")[2]
        return (
            not wanted.isdisjoint(font.languages),
            form in own,
            "Mono" not in name,
            font.size,
            name,
        )

    name = max(families, key=rank)
    files = tuple(dict.fromkeys(font.path for font in families[name]))
    return Supplement(name, files, frozenset(_characters(families[name][0].charset)))


@cache
def _may_be_used(path: Path, number: int) -> bool:
    """Return whether a font has outlines that PDF can hold, and may be embedded."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            return ("glyf" in font or "CFF " in font) and not font["OS/2"].fsType & _MAY_NOT_BE_EMBEDDED
    except Exception:  # fontTools raises errors of many types for files that are damaged or no fonts
        return False


def _system_fonts(codes: Collection[int]) -> Iterator[_SystemFont]:
    """Yield the scalable fonts of the system that have some of the code points; a process for each would take long."""
    pattern = ":scalable=true:color=false:outline=true"
    form = "%{file}\t%{index}\t%{family[0]}\t%{lang}\t%{weight}\t%{width}\t%{charset}\n"
    try:
        listed = programs.run(["fc-list", "-f", form, pattern], seconds=_SECONDS)
    except ExporterError:
        return
    for line in sorted(listed.stdout.decode(errors="replace").splitlines()):
        file, index, family, covered, weight, width, charset = line.split("\t")
        # Named instances of variable fonts have an index of their own; 80 and 200 are the weights 400 and 700, and 100
        # is the normal width.
        is_file = file.lower().endswith((".ttf", ".otf", ".ttc", ".otc")) and int(index) < 0x10000
        if is_file and all(value.startswith("[") or value in ("80", "200", "100") for value in (weight, width)):
            every = _characters(charset)
            if shared := every.intersection(codes):
                yield _SystemFont(Path(file), int(index), family, covered.split("|"), shared, charset, len(every))


def _characters(charset: str) -> set[int]:
    """Return the code points of a list of fontconfig, such as `20-7e 131`."""
    bounds = (part.partition("-") for part in charset.split())
    return {code for first, _, last in bounds for code in range(int(first, 16), int(last or first, 16) + 1)}


def _fontconfig_language(language: str) -> str:
    """Return the name that fontconfig has for a language."""
    package = _package_of(language)
    if package in (CHINESE, TAIWANESE):
        return "zh-cn" if package is CHINESE else "zh-hk" if "hk" in language else "zh-tw"
    return language.partition("-")[0]
