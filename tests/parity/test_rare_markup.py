"""What manuscripts rarely ask for is in the editions, and is of the manuscript."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter import transforms
from tests.parity.test_hard_manuscripts import differences, read
from tests.sampling import sampled


def _nested(level: int, last: int) -> m.Section:
    inner = (_nested(level + 1, last),) if level < last else ()
    words = m.Paragraph((m.Text(f"Words of level {level}."),), at=m.At(id=f"words-{level}"))
    return m.Section((m.Text(f"Level {level}"),), (words, *inner), at=m.At(id=f"level-{level}"))


@pytest.mark.parametrize("edition", ["html", "epub", "docx", "pdf"])
def test_headings_below_the_sixth_level_are_of_the_manuscript(edition: str, tmp_path: Path) -> None:
    publication = m.Publication(m.Metadata(title="Deep", language="en"), body=(_nested(1, 9),))
    assert differences(transforms.apply(publication, "deep"), tmp_path, edition) == []


RAISED_LINKS = """---
title: Raised
lang: en
---

# One

The court[^1] sat.<a id="sat"></a><sup>[1](#law)</sup> Water is H<sub>[2](#sat)</sub>O.

# Law {#law}

Words.

[^1]: In June.
"""


@pytest.mark.parametrize("edition", ["pdf", "large-print"])
def test_raised_and_lowered_links_can_be_clicked(edition: str, tmp_path: Path) -> None:
    assert differences(read(RAISED_LINKS), tmp_path, edition) == []


EMPTY_TARGET = """---
title: Figure
lang: en
---

# One

It is shown in [figure 2](#tree).

| <a id="tree"></a>[]() |
|---|
| A picture |
| **Figure 2: A tree** |

Words.
"""


@pytest.mark.parametrize("edition", ["html", "epub", "docx", "pdf"])
def test_a_link_may_lead_to_an_empty_cell(edition: str, tmp_path: Path) -> None:
    assert differences(read(EMPTY_TARGET), tmp_path, edition) == []


@pytest.mark.parametrize("edition", ["html", "epub"])
def test_a_link_may_lead_to_the_page_that_begins_where_a_box_ends(edition: str, tmp_path: Path) -> None:
    link = m.Paragraph((m.Link((m.Text("the next page"),), "#next"),))
    box = m.Aside((m.Paragraph((m.Text("Words."),)), m.PageBreak("7", at=m.At(id="next"))))
    tree = m.Publication(m.Metadata(title="T", language="en"), body=(link, box, m.Paragraph((m.Text("After it."),))))
    assert differences(transforms.apply(tree, "t"), tmp_path, edition) == []


BESIDE = """<html lang="en"><title>Rooms</title><main><h1>Rooms</h1><table><tr>
<td><p>Courts.</p><p>Cells.</p><p>Wards.</p></td><td><h2>Rooms of the old prison</h2><p>Four.</p></td>
</tr></table></main></html>"""


def test_bookmarks_may_lead_to_a_heading_in_a_cell_beside_lines_of_another(tmp_path: Path) -> None:
    assert differences(read(BESIDE), tmp_path, "pdf") == []


HEADS = {
    "wrapped": (
        "en",
        "| Name of the court of first instance | Files that were opened by the office of the prosecutor | Sentences | "
        "Appeals by the families of victims | Years between complaint and hearing | Witnesses who had protection |",
    ),
    "styled": ("fr", "| Mesure **en gras** de H~2~O et x^2^ | $\\sum y_i$ | `code` | *a* | b | c |"),
    "Arabic": ("ar", "| اسم المحكمة **الابتدائية** 2 | عدد الملفات: ٢٠٢٤ | English | أ | ب | ج |"),
}


@pytest.mark.parametrize("kind", sampled(HEADS, 3))
def test_heads_of_tables_are_known_on_each_page(kind: str, tmp_path: Path) -> None:
    language, head = HEADS[kind]
    rows = "\n".join(f"| {number} | 1 | 2 | 3 | 4 | 5 |" for number in range(70))
    front = f"---\ntitle: Courts\nlang: {language}\n---\n\n# Courts\n\n"
    assert differences(read(f"{front}{head}\n|---|---|---|---|---|---|\n{rows}\n"), tmp_path, "pdf") == []


NOTED = """---
title: Courts
lang: en
---

# Courts

| Court[^12] | Files |
|---|---|
"""


def test_references_to_notes_in_a_head_are_known_on_each_page(tmp_path: Path) -> None:
    text = "".join(f"Fact.[^{number}] " for number in range(12))
    notes = "\n".join(f"[^{number}]: Source." for number in range(13))
    rows = "| North | 1 |\n" * 70
    noted = NOTED.replace("| Court", f"{text}\n\n| Court")
    assert differences(read(f"{noted}{rows}\n{notes}\n"), tmp_path, "pdf") == []


ARABIC = """---
title: "العدالة البعيدة: تقرير — ٢٠٢٤/٢٥"
lang: ar
---

# من الجريمة إلى الملف 14 and back

"""


def test_running_heads_in_arabic_are_known(tmp_path: Path) -> None:
    words = "\n\n".join(f"هذه فقرة كاملة رقم {number}." for number in range(60))
    assert differences(read(ARABIC + words), tmp_path, "pdf", "large-print") == []


BOXES = """---
title: Boxes
lang: en
---

- ☐ **Yes**
- ☒ [The law](https://example.org/law)
- ☐ [oui]{lang=fr}
- ☐

1. ☐ *No*
"""


@pytest.mark.parametrize("edition", ["pdf", "epub", "docx"])
def test_boxes_to_tick_may_be_followed_by_markup(edition: str, tmp_path: Path) -> None:
    assert differences(read(BOXES), tmp_path, edition) == []


@pytest.mark.parametrize("edition", ["html", "epub", "docx", "pdf", "ebraille"])
@pytest.mark.parametrize("front", ["date: 2026-03-04\npublisher: House & Co", "authors: [Ana]\ndate: 2026-03-04"])
def test_a_series_is_of_the_manuscript(front: str, edition: str, tmp_path: Path) -> None:
    text = f"---\ntitle: Rooms\nlang: en\nseries: Papers & notes, no. 3\n{front}\n---\n\n# One\n\nWords.\n"
    assert differences(read(text), tmp_path, edition) == []


@pytest.mark.parametrize("edition", ["html", "epub", "docx", "pdf"])
def test_a_publication_may_have_a_series_and_neither_date_nor_author_nor_publisher(
    edition: str, tmp_path: Path
) -> None:
    text = "---\ntitle: Rooms\nlang: en\nseries: Papers\n---\n\n# One\n\nWords.\n"
    assert differences(read(text), tmp_path, edition) == []


def test_headings_with_raised_words_are_in_the_contents_in_braille(tmp_path: Path) -> None:
    front = "---\ntitle: Water\nlang: en\ndate: 2026-03-04\npublisher: House\n---\n\n"
    headings = "# The H~2~O of the 2^nd^ well\n\nWords.\n\n# An $x^2$ and “*quoted*” words\n\nWords.\n"
    assert differences(read(front + headings), tmp_path, "ebraille") == []


@pytest.mark.parametrize("edition", ["pdf", "html", "docx"])
def test_a_space_as_code_may_end_a_line(edition: str, tmp_path: Path) -> None:
    text = "---\ntitle: Blanks\nlang: en\n---\n\n# One\n\n| Sign | Name |\n|---|---|\n| x ` ` | blank |\n"
    assert differences(read(text), tmp_path, edition) == []
