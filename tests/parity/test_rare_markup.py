"""What manuscripts rarely ask for is in the editions, and is of the manuscript."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter import transforms
from tests.parity.test_hard_manuscripts import differences, read


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


BESIDE = """<html lang="en"><title>Rooms</title><main><h1>Rooms</h1><table><tr>
<td><p>Courts.</p><p>Cells.</p><p>Wards.</p></td><td><h2>Rooms of the old prison</h2><p>Four.</p></td>
</tr></table></main></html>"""


def test_bookmarks_may_lead_to_a_heading_in_a_cell_beside_lines_of_another(tmp_path: Path) -> None:
    assert differences(read(BESIDE), tmp_path, "pdf") == []


ARABIC = """---
title: العدالة البعيدة
lang: ar
---

# من الجريمة إلى الملف

"""


def test_running_heads_in_arabic_are_known(tmp_path: Path) -> None:
    words = "\n\n".join(f"هذه فقرة كاملة رقم {number}." for number in range(60))
    assert differences(read(ARABIC + words), tmp_path, "pdf") == []
