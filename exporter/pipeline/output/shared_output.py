"""An output folder that several machines share: this machine publishes into its copy of it, and the copy is sent.

Files are sent in the order in which a reader may need them, the report last, so an export that is stopped in between
never leaves a list of files that are not there; the next one sends the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec

from exporter.pipeline.events import AnyEvent, Listener, Published, Removed
from exporter.pipeline.file_lock import locked_folder
from exporter.pipeline.file_writing import temporary_file, writing
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.shared_folder import SharedFolder, shared_folder
from exporter.pipeline.storage.store import Store

_LAST = ("index.html", "entry.json", "conformance.html", "report.sarif", "report.html", "report.json")
"""Files that name others, in the order in which they are sent."""
_CONNECTIONS = 8


class _File(msgspec.Struct, frozen=True, array_like=True):
    digest: str
    state: str
    """Of the file in the shared folder, see `SharedFolder.states`."""


class SharedOutput:
    """An output folder at an address.

    Args:
        address: The address.
        copy: Folder of this machine's copy.
        store: Holds what is known of the files.
        fingerprints: Digests of files.

    Raises:
        OutputError: The folder at the address cannot be written.
    """

    def __init__(self, address: str, copy: Path, store: Store, fingerprints: Fingerprints) -> None:
        self._shared: SharedFolder = shared_folder(address)
        self._shared.check()
        self._copy = copy
        self._store = store
        self._fingerprints = fingerprints
        self._table = f"output-{sha256(address.encode()).hexdigest()[:16]}"
        try:
            self._known = msgspec.msgpack.decode(store.table(self._table) or b"\x80", type=dict[str, _File])
        except msgspec.MsgspecError:
            self._known = {}

    def address_of(self, path: str) -> str:
        """Return the address of a file in the copy, for messages."""
        return path.replace(str(self._copy), self._shared.address.rstrip("/"), 1)

    def listener(self, listener: Listener) -> Listener:
        """Return a listener that receives addresses instead of the paths of the copy."""

        def listen(event: AnyEvent) -> None:
            if isinstance(event, Published | Removed):
                event = msgspec.structs.replace(event, file=self.address_of(event.file))
            listener(event)

        return listen

    def receive(self) -> bool:
        """Update the copy: other machines may have published into the folder; return whether they have."""
        states = {name: state for name, state in self._shared.states().items() if _is_published(name)}
        changed = [name for name, state in states.items() if not self._is_known(name, state)]
        removed = self._known.keys() - states
        with writing(self._copy, "The copy of the output folder"), locked_folder(self._copy):
            for name in removed:
                (self._copy / name).unlink(missing_ok=True)
                del self._known[name]
            with ThreadPoolExecutor(_CONNECTIONS) as threads:
                for name, digest in threads.map(self._fetch, changed):
                    # Another machine may have removed it since it was listed.
                    if digest:
                        self._known[name] = _File(digest, states[name])
        self._save()
        return bool(changed or removed)

    def send(self, publication: str = "") -> None:
        """Send what has changed of a publication; of the catalogue if `publication` is empty."""
        local = dict(self._files(publication))
        digests = {name: self._fingerprints.digest(local[name]) for name in sorted(local, key=_order)}
        obsolete = [name for name in self._known if _publication(name) == publication and name not in local]
        if not obsolete and all(self._digest(name) == digest for name, digest in digests.items()):
            return
        # Another machine may have published the same since this one has received it.
        states = self._shared.states(publication)
        try:
            for name, digest in digests.items():
                if self._digest(name) != digest or not self._is_known(name, states.get(name, "")):
                    self._known[name] = _File(digest, self._shared.send(name, local[name]))
            for name in obsolete:
                self._shared.remove(name)
                del self._known[name]
        finally:
            self._save()

    def _digest(self, name: str) -> str:
        return self._known[name].digest if name in self._known else ""

    def _is_known(self, name: str, state: str) -> bool:
        file = self._known.get(name)
        return file is not None and file.state == state

    def _fetch(self, name: str) -> tuple[str, str]:
        path = self._copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(path.parent) as temporary:
            if not self._shared.fetch(name, temporary):
                return name, ""
            temporary.replace(path)
        return name, self._fingerprints.digest(path)

    def _files(self, publication: str) -> Iterator[tuple[str, Path]]:
        folder = self._copy / publication
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                yield (PurePosixPath(publication) / path.name).as_posix(), path

    def _save(self) -> None:
        self._store.keep_table(self._table, msgspec.msgpack.encode(self._known))


def _publication(name: str) -> str:
    """Return the folder of a file, or "" for a file of the catalogue."""
    return name.rpartition("/")[0]


def _is_published(name: str) -> bool:
    return not any(part.startswith(".") or part == ".." for part in name.split("/")) and name.count("/") <= 1


def _order(name: str) -> tuple[int, str]:
    file = PurePosixPath(name).name
    return (_LAST.index(file) if file in _LAST else -1, name)
