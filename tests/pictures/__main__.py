"""Draw every picture of `input/` again."""

from __future__ import annotations

from pathlib import Path

from tests.pictures import charts, corridor, diagram, easy_read, scenes
from tests.pictures.canvas import save_flat, save_photo

INPUT = Path(__file__).parent.parent.parent / "input"


def main() -> None:
    report = INPUT / "access-to-justice-report" / "img"
    save_flat(charts.homicides(), report / "homicides.png")
    save_flat(charts.crimes(), report / "crimes.png")
    save_flat(charts.unsentenced(), report / "unsentenced.png")
    save_flat(scenes.ornament(), report / "ornament.png")
    save_photo(scenes.report_cover(), report / "cover.jpg", 82)
    save_flat(charts.crimes_in_arabic(), INPUT / "arabic-brief" / "img" / "crimes.png")
    save_flat(diagram.editions(), INPUT / "handbook" / "img" / "editions.png")
    save_photo(scenes.volcano_morning(), INPUT / "asylum-dispatch" / "img" / "volcano.jpg")
    save_photo(corridor.corridor(), report / "corridor.jpg")
    for name, draw in easy_read.PICTURES.items():
        save_flat(draw(), INPUT / "submission-easy-read" / "img" / f"{name}.png")


if __name__ == "__main__":
    main()
