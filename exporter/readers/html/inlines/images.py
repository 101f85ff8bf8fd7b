"""Images: addresses and alternatives of `img`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exporter.model import Alt, At, Decorative, Described, Image, Undescribed
from exporter.readers import links
from exporter.readers.html.markup.dom import collapse_spaces
from exporter.readers.image_widths import read_dimension

_LAZY = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-file",
    "data-full-url",
    "data-hi-res-src",
    "data-srcset",
    "data-lazy-srcset",
)
"""Attributes with the address of an image that a script loads."""
_PLACEHOLDER = re.compile(
    r"data:image/(?:gif|svg)|(?:^|/)(?:blank|spacer|pixel|placeholder|lazy)[\w-]*\.(?:gif|png|svg)$"
)
_CANDIDATE = re.compile(r"\s*([^\s,][^\s]*[^\s,]|[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)")
_REMOTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")


def read_image(attributes: Mapping[str, str], at: At) -> Image | None:
    """Return the image of an `img`, or None if it has no address. A missing `alt` is not an empty one."""
    source = image_address(attributes)
    if not source:
        return None
    width = read_dimension(attributes.get("width", ""))
    return Image(at=at, source=links.image_path(source), alt=read_alt(attributes), width=width)


def read_alt(attributes: Mapping[str, str]) -> Alt:
    """Return the alternative of an `img` (HTML 4.8.4.4; ARIA 1.2, aria-label and the role `presentation`)."""
    written = attributes.get("alt")
    text = collapse_spaces(written or attributes.get("aria-label") or "").strip()
    if text:
        return Described(text)
    is_hidden = attributes.get("role") in ("presentation", "none") or attributes.get("aria-hidden") == "true"
    # White space does not mark the image as decorative: editors insert it.
    return Decorative() if written == "" or is_hidden else Undescribed()


def image_address(attributes: Mapping[str, str]) -> str:
    """Return the address of an image, local files first, or an empty text if there is none."""
    urls = list(dict.fromkeys(_addresses(attributes)))
    local = [url for url in urls if not _REMOTE.match(url)]
    return next(iter([*local, *urls]), "")


def is_lazy(attributes: Mapping[str, str]) -> bool:
    """Return whether a script would replace the placeholder in `src` by the image."""
    has_lazy_address = any(attributes.get(name, "").strip() for name in _LAZY)
    return has_lazy_address and _PLACEHOLDER.search(attributes.get("src", "").strip()) is not None


def _addresses(attributes: Mapping[str, str]) -> Iterator[str]:
    written = attributes.get("src", "").strip()
    lazy = [attributes.get(name, "").strip() for name in _LAZY]
    if written and not is_lazy(attributes):
        yield written
    for name, value in zip(_LAZY, lazy, strict=True):
        if value:
            yield from _srcset(value) if name.endswith("srcset") else (value,)
    yield from _srcset(attributes.get("srcset", ""))


def _srcset(written: str) -> list[str]:
    """Return the addresses of a `srcset`, the largest first (HTML 4.8.4.2.1)."""
    if written.startswith("data:"):
        return [written.split(maxsplit=1)[0]]
    candidates = [(float(size or 1), url) for url, size in _CANDIDATE.findall(written[:4_000]) if _is_number(size)]
    return [url for _, url in sorted(candidates, key=lambda pair: -pair[0])]


def _is_number(size: str) -> bool:
    return not size or re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", size) is not None


def is_pixel(attributes: Mapping[str, str]) -> bool:
    """Return whether an image is a tracking pixel."""
    return {attributes.get("width", "").removesuffix("px"), attributes.get("height", "").removesuffix("px")} <= {
        "0",
        "1",
    }
