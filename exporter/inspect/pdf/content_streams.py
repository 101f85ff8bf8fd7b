"""Page content: the text of each marked content, artifacts, and unmarked content (ISO 32000-2, 14.6)."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from exporter.inspect import limits
from exporter.inspect.pdf import painting, values
from exporter.inspect.pdf.fonts import Font
from exporter.inspect.pdf.painting import Matrix, Paint, Painting, Shown, matrix_of, times
from exporter.inspect.pdf.streams import check_operators

# Only these matter; leaving out the rest makes the reading quick.
_OPERATORS = f"BDC BMC EMC Tf Tr Tj TJ ' \" q Q cm BT Tm Td TD T* TL Do sh f F f* B B* b b* S s {painting.OPERATORS}"
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_PAINTING = frozenset({"sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
MAX_FORMS = 6
"""Forms inside each other."""
MAX_FORMS_OF_A_PAGE = 5000

INVISIBLE = 3
"""Text rendering mode of glyphs that are not drawn (ISO 32000-2, 9.3.6)."""
_STROKED = frozenset({1, 2, 5, 6})
Key = tuple[int, int]
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_COLOURS = frozenset({"g", "rg", "k", "cs", "sc", "scn", "gs", "w"})
_PATHS = frozenset({"re", "m", "l", "c", "v", "y", "W", "W*"})


class MarkedText:
    """Words and drawings under one marked-content identifier."""

    __slots__ = ("drawn", "font", "language", "parts", "pictures", "size", "x", "y")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.x: float | None = None
        """Where its first glyph stands: points from the left, and `y` from the foot of the page."""
        self.y: float | None = None
        self.font: Font | None = None
        """The font of its first glyph, and its size in points."""
        self.size = 0.0
        self.language = ""
        """The language that its marks give it (ISO 32000-1, 14.9.2.2)."""
        self.drawn = False
        """Whether a picture or a shape is drawn."""
        self.pictures = 0
        """Pictures (image objects) that are drawn."""

    @property
    def text(self) -> str:
        return "".join(self.parts)


class Artifact(NamedTuple):
    """Marked content that is no part of the text (ISO 32000-2, 14.8.2.2)."""

    type: str
    """Pagination, Layout, Page, Background; empty when it does not say."""
    subtype: str
    text: str
    y: float | None
    pictures: int = 0
    """Pictures (image objects) in it."""


class PageContent:
    """The content of a page."""

    def __init__(self) -> None:
        self.runs: dict[tuple[Key, int], MarkedText] = {}
        """By the stream (the page, or a form drawn on it) and the identifier."""
        self.artifacts: list[Artifact] = []
        self.unmarked: list[str] = []
        """Words that are neither tagged nor artifacts, in the order of drawing; pictures and shapes as ""."""
        self.fonts: dict[str, Font] = {}
        """The fonts that are set, by their names in the resources."""
        self.cut = False
        """Whether the page was too long to be read to its end."""


class PageReader:
    """Reads pages; fonts are read once for all of them."""

    def __init__(self) -> None:
        self.fonts: dict[Key, Font] = {}

    def read(self, page: Any) -> PageContent:
        """Read a page (its dictionary)."""
        interpreter = _Work(self)
        interpreter.stream(page, values.get(page, "/Resources"), page.objgen, 0)
        interpreter.content.artifacts += [
            Artifact(kind, sub, run.text, run.y, run.pictures) for kind, sub, run in interpreter.artifacts
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
    font: Font | None
    size: float = 0.0
    is_invisible: bool = False
    """Whether glyphs are neither filled nor stroked (9.3.6)."""
    is_stroked: bool = False
    paint: Paint = Paint()


class _Mark(NamedTuple):
    run: MarkedText | None
    """Where words go; None for marks that say nothing about it."""
    replaced: bool
    """Whether the words inside are replaced by ActualText (14.9.4)."""


class _Work:
    """Reads one page."""

    def __init__(self, reader: PageReader) -> None:
        self.reader = reader
        self.content = PageContent()
        self.artifacts: list[tuple[str, str, MarkedText]] = []
        self.marks: list[_Mark] = []
        self.state = _State(_IDENTITY, None)
        self.line: Matrix = _IDENTITY
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
                if operator in _SHOWING:
                    self._show(operands, operator)
                elif operator in _PAINTING:
                    self._draw()
                    if operator == "sh":
                        self.painting.shading()
                    self._end_path(operator)
                elif operator in _PATHS:
                    self.painting.path(operator, operands, self.state.matrix)
                elif operator == "n":
                    self._end_path(operator)
                elif operator in _COLOURS:
                    states = values.get(resources, "/ExtGState") if operator == "gs" else None
                    self.state = self.state._replace(paint=self.state.paint.changed(operator, operands, states))
                elif operator == "INLINE IMAGE":
                    self._draw(picture=True)
                    self.painting.picture(self.state.matrix)
                elif operator == "q":
                    saved.append(self.state)
                elif operator == "Q":
                    self.state = saved.pop() if saved else self.state
                elif operator == "Do":
                    self._object(values.get(values.get(resources, "/XObject"), str(operands[0])), resources, nesting)
                else:
                    self._operator(operator, operands, resources, key)
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
                self.state = self.state._replace(font=font, size=float(operands[1]))
            case "Tr":
                mode = values.integer(operands[0])
                self.state = self.state._replace(is_invisible=mode == INVISIBLE, is_stroked=mode in _STROKED)
            case "cm":
                self.state = self.state._replace(matrix=times(matrix_of(operands), self.state.matrix))
            case "BT":
                self.line = _IDENTITY
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
        properties: Any = operands[1] if len(operands) > 1 else None
        if values.name(properties):
            properties = values.get(named, str(properties))
        number = values.integer(values.get(properties, "/MCID"))
        actual = values.text(values.get(properties, "/ActualText"))
        run: MarkedText | None = None
        if number is not None:
            run = self.content.runs.setdefault((key, number), MarkedText())
        elif values.name(operands[0]) == "Artifact":
            run = MarkedText()
            kind = values.name(values.get(properties, "/Type"))
            self.artifacts.append((kind, values.name(values.get(properties, "/Subtype")), run))
        self.marks.append(_Mark(run, replaced=False))
        language, around = values.text(values.get(properties, "/Lang")), self._run()
        if language and around is not None:
            around.language = language
        if actual is not None:
            self._put(actual)
            self.marks[-1] = _Mark(run, replaced=True)

    def _show(self, operands: Any, operator: str) -> None:
        if operator in {"'", '"'}:
            self._move(0, -self.leading)
        if self.state.font is not None and not self.state.is_invisible:
            self.state.font.is_drawn = True
        _, _, *unit, x, y = times(self.line, self.state.matrix)
        size = self.state.size * math.hypot(*unit)
        is_seen = self.state.is_stroked or self.painting.is_seen(x, y, size, self.state.paint)
        is_seen = is_seen and not self.state.is_invisible
        if self.state.font is not None and is_seen:
            self._put(self.state.font.text(operands[-1]))
            run = self._run()
            if run is not None and run.parts and not any(mark.replaced for mark in self.marks):
                self.painting.show(Shown(x, y, size, run.parts, len(run.parts) - 1))

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
            _, _, *unit, run.x, run.y = times(self.line, self.state.matrix)
            run.font, run.size = self.state.font, self.state.size * math.hypot(*unit)
        if not any(mark.replaced for mark in self.marks):
            run.parts.append(text)

    def _draw(self, *, picture: bool = False) -> None:
        run = self._run()
        if run is None:
            self.content.unmarked.append("")
        else:
            run.drawn = True
            run.pictures += picture

    def _object(self, thing: Any, resources: Any, nesting: int) -> None:
        if values.name(values.get(thing, "/Subtype")) != "Form":
            self._draw(picture=True)
            self.painting.picture(self.state.matrix)
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
