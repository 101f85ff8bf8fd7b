"""The form of what a talking book consists of, beyond the document types of the W3C."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from tests.writers.daisy.talking import Talking

FOLDER = Path(__file__).parent / "form"
ONCE = (
    "ncc:charset",
    "dc:date",
    "dc:format",
    "dc:identifier",
    "dc:title",
    "dc:publisher",
    "ncc:tocItems",
    "ncc:totalTime",
)
"""What the head of ncc.html says exactly once."""


@cache
def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(FOLDER / f"{name}.rng")))


def faults(book: Talking) -> list[str]:
    """Return what is wrong with the form of ncc.html, of every SMIL file and of the master."""
    found = []
    for name, root in book.roots.items():
        if name == "ncc.html" or name.endswith(".smil"):
            judge = schema("ncc" if name == "ncc.html" else "smil")
            if not judge.validate(root):
                found += [f"{name}:{error.line}: {error.message}" for error in judge.error_log]
    metas = [each.get("name") for each in book.roots["ncc.html"].iter("{http://www.w3.org/1999/xhtml}meta")]
    return found + [f"ncc.html: {name} is there {metas.count(name)} times" for name in ONCE if metas.count(name) != 1]
