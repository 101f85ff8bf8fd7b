"""Pieces of a line, each with how it looks, and how they become inlines inside inlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import msgspec

from exporter.model import (
    At,
    Code,
    Direction,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Quotation,
    Source,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.node import NOWHERE

_LETTER = re.compile(r"[^\W\d_]")


class Target(NamedTuple):
    """Where a link leads."""

    url: str
    title: str = ""


class Group(NamedTuple):
    """A stretch of pieces that belong together."""

    number: int
    kind: str
    """bookmark or quotation."""
    name: str = ""
    """Of the bookmark; or the mark that begins the quotation."""


class RunFormat(NamedTuple):
    """How a piece looks and what it belongs to."""

    link: Target | None = None
    groups: tuple[Group, ...] = ()
    """From the outermost."""
    language: str | None = None
    direction: Direction | None = None
    """Only where the file insists on one; letters run in the direction of their script by themselves."""
    bold: bool = False
    italic: bool = False
    italic_first: bool = False
    strike: bool = False
    vertical: str = ""
    code: bool = False
    part: str = ""
    """title: of a box; role: of a speaker."""


PLAIN_FACE = RunFormat()


class TextRun(NamedTuple):
    """Characters, or an inline node that has no words of its own."""

    face: RunFormat
    text: str = ""
    node: Inline | None = None

    @property
    def has_letters(self) -> bool:
        """Whether it is in some language."""
        return _LETTER.search(self.text) is not None


Mark = tuple[str, object]


class Setting(NamedTuple):
    """What a line is in, so that only what differs is said."""

    language: str
    wanted: Collection[str]
    """Bookmarks that something points at."""
    source: Source | None
    same: Callable[[str, str], bool]
    """Whether two languages are one for our purposes."""
    rename: Callable[[str], str]
    """Gives the id that a bookmark stands for."""


def nest_inlines(pieces: Sequence[TextRun], setting: Setting) -> Inlines:
    """Return pieces as inlines: what reaches furthest is outside."""
    items = [(_marks(piece.face, setting) if piece.face != PLAIN_FACE else (), piece) for piece in _joined(pieces)]
    used: set[object] = set()
    return _fold(items, setting, used)


def _joined(pieces: Sequence[TextRun]) -> list[TextRun]:
    """Return pieces with runs of the same face as one, blanks looking like what is around them."""
    out: list[TextRun] = []
    for place, given in enumerate(pieces):
        piece = given
        if piece.node is None and not piece.text:
            if piece.face.groups:
                out.append(piece)  # an anchor without words
            continue
        if piece.node is None and out and not piece.text.strip() and not piece.face.code:
            after = pieces[place + 1].face if place + 1 < len(pieces) else PLAIN_FACE
            piece = piece._replace(face=_between(piece.face, out[-1].face, after))
        if out and piece.node is None and out[-1].node is None and out[-1].face == piece.face:
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        else:
            out.append(piece)
    return out


def _between(own: RunFormat, before: RunFormat, after: RunFormat) -> RunFormat:
    """Return the face of blanks: bold, italic and in another language only where words on both sides are."""
    return own._replace(
        bold=own.bold and before.bold and after.bold,
        italic=own.italic and before.italic and after.italic,
        language=before.language if before.language == after.language else own.language,
        vertical=own.vertical if own.vertical in (before.vertical, after.vertical) else "",
    )


def _marks(face: RunFormat, setting: Setting) -> tuple[Mark, ...]:
    out: list[Mark] = []
    if face.link:
        out.append(("link", face.link))
    out += [("group", group) for group in face.groups if group.kind != "bookmark" or group.name in setting.wanted]
    if face.language and not setting.same(face.language, setting.language):
        out.append(("language", face.language))
    if face.direction:
        out.append(("direction", face.direction))
    if face.italic and face.italic_first:
        out.append(("emphasis", None))
    if face.bold:
        out.append(("strong", None))
    if face.italic and not face.italic_first:
        out.append(("emphasis", None))
    if face.strike:
        out.append(("strike", None))
    if face.vertical:
        out.append((face.vertical, None))
    if face.code:
        out.append(("code", None))
    return tuple(out)


def _fold(items: Sequence[tuple[tuple[Mark, ...], TextRun]], setting: Setting, used: set[object]) -> Inlines:
    out: list[Inline] = []
    place = 0
    while place < len(items):
        marks, piece = items[place]
        if not marks:
            _append(out, piece)
            place += 1
            continue
        best, end = marks[0], place + 1
        for mark in marks:
            last = place + 1
            while last < len(items) and mark in items[last][0]:
                last += 1
            if last > end:
                best, end = mark, last
        if best[0] == "code":
            text = "".join(piece.text for _, piece in items[place:end])
            out += _code(items[place:end], text, setting, used)
        else:
            inner = [(tuple(mark for mark in own if mark != best), piece) for own, piece in items[place:end]]
            out += _wrapped(best, _fold(inner, setting, used), setting, used)
        place = end
    return tuple(out)


def _append(out: list[Inline], piece: TextRun) -> None:
    if piece.node is not None:
        out.append(piece.node)
    elif piece.text:
        before = out[-1] if out else None
        if isinstance(before, Text) and before.at is NOWHERE:
            out[-1] = Text(text=before.text + piece.text.replace("\t", " "))
        else:
            out.append(Text(text=piece.text.replace("\t", " ")))


def _code(items: Sequence[tuple[tuple[Mark, ...], TextRun]], text: str, setting: Setting, used: set[object]) -> Inlines:
    """Return characters to be read letter by letter; what they hold besides is no such character."""
    if any(piece.node is not None or len(marks) > 1 for marks, piece in items):
        plain = [(tuple(mark for mark in marks if mark[0] != "code"), piece) for marks, piece in items]
        out: list[Inline] = []
        for marks, piece in plain:
            if piece.node is not None:
                out += _fold([(marks, piece)], setting, used)
            else:
                inner: Inlines = (Code(text=piece.text),) if piece.text else ()
                for mark in reversed(marks):
                    inner = _wrapped(mark, inner, setting, used)
                out += inner
        return tuple(out)
    return (Code(text=text),) if text else ()


def _wrapped(mark: Mark, inside: Inlines, setting: Setting, used: set[object]) -> Inlines:
    kind, what = mark
    at = At(source=setting.source)
    match kind:
        case "link":
            assert isinstance(what, Target)
            return (Link(at=at, children=inside, target=what.url, title=what.title),)
        case "group":
            assert isinstance(what, Group)
            if what.kind == "quotation":
                return (Quotation(children=inside),)
            if what in used:
                return inside
            used.add(what)
            return (_with(inside, id=setting.rename(what.name)),)
        case "language":
            return (_with(inside, language=what),)
        case "direction":
            return (_with(inside, direction=what),)
        case "strong":
            return (Strong(children=inside),)
        case "emphasis":
            return (Emphasis(children=inside),)
        case "strike":
            return (Strikethrough(children=inside),)
        case "superscript":
            return (Superscript(children=inside),)
        case "subscript":
            return (Subscript(children=inside),)
        case _:
            raise AssertionError(kind)


def _with(inside: Inlines, **said: object) -> Inline:
    """Return inlines that have a language, a direction or an id: the one that there is, or a Span around them."""
    if len(inside) == 1 and not isinstance(inside[0], Text):
        only = inside[0]
        if all(getattr(only.at, field) is None for field in said):
            return msgspec.structs.replace(only, at=msgspec.structs.replace(only.at, **said))
    return Span(children=inside, at=msgspec.structs.replace(NOWHERE, **said))
