"""What all parts of the markup share: settings, identifiers, languages, links and findings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from enum import Enum
from itertools import count

from exporter.findings import Finding, Rule, Severity
from exporter.labels import Labels
from exporter.model import Link, Math, MathBlock, Node, Note, NoteReference, Publication, Section, Source
from exporter.model.walk import walk

LINK_REFUSED = Rule(
    id="link-refused",
    severity=Severity.WARNING,
    sentence="A link leads to a web page, a mail address, a telephone number or a place in the publication.",
    advice="Write the full address, beginning with https://, or take the link away.",
)

# Schemes that a reader may follow without running anything (no javascript:, data:, file:).
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"\\^`{|}\x00-\x1f\x7f]+", re.IGNORECASE)

# What stands before the path has to name a host (URL Standard, 3.5), or EPUBCheck and readers refuse the whole address.
_WEB = re.compile(
    r"(?!https?:)|https?://(?:[^/?#@]*@)?(?:[\w.-]*\w[\w.-]*|\[[0-9a-f:.]+\])(?::\d{0,5})?(?:[/?#]|$)", re.IGNORECASE
)


def may_be_followed(address: str) -> bool:
    """Return whether an address is one that a reader may follow: a web page, a mail address, a telephone number."""
    return _SAFE.fullmatch(address) is not None and _WEB.match(address) is not None


def link_refused(target: str, source: Source | None, edition: str = "") -> Finding:
    """Say that a link has been left out of an edition."""
    message = f"The link to “{target[:80]}” was left out: only its words are printed."
    return LINK_REFUSED.finding(message, source, edition=edition)


class NoteStyle(Enum):
    """Where notes stand."""

    PAGE = "page"
    """Inside the text at their first reference, for CSS to float to the foot of the page."""
    DOCUMENT = "document"
    """Where the caller puts them, through `Markup.note` or `Markup.notes`."""


class MathStyle(Enum):
    """How formulas are written."""

    MATHML = "mathml"
    SVG = "svg"
    """As a drawing with a text beside it, for renderers that do not draw MathML."""


class Ids(Enum):
    """Which nodes carry their identifier."""

    ALL = "all"
    TARGETS = "targets"
    """Sections, notes, their references, and what a link points at."""


class Base:
    """The settings of one edition's markup and the findings made on the way.

    Args:
        publication: The tree, after the transforms.
        labels: Fixed words in its language.
        href: Gives the address of a picture by the name of its asset.
        link: Gives the address of `#id` as seen from the text, where a publication is split into files.
        notes: Where notes stand.
        maths: How formulas are written.
        say: Gives the words that name a formula; its TeX when they are left out.
        ids: Which nodes carry their identifier.
        epub: Whether `epub:type` and `xml:lang` are wanted (EPUB 3.3, EPUB Structural Semantics).
    """

    def __init__(
        self,
        publication: Publication,
        labels: Labels,
        *,
        href: Callable[[str], str],
        link: Callable[[str], str] = lambda target: target,
        notes: NoteStyle = NoteStyle.DOCUMENT,
        maths: MathStyle = MathStyle.MATHML,
        say: Callable[[Math | MathBlock], str] = lambda formula: formula.tex,
        ids: Ids = Ids.ALL,
        epub: bool = False,
    ) -> None:
        self.publication = publication
        self.labels = labels
        self.href = href
        self.link = link
        self.note_style = notes
        self.maths = maths
        self.say = say
        self.ids = ids
        self.epub = epub
        self.findings: list[Finding] = []
        self.assets = {asset.name: asset for asset in publication.assets}
        self.note_number = {note.id: number for number, note in enumerate(publication.notes, 1)}
        self.references: dict[str, list[str]] = defaultdict(list)
        """Identifiers of the references to each note, by `Note.id`, in reading order."""
        self.serial = count(1)
        """For what needs an identifier and has none."""
        self.targets: set[str] = set()
        self.known: set[str] = set()
        for node in walk(publication):
            lost = isinstance(node, NoteReference) and node.note not in self.note_number
            if node.at.id and not lost:
                self.known.add(node.at.id)
            if isinstance(node, Link) and node.target.startswith("#"):
                self.targets.add(node.target[1:])
            elif isinstance(node, NoteReference) and node.note in self.note_number:
                seen = self.references[node.note]
                suffix = f"-{len(seen) + 1}" if seen else ""
                seen.append(node.at.id or f"ref-{self.note_number[node.note]}{suffix}")
        self.given: dict[str, int] = defaultdict(int)
        """How many references to each note have been written."""

    def note_id(self, note: Note) -> str:
        """Return the identifier of a note in the markup."""
        return note.at.id or f"note-{self.note_number[note.id]}"

    def at(self, node: Node, *, force_id: bool = False) -> dict[str, str | None]:
        """Return the attributes that any node may need: id, lang, dir (WCAG 3.1.1, 3.1.2)."""
        at = node.at
        values: dict[str, str | None] = {}
        if at.id and (force_id or self.ids is Ids.ALL or at.id in self.targets or isinstance(node, Section | Note)):
            values["id"] = at.id
        if at.language:
            values["lang"] = at.language
            if self.epub:
                values["xml:lang"] = at.language
        if at.direction:
            values["dir"] = at.direction.value
        return values

    def semantics(self, role: str, epub_type: str = "") -> dict[str, str | None]:
        """Return a DPUB-ARIA role, with its `epub:type` beside it where the edition is an EPUB."""
        values: dict[str, str | None] = {"epub:type": epub_type or None} if self.epub else {}
        return values | {"role": role or None}

    def address(self, link: Link) -> str | None:
        """Return the address of a link; None, with a finding, for one that must not or cannot be followed."""
        target = link.target.strip()
        if target.startswith("#"):
            return self.link(target) if target[1:] in self.known else None
        if may_be_followed(target):
            return target
        self.findings.append(link_refused(target, link.at.source))
        return None
