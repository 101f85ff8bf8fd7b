"""Style sheets: what those of the editions never do, since it could hide, add or turn content.

What the rules do to each element is determined in `stylesheets`; here are those of which that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.symbol_fonts import is_of_symbols

_KNOWN = """
-epub-hyphens -webkit-text-size-adjust align-self background background-color background-position-x background-size
block-size border border-block border-block-end border-block-start border-block-start-color border-bottom
border-bottom-width border-collapse border-color border-inline-start border-radius border-top border-width box-shadow
box-sizing break-after break-before break-inside caption-side clear color color-scheme column-gap container-type
content content-visibility cursor direction display flex flex-wrap float font font-family font-size font-style
font-variant-ligatures font-variant-numeric font-weight gap grid-column grid-template-columns height hyphens
inline-size inset-block-start inset-inline-start justify-content line-height list-style list-style-type margin
margin-block margin-block-end margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start
margin-top max-block-size max-height max-inline-size max-width min-inline-size min-width object-fit opacity orphans
outline outline-color outline-offset overflow overflow-wrap overflow-x overflow-y padding padding-block
padding-block-end padding-block-start padding-bottom padding-inline padding-inline-start padding-top page-break-after
page-break-before page-break-inside position quotes scroll-behavior scroll-margin-block scroll-padding-block
text-align text-decoration text-decoration-thickness text-size-adjust text-underline-offset text-wrap unicode-bidi
vertical-align visibility white-space widows width z-index

background-clip background-image background-position background-repeat border-bottom-color border-bottom-style
border-image border-inline border-inline-end border-left border-right border-spacing border-style column-count
column-rule column-width columns font-feature-settings font-kerning font-optical-sizing font-stretch font-synthesis
font-variant font-variant-caps font-variant-east-asian hanging-punctuation hyphenate-character hyphenate-limit-chars
letter-spacing line-break list-style-position margin-inline-end margin-inline-start margin-left margin-right
outline-style outline-width padding-inline-end padding-left padding-right page row-gap ruby-align ruby-position
tab-size table-layout text-align-last text-decoration-color text-decoration-line text-decoration-style
text-decoration-skip-ink text-emphasis text-emphasis-color text-emphasis-position text-emphasis-style text-indent
text-justify text-orientation text-spacing-trim text-underline-position transition word-break word-spacing
word-wrap
"""
"""Properties of the style sheets of the editions; then others that hide, move and add nothing."""
_PROPERTIES = frozenset(_KNOWN.split())
_AT_RULES = frozenset({"media", "supports", "container", "counter-style", "page", "font-face", "charset", "namespace"})
_GROUPS = frozenset({"media", "supports", "container"})
_CONTENT = re.compile(
    r"""(?:none|normal|""|'')$|" · "(?: / "")?$|attr\((?:title|data-heads)\)(?: / "")?$|" \(" attr\(href\) "\)"$""",
    re.IGNORECASE,
)
"""Values of `content`: separators, page numbers, headers of cells, and addresses on paper."""
_DECIDING = frozenset({"display", "visibility", "opacity", "position", "content-visibility", "direction"})
_HIDING = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"), ("opacity", "0")}
_SIZES = frozenset(
    f"{limit}{side}" for limit in ("", "max-") for side in ("block-size", "inline-size", "height", "width")
)
_NOTHING = re.compile(r"0*(\.0+)?(px|r?em|%|v[hw]|pt)?|(1(\.0+)?|0*\.\d+)px|0*\.0\d*(r?em|%)?")
"""Sizes of which nothing is seen."""
_COVERING = re.compile(
    r"(?:border|outline)(?:-(?!radius|spacing|offset)[a-z-]+)?|box-shadow|margin(?:-block|-top|-bottom).*|margin"
)
"""Properties that can draw an element, or what is around it, over others."""
_LENGTHS = re.compile(r"(-?[\d.]+)(px|r?em|pt|ch|v[a-z]+|%)")
_WIDE = {"px": 32.0, "pt": 24.0, "em": 2.0, "rem": 2.0, "ch": 4.0, "%": 10.0}
"""Lengths, by their units, up to which that is an edge, a gap or a shadow."""
_FIXED_SMALL = re.compile(r"\d(\.\d+)?px|[0-6](\.\d+)?pt")
"""Sizes of letters that do not follow the reader's settings, below ten pixels (WCAG 1.4.4)."""
_NOT_ON_PAPER = re.compile(r"\.skip|\.ways|\.contents|\.table-scroll::-webkit-scrollbar")
_WHERE_IT_FITS = re.compile(r"\.fits-\d+")
_FOCUS_SHOWN_ELSEWHERE = re.compile(r"main:focus|\.text:focus")


def check(sheets: Iterable[str]) -> Iterator[Finding]:
    """Yield what style sheets do and those of the editions do not, each kind once."""
    yield from (rules.TEXT.finding(f"The style sheet {what}.") for what in dict.fromkeys(_deviations(tuple(sheets))))


@lru_cache(maxsize=8)
def _deviations(sheets: tuple[str, ...]) -> tuple[str, ...]:
    import tinycss2

    return tuple(
        what
        for sheet in sheets
        for what in _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), "")
    )


def _rules(parsed: Iterable[Any], condition: str) -> Iterator[str]:
    import tinycss2

    for rule in parsed:
        if rule.type == "at-rule":
            if rule.lower_at_keyword not in _AT_RULES:
                yield f"has a rule “@{rule.at_keyword}”"
            elif rule.lower_at_keyword in _GROUPS and rule.content:
                words = f"{rule.lower_at_keyword} {tinycss2.serialize(rule.prelude).lower()}"
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                is_special = words.startswith("container") or "print" in words
                yield from _rules(inner, words if is_special else condition)
        elif rule.type == "qualified-rule":
            yield from _declarations(rule, tinycss2.serialize(rule.prelude).strip(), condition)


def _declarations(rule: Any, selectors: str, condition: str) -> Iterator[str]:
    import tinycss2

    if "::first-l" in selectors:
        yield f"changes a part of the text (“{selectors}”)"
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if part.type != "declaration":
            yield f"has rules in others (“{selectors}”)"
        elif not part.name.startswith("--"):
            value = tinycss2.serialize(part.value).strip()
            yield from _declaration(part.lower_name, value, selectors, condition)


def _declaration(name: str, value: str, selectors: str, condition: str) -> Iterator[str]:
    lowered = value.lower()
    if name in _SIZES and _NOTHING.fullmatch(lowered):
        yield f"makes “{selectors}” too small to be seen"
    elif name == "font-size" and _FIXED_SMALL.fullmatch(lowered):
        yield f"makes letters small that cannot be enlarged (“{selectors}”)"
    elif name in {"font", "font-family"} and any(map(is_of_symbols, value.split(","))):
        yield f"shows letters as other signs (“{selectors}”)"
    elif name not in _PROPERTIES:
        yield f"sets “{name}” (“{selectors}”)"
    elif name == "content" and not _CONTENT.match(value):
        yield f"adds {value} (“{selectors}”)"
    elif name in _DECIDING and "var(" in lowered:
        yield f"sets “{name}” to a variable (“{selectors}”)"
    elif _COVERING.fullmatch(name) and _is_over_others(name, lowered):
        yield f"draws over what is beside it (“{selectors}”)"
    elif name == "direction" and lowered != "ltr":
        yield f"turns text (“{selectors}”)"
    elif name.startswith("list-style") and any(mark in value.replace('""', "") for mark in "\"'("):
        yield f"changes what stands before items (“{selectors}”)"
    elif name == "outline" and lowered in {"none", "0"} and not _are(selectors, _FOCUS_SHOWN_ELSEWHERE):
        yield f"hides the focus (“{selectors}”)"
    elif condition and (name, lowered) in _HIDING:
        allowed = _NOT_ON_PAPER if "print" in condition else _WHERE_IT_FITS
        if not _are(selectors, allowed):
            yield f"hides “{selectors}” under the condition “{condition}”"


def _is_over_others(name: str, value: str) -> bool:
    if name == "margin":
        value = " ".join(value.split()[::2])  # above and below
    lengths = [float(number) / _WIDE.get(unit, 0.01) for number, unit in _LENGTHS.findall(value)]
    return any(length < -1 if name.startswith("margin") else abs(length) > 1 for length in lengths)


def _are(selectors: str, allowed: re.Pattern[str]) -> bool:
    return all(allowed.fullmatch(selector.strip()) for selector in selectors.split(","))
