"""Make the Word manuscripts of `tests/rules` anew: python -m tests.readers.docx.rule_files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.readers.docx.files import custom_properties, field, item, numbering, p, package, part, picture, r, style

RULES = Path(__file__).parents[2] / "rules"
_CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A manuscript</dc:title></cp:coreProperties>"""
_CUSTOM = custom_properties(
    Kind="brief", Date="2026-03-01", Publisher="Open Record", Description="What a manuscript in Word may look like."
)
_FORMAT = '<w:numFmt w:val="{}"/><w:lvlText w:val="%1."/>'


def _file(body: str, **kept: Any) -> bytes:
    parts = {"/docProps/core.xml": _CORE, "/docProps/custom.xml": _CUSTOM, **kept.pop("parts", {})}
    return package(body, parts=parts, **kept)


def _lists(kind: str) -> Mapping[str, str]:
    return {"numbering.xml": numbering(_FORMAT.format(kind))}


def _two(first: str, second: str) -> str:
    return item(first) + item(second)


def _headed(words: str) -> bytes:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/></w:sectPr>'
    header = part("hdr", p(words))
    return _file(_PLAIN + section, parts={"header1.xml": header}, relations={"rIdheader1": ("header", "header1.xml")})


def _noted(first: str) -> bytes:
    """Return a file with a note of a kind and two footnotes, the last of which names “note 1”."""
    kinds = (first, "footnote", "footnote")
    words = ("Minutes of one day.", "Minutes of another.", "Minutes, supra note 1.")
    notes = dict.fromkeys(("footnote", "endnote"), "")
    text = ""
    for identifier, (kind, note) in enumerate(zip(kinds, words, strict=True)):
        notes[kind] += f'<w:{kind} w:id="{identifier}">{p(note)}</w:{kind}>'
        text += p(r(f"{_WORDS}.") + f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>')
    return _file(text, parts={f"{kind}s.xml": part(f"{kind}s", inner) for kind, inner in notes.items()})


_WORDS = "The commission heard every one of the witnesses"
_INSERTED = p(r(f"{_WORDS} ") + '<w:ins w:id="1">' + r("twice") + "</w:ins>" + r("."))
_COMMENTED = p(r(f"{_WORDS}.") + '<w:r><w:commentReference w:id="0"/></w:r>')
_HIDDEN = p(r(f"{_WORDS}.") + r(" Not this one.", "<w:vanish/>"))
_PLAIN = p(f"{_WORDS}.")
_CROPPED = p(picture(more='<a:srcRect l="25000"/>'))
_TABBED = "".join(p(f"<w:r><w:t>{a}</w:t><w:tab/><w:t>{b}</w:t></w:r>") for a, b in (("North", "12"), ("South", "9")))
_TABBED_WELL = p("North had 12 cases, and South had 9.")
_SPOKEN = p(r(f"{_WORDS}, ") + r("whatever their colour", '<w:lang w:val="en-GB"/>') + r("."))
_LOOKS = "".join(f"<w:p><w:pPr>{{0}}</w:pPr>{r(word, '<w:b/>')}</w:p>{_PLAIN}" for word in ("The north", "The south"))
_REFERRED = item('<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + r(f"{_WORDS}.") + '<w:bookmarkEnd w:id="1"/>') + item(
    r("See paragraph ") + field(r"REF _Ref1 \r \h", r("{}")) + r(".")
)
_LARGE = p(r("Those who wait", '<w:b/><w:sz w:val="56"/>'))
_GUESSED = 'descr="A blue square&#10;&#10;Description automatically generated"'

FILES: Mapping[str, tuple[bytes, bytes]] = {
    "word-changes": (_file(_INSERTED), _file(_PLAIN)),
    "word-comments": (_file(_COMMENTED), _file(_PLAIN)),
    "word-hidden": (_file(_HIDDEN), _file(_PLAIN)),
    "word-cropped": (_file(_CROPPED), _file(p(picture()))),
    "word-header-draft": (_headed("Confidential draft"), _headed(f"{_WORDS}.")),
    "word-header-text": (_headed("Embargoed until 12 March"), _headed(f"{_WORDS}.")),
    "figure-caption": (
        _file(p(picture()) + p("Figure 1: The square of the witnesses")),
        _file(p(picture()) + p("Figure 1: The square of the witnesses", "Caption")),
    ),
    "word-empty-paragraphs": (_file(_PLAIN + p() * 3 + _PLAIN), _file(_PLAIN + p() + _PLAIN)),
    "word-tabs": (_file(_TABBED), _file(_TABBED_WELL)),
    "word-heading-look": (
        _file(_LOOKS.format("")),
        _file(_LOOKS.format('<w:pStyle w:val="Heading1"/>')),
    ),
    "word-title-again": (
        _file(p("A manuscript", "Title") + _PLAIN + p("Annex", "Title") + _PLAIN),
        _file(p("A manuscript", "Title") + _PLAIN + p("Annex", "Heading1") + _PLAIN),
    ),
    "word-title-doubtful": (
        _file(p("Open Record", "Title") + _LARGE + _PLAIN),
        _file(p("Open Record") + p("A manuscript", "Title") + _PLAIN),
    ),
    "word-title-twice": (
        _file(p("A manuscript", "Title") + _PLAIN + p("A Manuscript", "Title") + _PLAIN),
        _file(p("A manuscript", "Title") + _PLAIN + p("Annex", "Heading1") + _PLAIN),
    ),
    "word-style-unknown": (
        _file(p(f"{_WORDS}.", "House"), styles=style("House", "House style", custom=True)),
        _file(p(f"{_WORDS}.", "Plain"), styles=style("Plain", "Body Text", custom=True)),
    ),
    "word-alt-automatic": (_file(p(picture(_GUESSED))), _file(p(picture()))),
    "word-numbering": (
        _file(_two("Everybody", "Nobody"), parts=_lists("hebrew1")),
        _file(_two("Everybody", "Nobody"), parts=_lists("lowerRoman")),
    ),
    "word-note-renumbered": (_noted("endnote"), _noted("footnote")),
    "word-reference-outdated": (
        _file(_REFERRED.format("4"), parts=_lists("decimal")),
        _file(_REFERRED.format("1"), parts=_lists("decimal")),
    ),
    "word-language-region": (_file(_SPOKEN), _file(_PLAIN)),
    "word-part-damaged": (
        _file(_PLAIN, parts={"numbering.xml": "<w:numbering"}),
        _file(_PLAIN, parts={"numbering.xml": part("numbering", "")}),
    ),
}


def main() -> None:
    """Write all of them."""
    for name, (bad, good) in FILES.items():
        folder = RULES / name / "in"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manuscript.docx").write_bytes(bad)
        (folder / "good.docx").write_bytes(good)


if __name__ == "__main__":
    main()
