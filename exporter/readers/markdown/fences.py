"""What each `:::` block becomes."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.findings import quoted
from exporter.model import Aside, AsideKind, Inlines, Text
from exporter.readers.attributions import read_quote
from exporter.readers.markdown.attributes import Attributes
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.token_tree import TokenNode
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, FENCE_UNKNOWN
from exporter.readers.sections import Flat, spread
from exporter.readers.transcripts import read_transcript

DESCRIPTION = "description"
_ASIDES = {"aside": AsideKind.BOX, "sidebar": AsideKind.BOX} | {kind.value: kind for kind in AsideKind}
NAMES = frozenset({"transcript", "quote", DESCRIPTION, *_ASIDES})


def name_of(branch: TokenNode) -> str:
    """Return the name of a block: the word after the colons, else the first class that is a known name."""
    if branch.token.info:
        return branch.token.info
    classes = attributes_of(branch.token).classes
    return next((name for name in classes if name in NAMES), classes[0] if classes else "")


def is_colon_fence(branch: TokenNode) -> bool:
    """Return whether the branch is a `:::` block."""
    return branch.kind == "colon_fence"


def read_fence(branch: TokenNode, inside: Sequence[Flat], context: Context) -> Sequence[Flat]:
    """Return what a block becomes; a description is seen to where it is attached."""
    name = name_of(branch)
    attributes = attributes_of(branch.token)
    line = branch.line
    at = context.at(line, attributes)
    if branch.token.meta.get("unclosed"):
        return inside
    if name == "transcript":
        _known(branch, attributes, context)
        return (read_transcript(at, context.nest(inside), context.voices, context.report),)
    if name == "quote":
        _known(branch, attributes, context)
        return (read_quote(at, inside, context.nest),)
    if kind := _ASIDES.get(name):
        _known(branch, attributes, context, values=frozenset({"title"}))
        title = attributes.values.get("title") or branch.token.meta["rest"]
        words: Inlines = (Text(at=context.at(line), text=title),) if title else ()
        return (Aside(at=at, kind=kind, title=words, children=context.nest(inside)),)
    if name:
        shown = f"{name} {branch.token.meta['rest']}".strip()
        context.report.add(
            FENCE_UNKNOWN, line, f"There is no block with the name {quoted(shown)}; what it holds was kept."
        )
    else:
        context.known(line, attributes)
    return spread(at, inside, context.report)


def _known(branch: TokenNode, attributes: Attributes, context: Context, values: frozenset[str] = frozenset()) -> None:
    context.known(branch.line, attributes, values=values, classes=tuple(NAMES))
    if branch.token.meta["rest"] and "title" not in values:
        message = f"The words {quoted(branch.token.meta['rest'])} after the name of the block were left out."
        context.report.add(ATTRIBUTE_UNKNOWN, branch.line, message)
