"""The manuscript of the faults, and its editions with text: small, with one of everything."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter import transforms
from exporter.model.walk import rewrite
from exporter.pipeline.registry import discover
from exporter.speech import session
from tests.parity.audio.silence import Silent
from tests.write_context import Pictures, write_context
from tests.writers.docx import kitchen_sink
from tests.writers.docx.kitchen_sink import cell, foreign, item, p, row, section, t

EDITIONS = ("pdf", "epub", "html", "docx", "daisy")
OPTIONS = {"html": {"fonts": False}, "docx": {"page_numbers": "never"}}


def publication(pictures: Pictures) -> m.Publication:
    """Return the manuscript: that with one of everything, without pages of an original, with one chapter more."""
    everything = kitchen_sink.publication(pictures)
    table = m.Table(
        columns=(m.Column(), m.Column()),
        head=(row(cell("Court", m.Scope.COLUMN), cell("Files", m.Scope.COLUMN)),),
        bodies=((row(cell("East", m.Scope.ROW), cell("71")),),),
        caption=t("Files by court"),
    )
    more = section(
        "Measures",
        p("There were 71 files and 10", m.Superscript(t("6")), " pages about CO", m.Subscript(t("2")), "."),
        m.Paragraph(t("هذه فقرة كاملة"), at=m.At(language="ar", direction=m.Direction.RTL)),
        table,
        section("Where to go", p("See ", kitchen_sink.link("#other", "the other place"), "."), name="go"),
        section("The other place", p("Here ", foreign("la loi", "fr"), " stands."), name="other"),
        m.List((item("alpha"), item("beta")), style=m.ListStyle.UPPER_ROMAN),
        name="measures",
    )
    without = rewrite(everything, lambda node: () if isinstance(node, m.PageBreak) else node)
    return transforms.apply(msgspec.structs.replace(without, body=(*without.body, more)), "faults")


def write(folder: Path) -> tuple[m.Publication, dict[str, Path], dict[str, dict[str, bytes]]]:
    """Write the text editions; the EPUB has the pages of the PDF, and recordings are silent. Also return sidecars."""
    pictures = Pictures(folder / "pictures")
    tree = publication(pictures)
    paths: dict[str, Path] = {}
    sidecars: dict[str, bytes] = {}
    for name in EDITIONS:
        (edition,) = discover().select([name])
        context = write_context(folder, "en-GB", pictures=pictures, facts=sidecars)
        paths[name] = folder / f"book{edition.writer.SUFFIX}"
        options = msgspec.convert(OPTIONS.get(name, {}), edition.writer.Options)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(session, "Mixer", Silent)
            written = edition.writer.write(tree, context, options, paths[name])
        sidecars |= {f"{name}.{key}": value for key, value in written.sidecars.items()}
    kinds = ("sounds", "pictures")
    return (
        tree,
        paths,
        {kind: {name: sidecars[f"{name}.{kind}"] for name in paths if f"{name}.{kind}" in sidecars} for kind in kinds},
    )
