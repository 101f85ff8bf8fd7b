"""Pictures in the colours that a page says it has: grey or sRGB, eight bits a channel (ISO 19005-2, 6.2.4)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_KNOWN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Modes of Pillow that the page engine writes as they are."""
_DEEP = 257
"""What sixteen bits are more than eight."""


def is_plain(picture: Image) -> bool:
    """Return whether a picture, of which no more than the head was read, may go on the page as it is."""
    return picture.mode in _KNOWN and _other_colours(picture) is None


def plain(picture: Image) -> Image:
    """Return a picture in grey or sRGB, with its transparency."""
    profile = _other_colours(picture)
    if "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode.startswith("I"):
        picture = _shallow(picture)
    elif picture.mode in {"1", "F"}:
        picture = picture.convert("L")
    elif picture.mode in {"PA", "RGBa", "La"}:
        picture = picture.convert("LA" if picture.mode == "La" else "RGBA")
    if profile is not None and picture.mode not in {"L", "LA"}:
        return _in_srgb(picture, profile)
    return picture if picture.mode in {"L", "LA", "RGB", "RGBA"} else picture.convert("RGB")


def _shallow(picture: Image) -> Image:
    """Return a picture of sixteen bits in eight; Pillow would cut off all that is lighter than the darkest part."""
    whole = picture.convert("I")
    _, lightest = whole.getextrema()
    return (
        whole.point(lambda value: value * (1 / _DEEP))
        if isinstance(lightest, int | float) and lightest > 255
        else whole
    ).convert("L")


def _other_colours(picture: Image) -> Any:
    """Return the profile of a picture's colours where these are not sRGB."""
    from PIL import ImageCms

    if picture.mode == "LAB":
        return ImageCms.createProfile("LAB")
    data = picture.info.get("icc_profile")
    if not data or picture.mode not in {"RGB", "RGBA", "P", "CMYK"}:
        return None
    try:
        profile = ImageCms.getOpenProfile(BytesIO(data))
        name = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError):
        return None  # damaged: no profile at all
    space = "CMYK" if picture.mode == "CMYK" else "RGB"
    return None if "srgb" in name.lower() or profile.profile.xcolor_space.strip() != space else profile


def _in_srgb(picture: Image, profile: Any) -> Image:
    from PIL import ImageCms

    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture if picture.mode in {"CMYK", "LAB"} else picture.convert("RGB")
    srgb = ImageCms.createProfile("sRGB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    try:
        converted = ImageCms.profileToProfile(
            colours, profile, srgb, renderingIntent=intent, outputMode="RGB", flags=flags
        )
    except ImageCms.PyCMSError:
        converted = colours.convert("RGB")
    assert converted is not None
    if alpha is not None:
        converted.putalpha(alpha)
    return converted
