"""Page of the metadata of a publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from babel import Locale
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from exporter import service
from exporter.errors import OutputError
from exporter.labels import Labels
from exporter.model import AUTHOR, Described, Kind, Metadata, Publication
from exporter.pipeline.file_writing import replace_file, writing
from exporter.revise import Change, Language, MetadataField, Title
from exporter.studio.database import PublicationRow
from exporter.studio.pages.page_frame import Pages, check_again, go_to
from exporter.studio.suggestions import suggested_address, suggested_date
from exporter.studio.uploads import MAXIMUM_FILE, image_suffix
from exporter.studio.workspace import LONGEST_SLUG, slug_problem

_COVER = "cover"
"""Stem of the file of a cover."""
_NO_TEXT = frozenset({"mul", "und", "zxx", "root"})
"""Codes that name no language."""


class DetailForm(msgspec.Struct, frozen=True):
    """The metadata as entered."""

    name: str = ""
    subtitle: str = ""
    language: str = ""
    kind: str = ""
    date: str = ""
    authors: str = ""
    """One on each line."""
    publisher: str = ""
    description: str = ""
    cover: str = ""
    """Name of the file of the cover; not entered, but uploaded."""
    cover_alt: str = ""
    address: str = ""
    """Name of the files, and of their folder on the web; only that of the first editions can be entered."""


class DetailPages(Pages):
    """The page of metadata."""

    def details(self, request: Request) -> Response:
        """Return the form of the metadata."""
        publication = self._studio.publication(request)
        form = msgspec.structs.replace(_form_of(self._metadata(publication)), address=publication.slug)
        date, line = self._suggested_date(publication)
        if form.date or date is None:
            return self._details(request, publication, form)
        form = msgspec.structs.replace(form, date=date.isoformat())
        return self._details(request, publication, form, date_line=line)

    def _details(
        self,
        request: Request,
        publication: PublicationRow,
        form: DetailForm,
        *,
        errors: tuple[str, ...] = (),
        status: int = 200,
        invalid: tuple[str, ...] = (),
        date_line: str = "",
    ) -> Response:
        return self._studio.render(
            request,
            "details.html",
            status=status,
            errors=errors,
            invalid=invalid,
            publication=publication,
            form=form,
            cover=self._cover(publication),
            kinds=[kind.value for kind in Kind],
            language_names=language_names(self._studio.language(request), form.language, self._studio.styles),
            can_be_renamed=self._studio.workspace.can_be_renamed(publication),
            date_line=date_line,
            suggested_address=suggested_address(form.name),
            step="details",
        )

    async def save(self, request: Request) -> Response:
        """Write the metadata into the manuscript."""
        publication = self._studio.publication(request)
        async with request.form(max_files=1, max_fields=20) as fields:
            form = DetailForm(
                **{
                    name: str(fields.get(name, "")).strip().replace("\r\n", "\n")
                    for name in DetailForm.__struct_fields__
                }
            )
            file = fields.get("cover")
            image = await file.read(MAXIMUM_FILE) if isinstance(file, UploadFile) and file.filename else b""
            removes_cover = "remove_cover" in fields
        suffix = image_suffix(image) if image else ""
        old = _form_of(self._metadata(publication))
        problems = dict(self._problems(request, form))
        is_renamed = form.address not in ("", publication.slug)
        if is_renamed and (problem := slug_problem(form.address)):
            values = {"name": form.address, "longest": LONGEST_SLUG}
            problems["address"] = self._studio.label(request, problem, **values)
        if image and not suffix:
            problems["cover"] = self._studio.label(request, "detail.cover_wrong")
        if (image or old.cover) and not removes_cover and not form.cover_alt:
            problems["cover_alt"] = self._studio.label(request, "detail.cover_alt_needed")
        if problems:
            errors, invalid = tuple(problems.values()), tuple(problems)
            return self._details(request, publication, form, errors=errors, invalid=invalid, status=422)
        if is_renamed:
            try:
                publication = await run_in_threadpool(self._studio.workspace.rename, publication, form.address)
            except OutputError as error:
                return self._details(request, publication, form, errors=(str(error),), status=422, invalid=("address",))
        manuscript = self._studio.workspace.manuscript(publication)
        if image:
            name = f"{_COVER}{suffix}"
            with writing(manuscript.parent, "The folder of the manuscript"):
                replace_file(manuscript.parent / name, image, mode=0o644)
        else:
            name = "" if removes_cover else old.cover
        changes = [*_changes(old, form)]
        if (name, form.cover_alt) != (old.cover, old.cover_alt) and (name or old.cover):
            changes.append(MetadataField("cover", {"source": name, "alt": form.cover_alt} if name else {}))
        failures = await self._apply(request, manuscript, changes)
        await check_again(self._studio, publication)
        if failures:
            return self._details(request, publication, form, errors=failures, status=422)
        return go_to(f"/p/{publication.id}/details", done="saved")

    def _problems(self, request: Request, form: DetailForm) -> Iterator[tuple[str, str]]:
        """Yield the fields that are invalid, each with the reason."""
        if not form.name:
            yield "name", self._studio.label(request, "detail.title_needed")
        if not form.language:
            yield "language", self._studio.label(request, "detail.language_needed")
        if form.date:
            try:
                datetime.date.fromisoformat(form.date)
            except ValueError:
                yield "date", self._studio.label(request, "detail.date_wrong")

    def _suggested_date(self, publication: PublicationRow) -> tuple[datetime.date | None, str]:
        tree = self._tree(publication)
        labels = Labels.load(self._studio.publisher.styles, publication.language)
        return suggested_date(tree, labels) if tree else (None, "")

    def _cover(self, publication: PublicationRow) -> str:
        """Return the digest of the image of the cover, or "" if it has none."""
        tree = self._tree(publication)
        source = tree.metadata.cover.source if tree and tree.metadata.cover else ""
        return next((asset.digest for asset in tree.assets if asset.name == source), "") if tree else ""

    def _metadata(self, publication: PublicationRow) -> Metadata:
        tree = self._tree(publication)
        return tree.metadata if tree else Metadata()

    def _tree(self, publication: PublicationRow) -> Publication | None:
        return service.stored_publication(publication.tree, self._studio.workspace.store(publication))


def _form_of(metadata: Metadata) -> DetailForm:
    return DetailForm(
        metadata.title,
        metadata.subtitle,
        metadata.language,
        metadata.kind or "",
        metadata.date.isoformat() if metadata.date else "",
        "\n".join(person.name for person in metadata.authors if person.role == AUTHOR),
        metadata.publisher,
        metadata.description,
        metadata.cover.source if metadata.cover else "",
        metadata.cover.alt.text if metadata.cover and isinstance(metadata.cover.alt, Described) else "",
    )


def _changes(old: DetailForm, new: DetailForm) -> Iterator[Change]:
    if new.name != old.name:
        yield Title(new.name)
    if new.language != old.language:
        yield Language(new.language)
    for name in ("subtitle", "kind", "date", "publisher", "description"):
        if getattr(new, name) != getattr(old, name):
            yield MetadataField(name, getattr(new, name))
    if new.authors != old.authors:
        yield MetadataField("authors", tuple(line.strip() for line in new.authors.splitlines() if line.strip()))


LanguageNames = Mapping[str, list[tuple[str, str]]]


def language_names(language: str, current: str, styles: Path) -> LanguageNames:
    """Return the tags of languages with their names in a language, sorted by name.

    Args:
        language: That of the names.
        current: A tag that is among them, and among those in use.
        styles: The folder of styles; languages in which the editions have their fixed words are those in use.

    Returns:
        The languages that are in use, and all others, by the key of their label.
    """
    names = dict(Locale(language).languages)
    tags = {tag: name for tag, name in names.items() if len(tag) in (2, 3) and tag not in _NO_TEXT}
    if current and current not in tags:
        primary = current.partition("-")[0]
        tags[current] = f"{names.get(primary, primary)} ({current})"
    usual = {path.stem for path in (styles / "labels").glob("*.toml")} | {current}
    ordered = sorted(tags.items(), key=lambda item: item[1].casefold())
    return {
        "languages_in_use": [item for item in ordered if item[0] in usual],
        "languages_other": [item for item in ordered if item[0] not in usual],
    }
