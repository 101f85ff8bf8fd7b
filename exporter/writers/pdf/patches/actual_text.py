"""Letters that several glyphs draw, or that share a glyph, spell themselves beside their glyphs.

Faces of joined scripts draw a letter with several glyphs (its dots, its vowel signs), several letters with one, and
move glyphs together and apart. Whoever reads a page glyph by glyph finds other letters then, and spaces where glyphs
stand apart. WeasyPrint 70.0 moreover gives the text of a cluster to its first glyph from the left, which from right to
left is a dot or a sign. So here lines of such scripts are written anew: the same glyphs in the same places, and each
letter that is not plainly one glyph a marked content of its own, which says which letter it is and how far it reaches
(ISO 32000-1, 14.9.4, ActualText). Marked contents stand beside each other, not inside each other: some readers lose
what comes after an inner one.

A character that no face has is drawn as one that says so, and says which it is: a reference to a glyph that is not
there would break every standard that the file claims to keep.

One letter each, in the order in which they stand on the page: readers take several to run from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple
from unittest.mock import patch

import pydyf

from exporter.writers.pdf import glyph_map
from exporter.writers.pdf.complex_scripts import may_be_composed
from exporter.writers.pdf.glyph_map import face, settle

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LOOSE = 0.02
"""How far, in ems, a glyph may stand from where its letter begins and ends and still be plain."""


class Glyph(NamedTuple):
    """A glyph and its place in the line; points, y up."""

    id: int
    x: float
    rise: float


class GlyphCluster(NamedTuple):
    """The smallest part of a word that its glyphs can be told apart for (a cluster)."""

    text: str
    glyphs: tuple[Glyph, ...]
    left: float
    right: float


class GlyphRun(NamedTuple):
    """Letters of one typeface and one direction, from left to right."""

    font: Any
    size: float
    letters: tuple[GlyphCluster, ...]
    rtl: bool
    edge: int | None
    """An empty glyph, to mark where letters begin and end."""


@contextmanager
def spelled() -> Iterator[None]:
    """Let WeasyPrint write tagged lines of such scripts in this way, and settle what each glyph stands for."""
    from weasyprint import pdf
    from weasyprint.draw import text

    slow, build = text.draw_first_line, pdf.build_fonts_dictionary

    def draw_first_line(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        start, font = len(stream.stream), stream._current_font
        composed = stream._tags is not None and may_be_composed(box.text)
        cut = overflow == "ellipsis" or ellipsis != "none" or box.style["font_size"] < 1e-6
        if composed and not cut:
            for run in _runs(stream, box):
                _name_glyphs(run)
        result = slow(stream, box, overflow, ellipsis, matrix)
        lacking = _forget_missing(stream._fonts.values())
        runs = _runs(stream, box) if lacking or (composed and not cut) else []
        if runs:
            del stream.stream[start:]
            stream._current_font = font
            _Line(stream, box, matrix).write(runs)
        return result

    def build_fonts_dictionary(file: Any, fonts: Any, *more: Any) -> Any:
        settle(fonts.values())
        return build(file, fonts, *more)

    with (
        patch.object(text, "draw_first_line", draw_first_line),
        patch.object(pdf, "build_fonts_dictionary", build_fonts_dictionary),
    ):
        yield


def _runs(stream: Any, box: Any) -> list[GlyphRun]:
    """Return what the line is made of; nothing when its glyphs are pictures."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    words = box.pango_layout.text.encode()
    runs: list[GlyphRun] = []
    pen = 0.0
    item = line.runs[0]
    while item != ffi.NULL:
        data, item = item.data, item.next
        font, size = stream.add_font(data.item.analysis.font)
        ready = partial(_ready, stream, data.item.analysis.font)
        string, count = data.glyphs, data.glyphs.num_glyphs
        infos, clusters = string.glyphs[0:count], string.log_clusters[0:count]
        ends = dict(zip(sorted(set(clusters)), [*sorted(set(clusters))[1:], data.item.length], strict=True))
        letters: list[GlyphCluster] = []
        at = 0
        while at < count:
            cluster, left = clusters[at], pen
            glyphs: list[Glyph] = []
            while at < count and clusters[at] == cluster:
                geometry = infos[at].geometry
                glyph = infos[at].glyph
                if glyph != pango.PANGO_GLYPH_EMPTY:
                    if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                        glyph = ready(face(font).substitute)
                    if glyph is None or font.bitmap or font.png or font.svg or font.colr:
                        return []
                    x, rise = pen + geometry.x_offset * FROM_UNITS, -geometry.y_offset * FROM_UNITS
                    glyphs.append(Glyph(glyph, x, rise))
                pen += geometry.width * FROM_UNITS
                at += 1
            text = words[data.item.offset + cluster : data.item.offset + ends[cluster]].decode()
            letters.append(GlyphCluster(text, tuple(glyphs), left, pen))
        runs.append(GlyphRun(font, size, tuple(letters), bool(data.item.analysis.level % 2), ready(face(font).unseen)))
    return runs


def _ready(stream: Any, pango_font: Any, glyph: glyph_map.Glyph | None) -> int | None:
    """Make a glyph ready for use that the engine has not drawn."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    if glyph is None:
        return None
    font, size = stream.add_font(pango_font)
    font.to_unicode.setdefault(glyph.id, glyph.character)
    if glyph.id not in font.widths:
        # As wide as in this instance of a variable font, not as in its file.
        pango.pango_font_get_glyph_extents(pango_font, glyph.id, stream.ink_rect, stream.logical_rect)
        font.widths[glyph.id] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return glyph.id


def _forget_missing(fonts: Iterable[Any]) -> bool:
    """Take back that the engine refers to glyphs that no font has (ISO 14289-1, 7.21.8); tell whether it did."""
    found = False
    for font in fonts:
        for glyph in font.missing.values():
            font.to_unicode.pop(glyph, None)
            font.widths.pop(glyph, None)
            found = True
        font.missing.clear()
    return found


def _name_glyphs(run: GlyphRun) -> None:
    """Say what each glyph stands for by itself, where it is clear: its own letter, its own sign."""
    names = run.font.to_unicode
    for letter in run.letters:
        # From right to left the letter itself comes last on the page, its dots and signs before it.
        glyphs = [glyph.id for glyph in (reversed(letter.glyphs) if run.rtl else letter.glyphs)]
        if len(glyphs) == 1:
            if len(names.get(glyphs[0], "")) != 1:
                names[glyphs[0]] = letter.text
            continue
        rest = letter.text
        own = face(run.font).characters
        unnamed: list[int] = []
        for glyph in glyphs:
            character = own.get(glyph, "")
            if character and character in rest:
                rest = rest.replace(character, "", 1)
                names.setdefault(glyph, character)
            else:
                unnamed.append(glyph)
        for glyph in unnamed:
            names.setdefault(glyph, rest)
            rest = ""


class _Line:
    """Writes the runs of a line into a stream, in pieces of marked content of which some spell a letter.

    The first piece is open already, the last is left open.
    """

    def __init__(self, stream: Any, box: Any, matrix: Any) -> None:
        self.stream = stream
        self.tag = stream._tags[box] if stream._tags is not None else None
        self.matrix = matrix
        self.pen = 0.0
        """Where the next glyph would stand; points."""
        self.rise = 0.0
        self.parts: list[str] = []
        self.spelling = False
        stream.set_text_matrix(*matrix.values)

    def write(self, runs: list[GlyphRun]) -> None:
        for run in runs:
            self._show()
            self.stream.set_font_size(run.font.hash, run.size)
            for letter in run.letters:
                if _is_plain(letter, run):
                    if self.spelling:
                        self._piece()
                    self._glyphs(letter.glyphs, run)
                elif letter.text:
                    self._spell(letter, run)
        self._show()

    def _piece(self, text: str = "") -> None:
        """End a piece and begin the next one, which spells `text` if there is any."""
        self._show()
        if self.tag is None:
            return
        stream, font = self.stream, self.stream._current_font
        stream.end_text()
        stream.end_marked_content()
        number = len(stream._tags)
        stream._tags[object()] = {"tag": self.tag["tag"], "mcid": number, "seen": True}
        self.tag.setdefault("pieces", []).append(number)
        # ISO 14289-2, 8.4.3: private characters say nothing to anybody.
        said = {"ActualText": pydyf.String(_PRIVATE.sub("\ufffd", text))} if text else {}
        stream.begin_marked_content(self.tag["tag"], pydyf.Dictionary({"MCID": number, **said}))
        stream.begin_text()
        stream._current_font = font
        a, b, c, d, e, f = self.matrix.values
        stream.set_text_matrix(a, b, c, d, e + self.pen * a, f + self.pen * b)
        self.spelling = bool(text)

    def _spell(self, letter: GlyphCluster, run: GlyphRun) -> None:
        """Write a letter that says what it is; several characters that one shape holds share its width."""
        texts = list(reversed(letter.text)) if run.rtl else [letter.text]
        edge = None if len(texts) == 1 and _stands(letter, run) else run.edge
        width = (letter.right - letter.left) / len(texts)
        for index, text in enumerate(texts):
            self._piece(text)
            left = letter.left + index * width
            if edge is not None:
                self._glyphs((Glyph(edge, left, 0),), run)
            if index == len(texts) - 1:
                self._glyphs(letter.glyphs, run)
            if edge is not None:
                self._glyphs((Glyph(edge, left + width - self._width(edge, run), 0),), run)

    def _glyphs(self, glyphs: tuple[Glyph, ...], run: GlyphRun) -> None:
        for glyph in glyphs:
            if glyph.rise != self.rise:
                self._rise(glyph.rise)
            move = round((self.pen - glyph.x) * 1000 / run.size)
            if move:
                self.parts.append(str(move))
                self.pen -= move * run.size / 1000
            self.parts.append(f"<{glyph.id:04x}>")
            self.pen += self._width(glyph.id, run)
        if self.rise:
            self._rise(0)

    def _rise(self, height: float) -> None:
        self._show()
        self.stream.set_text_rise(round(height, 3))
        self.rise = height

    @staticmethod
    def _width(glyph: int, run: GlyphRun) -> float:
        return float(run.font.widths[glyph]) * run.size / 1000

    def _show(self) -> None:
        if self.parts:
            self.stream.show_text("".join(self.parts).replace("><", ""))
            self.parts.clear()


def _is_plain(letter: GlyphCluster, run: GlyphRun) -> bool:
    """Return whether one glyph that stands where the letter stands says the letter by itself."""
    if len(letter.glyphs) != 1 or (run.rtl and len(letter.text) != 1):
        return False
    # How wide a space is says nothing to anybody.
    says = run.font.to_unicode[letter.glyphs[0].id] == letter.text
    return says and (letter.text == " " or _stands(letter, run))


def _stands(letter: GlyphCluster, run: GlyphRun) -> bool:
    """Return whether a letter is one glyph that reaches from where it begins to where it ends."""
    if len(letter.glyphs) != 1 or letter.glyphs[0].rise:
        return False
    glyph, loose = letter.glyphs[0], _LOOSE * run.size
    right = glyph.x + run.font.widths[glyph.id] * run.size / 1000
    return abs(glyph.x - letter.left) <= loose and abs(right - letter.right) <= loose
