"""What the styles of a Word file mean: the names that the Word edition promises to keep."""

from __future__ import annotations

from exporter.inspect.docx import Styles

_ROLES = {
    **dict.fromkeys(("quote", "intensequote", "quoteattribution"), "quote"),
    **dict.fromkeys(
        (
            *("aside", "asidesummary", "asiderecommendations", "asidenotice", "asidewarning", "asidetestimony"),
            "pullquote",
        ),
        "aside",
    ),
    **dict.fromkeys(("speaker", "turn"), "turn"),
    **dict.fromkeys(("definitionterm", "definition", "definitioncontinue"), "terms"),
}
"""What a paragraph of a style stands in."""
_FRAME = frozenset(
    {"kind", "title", "subtitle", "author", "date", "cover", "imprinttitle", "imprint", "tocheading"}
    | {f"toc{level}" for level in range(1, 10)}
)
"""Styles of what the edition says of itself."""
_OURS = frozenset({"descriptiontitle", "thematicbreak", "tablespace"})
"""Styles of paragraphs that are no part of the manuscript."""
OUR_WORDS = frozenset({"attributionmark", "asidekind", "quotationmark"})
"""Character styles of words that are no part of the manuscript."""
_HEADS = {
    "tableheading": "heads its column",
    "tableheadingcolumngroup": "heads its column",
    "tableheadingrow": "heads its row",
    "tableheadingrowgroup": "heads its row",
}
DEEPEST_CONTINUATION = 5
"""Level of the last style for further paragraphs of items; deeper ones share it."""


class Roles:
    """What styles mean, each looked up once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._names: dict[str, tuple[str, ...]] = {}
        self._levels: dict[str, int] = {}

    def names(self, style: str) -> tuple[str, ...]:
        """Give the names of a style and of those it is based on, the nearest first, in small letters without spaces."""
        if style not in self._names:
            found: list[str] = [style.casefold()] if style else []
            for identifier in self._styles.lineage(style):
                for name in self._own(identifier):
                    if name and name not in found:
                        found.append(name)
            self._names[style] = tuple(found)
        return self._names[style]

    def _own(self, style: str) -> tuple[str, str]:
        return style.casefold(), self._styles.name_of(style).casefold().replace(" ", "")

    def level(self, style: str) -> int:
        """Return the level of heading that a style has, from 1; 0 for none."""
        if style not in self._levels:
            self._levels[style] = self._styles.level(style)
        return self._levels[style]

    def container(self, style: str) -> str:
        """Return what a paragraph of the style stands in: quote, aside, turn, terms; empty for nothing."""
        return next((_ROLES[name] for name in self.names(style) if name in _ROLES), "")

    def is_(self, style: str, *wanted: str) -> bool:
        """Return whether a style is one of these, or based on one."""
        return any(name in wanted for name in self.names(style))

    def is_frame(self, style: str) -> bool:
        """Return whether the paragraph belongs to title page, imprint or contents."""
        return any(name in _FRAME for name in self._own(style))

    def is_ours(self, style: str) -> bool:
        """Return whether the paragraph says nothing of the manuscript."""
        return any(name in _OURS for name in self._own(style))

    def heads(self, style: str) -> str:
        """Return what a cell with a paragraph of the style heads; empty for nothing."""
        return next((_HEADS[name] for name in self.names(style) if name in _HEADS), "")

    def continues(self, style: str) -> int:
        """Return the level, from 0, of the item that a further paragraph of the style belongs to; -1 for none."""
        for name in self._own(style):
            if name.startswith("listcontinue"):
                rest = name.removeprefix("listcontinue") or "1"
                return int(rest) - 1 if rest.isdigit() else -1
        return -1
