"""Lines to fill in, which Word draws by underlined tabs or spaces, or by leaders of tab stops (17.3.1.37 tab)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby

from exporter.readers.docx.inlines.text_runs import TextRun

_BLANK = "________"
_LINES = frozenset({"underscore", "heavy"})
"""Leaders that are lines; dots and hyphens are one only behind a label, where no page number or sum follows them."""
_LABEL_ENDS = (":", "?", "：", "？")
_FEWEST_SPACES = 6


def draw(runs: list[TextRun], underlined: Collection[int], leaders: Mapping[int, str]) -> int | None:
    """Write lines to fill in as underscores; return the number of tabs that were such lines, or None without lines.

    Args:
        runs: The runs of a paragraph; they are changed.
        underlined: Indexes of those that are underlined.
        leaders: Leaders of tabs, by the index of their run.
    """
    if not (underlined or leaders):
        return None
    drawn: set[int] = set()
    for is_underlined, group in groupby(range(len(runs)), underlined.__contains__):
        indexes = list(group)
        text = "".join(runs[index].text or "x" for index in indexes)
        if is_underlined and not text.strip() and ("\t" in text or len(text) >= _FEWEST_SPACES):
            drawn.update(indexes)
    last = max((index for index, run in enumerate(runs) if run.node is not None or run.text.strip()), default=-1)
    is_label = last < 0 or runs[last].text.rstrip().endswith(_LABEL_ENDS)
    drawn.update(index for index, kind in leaders.items() if kind in _LINES or (is_label and index > last))
    if not drawn:
        return None
    tabs = sum(runs[index].text.count("\t") for index in drawn)
    before = ""
    for index in sorted(drawn):
        if index - 1 not in drawn:
            before = runs[index - 1].text if index else ""
        after = runs[index + 1].text if index + 1 < len(runs) else ""
        space = " " if before and not before[-1].isspace() else ""
        line = f"{space}{_BLANK}{' ' if after and not after[0].isspace() else ''}"
        plain = runs[index].run_format._replace(bold=False, italic=False)
        runs[index] = TextRun(plain, "" if index + 1 in drawn else line)
    return tabs
