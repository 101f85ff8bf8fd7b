"""Styles of the reference document, completed by the default styles (ECMA-376-1, 17.7)."""

from __future__ import annotations

from copy import deepcopy

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.docx import Styles
from exporter.inspect.docx.xml import name
from exporter.oklch import contrast
from exporter.writers.docx.styles.reference import Reference, rename
from exporter.writers.docx.styles.theme import Theme
from exporter.writers.docx.xml import Element, add, make_element, set_property

MIN_CONTRAST = 4.5
"""Minimum contrast ratio of text (WCAG 1.4.3)."""
_PAPER = "FFFFFF"
_LEVELS = 9

LOW_CONTRAST = Rule(
    id="docx-reference-pale",
    severity=Severity.WARNING,
    sentence="Every text style of the reference document has enough contrast with its background.",
    advice="Choose a darker colour for this style in the reference document.",
    clause="WCAG 1.4.3",
)


def merge_styles(base: Element, theme: Theme, reference: Reference) -> tuple[Element, Theme]:
    """Return the styles of the reference document, completed by default styles in its colour.

    Args:
        base: The default styles, with names of the theme for colours.
        theme: The theme.
        reference: The reference document; its styles are changed.

    Returns:
        The styles, and the theme in the colour of the reference document.
    """
    styles = reference.styles
    theme = _recolour(theme, reference)
    theme.apply(base)
    base_ids = {_key(style): style.get(name("w:styleId")) or "" for style in base.iter(name("style"))}
    reference_ids = {_key(style): style.get(name("w:styleId")) or "" for style in styles.iter(name("style"))}
    identifiers = {reference_ids[key]: identifier for key, identifier in base_ids.items() if key in reference_ids}
    for key, identifier in reference_ids.items():
        if key not in base_ids and identifier in base_ids.values():
            identifiers[identifier] = f"{identifier}OfTheHouse"
    changed = {old: new for old, new in identifiers.items() if old != new}
    rename([root for root in (styles, reference.numbering) if root is not None], changed)
    reference.renamed = changed
    for style in base.iter(name("style")):
        if _key(style) not in reference_ids:
            copy = deepcopy(style)
            copy.attrib.pop(name("w:default"), "")
            styles.append(copy)
    base_defaults = base.find(name("docDefaults"))
    if styles.find(name("docDefaults")) is None and base_defaults is not None:
        styles.insert(0, deepcopy(base_defaults))
    _complete(styles)
    return styles, theme


def check_contrast(reference: Reference) -> list[Finding]:
    """Return findings for styles of the reference document whose contrast is too low."""
    styles = Styles(reference.styles, reference.theme)
    findings = []
    for style in reference.styles.iter(name("style")):
        if style.get(name("w:type")) != "paragraph":
            continue
        style_format = styles.of(style.get(name("w:styleId")) or "").over(styles.defaults)
        background = style_format.background or _PAPER
        if style_format.colour in {None, "auto"}:
            continue
        assert style_format.colour is not None
        ratio = contrast(style_format.colour, background)
        if ratio < MIN_CONTRAST:
            style_name = styles.name_of(style.get(name("w:styleId")) or "").casefold()
            pair = f"text #{style_format.colour} on background #{background}"
            message = f"Low contrast ({ratio:.1f}:1): style “{style_name}” of “{reference.file}”, {pair}."
            findings.append(LOW_CONTRAST.finding(message, edition="docx"))
    return findings


def _key(style: Element) -> tuple[str, str]:
    """Return the type and name of a style; names of built-in styles are English in every language of Word."""
    name_element = style.find(name("name"))
    style_name = (name_element.get(name("w:val")) or "") if name_element is not None else ""
    return style.get(name("w:type")) or "", style_name.casefold()


def _recolour(theme: Theme, reference: Reference) -> Theme:
    """Return the theme in the colour of style Heading 1 of the reference document, if its contrast is sufficient."""
    styles = Styles(reference.styles, reference.theme)
    heading = next((style for style in reference.styles.iter(name("style")) if _key(style)[1] == "heading 1"), None)
    colour = styles.of(heading.get(name("w:styleId")) or "").colour if heading is not None else None
    if colour in {None, "auto"}:
        return theme
    assert colour is not None
    if (
        min(contrast(colour, theme.colours[background]) for background in ("paper", "tint", "warm", "alert"))
        < MIN_CONTRAST
    ):
        return theme
    recoloured = dict.fromkeys(("field", "rule", "accent", "gold", "link"), colour)
    return Theme(theme.colours | recoloured | {"link": theme.colours["link"]}, theme.fonts)


def _complete(styles: Element) -> None:
    """Add outline levels to heading styles and tab stops to TOC styles, if they are missing."""
    by_name = {_key(style)[1]: style for style in styles.iter(name("style"))}
    for level in range(1, _LEVELS + 1):
        heading, line = by_name.get(f"heading {level}"), by_name.get(f"toc {level}")
        if heading is not None:
            properties = _paragraph_properties(heading)
            if properties.find(name("outlineLvl")) is None:
                set_property(properties, make_element("outlineLvl", {"val": level - 1}))
        if line is not None:
            properties = _paragraph_properties(line)
            if properties.find(name("tabs")) is None:
                tabs = make_element("tabs")
                add(tabs, "tab", {"w:val": "right", "w:leader": "dot", "w:pos": 9000})
                set_property(properties, tabs)


def _paragraph_properties(style: Element) -> Element:
    properties = style.find(name("pPr"))
    if properties is None:
        properties = make_element("pPr")
        run = next((child for child in style if child.tag in _AFTER_PARAGRAPH_PROPERTIES), None)
        if run is None:
            style.append(properties)
        else:
            run.addprevious(properties)
    return properties


_AFTER_PARAGRAPH_PROPERTIES = frozenset(name(tag) for tag in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr"))
