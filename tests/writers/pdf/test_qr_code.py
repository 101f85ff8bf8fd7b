"""The QR code of the page of all editions: a figure with its address, and the address beside it as a link."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter.contracts import PageLinks
from exporter.inspect.pdf import open_pdf
from exporter.parity import EditionComparer
from exporter.parity.pdf import EXTRACTOR
from exporter.writers import pdf
from exporter.writers.pdf import qr_code
from tests.write_context import write_context
from tests.writers.sample import p

ADDRESS = "https://example.org/publications/corridor/index.html"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> tuple[m.Publication, Path]:
    folder = tmp_path_factory.mktemp("qr")
    publication = m.Publication(m.Metadata(title="Corridor", language="de"), body=(p("Sie warten."),))
    context = msgspec.structs.replace(write_context(folder, "de"), links=PageLinks(ADDRESS))
    target = folder / "made.pdf"
    pdf.write(publication, context, pdf.Options(), target)
    return publication, target


def test_it_is_a_figure_with_its_address_which_is_a_link_beside_it(paper: tuple[m.Publication, Path]) -> None:
    with open_pdf(paper[1]) as file:
        (figure,) = file.structure.root.all("Figure")
        assert figure.alt == f"QR-Code mit der Adresse {ADDRESS}"
        assert figure.parent is not None
        assert [file.text(node).strip() for node in figure.parent.nodes if node.type == "Link"] == [ADDRESS]


def test_the_comparison_knows_it_and_finds_any_other_picture(paper: tuple[m.Publication, Path]) -> None:
    publication, path = paper
    assert EditionComparer(publication).compare("pdf", path, EXTRACTOR).findings == ()
    text = msgspec.structs.replace(publication, body=(p("Sie warten."), p("Und warten.")))
    assert EditionComparer(text).compare("pdf", path, EXTRACTOR).findings


def test_a_picture_that_names_an_address_without_a_link_beside_it_is_no_code(tmp_path: Path) -> None:
    publication = m.Publication(m.Metadata(title="Corridor", language="de"), body=(p("Sie warten."),))
    context = msgspec.structs.replace(write_context(tmp_path, "de"), links=PageLinks("javascript:alert(1)"))
    pdf.write(publication, context, pdf.Options(), tmp_path / "made.pdf")
    findings = EditionComparer(publication).compare("pdf", tmp_path / "made.pdf", EXTRACTOR).findings
    assert [finding.rule for finding in findings] == ["parity-pictures"]


def test_without_an_address_there_is_none(tmp_path: Path) -> None:
    publication = m.Publication(m.Metadata(title="Corridor", language="de"), body=(p("Sie warten."),))
    pdf.write(publication, write_context(tmp_path, "de"), pdf.Options(), tmp_path / "made.pdf")
    with open_pdf(tmp_path / "made.pdf") as file:
        assert list(file.structure.root.all("Figure")) == []


def test_the_code_has_space_around_it_and_grows_with_the_address() -> None:
    short, long = (qr_code.svg(qr_code.image_address(address)) for address in ("https://example.org/", ADDRESS * 4))
    assert b'viewBox="0 0 33 33"' in short
    assert b"M4 4.5h7" in short
    assert len(long) > 2 * len(short)
    assert qr_code.image_address(ADDRESS * 40) == ""
