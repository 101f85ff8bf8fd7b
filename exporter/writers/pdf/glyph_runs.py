"""The glyphs of a line that WeasyPrint has laid out: runs of one font, made of HarfBuzz clusters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from exporter.writers.pdf import glyph_map


class Glyph(NamedTuple):
    """A glyph and its position in the line; points, y up."""

    id: int
    x: float
    rise: float


class GlyphCluster(NamedTuple):
    """The shortest text that has glyphs of its own: a letter, a ligature, or a letter and its signs."""

    text: str
    glyphs: tuple[Glyph, ...]
    left: float
    right: float


class GlyphRun(NamedTuple):
    """Clusters of one font and one direction, from left to right."""

    font: Any
    """WeasyPrint's `Font`."""
    size: float
    clusters: tuple[GlyphCluster, ...]
    rtl: bool
    edge: int | None
    """An empty glyph, to mark where clusters begin and end."""


def read(stream: Any, box: Any) -> list[GlyphRun]:
    """Return the runs of the line of a text box, or none if its glyphs are images.

    Args:
        stream: The stream of the page, which keeps its fonts.
        box: WeasyPrint's text box.
    """
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    text = box.pango_layout.text.encode()
    runs: list[GlyphRun] = []
    x = 0.0
    item = line.runs[0]
    while item != ffi.NULL:
        data, item = item.data, item.next
        font, size = stream.add_font(data.item.analysis.font)
        use = partial(_use_glyph, stream, data.item.analysis.font)
        face = glyph_map.face(font)
        string, count = data.glyphs, data.glyphs.num_glyphs
        infos, starts = string.glyphs[0:count], string.log_clusters[0:count]
        ends = dict(zip(sorted(set(starts)), [*sorted(set(starts))[1:], data.item.length], strict=True))
        clusters: list[GlyphCluster] = []
        index = 0
        while index < count:
            start, left = starts[index], x
            glyphs: list[Glyph] = []
            while index < count and starts[index] == start:
                geometry = infos[index].geometry
                glyph = infos[index].glyph
                if glyph != pango.PANGO_GLYPH_EMPTY:
                    if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                        glyph = use(face.substitute)
                    if glyph is None or font.bitmap or font.png or font.svg or font.colr:
                        return []
                    offset, rise = geometry.x_offset * FROM_UNITS, -geometry.y_offset * FROM_UNITS
                    glyphs.append(Glyph(glyph, x + offset, rise))
                x += geometry.width * FROM_UNITS
                index += 1
            words = text[data.item.offset + start : data.item.offset + ends[start]].decode()
            clusters.append(GlyphCluster(words, tuple(glyphs), left, x))
        edge = use(face.unseen)
        runs.append(GlyphRun(font, size, tuple(clusters), bool(data.item.analysis.level % 2), edge))
    return runs


def _use_glyph(stream: Any, pango_font: Any, glyph: glyph_map.Glyph | None) -> int | None:
    """Add a glyph to those that the file uses, although WeasyPrint has not drawn it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    if glyph is None:
        return None
    font, size = stream.add_font(pango_font)
    font.to_unicode.setdefault(glyph.id, glyph.character)
    if glyph.id not in font.widths:
        # The width in this instance of a variable font, not in its file.
        pango.pango_font_get_glyph_extents(pango_font, glyph.id, stream.ink_rect, stream.logical_rect)
        font.widths[glyph.id] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return glyph.id


def name_glyphs(run: GlyphRun) -> None:
    """Map each glyph to the text that it stands for by itself: a letter, a sign, or nothing."""
    names, face = run.font.to_unicode, glyph_map.face(run.font)
    for cluster in run.clusters:
        rest = cluster.text
        # From right to left the letter comes last on the page, its dots and signs before it.
        for glyph, *_ in reversed(cluster.glyphs) if run.rtl else cluster.glyphs:
            if len(names.get(glyph, "")) != 1:
                names[glyph] = face.text_of(glyph, rest)
            rest = ""


def forget_missing_glyphs(fonts: Iterable[Any]) -> bool:
    """Remove references to glyphs that no font has (ISO 14289-1, 7.21.8), and return whether there were any."""
    removed = False
    for font in fonts:
        for glyph in font.missing.values():
            font.to_unicode.pop(glyph, None)
            font.widths.pop(glyph, None)
            removed = True
        font.missing.clear()
    return removed
