"""Roles of the styles of a Word edition, by the names that the writer guarantees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exporter.inspect.docx import Styles
from exporter.inspect.docx.xml import VAL, Element, is_on
from exporter.inspect.docx.xml import name as tag_of

_CONTAINERS = {
    **dict.fromkeys(("quote", "intensequote", "quoteattribution"), "quote"),
    **dict.fromkeys(
        (
            *("aside", "asidesummary", "asiderecommendations", "asidenotice", "asidewarning", "asidetestimony"),
            "pullquote",
        ),
        "aside",
    ),
    **dict.fromkeys(("speaker", "turn"), "turn"),
    "cue": "cue",
    **dict.fromkeys(("definitionterm", "definition", "definitioncontinue"), "terms"),
}
"""Containers of paragraphs by their style."""
_FRONT_MATTER = frozenset(
    {"kind", "title", "subtitle", "author", "date", "cover", "imprinttitle", "imprint", "tocheading"}
    | {f"toc{level}" for level in range(1, 10)}
)
"""Styles of title page, imprint and table of contents."""
_GENERATED = frozenset({"descriptiontitle", "thematicbreak", "tablespace"})
"""Styles of paragraphs that the writer adds."""
STATED = frozenset(
    ["emphasis", "strong", "strikethrough", "superscript", "subscript", "quotation", "capitals", "override"]
)
"""Styles of text that a run states (`content.STYLES`)."""
_EMPHASISING = ("b", "i", "u", "em", "caps", "smallCaps", "color", "highlight", "shd", "bdr", "spacing", "sz", "rFonts")
"""Properties by which a style can show that text is emphasised (17.3.2)."""
_AS_AROUND = frozenset({"auto", "nil", "clear"})
"""Values of colours, borders and shading that change nothing (17.3.2.6, 17.18.2, 17.18.78)."""
GENERATED_TEXT = frozenset({"attributionmark", "asidekind", "quotationmark"})
"""Character styles of text that the writer adds."""
_HEADERS = {
    "tableheading": "heads its column",
    "tableheadingcolumngroup": "heads its column",
    "tableheadingrow": "heads its row",
    "tableheadingrowgroup": "heads its row",
}
DEEPEST_CONTINUATION = 5
"""Level of the last style for continuation paragraphs of items; deeper levels share it."""


class Roles:
    """Roles of styles, each determined once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._names: dict[str, tuple[str, ...]] = {}
        self._levels: dict[str, int] = {}
        self._visible: dict[str, bool] = {}
        self._stated: dict[str, dict[str, str]] = {}

    def names(self, style: str) -> tuple[str, ...]:
        """Return the names of a style and of those it is based on, nearest first, in lower case without spaces."""
        if style not in self._names:
            names: list[str] = [style.casefold()] if style else []
            for identifier in self._styles.lineage(style):
                for name in self._own(identifier):
                    if name and name not in names:
                        names.append(name)
            self._names[style] = tuple(names)
        return self._names[style]

    def _own(self, style: str) -> tuple[str, str]:
        return style.casefold(), self._styles.name_of(style).casefold().replace(" ", "")

    def level(self, style: str) -> int:
        """Return the heading level of a style, from 1; 0 if it is no heading."""
        if style not in self._levels:
            self._levels[style] = self._styles.level(style)
        return self._levels[style]

    def container(self, style: str) -> str:
        """Return the container of a paragraph by its style: quote, aside, turn, terms, or "" for none."""
        return next((_CONTAINERS[name] for name in self.names(style) if name in _CONTAINERS), "")

    def has_role(self, style: str, *names: str) -> bool:
        """Return whether a style has one of these names, or is based on one that has."""
        return any(name in names for name in self.names(style))

    def is_front_matter(self, style: str) -> bool:
        """Return whether the paragraph belongs to title page, imprint or table of contents."""
        return any(name in _FRONT_MATTER for name in self._own(style))

    def stated(self, style: str) -> Mapping[str, str]:
        """Return what a style and those it is based on state of the properties of `stated_in`; "" for none.

        The defaults of the document are those of every paragraph.
        """
        if style not in self._stated:
            element = self._styles.element(style)
            is_character = element is not None and element.get(tag_of("type")) == "character"
            default = None if is_character or not style else self._styles.default_run
            chain = (default, *(own.find(tag_of("rPr")) for own in reversed(self._styles.chain(style))))
            self._stated[style] = {}
            for properties in chain:
                if properties is not None:
                    self._stated[style] |= stated_in(properties)
        return self._stated[style]

    def is_bidi(self, style: str) -> bool:
        """Return whether the paragraphs of a style run from right to left (17.3.1.6 bidi)."""
        marks = (element.find(f"{tag_of('pPr')}/{tag_of('bidi')}") for element in self._styles.chain(style))
        return is_on(next((mark for mark in marks if mark is not None), None))

    def is_visible(self, style: str) -> bool:
        """Return whether a character style makes text look otherwise than the text around it."""
        if style not in self._visible:
            properties = [element.find(tag_of("rPr")) for element in self._styles.chain(style)]
            stated = ([own.find(tag_of(tag)) for own in properties if own is not None] for tag in _EMPHASISING)
            self._visible[style] = any(map(_is_shown, stated))
        return self._visible[style]

    def is_break(self, style: str) -> bool:
        """Return whether the paragraph is a thematic break."""
        return "thematicbreak" in self._own(style)

    def is_generated(self, style: str) -> bool:
        """Return whether the writer added the paragraph."""
        return any(name in _GENERATED for name in self._own(style))

    def header_role(self, style: str) -> str:
        """Return what a cell with a paragraph of the style is a header of, or "" for a data cell."""
        return next((_HEADERS[name] for name in self.names(style) if name in _HEADERS), "")

    def entry_level(self, style: str) -> int:
        """Return the level of an entry of the table of contents, from 1; 0 for other paragraphs."""
        numbers = (name.removeprefix("toc") for name in self._own(style) if name.startswith("toc"))
        return next((int(number) for number in numbers if number.isdecimal()), 0)

    def continued_level(self, style: str) -> int:
        """Return the level, from 0, of the item that a continuation paragraph belongs to; -1 for other paragraphs."""
        for name in self._own(style):
            if name.startswith("listcontinue"):
                level = name.removeprefix("listcontinue") or "1"
                return int(level) - 1 if level.isdigit() else -1
        return -1


def stated_in(properties: Element) -> dict[str, str]:
    """Return what properties of a run state of hidden, struck out and raised text, and its languages; "" for not."""
    stated = {}
    for tag in _HIDING_OR_STRIKING:
        element = properties.find(tag_of(tag))
        if element is not None:
            stated[tag] = "on" if is_on(element) else ""
    vertical, language = properties.find(tag_of("vertAlign")), properties.find(tag_of("lang"))
    if vertical is not None:
        stated["vertAlign"] = vertical.get(VAL) or ""
    for kind in ("val", "bidi"):
        if language is not None and (code := language.get(tag_of(kind))):
            stated[kind] = code
    return stated


_HIDING_OR_STRIKING = ("vanish", "specVanish", "webHidden", "strike", "dstrike")


def _is_shown(properties: Iterable[Element | None]) -> bool:
    """Return whether the first of some properties that is stated changes how text looks."""
    stated = next((element for element in properties if element is not None), None)
    values = set(stated.attrib.values()) if stated is not None else set()
    return is_on(stated) and (not values or not values <= _AS_AROUND)
