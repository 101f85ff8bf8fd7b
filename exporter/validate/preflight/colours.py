"""Colour spaces: what a space is made of, alternates and bases included (ISO 32000-1, 8.6)."""

from __future__ import annotations

from typing import Any

import pikepdf

RGB = frozenset({"DeviceRGB", "CalRGB", "ICC RGB"})
_ICC = {1: "ICC Gray", 3: "ICC RGB", 4: "ICC CMYK"}
_SHORT = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}
_COMPONENTS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3}
_DEEPEST = 8


class Space:
    """A colour space."""

    def __init__(self, value: Any, resources: Any = None, depth: int = 0) -> None:
        self.parts: set[str] = set()
        """Names of all spaces that it is made of."""
        self.components = 1
        self.inks = False
        """Whether its components are cyan, magenta, yellow and black."""
        if depth > _DEEPEST:
            return
        if isinstance(value, pikepdf.Name):
            spaces = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
            named = spaces.get(str(value)) if isinstance(spaces, pikepdf.Dictionary) else None
            if named is not None and named != value:
                self._become(Space(named, resources, depth + 1))
                return
            self._device(_SHORT.get(str(value), str(value)[1:]))
        elif isinstance(value, pikepdf.Array) and len(value):
            self._array(value, resources, depth)

    def _device(self, name: str) -> None:
        self.parts = {name}
        self.components = _COMPONENTS.get(name, 1)
        self.inks = name == "DeviceCMYK"

    def _array(self, value: Any, resources: Any, depth: int) -> None:
        name = str(value[0])[1:]
        match name:
            case "ICCBased" if len(value) > 1:
                profile = value[1]
                self.components = int(profile.get("/N", 0))
                self.parts = {_ICC.get(self.components, "ICC")}
                self.inks = self.components == 4
                if "/Alternate" in profile:
                    self.parts |= Space(profile["/Alternate"], resources, depth + 1).parts
            case "Indexed" | "I" | "Pattern" if len(value) > 1:
                self.parts = {name, *Space(value[1], resources, depth + 1).parts}
            case "Separation" | "DeviceN" if len(value) > 2:
                self.components = len(value[1]) if name == "DeviceN" else 1
                self.parts = {name, *Space(value[2], resources, depth + 1).parts}
            case _:
                self._device(name)

    def _become(self, other: Space) -> None:
        self.parts, self.components, self.inks = other.parts, other.components, other.inks

    @property
    def red(self) -> frozenset[str]:
        """The spaces of red, green and blue in it."""
        return RGB & self.parts
