"""What decides the work of a step besides its inputs: our own source, libraries and their versions, styles.

The source of a step is its module and all that it imports, imports inside functions included. So a change of the EPUB
writer makes the EPUBs anew and leaves the audio alone, and nobody has to keep a list.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import os
import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from exporter.pipeline.fingerprints import Fingerprints
from exporter.pipeline.store import Store

TABLE = "provenance"
MACHINERY = "exporter.pipeline"
"""Runs steps and does not decide what they make: left out of their source, the modules of the steps excepted."""

_IMPORT = b"import"
_FROM = re.compile(rb"[ \t]*from[ \t]+([\w.]+)[ \t]+")
_MEMBERS = re.compile(rb"\((?:[\w\s,]|#[^\n]*\n)*\)|[\w \t,*]+")
_MODULES = re.compile(rb"[\w \t,.]+")
_END = re.compile(rb"[ \t]*(?:#|$)", re.MULTILINE)
_COMMENT = re.compile(rb"#[^\n]*")
_STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields in which a statement holds others, or what holds them."""


class _Source(msgspec.Struct, array_like=True):
    """What one Python file imports."""

    imports: tuple[str, ...]
    """Dotted names, those of members among them."""
    dynamic: bool
    """Whether it imports by name, so that every module of its package may be meant."""


class _Known(msgspec.Struct):
    sources: dict[str, _Source] = {}
    """By digest of the file."""
    installed: str = ""
    """Fingerprint of the places where packages are installed."""
    distributions: dict[str, list[str]] = {}
    """`name==version` by import name."""


class Provenance:
    """Digests of source and styles; `save` keeps what was parsed for the next run."""

    def __init__(self, store: Store, fingerprints: Fingerprints) -> None:
        self._store = store
        self._fingerprints = fingerprints
        self._closures: dict[str, dict[str, str]] = {}
        self._modules: dict[str, dict[str, Path]] = {}
        try:
            self._known = msgspec.msgpack.decode(store.table(TABLE) or b"\x80", type=_Known)
        except msgspec.MsgspecError:
            self._known = _Known()
        self._changed = False

    def of(self, *modules: str) -> dict[str, str]:
        """Give what the modules of a step lean on: digests of source files by name, libraries with their versions."""
        name = " ".join(modules)
        if name not in self._closures:
            self._closures[name] = self._closure(modules)
        return self._closures[name]

    def folder(self, root: Path, leave_out: Iterable[str] = ()) -> dict[str, str]:
        """Give the digests of the files under a folder, by path inside it; hidden ones and `leave_out` are not read.

        Args:
            root: The folder.
            leave_out: Paths inside it, of files or folders.
        """
        out = {root / path for path in leave_out}
        digests: dict[str, str] = {}
        stack = [root]
        while stack:
            for path in sorted(stack.pop().iterdir()):
                if path in out or path.name.startswith((".", "__pycache__")):
                    continue
                if path.is_dir():
                    stack.append(path)
                else:
                    digests[path.relative_to(root).as_posix()] = self._fingerprints.digest(path)
        return digests

    def save(self) -> None:
        """Keep what was parsed for the next run."""
        if self._changed:
            self._store.keep_table(TABLE, msgspec.msgpack.encode(self._known))

    def _closure(self, modules: Iterable[str]) -> dict[str, str]:
        start = set(modules)
        ours = {module.partition(".")[0] for module in start} | {"exporter"}
        found: dict[str, str] = {"python": f"{platform.python_implementation()} {platform.python_version()}"}
        libraries: set[str] = set()
        stack, seen = list(start), set(start)
        while stack:
            module = stack.pop()
            path = self._file(module)
            if path is None:
                continue
            digest = self._fingerprints.digest(path)
            found[module] = digest
            if path.name == "__init__.py":
                # Lists of words and of criteria lie beside the modules that read them.
                found.update(
                    {f"{module}/{one.name}": self._fingerprints.digest(one) for one in path.parent.glob("*.toml")}
                )
            source = self._parse(path, digest)
            names = set(source.imports)
            if source.dynamic:
                names.update(self._package(module, path))
            names.add(module.rpartition(".")[0])
            for name in names:
                top = name.partition(".")[0]
                if top in ours:
                    fresh = {name, *_parents(name)} - seen
                    kept = {one for one in fresh if one in start or not one.startswith(f"{MACHINERY}.")}
                    seen |= kept
                    stack.extend(kept)
                elif top and top not in sys.stdlib_module_names:
                    libraries.add(top)
        for library in sorted(libraries):
            for distribution in self._distributions().get(library, ()):
                found[f"library {distribution}"] = ""
        if "jinja2" in libraries:
            templates = Path(__file__).resolve().parents[1] / "templates"
            if templates.is_dir():
                found.update({f"templates/{name}": value for name, value in self.folder(templates).items()})
        return dict(sorted(found.items()))

    def _file(self, module: str) -> Path | None:
        top = module.partition(".")[0]
        if top not in self._modules:
            self._modules[top] = _modules(top)
        return self._modules[top].get(module)

    def _package(self, module: str, path: Path) -> Iterable[str]:
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for other in sorted(path.parent.rglob("*.py")):
            parts = other.relative_to(path.parent).with_suffix("").parts
            yield ".".join((package, *(part for part in parts if part != "__init__")))

    def _parse(self, path: Path, digest: str) -> _Source:
        known = self._known.sources.get(digest)
        if known is None:
            known = _imports(path.read_bytes())
            self._known.sources[digest] = known
            self._changed = True
        return known

    def _distributions(self) -> dict[str, list[str]]:
        places = [Path(place) for place in sys.path if place.endswith("-packages") and Path(place).is_dir()]
        # Installing, upgrading or removing a package changes its folder's time.
        installed = hashlib.sha256(repr([(str(p), p.stat().st_mtime_ns) for p in places]).encode()).hexdigest()
        if self._known.installed != installed:
            self._known.distributions = _installed(places)
            self._known.installed = installed
            self._changed = True
        return self._known.distributions


def _modules(top: str) -> dict[str, Path]:
    """Give the files of a module and of all modules in it, by their names: asking for each by itself takes longer."""
    spec = importlib.util.find_spec(top) if top else None
    if spec is None or spec.origin is None:
        return {}
    origin = Path(spec.origin)
    found = {top: origin}
    if origin.name != "__init__.py":
        return found
    for folder, folders, names in os.walk(origin.parent):
        folders[:] = [name for name in folders if name.isidentifier()]
        package = ".".join((top, *Path(folder).relative_to(origin.parent).parts))
        inside = {name[:-3]: Path(folder, name) for name in names if name.endswith(".py")}
        own = inside.pop("__init__", None)
        found |= {f"{package}.{name}": path for name, path in inside.items()}
        if own is not None:
            found[package] = own
    return found


def _installed(places: Iterable[Path]) -> dict[str, list[str]]:
    """Give `name==version` of every installed package by what can be imported of it.

    From the names of folders and lists of files (Recording Installed Projects): the standard library would read every
    description to its end, which costs a first export more than reading a manuscript does.
    """
    found: dict[str, set[str]] = {}
    fonts: set[str] = set()
    for folder in (folder for place in places for folder in place.glob("*.dist-info")):
        name, _, version = folder.name.removesuffix(".dist-info").partition("-")
        label = f"{name.replace('_', '-').lower()}=={version}"
        if label.startswith("fontpkg-"):
            fonts.add(label)
        for top in _tops(folder):
            found.setdefault(top, set()).add(label)
    if "fontpkg" in found:
        # The names of font packages are in no import.
        found["fontpkg"] |= fonts
    return {top: sorted(labels) for top, labels in found.items()}


def _tops(folder: Path) -> set[str]:
    try:
        record = (folder / "RECORD").read_text("utf-8")
    except OSError:
        return set()
    heads = {line.partition(",")[0].partition("/")[0] for line in record.splitlines()}
    # A module alone is a file: six.py, _cffi.abi3.so.
    return {head.partition(".")[0] for head in heads if not head.endswith((".dist-info", ".pth"))}


def _imports(source: bytes) -> _Source:
    names = _plain_imports(source)
    if names is None:
        names = _parsed_imports(source)
    dynamic = bool(names & {"pkgutil", "importlib.import_module", "importlib"})
    return _Source(tuple(sorted(names)), dynamic)


def _plain_imports(source: bytes) -> set[str] | None:
    """Give what a file imports when each import stands on lines of its own; None when it has to be parsed to tell.

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
    """Whether what stands before `import` on its line can be another statement, and not words of a text."""
    return before.rstrip()[-1:] in b":;" or before.lstrip().startswith(b"from")


def _name(part: bytes) -> str:
    return part.split()[0].decode()


def _parsed_imports(source: bytes) -> set[str]:
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


def _parents(name: str) -> Iterable[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
