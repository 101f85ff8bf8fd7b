"""A talking book read back, and what has to hold in every one (DAISY 2.02; Skippable Structures)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import urldefrag

from lxml import etree

HTML = "{http://www.w3.org/1999/xhtml}"
REQUIRED = (
    *("dc:title", "dc:creator", "dc:date", "dc:format", "dc:identifier", "dc:language", "dc:publisher"),
    *("ncc:charset", "ncc:tocItems", "ncc:totalTime", "ncc:multimediaType", "ncc:narrator", "ncc:depth", "ncc:files"),
    *("ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial", "ncc:maxPageNormal", "ncc:setInfo", "ncc:footnotes"),
    *("ncc:sidebars", "ncc:prodNotes", "ncc:generator"),
)
MARKS = ("page-normal", "page-front", "page-special", "noteref")
HEADINGS = tuple(f"{HTML}h{level}" for level in range(1, 7))


def milliseconds(clock: str) -> int:
    """Read a clock value: 0:01:02.003, or npt=62.003s."""
    total = 0.0
    for part in clock.removeprefix("npt=").removesuffix("s").split(":"):
        total = total * 60 + float(part)
    return round(total * 1000)


class Talking:
    """A talking book."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        names = [name for name in self.files if name.endswith((".html", ".smil"))]
        self.roots = {name: etree.fromstring(self.files[name]) for name in names}
        self.smils = sorted(name for name in names if re.fullmatch(r"d\d+\.smil", name))
        self.documents = sorted(name for name in names if re.fullmatch(r"t\d+\.html", name))
        self.ids = {
            name: {element.get("id"): element for element in root.iter() if element.get("id")}
            for name, root in self.roots.items()
        }

    @cached_property
    def metadata(self) -> dict[str, str]:
        return self.metas("ncc.html")

    def metas(self, name: str) -> dict[str, str]:
        return {
            element.get("name"): element.get("content")
            for element in self.roots[name].iter("meta", f"{HTML}meta")
            if element.get("name")
        }

    @cached_property
    def lines(self) -> list[etree._Element]:
        return list(self.roots["ncc.html"].find(f"{HTML}body"))

    def headings(self) -> list[tuple[int, str]]:
        return [(int(line.tag[-1]), "".join(line.itertext())) for line in self.lines if line.tag in HEADINGS]

    def kind(self, name: str) -> list[str]:
        return ["".join(line.itertext()) for line in self.lines if line.get("class") == name]

    def target(self, address: str, here: str) -> etree._Element | None:
        """Return what an address inside the book points at."""
        name, fragment = urldefrag(address)
        return self.ids[name or here].get(fragment) if fragment else self.roots[name or here]

    def pars(self) -> Iterator[tuple[str, etree._Element, etree._Element]]:
        """Yield the SMIL file, the par and what it points at, in order."""
        for name in self.smils:
            for par in self.roots[name].iter("par"):
                element = self.target(par.find("text").get("src"), name)
                assert element is not None, etree.tostring(par)
                yield name, par, element

    def faults(self) -> list[str]:
        """Return everything that is wrong."""
        return [
            *self._names(),
            *self._addresses(),
            *self._clips(),
            *self._times(),
            *self._counts(),
            *self._unheard(),
        ]

    def _names(self) -> Iterator[str]:
        for name in self.files:
            if not re.fullmatch(r"[a-z][a-z0-9]{0,7}\.(html|smil|mp3|css|jpg|png|gif)", name):
                yield f"file name: {name}"

    def _addresses(self) -> Iterator[str]:
        for name, root in self.roots.items():
            for element in root.iter():
                for attribute in ("href", "src"):
                    address = element.get(attribute)
                    if address is None or re.match(r"https?:|mailto:|tel:", address):
                        continue
                    file, fragment = urldefrag(address)
                    if file and file not in self.files:
                        yield f"{name}: no file {address}"
                    elif fragment and self.target(address, name) is None:
                        yield f"{name}: no place {address}"
        for line in self.lines:
            target = self.target(line[0].get("href"), "ncc.html")
            if target is None or target.tag != "text":
                yield f"ncc: {line[0].get('href')} leads into no SMIL text"

    def _clips(self) -> Iterator[str]:
        for name in self.smils:
            length, at = milliseconds(self.metas(name)["ncc:timeInThisSmil"]), 0
            for audio in self.roots[name].iter("audio"):
                begin, end = milliseconds(audio.get("clip-begin")), milliseconds(audio.get("clip-end"))
                if begin != at or end <= begin or end > length:
                    yield f"{name}: clip {begin}-{end} after {at}, of {length}"
                at = end
            if at != length:
                yield f"{name}: {at} of {length} ms have a text"

    def _times(self) -> Iterator[str]:
        total = 0
        for name in self.smils:
            metas = self.metas(name)
            if milliseconds(metas["ncc:totalElapsedTime"]) != total:
                yield f"{name}: elapsed {metas['ncc:totalElapsedTime']}, not {total} ms"
            total += milliseconds(metas["ncc:timeInThisSmil"])
        if milliseconds(self.metas("master.smil")["ncc:timeInThisSmil"]) != total:
            yield "master.smil: another time than the sum"
        if abs(milliseconds(self.metadata["ncc:totalTime"]) - total) > 500:
            yield "ncc: another time than the sum"
        listed = [ref.get("src") for ref in self.roots["master.smil"].iter("ref")]
        if listed != self.smils:
            yield f"master.smil: {listed}"

    def _counts(self) -> Iterator[str]:
        for name in REQUIRED:
            if not self.metadata.get(name):
                yield f"ncc: no {name}"
        expected = {
            "ncc:tocItems": len(self.lines),
            "ncc:files": len(self.files),
            "ncc:pageNormal": len(self.kind("page-normal")),
            "ncc:pageFront": len(self.kind("page-front")),
            "ncc:pageSpecial": len(self.kind("page-special")),
            "ncc:footnotes": len(self.kind("noteref")),
            "ncc:sidebars": len(self.kind("sidebar")),
            "ncc:prodNotes": len(self.kind("optional-prodnote")),
            "ncc:depth": max(level for level, _ in self.headings()),
        }
        for name, count in expected.items():
            if self.metadata[name] != str(count):
                yield f"ncc: {name} is {self.metadata[name]}, not {count}"

    def _unheard(self) -> Iterator[str]:
        """Yield words that no event reads, or more than one; marks of notes and pages have events of their own."""
        read = [element for _, _, element in self.pars()]
        if len(set(read)) != len(read):
            yield "an element is read twice"
        read_once = set(read)
        for name in self.documents:
            for text in self.roots[name].find(f"{HTML}body").xpath(".//text()"):
                if not any(char.isalnum() for char in text):
                    continue
                holder = text.getparent().getparent() if text.is_tail else text.getparent()
                above = [each for each in (holder, *holder.iterancestors()) if each in read_once]
                whole = [each for each in above if each.get("class") not in MARKS]
                if not above or len(whole) > 1:
                    yield f"{name}: {len(above)} events read “{text.strip()[:60]}”"
            for picture in self.roots[name].iter(f"{HTML}img"):
                if picture.get("alt") and not {picture, *picture.iterancestors()} & read_once:
                    yield f"{name}: nobody reads the picture “{picture.get('alt')[:60]}”"
