"""Text runs with their formats, and their conversion to nested inlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import msgspec

from exporter import model as m
from exporter.model.node import NOWHERE

_LETTER = re.compile(r"[^\W\d_]")


class Target(NamedTuple):
    """Target of a link."""

    url: str
    title: str = ""


class Group(NamedTuple):
    """A group of adjacent runs."""

    number: int
    kind: str
    """bookmark or quotation."""
    name: str = ""
    """Name of the bookmark, or opening mark of the quotation."""


class RunFormat(NamedTuple):
    """Format of a run, its link and its groups."""

    link: Target | None = None
    groups: tuple[Group, ...] = ()
    """Outermost first."""
    language: str | None = None
    direction: m.Direction | None = None
    """An explicit direction; otherwise letters have the direction of their script."""
    bold: bool = False
    italic: bool = False
    italic_first: bool = False
    strike: bool = False
    vertical: str = ""
    code: bool = False
    part: str = ""
    """`title` of an aside, or `role` of a speaker."""


PLAIN_FORMAT = RunFormat()


class TextRun(NamedTuple):
    """Characters, or an inline node without text of its own."""

    run_format: RunFormat
    text: str = ""
    node: m.Inline | None = None

    def without_bold(self) -> TextRun:
        """Return the run without bold: editions show headings and captions in their own way."""
        return self._replace(run_format=self.run_format._replace(bold=False))

    @property
    def has_letters(self) -> bool:
        """Whether its text has letters, and so a language."""
        return _LETTER.search(self.text) is not None


Mark = tuple[str, object]


class InlineContext(NamedTuple):
    """Attributes of a paragraph, from which only differences are marked on inlines."""

    language: str
    targets: Collection[str]
    """Bookmarks that links refer to."""
    source: m.Source | None
    is_same_language: Callable[[str, str], bool]
    """Whether two languages count as the same."""
    rename: Callable[[str], str]
    """Returns the identifier of a bookmark."""


def nest_inlines(text_runs: Sequence[TextRun], context: InlineContext) -> m.Inlines:
    """Return runs as inlines; the format that spans most runs is outermost."""
    items = [
        (_marks(run.run_format, context) if run.run_format != PLAIN_FORMAT else (), run)
        for run in _merge_runs(text_runs)
    ]
    used: set[object] = set()
    return _nest(items, context, used)


def _merge_runs(text_runs: Sequence[TextRun]) -> list[TextRun]:
    """Return runs with adjacent ones of the same format merged, and whitespace formatted as its surroundings."""
    out: list[TextRun] = []
    for index, original in enumerate(text_runs):
        run = original
        if run.node is None and not run.text:
            if run.run_format.groups:
                out.append(run)  # an anchor without text
            continue
        if run.node is None and out and not run.text.strip() and not run.run_format.code:
            after = text_runs[index + 1].run_format if index + 1 < len(text_runs) else PLAIN_FORMAT
            run = run._replace(run_format=_whitespace_format(run.run_format, out[-1].run_format, after))
        if out and run.node is None and out[-1].node is None and out[-1].run_format == run.run_format:
            out[-1] = out[-1]._replace(text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def _whitespace_format(own: RunFormat, before: RunFormat, after: RunFormat) -> RunFormat:
    """Return the format of whitespace: bold, italic and in another language only if the text on both sides is."""
    return own._replace(
        bold=own.bold and before.bold and after.bold,
        italic=own.italic and before.italic and after.italic,
        language=before.language if before.language == after.language else own.language,
        vertical=own.vertical if own.vertical in (before.vertical, after.vertical) else "",
    )


def _marks(run_format: RunFormat, context: InlineContext) -> tuple[Mark, ...]:
    out: list[Mark] = []
    if run_format.link:
        out.append(("link", run_format.link))
    out += [
        ("group", group) for group in run_format.groups if group.kind != "bookmark" or group.name in context.targets
    ]
    if run_format.language and not context.is_same_language(run_format.language, context.language):
        out.append(("language", run_format.language))
    if run_format.direction:
        out.append(("direction", run_format.direction))
    if run_format.italic and run_format.italic_first:
        out.append(("emphasis", None))
    if run_format.bold:
        out.append(("strong", None))
    if run_format.italic and not run_format.italic_first:
        out.append(("emphasis", None))
    if run_format.strike:
        out.append(("strike", None))
    if run_format.vertical:
        out.append((run_format.vertical, None))
    if run_format.code:
        out.append(("code", None))
    return tuple(out)


def _nest(items: Sequence[tuple[tuple[Mark, ...], TextRun]], context: InlineContext, used: set[object]) -> m.Inlines:
    out: list[m.Inline] = []
    index = 0
    while index < len(items):
        marks, run = items[index]
        if not marks:
            _append(out, run)
            index += 1
            continue
        best, end = marks[0], index + 1
        for mark in marks:
            last = index + 1
            while last < len(items) and mark in items[last][0]:
                last += 1
            if last > end:
                best, end = mark, last
        if best[0] == "code":
            text = "".join(run.text for _, run in items[index:end])
            out += _code(items[index:end], text, context, used)
        else:
            inner = [(tuple(mark for mark in own if mark != best), run) for own, run in items[index:end]]
            out += _wrap(best, _nest(inner, context, used), context, used)
        index = end
    return tuple(out)


def _append(out: list[m.Inline], run: TextRun) -> None:
    if run.node is not None:
        out.append(run.node)
    elif run.text:
        before = out[-1] if out else None
        if isinstance(before, m.Text) and before.at is NOWHERE:
            out[-1] = m.Text(text=before.text + run.text.replace("\t", " "))
        else:
            out.append(m.Text(text=run.text.replace("\t", " ")))


def _code(
    items: Sequence[tuple[tuple[Mark, ...], TextRun]], text: str, context: InlineContext, used: set[object]
) -> m.Inlines:
    """Return code; formats and nodes in it stay outside the code."""
    if any(run.node is not None or len(marks) > 1 for marks, run in items):
        plain = [(tuple(mark for mark in marks if mark[0] != "code"), run) for marks, run in items]
        out: list[m.Inline] = []
        for marks, run in plain:
            if run.node is not None:
                out += _nest([(marks, run)], context, used)
            else:
                inner: m.Inlines = (m.Code(text=run.text),) if run.text else ()
                for mark in reversed(marks):
                    inner = _wrap(mark, inner, context, used)
                out += inner
        return tuple(out)
    return (m.Code(text=text),) if text else ()


def _wrap(mark: Mark, inside: m.Inlines, context: InlineContext, used: set[object]) -> m.Inlines:
    kind, data = mark
    at = m.At(source=context.source)
    match kind:
        case "link":
            assert isinstance(data, Target)
            return (m.Link(at=at, children=inside, target=data.url, title=data.title),)
        case "group":
            assert isinstance(data, Group)
            if data.kind == "quotation":
                return (m.Quotation(children=inside),)
            if data in used:
                return inside
            used.add(data)
            return (_with_attributes(inside, id=context.rename(data.name)),)
        case "language":
            return (_with_attributes(inside, language=data),)
        case "direction":
            return (_with_attributes(inside, direction=data),)
        case "strong":
            return (m.Strong(children=inside),)
        case "emphasis":
            return (m.Emphasis(children=inside),)
        case "strike":
            return (m.Strikethrough(children=inside),)
        case "superscript":
            return (m.Superscript(children=inside),)
        case "subscript":
            return (m.Subscript(children=inside),)
        case _:
            raise AssertionError(kind)


def _with_attributes(inside: m.Inlines, **attributes: object) -> m.Inline:
    """Return inlines with a language, a direction or an identifier: a single one, or a Span around them."""
    if len(inside) == 1 and not isinstance(inside[0], m.Text):
        inline = inside[0]
        if all(getattr(inline.at, field) is None for field in attributes):
            return msgspec.structs.replace(inline, at=msgspec.structs.replace(inline.at, **attributes))
    return m.Span(children=inside, at=msgspec.structs.replace(NOWHERE, **attributes))
