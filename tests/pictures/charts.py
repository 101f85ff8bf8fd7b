"""The charts of the report and of the brief. Their figures are those of the manuscripts; a test compares the two."""

from __future__ import annotations

from PIL import Image

from tests.pictures.canvas import BLUE, GREY, INK, ORANGE, PALE, Sheet

HOMICIDES = {2018: 36_685, 2019: 36_661, 2020: 36_773, 2021: 35_700, 2022: 33_287, 2023: 32_252, 2024: 33_550}
"""Homicides registered in the year (INEGI, final figures)."""

CRIMES = {
    "not reported": 896,
    "reported, no investigation": 33,
    "investigated, no good outcome": 59,
    "good outcome": 12,
}
"""Of every 1,000 crimes of 2023 (ENVIPE 2024: 10.4 % reported, 68.0 % of these investigated, 1.2 % good outcome)."""

UNSENTENCED = {2022: (49.3, 38.4), 2023: (46.9, 36.7), 2024: (46.3, 35.7)}
"""Women and men in prison without a sentence at the end of the year, per cent of each (INEGI, CNSIPEF-E)."""

WIDTH = 1800


def homicides() -> Image.Image:
    sheet = Sheet(WIDTH, 1080)
    sheet.text(90, 104, "Homicides registered in Mexico, by year", 52, weight=650)
    sheet.text(90, 160, "Seven years above 32,000; the fall that began in 2021 ended in 2024", 38, GREY)
    base, top, left, step = 930, 240, 205, 218
    for thousands in (0, 10, 20, 30, 40):
        y = base - (base - top) * thousands / 40
        sheet.line([(left, y), (WIDTH - 60, y)], PALE if thousands else INK, 2 if thousands else 3)
        sheet.text(left - 20, y + 11, f"{thousands},000" if thousands else "0", 30, GREY, anchor="rs")
    for place, (year, count) in enumerate(HOMICIDES.items()):
        x, height = left + 40 + place * step, (base - top) * count / 40_000
        last = year == 2024
        sheet.box(x, base - height, 140, height, ORANGE if last else BLUE)
        sheet.text(x + 70, base - height - 18, f"{count:,}", 36, weight=600, anchor="ms")
        sheet.text(x + 70, base + 52, str(year), 36, weight=650 if last else 400, anchor="ms")
    sheet.text(90, 1040, "Source: INEGI, registered deaths (EDR), final figures", 28, GREY)
    return sheet.done()


def crimes() -> Image.Image:
    sheet = Sheet(WIDTH, 1180)
    sheet.text(90, 104, "What became of every 1,000 crimes committed in 2023", 52, weight=650)
    sheet.text(90, 160, "One dot is one crime; 12 ended in a result that was good for the victim", 38, GREY)
    kinds = [kind for kind, count in CRIMES.items() for _ in range(count)]
    step, left, top = 27.2, 104, 232
    for place, kind in enumerate(reversed(kinds)):
        x, y = left + place % 40 * step, top + place // 40 * step * 1.28
        _mark(sheet, x, y, kind, 9.2)
    legend = [
        ("good outcome", "12", "result good for the victim"),
        ("investigated, no good outcome", "59", "investigated, but no result\nor none that helped"),
        ("reported, no investigation", "33", "reported, but no\ninvestigation opened"),
        ("not reported", "896", "never reported"),
    ]
    for (kind, count, words), y in zip(legend, (300, 450, 640, 830), strict=True):
        _mark(sheet, 1262, y - 17, kind, 15)
        sheet.text(1300, y, count, 58, weight=700)
        sheet.text(1300, y + 48, words, 34, GREY)
    sheet.text(90, 1140, "Source: our sum from INEGI, ENVIPE 2024", 28, GREY)
    return sheet.done()


def _mark(sheet: Sheet, x: float, y: float, kind: str, r: float) -> None:
    """Draw a dot whose shape says what its colour says."""
    if kind == "good outcome":
        sheet.polygon([(x, y - r * 1.4), (x + r * 1.4, y), (x, y + r * 1.4), (x - r * 1.4, y)], ORANGE)
    elif kind == "investigated, no good outcome":
        sheet.disc(x, y, r, BLUE)
    elif kind == "reported, no investigation":
        sheet.box(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, INK)
    else:
        sheet.disc(x, y, r, None, line="#8b94a3", width=2.4)


def unsentenced() -> Image.Image:
    sheet = Sheet(WIDTH, 900)
    sheet.text(90, 104, "In prison without a sentence, at the end of the year", 52, weight=650)
    sheet.text(90, 160, "Women wait for a verdict more often than men: about ten points, every year", 38, GREY)
    left, right, low, high = 300, 1690, 30, 55
    for share in range(low, high + 1, 5):
        x = left + (right - left) * (share - low) / (high - low)
        sheet.line([(x, 240), (x, 740)], PALE, 2)
        sheet.text(x, 790, f"{share} %", 32, GREY, anchor="ms")
    for place, (year, (women, men)) in enumerate(UNSENTENCED.items()):
        y = 330 + place * 160
        x1, x2 = (left + (right - left) * (share - low) / (high - low) for share in (men, women))
        sheet.text(90, y + 14, str(year), 44, weight=650)
        sheet.line([(x1, y), (x2, y)], "#8b94a3", 10)
        sheet.box(x1 - 22, y - 22, 44, 44, BLUE)
        sheet.disc(x2, y, 25, ORANGE)
        sheet.text(x1 - 40, y + 13, f"{men} %", 38, BLUE, weight=650, anchor="rs", halo=True)
        sheet.text(x2 + 42, y + 13, f"{women} %", 38, ORANGE, weight=650, halo=True)
        if not place:
            sheet.text(x1, y - 44, "Men", 36, BLUE, weight=650, anchor="ms", halo=True)
            sheet.text(x2, y - 44, "Women", 36, ORANGE, weight=650, anchor="ms", halo=True)
    sheet.text(
        90,
        862,
        "Source: INEGI, census of the prison systems (CNSIPEF-E) 2023, 2024 and 2025. The scale begins at 30 %.",
        28,
        GREY,
    )
    return sheet.done()


def crimes_in_arabic() -> Image.Image:
    sheet = Sheet(WIDTH, 1000)
    right = WIDTH - 90
    sheet.text(right, 118, "مصير كل ألف جريمة وقعت في المكسيك عام 2023", 54, weight=650, anchor="rs", face="arabic")
    sheet.text(right, 196, "اثنتا عشرة منها فقط انتهت بنتيجة في صالح الضحية", 38, GREY, anchor="rs", face="arabic")
    rows = [
        (1000, "جريمة وقعت", "#8b94a3"),
        (104, "أُبلغت بها السلطات", INK),
        (71, "فُتح فيها تحقيق", BLUE),
        (12, "انتهت بنتيجة في صالح الضحية", ORANGE),
    ]
    for place, (count, words, colour) in enumerate(rows):
        y, length = 270 + place * 165, max(1620 * count / 1000, 6)
        sheet.text(right, y + 50, str(count), 46, weight=700, anchor="rs")
        sheet.text(right - 130, y + 48, words, 38, weight=500, anchor="rs", face="arabic")
        sheet.box(right - length, y + 72, length, 46, colour)
    sheet.text(right, 955, "المصدر: حسابنا استنادًا إلى مسح ENVIPE 2024", 28, GREY, anchor="rs", face="arabic")
    return sheet.done()
