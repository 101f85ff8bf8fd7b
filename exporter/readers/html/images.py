"""Pictures: which file, and what stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exporter.model import Alt, At, Decorative, Described, Image, Undescribed
from exporter.readers import links
from exporter.readers.html.dom import one_space

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
"""Where systems that load pictures late put the true address."""
_PLACEHOLDER = re.compile(
    r"data:image/(?:gif|svg)|(?:^|/)(?:blank|spacer|pixel|placeholder|lazy)[\w-]*\.(?:gif|png|svg)$"
)
_CANDIDATE = re.compile(r"\s*([^\s,][^\s]*[^\s,]|[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)")
_REMOTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")


def image(attributes: Mapping[str, str], at: At) -> Image | None:
    """Return the picture of an `img`; None when it names no file. A missing alt is not an empty one."""
    source = address(attributes)
    return Image(at=at, source=links.picture(source), alt=alt(attributes)) if source else None


def alt(attributes: Mapping[str, str]) -> Alt:
    """Give what stands for the picture of an `img` (HTML 4.8.4.4; ARIA 1.2, aria-label and the role `presentation`)."""
    written = attributes.get("alt")
    words = one_space(written or attributes.get("aria-label") or "").strip()
    if words:
        return Described(words)
    hidden = attributes.get("role") in ("presentation", "none") or attributes.get("aria-hidden") == "true"
    # Blanks alone are no decision that the picture carries nothing: somebody's editor put them there.
    return Decorative() if written == "" or hidden else Undescribed()


def address(attributes: Mapping[str, str]) -> str:
    """Return the address of a picture: a file beside the page before one on the network; empty when there is none."""
    found = list(dict.fromkeys(_addresses(attributes)))
    beside = [one for one in found if not _REMOTE.match(one)]
    return next(iter([*beside, *found]), "")


def comes_late(attributes: Mapping[str, str]) -> bool:
    """Return whether a script would put the true picture in place of what `src` names."""
    late = any(attributes.get(name, "").strip() for name in _LAZY)
    return late and _PLACEHOLDER.search(attributes.get("src", "").strip()) is not None


def _addresses(attributes: Mapping[str, str]) -> Iterator[str]:
    written = attributes.get("src", "").strip()
    late = [attributes.get(name, "").strip() for name in _LAZY]
    if written and not comes_late(attributes):
        yield written
    for name, value in zip(_LAZY, late, strict=True):
        if value:
            yield from _set(value) if name.endswith("srcset") else (value,)
    yield from _set(attributes.get("srcset", ""))


def _set(written: str) -> list[str]:
    """Return the addresses of a `srcset`, the largest first (HTML 4.8.4.2.1)."""
    if written.startswith("data:"):
        return [written.split(maxsplit=1)[0]]
    found = [(float(size or 1), url) for url, size in _CANDIDATE.findall(written[:4_000]) if _is_number(size)]
    return [url for _, url in sorted(found, key=lambda pair: -pair[0])]


def _is_number(size: str) -> bool:
    return not size or re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", size) is not None


def is_pixel(attributes: Mapping[str, str]) -> bool:
    """Return whether it is one of the pictures of a single pixel by which readers are counted."""
    return {attributes.get("width", "").removesuffix("px"), attributes.get("height", "").removesuffix("px")} <= {
        "0",
        "1",
    }
