"""Inline content of paragraphs as text runs (ISO/IEC 29500-1, 17.3.2 and 17.3.3)."""

from __future__ import annotations

from collections.abc import Callable

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import VAL, Element, is_on, name, value
from exporter.model import At, Direction, Math, NoteKind
from exporter.readers.docx import subdocuments
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.inlines import blanks
from exporter.readers.docx.inlines.alternate_content import choice
from exporter.readers.docx.inlines.field_reader import CHECKED, UNCHECKED, FieldReader, target
from exporter.readers.docx.inlines.fields import Field, Fields
from exporter.readers.docx.inlines.omml import display_formula, mathml
from exporter.readers.docx.inlines.text_runs import Group, RunFormat, Target, TextRun
from exporter.readers.docx.limits import MAX_NESTED_CONTAINERS, MAX_OPEN_BOOKMARKS
from exporter.readers.docx.styles import CharacterFormat

_ANY_RUN = f".//{name('r')}"


class RunReader(FieldReader):
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
                ("subDoc", self._subdocument),
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

    def read(
        self,
        paragraph: Element,
        inherited: CharacterFormat,
        leaders: tuple[str, ...] = (),
        *,
        is_heading: bool = False,
    ) -> None:
        """Read a paragraph; its content is in the attributes until the next one is read.

        Args:
            paragraph: The element.
            inherited: Format that its runs inherit from the style of the paragraph.
            leaders: Leaders of its tab stops.
            is_heading: Whether it is a heading, in which nobody fills in a line.
        """
        self._reset()
        self._begin_tabs(leaders)
        self._line = inherited
        self._line_key = hash(inherited)
        self.is_generated = self._fields.is_open and self._fields.hidden
        self._children(paragraph)
        if not is_heading and (drawn := blanks.draw(self.text_runs, self._underlined, self._leaders)) is not None:
            self.has_blanks, self._blank = True, 0
            self.tabs = max(self.tabs - drawn, 0)

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
            elif child.find(_ANY_RUN) is not None:
                self._children(child)
        self._depth -= 1

    # Runs

    def _run(self, run: Element) -> None:
        before = self._formats
        self._formats = self._formats_of(run.find(name("rPr")))
        for child in run:
            handler = self._in_run.get(child.tag)
            if handler is not None:
                handler(child)
        self._marked_note = None
        self._formats = before

    # Fields and links

    def _simple_field(self, element: Element) -> None:
        field = Field()
        field.code = element.get(name("instr")) or ""
        field.begin_result()
        form = element.find(name("ffData"))
        field.form = form if form is not None else element.find(f"{name('fldData')}/{name('ffData')}")
        self._field(field, ended=False)
        if field.is_ignored:
            return
        if field.link:
            self._links.append(field.link)
        self._children(element)
        if field.link:
            self._links.pop()
        self._field(field, ended=True)

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
        before = len(self.text_runs)
        if content is not None:
            self._children(content)
        box = properties.find(name("w14:checkbox")) if properties is not None else None
        if box is not None and len(self.text_runs) == before:
            checked = box.find(name("w14:checked"))
            self._add_text(CHECKED if value(checked, name("w14:val")) in ("1", "true") else UNCHECKED)

    def _begin_bookmark(self, element: Element) -> None:
        bookmark = element.get(name("name")) or ""
        if not bookmark or bookmark == "_GoBack":
            return
        if self.has_content:
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
        markup = mathml(element) if not self._is_hidden_formula(element) else ""
        if markup:
            self._add_node(Math(at=At(source=self._context.locations.here()), mathml=markup))

    def _is_hidden_formula(self, element: Element) -> bool:
        """Return whether all runs of a formula are hidden, and count it then."""
        formats = [self._formats_of(run.find(name("rPr"))) for run in element.iter(name("m:r"))]
        is_hidden = bool(formats) and all(run_format.specific.hidden for run_format in formats)
        if is_hidden:
            self._context.count("hidden")
        return is_hidden

    def _formulas(self, element: Element) -> None:
        shown = (formula for formula in element.iter(name("m:oMath")) if not self._is_hidden_formula(formula))
        markup = display_formula(shown)
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

    def _subdocument(self, element: Element) -> None:
        subdocuments.add(self._context, element, self._part)
