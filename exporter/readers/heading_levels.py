"""Levels of paragraphs that look like headings, by their look and their numbers (WCAG 1.3.1 F2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

DEEPEST = 6
"""The deepest level of a heading that a look may mean."""
LONGEST = 100
"""Characters of a heading."""
_NUMBER = re.compile(
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\s+(?=\S)|(?P<roman>[IVXLC]{1,5})[.)]\s+(?=\S)|"
    r"(?P<upper>[A-Z])[.)]\s+(?=\S)|(?P<lower>[a-z])[.)]\s+(?=\S)|"
    r"(?P<han>[一二三四五六七八九十]{1,3})[、．]|[（(](?P<bracketed>[一二三四五六七八九十]{1,3})[)）]|(?P<digits>\d{1,2})[、．]"
)
_ORDINALS = "أولى?|اولى?|ثانية?|ثالثة?|رابعة?|خامسة?|سادسة?|سابعة?|ثامنة?|تاسعة?|عاشرة?|حادية?|عشرون|تمهيدي|ختامي"
_NUMBER_WORDS = (
    "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:(?:twenty|thirty)[- ])?(?:one|two|three|four|five|six|seven|eight|nine)|twenty|thirty"
)
_CHAPTER = re.compile(
    r"(?P<word>(?i:chapter|part|cap[ií]tulo|parte|título|chapitre|partie|titre|kapitel|teil|capitolo|titolo|розділ|частина|"
    r"глава|раздел|часть))"
    rf"\s+(?:\d{{1,3}}|[IVXLCІХ]{{1,6}}|(?i:{_NUMBER_WORDS}))(?!\w)|"
    rf"(?P<arabic>الباب|الفصل)\s+(?:\d{{1,3}}|ال(?:{_ORDINALS}))(?!\w)(?!\s+(?:من|في|على|عن)\s)|"
    r"第\s*[一二三四五六七八九十百〇零\d]{1,5}\s*(?P<character>[编編部章节節])(?![ぁ-ん一-鿿])|"
    r"(?P<annex>(?i:annexe?|anexo|anhang|allegato|приложение|додаток))\s+(?:\d{1,2}|[IVX]{1,4}|[A-ZА-Я])(?!\w)|"
    r"(?P<attachment>附件)\s*[一二三四五六七八九十\d]{1,2}(?!\w)"
)
"""The number of a chapter, of what chapters are in or consist of, or of an annex, by its word."""
_END = (".", "!", "…", "»", "”", "؟", "。", ",", ";", "،", "؛", *"！？，；、：")
_KINDS = frozenset(_NUMBER.groupindex)
_CAPTION = re.compile(
    r"(?:tab(?:le|la|leau|ela|elle|\.)?|cuadro|quadro|fig(?:ure|ura|\.)?|gráfic[oa]|graph(?:ique)?|chart|abb(?:ildung|\.)?|"
    r"box|recuadro|encadré|map|mapa|carte|photo|foto|таблица|табл\.|рис(?:унок|\.)?|شكل|الشكل|جدول|الجدول|"
    r"[附插]?图|图表|[附]?表|专栏)\s*(?:\d|[IVX]+\b|[A-Z]\b)",
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
    parent: int = 0
    """Level of the marked heading to which it belongs; 0 if there is none."""
    level: int = 0
    """Its level if it is marked as a heading; 0 if it only looks like one."""


class HeadingLook(NamedTuple):
    """Paragraphs of one look that are headings of one level."""

    level: int
    candidates: tuple[Candidate, ...]


class _OpenHeading(NamedTuple):
    """A heading to whose section a paragraph may belong."""

    rank: int
    level: int


def is_heading_text(text: str) -> bool:
    """Return whether a line may be a heading: neither a sentence nor a caption, and not only figures and signs."""
    text = " ".join(text.split())
    return (
        len(text) <= LONGEST
        and len(re.findall(r"[^\W\d_]", text)) > 1
        and not text.endswith(_END)
        and _CAPTION.match(text) is None
    )


def chapter_kind(text: str) -> str:
    """Return the word or character of the number of a chapter or annex at the start of a line: “chapter”, “章”."""
    match = _chapter(text)
    return unicodedata.normalize("NFD", match[match.lastgroup or 0].casefold()).replace("\u0301", "") if match else ""


def _chapter(text: str) -> re.Match[str] | None:
    """Return the number of a chapter or annex, unless small letters or a comma after it show a sentence or a place."""
    text = text.strip()
    match = _CHAPTER.match(text)
    rest = text[match.end() :].lstrip() if match else ""
    return None if rest[:1].islower() or rest.startswith((",", "،")) else match


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
        is_numbered = _NUMBER.match(candidate.text) or chapter_kind(candidate.text)
        if follows and len(text) <= LONGEST and not is_numbered:
            out[-1] = before._replace(text=text)
            second.add(candidate.position)
        else:
            out.append(candidate)
    return out, frozenset(second)


def group_by_look(candidates: Sequence[Candidate], marked: Sequence[Candidate] = ()) -> list[HeadingLook]:
    """Return candidates with their levels, grouped by look, from the highest level to the deepest.

    What looks alike under one heading has one level, and none is skipped.

    Args:
        candidates: The paragraphs, in the order of the text.
        marked: The headings that are marked as such, with the looks that they would have without their styles.
    """
    ranks = _ranks(candidates, marked)
    groups: dict[tuple[int, tuple[float, ...], int], list[Candidate]] = {}
    highest = min((heading.level for heading in marked), default=1) - 1
    opened: list[_OpenHeading] = []
    for candidate in sorted((*candidates, *marked)):
        rank = ranks[candidate.position]
        while opened and opened[-1].rank >= rank:
            opened.pop()
        level = candidate.level or min(rank, (opened[-1].level if opened else highest) + 1)
        opened.append(_OpenHeading(rank, level))
        if not candidate.level:
            groups.setdefault((rank, candidate.look, level), []).append(candidate)
    ordered = sorted(groups.items(), key=lambda group: group[0][0])
    return [HeadingLook(level, tuple(items)) for (_, _, level), items in ordered]


def _ranks(candidates: Sequence[Candidate], marked: Sequence[Candidate]) -> dict[int, int]:
    """Return the rank of each heading by its position: its level if no higher one is missing above it.

    A greater look is a higher rank. In one look, numbers such as 1, 1.1 or I, A, 1 tell ranks apart. Headings that
    are marked as such are above those that are not; where most with a look are marked, it means their level.
    """
    ranks = {heading.position: heading.level for heading in marked}
    ends: dict[int, int] = {}
    """First free rank below the marked headings of a level."""
    for look in sorted({candidate.look for candidate in candidates}, reverse=True):
        same = sorted(item for item in (*candidates, *marked) if item.look == look)
        parent = max(item.parent for item in same if not item.level)
        start = ends.get(parent, parent + 1)
        depths = dict(zip(same, _depths([item.text for item in same]), strict=True))
        for depth in set(depths.values()):
            new = [item.position for item in same if depths[item] == depth and not item.level]
            levels = [item.level for item in same if depths[item] == depth and item.level]
            is_known = len(levels) > len(new)
            ranks |= dict.fromkeys(new, max(levels) if is_known else min(start + depth, DEEPEST))
            if new and not is_known:
                ends[parent] = max(ends.get(parent, 0), start + depth + 1)
    return ranks


def _depths(texts: Sequence[str]) -> list[int]:
    """Return the depth of each text by its number, from 0; the kind of number that comes first is the highest.

    Numbers with words, as of parts and chapters, are above others.
    """
    romans = any(len(match["roman"] or "") > 1 for text in texts if (match := _NUMBER.match(text)))
    numbers = [_number(text, romans=romans) for text in texts]
    kinds = sorted(dict.fromkeys(kind for kind, _ in numbers if kind), key=_KINDS.__contains__)
    shallowest = {kind: min(parts for other, parts in numbers if other == kind) for kind in kinds}
    return [kinds.index(kind) + parts - shallowest[kind] if kind else 0 for kind, parts in numbers]


def _number(text: str, *, romans: bool) -> tuple[str, int]:
    """Return the kind of number at the start of a text and of how many parts it is; an empty kind if there is none."""
    if chapter := _chapter(text):
        return ("", 0) if chapter.lastgroup in ("annex", "attachment") else (chapter_kind(text), 1)
    match = _NUMBER.match(text)
    if match is None:
        return "", 0
    kind = match.lastgroup or ""
    if kind == "roman" and not romans and len(match["roman"]) == 1:
        kind = "upper"
    return kind, match[0].strip(" .)").count(".") + 1
