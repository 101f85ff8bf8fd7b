"""From the tokens of a paragraph to inline nodes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from exporter.findings import quoted
from exporter.model import (
    Abbreviation,
    Alt,
    Code,
    Decorative,
    Described,
    Emphasis,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Note,
    NoteReference,
    Paragraph,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Undescribed,
)
from exporter.model.walk import plain_text, walk
from exporter.readers import links
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.raw_html import HtmlStack
from exporter.readers.markdown.token_tree import TokenNode, grow
from exporter.readers.rules import (
    ABBREVIATION_UNREADABLE,
    CAPTION_MISPLACED,
    LINK_UNSAFE,
    MATH_UNREADABLE,
    NOTE_MISSING,
    UNSUPPORTED,
)
from exporter.readers.tex import FormulaError, mathml
from exporter.readers.transcripts import label_of

_SIMPLE: dict[str, type[Emphasis | Strong | Strikethrough | Superscript | Subscript]] = {
    "em": Emphasis,
    "strong": Strong,
    "s": Strikethrough,
    "sup": Superscript,
    "sub": Subscript,
}
_ALT_NAMES = ("alt", "fig-alt")
"""Pandoc's name of the attribute, and Quarto's."""


class Picture(NamedTuple):
    """A picture and what is written below it."""

    image: Image
    caption: Inlines


def read_inlines(token: Token, context: Context) -> Inlines:
    """Return the inlines of an `inline` token."""
    line = token.map[0] + 1 if token.map else 0
    return read_branches(grow(token.children or (), line), context)


def read_branches(branches: Sequence[TokenNode], context: Context) -> Inlines:
    """Return the inlines of branches that stand side by side."""
    stack = HtmlStack(context.report)
    for branch in branches:
        if branch.kind == "html_inline":
            stack.tag(branch.token.content, branch.line)
        else:
            stack.extend(_read(branch, context))
    return stack.finish()


def read_picture(branch: TokenNode, context: Context) -> Picture:
    """Return the picture of an `image` branch.

    CommonMark: the bracket is the alt text, the title the caption. Pandoc, where `alt` is among the attributes or the
    picture is decorative: the bracket is the caption.
    """
    attributes = attributes_of(branch.token)
    context.known(branch.line, attributes, values=frozenset(_ALT_NAMES), classes=("decorative",))
    bracket = read_branches(grow(branch.token.children or (), branch.line), context)
    title = str(branch.token.attrs.get("title", ""))
    caption: Inlines = (Text(at=context.at(branch.line), text=title),) if title else ()
    written = next((attributes.values[name] for name in _ALT_NAMES if name in attributes.values), None)
    words = " ".join((written if written is not None else _alt_words(bracket)).split())
    alt: Alt
    if "decorative" in attributes.classes:
        alt = Decorative()
    elif words:
        alt = Described(words)
    else:
        alt = Decorative() if written == "" else Undescribed()
    if (written is not None or isinstance(alt, Decorative)) and bracket:
        if caption:
            message = "This picture has two captions: the words in brackets and the title. The title was left out."
            context.report.add(CAPTION_MISPLACED, branch.line, message)
        caption = bracket
    source = links.picture(str(branch.token.attrs.get("src", "")))
    if not source:
        context.report.add(UNSUPPORTED, branch.line, "This picture names no file.", advice="Name the file in (...).")
    return Picture(Image(at=context.at(branch.line, attributes), source=source, alt=alt), caption)


def _alt_words(nodes: Inlines) -> str:
    """Return the words of an alt text, those of pictures inside it among them (CommonMark 6.4)."""
    parts: list[str] = []
    for node in walk(nodes):
        match node:
            case Image(alt=Described(text=text)) | Text(text=text) | Code(text=text) | Abbreviation(text=text):
                parts.append(text)
            case LineBreak():
                parts.append(" ")
            case Math(tex=tex):
                parts.append(tex)
            case _:
                pass
    return "".join(parts)


def _read(branch: TokenNode, context: Context) -> Inlines:
    kind, token, line = branch.kind, branch.token, branch.line
    if kind in ("text", "text_special"):
        return _text(token.content, line, context)
    if kind == "softbreak":
        return (Text(at=context.at(line), text=" "),)
    if simple := _SIMPLE.get(kind):
        return (simple(at=context.at(line), children=read_branches(branch.children, context)),)
    if kind == "code_inline":
        attributes = attributes_of(token)
        context.known(line, attributes)
        return (Code(at=context.at(line, attributes), text=token.content),)
    if kind == "link":
        return _link(branch, context)
    if kind == "span":
        return _span(branch, context)
    if kind == "image":
        picture = read_picture(branch, context)
        if picture.caption:
            message = "A picture among words cannot have a caption; the caption was put behind it."
            context.report.add(CAPTION_MISPLACED, line, message)
            return (picture.image, Text(at=context.at(line), text=" "), *picture.caption)
        return (picture.image,)
    if kind == "hardbreak":
        return (LineBreak(at=context.at(line)),)
    if kind in ("math_inline", "math_display"):
        return _math(token.content, line, context, display=kind == "math_display")
    if kind == "note_reference":
        if token.info not in context.defined:
            context.report.add(NOTE_MISSING, line, f"There is no note for the mark [^{token.info}].")
            return (Text(at=context.at(line), text=f"[^{token.info}]"),)
        return (NoteReference(at=context.at(line), note=token.info),)
    if kind == "note_inline":
        return _inline_note(branch, context)
    raise AssertionError(f"the grammar made a token that nobody reads: {kind}")


def _text(content: str, line: int, context: Context) -> Inlines:
    if not content:
        return ()
    pattern = context.abbreviation
    if pattern is None or not pattern.search(content):
        return (Text(at=context.at(line), text=content),)
    out: list[Inline] = []
    position = 0
    symbols = [word.span() for word in re.finditer(r"\S+", content) if _is_symbol(word[0])]
    for found in pattern.finditer(content):
        if any(start <= found.start() < end for start, end in symbols):
            continue
        if found.start() > position:
            out.append(Text(at=context.at(line), text=content[position : found.start()]))
        out.append(Abbreviation(at=context.at(line), text=found[0], expansion=context.abbreviations[found[0]]))
        position = found.end()
    if position < len(content):
        out.append(Text(at=context.at(line), text=content[position:]))
    return tuple(out)


def _is_symbol(word: str) -> bool:
    """Whether a word is the symbol of a document (A/HRC/52/30) or an address: its letters are short for nothing."""
    return "@" in word or "://" in word or (word.count("/") > 1 and any(map(str.isdigit, word)))


def _link(branch: TokenNode, context: Context) -> Inlines:
    token, line = branch.token, branch.line
    attributes = attributes_of(token)
    context.known(line, attributes)
    children = read_branches(branch.children, context)
    url = str(token.attrs.get("href", ""))
    if not links.is_safe(url):
        context.report.add(LINK_UNSAFE, line, f"The link to {quoted(url)} was taken away.")
        return children
    title = str(token.attrs.get("title", ""))
    return (Link(at=context.at(line, attributes), children=children, target=links.target(url), title=title),)


def _span(branch: TokenNode, context: Context) -> Inlines:
    line = branch.line
    attributes = attributes_of(branch.token)
    context.known(line, attributes, values=frozenset({"abbr", "voice"}))
    children = read_branches(branch.children, context)
    if voice := attributes.values.get("voice"):
        context.voices[label_of(plain_text(children))] = voice
    at = context.at(line, attributes)
    expansion = attributes.values.get("abbr")
    if expansion is None:
        return (Span(at=at, children=children),)
    short = plain_text(children)
    if not expansion.strip() or not short:
        context.report.add(ABBREVIATION_UNREADABLE, line, "This abbreviation does not say what it stands for.")
        return children
    return (Abbreviation(at=at, text=short, expansion=expansion.strip()),)


def _math(tex: str, line: int, context: Context, *, display: bool) -> Inlines:
    try:
        return (Math(at=context.at(line), mathml=mathml(tex, display=display), tex=tex),)
    except FormulaError as error:
        context.report.add(MATH_UNREADABLE, line, f"The formula {quoted(tex)} cannot be read: {error}.")
        return (Code(at=context.at(line), text=tex),)


def _inline_note(branch: TokenNode, context: Context) -> Inlines:
    name = context.free_note_name()
    children = read_branches(grow(branch.token.children or (), branch.line), context)
    paragraph = Paragraph(at=context.at(branch.line), children=children)
    context.notes.append(Note(at=context.at(branch.line), id=name, children=(paragraph,)))
    return (NoteReference(at=context.at(branch.line), note=name),)
