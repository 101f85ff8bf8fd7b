"""Languages, directions and identifiers of nodes, determined from the whole document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from exporter.labels import direction_of
from exporter.model import At, Direction, Inlines, Source, Span
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.inlines.languages import is_left_to_right, natural_direction
from exporter.readers.docx.inlines.text_runs import InlineContext, TextRun, nest_inlines
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Role
from exporter.readers.docx.rules import REGION

_GENERATED = ("_Toc", "_GoBack", "_Body", "page_", "_Ref", "_Hlk", "_Page")
"""Prefixes of bookmarks that programs generate."""
_EMBEDDINGS, _POP = ("\u202a", "\u202b"), "\u202c"


_TURNED_NUMBER = re.compile(r"^[^\w\s(]\d|\d[^\w.,:/]+\d|\d[^\w%)]$")
"""A number with signs that are elsewhere among letters from right to left: “.464”, “20 - 30”, “371*”."""


class NodeAttributes:
    """Attributes of nodes, known after the whole file has been read.

    Args:
        context: The file that was read.
        language: Language of the document.
    """

    def __init__(self, context: ReadContext, language: str) -> None:
        self._context = context
        self.language = language
        self.direction = direction_of(language) if language else Direction.LTR
        default = context.styles.default.language or ""
        self._unmarked = default if direction_of(default or language or "en") is self.direction else ""
        """Language of text without a language; "" for that of its paragraph."""
        self._other_names: dict[str, str] = {}
        self._regions: Counter[str] = Counter()
        self._region_sources: dict[str, Source | None] = {}

    # Identifiers

    def assign_ids(self, blocks: Iterable[ParsedBlock]) -> None:
        """Choose one bookmark for each block, where several begin there."""
        for block in blocks:
            if isinstance(block, Contents):
                continue
            targets = [name for name in block.bookmarks if self._is_target(name, block)]
            for name in targets[1:]:
                self._other_names[name] = targets[0]
            match block:
                case Table():
                    for row in block.rows:
                        for cell in row.cells:
                            self.assign_ids(cell.content)
                case Container():
                    self.assign_ids(block.content)
                case _:
                    pass

    def _is_target(self, bookmark: str, block: ParsedBlock) -> bool:
        if bookmark in self._context.targets:
            return True
        heading = isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING
        return self._context.is_word_edition and heading and not bookmark.startswith(_GENERATED)

    def id_of(self, block: ParsedParagraph | Table | FinishedBlock | Container) -> str | None:
        """Return the identifier of a block, or None if nothing refers to it."""
        bookmark = next((name for name in block.bookmarks if self._is_target(name, block)), None)
        return self.rename(bookmark) if bookmark else None

    def rename(self, bookmark: str) -> str:
        """Return the identifier of a bookmark."""
        bookmark = self._other_names.get(bookmark, bookmark)
        return (
            self._context.variables.get(f"bookmark:{bookmark}", bookmark) if self._context.is_word_edition else bookmark
        )

    # Languages

    def is_same_language(self, tag: str, other_tag: str) -> bool:
        """Return whether two languages are the same, apart from the region except in the Word edition."""
        if tag == other_tag:
            return True
        if self._context.is_word_edition or not tag or not other_tag:
            return False
        if _script(tag) != _script(other_tag):
            return False
        self._regions[tag] += 1
        self._region_sources.setdefault(tag, None)
        return True

    def report_regions(self) -> None:
        """Report regions of languages that were ignored."""
        names = sorted(tag for tag in self._regions if tag.casefold() != self.language.casefold())
        if names:
            self._context.report.add(
                REGION, None, f"Text in {', '.join(names)} was read as {self.language or 'the language around it'}."
            )

    def base(self, paragraph: ParsedParagraph) -> str:
        """Return the language of a paragraph: that of its mark in Word editions, else of most of its letters."""
        if self._context.is_word_edition:
            return paragraph.language or self.language
        counts: Counter[str] = Counter()
        for run in paragraph.text_runs:
            if run.has_letters:
                counts[self._language(run)] += len(run.text)
        if not counts:
            return self.language
        most, letters = counts.most_common(1)[0]
        if not most or self.is_same_language(most, self.language) or 2 * letters <= counts.total():
            return self.language
        return most

    def _language(self, run: TextRun) -> str:
        return run.run_format.language or self._unmarked or self.language

    def at(self, paragraph: ParsedParagraph) -> At:
        """Return identifier, language, direction and source of the block that a paragraph becomes."""
        base = self.base(paragraph)
        around = direction_of(base) if base else self.direction
        own = Direction.RTL if paragraph.paragraph_format.bidi else Direction.LTR
        if around is Direction.RTL and own is Direction.LTR:
            text = "".join(run.text for run in paragraph.text_runs).strip()
            is_set = paragraph.paragraph_format.bidi is False and _TURNED_NUMBER.search(text)
            if not is_left_to_right(text) and not (is_set and natural_direction(text) is None):
                own = around  # many writers of Arabic only align their paragraphs to the right
        turned = own if own is not around else None
        return At(
            id=self.id_of(paragraph),
            language=None if base == self.language else base,
            direction=turned,
            source=paragraph.source,
        )

    def container_at(self, paragraph: ParsedParagraph) -> At:
        """Return identifier and source of a container; its children have their own language."""
        return At(id=self.id_of(paragraph), source=paragraph.source)

    def inlines(self, paragraph: ParsedParagraph, text_runs: Sequence[TextRun] | None = None) -> Inlines:
        """Return the inlines of a paragraph, or of some of its text runs."""
        base = self.base(paragraph)
        selected = paragraph.text_runs if text_runs is None else text_runs
        resolved = [
            self._resolve(run, base)
            for run in (_without_embedding(selected) if self._context.is_word_edition else selected)
        ]
        inline_context = InlineContext(
            base, self._context.targets, paragraph.source, self.is_same_language, self.rename
        )
        return nest_inlines(resolved, inline_context)

    def phrase(self, paragraph: ParsedParagraph, text_runs: Sequence[TextRun] | None = None) -> Inlines:
        """Return the inlines of a paragraph with their language, for a container that has none of its own."""
        words, base = self.inlines(paragraph, text_runs), self.base(paragraph)
        return (Span(children=words, at=At(language=base)),) if words and base != self.language else words

    def _resolve(self, run: TextRun, base: str) -> TextRun:
        """Return a run with its language and with the identifier that its link refers to."""
        run_format = run.run_format
        link = run_format.link
        if link is not None and link.url.startswith("#"):
            link = link._replace(url=f"#{self.rename(link.url[1:])}")
        language = run_format.language
        if not run.has_letters:
            language = None
        elif language is None and not self._context.is_word_edition:
            language = self._unmarked
        elif language is None and base != self.language and natural_direction(run.text) is self.direction:
            # The language of letters against the direction of their paragraph is unknown.
            language = self.language
        if link is run_format.link and language == run_format.language:
            return run
        return run._replace(run_format=run_format._replace(link=link, language=language or None))


def _without_embedding(text_runs: Sequence[TextRun]) -> list[TextRun]:
    """Return runs without the embedding characters that the Word edition puts around text of the other direction."""
    if not any(run.text[:1] in _EMBEDDINGS for run in text_runs):
        return list(text_runs)
    out: list[TextRun] = []
    inside: str | None = None
    is_embedded = False
    for run in text_runs:
        text, run_format = run.text, run.run_format
        if text[:1] in _EMBEDDINGS:
            is_embedded, inside = True, run_format.language
            text = text[1:]
        ends = is_embedded and text.endswith(_POP)
        if is_embedded and run_format.language is None:
            run_format = run_format._replace(language=inside)
        if ends:
            text, is_embedded = text.removesuffix(_POP), False
        out.append(run._replace(text=text, run_format=run_format))
    return out


def _script(tag: str) -> tuple[str, str]:
    """Return language and script of a tag, without its region."""
    primary, *rest = tag.replace("_", "-").split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    if primary.lower() in ("zh", "sr") and not script:
        script = "Hant" if any(part.upper() in ("TW", "HK", "MO") for part in rest) else ""
    return primary.lower(), "" if (primary.lower(), script) == ("zh", "Hans") else script


def main_language(context: ReadContext, property_language: str) -> str:
    """Return the language of the document: that of most of its letters.

    Args:
        context: The file, completely read.
        property_language: Language in the properties of the document.
    """
    if context.is_word_edition and property_language:
        return property_language
    default = context.styles.default.language or property_language
    counts: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for tag, letters in context.languages.items():
        effective_tag = tag or default
        counts["-".join(_script(effective_tag)) if effective_tag else ""] += letters
        tags[effective_tag] += letters
    if not counts:
        return default
    most = counts.most_common(1)[0][0]
    return max((tag for tag in tags if ("-".join(_script(tag)) if tag else "") == most), key=lambda tag: tags[tag])
