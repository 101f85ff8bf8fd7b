"""WeasyPrint with access to nothing but our markup, styles and fonts, and the images of the publication."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree

from exporter.images.svg_references import embedded_image
from exporter.writers.pdf import font_configuration, images, patches, qr_code
from exporter.writers.pdf.margin_boxes import MarginBoxes
from exporter.writers.pdf.parts.omission import ContentsNeededError

if TYPE_CHECKING:
    from weasyprint import Document

    from exporter.writers.pdf.parts.drawing import Drawing
    from exporter.writers.pdf.parts.layout_session import Session

_ASSET_SCHEME = "asset:"
"""Beginning of an image inside a drawing (`exporter/images/svg_references.py`); images of the text have names."""
_FOLDERS = re.compile(r"<(dir|cachedir)>.*?</\1>")
"""Folders in the configuration of fonts, some of them temporary."""
_SEPARATORS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""Line and paragraph separators, from layout programs; WeasyPrint fails on them."""

Finisher = Callable[["Document", Any], None]
"""Called with the document and the `pydyf.PDF` just before the file is written."""


class RefusedError(ValueError):
    """A resource that the publication may not use."""


def asset_address(name: str) -> str:
    """Return the address of a picture in the markup."""
    return _ASSET_SCHEME + quote(name)


def render(
    markup: str,
    sheets: list[tuple[str, Path]],
    *,
    styles: Path,
    asset: Callable[[str], tuple[bytes, str]],
    scratch: Path,
    drawings: str = "",
    session: Session | None = None,
) -> Document:
    """Return the publication laid out on pages.

    Args:
        markup: The whole document as well-formed XML; elements without a namespace.
        sheets: Style sheets, each with the path that its relative addresses start from.
        styles: The folder of styles, the only one that style sheets may read from.
        asset: Returns the bytes and the media type of an image by name; raises KeyError if there is none.
        scratch: An empty folder for the configuration of fonts.
        drawings: The SVG images, whose text needs fonts, too.
        session: The parts of the document, if parts are kept.
    """
    # fontconfig reads the variable for each configuration, and WeasyPrint offers no other way.
    fonts = font_configuration.write(markup + drawings, scratch)
    root = ElementTree.fromstring(markup.translate(_SEPARATORS))  # noqa: S314 - our own markup, without a document type
    _number_lists(root)
    omission = None
    if session:
        fonts_used = _FOLDERS.sub("", fonts.read_text("utf-8"))
        omission = session.open(root, [text for text, _ in sheets], fonts_used)
    with _environment("FONTCONFIG_FILE", str(fonts)):
        import cssselect2

        patches.load()
        from weasyprint import HTML
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
            """Fetcher of images by name and of files of the styles; it refuses everything else."""

            def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - the base's signature
                data, media_type = _give(url, styles, asset)
                return URLFetcherResponse(url, data, {"Content-Type": media_type} if media_type else None)

        class Page(HTML):  # type: ignore[misc] # WeasyPrint has no types
            """A document read as XML: notes may be inside paragraphs, which an HTML parser would split."""

            def __init__(self) -> None:
                self.base_url = None
                self.url_fetcher = fetcher
                self.media_type = "print"
                self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
                self.etree_element = self.wrapper_element.etree_element

        fetcher = Fetcher()
        configuration, counters = FontConfiguration(), CounterStyle()
        parsed = [_parse(text, path, fetcher, configuration, counters) for text, path in sheets]

        def rendered() -> Document:
            return Page().render(
                font_config=configuration, counter_style=counters, stylesheets=parsed, pdf_variant="pdf/ua-1"
            )

        with patches.layout(session):
            if omission is None:
                return rendered()
            while True:
                omission.omit()
                try:
                    return rendered()
                except ContentsNeededError as error:
                    omission.end_before(error.element)


def _parse(text: str, path: Path, fetcher: Any, configuration: Any, counters: Any) -> Any:
    """Return a style sheet, and add its fonts to the configuration and its counter styles to the others."""
    from weasyprint import CSS

    return CSS(
        string=text, base_url=path.as_uri(), url_fetcher=fetcher, font_config=configuration, counter_style=counters
    )


def write(
    document: Document, target: Path | None, finisher: Finisher, *, version: str, drawing: Drawing | None = None
) -> None:
    """Write the pages as tagged PDF of a version, such as "1.7"; into a file, or for nothing but the parts.

    Raises:
        PartConflictError: Parts that are kept cannot be in one file.
    """
    margins = MarginBoxes(document)
    try:
        # Cut-out instances of variable fonts are dated by the clock, unless this variable says when it is.
        with patches.drawing(margins, drawing), _environment("SOURCE_DATE_EPOCH", "0"):
            document.write_pdf(target, finisher=finisher, pdf_tags=True, pdf_version=version, pdf_identifier=True)
    finally:
        margins.restore()


def write_untagged(document: Document, target: Path, finisher: Finisher) -> None:
    """Write the pages without tags, for paper."""
    with patches.drawing(), _environment("SOURCE_DATE_EPOCH", "0"):
        document.write_pdf(target, finisher=finisher)


def _number_lists(root: ElementTree.Element) -> None:
    """Set the first number of lists in CSS: WeasyPrint reads `start` only with hints that would resize images."""
    for element in root.iter("ol"):
        if start := element.get("start"):
            element.set("style", f"counter-reset:list-item {int(start) - 1}")


def _give(url: str, styles: Path, asset: Callable[[str], tuple[bytes, str]]) -> tuple[bytes, str]:
    if url.startswith(_ASSET_SCHEME):
        return asset(unquote(url.removeprefix(_ASSET_SCHEME)))
    if (embedded := embedded_image(url)) is not None:
        return images.plain(embedded), ""
    if url.startswith(qr_code.SCHEME):
        return qr_code.svg(url), "image/svg+xml"
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        path = Path(url2pathname(parts.path)).resolve()
        if path.is_relative_to(styles.resolve()):
            return path.read_bytes(), ""
    raise RefusedError(f"{url[:200]} is neither a picture of the publication nor a file of the styles")


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    was = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if was is None:
            del os.environ[name]
        else:
            os.environ[name] = was


@contextmanager
def warnings() -> Iterator[list[str]]:
    """Collect the warnings of WeasyPrint, instead of printing them."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector, previous = Collector(logging.WARNING), (logger.handlers, logger.propagate)
    logger.handlers, logger.propagate = [collector], False
    try:
        yield messages
    finally:
        logger.handlers, logger.propagate = previous
