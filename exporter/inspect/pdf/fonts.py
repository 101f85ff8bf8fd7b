"""Fonts: the characters of their codes (ISO 32000-2, 9.10), and their descriptors."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from typing import Any

from exporter.inspect.pdf import values

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}
_LONGEST_RANGE = 0xFFFF
_MOST_CODES = 4 * 0x10000
"""Codes of all ranges together; a font has at most a quarter of that, each once."""
_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)
_ITALIC = re.compile("italic|oblique", re.IGNORECASE)
_ITALIC_FLAG = 1 << 6
"""Bit of the flags of a font descriptor (ISO 32000-2, 9.8.2)."""
_COLLECTIONS = frozenset({"GB1", "CNS1", "Japan1", "Korea1"})


class Font:
    """A font as a page uses it."""

    def __init__(self, font: Any) -> None:
        self.name = values.name(values.get(font, "/BaseFont"))
        self.type = values.name(values.get(font, "/Subtype"))
        descriptor = _descriptor(font)
        flags = values.integer(values.get(descriptor, "/Flags")) or 0
        self.family = values.text(values.get(descriptor, "/FontFamily")) or ""
        self.is_bold = bool(_BOLD.search(self.name))
        self.is_italic = bool(flags & _ITALIC_FLAG or _ITALIC.search(self.name))
        self.width = 2 if self.type == "Type0" else 1
        """Bytes of a code."""
        files = (values.get(descriptor, key) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        self.embedded = self.type == "Type3" or any(file is not None for file in files)
        self.is_drawn = False
        """Whether glyphs of it have been drawn: only then it is embedded (ISO 14289-1, 7.21.4.1)."""
        self.codes: set[int] = set()
        """Codes that have been shown."""
        self.map: dict[int, str] = {}
        self._codes = 0
        """In the ranges that were read."""
        table = values.get(font, "/ToUnicode")
        if hasattr(table, "read_bytes"):
            self._learn(table.read_bytes())
        self.mapped = bool(self.map) or _has_known_collection(font)
        """Whether it is known which characters its glyphs stand for (ISO 14289-1, 7.21.7)."""
        if not self.map and self.width == 1:
            self._simple(values.get(font, "/Encoding"))

    def text(self, shown: Sequence[Any]) -> str:
        """Return the characters of strings, which may have moves between them."""
        import pikepdf

        parts = [bytes(part) for part in shown if isinstance(part, pikepdf.String)]
        if self.width == 1:
            codes: Sequence[int] = b"".join(parts)
        else:
            data = b"".join([part[: len(part) // 2 * 2] for part in parts])
            codes = struct.unpack(f">{len(data) // 2}H", data)
        self.codes.update(codes)
        return "".join([self.map.get(code, "") for code in codes])

    def _learn(self, data: bytes) -> None:
        for kind, body in _SECTION.findall(data):
            tokens = [(match[1], bool(match[2]), bool(match[3])) for match in _TOKEN.finditer(body)]
            (self._characters if kind == b"bfchar" else self._ranges)(tokens)

    def _characters(self, tokens: list[tuple[bytes, bool, bool]]) -> None:
        for (code, *_), (text, *_) in zip(tokens[::2], tokens[1::2], strict=False):
            self.map[_code(code)] = _text(text)

    def _ranges(self, tokens: list[tuple[bytes, bool, bool]]) -> None:
        position = 0
        while position + 2 < len(tokens) and self._codes < _MOST_CODES:
            low, high = _code(tokens[position][0]), _code(tokens[position + 1][0])
            high = min(high, low + _LONGEST_RANGE)
            self._codes += max(0, high - low + 1)
            position += 2
            if tokens[position][1]:
                position += 1
                for code in range(low, high + 1):
                    if position >= len(tokens) or tokens[position][2]:
                        break
                    self.map[code] = _text(tokens[position][0])
                    position += 1
                position += 1
            else:
                first = _text(tokens[position][0])
                for code in range(low, high + 1):
                    last = ord(first[-1]) + code - low if first else 0
                    self.map[code] = first[:-1] + chr(last) if first and last < 0x110000 else ""
                position += 1

    def _simple(self, encoding: Any) -> None:
        """Read a simple font by its encoding (ISO 32000-2, 9.6.5); the names of glyphs say their characters."""
        base = values.name(encoding) or values.name(values.get(encoding, "/BaseEncoding"))
        codec = _ENCODINGS.get(base, "latin-1")
        self.map = {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}
        code = 0
        for entry in values.items(values.get(encoding, "/Differences")):
            number = values.integer(entry)
            if number is not None:
                code = number
            else:
                from fontTools import agl

                self.map[code] = agl.toUnicode(values.name(entry))
                code += 1


def _descriptor(font: Any) -> Any:
    descendants = values.items(values.get(font, "/DescendantFonts"))
    return values.get(descendants[0] if descendants else font, "/FontDescriptor")


def _has_known_collection(font: Any) -> bool:
    """Return whether the glyphs are those of a character collection of Adobe, of which the characters are known."""
    descendants = values.items(values.get(font, "/DescendantFonts"))
    system = values.get(descendants[0] if descendants else None, "/CIDSystemInfo")
    return values.text(values.get(system, "/Registry")) == "Adobe" and (
        values.text(values.get(system, "/Ordering")) in _COLLECTIONS
    )


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    clean = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(clean + "0" * (len(clean) % 2)).decode("utf-16-be", "replace")
