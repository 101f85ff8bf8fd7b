"""A translation and its original in one tree."""

from __future__ import annotations

from exporter import model as m
from exporter import transforms
from exporter.labels import Labels
from exporter.model.walk import plain_text, walk
from exporter.readers import markdown
from exporter.transforms.parallel_text import combine
from tests.write_context import STYLES

FRONT = "---\ntitle: {}\nlang: {}\n---\n"
ORIGINAL = (
    FRONT.format("The well", "en")
    + """
# Who has water {#water}

1. The council counted 312 houses.[^count] See [below](#pays).

   The mayor, Rosa Mendoza, promised a well.

2. It was dug in 1998.

![A tap.](tap.png)

# Who pays {#pays}

::: summary
Too much.
:::

A bucket costs 45 pesos.

| Street | Taps |
|--------|-----:|
| North  | 80   |

Table: Taps {.row-headers}

[^count]: Count of 2024.
"""
)
TRANSLATION = (
    FRONT.format("البئر", "ar")
    + """
# من لديه ماء {#water}

1. أحصى المجلس 312 منزلًا.[^count]

2. حُفرت عام 1998.

![صنبور.](tap.png)

# من يدفع {#pays}

يكلف الدلو 45 بيزو.

| الشارع | الصنابير |
|--------|-----:|
| الشمال  | 80   |

Table: صنابير {.row-headers}

[^count]: إحصاء 2024.
"""
)


def combined() -> m.Publication:
    left, right = (
        transforms.apply(markdown.read(text.encode(), "manuscript.md").publication, "well")
        for text in (TRANSLATION, ORIGINAL)
    )
    return combine(left, right, "well", (Labels.load(STYLES, "ar"), Labels.load(STYLES, "en")), "bir")


def test_each_paragraph_is_in_a_row_with_its_counterpart_and_a_gap_is_marked() -> None:
    rows = [
        [(cell.at.language, plain_text(cell)) for cell in row.cells]
        for table in walk(combined().body)
        if isinstance(table, m.Table)
        for row in table.bodies[0]
    ]
    assert rows[:3] == [
        [("ar", "أحصى المجلس 312 منزلًا."), ("en", "The council counted 312 houses. See below.")],
        [(None, "[غير موجود بهذه اللغة]"), ("en", "The mayor, Rosa Mendoza, promised a well.")],
        [("ar", "حُفرت عام 1998."), ("en", "It was dug in 1998.")],
    ]


def test_numbers_of_items_stay() -> None:
    starts = [
        [block.start for cell in row.cells for block in cell.children if isinstance(block, m.List)]
        for row in walk(combined().body)
        if isinstance(row, m.Row)
    ]
    assert [numbers for numbers in starts if numbers] == [[1, 1], [2, 2]]


def test_headings_have_both_languages_and_data_tables_follow_each_other() -> None:
    tree = combined()
    titles = [section.title for section in tree.body if isinstance(section, m.Section)]
    assert [[part.at.language for part in title] for title in titles] == [["ar", None, "en"]] * 2
    assert plain_text(titles[1]) == "من يدفع / Who pays"
    data = [node for node in walk(tree.body) if isinstance(node, m.Table) and node.caption]
    assert [(table.at.language, plain_text(table.caption)) for table in data] == [("ar", "صنابير"), ("en", "Taps")]


def test_directions_follow_the_languages() -> None:
    cells = [cell for cell in walk(combined().body) if isinstance(cell, m.Cell) and cell.at.language]
    assert {(cell.at.language, cell.at.direction) for cell in cells} == {("ar", None), ("en", m.Direction.LTR)}


def test_a_note_has_both_languages_under_one_number() -> None:
    tree = combined()
    (note,) = tree.notes
    assert [(block.at.language, plain_text(block)) for block in note.children] == [
        ("ar", "إحصاء 2024."),
        ("en", "Count of 2024."),
    ]
    assert [node.note for node in walk(tree.body) if isinstance(node, m.NoteReference)] == [note.id] * 2


def test_links_and_positions_of_the_original_lead_where_they_did() -> None:
    tree = combined()
    ids = {node.at.id for node in walk(tree)}
    (link,) = (node for node in walk(tree.body) if isinstance(node, m.Link))
    assert link.target.removeprefix("#") in ids
    assert link.target == "#pays"
    sources = {node.at.source.file for node in walk(tree) if node.at.source}
    assert sources == {"manuscript.md", "../well/manuscript.md"}
    assert {image.source for image in walk(tree) if isinstance(image, m.Image)} == {"tap.png", "original/tap.png"}


def test_a_box_is_named_in_its_own_language() -> None:
    (box,) = (node for node in walk(combined().body) if isinstance(node, m.Aside))
    assert plain_text(box.title) == "Summary"
