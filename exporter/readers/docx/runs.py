"""Inline content of paragraphs as text runs (ISO/IEC 29500-1, 17.3.2 and 17.3.3)."""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import VAL, Element, is_on, name, number
from exporter.model import At, Direction, Math, NoteKind, NoteReference
from exporter.readers.docx import symbols
from exporter.readers.docx.alternate_content import choice
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.fields import Field, Fields, parse
from exporter.readers.docx.limits import MAX_NESTED_CONTAINERS, MAX_OPEN_BOOKMARKS
from exporter.readers.docx.omml import display_formula, mathml
from exporter.readers.docx.run_content import RunContentReader, note_name
from exporter.readers.docx.styles import CharacterFormat
from exporter.readers.docx.text_runs import Group, RunFormat, Target, TextRun
from exporter.readers.links import is_safe
from exporter.readers.rules import LINK_UNSAFE

_LOCAL = re.compile(r"[A-Za-z]:[\\/]|\\\\|//|file:", re.IGNORECASE)
_TOP = frozenset({"#_top", "#_Top", "#"})


def target(link: Target, context: ReadContext) -> Target | None:
    """Return the target of a link for the tree, or None if it is empty or unsafe."""
    url = link.url.strip()
    if not url or url in _TOP:
        return None
    if url.startswith("#"):
        context.targets.add(url[1:])
        return Target(url, link.title)
    if _LOCAL.match(url) or not is_safe(url):
        context.report_here(LINK_UNSAFE, f"Unsafe link: “{url[:80]}” is only valid on this computer, or is a script.")
        return None
    return Target(url, link.title)


class RunReader(RunContentReader):
    """Reader of the paragraphs of one story: the body, a note or a text box."""

    def __init__(self, context: ReadContext, part: str, fields: Fields) -> None:
        super().__init__(context, part, fields)
        self._handlers: dict[str, Callable[[Element], None]] = {
            name(tag): handler
            for tags, handler in (
                ("r", self._run),
                ("hyperlink", self._hyperlink),
                ("ins moveTo", self._inserted),
                ("del moveFrom", self._deleted),
                ("smartTag customXml sdtContent", self._children),
                ("sdt", self._control),
                ("fldSimple", self._simple_field),
                ("bookmarkStart", self._begin_bookmark),
                ("bookmarkEnd", self._end_bookmark),
                ("m:oMath", self._formula),
                ("m:oMathPara", self._formulas),
                ("dir bdo", self._turned),
                ("mc:AlternateContent", self._choice),
                ("subDoc", self._sub_document),
            )
            for tag in tags.split()
        }
        self._in_run: dict[str, Callable[[Element], None]] = {
            name(tag): handler
            for tags, handler in (
                ("t", self._text),
                ("tab ptab", self._tab),
                ("br", self._break),
                ("cr", self._line_end),
                ("noBreakHyphen", lambda _: self._add_text("\u2011")),
                ("softHyphen", lambda _: self._add_text("\u00ad")),
                ("sym", self._symbol),
                ("drawing", self._drawing),
                ("pict object", self._vml),
                ("fldChar", self._field_mark),
                ("instrText", lambda element: self._fields.code(element.text or "")),
                ("footnoteReference", lambda element: self._note(element, NoteKind.FOOTNOTE)),
                ("endnoteReference", lambda element: self._note(element, NoteKind.ENDNOTE)),
                ("footnoteRef endnoteRef", self._own_mark),
                ("commentReference", self._comment),
                ("ruby", self._ruby),
                ("mc:AlternateContent", self._choice_in_run),
                ("contentPart", self._ink),
            )
            for tag in tags.split()
        }

    def read(self, paragraph: Element, inherited: CharacterFormat) -> None:
        """Read a paragraph; its content is in the attributes until the next one is read.

        Args:
            paragraph: The element.
            inherited: Format that its runs inherit from the style of the paragraph.
        """
        self._reset()
        self._line = inherited
        self._line_key = hash(inherited)
        self.is_generated = self._fields.is_open and self._fields.hidden
        self._children(paragraph)

    def _children(self, parent: Element) -> None:
        self._depth += 1
        if self._depth > MAX_NESTED_CONTAINERS:
            raise DocxError(
                "The content of a paragraph is nested too deeply.",
                "Copy the text into a new document without its formatting.",
            )
        for child in parent:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child)
        self._depth -= 1

    # Runs

    def _run(self, run: Element) -> None:
        before = self._formats
        self._formats = self._formats_of(run.find(name("rPr")))
        for child in run:
            handler = self._in_run.get(child.tag)
            if handler is not None:
                handler(child)
        self._custom_mark = False
        self._formats = before

    # Fields and links

    def _field_mark(self, element: Element) -> None:
        field = self._fields.take(element)
        if field is not None:
            self._field(field, ended=element.get(name("fldCharType")) == "end")

    def _field(self, field: Field, *, ended: bool) -> None:
        match field.kind:
            case "SEQ" if not ended or not field.has_result:
                self.sequence = self.sequence or (field.words[0] if field.words else "")
            case "NOTEREF" | "FTNREF" if field.words:
                note_key = self._context.note_bookmarks.get(field.words[0])
                if note_key is not None and field.has_result and not ended:
                    self._add_node(
                        NoteReference(at=At(source=self._context.locations.here()), note=note_name(*note_key))
                    )
                    field.is_ignored = True
            case "SYMBOL" if not field.has_result and field.words:
                font = parse(field.code)[2].get("f", "")
                symbol = symbols.character(number(field.words[0], -1), font) if field.words[0].isdigit() else None
                self._add_text(symbol or "")
            case "INDEX" if not ended:
                self._context.count("index")
            case "TOC" | "TOA" if not ended:
                self._context.count("contents")
                self.is_generated = True
            case "HYPERLINK" if not ended and field.link is not None:
                field.link = target(field.link, self._context)
            case "REF" | "PAGEREF" if not ended and field.link is not None:
                self._context.targets.add(field.link.url[1:])
            case _:
                pass
        if field.kind in ("INDEX", "TOC", "TOA"):
            self.is_generated = True

    def _simple_field(self, element: Element) -> None:
        field = Field()
        field.code = element.get(name("instr")) or ""
        field.begin_result()
        self._field(field, ended=False)
        if field.is_ignored:
            return
        if field.link:
            self._links.append(field.link)
        self._children(element)
        if field.link:
            self._links.pop()

    def _hyperlink(self, element: Element) -> None:
        relation = self._context.package.relations(self._part).get(element.get(name("r:id")) or "")
        url = relation.target if relation is not None and relation.external else ""
        if anchor := element.get(name("anchor")):
            url = f"{url}#{anchor}"
        title = element.get(name("tooltip")) or ""
        link = target(Target(url, title), self._context) if not self._fields.hidden else None
        if link is not None:
            self._links.append(link)
        self._children(element)
        if link is not None:
            self._links.pop()

    # Changes, controls, bookmarks

    def _inserted(self, element: Element) -> None:
        self._context.count("moves" if element.tag == name("moveTo") else "insertions")
        self._children(element)

    def _deleted(self, element: Element) -> None:
        if element.tag == name("del"):
            self._context.count("deletions")

    def _control(self, element: Element) -> None:
        properties = element.find(name("sdtPr"))
        if properties is not None and is_on(properties.find(name("showingPlcHdr"))):
            self._context.count("placeholders")
            return
        content = element.find(name("sdtContent"))
        if content is not None:
            self._children(content)

    def _begin_bookmark(self, element: Element) -> None:
        bookmark = element.get(name("name")) or ""
        if not bookmark or bookmark == "_GoBack":
            return
        if self._has_content:
            self._groups += 1
            group = Group(self._groups, "bookmark", bookmark)
            self.text_runs.append(TextRun(RunFormat(groups=(group,))))
            if len(self._bookmarks) < MAX_OPEN_BOOKMARKS:
                self._bookmarks[element.get(name("id")) or ""] = group
        else:
            self.bookmarks.append(bookmark)
            # It may contain a note reference.
            if len(self._bookmarks) < MAX_OPEN_BOOKMARKS:
                self._bookmarks[element.get(name("id")) or ""] = Group(0, "mark", bookmark)

    def _end_bookmark(self, element: Element) -> None:
        self._bookmarks.pop(element.get(name("id")) or "", None)

    # Formulas, direction, alternate content

    def _formula(self, element: Element) -> None:
        markup = mathml(element)
        if markup:
            self._add_node(Math(at=At(source=self._context.locations.here()), mathml=markup))

    def _formulas(self, element: Element) -> None:
        markup = display_formula(element.iter(name("m:oMath")))
        if markup:
            self._add_node(Math(at=At(source=self._context.locations.here()), mathml=markup))

    def _turned(self, element: Element) -> None:
        self._turns.append(Direction.RTL if element.get(VAL) == "rtl" else Direction.LTR)
        self._children(element)
        self._turns.pop()

    def _ruby(self, element: Element) -> None:
        for tag, before, after in (("rubyBase", "", ""), ("rt", "(", ")")):
            content = element.find(name(tag))
            if content is not None and len(content):
                self._add_text(before)
                self._children(content)
                self._add_text(after)

    def _choice(self, element: Element) -> None:
        chosen = choice(element)
        if chosen is not None:
            self._children(chosen)

    def _choice_in_run(self, element: Element) -> None:
        chosen = choice(element)
        for child in chosen if chosen is not None else ():
            handler = self._in_run.get(child.tag)
            if handler is not None:
                handler(child)

    def _sub_document(self, _: Element) -> None:
        self._context.report_unsupported("A linked document was ignored.", "Put its text into this document.")
