"""The page: its parts, and one document of them that is valid as both HTML and XML."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from string import ascii_letters, digits
from typing import Any, NamedTuple

import msgspec

from exporter import formulas
from exporter.contracts import WriteContext
from exporter.contracts.sidecars import PageParts, PlacedPictures
from exporter.findings import Finding
from exporter.model import Metadata, Publication
from exporter.templates import environment, safe, script_json
from exporter.writers import imprint, missing_images
from exporter.writers.markup.links import may_be_followed
from exporter.writers.web import Options, scrolling_tables, structured_data, stylesheets, theme
from exporter.writers.web.markup import WebMarkup
from exporter.writers.xhtml import images, navigation, required_metadata
from exporter.writers.xhtml.accessibility import summary
from exporter.writers.xhtml.files import CSS, XHTML, File
from exporter.writers.xhtml.inventory import BookInventory, inspect


class Design(NamedTuple):
    """The properties of a web page, besides its options."""

    edition: str = "html"
    """Its name, for findings."""
    markup: type[WebMarkup] = WebMarkup
    sheets: tuple[str, ...] = ()
    """Style sheets besides those of all pages."""


PAGE = Design()


def compose(
    publication: Publication, context: WriteContext, options: Options, design: Design = PAGE
) -> tuple[bytes, PageParts, tuple[Finding, ...], PlacedPictures]:
    """Return the page, its parts, the findings, and which files its pictures are.

    Raises:
        SourceError: An image cannot be read.
        SettingsError: The theme is unknown, or a style sheet is missing.
        MissingToolError: A font is not installed.
    """
    publication = required_metadata.complete(publication, context.labels)
    pictures = images.prepare(publication.assets, context, options.pixels)
    placed = images.placed(publication.assets, pictures)
    publication, findings = missing_images.replace(publication, pictures, design.edition)
    context.progress(0.3)
    addresses = {name: _address(picture.file) for name, picture in pictures.items()}
    metadata, labels = publication.metadata, context.labels
    name_formula = formulas.names(publication, context.styles)
    markup = design.markup(publication, labels, href=lambda name: addresses[name], name_formula=name_formula)
    text = "\n".join(filter(None, (markup.blocks(publication.front), markup.blocks(publication.body))))
    notes = markup.endnotes(publication.notes) if publication.notes else ""
    entries = navigation.contents(publication, lambda target: target, lambda nodes: safe(markup.label(nodes)))
    frame = _prefix(text + notes)
    values: dict[str, Any] = {
        "m": metadata,
        "labels": labels,
        "frame": frame,
        "contents": entries,
        "text": safe(text),
        "notes": safe(notes),
        "cover": _cover(metadata, addresses),
        "title_page": imprint.title_page(metadata, labels),
        "imprint": imprint.about(metadata, labels, context.links.publications),
        "links": context.links,
        # Labels in another language than that of the page are marked (WCAG 3.1.2).
        "foreign": "" if labels.complete else safe(' lang="en" dir="ltr"'),
        "may_be_followed": may_be_followed,
        "summary": "",
        "logo": False,
    }
    body = _render("text.html", values)
    css = stylesheets.load(context, options.theme, metadata.language, design.sheets) + scrolling_tables.rules(body)
    moving = {picture.file.name: picture.moving for picture in pictures.values()}
    inventory = _inspect(body, css, moving, contents=bool(entries))
    values["summary"] = summary(metadata, inventory, labels)
    opening, contents, about = (_render(f"{name}.html", values) for name in ("opening", "contents", "about"))
    context.progress(0.6)
    if options.fonts:
        # Pages that show the text have text of their own, such as the names of formats.
        characters = "".join(sorted(set(opening + contents + body + about + ascii_letters + digits)))
        page_theme = theme.load(context.styles, options.theme, metadata.language)
        css = stylesheets.with_fonts(css, page_theme, characters, context.memo)
    values["about"] = about
    page_metadata = msgspec.structs.replace(metadata, contact=None, translations=())
    parts = PageParts(
        title=metadata.full_title,
        language=metadata.language,
        direction=metadata.direction.value,
        css=css,
        opening=opening,
        contents=contents,
        body=body,
        about=_render(
            "about.html",
            {**values, "m": page_metadata, "imprint": imprint.about(page_metadata, labels, context.links.publications)},
        ),
        schema=structured_data.schema(metadata, inventory, labels),
    )
    return _page(parts, values), parts, (*findings, *markup.findings), placed


def _page(parts: PageParts, values: dict[str, Any]) -> bytes:
    css = f"\n{parts.css}"
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = _render(
        "page.html",
        {
            **values,
            "title": parts.title,
            # No script, nothing fetched, one style sheet (Content Security Policy Level 3).
            "policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; "
            "base-uri 'none'; form-action 'none'",
            "css": safe(css),
            "schema": script_json(parts.schema),
            "opening": safe(parts.opening),
            "contents": safe(parts.contents),
            "body": safe(parts.body),
            "about": safe(values["about"]),
        },
    )
    return page.encode()


def _inspect(body: str, css: str, moving: dict[str, bool], *, contents: bool) -> BookInventory:
    """Return the inventory of the page."""
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    files = [File("page.html", "page", XHTML, page.encode()), File("page.css", "style", CSS, css.encode())]
    inventory = inspect(files, moving)
    return msgspec.structs.replace(inventory, contents=contents)


def _address(file: File) -> str:
    """Return an image as a `data:` address; as images, SVG files cannot run scripts."""
    return f"data:{file.media_type};base64,{base64.b64encode(file.data).decode()}"


def _cover(metadata: Metadata, addresses: dict[str, str]) -> dict[str, str | None] | None:
    cover = metadata.cover
    if cover is None or cover.source not in addresses:
        return None
    return {"src": addresses[cover.source], "alt": images.alt(cover.alt)}


def _prefix(text: str) -> str:
    """Return the prefix of identifiers outside the text, which no identifier of the text has."""
    prefix = "frame"
    while f'id="{prefix}-' in text:
        prefix += "-frame"
    return prefix


def _render(template: str, values: dict[str, Any]) -> str:
    text: str = _environment().get_template(template).render(values)
    return text.strip()


@cache
def _environment() -> Any:
    return environment("web")
