"""Reading of tokens as inlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from exporter import model as m
from exporter.findings import quoted
from exporter.model.linear_formula import linear_formula
from exporter.model.walk import plain_text, walk
from exporter.readers import links
from exporter.readers.image_widths import read_width
from exporter.readers.markdown.attributes import Attributes
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.foreign_markup import report_foreign_markup, report_inline_cell
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.raw_html import HtmlStack
from exporter.readers.markdown.token_tree import TokenNode, build_tree
from exporter.readers.rules import (
    ABBREVIATION_UNREADABLE,
    ATTRIBUTE_UNKNOWN,
    CAPTION_MISPLACED,
    LINK_UNSAFE,
    MATH_UNREADABLE,
    NOTE_MISSING,
    UNSUPPORTED,
)
from exporter.readers.tex import FormulaError, tex_to_mathml
from exporter.readers.transcripts import label_of

_SIMPLE: dict[str, type[m.Emphasis | m.Strong | m.Strikethrough | m.Superscript | m.Subscript]] = {
    "em": m.Emphasis,
    "strong": m.Strong,
    "s": m.Strikethrough,
    "sup": m.Superscript,
    "sub": m.Subscript,
}
_ALT_NAMES = ("alt", "fig-alt")
"""Names of the attribute in Pandoc and Quarto."""


class CaptionedImage(NamedTuple):
    """An image and its caption."""

    image: m.Image
    caption: m.Inlines


def read_inlines(token: Token, context: Context) -> m.Inlines:
    """Return the inlines of an `inline` token."""
    line = token.map[0] + 1 if token.map else 0
    report_foreign_markup(token, line, context)
    return read_inline_nodes(build_tree(token.children or (), line), context)


def read_inline_nodes(nodes: Sequence[TokenNode], context: Context) -> m.Inlines:
    """Return the inlines of token nodes."""
    stack = HtmlStack(context.report)
    for node in nodes:
        if node.kind == "html_inline":
            stack.add_tag(node.token.content, node.line)
        else:
            stack.extend(_read(node, context))
    return stack.finish()


def read_image(node: TokenNode, context: Context) -> CaptionedImage:
    """Return the image of an `image` node.

    As in CommonMark, the text in brackets is the alt text and the title is the caption. As in Pandoc, the text in
    brackets is the caption if there is an attribute `alt` or the image is decorative.
    """
    attributes = attributes_of(node.token)
    context.report_unknown(node.line, attributes, values=frozenset((*_ALT_NAMES, "width")), classes=("decorative",))
    bracket = read_inline_nodes(build_tree(node.token.children or (), node.line), context)
    title = str(node.token.attrs.get("title", ""))
    caption: m.Inlines = (m.Text(at=context.at(node.line), text=title),) if title else ()
    written = next((attributes.values[name] for name in _ALT_NAMES if name in attributes.values), None)
    text = " ".join((written if written is not None else _alt_text(bracket)).split())
    alt: m.Alt
    if "decorative" in attributes.classes:
        alt = m.Decorative()
    elif text:
        alt = m.Described(text)
    else:
        alt = m.Decorative() if written == "" else m.Undescribed()
    if (written is not None or isinstance(alt, m.Decorative)) and bracket:
        if caption:
            message = "This image has two captions, in brackets and in the title; the title was ignored."
            context.report.add(CAPTION_MISPLACED, node.line, message)
        caption = bracket
    source = links.image_path(str(node.token.attrs.get("src", "")))
    if not source:
        context.report.add(UNSUPPORTED, node.line, "This image has no file.", advice="Write the file name in (...).")
    width = _width(attributes, node.line, context)
    return CaptionedImage(m.Image(at=context.at(node.line, attributes), source=source, alt=alt, width=width), caption)


def _width(attributes: Attributes, line: int, context: Context) -> float | None:
    written = attributes.values.get("width")
    width = read_width(written) if written is not None else None
    if written is not None and width is None:
        message = f"The width {quoted(written)} of this image is not a length; it was ignored."
        advice = "Write a number with mm, cm, px or %, such as {width=60mm} or {width=50%}."
        context.report.add(ATTRIBUTE_UNKNOWN, line, message, advice=advice)
    return width


def _alt_text(nodes: m.Inlines) -> str:
    """Return the text of an alt text, with the alt texts of images inside it (CommonMark 6.4)."""
    parts: list[str] = []
    for node in walk(nodes):
        match node:
            case (
                m.Image(alt=m.Described(text=text)) | m.Text(text=text) | m.Code(text=text) | m.Abbreviation(text=text)
            ):
                parts.append(text)
            case m.LineBreak():
                parts.append(" ")
            case m.Math(mathml=mathml):
                parts.append(linear_formula(mathml))
            case _:
                pass
    return "".join(parts)


def _read(node: TokenNode, context: Context) -> m.Inlines:
    kind, token, line = node.kind, node.token, node.line
    if kind in ("text", "text_special"):
        return _text(token.content, line, context)
    if kind == "softbreak":
        return (m.LineBreak(at=context.at(line)) if context.keeps_lines else m.Text(at=context.at(line), text=" "),)
    if simple := _SIMPLE.get(kind):
        return (simple(at=context.at(line), children=read_inline_nodes(node.children, context)),)
    if kind == "code_inline":
        attributes = attributes_of(token)
        context.report_unknown(line, attributes)
        report_inline_cell(token.content, line, context)
        return (m.Code(at=context.at(line, attributes), text=token.content),)
    if kind == "link":
        return _link(node, context)
    if kind == "span":
        return _span(node, context)
    if kind == "image":
        captioned = read_image(node, context)
        if captioned.caption:
            message = "An image inside text cannot have a caption; the caption was put after it."
            context.report.add(CAPTION_MISPLACED, line, message)
            return (captioned.image, m.Text(at=context.at(line), text=" "), *captioned.caption)
        return (captioned.image,)
    if kind == "hardbreak":
        return (m.LineBreak(at=context.at(line)),)
    if kind in ("math_inline", "math_display"):
        return _math(token.content, line, context, display=kind == "math_display")
    if kind == "note_reference":
        if token.info not in context.defined:
            context.report.add(NOTE_MISSING, line, f"No note for the reference [^{token.info}].")
            return (m.Text(at=context.at(line), text=f"[^{token.info}]"),)
        return (m.NoteReference(at=context.at(line), note=token.info),)
    if kind == "note_inline":
        return _inline_note(node, context)
    raise AssertionError(f"unsupported token: {kind}")


def _text(content: str, line: int, context: Context) -> m.Inlines:
    if not content:
        return ()
    pattern = context.abbreviation
    if pattern is None or not pattern.search(content):
        return (m.Text(at=context.at(line), text=content),)
    out: list[m.Inline] = []
    position = 0
    symbols = [word.span() for word in re.finditer(r"\S+", content) if _is_symbol(word[0])]
    for match in pattern.finditer(content):
        if any(start <= match.start() < end for start, end in symbols):
            continue
        if match.start() > position:
            out.append(m.Text(at=context.at(line), text=content[position : match.start()]))
        expansion = context.abbreviations[match[0]]
        context.count_copied(line, expansion)
        out.append(m.Abbreviation(at=context.at(line), text=match[0], expansion=expansion))
        position = match.end()
    if position < len(content):
        out.append(m.Text(at=context.at(line), text=content[position:]))
    return tuple(out)


def _is_symbol(word: str) -> bool:
    """Return whether a word is a document symbol (A/HRC/52/30) or an address, which contain no abbreviations."""
    return "@" in word or "://" in word or (word.count("/") > 1 and any(map(str.isdigit, word)))


def _link(node: TokenNode, context: Context) -> m.Inlines:
    token, line = node.token, node.line
    attributes = attributes_of(token)
    context.report_unknown(line, attributes)
    children = read_inline_nodes(node.children, context)
    url = str(token.attrs.get("href", ""))
    if not links.is_safe(url):
        context.report.add(LINK_UNSAFE, line, f"Unsafe link to {quoted(url)}: it was removed.")
        return children
    title = str(token.attrs.get("title", ""))
    context.count_copied(line, url, title)
    return (m.Link(at=context.at(line, attributes), children=children, target=links.link_target(url), title=title),)


def _span(node: TokenNode, context: Context) -> m.Inlines:
    line = node.line
    attributes = attributes_of(node.token)
    context.report_unknown(line, attributes, values=frozenset({"abbr", "voice"}))
    children = read_inline_nodes(node.children, context)
    if voice := attributes.values.get("voice"):
        context.voices[label_of(plain_text(children))] = voice
    at = context.at(line, attributes)
    expansion = attributes.values.get("abbr")
    if expansion is None:
        return (m.Span(at=at, children=children),)
    short = plain_text(children)
    if not expansion.strip() or not short:
        context.report.add(ABBREVIATION_UNREADABLE, line, "This abbreviation has no long form.")
        return children
    return (m.Abbreviation(at=at, text=short, expansion=expansion.strip()),)


def _math(tex: str, line: int, context: Context, *, display: bool) -> m.Inlines:
    try:
        return (m.Math(at=context.at(line), mathml=tex_to_mathml(tex, display=display), tex=tex),)
    except FormulaError as error:
        context.report.add(MATH_UNREADABLE, line, f"The formula {quoted(tex)} is invalid: {error}.")
        return (m.Code(at=context.at(line), text=tex),)


def _inline_note(node: TokenNode, context: Context) -> m.Inlines:
    name = context.free_note_name()
    children = read_inline_nodes(build_tree(node.token.children or (), node.line), context)
    paragraph = m.Paragraph(at=context.at(node.line), children=children)
    context.notes.append(m.Note(at=context.at(node.line), id=name, children=(paragraph,)))
    return (m.NoteReference(at=context.at(node.line), note=name),)
