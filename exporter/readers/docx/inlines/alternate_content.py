"""Alternate content for programs of different age (ISO/IEC 29500-3, 9.3 AlternateContent)."""

from __future__ import annotations

from exporter.inspect.docx.xml import Element, name

_CHOICES = frozenset(
    [
        "wps",
        "wpg",
        "wpc",
        "wp14",
        "w14",
        "w15",
        "w16",
        "w16cid",
        "w16cex",
        "w16du",
        "a14",
        "c14",
        "c15",
        "c16",
        "cx",
        "cx1",
        "cx2",
        "cx4",
        "pic14",
    ]
)
"""Prefixes of the namespaces that are supported; the fallback is a picture of ink and 3D models, and emoji as text."""


def choice(element: Element) -> Element | None:
    """Return the first supported choice, else the fallback, else the first choice."""
    choices = element.findall(name("mc:Choice"))
    for candidate in choices:
        if set((candidate.get("Requires") or "").split()) <= _CHOICES:
            return candidate
    fallback = element.find(name("mc:Fallback"))
    return fallback if fallback is not None else next(iter(choices), None)
