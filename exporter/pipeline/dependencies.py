"""What decides the work of a step besides its inputs: our own source, libraries and their versions, styles.

The source of a step is its module and all that it imports, imports inside functions included. So a change of the EPUB
writer makes the EPUBs anew and leaves the audio alone, and nobody has to keep a list.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from exporter.pipeline import import_scanner
from exporter.pipeline.fingerprints import Fingerprints
from exporter.pipeline.import_scanner import Source
from exporter.pipeline.store import Store

TABLE = "provenance"
MACHINERY = "exporter.pipeline"
"""Runs steps and does not decide what they make: left out of their source, the modules of the steps excepted."""


class _Known(msgspec.Struct):
    sources: dict[str, Source] = {}
    """By digest of the file."""
    installed: str = ""
    """Fingerprint of the places where packages are installed."""
    distributions: dict[str, list[str]] = {}
    """`name==version` by import name."""


class DependencyTracker:
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
        """Return what the modules of a step lean on: digests of source files by name, libraries with their versions."""
        name = " ".join(modules)
        if name not in self._closures:
            self._closures[name] = self._closure(modules)
        return self._closures[name]

    def folder(self, root: Path, leave_out: Iterable[str] = ()) -> dict[str, str]:
        """Return the digests of the files under a folder, by path inside it; hidden ones and `leave_out` are not read.

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

    def _parse(self, path: Path, digest: str) -> Source:
        known = self._known.sources.get(digest)
        if known is None:
            known = import_scanner.read(path.read_bytes())
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
    """Return the files of a module and of all modules in it, by their names: asking for each by itself takes longer."""
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
    """Return `name==version` of every installed package by what can be imported of it.

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


def _parents(name: str) -> Iterable[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
