"""Metadata in the front matter."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any

from exporter import model as m
from exporter.findings import quoted
from exporter.labels import direction_of
from exporter.readers.markdown import export_options
from exporter.readers.markdown.front_matter import Entry, FrontMatter, Value
from exporter.readers.markdown.front_matter_values import ValueReader
from exporter.readers.rules import FindingCollector

ROLES = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "photographer": "pht",
    "narrator": "nrt",
    "contributor": "ctb",
    "researcher": "res",
    "interviewer": "ivr",
    "interviewee": "ive",
    "reviewer": "rev",
    "designer": "dsr",
}
"""MARC relator codes by role."""
_TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "publisher": "publisher",
    "lang": "language",
    "identifier": "identifier",
    "description": "description",
    "abstract": "description",
    "rights": "rights",
    "series": "series",
    "place": "place",
    "certifier": "certifier",
}
KEYS = frozenset(
    {
        *_TEXTS,
        *("author", "authors", "date", "keywords", "subjects", "kind", "cover", "contact", "related", "translations"),
        "family",
    }
)
"""Keys that readers expect at the beginning of a manuscript."""
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_NAMED_MAIL = re.compile(r"(?P<name>[^<>]*)<(?P<mail>[^<>\s]+@[^<>\s]+)>")


def read_metadata(front: FrontMatter, report: FindingCollector) -> tuple[m.Metadata, tuple[str, ...]]:
    """Return the metadata, and the keys of invalid entries, which are reported at their line and ignored."""
    reader = _MetadataReader(report)
    return reader.read(front), tuple(reader.invalid_keys)


class _MetadataReader(ValueReader):
    """Reader of metadata."""

    def __init__(self, report: FindingCollector) -> None:
        super().__init__(report)
        self.invalid_keys: list[str] = []
        self._fields: dict[str, Any] = {}
        self._cover_alt: Value | None = None
        self._readers: dict[str, Callable[[Entry], None]] = {
            **dict.fromkeys(_TEXTS, self._text_field),
            "author": self._authors,
            "authors": self._authors,
            "date": self._date,
            "keywords": self._subjects,
            "subjects": self._subjects,
            "kind": self._kind,
            "related": self._related,
            "translations": self._related,
            "family": self._family,
            "cover": self._cover,
            "cover-alt": self._remember_cover_alt,
            "contact": self._contact,
            # Settings of editions are read elsewhere.
            export_options.KEY: lambda _entry: None,
        }

    def read(self, front: FrontMatter) -> m.Metadata:
        seen: set[str] = set()
        for entry in front.entries:
            reader = self._readers.get(entry.key)
            if reader is None:
                self.report_unknown_key(entry, list(self._readers), "front matter")
            elif entry.key in seen:
                self.report_value(entry.line, f"Duplicate key {quoted(entry.key)}; the first one was used.")
            elif not entry.value.is_empty:
                before = self.report.count
                reader(entry)
                if self.report.count > before:
                    self.invalid_keys.append(entry.key)
            seen.add(entry.key)
        self._finish_cover()
        language = self._fields.get("language", "")
        self._fields["direction"] = direction_of(language) if language else m.Direction.LTR
        self._fields["source"] = m.Source(self.report.file, front.line) if front.line else None
        return m.Metadata(**self._fields)

    def _text_field(self, entry: Entry) -> None:
        name = _TEXTS[entry.key]
        text = self.text(entry)
        if not text:
            return
        if self._fields.get(name):
            self.report_value(entry.line, f"Duplicate {name}; the first one was used.")
        else:
            self._fields[name] = text

    def _authors(self, entry: Entry) -> None:
        authors = list(self._fields.get("authors", ()))
        for value in self.values(entry):
            name, role = "", "aut"
            if value.text is not None:
                name = " ".join(value.text.split())
            elif value.entries is not None:
                parts = self.map(value, ["name", "role"], "author")
                name = self.text(parts["name"]) if "name" in parts else ""
                role = self._role(parts["role"]) if "role" in parts else "aut"
            if name:
                authors.append(m.Contributor(name, role))
            else:
                self.report_value(value.line, "This author has no name.", "Write a name, or a map with name and role.")
        self._fields["authors"] = tuple(authors)

    def _role(self, entry: Entry) -> str:
        role = self.text(entry).lower()
        if role in ROLES or re.fullmatch(r"[a-z]{3}", role):
            return ROLES.get(role, role)
        advice = f"Write one of {', '.join(ROLES)}, or a MARC relator code such as edt."
        self.report_value(entry.line, f"Unknown role {quoted(role)}; “author” was used.", advice)
        return "aut"

    def _date(self, entry: Entry) -> None:
        text = self.text(entry)
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise ValueError
            self._fields["date"] = datetime.date.fromisoformat(text)
        except ValueError:
            self.report_value(
                entry.line, f"Invalid date {quoted(text)}.", "Write year, month and day, such as 2026-03-01."
            )

    def _subjects(self, entry: Entry) -> None:
        subjects = list(self._fields.get("subjects", ()))
        for value in self.values(entry):
            if value.text is None:
                self.report_value(value.line, f"Invalid value for {quoted(entry.key)}: expected a text.")
                continue
            # A single text with commas is a list, too.
            parts = value.text.split(",") if entry.value.items is None else [value.text]
            subjects.extend(" ".join(part.split()) for part in parts if part.strip())
        self._fields["subjects"] = tuple(dict.fromkeys(subjects))

    def _kind(self, entry: Entry) -> None:
        text = self.text(entry).lower()
        try:
            self._fields["kind"] = m.Kind(text)
        except ValueError:
            similar = difflib.get_close_matches(text, [kind.value for kind in m.Kind], 1)
            guess = f" Did you mean {quoted(similar[0])}?" if similar else ""
            advice = f"Write one of {', '.join(kind.value for kind in m.Kind)}.{guess}"
            self.report_value(entry.line, f"Unknown kind {quoted(text)}.", advice)

    def _related(self, entry: Entry) -> None:
        self._fields[entry.key] = tuple(self._publications(entry))

    def _publications(self, entry: Entry, *keys: str) -> Iterator[m.Related]:
        """Yield the publications in a list; `keys` are those that an item may have besides title, target and lang."""
        for value in self.values(entry):
            form = None
            if value.text is not None:
                title, target, language = " ".join(value.text.split()), "", ""
            else:
                parts = self.map(value, ["title", "target", "url", "slug", "lang", *keys], entry.key)
                form = self._form(parts.pop("form")) if "form" in parts else None
                texts = {name: self.text(part) for name, part in parts.items()}
                title, language = texts.get("title", ""), texts.get("lang", "")
                target = texts.get("target") or texts.get("url") or texts.get("slug") or ""
            if title:
                yield m.Related(title, target, language, form)
            else:
                self.report_value(
                    value.line, "This publication has no title.", "Write a map with title, target and lang."
                )

    def _family(self, entry: Entry) -> None:
        if entry.value.entries is None:
            self.report_value(entry.line, "The family is not a map.", "Write family: with original and form below it.")
            return
        parts = self.map(entry.value, ["original", "form", "members"], entry.key)
        original = self.text(parts["original"]) if "original" in parts else ""
        form = self._form(parts["form"]) if "form" in parts else None
        members = tuple(self._publications(parts["members"], "form")) if "members" in parts else ()
        self._fields["family"] = m.Family(form, original, members)

    def _form(self, entry: Entry) -> m.Form | None:
        text = self.text(entry).lower()
        try:
            return m.Form(text)
        except ValueError:
            advice = f"Write one of {', '.join(form.value for form in m.Form)}."
            self.report_value(entry.line, f"Unknown form {quoted(text)}.", advice)
            return None

    def _remember_cover_alt(self, entry: Entry) -> None:
        self._cover_alt = entry.value

    def _cover(self, entry: Entry) -> None:
        value = entry.value
        if value.text is not None:
            self._fields["cover"] = m.Cover(value.text.strip(), m.Undescribed())
            return
        parts = self.map(value, ["image", "alt", "decorative"], "cover")
        source = self.text(parts["image"]) if "image" in parts else ""
        if not source:
            self.report_value(value.line, "The cover has no image.", "Write cover: with image and alt below it.")
            return
        alt: m.Alt = m.Undescribed()
        if "decorative" in parts and self.text(parts["decorative"]).lower() in ("true", "yes"):
            alt = m.Decorative()
        elif "alt" in parts and not parts["alt"].value.is_empty:
            alt = _alt(self.text(parts["alt"]), parts["alt"].value)
        self._fields["cover"] = m.Cover(source, alt)

    def _finish_cover(self) -> None:
        written = self._cover_alt
        if written is None:
            return
        cover = self._fields.get("cover")
        if cover is None:
            self.report_value(
                written.line, "Alt text of a cover without a cover.", "Write the file name of the image in cover."
            )
        elif written.text is None:
            self.report_value(written.line, "Invalid value for 'cover-alt': expected a text.")
        elif isinstance(cover.alt, m.Undescribed):
            self._fields["cover"] = m.Cover(cover.source, _alt(" ".join(written.text.split()), written))

    def _contact(self, entry: Entry) -> None:
        value = entry.value
        if value.text is not None:
            self._fields["contact"] = _contact(value.text.strip())
            return
        names = {"name": "name", "email": "email", "mail": "email", "url": "url", "phone": "phone"}
        parts = self.map(value, list(names), "contact")
        if parts:
            self._fields["contact"] = m.Contact(**{names[key]: self.text(part) for key, part in parts.items()})
        elif value.entries is None:
            self.report_value(value.line, "The contact is a list.", "Write one address, or a map with name and email.")


def _alt(text: str, written: Value) -> m.Alt:
    """Return the alternative of the cover; as in HTML, an empty alt text means decorative, but white space does not."""
    if text:
        return m.Described(text)
    return m.Decorative() if written.text == "" else m.Undescribed()


def _contact(text: str) -> m.Contact:
    if _MAIL.fullmatch(text):
        return m.Contact(email=text)
    if match := _NAMED_MAIL.fullmatch(text):
        return m.Contact(name=match["name"].strip(), email=match["mail"])
    if text.startswith(("http://", "https://")):
        return m.Contact(url=text)
    return m.Contact(name=text)
