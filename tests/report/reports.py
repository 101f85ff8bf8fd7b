"""Reports to look at and to test with: one of a publication with all there is, and any that hypothesis thinks of."""

from __future__ import annotations

import hashlib

import msgspec
from hypothesis import strategies as st

from exporter.config import GateLevel
from exporter.findings import Finding, Rule, Severity
from exporter.model import Contact, Source
from exporter.pipeline.registry import discover
from exporter.report import model as r

INSTALLED = discover().descriptions
MEDIA = {
    "pdf": "application/pdf",
    "large-print": "application/pdf",
    "print": "application/pdf",
    "epub": "application/epub+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "audio": "audio/mp4",
    "daisy": "application/zip",
    "transcript": "text/vtt",
    "chapters": "application/json+chapters",
}
SUFFIXES = {
    "large-print": "-large-print.pdf",
    "print": "-print.pdf",
    "audio": ".m4b",
    "daisy": "-daisy.zip",
    "transcript": ".vtt",
    "chapters": "-chapters.json",
}
ALT = Rule(
    "alt-missing",
    Severity.ERROR,
    "Each picture is described, or marked as decorative.",
    "Write an alt text.",
    "WCAG 1.1.1, EN 301 549 10.1.1.1, ISO 14289-1 7.3",
)
VAGUE = Rule(
    "link-vague",
    Severity.WARNING,
    "The words of a link say where it leads, read alone.",
    "Name what it leads to.",
    "WCAG 2.4.4, 2.4.9 F84",
)
SAME = Rule(
    "parity-text",
    Severity.ERROR,
    "Every edition has all words of the manuscript, once.",
    "This is a fault of the exporter, not of the manuscript: please report it.",
    "EN 301 549 5.4",
)
HEADS = Rule(
    "table-row-headers",
    Severity.NOTE,
    "Where the first column names the rows, its cells are row headers.",
    "Add {.row-headers}.",
    "WCAG 1.3.1 H63",
)
CAPTION = Rule(
    "table-caption",
    Severity.WARNING,
    "Each table has a caption that says what it shows.",
    "Add a line that begins with “Table:”.",
    "WCAG 1.3.1 H39",
)


def edition(
    name: str, standing: r.EditionStatus = r.EditionStatus.MADE, slug: str = "informe", **more: object
) -> r.EditionReport:
    file = f"{slug}{SUFFIXES.get(name, f'.{name}')}"
    digest = hashlib.sha256(file.encode()).hexdigest()
    one = r.EditionReport(name, file, standing, MEDIA.get(name, ""), 1_234_567, digest)
    return msgspec.structs.replace(one, **more)


def at(line: int, file: str = "manuscript.md") -> Source:
    return Source(file, line)


def clean(*names: str, **more: object) -> r.Report:
    """A report of editions in which nothing was found and every check ran."""
    names = names or ("html", "pdf", "epub", "docx", "audio")
    checks = [
        r.CheckReport("parse", "Reading the manuscript", ran=True),
        r.CheckReport("prepare", "Pictures", ran=True),
        r.CheckReport("lint", "Rules for manuscripts", ran=True),
    ]
    outside = {
        "pdf": (
            ("verapdf", "veraPDF", ("PDF/UA-1", "PDF/A-2a")),
            ("page-validation", "page-validation", ("PDF/UA-1",)),
        ),
        "epub": (("epubcheck", "EPUBCheck", ("EPUB 3.3",)), ("ace", "Ace by DAISY", ("EPUB Accessibility 1.1",))),
        "docx": (("open-xml-sdk", "Open XML SDK validator", ("ISO/IEC 29500",)),),
    }
    for name in names:
        checks.append(r.CheckReport("parity", "Comparison with the manuscript", ran=True, edition=name))
        checks.append(r.CheckReport("structure", "Structure", ran=True, edition=name, version="0.1.0"))
        for check, title, standards in outside.get(name.replace("large-print", "pdf"), ()):
            checks.append(r.CheckReport(check, title, ran=True, edition=name, version="1.31", standards=standards))
    facts = tuple(
        r.CountRow(fact, number, {name: r.CountCell(number, agrees=True) for name in names})
        for fact, number in (("headings", 24), ("words", 8123), ("pictures", 36), ("tables", 4), ("links", 51))
    )
    report = r.Report(
        r.FORMAT,
        "0.1.0",
        "informe",
        "manuscript.md",
        "Informe anual",
        "es-MX",
        "report",
        GateLevel.ERROR,
        tuple(edition(name) for name in names),
        tuple(checks),
        (),
        r.count(()),
        facts=facts,
    )
    return msgspec.structs.replace(report, **more)


def full() -> r.Report:
    """A report with everything that a report can hold."""
    names = ("html", "pdf", "large-print", "print", "epub", "docx", "audio", "daisy", "transcript", "chapters")
    base = clean(*names)
    found = [ALT.finding(f"The picture “img/foto-{n}.jpg” has no alt text.", at(40 + 7 * n)) for n in range(120)]
    found += [VAGUE.finding(f"The link is called “haz clic aquí” ({n}).", at(12 + n)) for n in range(3)]
    found.append(CAPTION.finding("The table has no caption.", at(310)))
    found += [
        SAME.finding("“La cifra oculta” is missing.", at(77), edition=name, place="page 3, Document/Sect[2]/P[4]")
        for name in ("pdf", "large-print")
    ]
    found += [HEADS.finding("The first column of the table looks like names of rows.", at(n)) for n in (210, 260)]
    waived = r.Waived(
        VAGUE.finding("The link is called “más”.", at(500)), "It is the name of the campaign.", "2027-03-31"
    )
    quiet = (
        r.CheckReport(
            "ace", "Ace by DAISY", ran=False, edition="epub", reason="Ace is not installed. Run: make validators"
        ),
        r.CheckReport(
            "verapdf",
            "veraPDF",
            ran=False,
            edition="large-print",
            reason="veraPDF is not installed. Run: make validators",
        ),
        r.CheckReport(
            "verapdf", "veraPDF", ran=False, edition="pdf", reason="veraPDF is not installed. Run: make validators"
        ),
    )
    left_out = {(one.name, one.edition) for one in quiet}
    checks = tuple(one for one in base.checks if (one.name, one.edition) not in left_out) + quiet
    facts = list(base.facts)
    facts[1] = msgspec.structs.replace(
        facts[1],
        editions=dict(facts[1].editions)
        | {
            "pdf": r.CountCell(8120, agrees=False),
            "chapters": r.CountCell(None, reason="Chapter marks hold headings alone."),
        },
    )
    editions = [edition(name, pages=48 if "p" in name else 0) for name in names]
    editions[6] = edition("audio", seconds=4125.0)
    editions[7] = edition("daisy", r.EditionStatus.FAILED, reason="It took longer than 3,600 seconds.")
    looks = (
        r.ManualCheck(
            "36 alt texts",
            "Is each true, and does it say what the picture is there for?",
            ("WCAG 1.1.1",),
            tuple(at(n) for n in range(40, 300, 9)),
        ),
        r.ManualCheck(
            "3 video scripts or interviews", "Is all that is said in it?", ("WCAG 1.2.1",), (at(14), at(90), at(130))
        ),
        r.ManualCheck("The whole text", "Does it make sense when it is only heard?", ("WCAG 1.3.2", "WCAG 1.3.3")),
    )
    return msgspec.structs.replace(
        base,
        editions=tuple(editions),
        checks=checks,
        findings=tuple(found),
        counts=r.count(found),
        published=False,
        facts=tuple(facts),
        waived=(waived,),
        rules=(ALT, VAGUE, SAME, HEADS, CAPTION),
        looks=looks,
        weighed=(
            r.OverriddenRule("link-local", "off", "publication.toml", 3),
            r.OverriddenRule("table-wide", "warning", "house.toml", 1),
        ),
        content={
            "pictures": 36,
            "tables": 4,
            "links": 51,
            "headings": 24,
            "formulas": 0,
            "notes": 12,
            "lists": 3,
            "abbreviations": 0,
        },
        publisher="Open Record",
        date="2026-02-02",
        contact=Contact("Open Record", "formats@openrecord.example"),
    )


def arabic() -> r.Report:
    """A report of a publication that runs from right to left."""
    found = (
        VAGUE.finding("The link is called “اضغط هنا (PDF)”.", at(9)),
        HEADS.finding("The table “الجدول 2” has no row headers.", at(30)),
    )
    return clean(
        "html",
        "pdf",
        "epub",
        title="تقرير عن حالة السجون: 2025 (PDF)",
        language="ar",
        findings=found,
        counts=r.count(found),
        rules=(VAGUE,),
    )


ANY_TEXT = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    [
        "",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "“a <b> & ‘c’”",
        "]](javascript:x) {0} {{",
        "\u202eabc",
        "a\x00b",
        "-->",
        "]]>",
        "</style>",
    ]
)
NAMES = st.sampled_from([*MEDIA, "mp3", "braille"]) | ANY_TEXT
RULE_IDS = st.sampled_from(["alt-missing", "link-vague", "parity-text", "pdf-standard", "x"]) | ANY_TEXT
CLAUSES = st.sampled_from(["", "WCAG 1.1.1, 2.4.4", "ISO 14289-1, 7.3; MP 13-004", "EN 301 549 5.4"]) | ANY_TEXT
SOURCES = st.builds(Source, ANY_TEXT, st.integers(0, 10**6), ANY_TEXT)
FINDINGS = st.builds(
    Finding,
    RULE_IDS,
    st.sampled_from(Severity),
    ANY_TEXT,
    ANY_TEXT,
    CLAUSES,
    st.none() | SOURCES,
    st.just("") | NAMES,
    ANY_TEXT,
)
DIGESTS = st.sampled_from(["", "a" * 64])
EDITIONS = st.builds(
    r.EditionReport,
    NAMES,
    ANY_TEXT,
    st.sampled_from(r.EditionStatus),
    ANY_TEXT,
    st.integers(0, 10**12),
    DIGESTS,
    ANY_TEXT,
    st.integers(0, 9999),
    st.floats(0, 10**6),
)
CHECKS = st.builds(
    r.CheckReport,
    st.sampled_from(["lint", "parity", "structure", "verapdf", "write:pdf"]) | ANY_TEXT,
    ANY_TEXT,
    st.booleans(),
    st.just("") | NAMES,
    ANY_TEXT,
    ANY_TEXT,
    st.lists(ANY_TEXT, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(["error", "warning", "note"]), st.integers(0, 99)),
    st.booleans(),
)
CELLS = st.builds(r.CountCell, st.none() | st.integers(0, 10**6), st.none() | st.booleans(), ANY_TEXT)
FACTS = st.builds(r.CountRow, ANY_TEXT, st.integers(0, 10**6), st.dictionaries(NAMES, CELLS, max_size=3))
WEIGHED = st.builds(
    r.OverriddenRule, RULE_IDS, st.sampled_from(["off", "note"]) | ANY_TEXT, ANY_TEXT, st.integers(0, 99)
)
LOOKS = st.builds(
    r.ManualCheck,
    ANY_TEXT,
    ANY_TEXT,
    st.lists(ANY_TEXT, max_size=2).map(tuple),
    st.lists(SOURCES, max_size=5).map(tuple),
)
RULES = st.builds(Rule, RULE_IDS, st.sampled_from(Severity), ANY_TEXT, ANY_TEXT, CLAUSES)
LANGUAGES = st.sampled_from(["", "es-MX", "ar", "he", "zh-Hant", "xx-nonsense-very-long"]) | ANY_TEXT


def _tuples(strategy: st.SearchStrategy, most: int) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def any_report(draw: st.DrawFn) -> r.Report:
    findings = draw(_tuples(FINDINGS, 12))
    report = r.Report(
        r.FORMAT,
        draw(ANY_TEXT),
        draw(ANY_TEXT),
        draw(ANY_TEXT),
        draw(ANY_TEXT),
        draw(LANGUAGES),
        draw(ANY_TEXT),
        draw(st.sampled_from(GateLevel)),
        draw(_tuples(EDITIONS, 4)),
        draw(_tuples(CHECKS, 6)),
        findings,
        r.count(findings),
    )
    waived = st.builds(r.Waived, FINDINGS, ANY_TEXT, ANY_TEXT | st.just("2027-01-01"))
    return msgspec.structs.replace(
        report,
        published=draw(st.booleans()),
        facts=draw(_tuples(FACTS, 3)),
        waived=draw(_tuples(waived, 3)),
        rules=draw(_tuples(RULES, 3)),
        content=draw(st.dictionaries(st.sampled_from(["pictures", "tables", "links"]), st.integers(0, 9))),
        looks=draw(_tuples(LOOKS, 3)),
        weighed=draw(_tuples(WEIGHED, 2)),
        publisher=draw(ANY_TEXT),
        date=draw(ANY_TEXT),
        contact=draw(st.none() | st.builds(Contact, ANY_TEXT, ANY_TEXT)),
    )
