"""The PDF writer and stock WeasyPrint on the same document, each in a process of its own.

`prepare` keeps the tree, and what the writer gives to its page engine: markup, style sheets, pictures. `ours` writes
the PDF from the tree; `stock` gives WeasyPrint the very same markup and style sheets, with its own parser, its own tags
and `pdf/ua-1`. Both see the same typefaces.

usage: python -m tests.bench.pages (prepare MANUSCRIPT | ours | stock) FOLDER
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

STYLES = Path(__file__).parents[2] / "styles"


def prepare(source: Path, folder: Path) -> None:
    """Read the manuscript and keep what `ours` and `stock` start from."""
    from exporter.config import MetadataSettings
    from exporter.pipeline.step import StepContext
    from exporter.pipeline.steps.parse import Parse
    from exporter.pipeline.steps.prepare import Prepare
    from exporter.pipeline.storage.store import Store
    from exporter.writers import fonts
    from exporter.writers.pdf import engine

    store = folder / "store"
    Store.open(store)
    context = StepContext(store, STYLES, folder / "scratch", code="")
    parsed = Parse.run(Parse.Inputs(reader="exporter.readers.markdown", path=source, file=source.name), context)
    tree, none = parsed.outputs["tree"].digest, MetadataSettings()
    raw = Prepare.Inputs(tree, {}, source.parent, "bench", overrides=none, defaults=none)
    made = Prepare.run(raw, context)
    (folder / "tree").write_text(made.outputs["tree"].digest)
    folders = "".join(f"<dir>{path}</dir>" for path in fonts.folders())
    (folder / "fonts.conf").write_text(
        f"<fontconfig>{folders}<cachedir>{folder / 'fontconfig'}</cachedir></fontconfig>", "utf-8"
    )

    class Seen(Exception):
        pass

    def keep(markup: str, sheets: list[tuple[str, Path]], *, asset: Any, **_: object) -> None:
        for name in {name for name, _ in _pictures(folder)}:
            file = f"picture-{quote(name).replace('/', '-')}"
            (folder / file).write_bytes(asset(name)[0])
            markup = markup.replace(f'"{engine.asset_address(name)}"', f'"{quote(file)}"')
        assert '"asset:' not in markup
        (folder / "document.html").write_text(markup, "utf-8")
        (folder / "sheets.json").write_text(json.dumps([(text, path.as_uri()) for text, path in sheets]))
        raise Seen

    engine.render = keep
    try:
        ours(folder)
    except Seen:
        return
    raise AssertionError("the writer did not call its page engine")


def _pictures(folder: Path) -> list[tuple[str, str]]:
    publication, _ = _opened(folder)
    return [(asset.name, asset.digest) for asset in publication.assets]


def _opened(folder: Path) -> tuple[Any, Any]:
    from exporter.model.serialisation import decode
    from exporter.pipeline.storage.store import Store

    store = Store(folder / "store")
    return decode(store.fetch((folder / "tree").read_text())), store


def ours(folder: Path) -> None:
    """Write `ours.pdf` with the writer, from the tree."""
    from exporter.contracts import WriteContext
    from exporter.labels import Labels
    from exporter.writers import pdf

    publication, store = _opened(folder)
    scratch = folder / f"scratch-{os.getpid()}"
    scratch.mkdir()
    labels = Labels.load(STYLES, publication.metadata.language)
    memo = store.memo("bench")
    context = WriteContext(assets=store, memo=memo, recordings=memo, labels=labels, styles=STYLES, scratch=scratch)
    pdf.write(publication, context, pdf.Options(), folder / "ours.pdf")


def stock(folder: Path) -> None:
    """Write `stock.pdf` with WeasyPrint as it is."""
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    from weasyprint import CSS, HTML

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    sheets = [CSS(string=text, base_url=base) for text, base in json.loads((folder / "sheets.json").read_text())]
    document = HTML(str(folder / "document.html"), encoding="utf-8")
    document.write_pdf(folder / "stock.pdf", stylesheets=sheets, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", source, folder]:
            prepare(Path(source), Path(folder))
        case ["ours", folder]:
            ours(Path(folder))
        case ["stock", folder]:
            stock(Path(folder))
        case _:
            sys.exit(__doc__)
