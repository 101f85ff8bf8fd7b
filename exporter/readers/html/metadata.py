"""What a page says about itself: `title`, `meta` (names, Open Graph, Dublin Core, citation), JSON-LD, links."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from exporter.model import Contributor, Kind, Metadata, Related
from exporter.readers.html.dom import Element
from exporter.readers.html.limits import MAX_JSON

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
"""Types of schema.org that are about the text of a page, the best first is what says most."""
_DATE = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LONG = 2_000
"""Characters of one value."""


class Said(NamedTuple):
    """What a page says about itself, and its address."""

    metadata: Metadata
    titles: tuple[str, ...]
    """What the page calls itself in its head, the surest first."""
    address: str
    """Its own address on the web; empty when it does not say."""
    base: str
    """What its links are relative to; empty when they are relative to a page nobody knows."""


class _Facts:
    """All values that a page gives, by lower-case name, in the order of the page."""

    def __init__(self, root: Element) -> None:
        self.values: dict[str, list[str]] = {}
        self.article: dict[str, Any] = {}
        self.title = ""
        self.links: list[Element] = []
        self.base = ""
        self.marked: list[tuple[str, str]] = []
        for element in root.walk():
            self._look(element)

    def _look(self, element: Element) -> None:
        tag = element.tag
        if tag == "meta":
            name = (
                element.get("name") or element.get("property") or element.get("itemprop") or element.get("http-equiv")
            )
            value = " ".join(element.get("content").split())[:_LONG]
            if name and value:
                self.values.setdefault(name.lower().replace("dc:", "dc.").replace("dcterms:", "dcterms."), []).append(
                    value
                )
        elif tag == "title" and not self.title and not any(ancestor.tag == "svg" for ancestor in element.ancestors()):
            self.title = element.text()[:_LONG]
        elif tag == "link":
            self.links.append(element)
        elif tag == "base" and not self.base:
            self.base = element.get("href")
        elif tag == "script" and element.get("type").lower() == "application/ld+json":
            self._json("".join(element.strings())[:MAX_JSON])
        elif "itemprop" in element.attributes or "rel" in element.attributes or tag == "time":
            self._marked(element)

    def _marked(self, element: Element) -> None:
        words = element.text()[:200]
        if element.get("itemprop") == "author" or "author" in element.get("rel").split():
            named = next((node.text() for node in element.walk() if node.get("itemprop") == "name"), words)
            self.marked.append(("author", named[:200]))
        elif element.get("itemprop") == "datePublished" or "pubdate" in element.attributes:
            self.marked.append(("date", element.get("datetime") or element.get("content") or words))
        elif element.tag == "time" and {"entry-date", "published", "dt-published", "post-date"} & set(element.classes):
            self.marked.append(("date", element.get("datetime")))

    def _json(self, text: str) -> None:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        for node in _nodes(said):
            kinds = [str(kind).lower() for kind in _listed(node.get("@type"))]
            if any(kind in _ARTICLES for kind in kinds) and (not self.article or "webpage" not in kinds):
                before = self.article
                self.article = (
                    {**before, **node} if "headline" in node or "headline" not in before else {**node, **before}
                )

    def first(self, *names: str) -> str:
        """Return the first value that one of the names has."""
        return next((self.values[name][0] for name in names if self.values.get(name)), "")

    def all(self, *names: str) -> list[str]:
        """Return all values of the first name that has any."""
        return next((self.values[name] for name in names if self.values.get(name)), [])


def _nodes(said: Any) -> Iterator[dict[str, Any]]:
    """Yield the things that JSON-LD tells of: one, a list of them, or a graph."""
    stack, count = [said], 0
    while stack and count < 500:
        one = stack.pop(0)
        count += 1
        if isinstance(one, list):
            stack[:0] = one[:100]
        elif isinstance(one, dict):
            yield one
            if isinstance(one.get("@graph"), list):
                stack[:0] = one["@graph"][:100]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _names(value: Any) -> list[str]:
    """Return the names of persons or bodies as JSON-LD writes them."""
    found = [one.get("name") if isinstance(one, dict) else one for one in _listed(value)]
    return [" ".join(name.split())[:200] for name in found if isinstance(name, str) and name.strip()]


def read_metadata(root: Element) -> Said:
    """Return what a page says about itself; what it does not say stays empty."""
    facts = _Facts(root)
    article = facts.article
    canonical = next((link.get("href") for link in facts.links if "canonical" in link.get("rel").split()), "")
    address = next((url for url in (canonical, facts.first("og:url"), _text(article.get("url"))) if _is_web(url)), "")
    base = urljoin(address, facts.base) if facts.base else address
    site = facts.first("og:site_name") or next(iter(_names(article.get("publisher"))), "")
    titles = (
        facts.first("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
        _text(article.get("headline")) or _text(article.get("name")),
        facts.title,
    )
    metadata = Metadata(
        title=next((without_site(title, site) for title in titles if title), ""),
        kind=_kind(article),
        authors=tuple(Contributor(name) for name in _authors(facts)),
        publisher=facts.first("dc.publisher", "dcterms.publisher", "citation_publisher") or site,
        date=_date(facts),
        language=_language(root, facts),
        identifier=facts.first("dc.identifier", "citation_doi") or address,
        description=facts.first("description", "og:description", "dc.description", "dcterms.abstract", "abstract")
        or _text(article.get("description")),
        subjects=_subjects(facts),
        rights=facts.first("dc.rights", "dcterms.rights", "copyright", "rights")
        or _text(article.get("copyrightNotice")),
        place=_text((article.get("contentLocation") or {}).get("name"))
        if isinstance(article.get("contentLocation"), dict)
        else "",
    )
    said = tuple(dict.fromkeys(without_site(title, site) for title in titles if title))
    return Said(metadata, said, address, base if _is_web(base) else "")


def translations(root: Element, own: str, base: str) -> tuple[Related, ...]:
    """Return the translations that `link rel="alternate" hreflang` names (RFC 8288, 3.4.1)."""
    found: dict[str, Related] = {}
    for link in root.walk():
        if link.tag != "link" or "alternate" not in link.get("rel").lower().split():
            continue
        tag, url = language(link.get("hreflang")), urljoin(base, link.get("href")) if link.get("href") else ""
        primary = tag.split("-", maxsplit=1)[0]
        if (
            not tag
            or not _is_web(url)
            or primary == own.split("-", maxsplit=1)[0].lower()
            or link.get("hreflang") == "x-default"
        ):
            continue
        found.setdefault(tag, Related(link.get("title") or _own_name(tag), url, tag))
    return tuple(found.values())[:100]


def _own_name(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name()
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


def without_site(title: str, site: str) -> str:
    """Return the title of a page without the name of the website behind or before it."""
    if not site:
        return title
    end = re.compile(rf"\s*[|–—\-·:»«]\s*{re.escape(site)}\s*$", re.IGNORECASE)
    start = re.compile(rf"^\s*{re.escape(site)}\s*[|–—\-·:»«]\s*", re.IGNORECASE)
    return start.sub("", end.sub("", title)) or title


def language(written: str) -> str:
    """Return a language tag in its usual spelling; what is no tag as it was written."""
    tag = written.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return written.strip()
    head, *rest = tag.split("-")
    spelled = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part for part in rest
    ]
    return "-".join([head.lower(), *spelled])


def _language(root: Element, facts: _Facts) -> str:
    body = next((element for element in root.elements() if element.tag == "body"), root)
    for one in (root, body):
        if said := one.get("lang") or one.get("xml:lang"):
            return language(said)
    said = facts.first(
        "content-language", "dc.language", "dcterms.language", "og:locale", "language", "citation_language"
    )
    said = said or _text(facts.article.get("inLanguage"))
    return language(said.split(",", maxsplit=1)[0]) if said else ""


def _authors(facts: _Facts) -> list[str]:
    meta = facts.all("author", "citation_author", "dc.creator", "dcterms.creator", "article:author")
    meta = [value for value in meta if not _is_web(value) and not value.startswith("@")]
    names = meta or _names(facts.article.get("author")) or [name for what, name in facts.marked if what == "author"]
    names = [re.sub(r"^by\s+", "", name, flags=re.IGNORECASE).strip() for name in names]
    return list(dict.fromkeys(name for name in names if 0 < len(name) <= 200))[:50]


def _date(facts: _Facts) -> datetime.date | None:
    said = [
        facts.first("article:published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date"),
        _text(facts.article.get("datePublished")),
        facts.first("date", "citation_publication_date", "citation_date", "dcterms.date", "datepublished"),
        *(value for what, value in facts.marked if what == "date"),
    ]
    return next((day for value in said if (day := date(value))), None)


def date(written: str) -> datetime.date | None:
    """Return the day that a value of ISO 8601 begins with; None for others."""
    found = _DATE.match(written.replace("/", "-"))
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _subjects(facts: _Facts) -> tuple[str, ...]:
    words = facts.all("article:tag", "dc.subject", "dcterms.subject", "citation_keywords", "keywords")
    said = words or [one for one in _listed(facts.article.get("keywords")) if isinstance(one, str)]
    parts = [part.strip() for value in said for part in re.split(r"[,;]", value)]
    return tuple(dict.fromkeys(part for part in parts if 0 < len(part) <= 100))[:50]


def _kind(article: dict[str, Any]) -> Kind | None:
    kinds = (_ARTICLES.get(str(kind).lower()) for kind in _listed(article.get("@type")))
    return next((kind for kind in kinds if kind), None)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return " ".join(value.split())[:_LONG] if isinstance(value, str) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
