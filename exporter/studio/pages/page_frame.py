"""Rendering of the pages of the studio in the language of the browser."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from exporter.labels import FALLBACK, Labels
from exporter.revise import Change
from exporter.site.formatting import format_duration, format_size
from exporter.studio.advice import without_commands
from exporter.studio.database import PublicationRow, Task
from exporter.studio.jobs import Jobs
from exporter.studio.publisher import PublisherSettings
from exporter.studio.revising import apply_changes
from exporter.studio.workspace import Workspace
from exporter.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment

DONE = frozenset({"saved", "checked", "restored", "deleted", "imported", "cancelled", "replaced", "publisher", "kept"})
"""Results that an address may name, so that the page that it leads to shows them."""


@cache
def _labels(styles: Path, language: str) -> tuple[Labels, Labels]:
    return Labels.load(styles / "studio", language), Labels.load(styles, language)


@cache
def _messages(styles: Path, language: str) -> Mapping[str, Mapping[str, str]]:
    """Return what to do about findings by rule, and the words of places, if the language is not that of messages."""
    path = styles / "studio" / "messages" / f"{language}.toml"
    messages: Mapping[str, Mapping[str, str]] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return messages


def translated_location(location: str, words: Mapping[str, str]) -> str:
    """Return a place in a manuscript in another language; what is quoted from the manuscript stays."""
    parts = re.split("(“[^”]*”)", location)
    if words:
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
        parts[::2] = [pattern.sub(lambda match: words[match[0]], part) for part in parts[::2]]
    return "".join(parts)


@dataclass(eq=False)
class Studio:
    """Workspace, jobs, labels and templates, which all pages share."""

    workspace: Workspace
    jobs: Jobs
    styles: Path
    """Those of the studio itself; `publisher.styles` are those of exports."""
    publisher: PublisherSettings
    is_shared: bool = False
    """Whether other machines reach it."""

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages of the interface."""
        return tuple(sorted(path.stem for path in (self.styles / "studio" / "labels").glob("*.toml")))

    @cached_property
    def templates(self) -> Environment:
        """The templates."""
        return environment("studio")

    def labels(self, language: str) -> tuple[Labels, Labels]:
        """Return the labels of the studio and those of the editions in a language of the interface."""
        return _labels(self.styles, language)

    def language(self, request: Request) -> str:
        """Return the language of the interface that a browser prefers (RFC 9110, 12.5.4)."""
        preferences = []
        for item in request.headers.get("accept-language", "").split(","):
            tag, _, weight = item.strip().partition(";q=")
            try:
                quality = float(weight or 1)
            except ValueError:
                continue
            preferences.append((-quality, tag.partition("-")[0].lower()))
        for _, tag in sorted(preferences, key=lambda preference: preference[0]):
            if tag in self.languages:
                return tag
        return FALLBACK

    def publication(self, request: Request) -> PublicationRow:
        """Return the publication in the address of a request.

        Raises:
            HTTPException: There is none (404).
        """
        publication = self.workspace.database.publication(request.path_params["id"])
        if publication is None:
            raise HTTPException(404)
        return publication

    def label(self, request: Request, key: str, **values: object) -> str:
        """Return a label of the studio in the language of the browser."""
        return self.labels(self.language(request))[0](key, **values)

    def render(self, request: Request, template: str, *, status: int = 200, **variables: Any) -> HTMLResponse:
        """Return a page."""
        language = self.language(request)
        own, editions = self.labels(language)
        messages = _messages(self.styles, language)
        done = request.query_params.get("done", "")
        result = own(f"done.{done}", count=_count(request)) if done in DONE else ""
        saved = getattr(request.state, "saved", 0)
        page = self.templates.get_template(template).render(
            t=own,
            editions_t=editions,
            language=language,
            is_shared=self.is_shared,
            advice=messages.get("advice", {}),
            place_of=lambda location: translated_location(location, messages.get("places", {})),
            result=variables.pop("result", result),
            at=variables.pop("at", ""),
            errors=variables.pop("errors", ()),
            saved=own("errors.saved", count=saved) if saved else "",
            invalid=variables.pop("invalid", ()),
            without_commands=without_commands,
            has_ended="ended" in request.query_params,
            format_size=lambda size: format_size(size, language),
            format_duration=lambda seconds: format_duration(seconds, language),
            **variables,
        )
        return HTMLResponse(page, status)


class Pages:
    """Pages that use what all pages share."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._database = studio.workspace.database

    async def _apply(self, request: Request, manuscript: Path, changes: Sequence[Change]) -> tuple[str, ...]:
        """Write changes into a manuscript; return why some are not made: the page says how many others are saved."""
        request.state.saved, problems = await run_in_threadpool(apply_changes, manuscript, changes)
        return problems


def go_to(address: str, *, fragment: str = "", **query: object) -> RedirectResponse:
    """Return the redirection after a form was sent."""
    target = f"{address}?{urlencode(query)}" if query else address
    return RedirectResponse(f"{target}#{fragment}" if fragment else target, 303)


async def check_again(studio: Studio, publication: PublicationRow, *, seconds: float = 6.0) -> None:
    """Start a check and wait for its end, but not longer than a page may take."""
    number = await run_in_threadpool(studio.jobs.add, publication, Task.CHECK)
    await run_in_threadpool(studio.jobs.wait, number, seconds)


def not_found(studio: Studio, request: Request) -> Response:
    """Return the page for an address that leads nowhere."""
    return studio.render(request, "missing.html", status=404)


def _count(request: Request) -> int:
    value = request.query_params.get("count", "0")
    return int(value) if value.isdecimal() and len(value) < 6 else 0
