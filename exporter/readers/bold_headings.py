"""Bold paragraphs of Markdown and web pages that are read as headings, when asked (WCAG 1.3.1 F2)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import Paragraph, Strong, Text
from exporter.model.walk import plain_text
from exporter.readers.heading_levels import Candidate, group_by_look, is_heading_text, join_lines
from exporter.readers.sections import Flat, Heading


def with_bold_headings(flat: Sequence[Flat]) -> list[Flat]:
    """Return blocks with bold paragraphs as headings below those that are marked; the last is followed by nothing."""
    parent = 0
    candidates: list[Candidate] = []
    marked: list[Candidate] = []
    for index, block in enumerate(flat[:-1]):
        if isinstance(block, Heading):
            parent = block.level
            marked.append(Candidate(index, plain_text(block.title), (), level=parent))
        elif _is_bold(block) and is_heading_text(text := plain_text(block)):
            candidates.append(Candidate(index, text, (text.isupper(),), parent))
    candidates, second = join_lines(candidates)
    looks = group_by_look(candidates, marked)
    levels = {candidate.position: look.level for look in looks for candidate in look.candidates}
    out: list[Flat] = []
    for index, block in enumerate(flat):
        heading = block
        if index in second and isinstance(block, Paragraph) and isinstance(out[-1], Heading):
            assert isinstance(block.children[0], Strong)
            title = (*out[-1].title, Text(text=" "), *block.children[0].children)
            out[-1] = msgspec.structs.replace(out[-1], title=title)
            continue
        if index in levels and isinstance(block, Paragraph) and isinstance(block.children[0], Strong):
            heading = Heading(at=block.at, title=block.children[0].children, level=levels[index])
        out.append(heading)
    return out


def _is_bold(block: Flat) -> bool:
    return isinstance(block, Paragraph) and len(block.children) == 1 and isinstance(block.children[0], Strong)
