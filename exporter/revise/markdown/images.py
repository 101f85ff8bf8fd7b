"""Alt texts and long descriptions in Markdown (CommonMark 0.31.2, 6.4; attributes as in Pandoc)."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.readers.markdown.attributes import NONE, Attributes, parse
from exporter.revise.changes import AltText, DecorativeImage, LongDescription
from exporter.revise.html.tags import set_alt
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import TextEdits

_TOKEN = re.compile(r"\\.|(`+)(?!`)(?:.*?[^`])??\1(?!`)|!\[|<img\b", re.DOTALL | re.IGNORECASE)
_BRACKETS = re.compile(r"\\.|(`+)(?!`)(?:.*?[^`])??\1(?!`)|[\[\]]", re.DOTALL)
_LINK = re.compile(
    r"""\(\s*(?:<(?:\\.|[^<>\\\n])*>|(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*)"""
    r"""(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)""",
    re.DOTALL,
)
_REFERENCE = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]")
_VALUE = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s{}"']+)"""
_ALT_ITEM = re.compile(
    rf"((?!(?:fig-)?alt=)[\w:.-]+={_VALUE})|\s*(?:\.decorative(?=[\s}}])|(?:fig-)?alt={_VALUE})", re.DOTALL
)
"""What describes an image among its attributes; the group is another attribute."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&$^~|])")
_ESCAPED = re.compile(r"\\([^\w\s])")
_NO_IMAGE = RefusedError("The image was not found in its line.", "Change its alt text there.")
_DESCRIPTION = re.compile(r"(:{3,})[ \t]*(?:description|\{[^}]*\.description[^}]*\})[ \t]*$")


class MarkdownImage(NamedTuple):
    """An image as it is written."""

    start: int
    bracket: tuple[int, int]
    """The text in its brackets."""
    link: tuple[int, int]
    """Its destination or reference."""
    attributes: tuple[int, int]
    """Its attributes, with their braces."""


def describe(edits: TextEdits, change: AltText | DecorativeImage) -> None:
    """Set the alt text of an image, or mark it as decorative.

    Raises:
        RefusedError: The image is not found.
    """
    position = _image_position(edits, change.source.line, change.index)
    if edits.text[position] == "<":
        set_alt(edits, position, change)
        return
    image = read_image(edits.text, position)
    written = edits.text[slice(*image.attributes)]
    bracket = edits.text[slice(*image.bracket)]
    is_captioned = has_caption(edits.text, image)
    others = _ALT_ITEM.sub(r"\1", written).strip("{} \t\n")
    text = " ".join(change.text.split()) if isinstance(change, AltText) else ""
    if isinstance(change, DecorativeImage):
        items, inside = ".decorative", bracket if is_captioned else ""
    elif is_captioned:
        items, inside = _alt(text), bracket
    else:
        items, inside = "", escape(text)
    _rewrite(edits, image, inside, " ".join(filter(None, (items, others))))


def _attributes(text: str, image: MarkdownImage) -> Attributes:
    parsed = parse(text, *image.attributes)
    return parsed[1] if parsed else NONE


def has_caption(text: str, image: MarkdownImage) -> bool:
    """Return whether the brackets of an image contain its caption, and its attributes what replaces it."""
    attributes = _attributes(text, image)
    is_captioned = "decorative" in attributes.classes and image.bracket[0] < image.bracket[1]
    return is_captioned or not attributes.values.keys().isdisjoint({"alt", "fig-alt"})


def caption_image(edits: TextEdits, line: int, index: int, caption: str) -> None:
    """Write the caption of an image that has none into its brackets, and its alt text into its attributes.

    Args:
        edits: Edits of the manuscript.
        line: The line of the image.
        index: Its position among the images of that line.
        caption: The caption as Markdown.

    Raises:
        RefusedError: The image is not found, not described, or written as HTML.
    """
    position = _image_position(edits, line, index)
    if edits.text[position] == "<":
        raise RefusedError("The image is written as HTML.", "Write it as ![…](…), or write the caption there.")
    image = read_image(edits.text, position)
    bracket, written = (edits.text[slice(*span)].strip() for span in (image.bracket, image.attributes))
    is_apart = has_caption(edits.text, image) or "decorative" in _attributes(edits.text, image).classes
    if not bracket and not is_apart:
        raise RefusedError(
            "The image is not described, and Markdown has a caption only beside a description.",
            "Describe the image first.",
        )
    alt = "" if is_apart else _alt(_ESCAPED.sub(r"\1", bracket))
    _rewrite(edits, image, caption, " ".join(filter(None, (alt, written.strip("{}")))))


def _alt(text: str) -> str:
    """Return an alt text as an attribute."""
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'alt="{escaped}"'


def _rewrite(edits: TextEdits, image: MarkdownImage, inside: str, attributes: str) -> None:
    """Replace what is in the brackets and in the braces of an image."""
    replace_bracket(edits, image, inside)
    replaced = f"{{{attributes}}}" if attributes else ""
    if replaced != edits.text[slice(*image.attributes)]:
        edits.replace(*image.attributes, replaced)


def replace_bracket(edits: TextEdits, image: MarkdownImage, inside: str) -> None:
    """Replace what is in the brackets of an image."""
    bracket = edits.text[slice(*image.bracket)]
    if inside != bracket:
        edits.replace(*image.bracket, inside)
        link = edits.text[slice(*image.link)]
        if link in ("", "[]"):
            # The text in brackets was also the name of the reference.
            edits.replace(*image.link, f"[{bracket}]")


def describe_at_length(edits: TextEdits, change: LongDescription) -> None:
    """Write the long description of an image below its paragraph, or replace that which is there.

    Raises:
        RefusedError: The image is not found, or inside a list, a table or text.
    """
    line = change.source.line
    if not re.match(r" {0,3}!\[", edits.content(line)):
        raise RefusedError(
            "The image is not in a paragraph of its own.", "Put it into one, with empty lines around it."
        )
    end = line
    while edits.content(end + 1).strip():
        end += 1
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", change.text.strip())]
    content = "\n\n".join(escape(part) for part in paragraphs if part)
    begin = end + 1
    while begin < end + 3 and not edits.content(begin).strip():
        begin += 1
    known = _DESCRIPTION.match(edits.content(begin))
    if known is None:
        if content:
            position = edits.line(end)[1]
            edits.replace(position, position, f"\n\n::: description\n{content}\n:::")
        return
    last = begin + 1
    lines = edits.text.count("\n") + 1
    while last <= lines and not re.fullmatch(rf":{{{len(known[1])},}}[ \t]*", edits.content(last)):
        last += 1
    if last > lines:
        raise RefusedError("The long description below the image has no end.", "Write a line with ::: below it.")
    if content:
        edits.replace(edits.line(begin)[1], edits.line(last)[0], f"\n{content}\n")
    else:
        edits.replace(edits.line(end)[1], edits.line(last)[1], "")


def escape(text: str) -> str:
    """Return a text as Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _image_position(edits: TextEdits, line: int, index: int) -> int:
    """Return where an image begins.

    Raises:
        RefusedError: The line has fewer images.
    """
    images = image_positions(edits, line, line)
    if not line or index >= len(images):
        raise _NO_IMAGE
    return images[index]


def image_positions(edits: TextEdits, first: int, last: int) -> list[int]:
    """Return where the images of some lines begin."""
    start, end = edits.line(first)[0], edits.line(last)[1]
    positions = [match.start() for match in _TOKEN.finditer(edits.text, start) if match.start() < end]
    return [position for position in positions if edits.text[position] in "!<"]


def read_image(text: str, start: int) -> MarkdownImage:
    """Return the image that begins at a position.

    Raises:
        RefusedError: Its brackets are not closed.
    """
    depth, end = 1, -1
    for match in _BRACKETS.finditer(text, start + 2):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if not depth:
            end = match.start()
            break
    if end < 0:
        raise _NO_IMAGE
    link = _LINK.match(text, end + 1) or _REFERENCE.match(text, end + 1)
    after = link.end() if link else end + 1
    attributes = parse(text, after, len(text))
    return MarkdownImage(start, (start + 2, end), (end + 1, after), (after, attributes[0] if attributes else after))
