"""The page of a publication, and its entry in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.config import HOUSE_FILE
from exporter.contracts import Editions, PageLinks, WriteContext
from exporter.files import read_regular
from exporter.findings import Finding
from exporter.labels import Labels
from exporter.model.addresses import is_web
from exporter.pipeline.context import REPORT_PAGE
from exporter.pipeline.file_writing import writing
from exporter.pipeline.page_links import page_links, published
from exporter.pipeline.report import finished_report
from exporter.pipeline.step import Action, Skip, Step, StepContext
from exporter.pipeline.steps.write import RECORDING_FOLLOWS
from exporter.pipeline.storage.results import StepResult, StoredObject, used_memos
from exporter.pipeline.storage.store import Store
from exporter.report.model import EditionStatus, Report
from exporter.site.entry import EPUB_TYPE, EditionFile, sort_files
from exporter.site.gaps import known_gaps

if TYPE_CHECKING:
    from exporter.contracts.sidecars import PageParts
    from exporter.model import Publication

_TEXT = "html"
"""The edition whose text the page contains, if that edition is published."""
_SIDECARS = {"html": ("page",), "audio": ("chapters", "clips"), "sign-language": ("video",)}
"""Sidecars from which the page is created, by edition."""
_LIMIT = 300.0
"""Seconds."""


class Page(Step):
    """Creation of the page and of the entry in the catalogue. Its outputs are named like the files."""

    name = "page"
    title = "Creating the page of the publication"
    label = "page"
    skip_is_shown = False
    needs_output = True

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree."""
        slug: str
        files: tuple[EditionFile, ...]
        """The editions that will be in its folder, in the order of lists."""
        titles: Mapping[str, str]
        """Titles of editions, by name."""
        epub: str
        """Digest of the EPUB among them; empty if there is none."""
        sidecars: Mapping[str, str]
        """Digests of `html.page`, `audio.chapters` and `audio.clips`, each if this run has created it."""
        gaps: Mapping[str, Sequence[str]]
        """Known gaps of editions, as keys of their labels by name."""
        follows: tuple[str, ...]
        """Names of editions that follow, or whose recording does."""
        published: Sequence[str]
        """Slugs of published translations, to which the page links."""
        links: PageLinks
        """Addresses of the pages beside it, for the text that is read from no edition."""
        report: str
        """File name of the report; empty if there is none."""
        options: Any
        """`Options` of the HTML edition, for its parts in the page if this run has not created it."""
        text: bool
        """Whether the page contains the text: only if the HTML edition is published."""

    def needs(self) -> Iterator[str]:
        """Yield the report, which lists the files in the folder."""
        yield "report"

    def action(self) -> Action | Skip:
        """Return the creation of the page."""
        prepared = self.publication.result("prepare")
        report = finished_report(self.publication)
        if prepared is None or report is None:
            return Skip("Nothing to publish.")
        if not report.published:
            return Skip("The publication has errors; its page was not changed.")
        editions = self.context.registry.descriptions
        files = sort_files(_files(report), editions)
        if not files:
            return Skip("No edition to show.")
        text = any(file.name == _TEXT for file in files)
        epub = self._epub(report)
        inputs = self.Inputs(
            tree=prepared.outputs["tree"].digest,
            slug=self.publication.manuscript.slug,
            files=files,
            titles=editions.titles,
            epub=epub.sha256 if epub else "",
            sidecars=dict(self._sidecars()),
            gaps=known_gaps(report.findings),
            follows=_following(report, editions),
            published=published(self.publication, prepared.info.get("translations", ())),
            links=page_links(self.publication),
            report=REPORT_PAGE,
            options=self._options(text=text),
            text=text,
        )
        return Action(
            inputs,
            limit=_LIMIT,
            size=prepared.outputs["tree"].size,
            state={"styles": self.context.fingerprints.folder(self.context.styles, [HOUSE_FILE])},
            deferred=lambda: {"epub": self._stored(epub)},
        )

    def _epub(self, report: Report) -> EditionFile | None:
        """Return the EPUB that will be in the folder, of this run or of an earlier one; None if it cannot be read."""
        edition = next((file for file in _files(report) if file.media_type == EPUB_TYPE), None)
        if edition is None or self._folder is None:
            return None
        holds = self.context.fingerprints.holds
        is_stored = self.context.store.path(edition.sha256).is_file()
        return edition if is_stored or holds(self._folder / edition.file, edition.sha256, self._folder) else None

    def _stored(self, epub: EditionFile | None) -> str:
        """Return the digest of the EPUB, which is stored if it is only in the output folder."""
        if epub is None or self._folder is None or self.context.store.path(epub.sha256).is_file():
            return epub.sha256 if epub else ""
        try:
            return self.context.store.put(read_regular(self._folder / epub.file, self._folder))
        except OSError:
            return ""

    @property
    def _folder(self) -> Path | None:
        return self.context.output / self.publication.manuscript.slug if self.context.output else None

    def _sidecars(self) -> Iterator[tuple[str, str]]:
        for edition, names in _SIDECARS.items():
            result = self.publication.result(f"write:{edition}")
            for name in names if not self.publication.is_withheld(edition) else ():
                if result is not None and f"sidecar:{name}" in result.outputs:
                    yield f"{edition}.{name}", result.outputs[f"sidecar:{name}"].digest

    def _options(self, *, text: bool) -> object:
        """Return the options for the parts of the HTML edition in the page; fonts are embedded only for its text."""
        edition = next(edition for edition in self.context.registry.editions if edition.name == _TEXT)
        options = self.publication.settings.options(edition)
        return options if text else msgspec.structs.replace(options, fonts=False)

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Create the page, `entry.json`, `opds.json`, `onix.xml` and the cover image."""
        from exporter.contracts.sidecars import Chapter, PageParts, Video
        from exporter.model.serialisation import decode
        from exporter.site import accessibility, alternates, entry, onix, opds, publication
        from exporter.site.entry import CatalogueEntry, CoverImage
        from exporter.validate.trade_message import check_message
        from exporter.writers import cover_image, stylesheets

        objects, styles, sidecars = Store(context.store), context.styles, inputs.sidecars
        complete = decode(objects.fetch(inputs.tree))
        objects.require([*(asset.digest for asset in complete.assets), *filter(None, [inputs.epub])])
        labels = Labels.load(styles, complete.metadata.language).with_titles(inputs.titles)
        memo = objects.memo(_TEXT)
        if "html.page" in sidecars:
            page_text = msgspec.json.decode(objects.fetch(sidecars["html.page"]), type=PageParts)
        else:
            with writing(context.scratch, "The scratch folder"):
                context.scratch.mkdir(parents=True)
            write_context = WriteContext(objects, memo, memo, labels, styles, context.scratch, links=inputs.links)
            page_text = _text(complete if inputs.text else _without_text(complete), write_context, inputs.options)
        chapters = objects.fetch(sidecars["audio.chapters"]) if "audio.chapters" in sidecars else b"[]"
        page = publication.Page(
            metadata=complete.metadata,
            text=page_text,
            files=inputs.files,
            gaps={name: tuple(messages) for name, messages in inputs.gaps.items()},
            chapters=msgspec.json.decode(chapters, type=tuple[Chapter, ...]),
            clips=objects.fetch(sidecars["audio.clips"]) if "audio.clips" in sidecars else b"",
            follows=inputs.follows,
            translations=alternates.translations(complete.metadata, inputs.published),
            report=inputs.report,
            accessibility=accessibility.read_accessibility(objects.path(inputs.epub)) if inputs.epub else None,
            links=inputs.links,
            video=msgspec.json.decode(objects.fetch(sidecars["sign-language.video"]), type=Video)
            if "sign-language.video" in sidecars
            else None,
        )
        cover = cover_image.make(complete, objects, labels, styles)
        stored_cover = StoredObject(objects.put(cover.data), len(cover.data))
        catalogue_entry = CatalogueEntry(
            slug=inputs.slug,
            metadata=complete.metadata,
            files=inputs.files,
            cover=CoverImage(
                file=cover.name,
                media_type=cover.media_type,
                alt=cover.alt,
                sha256=stored_cover.digest,
                width=cover.width,
                height=cover.height,
            ),
            accessibility=page.accessibility,
            follows=inputs.follows,
            page=entry.PAGE,
        )
        stylesheet = stylesheets.read(styles, publication.STYLESHEET)
        data = {
            entry.PAGE: publication.render(page, labels, stylesheet),
            opds.PUBLICATION: opds.publication(catalogue_entry, labels),
            entry.ENTRY: entry.encode(catalogue_entry),
        }
        findings: tuple[Finding, ...] = ()
        if trade := onix.message(catalogue_entry, inputs.links if is_web(inputs.links.page) else PageLinks()):
            findings = check_message(trade)
            if not findings:
                data[onix.FILE] = trade
        rest = {name: StoredObject(objects.put(part), len(part)) for name, part in data.items()}
        return StepResult({cover.name: stored_cover, **rest}, findings=findings, memos=used_memos(objects, memo))


def _files(report: Report) -> Iterator[EditionFile]:
    """Yield the editions of this version of the manuscript that will be in the folder, also those of earlier runs."""
    earlier = report.of_earlier_versions
    for edition in report.editions:
        if edition.sha256 and edition.size and edition not in earlier:
            yield EditionFile(
                name=edition.name,
                file=edition.file,
                media_type=edition.media_type,
                size=edition.size,
                sha256=edition.sha256,
                pages=edition.pages,
                seconds=edition.seconds,
            )


def _following(report: Report, editions: Editions) -> tuple[str, ...]:
    """Return the names of the editions that follow, or whose recording does, in the order of lists."""
    names = (
        edition.name
        for edition in report.editions
        if edition.standing is EditionStatus.FOLLOWS or edition.reason == RECORDING_FOLLOWS
    )
    return tuple(sorted(names, key=lambda name: (editions[name].order, name)))


def _without_text(tree: Publication) -> Publication:
    """Return a publication with metadata only: the text of an edition that was not requested is not created."""
    cover = tree.metadata.cover
    assets = tuple(asset for asset in tree.assets if cover and asset.name == cover.source)
    return msgspec.structs.replace(tree, front=(), body=(), notes=(), assets=assets)


def _text(tree: Publication, context: WriteContext, options: Any) -> PageParts:
    """Return the text as in the HTML edition."""
    from exporter.writers.web.document import compose

    return compose(tree, context, options)[1]
