"""The language and direction of the whole document and of each line, and the ids that links point at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from exporter.labels import direction_of
from exporter.model import At, Direction, Inlines, Source, Span
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.languages import natural_direction
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Role
from exporter.readers.docx.rules import REGION
from exporter.readers.docx.text_runs import InlineContext, TextRun, nest_inlines

_GENERATED = ("_Toc", "_GoBack", "_Body", "page_", "_Ref", "_Hlk", "_Page")
"""Beginnings of bookmarks that programs make for purposes of their own."""
_EMBEDDINGS, _POP = ("\u202a", "\u202b"), "\u202c"


class NodeAttributes:
    """What is settled once all of a file has been met."""

    def __init__(self, context: ReadContext, language: str) -> None:
        self._context = context
        self.language = language
        self.direction = direction_of(language) if language else Direction.LTR
        default = context.styles.default.language or ""
        self._unmarked = default if direction_of(default or language or "en") is self.direction else ""
        """Language of words about which nothing is said; empty for that of the line."""
        self._other_names: dict[str, str] = {}
        self._regions: Counter[str] = Counter()
        self._region_sources: dict[str, Source | None] = {}

    # Places that links point at

    def assign_ids(self, blocks: Iterable[ParsedBlock]) -> None:
        """Find out which bookmark names each place, where several begin there."""
        for block in blocks:
            if isinstance(block, Contents):
                continue
            wanted = [name for name in block.bookmarks if self._is_target(name, block)]
            for name in wanted[1:]:
                self._other_names[name] = wanted[0]
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
        return self._context.own and heading and not bookmark.startswith(_GENERATED)

    def id_of(self, block: ParsedParagraph | Table | FinishedBlock | Container) -> str | None:
        """Return the id of a block; None where nothing points at it."""
        found = next((name for name in block.bookmarks if self._is_target(name, block)), None)
        return self.rename(found) if found else None

    def rename(self, bookmark: str) -> str:
        """Return the id that a bookmark stands for."""
        bookmark = self._other_names.get(bookmark, bookmark)
        return self._context.variables.get(f"bookmark:{bookmark}", bookmark) if self._context.own else bookmark

    # Languages

    def is_same_language(self, one: str, other: str) -> bool:
        """Whether two languages are one: the same but for the region, unless our own edition tells them apart."""
        if one == other:
            return True
        if self._context.own or not one or not other:
            return False
        if _script(one) != _script(other):
            return False
        self._regions[one] += 1
        self._region_sources.setdefault(one, None)
        return True

    def report_regions(self) -> None:
        """Say which regions were not kept."""
        names = sorted(tag for tag in self._regions if tag.casefold() != self.language.casefold())
        if names:
            self._context.report.add(
                REGION, None, f"Passages in {', '.join(names)} are taken as {self.language or 'the language around'}."
            )

    def base(self, paragraph: ParsedParagraph) -> str:
        """Give the language of a whole paragraph: that of its mark in our own editions, else of most of its letters."""
        if self._context.own:
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
        """Return identity, language, direction and source of the block that a paragraph becomes."""
        base = self.base(paragraph)
        natural_direction = direction_of(base) if base else self.direction
        turned = Direction.RTL if paragraph.line.bidi and natural_direction is Direction.LTR else None
        return At(
            id=self.id_of(paragraph),
            language=None if base == self.language else base,
            direction=turned,
            source=paragraph.source,
        )

    def container_at(self, paragraph: ParsedParagraph) -> At:
        """Return identity and source of a block that holds others: each of them says its own language."""
        return At(id=self.id_of(paragraph), source=paragraph.source)

    def inlines(self, paragraph: ParsedParagraph, text_runs: Sequence[TextRun] | None = None) -> Inlines:
        """Return the words of a paragraph, or some of its pieces."""
        base = self.base(paragraph)
        given = paragraph.text_runs if text_runs is None else text_runs
        fresh = [self._resolve(run, base) for run in (_without_embedding(given) if self._context.own else given)]
        inline_context = InlineContext(
            base, self._context.targets, paragraph.source, self.is_same_language, self.rename
        )
        return nest_inlines(fresh, inline_context)

    def phrase(self, paragraph: ParsedParagraph, text_runs: Sequence[TextRun] | None = None) -> Inlines:
        """Return the words of a paragraph for a place that has no language of its own: they say theirs."""
        words, base = self.inlines(paragraph, text_runs), self.base(paragraph)
        return (Span(children=words, at=At(language=base)),) if words and base != self.language else words

    def _resolve(self, run: TextRun, base: str) -> TextRun:
        """Return a piece with its language said, and with the id that its link points at."""
        run_format = run.run_format
        link = run_format.link
        if link is not None and link.url.startswith("#"):
            link = link._replace(url=f"#{self.rename(link.url[1:])}")
        language = run_format.language
        if not run.has_letters:
            language = None
        elif language is None and not self._context.own:
            language = self._unmarked
        elif language is None and base != self.language and natural_direction(run.text) is self.direction:
            # Letters that run against their passage are in no known language.
            language = self.language
        if link is run_format.link and language == run_format.language:
            return run
        return run._replace(run_format=run_format._replace(link=link, language=language or None))


def _without_embedding(text_runs: Sequence[TextRun]) -> list[TextRun]:
    """Return pieces without the signs by which our own edition holds a passage of the other direction together."""
    if not any(run.text[:1] in _EMBEDDINGS for run in text_runs):
        return list(text_runs)
    out: list[TextRun] = []
    inside: str | None = None
    open_passage = False
    for run in text_runs:
        text, run_format = run.text, run.run_format
        if text[:1] in _EMBEDDINGS:
            open_passage, inside = True, run_format.language
            text = text[1:]
        ends = open_passage and text.endswith(_POP)
        if open_passage and run_format.language is None:
            run_format = run_format._replace(language=inside)
        if ends:
            text, open_passage = text.removesuffix(_POP), False
        out.append(run._replace(text=text, run_format=run_format))
    return out


def _script(tag: str) -> tuple[str, str]:
    """Return language and script of a tag, without its region."""
    primary, *rest = tag.replace("_", "-").split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    if primary.lower() in ("zh", "sr") and not script:
        script = "Hant" if any(part.upper() in ("TW", "HK", "MO") for part in rest) else ""
    return primary.lower(), script


def main_language(context: ReadContext, said: str) -> str:
    """Return the language of the document: that of most of its letters.

    Args:
        reading: All parts of the text, met.
        said: What the properties of the document say.
    """
    if context.own and said:
        return said
    default = context.styles.default.language or said
    counts: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for tag, letters in context.languages.items():
        shown = tag or default
        counts["-".join(_script(shown)) if shown else ""] += letters
        tags[shown] += letters
    if not counts:
        return default
    most = counts.most_common(1)[0][0]
    return max((tag for tag in tags if ("-".join(_script(tag)) if tag else "") == most), key=lambda tag: tags[tag])
