"""ActualText for letters that are not exactly one glyph.

Changes: `draw_first_line` of `weasyprint.draw.text` and `build_fonts_dictionary` of `weasyprint.pdf`.

Letters. Why: fonts of joined scripts draw a letter with several glyphs (its dots, its vowel signs) and several letters
with one, and move glyphs. WeasyPrint gives the text of a cluster to its first glyph from the left, which from right to
left is a dot or a sign. Readers that take the glyphs one by one find other letters then, and spaces where glyphs are
apart. Lines of such scripts are written with the same glyphs in the same positions, and each letter that is not exactly
one glyph is marked content of its own, with its text and its width (ISO 32000-1, 14.9.4). Marked contents are not
nested: some readers lose what follows an inner one. Each holds one letter, in the order of the page: readers take
several to run from left to right.
Upstream: issue 2841 (open).

Changed letters. A line in capitals of the style sheet has the text of the manuscript (`text_case`).

Missing glyphs. Why: for a character that no font has, WeasyPrint refers to glyph 0, which PDF/UA and PDF/A forbid (ISO
14289-1, 7.21.8). Such a character is drawn as a substitute that carries its text.
Upstream: pull request 2523 introduced it for display; no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pydyf

from exporter.model.characters import PRIVATE
from exporter.writers.pdf import glyph_map, glyph_runs
from exporter.writers.pdf.complex_scripts import is_mirrored, may_be_composed
from exporter.writers.pdf.glyph_runs import Glyph, GlyphCluster, GlyphRun
from exporter.writers.pdf.patches import text_case

_TOLERANCE = 0.02
"""How far, in ems, a glyph may be from the beginning and end of its letter and still count as exactly one."""


@contextmanager
def patched() -> Iterator[None]:
    """Write lines of such scripts with ActualText, and settle which character each glyph stands for."""
    from weasyprint import pdf
    from weasyprint.draw import text

    draw_original, build_original = text.draw_first_line, pdf.build_fonts_dictionary

    def draw_first_line(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        if box.style["font_size"] < 1e-6:  # nothing is drawn
            return draw_original(stream, box, overflow, ellipsis, matrix)
        start, font = len(stream.stream), stream._current_font
        # The text of a drawing is within the marked content of its picture.
        tagged = stream._tags is not None and box in stream._tags
        composed = (
            may_be_composed(box.text)
            or is_mirrored(box.text, box.style["direction"])
            or PRIVATE.search(box.text) is not None
        )
        cut = overflow == "ellipsis" or ellipsis != "none"
        text = text_case.manuscript_text(box)
        if composed:
            for run in glyph_runs.read(stream, box):
                glyph_runs.name_glyphs(run)
            stream.is_composed = True
        if tagged and (composed if cut else text is not None):
            # A running head that is cut has the words of its heading.
            _LineWriter(stream, box, matrix).begin_content(text or box.text)
            return draw_original(stream, box, overflow, ellipsis, matrix)
        result = draw_original(stream, box, overflow, ellipsis, matrix)
        missing = glyph_runs.forget_missing_glyphs(stream._fonts.values())
        runs = glyph_runs.read(stream, box) if missing or (composed and tagged and not cut) else []
        if runs:
            del stream.stream[start:]
            stream._current_font = font
            _LineWriter(stream, box, matrix).write(runs)
        return result

    def build_fonts_dictionary(file: Any, fonts: Any, *arguments: Any) -> Any:
        glyph_map.settle(fonts.values())
        return build_original(file, fonts, *arguments)

    with (
        patch.object(text, "draw_first_line", draw_first_line),
        patch.object(pdf, "build_fonts_dictionary", build_fonts_dictionary),
    ):
        yield


class _LineWriter:
    """Writer of the runs of a line as marked contents, some of them with ActualText.

    The first marked content is open already; the last is left open.
    """

    def __init__(self, stream: Any, box: Any, matrix: Any) -> None:
        self.stream = stream
        self.tag = stream._tags.get(box) if stream._tags is not None else None
        self.matrix = matrix
        self.x = 0.0
        """Position of the next glyph; points."""
        self.rise = 0.0
        self.parts: list[str] = []
        self.has_actual_text = False
        stream.set_text_matrix(*matrix.values)

    def write(self, runs: list[GlyphRun]) -> None:
        for run in runs:
            self._show()
            self.stream.set_font_size(run.font.hash, run.size)
            for cluster in run.clusters:
                if _is_plain(cluster, run):
                    if self.has_actual_text:
                        self.begin_content()
                    self._write_glyphs(cluster.glyphs, run)
                elif cluster.text:
                    self._write_cluster(cluster, run)
        self._show()

    def begin_content(self, text: str = "") -> None:
        """End the marked content and begin the next one, with an ActualText if there is a text."""
        self._show()
        if self.tag is None:
            return
        stream, font = self.stream, self.stream._current_font
        stream.end_text()
        stream.end_marked_content()
        number = len(stream._tags)
        stream._tags[object()] = {"tag": self.tag["tag"], "mcid": number, "seen": True}
        self.tag.setdefault("pieces", []).append(number)
        # Private characters have no meaning outside the font (ISO 14289-2, 8.4.3).
        properties = {"ActualText": pydyf.String(PRIVATE.sub("\ufffd", text))} if text else {}
        stream.begin_marked_content(self.tag["tag"], pydyf.Dictionary({"MCID": number, **properties}))
        stream.begin_text()
        stream._current_font = font
        a, b, c, d, e, f = self.matrix.values
        stream.set_text_matrix(a, b, c, d, e + self.x * a, f + self.x * b)
        self.has_actual_text = bool(text)

    def _write_cluster(self, cluster: GlyphCluster, run: GlyphRun) -> None:
        """Write a cluster with ActualText; the characters of a ligature share its width."""
        texts = list(reversed(cluster.text)) if run.rtl else [cluster.text]
        edge = None if len(texts) == 1 and _fills_width(cluster, run) else run.edge
        width = (cluster.right - cluster.left) / len(texts)
        for index, text in enumerate(texts):
            self.begin_content(text)
            left = cluster.left + index * width
            if edge is not None:
                self._write_glyphs((Glyph(edge, left, 0),), run)
            if index == len(texts) - 1:
                self._write_glyphs(cluster.glyphs, run)
            if edge is not None:
                self._write_glyphs((Glyph(edge, left + width - self._width(edge, run), 0),), run)

    def _write_glyphs(self, glyphs: tuple[Glyph, ...], run: GlyphRun) -> None:
        for glyph in glyphs:
            if glyph.rise != self.rise:
                self._set_rise(glyph.rise)
            move = round((self.x - glyph.x) * 1000 / run.size)
            if move:
                self.parts.append(str(move))
                self.x -= move * run.size / 1000
            self.parts.append(f"<{glyph.id:04x}>")
            self.x += self._width(glyph.id, run)
        if self.rise:
            self._set_rise(0)

    def _set_rise(self, height: float) -> None:
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


def _is_plain(cluster: GlyphCluster, run: GlyphRun) -> bool:
    """Return whether a cluster is one glyph of its width that stands for its text."""
    if len(cluster.glyphs) != 1 or (run.rtl and len(cluster.text) != 1) or PRIVATE.search(cluster.text):
        return False
    glyph = cluster.glyphs[0].id
    if run.font.to_unicode[glyph] not in {cluster.text, glyph_map.most_often_meant(cluster.text, glyph, run.font)}:
        return False
    # The width of a space has no meaning.
    return cluster.text == " " or _fills_width(cluster, run)


def _fills_width(cluster: GlyphCluster, run: GlyphRun) -> bool:
    """Return whether a cluster is one glyph from its left to its right."""
    if len(cluster.glyphs) != 1 or cluster.glyphs[0].rise:
        return False
    glyph, tolerance = cluster.glyphs[0], _TOLERANCE * run.size
    right = glyph.x + run.font.widths[glyph.id] * run.size / 1000
    return abs(glyph.x - cluster.left) <= tolerance and abs(right - cluster.right) <= tolerance
