"""Faults of what readers meet are found in every edition that can have them, and nothing in the good ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from exporter import model as m
from exporter.inspect.docx.xml import name
from exporter.parity.docx.additions import additions
from tests.parity.compared import compare
from tests.parity.faults import manuscript
from tests.parity.faults.editing import Files
from tests.parity.faults.planted import ALL, HEARD, Planted
from tests.parity.faults.styled import HARMLESS
from tests.shared_builds import build_once

Good = tuple[m.Publication, Mapping[str, Path], Mapping[str, Mapping[str, bytes]]]


@pytest.fixture(scope="module")
def good(shared: Path) -> Good:
    """The manuscript and its text editions, written once for all processes of this run."""
    return build_once(shared / "faults", manuscript.write)


def test_nothing_is_found_in_good_editions(good: Good) -> None:
    tree, paths, sidecars = good
    assert [str(finding) for finding in compare(tree, paths, **sidecars)] == []


def test_nothing_is_found_in_styles_that_change_nothing(good: Good, tmp_path: Path) -> None:
    tree, paths, sidecars = good
    files = Files(paths["html"])
    files.style(HARMLESS)
    found = compare(tree, {"html": files.save(tmp_path / "book.html")}, **sidecars)
    # A style sheet of others has other properties, and the policy of the page does not know it.
    assert [str(finding) for finding in found if "style sheet" not in finding.message] == []


def test_a_thin_picture_is_seen_and_a_text_box_of_a_header_is_an_addition() -> None:
    header = etree.Element(name("hdr"))
    inline = etree.SubElement(etree.SubElement(header, name("p")), name("wp:inline"))
    extent = etree.SubElement(inline, name("wp:extent"), cx="5486400", cy="10287")
    assert list(additions(header)) == []
    extent.set("cx", "12000")
    etree.SubElement(header, name("txbxContent"))
    assert [finding.rule for finding in additions(header)] == ["parity-text", "parity-pictures"]


@pytest.mark.parametrize("planted", ALL)
def test_a_fault_is_found(planted: Planted, good: Good, tmp_path: Path) -> None:
    tree, paths, sidecars = good
    bad = planted.plant(paths[planted.edition], tmp_path)
    others = {"pdf": paths["pdf"]} if planted.rule == "pages" and planted.edition != "pdf" else {}
    given = sidecars["sounds"] if planted.kind in HEARD else None
    found = {finding.rule for finding in compare(tree, {**others, planted.edition: bad}, sounds=given)}
    assert f"parity-{planted.rule}" in found


def _in_other_colours(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        ImageOps.invert(picture.convert("RGB")).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("edition", "folder"), [("epub", "images/"), ("daisy", "p00"), ("docx", "word/media/")])
def test_pictures_with_other_pixels_are_found(edition: str, folder: str, good: Good, tmp_path: Path) -> None:
    tree, paths, sidecars = good
    bad = tmp_path / paths[edition].name
    with zipfile.ZipFile(paths[edition]) as before, zipfile.ZipFile(bad, "w") as after:
        for name_ in before.namelist():
            is_picture = folder in name_ and name_.endswith(".png")
            after.writestr(name_, _in_other_colours(before.read(name_)) if is_picture else before.read(name_))
    assert {finding.rule for finding in compare(tree, {edition: bad}, **sidecars)} == {"parity-pictures"}


def test_pictures_of_a_pdf_with_other_pixels_are_found(good: Good, tmp_path: Path) -> None:
    tree, paths, sidecars = good
    bad = tmp_path / "book.pdf"
    with pikepdf.open(paths["pdf"]) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                thing.write(thing.read_raw_bytes()[::-1], filter=thing.Filter, decode_parms=thing.get("/DecodeParms"))
        pdf.save(bad)
    assert "parity-pictures" in {finding.rule for finding in compare(tree, {"pdf": bad}, **sidecars)}
