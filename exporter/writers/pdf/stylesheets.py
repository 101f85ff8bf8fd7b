"""Style sheets of the pages, in the order in which they hold."""

from __future__ import annotations

from pathlib import Path

from exporter.model import Direction, Kind, Metadata
from exporter.writers import stylesheets
from exporter.writers.pdf.design import Design, Paper, text_size
from exporter.writers.pdf.options import PageOptions


def load(styles: Path, metadata: Metadata, options: PageOptions, design: Design) -> list[tuple[str, Path]]:
    """Return the sheets: theme, paper, parts, numbers of lists; user settings are nothing but custom properties.

    Raises:
        SettingsError: There is no such theme, or a sheet is missing or no text.
    """
    theme = stylesheets.theme_file(styles, options.theme)
    # A sheet for one kind would be matched with every element of all others.
    own = [metadata.kind] if metadata.kind is Kind.EASY_READ else []
    parts = (*(f"pdf/{part}.css" for part in (*design.parts, *own)), stylesheets.LISTS)
    return [
        (design.theme or stylesheets.read(styles, theme), styles / theme),
        (paper(metadata, options, design), styles / "paper.css"),
        *((stylesheets.read(styles, part), styles / part) for part in parts),
    ]


def paper(metadata: Metadata, options: PageOptions, design: Design) -> str:
    """Return what only the settings and the direction of the publication know."""
    sheet = design.paper
    ltr = metadata.direction is Direction.LTR
    start, end = ("left", "right") if ltr else ("right", "left")
    # Beside each other on one page without touching; above a page of a spread one of them stands alone.
    left, right = sheet.hang + 0.46 * sheet.measure, 0.5 * sheet.measure
    title = f"content: string(title); width: {left:g}mm; margin-{start}: -{sheet.hang:g}mm; text-align: {start}"
    chapter = f"content: string(chapter); width: {right:g}mm; text-align: {end}"
    folio = "content: counter(page)"
    if not sheet.gutter:
        pages = f"""
@page {{
  {_margins(sheet, 0, ltr=ltr)};
  @top-{start} {{ {title} }}
  @top-{end} {{ {chapter} }}
  @bottom-{end} {{ {folio}; text-align: {end} }}
}}"""
    else:
        # The first page of a spread, on the side where lines begin, shows the title, the second the chapter.
        pages = f"""
@page :{end} {{
  {_margins(sheet, 0, ltr=ltr)};
  @top-{end} {{ {chapter} }}
  @bottom-{end} {{ {folio}; text-align: {end} }}
}}
@page :{start} {{
  {_margins(sheet, sheet.gutter, ltr=ltr)};
  @top-{start} {{ {title} }}
  @bottom-{start} {{ {folio}; margin-{start}: -{sheet.hang:g}mm; text-align: {start} }}
}}"""
    return f"""
:root {{
  --text-size: {text_size(metadata, options, sheet):g}pt;
  --page-width: {sheet.width:g}mm;
  --page-height: {sheet.height:g}mm;
  --measure: {sheet.measure:g}mm;
  --hang: {sheet.hang:g}mm;
  --margin-start: {sheet.start:g}mm;
  --margin-end: {sheet.end:g}mm;
  --bleed: {sheet.bleed:g}mm;
  --chapter-page: {design.chapter_page};
}}
@page {{ size: {sheet.width:g}mm {sheet.height:g}mm; bleed: {sheet.bleed:g}mm }}
{pages}
{_spread(sheet, start, end) if design.has_spreads else ""}
"""


def _spread(sheet: Paper, start: str, end: str) -> str:
    """Return the two facing pages of a spread as one page, with the heads and the number of each."""
    half = 0.5 * (sheet.width - sheet.end)
    heads = (
        f"@top-{side} {{ content: string({page}); text-align: {side}; width: {half:g}mm; margin: 0 }}"
        for side, page in ((start, "verso"), (end, "recto"))
    )
    return f"""
@page {{ counter-increment: page verso }}
@page :first {{ counter-reset: verso -1 }}
@page spread {{
  size: {2 * sheet.width:g}mm {sheet.height:g}mm;
  margin: {sheet.top:g}mm {sheet.end:g}mm {sheet.bottom:g}mm;
  counter-increment: page 2 verso 2;
  {" ".join(heads)}
  @bottom-{start} {{ content: counter(verso); text-align: {start}; margin: 0 }}
  @bottom-{end} {{ content: counter(page); text-align: {end}; margin: 0 }}
}}"""


def _margins(sheet: Paper, shift: float, *, ltr: bool) -> str:
    """Return the margins with the text moved by `shift` millimetres against the direction of writing."""
    start, end = sheet.start - shift, sheet.end + shift
    left, right = (start, end) if ltr else (end, start)
    return f"margin: {sheet.top:g}mm {right:g}mm {sheet.bottom:g}mm {left:g}mm"
