"""Reading of content streams (ISO 32000-2, 7.8.2)."""

from __future__ import annotations

from typing import Any, NamedTuple

from exporter.inspect import limits
from exporter.inspect.limits import LimitError
from exporter.inspect.pdf import painting, text_state, values
from exporter.inspect.pdf.fonts import Font
from exporter.inspect.pdf.geometry import IDENTITY, Box, Matrix, matrix_of, page_box, times
from exporter.inspect.pdf.page_content import Artifact, Key, MarkedText, PageContent
from exporter.inspect.pdf.paint import Paint
from exporter.inspect.pdf.painting import Painting, Shown
from exporter.inspect.pdf.streams import check_operators
from exporter.inspect.pdf.text_state import TextState, is_turned
from exporter.inspect.pdf.values import FILLS, SHOWING, STROKES

# Only these matter; leaving out the rest makes the reading quick.
_OPERATORS = "BDC BMC EMC Tf Tj TJ ' \" q Q cm BT Tm Td TD T* TL Do sh f F f* B B* b b* S s"
_OPERATORS += f" {painting.OPERATORS} {text_state.OPERATORS}"
_PAINTING = FILLS | STROKES | {"sh"}
MAX_FORMS = 6
"""Forms inside each other."""
MAX_FORMS_OF_A_PAGE = 5000
_DESCRIBED = frozenset({"Figure", "Formula", "Artifact"})
_TEXT_STATE = frozenset(text_state.OPERATORS.split())
_COLOURS = frozenset({"g", "rg", "k", "cs", "sc", "scn", "gs", "w"})
_PATHS = frozenset({"re", "m", "l", "c", "v", "y", "W", "W*"})


class PageReader:
    """Reads pages; fonts are read once for all of them."""

    def __init__(self) -> None:
        self.fonts: dict[Key, Font] = {}

    def read(self, page: Any) -> PageContent:
        """Read a page (its dictionary)."""
        interpreter = _Work(self, page_box(page))
        interpreter.stream(page, values.get(page, "/Resources"), page.objgen, 0)
        interpreter.content.artifacts += [
            Artifact(kind, sub, run.text, run.y, run.pictures, run.drawn and is_placed)
            for kind, sub, is_placed, run in interpreter.artifacts
        ]
        return interpreter.content

    def font(self, font: Any) -> Font | None:
        """Return a font of the resources of a page (its dictionary), or None if it is none."""
        if not values.is_dictionary(font):
            return None
        key = font.objgen
        if key == (0, 0):
            return Font(font)
        if key not in self.fonts:
            self.fonts[key] = Font(font)
        return self.fonts[key]


class _State(NamedTuple):
    matrix: Matrix
    paint: Paint
    text: TextState = TextState()


class _Mark(NamedTuple):
    run: MarkedText | None
    """Where words go; None for marks that say nothing about it."""
    replaced: bool
    """Whether the words inside are replaced by ActualText (14.9.4)."""


class _Work:
    """Reads one page."""

    def __init__(self, reader: PageReader, page: Box) -> None:
        self.reader = reader
        self.content = PageContent()
        self.artifacts: list[tuple[str, str, bool, MarkedText]] = []
        self.marks: list[_Mark] = []
        self.marks_left = limits.MAX_MARKS
        self.state = _State(IDENTITY, Paint(clip=page))
        self.line: Matrix = IDENTITY
        self.shown_line: Matrix | None = None
        """The line of the last words."""
        self.leading = 0.0
        self.painting = Painting()
        self.left = limits.MAX_OPERATORS
        self.forms = MAX_FORMS_OF_A_PAGE

    def stream(self, stream: Any, resources: Any, key: Key, nesting: int) -> None:
        import pikepdf

        check_operators(stream, self.left)
        try:
            instructions = pikepdf.parse_content_stream(stream, _OPERATORS)
        except (pikepdf.PdfError, TypeError, ValueError):
            return
        saved: list[_State] = []
        opened = len(self.marks)
        self.left -= len(instructions)
        for instruction in instructions:
            operator = str(instruction.operator)
            operands: Any = instruction.operands
            try:
                if operator in SHOWING:
                    self._show(operands, operator)
                elif operator in _PAINTING:
                    self._draw()
                    if operator == "sh":
                        self.painting.shading(self.state.paint)
                    self._end_path(operator)
                elif operator in _PATHS:
                    self.painting.path(operator, operands, self.state.matrix)
                elif operator == "n":
                    self._end_path(operator)
                elif operator in _COLOURS:
                    states = values.get(resources, "/ExtGState") if operator == "gs" else None
                    self.state = self.state._replace(paint=self.state.paint.changed(operator, operands, states))
                elif operator == "INLINE IMAGE":
                    self._draw_picture(None)
                elif operator == "q":
                    saved.append(self.state)
                elif operator == "Q":
                    self.state = saved.pop() if saved else self.state
                elif operator in _TEXT_STATE:
                    self.state = self.state._replace(text=self.state.text.changed(operator, operands[0]))
                elif operator == "Do":
                    self._object(str(operands[0]), resources, nesting)
                else:
                    self._operator(operator, operands, resources, key)
            except LimitError:
                raise
            except (IndexError, TypeError, ValueError, AttributeError, OverflowError):
                continue  # an operator without what it needs
        del self.marks[opened:]

    def _operator(self, operator: str, operands: Any, resources: Any, key: Key) -> None:
        match operator:
            case "BDC" | "BMC":
                self._begin(operands, values.get(resources, "/Properties"), key)
            case "EMC":
                if self.marks:
                    self.marks.pop()
            case "Tf":
                fonts = values.get(resources, "/Font")
                font = self.reader.font(values.get(fonts, str(operands[0])))
                self.content.fonts |= {str(operands[0]): font} if font else {}
                self.state = self.state._replace(text=self.state.text._replace(font=font, size=float(operands[1])))
            case "cm":
                self.state = self.state._replace(matrix=times(matrix_of(operands), self.state.matrix))
            case "BT":
                self.line = IDENTITY
            case "Tm":
                self.line = matrix_of(operands)
            case "Td" | "TD":
                x, y = float(operands[0]), float(operands[1])
                self.leading = -y if operator == "TD" else self.leading
                self._move(x, y)
            case "TL":
                self.leading = float(operands[0])
            case "T*":
                self._move(0, -self.leading)

    def _end_path(self, operator: str) -> None:
        self.state = self.state._replace(paint=self.painting.end_path(operator, self.state.paint))

    def _move(self, x: float, y: float) -> None:
        self.line = times((1, 0, 0, 1, x, y), self.line)

    def _begin(self, operands: Any, named: Any, key: Key) -> None:
        self.marks_left -= 1
        if self.marks_left < 0 or len(self.marks) >= limits.MAX_OPEN_MARKS:
            raise LimitError(
                f"A page has more than {limits.MAX_MARKS:,} marks, or {limits.MAX_OPEN_MARKS:,} inside each other, "
                "which no page needs."
            )
        properties: Any = operands[1] if len(operands) > 1 else None
        if values.name(properties):
            properties = values.get(named, str(properties))
        number = values.integer(values.get(properties, "/MCID"))
        actual = values.text(values.get(properties, "/ActualText"))
        if actual is None and values.name(operands[0]) not in _DESCRIBED:
            # What is read instead of the words (ISO 32000-2, 14.9.3, 14.9.5).
            read = (values.text(values.get(properties, key)) for key in ("/Alt", "/E"))
            actual = next((text for text in read if text is not None), None)
        run: MarkedText | None = None
        if number is not None:
            run = self.content.runs.setdefault((key, number), MarkedText())
        elif values.name(operands[0]) == "Artifact":
            run = MarkedText()
            kind, subtype = (values.name(values.get(properties, name)) for name in ("/Type", "/Subtype"))
            self.artifacts.append((kind, subtype, bool(values.items(values.get(properties, "/BBox"))), run))
        self.marks.append(_Mark(run, replaced=False))
        language, around = values.text(values.get(properties, "/Lang")), self._run()
        if language and around is not None:
            around.language = language
        if actual is not None:
            # Its place and font are those of the first glyph in it.
            if around is None:
                self._put(actual)
            elif not any(mark.replaced for mark in self.marks):
                around.parts.append(actual)
            self.marks[-1] = _Mark(run, replaced=True)

    def _show(self, operands: Any, operator: str) -> None:
        if operator in {"'", '"'}:
            self._move(0, -self.leading)
        text, paint = self.state.text, self.state.paint
        if text.font is None or text.is_invisible:
            return
        text.font.is_drawn = True
        matrix = text.matrix(self.line, self.state.matrix)
        parts = values.items(operands[-1])
        words = text.font.text(parts)
        shown = Shown.of(words, matrix)
        is_upon = self.line is not self.shown_line and self.painting.is_upon_other(shown, words)
        self.shown_line = self.line
        contrast = self.painting.contrast(shown, paint, text.is_stroked)
        if is_upon or not contrast or not text.is_readable(matrix, parts):
            return
        self._put(words)
        run = self._run()
        if run is not None and words.strip():
            run.contrast = min(run.contrast, contrast)
        if run is not None and run.parts and not any(mark.replaced for mark in self.marks):
            run.is_turned = run.is_turned or (is_turned(matrix) and bool(words.strip()))
            self.painting.show(shown, run.parts)

    def _run(self) -> MarkedText | None:
        """Return what the marks that are open say it belongs to."""
        return next((mark.run for mark in reversed(self.marks) if mark.run is not None), None)

    def _put(self, text: str) -> None:
        run = self._run()
        if run is None:
            if text.strip():
                self.content.unmarked.append(text)
            return
        if run.y is None:
            run.x, run.y = times(self.line, self.state.matrix)[4:]
            run.font, run.size = self.state.text.font, self.state.text.height(self.line, self.state.matrix)
        if not any(mark.replaced for mark in self.marks):
            run.parts.append(text)

    def _draw(self) -> MarkedText | None:
        run = self._run()
        if run is None:
            self.content.unmarked.append("")
        else:
            run.drawn = True
        return run

    def _draw_picture(self, picture: Any, name: str = "") -> None:
        fault = self.painting.picture(self.state.matrix, self.state.paint, picture)
        run = self._draw()
        if run is not None:
            run.pictures += 1
            run.images += (name,) if name else ()
            run.picture_fault = run.picture_fault or fault
            self.painting.hold(run, self.state.matrix)

    def _object(self, name: str, resources: Any, nesting: int) -> None:
        thing = values.get(values.get(resources, "/XObject"), name)
        if values.name(values.get(thing, "/Subtype")) != "Form":
            self._draw_picture(thing, "" if nesting else name)
            return
        self.forms -= 1
        if nesting >= MAX_FORMS or self.forms < 0:
            self.content.cut = True
            return
        own = values.get(thing, "/Resources")
        was, line = self.state, self.line
        if values.is_array(values.get(thing, "/Matrix")):
            self.state = self.state._replace(matrix=times(matrix_of(thing.Matrix), self.state.matrix))
        if values.is_array(values.get(thing, "/BBox")):
            self.state = self.state._replace(paint=self.painting.form(thing.BBox, self.state.matrix, self.state.paint))
        self.stream(thing, own if own is not None else resources, thing.objgen, nesting + 1)
        self.state, self.line = was, line
