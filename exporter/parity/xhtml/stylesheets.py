"""Effects of style sheets on the content of a document: hidden elements, added words, directions.

The results are written into the document as attributes and text, so that it can be read without its style sheets.
Rules for paper, and those that depend on the size of a container, are not applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

_FAR = -500.0
"""Pixels from which content is off the screen."""
_UNREADABLE = 2.0
"""Pixels of text that nobody can read."""
_OVERLAPPING = -8.0
"""Pixels between letters that lie upon each other."""
_LENGTH = re.compile(r"(-?[\d.]+)(px|em|rem|pt|vw|%|)")
_PIXELS = {"px": 1.0, "pt": 1.3, "em": 16.0, "rem": 16.0, "vw": 10.0, "%": 5.0, "": 1.0}
_OFFSETS = ("left", "top", "right", "bottom", "inset-inline-start", "inset-block-start", "text-indent", "margin-left")
_SIZES = ("width", "height", "inline-size", "block-size", "max-height", "max-width")
_PROPERTIES = frozenset(
    {
        *(
            "display",
            "visibility",
            "content-visibility",
            "opacity",
            "font-size",
            "zoom",
            "color",
            "transform",
            "scale",
            "content",
            "letter-spacing",
            "-webkit-text-security",
        ),
        *("filter", "background", "background-color", "flex-direction", "flex-flow", "order", "text-decoration"),
        *("font-style", "font-weight", "text-transform"),
        *("text-decoration-line", "list-style", "list-style-type", "vertical-align", "quotes"),
        *("position", "overflow", "clip", "clip-path", "direction", "unicode-bidi", *_OFFSETS, *_SIZES),
    }
)
_WORDS = re.compile(r"[\"']([^\"']*[^\W\d_][^\"']*)[\"']")
"""Strings with letters."""
_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "th", "td"})
_NUMBERS = {
    **{"decimal": "1", "lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"},
    **dict.fromkeys(("lower-greek", "decimal-leading-zero", "none", "disc", "square", "circle"), "other"),
}
"""Values of `type` by the style of a list."""
_UNSEEN_OR_MIRRORED = re.compile(r"(?:opacity|scale(?:[xy]|3d)?)\((?:[^)]*,)?\s*(?:0[.0]*%?\s*[,)]|-)|rotate[xy]\(")
"""Functions of `filter` and `transform` that leave nothing to be seen, or mirror it."""
_MIRRORED_SCALE = re.compile(r"(?:^|\s)(?:-|0[.0]*%?(?:\s|$))")
"""Values of `scale` that do."""
_MOVED = re.compile(r"translate[xy]?\(([^)]*)\)")
_OF_ANOTHER = frozenset({"inherit", "initial", "unset", "revert", "revert-layer", "currentcolor"})
"""Values that are those of another element or property (CSS Cascade 5, 7.3): they are compared with none."""
_LEFT_OUT = frozenset({"print", "speech"})
Declarations = dict[str, tuple[tuple[bool, tuple[int, int, int], int], str]]
"""Values of properties with what decides among several: importance, specificity, order (CSS Cascade 5, 6.1)."""


def apply(root: Any, sheets: Iterable[str]) -> None:
    """Mark the elements of a document that style sheets or attributes hide, turn or add words to."""
    matcher = _matcher(tuple(sheets))
    from cssselect2 import ElementWrapper

    flexible: set[Any] = set()
    """Elements whose children may be in another order."""
    for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
        element = wrapper.etree_element
        cascaded: dict[str | None, Declarations] = {}
        for specificity, order, pseudo, declarations in matcher.match(wrapper):
            _cascade(cascaded.setdefault(pseudo, {}), declarations, specificity, order)
        inline = element.get("style")
        if inline:
            _cascade(cascaded.setdefault(None, {}), list(_declarations(inline)), (1 << 20, 0, 0), 1 << 20)
        values = {name: value for name, (_, value) in cascaded.get(None, {}).items()}
        if values and _hides(values):
            element.set("hidden", "hidden")
        if "flex" in values.get("display", "") or "grid" in values.get("display", ""):
            flexible.add(element)
        if (element.getparent() in flexible and values.get("order", "0") != "0") or (
            element in flexible and "reverse" in values.get("flex-direction", "") + values.get("flex-flow", "")
        ):
            _add_class(element, "reordered")
        _mark(element, values)
        if "override" in values.get("unicode-bidi", ""):
            element.set("dir", values.get("direction", "ltr"))
            _add_class(element, "override")
        for pseudo, position in (("before", "text"), ("after", "tail")):
            _, content = cascaded.get(pseudo, {}).get("content", (None, ""))
            _add_words(element, position, "".join(_WORDS.findall(content)))


_EMPHASISING = frozenset(
    {"color", "background", "background-color", "letter-spacing", "font-family", "font-variant", "text-transform"}
) | {f"text-{name}" for name in ("decoration", "decoration-line", "emphasis", "emphasis-style")}
"""Properties by which emphasis is seen without italics, as in Chinese and Japanese."""


def _mark(element: Any, values: dict[str, str]) -> None:
    """Write into an element what its style makes of it: struck out, upright, no table, other numbers."""
    if "line-through" in values.get("text-decoration", "") + values.get("text-decoration-line", ""):
        _add_class(element, "struck-out")
    tag = element.tag.rpartition("}")[2]
    is_upright = tag in {"em", "i"} and values.get("font-style") == "normal"
    if is_upright and values.get("font-weight", "400") in {"normal", "400"} and _EMPHASISING.isdisjoint(values):
        _add_class(element, "upright")
    if values.get("text-transform") in {"uppercase", "lowercase", "capitalize"}:
        _add_class(element, "changed-case")
    if tag in {"strong", "b"} and values.get("font-weight") in {"normal", "400"} and _EMPHASISING.isdisjoint(values):
        _add_class(element, "light")
    if tag == "img" and "url(" in values.get("content", ""):
        _add_class(element, "replaced")
    if (tag in {"sup", "sub"} and values.get("vertical-align") in {"baseline", "0"}) or (
        tag == "q" and values.get("quotes") == "none"
    ):
        element.tag = element.tag.replace(tag, "span")
    if values.get("vertical-align") == {"sup": "sub", "sub": "super"}.get(tag, ""):
        element.tag = element.tag.replace(tag, "sub" if tag == "sup" else "sup")
    display = values.get("display", "table")
    if tag in _TABLE and "table" not in display and element.get("role") is None:
        element.set("role", "none")  # browsers do not tell it as a table, unless its role says that it is one
    list_style = values.get("list-style-type") or values.get("list-style", "")
    style = next(filter(None, map(_NUMBERS.get, list_style.split())), None)
    if tag == "ol" and style is not None and not any(True for _ in element.iterancestors("{*}nav", "nav")):
        element.set("type", style)


def _add_class(element: Any, name: str) -> None:
    element.set("class", f"{element.get('class') or ''} {name}")


def _add_words(element: Any, position: str, words: str) -> None:
    if not words:
        return
    if position == "text":
        element.text = words + (element.text or "")
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


@lru_cache(maxsize=8)
def _matcher(sheets: tuple[str, ...]) -> Any:
    """Return the rules of style sheets that can hide, turn or add words."""
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    for sheet in sheets:
        for rule in _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
            declarations = [part for part in _parsed(rule.content) if part[0] in _PROPERTIES]
            if not declarations:
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue  # one that browsers may know, such as ::details-content
            for selector in selectors:
                matcher.add_selector(selector, declarations)
    return matcher


def _rules(rules: Iterable[Any]) -> Iterator[Any]:
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports", "layer"} and rule.content:
            words = set(tinycss2.serialize(rule.prelude).lower().split())
            if not words & _LEFT_OUT:
                yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _declarations(text: str) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    yield from _parsed(tinycss2.parse_component_value_list(text))


def _parsed(content: Any) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration":
            yield (
                part.lower_name,
                tinycss2.serialize(part.value).strip().lower()
                if part.lower_name != "content"
                else (tinycss2.serialize(part.value)),
                part.important,
            )


def _cascade(
    values: Declarations, declarations: list[tuple[str, str, bool]], specificity: tuple[int, int, int], order: int
) -> None:
    for name, value, important in declarations:
        weight = (important, specificity, order)
        if name not in values or values[name][0] <= weight:
            values[name] = (weight, value)


def _hides(values: dict[str, str]) -> bool:
    """Return whether an element with these values of properties cannot be seen."""

    def get(name: str) -> str:
        return values.get(name, "")

    if get("display") == "none" or get("visibility") in {"hidden", "collapse"} or get("content-visibility") == "hidden":
        return True
    if _is_zero(get("opacity")) or _is_zero(get("zoom")) or _pixels(get("font-size")) <= _UNREADABLE:
        return True
    if _pixels(get("letter-spacing")) <= _OVERLAPPING or get("-webkit-text-security") not in {"", "none"}:
        return True
    if _UNSEEN_OR_MIRRORED.search(f"{get('filter')} {get('transform')}") or _MIRRORED_SCALE.search(get("scale")):
        return True
    colour = get("color")
    if colour in {"transparent", "rgba(0,0,0,0)", "#0000", "#fff", "#ffffff", "white"} or (
        colour and colour not in _OF_ANOTHER and colour in {get("background"), get("background-color")}
    ):
        return True
    moved = (length.strip() for lengths in _MOVED.findall(get("transform")) for length in lengths.split(","))
    if any(_pixels(length) < _FAR for length in (*moved, *map(get, _OFFSETS))):
        return True
    taken_out = get("position") in {"absolute", "fixed"}
    clipped = "hidden" in get("overflow") or "clip" in get("overflow")
    if clipped and any(values.get(name) and _pixels(get(name)) <= 1 for name in _SIZES):
        return True
    return taken_out and ("inset(50%" in get("clip-path") or "rect(" in get("clip"))


def _is_zero(value: str) -> bool:
    match = _LENGTH.fullmatch(value)
    return match is not None and float(match[1]) == 0


def _pixels(value: str) -> float:
    match = _LENGTH.fullmatch(value)
    return float(match[1]) * _PIXELS[match[2]] if match else 100.0
