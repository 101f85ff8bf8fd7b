"""The words of marked content of a PDF, from its glyphs through the fonts' ToUnicode maps (ISO 32000-2, 9.10)."""

from __future__ import annotations

import re
from typing import Any

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")

# Only these matter here; leaving out the rest is what makes the reading quick.
_OPERATORS = "BDC BMC EMC Tf Tj TJ ' \" q Q"


class Words:
    """Gives the text of marked content, each page read once."""

    def __init__(self) -> None:
        self._pages: dict[tuple[int, int], dict[int, str]] = {}
        self._fonts: dict[tuple[int, int], _Font] = {}

    def at(self, page: Any, mcid: int) -> str:
        """Give the text under a marked-content identifier; empty when there is none."""
        if page is None:
            return ""
        key = page.objgen
        if key not in self._pages:
            self._pages[key] = self._read(page)
        return self._pages[key].get(mcid, "")

    def _read(self, page: Any) -> dict[int, str]:
        import pikepdf

        fonts = (page.get("/Resources") or {}).get("/Font") or {}
        properties = (page.get("/Resources") or {}).get("/Properties") or {}
        content = _Content()
        font: _Font | None = None
        saved: list[_Font | None] = []
        for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "BDC":
                    content.begin(_properties(operands[1], properties))
                case "BMC":
                    content.begin(None)
                case "EMC":
                    content.end()
                case "q":
                    saved.append(font)
                case "Q":
                    font = saved.pop() if saved else font
                case "Tf":
                    font = self._font(fonts.get(str(operands[0])))
                case _ if font is not None:
                    content.show(font.text(operands[-1]))
                case _:
                    pass
        return content.texts

    def _font(self, font: Any) -> _Font | None:
        if font is None:
            return None
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _Font(font)
        return self._fonts[font.objgen]


def _properties(operand: Any, named: Any) -> Any:
    import pikepdf

    return named.get(str(operand)) if isinstance(operand, pikepdf.Name) else operand


class _Content:
    """Gathers text by the marked content that it stands in; ActualText replaces the glyphs inside (14.9.4)."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self._mcids: list[int | None] = []
        self._replaced: list[bool] = []

    def begin(self, properties: Any) -> None:
        mcid = properties.get("/MCID") if properties is not None else None
        self._mcids.append(int(mcid) if mcid is not None else None)
        actual = properties.get("/ActualText") if properties is not None else None
        if actual is not None:
            self.show(str(actual))
        self._replaced.append(actual is not None)

    def end(self) -> None:
        if self._mcids:
            self._mcids.pop()
            self._replaced.pop()

    def show(self, text: str) -> None:
        mcid = next((each for each in reversed(self._mcids) if each is not None), None)
        if mcid is not None and not any(self._replaced):
            self.texts[mcid] = self.texts.get(mcid, "") + text


class _Font:
    """From codes of a font to characters."""

    def __init__(self, font: Any) -> None:
        self.width = 2 if str(font.get("/Subtype")) == "/Type0" else 1
        self.map: dict[int, str] = {}
        if "/ToUnicode" in font:
            self._learn(font["/ToUnicode"].read_bytes())

    def _learn(self, data: bytes) -> None:
        for kind, body in _SECTION.findall(data):
            tokens = [(match[1], bool(match[2]), bool(match[3])) for match in _TOKEN.finditer(body)]
            (self._characters if kind == b"bfchar" else self._ranges)(tokens)

    def _characters(self, tokens: list[tuple[bytes, bool, bool]]) -> None:
        for (code, *_), (text, *_) in zip(tokens[::2], tokens[1::2], strict=False):
            self.map[int(code, 16)] = _text(text)

    def _ranges(self, tokens: list[tuple[bytes, bool, bool]]) -> None:
        place = 0
        while place + 2 < len(tokens):
            low, high = int(tokens[place][0], 16), int(tokens[place + 1][0], 16)
            place += 2
            if tokens[place][1]:
                place += 1
                for code in range(low, high + 1):
                    if tokens[place][2]:
                        break
                    self.map[code] = _text(tokens[place][0])
                    place += 1
                place += 1
            else:
                first = _text(tokens[place][0])
                for code in range(low, min(high, low + 0xFFFF) + 1):
                    self.map[code] = first[:-1] + chr(ord(first[-1]) + code - low) if first else ""
                place += 1

    def text(self, shown: Any) -> str:
        """Give the characters of a string, or of an array of strings and moves."""
        import pikepdf

        if isinstance(shown, pikepdf.Array):
            return "".join(self.text(part) for part in shown if isinstance(part, pikepdf.String))
        data = bytes(shown)
        codes = (data[place : place + self.width] for place in range(0, len(data), self.width))
        return "".join(self.map.get(int.from_bytes(code, "big"), "") for code in codes)


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
