"""Notes and warnings that are laid out as a table are boxes, and tables are tables."""

from __future__ import annotations

import pytest

from exporter.model import Aside, AsideKind, Image, Table
from exporter.model.walk import plain_text, walk
from tests.readers.html.reading import every, first

LAID_OUT = (
    '<div class="{name}"><table border="0" summary="{name}"><tr>'
    '<td rowspan="2"><img alt="[Note]" src="note.png"></td><th align="left">A title</th></tr>'
    "<tr><td><p>One.</p><p>Two.</p></td></tr></table></div>"
)


@pytest.mark.parametrize("name", ["note", "tip", "important", "caution", "warning"])
def test_a_note_that_is_laid_out_as_a_table_is_a_box_without_its_icon(name: str) -> None:
    box = first(LAID_OUT.format(name=name), Aside)
    assert box.kind is (AsideKind.WARNING if name == "warning" else AsideKind.BOX)
    assert (plain_text(box.title), [plain_text(each) for each in box.children]) == ("A title", ["One.", "Two."])
    assert not any(isinstance(node, Image | Table) for node in walk(box))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('class="note"', 'class="figures"'),
        (' summary="note"', ""),
        ("</table>", "<tr><td>More</td><td>data</td></tr></table>"),
        ('<img alt="[Note]" src="note.png">', "1"),
        ("<th align", "<td align"),
    ],
)
def test_any_other_table_stays_one(old: str, new: str) -> None:
    html = LAID_OUT.format(name="note")
    assert old in html
    assert len(every(html.replace(old, new), Table)) == 1
