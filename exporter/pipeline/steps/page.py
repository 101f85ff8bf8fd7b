"""The page of a publication, and its entry in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.config import HOUSE_FILE
from exporter.contracts import Editions, PageLinks, WriteContext
from exporter.files import read_regular
from exporter.findings import Finding, Severity
from exporter.labels import Labels
from exporter.model.addresses import is_web
from exporter.pipeline.context import REPORT_PAGE
from exporter.pipeline.file_writing import writing
from exporter.pipeline.page_links import page_links, published
from exporter.pipeline.report import finished_report
from exporter.pipeline.step import Action, Skip, Step
from exporter.pipeline.steps.write import RECORDING_FOLLOWS
from exporter.pipeline.storage.results import StepResult, StoredObject, used_memos
from exporter.pipeline.storage.store import Store
from exporter.report.model import EditionStatus, Report
from exporter.site.entry import EPUB_TYPE, EditionFile, sort_files

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
        context, slug = self.context, self.publication.manuscript.slug
        text = any(edition.name == _TEXT and edition.sha256 for edition in report.editions)
        epub = self._epub(report)
        arguments = {
            "tree": prepared.outputs["tree"].digest,
            "slug": slug,
            "files": files,
            "titles": editions.titles,
            "epub": epub.sha256 if epub else "",
            "sidecars": dict(self._sidecars()),
            "gaps": _gaps(report),
            "follows": _following(report, editions),
            "published": published(self.publication, prepared.info.get("translations", ())),
            "links": page_links(self.publication),
            "report": REPORT_PAGE,
            "options": self._options(text=text),
            "text": text,
        }
        return Action(
            key=arguments | {"styles": context.fingerprints.folder(context.styles, [HOUSE_FILE])},
            arguments=arguments | {"styles": context.styles, "scratch": self.scratch},
            limit=_LIMIT,
            size=prepared.outputs["tree"].size,
            deferred_arguments=lambda: {"epub": self._stored(epub)},
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
    def run(
        *,
        store: Path,
        tree: str,
        slug: str,
        files: tuple[EditionFile, ...],
        titles: Mapping[str, str],
        epub: str,
        sidecars: Mapping[str, str],
        gaps: Mapping[str, Sequence[str]],
        follows: tuple[str, ...],
        published: Sequence[str],
        links: PageLinks,
        report: str,
        options: Any,
        text: bool,
        styles: Path,
        scratch: Path,
    ) -> StepResult:
        """Create the page, `entry.json`, `opds.json`, `onix.xml` and the cover image.

        Args:
            store: Root of the store.
            tree: Digest of the complete tree.
            slug: Name of the publication's folder.
            files: The editions that will be in it, in the order of lists.
            titles: Titles of editions, by name.
            epub: Digest of the EPUB among them; empty if there is none.
            sidecars: Digests of `html.page`, `audio.chapters` and `audio.clips`, each if this run has created it.
            gaps: Known gaps of editions, as messages by name.
            follows: Names of editions that follow, or whose recording does.
            published: Slugs of published translations, to which the page links.
            links: Addresses of the pages beside it, for the text that is read from no edition.
            report: File name of the report; empty if there is none.
            options: `Options` of the HTML edition, for its parts in the page if this run has not created it.
            text: Whether the page contains the text: only if the HTML edition is published.
            styles: Folder of styles.
            scratch: Folder for this step only, which does not exist yet.

        Returns:
            Outputs by the name of their file.
        """
        from exporter.contracts.sidecars import Chapter, PageParts, Video
        from exporter.model.serialisation import decode
        from exporter.site import accessibility, alternates, entry, onix, opds, publication
        from exporter.site.entry import CatalogueEntry, CoverImage
        from exporter.validate.trade_message import check_message
        from exporter.writers import cover_image, stylesheets

        objects = Store(store)
        complete = decode(objects.fetch(tree))
        objects.require([*(asset.digest for asset in complete.assets), *filter(None, [epub])])
        labels = Labels.load(styles, complete.metadata.language).with_titles(titles)
        memo = objects.memo(_TEXT)
        if "html.page" in sidecars:
            page_text = msgspec.json.decode(objects.fetch(sidecars["html.page"]), type=PageParts)
        else:
            with writing(scratch, "The scratch folder"):
                scratch.mkdir(parents=True)
            context = WriteContext(objects, memo, memo, labels, styles, scratch, links=links)
            page_text = _text(complete if text else _without_text(complete), context, options)
        chapters = objects.fetch(sidecars["audio.chapters"]) if "audio.chapters" in sidecars else b"[]"
        page = publication.Page(
            metadata=complete.metadata,
            text=page_text,
            files=files,
            gaps={name: tuple(messages) for name, messages in gaps.items()},
            chapters=msgspec.json.decode(chapters, type=tuple[Chapter, ...]),
            clips=objects.fetch(sidecars["audio.clips"]) if "audio.clips" in sidecars else b"",
            follows=follows,
            translations=alternates.translations(complete.metadata, published),
            report=report,
            accessibility=accessibility.read_accessibility(objects.path(epub)) if epub else None,
            links=links,
            video=msgspec.json.decode(objects.fetch(sidecars["sign-language.video"]), type=Video)
            if "sign-language.video" in sidecars
            else None,
        )
        cover = cover_image.make(complete, objects, labels, styles)
        stored_cover = StoredObject(objects.put(cover.data), len(cover.data))
        catalogue_entry = CatalogueEntry(
            slug=slug,
            metadata=complete.metadata,
            files=files,
            cover=CoverImage(
                file=cover.name,
                media_type=cover.media_type,
                alt=cover.alt,
                sha256=stored_cover.digest,
                width=cover.width,
                height=cover.height,
            ),
            accessibility=page.accessibility,
            follows=follows,
            page=entry.PAGE,
        )
        stylesheet = stylesheets.read(styles, publication.STYLESHEET)
        data = {
            entry.PAGE: publication.render(page, labels, stylesheet),
            opds.PUBLICATION: opds.publication(catalogue_entry, labels),
            entry.ENTRY: entry.encode(catalogue_entry),
        }
        findings: tuple[Finding, ...] = ()
        if trade := onix.message(catalogue_entry, links if is_web(links.page) else PageLinks()):
            findings = check_message(trade)
            if not findings:
                data[onix.FILE] = trade
        rest = {name: StoredObject(objects.put(part), len(part)) for name, part in data.items()}
        return StepResult({cover.name: stored_cover, **rest}, findings=findings, memos=used_memos(objects, memo))


def _files(report: Report) -> Iterator[EditionFile]:
    """Yield the editions that will be in the folder, of this run and of earlier ones."""
    for edition in report.editions:
        if edition.sha256 and edition.size:
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


def _gaps(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Return the messages of errors and warnings about each edition, which readers should know."""
    gaps: dict[str, list[str]] = {}
    for finding in report.findings:
        if finding.edition and finding.severity is not Severity.NOTE:
            gaps.setdefault(finding.edition, []).append(finding.message)
    return {name: tuple(dict.fromkeys(messages)) for name, messages in gaps.items()}


def _without_text(tree: Publication) -> Publication:
    """Return a publication with metadata only: the text of an edition that was not requested is not created."""
    cover = tree.metadata.cover
    assets = tuple(asset for asset in tree.assets if cover and asset.name == cover.source)
    return msgspec.structs.replace(tree, front=(), body=(), notes=(), assets=assets)


def _text(tree: Publication, context: WriteContext, options: Any) -> PageParts:
    """Return the text as in the HTML edition."""
    from exporter.writers.web.document import compose

    return compose(tree, context, options)[1]
