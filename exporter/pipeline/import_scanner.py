"""What a Python file imports, found without parsing where that can be."""

from __future__ import annotations

import ast
import re

import msgspec

_IMPORT = b"import"
_FROM = re.compile(rb"[ \t]*from[ \t]+([\w.]+)[ \t]+")
_MEMBERS = re.compile(rb"\((?:[\w\s,]|#[^\n]*\n)*\)|[\w \t,*]+")
_MODULES = re.compile(rb"[\w \t,.]+")
_END = re.compile(rb"[ \t]*(?:#|$)", re.MULTILINE)
_COMMENT = re.compile(rb"#[^\n]*")
_STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields in which a statement holds others, or what holds them."""


class Source(msgspec.Struct, array_like=True):
    """What one Python file imports."""

    imports: tuple[str, ...]
    """Dotted names, those of members among them."""
    dynamic: bool
    """Whether it imports by name, so that every module of its package may be meant."""


def read(source: bytes) -> Source:
    """Return what a file imports, imports inside functions included."""
    names = plain(source)
    if names is None:
        names = parsed(source)
    dynamic = bool(names & {"pkgutil", "importlib.import_module", "importlib"})
    return Source(tuple(sorted(names)), dynamic)


def plain(source: bytes) -> set[str] | None:
    """Return what a file imports when each import stands on lines of its own; None when it has to be parsed to tell.

    Parsing every module costs a first export more than reading a manuscript does. A line of a docstring that looks
    like an import counts as one: more digests are taken then, never fewer.
    """
    names: set[str] = set()
    at = source.find(_IMPORT)
    while at >= 0:
        begin = source.rfind(b"\n", 0, at) + 1
        after = at + len(_IMPORT)
        if source[after : after + 1] in (b"\t", b"(", b"*", b"\\"):
            return None
        if source[after : after + 1] != b" ":
            at = source.find(_IMPORT, after)
            continue
        before = source[begin:at]
        package = b""
        if before.strip():
            lead = _FROM.fullmatch(before)
            if lead is None:
                if b"#" not in before and _may_be_code(before):
                    return None
                at = source.find(_IMPORT, after)
                continue
            package = lead[1]
        found = (_MEMBERS if package else _MODULES).match(source, after + 1)
        if found is None or not _END.match(source, found.end()):
            return None
        inside = [_name(part) for part in _COMMENT.sub(b"", found[0]).strip(b"()").split(b",") if part.strip()]
        # A member may be a module of the package.
        of = package.decode()
        names.update([of, *(f"{of}.{name}" for name in inside)] if of else inside)
        at = source.find(_IMPORT, found.end())
    return {name for name in names if not name.startswith(".")}


def _may_be_code(before: bytes) -> bool:
    """Return whether what stands before `import` on its line can be another statement, and not words of a text."""
    return before.rstrip()[-1:] in b":;" or before.lstrip().startswith(b"from")


def _name(part: bytes) -> str:
    return part.split()[0].decode()


def parsed(source: bytes) -> set[str]:
    """Return what a file imports, from its syntax tree."""
    names: set[str] = set()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return names
    # Imports are statements: expressions, which are most of a tree, are passed over.
    statements: list[ast.AST] = [tree]
    while statements:
        node = statements.pop()
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        for field in _STATEMENTS:
            inside = getattr(node, field, ())
            if isinstance(inside, list):
                statements += inside
    return names
