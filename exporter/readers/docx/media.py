"""Pictures taken out of the file, each once."""

from __future__ import annotations

import hashlib
import itertools
import re

from exporter.images import formats
from exporter.images.limits import MAX_BYTES
from exporter.inspect.docx import DocxError, Package, PartError
from exporter.readers.docx.limits import MAX_PICTURES

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
_SUFFIXES |= {"image/webp": "webp", "image/avif": "avif", "image/tiff": "tiff", "image/bmp": "bmp"}
_NAMED = re.compile(r"\w[\w ()-]*(?:/\w[\w ()-]*)*\.(?:png|jpe?g|gif|svg|webp|avif|tiff?|bmp)", re.IGNORECASE)


class Media:
    """The pictures that a file carries inside itself."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[str, str] = {}
        self._size = 0
        self.files: dict[str, bytes] = {}
        """Their bytes, by the name that `Image.source` uses."""

    def take(self, part: str, wish: str = "") -> str:
        """Return the name of a picture, the same one for the same bytes.

        Args:
            part: Where it lies in the package.
            wish: What to call it, where that makes a name; else it is called by its number.

        Raises:
            PartError: It is missing or damaged; the message follows "The picture".
            SourceError: All pictures together are too large.
        """
        data = self._package.read(part, MAX_BYTES)
        if not data:
            raise PartError(part, "is empty")
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._names:
            return self._names[digest]
        self._size += len(data)
        if self._size > MAX_PICTURES:
            raise DocxError(
                f"The pictures of the Word file have more than {MAX_PICTURES // 1_000_000} MB together.",
                "Compress them in Word (Picture Format, Compress Pictures).",
            )
        name = wish if _NAMED.fullmatch(wish) and wish not in self.files else ""
        if not name:
            suffix = _SUFFIXES.get(formats.media_type(data)) or part.rpartition(".")[2].lower()[:8] or "bin"
            numbered = (f"picture-{number}.{suffix}" for number in itertools.count(len(self.files) + 1))
            name = next(each for each in numbered if each not in self.files)
        self._names[digest] = name
        self.files[name] = data
        return name
