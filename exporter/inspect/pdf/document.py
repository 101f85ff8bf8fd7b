"""A PDF opened for looking: everything is read at need and once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from exporter.inspect.pdf import structure, values
from exporter.inspect.pdf.fonts import Font
from exporter.inspect.pdf.navigation import Annotation, Bookmark, Navigation
from exporter.inspect.pdf.page_cache import CachedPageReader
from exporter.inspect.pdf.page_content import MarkedText, PageContent
from exporter.inspect.pdf.streams import check_streams
from exporter.inspect.pdf.structure import Marked, Node, Structure

_NO_RUN = MarkedText()
RGB_MARK = " (RGB)"
"""End of the title of a print file whose colours could not be converted to inks."""
NEW_LINE = 2.0
"""Points between base lines from which words stand on another line."""


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfFile]:
    """Open a PDF.

    Raises:
        pikepdf.PdfError, OSError: It is no PDF, or it needs a password.
        LimitError: A stream of it is larger than the limits allow.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        check_streams(pdf)
        yield PdfFile(pdf)


class PdfFile:
    """A PDF; it may be used only while it is open."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.catalog = pdf.Root
        self.pages: list[Any] = [page.obj for page in pdf.pages]
        self.numbers: Mapping[tuple[int, int], int] = {page.objgen: index for index, page in enumerate(self.pages)}
        self._reader = CachedPageReader()
        self._contents: dict[int, PageContent] = {}
        self._digests: dict[tuple[int, int], str] = {}
        """Of streams of pictures."""

    # The whole

    @property
    def version(self) -> str:
        return str(self.pdf.pdf_version)

    @property
    def language(self) -> str | None:
        """The language of the whole; None when it does not say."""
        return values.text(self.catalog.get("/Lang"))

    @property
    def tagged(self) -> bool:
        """Whether the file says that it is tagged and has a structure tree."""
        marked = values.get(self.catalog.get("/MarkInfo"), "/Marked")
        return marked is True and values.is_dictionary(self.catalog.get("/StructTreeRoot"))

    @property
    def has_suspects(self) -> bool:
        """Whether the file states that tags may be wrong (ISO 32000-1, 14.7.1)."""
        return values.get(self.catalog.get("/MarkInfo"), "/Suspects") is True

    @property
    def shows_title(self) -> bool:
        """Whether the window shows the title and not the name of the file."""
        return values.get(self.catalog.get("/ViewerPreferences"), "/DisplayDocTitle") is True

    @cached_property
    def xmp(self) -> str:
        """The metadata stream as text; empty when there is none."""
        metadata = self.catalog.get("/Metadata")
        return metadata.read_bytes().decode("utf-8", "replace") if hasattr(metadata, "read_bytes") else ""

    @property
    def xmp_title(self) -> str:
        """The title in the metadata stream (dc:title)."""
        import html

        match = re.search(r"<dc:title\b.*?<rdf:li[^>]*>(.*?)</rdf:li>", self.xmp, re.DOTALL)
        return html.unescape(match[1]) if match else ""

    @property
    def title(self) -> str:
        """The title: of the document information, else of the metadata stream."""
        info = self.pdf.trailer.get("/Info")
        return values.text(values.get(info, "/Title")) or self.xmp_title

    @property
    def is_marked_rgb(self) -> bool:
        """Whether the title of a print file states that its colours are RGB, so that it is not PDF/X."""
        return self.title.endswith(RGB_MARK) and "/OutputIntents" not in self.catalog

    # Navigation

    @cached_property
    def navigation(self) -> Navigation:
        return Navigation(self.catalog, self.numbers)

    @cached_property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        return tuple(self.navigation.bookmarks())

    @cached_property
    def page_labels(self) -> tuple[str, ...] | None:
        """The label of each page; None when the file has none."""
        return self.navigation.labels()

    @cached_property
    def annotations(self) -> Mapping[tuple[int, int], Annotation]:
        """The annotations of all pages by object number, in order."""
        return dict(self.navigation.annotations(self.pages))

    # Structure and words

    @cached_property
    def structure(self) -> Structure:
        """The structure tree; an empty one when there is none."""
        return structure.read(self.catalog.get("/StructTreeRoot"), self.numbers)

    def content(self, page: int) -> PageContent:
        """Return what is drawn on a page, by its index."""
        if page not in self._contents:
            self._contents[page] = self._reader.read(self.pages[page])
        return self._contents[page]

    def contents(self) -> Iterator[PageContent]:
        """Return what is drawn on each page, in order."""
        return (self.content(index) for index in range(len(self.pages)))

    def run(self, marked: Marked) -> MarkedText:
        """Return the text of a marked content, or an empty run if there is none."""
        if marked.page is None:
            return _NO_RUN
        return self.content(marked.page).runs.get((marked.stream, marked.mcid), _NO_RUN)

    def picture(self, node: Node) -> tuple[str, tuple[int, int]]:
        """Return a digest of the only picture that an element draws, and its width and height.

        The digest (SHA-256) is that of its data as they are in the file, with that of its soft mask; empty if the
        element draws no picture, or several.
        """
        drawn = {(marked.page, name) for marked in node.contents() for name in self.run(marked).images}
        if len(drawn) != 1:
            return "", (0, 0)
        ((page, name),) = drawn
        resources = values.get(self.pages[page], "/Resources") if page is not None else None
        picture = values.get(values.get(resources, "/XObject"), name)
        width, height = (values.integer(values.get(picture, key)) or 0 for key in ("/Width", "/Height"))
        return " with ".join(map(self._digest, filter(None, (picture, values.get(picture, "/SMask"))))), (width, height)

    def _digest(self, stream: Any) -> str:
        if stream.objgen not in self._digests:
            self._digests[stream.objgen] = hashlib.sha256(stream.read_raw_bytes()).hexdigest()
        return self._digests[stream.objgen]

    def text(self, node: Node, without: Iterable[str] = ()) -> str:
        """Return the words of an element in reading order; those of elements of some types may be left out.

        Words of two lines are parted by a space, since lines end without one.
        """
        words = _Words(self, frozenset(without))
        words.add(node)
        return "".join(words.parts)

    @cached_property
    def fonts(self) -> tuple[Font, ...]:
        """The fonts that words of the pages were drawn with."""
        for _ in self.contents():
            pass
        return tuple(self._reader.fonts.values())


class _Words:
    def __init__(self, file: PdfFile, without: frozenset[str]) -> None:
        self.file = file
        self.without = without
        self.parts: list[str] = []
        self.line: tuple[int | None, float | None] = (None, None)

    def add(self, node: Node) -> None:
        if node.actual is not None:
            self.parts.append(node.actual)
            return
        for kid in node.kids:
            if isinstance(kid, Node):
                if kid.type not in self.without:
                    self.add(kid)
            elif isinstance(kid, Marked):
                self._run(kid)

    def _run(self, marked: Marked) -> None:
        run = self.file.run(marked)
        text = run.text
        page, y = self.line
        if text and run.y is not None and self.parts:
            moved = y is not None and (page != marked.page or abs(y - run.y) > NEW_LINE)
            if moved and not self.parts[-1].endswith((" ", "\u00ad")) and not text.startswith(" "):
                self.parts.append(" ")
        if run.y is not None:
            self.line = marked.page, run.y
        self.parts.append(text)
