"""Cross-references to numbers, as Word wrote them when it updated them last."""

from __future__ import annotations

import pytest

from tests.readers.docx.files import field, item, numbering, p, r, read

_RESTARTS = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def _message(reference: str, *, depth: int = 0, label: str = "%1.", kind: str = "decimal") -> str:
    levels = (f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{label}"/>', "lowerLetter")
    marked = '<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + r("Words.") + '<w:bookmarkEnd w:id="1"/>'
    body = p(reference) + item("Words.") + item("Words.") + item(marked, depth)
    found = read(body, parts={"numbering.xml": numbering(*levels, instances=_RESTARTS)})
    return "".join(finding.message for finding in found.findings if finding.rule == "word-reference-outdated")


@pytest.mark.parametrize(
    ("shown", "depth", "label"),
    [
        ("3", 0, "%1."),
        ("3", 0, "[%1]"),
        ("3", 0, "Article %1."),
        ("a", 1, "%1."),
        ("A", 1, "%1."),
        ("2(a)", 1, "%1."),
        ("", 0, "%1."),
    ],
)
def test_a_reference_that_shows_the_number_of_its_paragraph_is_no_finding(shown: str, depth: int, label: str) -> None:
    assert not _message(r("See ") + field(r"REF _Ref1 \r \h", r(shown)), depth=depth, label=label)


def test_a_reference_to_another_number_is_reported_with_the_right_one() -> None:
    message = "Cross-references have other numbers than their paragraphs: “12” leads to 3."
    assert _message(r("See ") + field(r"REF _Ref1 \n \h", r("12"))) == message
    assert _message(f'<w:fldSimple w:instr=" REF _Ref1 \\w ">{r("12")}</w:fldSimple>') == message
    assert _message(field(r"REF _Ref1 \r", r("2(b)")), depth=1).endswith("“2(b)” leads to a.")


@pytest.mark.parametrize(
    ("code", "shown"), [(r"REF _Ref1 \r \p \h", "3 above"), (r"REF _Ref1 \r", "٣"), (r"REF _Ref1 \r", "Three")]
)
def test_a_number_may_be_in_other_digits_or_words_and_beside_above(code: str, shown: str) -> None:
    assert not _message(field(code, r(shown)))


def test_a_number_in_a_format_that_is_not_known_is_compared_with_none() -> None:
    assert not _message(field(r"REF _Ref1 \r", r("3rd")), kind="chicago2")


def test_a_reference_to_a_heading_about_errors_is_sound() -> None:
    assert not _message(field(r"REF _Ref1 \h", r("Erreurs judiciaires et indemnisation")))
    assert "is gone" in _message(field(r"REF _Ref9 \h", r("Erreur ! Source du renvoi introuvable.")))


def test_a_reference_whose_target_is_gone_is_reported_as_such() -> None:
    message = _message(field(r"REF _Ref9 \r \h", r("Error! Reference source not found.")) * 2)
    assert message == "The target of a cross-reference is gone in 2 places: “Error! Reference source not found.”."


def test_three_references_are_named_and_the_others_counted() -> None:
    message = _message("".join(field(r"REF _Ref1 \r", r(str(shown))) for shown in range(12, 17)))
    assert message.endswith("“12” leads to 3, “13” leads to 3, “14” leads to 3 and 2 more.")


def test_a_reference_that_is_hidden_is_not_compared() -> None:
    hidden = field(r"REF _Ref1 \r", r("12", "<w:vanish/>")).replace(
        "<w:r><w:fld", "<w:r><w:rPr><w:vanish/></w:rPr><w:fld"
    )
    assert not _message(r("See ") + hidden)


def test_a_reference_to_words_is_none_to_a_number() -> None:
    assert not _message(r("See ") + field(r"REF _Ref1 \h", r("The words")))
    assert not _message(r("See ") + field(r"REF _Other \r", r("7")))
