"""The styles of the house over ours: its own where it has them, ours where it lacks them (ECMA-376-1, 17.7)."""

from __future__ import annotations

from copy import deepcopy

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.docx import Styles, contrast
from exporter.writers.docx.reference import Reference, rename
from exporter.writers.docx.theme import Theme
from exporter.writers.docx.xml import Element, add, make, name

LEAST = 4.5
"""Contrast of text (WCAG 1.4.3)."""
_PAPER = "FFFFFF"
_LEVELS = 9

PALE = Rule(
    id="docx-reference-pale",
    severity=Severity.WARNING,
    sentence="Every text style of the house's Word file can be told from its ground.",
    advice="Choose a darker colour for this style in the Word file that is the model.",
    clause="WCAG 1.4.3",
)


def take_over(ours: Element, theme: Theme, reference: Reference) -> tuple[Element, Theme]:
    """Return the styles of the model, with those of ours that it lacks in its own colour.

    Args:
        ours: Our styles, with names of the theme for colours.
        theme: Our theme.
        reference: The model; its styles are changed.

    Returns:
        The styles, and the theme in the colour of the model.
    """
    theirs = reference.styles
    theme = _coloured(theme, reference)
    theme.apply(ours)
    wanted = {_key(style): style.get(name("w:styleId")) or "" for style in ours.iter(name("style"))}
    named = {_key(style): style.get(name("w:styleId")) or "" for style in theirs.iter(name("style"))}
    identifiers = {named[key]: identifier for key, identifier in wanted.items() if key in named}
    for key, identifier in named.items():
        if key not in wanted and identifier in wanted.values():
            identifiers[identifier] = f"{identifier}OfTheHouse"
    changed = {old: new for old, new in identifiers.items() if old != new}
    rename([root for root in (theirs, reference.numbering) if root is not None], changed)
    reference.renamed = changed
    for style in ours.iter(name("style")):
        if _key(style) not in named:
            copy = deepcopy(style)
            copy.attrib.pop(name("w:default"), "")
            theirs.append(copy)
    defaults, own = theirs.find(name("docDefaults")), ours.find(name("docDefaults"))
    if defaults is None and own is not None:
        theirs.insert(0, deepcopy(own))
    _complete(theirs)
    return theirs, theme


def pale(reference: Reference) -> list[Finding]:
    """Return findings for styles that the model colours too lightly."""
    styles = Styles(reference.styles, reference.theme)
    found = []
    for style in reference.styles.iter(name("style")):
        if style.get(name("w:type")) != "paragraph":
            continue
        looks = styles.of(style.get(name("w:styleId")) or "").over(styles.defaults)
        ground = looks.background or _PAPER
        if looks.colour in {None, "auto"}:
            continue
        assert looks.colour is not None
        ratio = contrast(looks.colour, ground)
        if ratio < LEAST:
            called = styles.name_of(style.get(name("w:styleId")) or "").casefold()
            message = f"The style “{called}” of “{reference.file}” has #{looks.colour} on #{ground}: {ratio:.1f}:1."
            found.append(PALE.finding(message, edition="docx"))
    return found


def _key(style: Element) -> tuple[str, str]:
    """Return what styles are told apart by: Word's own names are English in every language."""
    called = style.find(name("name"))
    said = (called.get(name("w:val")) or "") if called is not None else ""
    return style.get(name("w:type")) or "", said.casefold()


def _coloured(theme: Theme, reference: Reference) -> Theme:
    """Return our theme in the colour of the model's first heading, if it can be read."""
    styles = Styles(reference.styles, reference.theme)
    heading = next((style for style in reference.styles.iter(name("style")) if _key(style)[1] == "heading 1"), None)
    colour = styles.of(heading.get(name("w:styleId")) or "").colour if heading is not None else None
    if colour in {None, "auto"}:
        return theme
    assert colour is not None
    if min(contrast(colour, theme.colours[ground]) for ground in ("paper", "tint", "warm", "alert")) < LEAST:
        return theme
    mine = dict.fromkeys(("field", "rule", "accent", "gold", "link"), colour)
    return Theme(theme.colours | mine | {"link": theme.colours["link"]}, theme.typefaces)


def _complete(styles: Element) -> None:
    """Return headings their level and lines of contents their tab stop, where the model leaves them to Word."""
    by_name = {_key(style)[1]: style for style in styles.iter(name("style"))}
    for level in range(1, _LEVELS + 1):
        heading, line = by_name.get(f"heading {level}"), by_name.get(f"toc {level}")
        if heading is not None:
            properties = _paragraph_properties(heading)
            if properties.find(name("outlineLvl")) is None:
                properties.append(make("outlineLvl", {"val": level - 1}))
        if line is not None:
            properties = _paragraph_properties(line)
            if properties.find(name("tabs")) is None:
                tabs = make("tabs")
                add(tabs, "tab", {"w:val": "right", "w:leader": "dot", "w:pos": 9000})
                _insert(properties, tabs, after=_BEFORE_TABS)


_BEFORE_TABS = frozenset(
    name(tag)
    for tag in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd")
)


def _paragraph_properties(style: Element) -> Element:
    found = style.find(name("pPr"))
    if found is None:
        found = make("pPr")
        run = next((child for child in style if child.tag in _BEHIND), None)
        if run is None:
            style.append(found)
        else:
            run.addprevious(found)
    return found


_BEHIND = frozenset(name(tag) for tag in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr"))


def _insert(properties: Element, element: Element, *, after: frozenset[str]) -> None:
    place = sum(child.tag in after for child in properties)
    properties.insert(place, element)
