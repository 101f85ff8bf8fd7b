"""A colour profile of the printer: checked before anything is drawn (ICC.1, ISO 15930-7, 6.2.3)."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

from exporter.errors import SettingsError

MAX_BYTES = 20_000_000
_STEPS = 17
"""Steps of red, green and blue at which the ink of a profile is measured."""
_CLASSES = {"scnr": "of a scanner", "mntr": "of a screen", "link": "from one device to another", "spac": "of colours"}


class CustomProfile(NamedTuple):
    """A profile from the printer."""

    data: bytes
    words: str
    """What it calls itself."""
    limit: int
    """Most ink in per cent that it makes of any colour."""


def read(data: bytes, name: str) -> CustomProfile:
    """Read and check a profile.

    Raises:
        SettingsError: It is none, or none for a press with four inks.
    """
    from PIL import ImageCms

    try:
        if len(data) > MAX_BYTES:
            raise SettingsError(f"The colour profile “{name}” has {len(data) / 1e6:,.0f} MB, which no profile has.")
        opened = ImageCms.getOpenProfile(BytesIO(data))
        head = opened.profile
        if head.device_class != "prtr":
            raise _wrong(name, f"it is one {_CLASSES.get(head.device_class, 'of another kind')}, not of a press")
        if head.xcolor_space.strip() != "CMYK":
            raise _wrong(name, f"its colours are {head.xcolor_space.strip()}, not CMYK")
        if not head.is_intent_supported(ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Direction.OUTPUT):
            raise _wrong(name, "it cannot turn colours into inks")
        if head.version >= 5:
            raise _wrong(name, "it is of ICC version 5, which PDF/X-4 does not know")
        return CustomProfile(data, (head.profile_description or "").strip() or name, most_ink(opened))
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise _wrong(name, "the file is not an ICC profile, or damaged") from error


def _wrong(name: str, why: str) -> SettingsError:
    return SettingsError(
        f"The colour profile “{name}” is not that of a printing press: {why}.",
        advice="Ask the printer for the CMYK output profile (.icc) of its press and paper.",
    )


def transform(profile: Any) -> Any:
    """Return Pillow's conversion from sRGB to the inks of an open profile: relative colorimetric, black to black."""
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        profile,
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def most_ink(profile: Any) -> int:
    """Return the most ink in per cent that an open profile makes of any colour of sRGB."""
    from PIL import Image, ImageCms

    levels = [round(step * 255 / (_STEPS - 1)) for step in range(_STEPS)]
    colours = bytes(value for red in levels for green in levels for blue in levels for value in (red, green, blue))
    picture = Image.frombytes("RGB", (_STEPS * _STEPS, _STEPS), colours)
    inks = ImageCms.applyTransform(picture, transform(profile))
    assert inks is not None
    dots = inks.tobytes()
    # To the next ten: colours between the steps have a little more.
    return min(400, (round(max(map(sum, zip(*[iter(dots)] * 4, strict=True))) / 2.55) // 10 + 1) * 10)
