"""Levels of paragraphs that look like headings, by their look and their numbers (WCAG 1.3.1 F2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

DEEPEST = 6
"""The deepest level of a heading that a look may mean."""
LONGEST = 100
"""Characters of a heading."""
_NUMBER = re.compile(
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\s+(?=\S)|(?P<roman>[IVXLC]{1,5})[.)]\s+(?=\S)|"
    r"(?P<upper>[A-Z])[.)]\s+(?=\S)|(?P<lower>[a-z])[.)]\s+(?=\S)"
)
_END = (".", "!", "…", "»", "”", "؟", "。", ",", ";", "،", "؛")
_CAPTION = re.compile(
    r"(?:tab(?:le|la|leau|ela|elle|\.)?|cuadro|quadro|fig(?:ure|ura|\.)?|gráfic[oa]|graph(?:ique)?|chart|abb(?:ildung|\.)?|"
    r"box|recuadro|encadré|map|mapa|carte|photo|foto|таблица|табл\.|рис(?:унок|\.)?|شكل|الشكل|جدول|الجدول)\s*"
    r"(?:\d|[IVX]+\b|[A-Z]\b)",
    re.IGNORECASE,
)


class Candidate(NamedTuple):
    """A paragraph that looks like a heading."""

    position: int
    """Its index among the blocks."""
    text: str
    """Its text with its number."""
    look: tuple[float, ...]
    """What stands out more is greater."""
    parent: int
    """Level of the marked heading to which it belongs; 0 if there is none."""


class HeadingLook(NamedTuple):
    """Paragraphs of one look that are headings of one level."""

    level: int
    candidates: tuple[Candidate, ...]


def is_heading_text(text: str) -> bool:
    """Return whether a line may be a heading: neither a sentence nor a caption, and not only figures and signs."""
    text = " ".join(text.split())
    return (
        len(text) <= LONGEST
        and len(re.findall(r"[^\W\d_]", text)) > 1
        and not text.endswith(_END)
        and _CAPTION.match(text) is None
    )


def join_lines(candidates: Sequence[Candidate]) -> tuple[list[Candidate], frozenset[int]]:
    """Return candidates with the two lines of a heading as one, and the positions of the second lines.

    The second line has the look of the first, and no number.
    """
    out: list[Candidate] = []
    second: set[int] = set()
    for candidate in candidates:
        before = out[-1] if out else candidate
        text = f"{before.text} {candidate.text}"
        follows = candidate.position == before.position + 1 and candidate.look == before.look
        if follows and len(text) <= LONGEST and not _NUMBER.match(candidate.text):
            out[-1] = before._replace(text=text)
            second.add(candidate.position)
        else:
            out.append(candidate)
    return out, frozenset(second)


def group_by_look(candidates: Sequence[Candidate]) -> list[HeadingLook]:
    """Return candidates with their levels, grouped by look, from the highest level to the deepest.

    A greater look is a higher level. In one look, numbers such as 1, 1.1 or I, A, 1 tell levels apart. Headings that
    are marked as such are above those that are not.
    """
    out: list[HeadingLook] = []
    ends: dict[int, int] = {}
    """First free level below the marked headings of a level."""
    for look in sorted({candidate.look for candidate in candidates}, reverse=True):
        same = [candidate for candidate in candidates if candidate.look == look]
        parent = max(candidate.parent for candidate in same)
        start = ends.get(parent, parent + 1)
        depths = _depths([candidate.text for candidate in same])
        for depth in sorted(set(depths)):
            level = min(start + depth, DEEPEST)
            out.append(HeadingLook(level, tuple(item for item, own in zip(same, depths, strict=True) if own == depth)))
        ends[parent] = start + max(depths) + 1
    return out


def _depths(texts: Sequence[str]) -> list[int]:
    """Return the depth of each text by its number, from 0; the kind of number that comes first is the highest."""
    romans = any(len(match["roman"] or "") > 1 for text in texts if (match := _NUMBER.match(text)))
    numbers = [_number(text, romans=romans) for text in texts]
    kinds = list(dict.fromkeys(kind for kind, _ in numbers if kind))
    shallowest = {kind: min(parts for other, parts in numbers if other == kind) for kind in kinds}
    return [kinds.index(kind) + parts - shallowest[kind] if kind else 0 for kind, parts in numbers]


def _number(text: str, *, romans: bool) -> tuple[str, int]:
    """Return the kind of number at the start of a text and of how many parts it is; an empty kind if there is none."""
    match = _NUMBER.match(text)
    if match is None:
        return "", 0
    kind = match.lastgroup or ""
    if kind == "roman" and not romans and len(match["roman"]) == 1:
        kind = "upper"
    return kind, match[0].strip(" .)").count(".") + 1
