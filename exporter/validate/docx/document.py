"""What the document says of itself as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import is_on, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found

_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def check(word: DocxFile) -> Iterator[Finding]:
    """Look at properties and settings."""
    core = word.package.related("core-properties", "")
    title = word.package.xml(core).findtext(name("dc:title")) if core else None
    if not (title or "").strip():
        yield found(rules.TITLE_MISSING, word, "The properties name no title.")
    settings = word.part("settings")
    if not any(word.styles.languages.values()):
        yield found(rules.LANGUAGE_MISSING, word, "The styles do not say the language.")
    protection = settings.find(name("documentProtection")) if settings is not None else None
    if protection is not None and is_on(protection) and protection.get(name("enforcement")) in {"1", "true", "on"}:
        yield found(rules.PROTECTED, word, f"Editing is restricted to “{protection.get(name('edit')) or 'nothing'}”.")
    changes = sum(1 for story in word.stories() for _ in story.root.iter(*(name(tag) for tag in _CHANGES)))
    if changes:
        yield found(rules.UNFINISHED, word, f"There are {changes} tracked changes.")
    comments = word.part("comments")
    count = len(list(comments.iter(name("comment")))) if comments is not None else 0
    if count:
        yield found(rules.UNFINISHED, word, f"There are {count} comments.")
