"""Manuscripts that people bring to the studio."""

from __future__ import annotations

import io

from docx import Document
from docx.shared import Mm
from PIL import Image, ImageDraw


def chart(colour: str = "#1d4f7c") -> bytes:
    """Return a picture of a chart."""
    image = Image.new("RGB", (640, 400), "white")
    draw = ImageDraw.Draw(image)
    for number, height in enumerate((90, 160, 130, 240, 310)):
        draw.rectangle((60 + number * 110, 370 - height, 130 + number * 110, 370), fill=colour)
    draw.line((40, 370, 620, 370), fill="black", width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def word_report() -> bytes:
    """Return a report with two pictures without description, a table without header row and a bold line as heading."""
    document = Document()
    document.core_properties.title = ""
    document.core_properties.author = ""
    document.add_heading("Water on the islands", 0)
    document.add_heading("What we saw", 1)
    document.add_paragraph("Between March and May the wells of three islands ran dry, and people bought water.")
    document.add_picture(io.BytesIO(chart()), width=Mm(90))
    document.add_paragraph("Prices rose in each month after the pumps had stopped.")
    document.add_paragraph().add_run("Who pays").bold = True
    document.add_paragraph("Families pay more than hotels do. Read more here about the tariffs of the last ten years.")
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, (("Island", "Price"), ("Norra", "4.20"), ("Sulla", "5.10")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("What should change", 1)
    document.add_paragraph("Every household has a right to fifty litres of water a day at a price that it can pay.")
    document.add_picture(io.BytesIO(chart("#a2341c")), width=Mm(90))
    document.add_paragraph("The pumps can be repaired before the next summer.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def long_word_report() -> bytes:
    """Return the report with 20 pages: its first two pictures have no description, four others have one."""
    document = Document(io.BytesIO(word_report()))
    sentence = "People who live on the islands measured the water of their wells in each week of the year. "
    for chapter in range(1, 13):
        document.add_heading(f"What we heard in place {chapter}", 1)
        for paragraph in range(1, 9):
            document.add_paragraph(f"Visit {paragraph} of place {chapter}. {sentence * 5}")
        if chapter % 3 == 0:
            document.add_picture(io.BytesIO(chart(f"#{chapter:02}6644")), width=Mm(120))
            shape = document.inline_shapes[-1]
            shape._inline.docPr.set("descr", f"Bar chart: what place {chapter} pays in each month.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
