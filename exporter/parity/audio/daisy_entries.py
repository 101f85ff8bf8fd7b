"""Entries and steps of a talking book against the text that they lead to (DAISY 2.02, 2.1; Skippable Structures, 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporter.findings import Finding
from exporter.parity.content import letters
from exporter.parity.rules import CLIPS, CONTENTS, NOTES, unexpected
from exporter.parity.xhtml import elements

_SKIPPED = {
    **dict.fromkeys(("page-normal", "page-front", "page-special"), "pagenumber-on"),
    **dict.fromkeys(("noteref", "notebody"), "footnote-on"),
    **{"sidebar": "sidebar-on", "optional-prodnote": "prodnote-on"},
}
"""What a listener can leave out, by the class of its text."""
_MARKS = frozenset({"noteref", "page-normal", "page-front", "page-special"})
_BOXES = frozenset({"sidebar", "optional-prodnote"})
_ATTRIBUTES = {
    "par": {"endsync", "id", "system-required"},
    "text": {"src", "id"},
    "audio": {"src", "clip-begin", "clip-end", "id"},
    "seq": {"dur", "id"},
}
_QUOTED = 60


def check_entries(entries: Iterable[tuple[Any, Any]]) -> Iterator[Finding]:
    """Yield links of the navigation that are called otherwise than what they lead to; each with its text, or None."""
    for link, text in entries:
        if text is None:
            continue
        entry, around = link.getparent(), [text, *text.iterancestors()]
        words = f"“{elements.text(link)[:_QUOTED]}”"
        level, heading = elements.level(entry), next((node for node in around if elements.level(node)), None)
        if level and heading is not None and elements.level(heading) != level:
            yield CONTENTS.finding(f"{words} is of level {level} in the navigation, and of {elements.level(heading)}.")
        for kind in elements.kinds(entry) & (_BOXES | {"noteref"}):
            goal = next((node for node in around if kind in elements.kinds(node)), None)
            if goal is None or not _is_name(elements.text(link), goal, kind):
                rule = NOTES if kind == "noteref" else CONTENTS
                yield rule.finding(f"{words} is in the navigation, and leads to something else.")


def _is_name(name: str, goal: Any, kind: str) -> bool:
    """Return whether an entry has the number of its reference, or the first words of its box."""
    if kind == "noteref":
        return letters(name) == letters("".join(goal.itertext()))
    # Formulas have other words in the text than in the navigation.
    shown = letters("".join(_words(goal)))
    return not shown or letters(name.rstrip("…")) in shown or any("formula" in elements.kinds(n) for n in goal.iter())


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if elements.name(child) and not elements.kinds(child) & _MARKS:
            yield " "
            yield child.get("alt") or ""
            yield from _words(child)
        yield child.tail or ""


def check_steps(name: str, steps: Iterable[tuple[Any, Any]]) -> Iterator[Finding]:
    """Yield steps that a listener leaves out, or cannot leave out, other than their text; each with it, or None."""
    for par, text in steps:
        for element in par.iter("par", "text", "audio", "seq"):
            for key in sorted(set(element.attrib) - _ATTRIBUTES[elements.name(element)]):
                yield unexpected(CLIPS.finding(f"{name} states “{key}” for a step."))
        if text is None:
            continue
        kinds = (kind for node in (text, *text.iterancestors()) for kind in sorted(elements.kinds(node)))
        expected = next((_SKIPPED[kind] for kind in kinds if kind in _SKIPPED), None)
        if par.get("system-required") != expected:
            words = "".join(text.itertext())[:_QUOTED]
            stated = par.get("system-required") or "what is always heard"
            yield CLIPS.finding(f"“{words}” is marked as {stated} in {name}; expected {expected or 'no mark'}.")
