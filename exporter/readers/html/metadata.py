"""Metadata of a page: `title`, `meta` (names, Open Graph, Dublin Core, citation), JSON-LD, links."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from exporter.model import Contributor, Kind, Metadata, Related
from exporter.readers.html.markup.dom import Element
from exporter.readers.html.markup.limits import MAX_JSON

_ARTICLES = {
    "report": Kind.REPORT,
    "techarticle": None,
    "scholarlyarticle": None,
    "article": None,
    "newsarticle": Kind.NEWS,
    "reportagenewsarticle": Kind.NEWS,
    "opinionnewsarticle": Kind.COMMENTARY,
    "analysisnewsarticle": Kind.COMMENTARY,
    "blogposting": None,
    "webpage": None,
    "book": None,
    "creativework": None,
    "interview": None,
}
"""Types of schema.org for the text of a page, and the kind of publication that they imply."""
_DATE = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_MAX_VALUE = 2_000
"""Characters of a value."""


class PageMetadata(NamedTuple):
    """Metadata of a page, its titles and its address."""

    metadata: Metadata
    titles: tuple[str, ...]
    """Titles in the head of the page, the most reliable first."""
    address: str
    """Address of the page on the web, or empty if unknown."""
    base: str
    """Address to which its links are relative, or empty if unknown."""


class _Fields:
    """Metadata fields of a page: values by lower-case name in the order of the page, JSON-LD, links."""

    def __init__(self, root: Element) -> None:
        self.by_name: dict[str, list[str]] = {}
        self.article: dict[str, Any] = {}
        self.title = ""
        self.links: list[Element] = []
        self.base = ""
        self.marked: list[tuple[str, str]] = []
        for element in root.walk():
            self._read(element)

    def _read(self, element: Element) -> None:
        tag = element.tag
        if tag == "meta":
            name = (
                element.get("name") or element.get("property") or element.get("itemprop") or element.get("http-equiv")
            )
            value = " ".join(element.get("content").split())[:_MAX_VALUE]
            if name and value:
                name = name.lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.")
                self.by_name.setdefault(name, []).append(value)
        elif tag == "title" and not self.title and not any(ancestor.tag == "svg" for ancestor in element.ancestors()):
            self.title = element.text()[:_MAX_VALUE]
        elif tag == "link":
            self.links.append(element)
        elif tag == "base" and not self.base:
            self.base = element.get("href")
        elif tag == "script" and element.get("type").lower() == "application/ld+json":
            self._read_json("".join(element.strings())[:MAX_JSON])
        elif "itemprop" in element.attributes or "rel" in element.attributes or tag == "time":
            self._read_markup(element)

    def _read_markup(self, element: Element) -> None:
        text = element.text()[:200]
        if element.get("itemprop") == "author" or "author" in element.get("rel").split():
            name = next((node.text() for node in element.walk() if node.get("itemprop") == "name"), text)
            self.marked.append(("author", name[:200]))
        elif element.get("itemprop") == "datePublished" or "pubdate" in element.attributes:
            self.marked.append(("date", element.get("datetime") or element.get("content") or text))
        elif element.tag == "time" and {"entry-date", "published", "dt-published", "post-date"} & set(element.classes):
            self.marked.append(("date", element.get("datetime")))

    def _read_json(self, text: str) -> None:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return
        for node in _nodes(data):
            kinds = [str(kind).lower() for kind in _as_list(node.get("@type"))]
            if any(kind in _ARTICLES for kind in kinds) and (not self.article or "webpage" not in kinds):
                known = self.article
                self.article = {**known, **node} if "headline" in node or "headline" not in known else {**node, **known}

    def first(self, *names: str) -> str:
        """Return the first value of the first name that has one."""
        return next((self.by_name[name][0] for name in names if self.by_name.get(name)), "")

    def all(self, *names: str) -> list[str]:
        """Return all values of the first name that has any."""
        return next((self.by_name[name] for name in names if self.by_name.get(name)), [])


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the node objects of JSON-LD: a single one, a list or a graph."""
    stack, count = [data], 0
    while stack and count < 500:
        value = stack.pop(0)
        count += 1
        if isinstance(value, list):
            stack[:0] = value[:100]
        elif isinstance(value, dict):
            yield value
            if isinstance(value.get("@graph"), list):
                stack[:0] = value["@graph"][:100]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _names(value: Any) -> list[str]:
    """Return the names of persons or organisations in JSON-LD."""
    names = [agent.get("name") if isinstance(agent, dict) else agent for agent in _as_list(value)]
    return [" ".join(name.split())[:200] for name in names if isinstance(name, str) and name.strip()]


def read_metadata(root: Element) -> PageMetadata:
    """Return the metadata of a page; missing values stay empty."""
    fields = _Fields(root)
    article = fields.article
    location = article.get("contentLocation")
    canonical = next((link.get("href") for link in fields.links if "canonical" in link.get("rel").split()), "")
    address = next((url for url in (canonical, fields.first("og:url"), _text(article.get("url"))) if _is_web(url)), "")
    base = urljoin(address, fields.base) if fields.base else address
    site = fields.first("og:site_name") or next(iter(_names(article.get("publisher"))), "")
    titles = (
        fields.first("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
        _text(article.get("headline")) or _text(article.get("name")),
        fields.title,
    )
    metadata = Metadata(
        title=next((without_site(title, site) for title in titles if title), ""),
        kind=_kind(article),
        authors=tuple(Contributor(name) for name in _authors(fields)),
        publisher=fields.first("dc.publisher", "dcterms.publisher", "citation_publisher") or site,
        date=_date(fields),
        language=_language(root, fields),
        identifier=fields.first("dc.identifier", "citation_doi") or address,
        description=fields.first("description", "og:description", "dc.description", "dcterms.abstract", "abstract")
        or _text(article.get("description")),
        subjects=_subjects(fields),
        rights=fields.first("dc.rights", "dcterms.rights", "copyright", "rights")
        or _text(article.get("copyrightNotice")),
        place=_text(location.get("name")) if isinstance(location, dict) else "",
    )
    own_titles = tuple(dict.fromkeys(without_site(title, site) for title in titles if title))
    return PageMetadata(metadata, own_titles, address, base if _is_web(base) else "")


def read_translations(root: Element, own: str, base: str) -> tuple[Related, ...]:
    """Return the translations in `link rel="alternate" hreflang` (RFC 8288, 3.4.1)."""
    related: dict[str, Related] = {}
    for link in root.walk():
        if link.tag != "link" or "alternate" not in link.get("rel").lower().split():
            continue
        tag, url = (
            normalise_language_tag(link.get("hreflang")),
            urljoin(base, link.get("href")) if link.get("href") else "",
        )
        primary = tag.split("-", maxsplit=1)[0]
        if (
            not tag
            or not _is_web(url)
            or primary == own.split("-", maxsplit=1)[0].lower()
            or link.get("hreflang") == "x-default"
        ):
            continue
        related.setdefault(tag, Related(link.get("title") or _own_name(tag), url, tag))
    return tuple(related.values())[:100]


def _own_name(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name()
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


def without_site(title: str, site: str) -> str:
    """Return the title of a page without the name of its website at the end or the beginning."""
    if not site:
        return title
    end = re.compile(rf"\s*[|–—\-·:»«]\s*{re.escape(site)}\s*$", re.IGNORECASE)
    start = re.compile(rf"^\s*{re.escape(site)}\s*[|–—\-·:»«]\s*", re.IGNORECASE)
    return start.sub("", end.sub("", title)) or title


def normalise_language_tag(written: str) -> str:
    """Return a language tag in its canonical case (RFC 5646, 2.1.1), or the text as written if it is no tag."""
    tag = written.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return written.strip()
    head, *rest = tag.split("-")
    spelled = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part for part in rest
    ]
    return "-".join([head.lower(), *spelled])


def _language(root: Element, fields: _Fields) -> str:
    body = next((element for element in root.elements() if element.tag == "body"), root)
    for element in (root, body):
        if tag := element.get("lang") or element.get("xml:lang"):
            return normalise_language_tag(tag)
    tag = fields.first(
        "content-language", "dc.language", "dcterms.language", "og:locale", "language", "citation_language"
    )
    tag = tag or _text(fields.article.get("inLanguage"))
    return normalise_language_tag(tag.split(",", maxsplit=1)[0]) if tag else ""


def _authors(fields: _Fields) -> list[str]:
    meta = fields.all("author", "citation_author", "dc.creator", "dcterms.creator", "article:author")
    meta = [value for value in meta if not _is_web(value) and not value.startswith("@")]
    names = meta or _names(fields.article.get("author")) or [name for field, name in fields.marked if field == "author"]
    names = [re.sub(r"^by\s+", "", name, flags=re.IGNORECASE).strip() for name in names]
    return list(dict.fromkeys(name for name in names if 0 < len(name) <= 200))[:50]


def _date(fields: _Fields) -> datetime.date | None:
    candidates = [
        fields.first("article:published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date"),
        _text(fields.article.get("datePublished")),
        fields.first("date", "citation_publication_date", "citation_date", "dcterms.date", "datepublished"),
        *(value for field, value in fields.marked if field == "date"),
    ]
    return next((day for value in candidates if (day := parse_date(value))), None)


def parse_date(written: str) -> datetime.date | None:
    """Return the day at the beginning of a date in ISO 8601, or None."""
    match = _DATE.match(written.replace("/", "-"))
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _subjects(fields: _Fields) -> tuple[str, ...]:
    values = fields.all("article:tag", "dc.subject", "dcterms.subject", "citation_keywords", "keywords")
    values = values or [word for word in _as_list(fields.article.get("keywords")) if isinstance(word, str)]
    parts = [part.strip() for value in values for part in re.split(r"[,;]", value)]
    return tuple(dict.fromkeys(part for part in parts if 0 < len(part) <= 100))[:50]


def _kind(article: dict[str, Any]) -> Kind | None:
    kinds = (_ARTICLES.get(str(kind).lower()) for kind in _as_list(article.get("@type")))
    return next((kind for kind in kinds if kind), None)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return " ".join(value.split())[:_MAX_VALUE] if isinstance(value, str) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
