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
    sheet = Sheet(WIDTH, 1060)
    sheet.text(60, 84, "Seven years above 32,000; the fall that began in 2021 ended in 2024", 52, weight=650)
    base, top, left, step = 890, 170, 200, 222
    for thousands in (0, 10, 20, 30, 40):
        y = base - (base - top) * thousands / 40
        sheet.line([(left, y), (WIDTH - 40, y)], PALE if thousands else INK, 2 if thousands else 3)
        sheet.text(left - 20, y + 13, f"{thousands},000" if thousands else "0", 40, GREY, anchor="rs")
    for place, (year, count) in enumerate(HOMICIDES.items()):
        x, height = left + 38 + place * step, (base - top) * count / 40_000
        last = year == 2024
        sheet.box(x, base - height, 146, height, ORANGE if last else BLUE)
        sheet.text(x + 73, base - height - 18, f"{count:,}", 46, weight=650, anchor="ms", halo=True)
        sheet.text(x + 73, base + 58, str(year), 46, weight=650 if last else 400, anchor="ms")
    sheet.text(60, 1030, "Source: INEGI, registered deaths, final figures", 38, GREY)
    return sheet.done()


def crimes() -> Image.Image:
    sheet = Sheet(WIDTH, 1060)
    sheet.text(60, 84, "Of 1,000 crimes, 12 ended in a result that was good for the victim", 52, weight=650)
    kinds = [kind for kind, count in CRIMES.items() for _ in range(count)]
    step, left, top = 26.4, 74, 170
    for place, kind in enumerate(reversed(kinds)):
        x, y = left + place % 40 * step, top + place // 40 * step * 1.25
        _mark(sheet, x, y, kind, 9.2)
    legend = [
        ("good outcome", "12", "result good for the victim"),
        ("investigated, no good outcome", "59", "investigated, but no result\nor none that helped"),
        ("reported, no investigation", "33", "reported, but no\ninvestigation opened"),
        ("not reported", "896", "never reported"),
    ]
    for (kind, count, words), y in zip(legend, (220, 400, 630, 860), strict=True):
        _mark(sheet, 1208, y - 20, kind, 18)
        sheet.text(1256, y, count, 68, weight=700)
        sheet.text(1256, y + 58, words, 44, GREY)
    sheet.text(60, 1030, "Source: our sum from INEGI, ENVIPE 2024", 38, GREY)
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
        sheet.disc(x, y, r, None, line="#6f7887", width=2.4)


def unsentenced() -> Image.Image:
    sheet = Sheet(WIDTH, 860)
    sheet.text(60, 84, "Women wait for a verdict more often than men, by about ten points", 52, weight=650)
    left, right, low, high = 280, 1700, 30, 55
    for share in range(low, high + 1, 5):
        x = left + (right - left) * (share - low) / (high - low)
        sheet.line([(x, 160), (x, 690)], PALE, 2)
        sheet.text(x, 744, f"{share} %", 40, GREY, anchor="ms")
    for place, (year, (women, men)) in enumerate(UNSENTENCED.items()):
        y = 280 + place * 160
        x1, x2 = (left + (right - left) * (share - low) / (high - low) for share in (men, women))
        sheet.text(60, y + 17, str(year), 52, weight=650)
        sheet.line([(x1, y), (x2, y)], "#8b94a3", 10)
        sheet.box(x1 - 22, y - 22, 44, 44, BLUE)
        sheet.disc(x2, y, 25, ORANGE)
        sheet.text(x1 - 40, y + 15, f"{men} %", 46, BLUE, weight=650, anchor="rs", halo=True)
        sheet.text(x2 + 42, y + 15, f"{women} %", 46, ORANGE, weight=650, halo=True)
        if not place:
            sheet.text(x1, y - 46, "Men", 46, BLUE, weight=650, anchor="ms", halo=True)
            sheet.text(x2, y - 46, "Women", 46, ORANGE, weight=650, anchor="ms", halo=True)
    sheet.text(60, 830, "Source: INEGI, prison censuses of 2023 to 2025. The scale begins at 30 %.", 38, GREY)
    return sheet.done()


def crimes_in_arabic() -> Image.Image:
    sheet = Sheet(WIDTH, 960)
    right = WIDTH - 60
    sheet.text(
        right, 96, "من كل ألف جريمة انتهت اثنتا عشرة بنتيجة في صالح الضحية", 52, weight=650, anchor="rs", face="arabic"
    )
    rows = [
        (1000, "جريمة وقعت", "#8b94a3"),
        (104, "أُبلغت بها السلطات", INK),
        (71, "فُتح فيها تحقيق", BLUE),
        (12, "انتهت بنتيجة في صالح الضحية", ORANGE),
    ]
    for place, (count, words, colour) in enumerate(rows):
        y, length = 170 + place * 180, max(1680 * count / 1000, 6)
        sheet.text(right, y + 56, str(count), 56, weight=700, anchor="rs")
        sheet.text(right - 150, y + 54, words, 46, weight=500, anchor="rs", face="arabic")
        sheet.box(right - length, y + 80, length, 50, colour)
    sheet.text(right, 925, "المصدر: حسابنا استنادًا إلى مسح ENVIPE 2024", 38, GREY, anchor="rs", face="arabic")
    return sheet.done()
