"""Tree of the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

from exporter.readers.markdown.limits import MAX_INLINE_NESTING


class TooDeepError(Exception):
    """Too deep nesting of inlines."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line
        """From 0."""


class TokenNode:
    """A token and its children; `kind` is the type of the token without `_open`."""

    __slots__ = ("children", "kind", "line", "token")

    def __init__(self, token: Token, line: int, kind: str = "") -> None:
        self.token = token
        self.kind = kind or token.type.removesuffix("_open")
        self.line = line
        """From 1."""
        self.children: list[TokenNode] = []


def build_tree(tokens: Iterable[Token], first_line: int = 1) -> list[TokenNode]:
    """Return the tree of a sequence of tokens.

    Raises:
        TooDeepError: The tokens are nested too deeply.
    """
    root: list[TokenNode] = []
    stack: list[list[TokenNode]] = [root]
    line = first_line
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        if token.map:
            line = token.map[0] + 1
        node = TokenNode(token, line)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
            if len(stack) > 2 * MAX_INLINE_NESTING:
                raise TooDeepError(line)
    return root
