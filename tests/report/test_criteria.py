"""Every check that a criterion names finds a fault of its kind in the editions it is claimed for, or is not claimed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exporter.pipeline.rule_index import all_rules
from exporter.report.conformance import concerns
from exporter.report.criteria import Criterion, Standard, standards
from exporter.validate import html
from exporter.validate.external.page_validation import PageValidation, checkpoints
from tests.parity import test_ebraille
from tests.parity.audio import planted as audio_parity
from tests.parity.docx.planted import DEFECTS as WORD_PARITY
from tests.parity.faults.planted import PLANTED as FAULTS
from tests.parity.planted import DEFECTS as EPUB_PARITY
from tests.validate.audio import test_planted as audio
from tests.validate.docx import planted as docx_planted
from tests.validate.epub import planted as epub_planted
from tests.validate.epub.test_overlays import DEFECTS as OVERLAYS
from tests.validate.pdf.defects import DEFECTS as PDF_DEFECTS
from tests.validate.test_ebraille import DEFECTS as EBRAILLE
from tests.validate.test_texts import PAGES

RULE_IDS = sorted(
    {found.decode() for found in re.findall(rb"PDFUA1-[A-Z0-9-]+?-\d{3}", Path(page._page.__file__).read_bytes())}
)
"""The rules of PDF/UA-1 that page-validation has."""
RULES = Path(__file__).parent.parent / "rules"
MANUSCRIPT = {path.name for path in RULES.iterdir() if path.name in all_rules()}
"""Rules of which a manuscript under `tests/rules` breaks each."""


def planted(kind: str, check: str) -> set[str]:
    """Return the rules that find a planted fault in editions of a kind, for a check of the project's own."""
    if check in ("lint", "prepare"):
        return MANUSCRIPT
    if check == "parity":
        return _parity(kind)
    pages = {rule for rule, *_ in PAGES.values()}
    markup = {rule.id for rule in html.RULES}
    books = {rule for defect in epub_planted.DEFECTS for rule in (defect.rule, *defect.follows)}
    found = {
        "pdf": {rule for defect in PDF_DEFECTS for rule in defect.found_by} | {"pdf-locked"},
        "word": {defect.rule for defect in docx_planted.DEFECTS},
        "epub": books | {rule for _, _, rules in OVERLAYS.values() for rule in rules},
        "web": pages | (books & markup),
        "sound": {rule for _, rules in audio.SOUNDS.values() for rule in rules},
        "daisy": {rule for _, rules in audio.ARCHIVES.values() for rule in rules},
        "ebraille": {f"ebraille-{rule}" for rule, _ in EBRAILLE.values()},
    }
    return found[kind]


def _parity(kind: str) -> set[str]:
    edition = {"web": "html", "word": "docx"}.get(kind, kind)
    found = {f"parity-{fault.rule}" for fault in FAULTS if fault.edition == edition}
    if kind == "epub":
        found |= {rule for defect in EPUB_PARITY for rule in defect.rules}
    elif kind == "ebraille":
        found |= {rule for rule, *_ in (*test_ebraille.DEFECTS.values(), *test_ebraille.OUTSIDE.values())}
    elif kind == "word":
        found |= {rule for defect in WORD_PARITY for rule in defect.rules}
    elif kind == "pdf":
        found |= {rule for defect in PDF_DEFECTS for rule in defect.found_by}
    elif kind == "sound":
        found |= {rule for script in audio_parity.IN_SCRIPT for rule in script.rules}
    heard = {"sound": ("audio", "mp3", "audiobook"), "captions": ("transcript",), "daisy": ("daisy",)}
    return found | {rule for file in audio_parity.IN_FILE if file.edition in heard.get(kind, ()) for rule in file.rules}


def rules_about(standard: Standard, criterion: Criterion, ids: set[str]) -> set[str]:
    """Return the rules, of some, whose findings count for a criterion."""
    known = all_rules()
    return {rule for rule in ids if concerns(standard, criterion, rule, known[rule].clause)}


EXTERNAL = {
    "epubcheck": [("epub-standard", "")],
    "open-xml-sdk|openxml-audit": [("docx-schema", "")],
    "verapdf|page-validation": [
        ("pdf-standard", f"PDF/UA-1, {rule}; {checkpoint}") for rule in RULE_IDS for checkpoint in checkpoints(rule)
    ],
    "axe": [
        ("html-accessibility", f"axe {rule}") for rule in ("color-contrast; WCAG 1.4.3", "target-size; WCAG 2.5.8")
    ],
    "ace": [
        ("epub-accessibility", f"Ace {title}")
        for title in (
            *("metadata-accessmode", "metadata-accessmodesufficient", "metadata-accessibilityhazard"),
            *(
                "metadata-accessibilitysummary",
                "epub-pagesource",
                "pagebreak-label",
                "link-name; WCAG 2.4.4; WCAG 4.1.2",
            ),
        )
    ],
}
"""What validators of others say: the rule and the clause of a finding. Their own tests show that they find it."""


def claims() -> Iterator[tuple[Standard, Criterion, str, str]]:
    """Yield each check that a criterion names for a kind of edition."""
    for standard in standards():
        for criterion in standard.criterion:
            for kind in criterion.editions or ():
                for need in criterion.needs(kind):
                    yield standard, criterion, kind, need


OWN = ("lint", "prepare", "parity", "structure", "sound")


def test_each_check_of_each_row_finds_a_planted_fault() -> None:
    blind = [
        f"{standard.standard} {criterion.id}: {need} ({kind})"
        for standard, criterion, kind, need in claims()
        if need in OWN and not rules_about(standard, criterion, planted(kind, need))
    ]
    assert blind == []


def test_each_validator_of_others_of_each_row_has_findings_that_count_for_it() -> None:
    blind = [
        f"{standard.standard} {criterion.id}: {need} ({kind})"
        for standard, criterion, kind, need in claims()
        if need not in OWN and not any(concerns(standard, criterion, rule, clause) for rule, clause in EXTERNAL[need])
    ]
    assert blind == []


def test_every_rule_of_page_validation_has_its_checkpoint() -> None:
    assert len(RULE_IDS) > 100
    assert [rule for rule in RULE_IDS if not checkpoints(rule)] == []


def _layer(file: pikepdf.Pdf) -> None:
    group = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    file.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([])))


def _embedded(file: pikepdf.Pdf) -> None:
    specification = Dictionary(Type=Name.Filespec, EF=Dictionary(F=file.make_stream(b"x")))
    names = Array([String("a"), file.make_indirect(specification)])
    file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))


def _form(file: pikepdf.Pdf) -> None:
    config = b"<config><acrobat><acrobat7><dynamicRender>required</dynamicRender></acrobat7></acrobat></config>"
    file.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array([String("config"), file.make_stream(config)]))


def _reference(file: pikepdf.Pdf) -> None:
    values = {"Ref": Dictionary(F=String("a.pdf"), Page=0), "BBox": Array([0, 0, 1, 1])}
    form = file.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, **values)
    file.pages[0].Resources = Dictionary(XObject=Dictionary(X=form))
    file.pages[0].Contents = file.make_stream(b"/Artifact BMC /X Do EMC")


@pytest.mark.parametrize(("row", "plant"), [("20", _layer), ("21", _embedded), ("25", _form), ("30", _reference)])
def test_a_fault_of_a_row_that_page_validation_checks_alone_is_found(
    row: str, plant: Callable[[pikepdf.Pdf], None], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as file:
        file.add_blank_page()
        with file.open_metadata() as metadata:
            metadata["pdfuaid:part"], metadata["dc:title"] = "1", "Title"
        file.Root.MarkInfo, file.Root.Lang = Dictionary(Marked=True), String("en")
        file.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        file.Root.StructTreeRoot = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        plant(file)
        file.save(path)
    (finding,) = PageValidation().check(path).findings
    assert finding.clause.endswith(f"MP {row}")
