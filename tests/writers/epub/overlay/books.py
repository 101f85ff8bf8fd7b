"""Books that are read aloud: with a real voice, or with one that only counts letters and costs nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter import model as m
from exporter import transforms
from exporter.contracts import WriteResult
from exporter.writers import audio, epub
from tests.counting import Counting, spoken_by
from tests.writers.epub.books import Bench, Book

VOICED = epub.Options()


def voiced(bench: Bench, tree: m.Publication, options: epub.Options = VOICED) -> tuple[Path, WriteResult]:
    """Write a publication as the pipeline would, with its voice."""
    return bench.write(transforms.apply(tree, "book"), options=options)


def counted(bench: Bench, tree: m.Publication, wishes: audio.Options | None = None) -> Path:
    """Write a publication with a voice that costs nothing, as the settings of the audio edition wish."""
    made = transforms.apply(tree, "book")
    shop = msgspec.structs.replace(
        bench.workshop(made.metadata.language), settings={"audio": wishes or audio.Options()}
    )
    with spoken_by(Counting):
        epub.write(made, shop, VOICED, bench.folder / "counted.epub")
    return bench.folder / "counted.epub"


SMIL = {"s": "http://www.w3.org/ns/SMIL", "e": "http://www.idpf.org/2007/ops"}


class Overlay:
    """An overlay read back."""

    def __init__(self, book: Book, name: str) -> None:
        self.root = book.document(f"{name}.smil")
        self.text = book.document(f"{name}.xhtml")

    def pars(self) -> list[tuple[str, str]]:
        """Return the words that each par points at, and its type."""
        return [(self.words(par), par.get(f"{{{SMIL['e']}}}type") or "") for par in self.find("//s:par")]

    def words(self, par: object) -> str:
        source = par.find("s:text", SMIL).get("src")  # type: ignore[attr-defined]  # an element of lxml
        element = self.text.xpath("//*[@id=$name]", name=source.partition("#")[2])[0]
        return " ".join("".join(element.itertext()).split()) or element.get("alt") or element.get("aria-label") or ""

    def find(self, path: str) -> list:  # type: ignore[type-arg]  # elements of lxml
        return self.root.xpath(path, namespaces=SMIL)

    def clips(self) -> list[tuple[float, float]]:
        return [(seconds(each.get("clipBegin")), seconds(each.get("clipEnd"))) for each in self.find("//s:audio")]


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)
