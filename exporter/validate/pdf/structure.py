"""The structure tree as such: sound, mapped to standard types, and at one with the pages."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Marked, PdfFile, values
from exporter.inspect.pdf.content_streams import MAX_FORMS_OF_A_PAGE
from exporter.inspect.pdf.navigation import tree_entries
from exporter.validate.pdf.locations import location_of, on_page, quote

_PROGRAM = "Report it to those who keep the program that made the file."

BROKEN = Rule(
    "pdf-structure-broken",
    Severity.ERROR,
    "The structure is a tree: no circles, no element twice, nothing that is no element.",
    _PROGRAM,
    "ISO 32000-1, 14.7.2",
)
ROLES = Rule(
    "pdf-role-map",
    Severity.ERROR,
    "Every type leads to a standard type, and standard types stay what they are.",
    _PROGRAM,
    "ISO 14289-1, 7.1; MP 02-001, 02-003, 02-004",
)
PARENTS = Rule(
    "pdf-parent-tree",
    Severity.ERROR,
    "Every content of a page knows its element.",
    _PROGRAM,
    "ISO 32000-1, 14.7.4.4",
)
ORPHAN = Rule(
    "pdf-content-orphan",
    Severity.ERROR,
    "Everything on a page is part of the structure or an artifact.",
    "Tag the content, or mark it as an artifact if it says nothing.",
    "ISO 14289-1, 7.1; MP 01-005",
)
LOST = Rule(
    "pdf-content-lost",
    Severity.ERROR,
    "Every content that the structure names is on its page.",
    _PROGRAM,
    "ISO 32000-1, 14.7.4.2",
)
TWICE = Rule(
    "pdf-content-twice",
    Severity.ERROR,
    "No content is part of two elements, to be read out twice.",
    _PROGRAM,
    "ISO 32000-1, 14.7.4.2",
)
CUT = Rule(
    "pdf-content-cut",
    Severity.WARNING,
    "Every page is checked to its end.",
    "Make the drawings of the page simpler, or one picture, and check the page by hand.",
)
RULES = (BROKEN, ROLES, PARENTS, ORPHAN, LOST, TWICE, CUT)
MOST = 20
"""Findings of a kind that are told one by one."""


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with the tree."""
    for fault in file.structure.faults:
        rule = ROLES if fault.kind == "role" else BROKEN
        where = ", ".join(filter(None, (on_page(fault.page), fault.path)))
        yield rule.finding(fault.message, place=where)
    for index, content in enumerate(file.contents()):
        if content.cut:
            message = (
                f"Drawings are nested too deeply, or there are more than {MAX_FORMS_OF_A_PAGE:,}; not all was checked."
            )
            yield CUT.finding(message, place=on_page(index))
    if file.structure.root.kids:
        yield from _contents(file)
        yield from _parents(file)


def _contents(file: PdfFile) -> Iterator[Finding]:
    named: dict[Marked, str] = {}
    for node in file.structure.root.all():
        for kid in node.kids:
            if not isinstance(kid, Marked):
                continue
            if kid in named:
                message = f"{quote(file.run(kid).text)} is part of another element as well."
                yield TWICE.finding(message, place=location_of(node))
            named[kid] = node.path if kid in named else ""
            if kid.page is None or (kid.stream, kid.mcid) not in file.content(kid.page).runs:
                yield LOST.finding(f"The marked content {kid.mcid} is nowhere on the page.", place=location_of(node))
    known = {(kid.page, kid.stream, kid.mcid) for kid in named}
    for index, content in enumerate(file.contents()):
        wordless = 0
        for (stream, mcid), run in content.runs.items():
            if (index, stream, mcid) in known:
                continue
            if run.text.strip():
                yield ORPHAN.finding(f"{quote(run.text)} belongs to no element.", place=on_page(index))
            elif run.drawn:
                wordless += 1
        if wordless:
            number = "A drawing is" if wordless == 1 else f"{wordless} drawings are"
            message = f"{number} marked as content and part{'' if wordless == 1 else 's'} of no element."
            yield ORPHAN.finding(message, place=on_page(index))
        if content.unmarked:
            words = "".join(content.unmarked)
            subject = quote(words) if words.strip() else "A drawing"
            yield ORPHAN.finding(f"{subject} is neither tagged nor an artifact.", place=on_page(index))


def _parents(file: PdfFile) -> Iterator[Finding]:
    tree = values.get(file.catalog.get("/StructTreeRoot"), "/ParentTree")
    entries = {key: value for key, value in tree_entries(tree, "/Nums") if isinstance(key, int)}
    owners: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for index, page in enumerate(file.pages):
        key = values.integer(values.get(page, "/StructParents"))
        parents = values.items(entries.get(key)) if key is not None else []
        owners[file.pages[index].objgen] = [getattr(parent, "objgen", (0, 0)) for parent in parents]
    reported = 0
    for node in file.structure.root.all():
        for kid in node.kids:
            if not isinstance(kid, Marked) or kid.stream not in owners or node.number == (0, 0):
                continue
            known = owners[kid.stream]
            if not 0 <= kid.mcid < len(known) or known[kid.mcid] != node.number:
                reported += 1
                if reported <= MOST:
                    message = f"The content {kid.mcid} of the page does not lead back to its element."
                    yield PARENTS.finding(message, place=location_of(node))
