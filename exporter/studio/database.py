"""State of the studio in SQLite: publications, jobs and sessions, which outlive a restart.

No text of manuscripts is stored here except for titles and findings; delete the folder of the studio to delete it all.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.model import Metadata

_SCHEMA = """
CREATE TABLE IF NOT EXISTS publication (
    id TEXT PRIMARY KEY, view_key TEXT NOT NULL, slug TEXT NOT NULL, file TEXT NOT NULL, original_name TEXT NOT NULL,
    created REAL NOT NULL, title TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '', checked TEXT NOT NULL DEFAULT '',
    tree TEXT NOT NULL DEFAULT '', findings BLOB NOT NULL DEFAULT '[]', exported TEXT NOT NULL DEFAULT '',
    path TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    publication TEXT NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    task TEXT NOT NULL, editions TEXT NOT NULL, state TEXT NOT NULL, share REAL NOT NULL DEFAULT 0,
    left REAL, message TEXT NOT NULL DEFAULT '', created REAL NOT NULL, options TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS session (digest TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, origin TEXT DEFAULT '', token TEXT DEFAULT '');
INSERT OR IGNORE INTO entry (id) VALUES (1);
CREATE TABLE IF NOT EXISTS password (id INTEGER PRIMARY KEY CHECK (id = 1), digest TEXT NOT NULL);
"""


class JobState(StrEnum):
    """State of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        """Whether it has not ended."""
        return self in (JobState.WAITING, JobState.RUNNING)


class Task(StrEnum):
    """Task of a job."""

    CHECK = "check"
    EXPORT = "export"
    PUBLISH = "publish"
    """Export into the output folder."""
    PAGES = "pages"
    """The Word edition laid out."""


class PublicationRow(msgspec.Struct, frozen=True):
    """A publication."""

    id: str
    """Random; the name of its folder."""
    view_key: str
    """Random; the part of the address of its previews that nobody can guess."""
    slug: str
    """Name of the files of its editions."""
    file: str
    """Name of the manuscript in its folder; chosen by the studio."""
    original_name: str
    """Name of the file that was uploaded; only shown, never used as a path."""
    created: float
    """Seconds since 1970."""
    title: str
    language: str
    kind: str
    checked: str
    """Digest of the files of the last check; empty before the first."""
    tree: str
    """Digest of the tree in the store; empty if the manuscript could not be read."""
    findings: bytes
    """Findings of the last check, as JSON."""
    exported: str
    """State of the files and settings of the last export (`Jobs.state`); empty before the first."""
    path: str = ""
    """Path of a manuscript in an opened folder, which is changed there; empty for an uploaded one."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of the last check."""
        return msgspec.json.decode(self.findings, type=tuple[Finding, ...])

    @property
    def name(self) -> str:
        """Its title, or else the name of the uploaded file."""
        return self.title or self.original_name


class JobRow(msgspec.Struct, frozen=True):
    """A job."""

    id: int
    publication: str
    task: Task
    editions: str
    """Names separated by commas."""
    state: JobState
    share: float
    """Fraction that is done, 0-1."""
    left: float | None
    """Estimated seconds that remain, if known."""
    message: str
    """Why it failed, in a sentence."""
    created: float
    options: str = "{}"
    """Options of the editions by name, as JSON."""

    @property
    def all_options(self) -> dict[str, str]:
        """The options of the editions."""
        return msgspec.json.decode(self.options, type=dict[str, str])


class Database:
    """The database of a workspace; each call uses a connection of its own, so all threads may call it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=15)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                yield connection
        finally:
            connection.close()

    def _rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        with self._connection() as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query, values)]

    def _execute(self, query: str, *values: Any) -> int:
        with self._connection() as connection:
            return connection.execute(query, values).lastrowid or 0

    def add_publication(
        self, publication_id: str, view_key: str, slug: str, file: str, original_name: str, *, path: str = ""
    ) -> None:
        """Add a publication that has not been checked."""
        self._execute(
            "INSERT INTO publication (id, view_key, slug, file, original_name, created, path) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(publication_id, view_key, slug, file, original_name, time.time(), path),
        )

    def publications(self) -> list[PublicationRow]:
        """Return all publications, the newest first."""
        rows = self._rows("SELECT * FROM publication ORDER BY created DESC")
        return [msgspec.convert(row, PublicationRow, strict=False) for row in map(_as_bytes, rows)]

    def publication(self, publication_id: str) -> PublicationRow | None:
        """Return a publication, or None if there is none with this ID."""
        rows = self._rows("SELECT * FROM publication WHERE id = ?", publication_id)
        return msgspec.convert(_as_bytes(rows[0]), PublicationRow, strict=False) if rows else None

    def publication_of_view(self, view_key: str) -> PublicationRow | None:
        """Return the publication with this key of previews, or None."""
        rows = self._rows("SELECT id FROM publication WHERE view_key = ?", view_key)
        return self.publication(rows[0]["id"]) if rows else None

    def store_names(self, publication: PublicationRow) -> None:
        """Store the names of a publication, of its manuscript and of its upload."""
        names = publication.slug, publication.file, publication.original_name
        query = "UPDATE publication SET slug = ?, file = ?, original_name = ? WHERE id = ?"
        self._execute(query, *names, publication.id)

    def store_result(
        self,
        publication_id: str,
        checked: str,
        tree: str,
        findings: bytes,
        *,
        metadata: Metadata | None,
        exported: str,
    ) -> None:
        """Store the result of a check or an export in the fields of `PublicationRow`.

        Args:
            publication_id: The publication.
            checked: Digest of the files.
            tree: Digest of the tree, or "".
            findings: The findings, as JSON.
            metadata: Its metadata; None keeps what is known.
            exported: The state that was exported; "" keeps the last one.
        """
        shown = (metadata.title, metadata.language, metadata.kind or "") if metadata else (None, None, None)
        self._execute(
            "UPDATE publication SET checked = ?, tree = ?, findings = ?, title = coalesce(?, title), "
            "language = coalesce(?, language), kind = coalesce(?, kind), exported = coalesce(?, exported) WHERE id = ?",
            *(checked, tree, findings, *shown, exported or None, publication_id),
        )

    def delete_publication(self, publication_id: str) -> None:
        """Delete a publication and its jobs, and remove their text from the files of the database."""
        self._execute("DELETE FROM publication WHERE id = ?", publication_id)
        with self._connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def add_job(
        self, publication: str, task: Task, editions: tuple[str, ...] = (), options: Mapping[str, str] | None = None
    ) -> int:
        """Add a waiting job; return its number."""
        return self._execute(
            "INSERT INTO job (publication, task, editions, state, created, options) VALUES (?, ?, ?, ?, ?, ?)",
            *(publication, task.value, ",".join(editions), JobState.WAITING.value, time.time()),
            msgspec.json.encode(options or {}).decode(),
        )

    def job(self, number: int) -> JobRow | None:
        """Return a job, or None if there is none with this number."""
        rows = self._rows("SELECT * FROM job WHERE id = ?", number)
        return msgspec.convert(rows[0], JobRow, strict=False) if rows else None

    def last_job(self, publication: str, task: Task) -> JobRow | None:
        """Return the last job of a publication for a task, or None if there is none."""
        query = "SELECT * FROM job WHERE publication = ? AND task = ? ORDER BY id DESC LIMIT 1"
        rows = self._rows(query, publication, task.value)
        return msgspec.convert(rows[0], JobRow, strict=False) if rows else None

    def active_jobs(self) -> list[JobRow]:
        """Return the jobs that have not ended, in their order."""
        rows = self._rows("SELECT * FROM job WHERE state IN ('waiting', 'running') ORDER BY id")
        return [msgspec.convert(row, JobRow, strict=False) for row in rows]

    def start_job(self, number: int) -> None:
        """Mark a job as running, from its beginning."""
        self._execute("UPDATE job SET state = ?, share = 0 WHERE id = ?", JobState.RUNNING, number)

    def set_job_state(self, number: int, state: JobState, message: str = "") -> None:
        """Change the state of a job, with the reason if it failed."""
        self._execute("UPDATE job SET state = ?, message = ? WHERE id = ?", state, message, number)

    def store_progress(self, number: int, share: float, left: float | None) -> None:
        """Store how far a job is and the seconds that remain."""
        self._execute("UPDATE job SET share = ?, left = ? WHERE id = ?", share, left, number)

    def set_origin(self, origin: str) -> None:
        """Store the address at which this computer opens the studio."""
        self._execute("UPDATE entry SET origin = ?", origin)

    def origin(self) -> str:
        """Return this address, or "" while the studio starts."""
        return str(self._rows("SELECT origin FROM entry")[0]["origin"])

    def set_token(self, digest: str) -> None:
        """Store the digest of the token that opens a session; an earlier one is no longer valid."""
        self._execute("UPDATE entry SET token = ?", digest)

    def take_token(self, digest: str) -> bool:
        """Return whether a token is the stored one, which is no longer valid then."""
        return bool(self._rows("UPDATE entry SET token = '' WHERE token = ? RETURNING id", digest))

    def add_session(self, digest: str) -> None:
        """Add a session by the digest of its secret."""
        self._execute("INSERT OR IGNORE INTO session (digest) VALUES (?)", digest)

    def set_password(self, digest: str) -> None:
        """Store the digest of the password, and end all sessions."""
        self._execute("INSERT OR REPLACE INTO password (id, digest) VALUES (1, ?)", digest)
        self._execute("DELETE FROM session")

    def password(self) -> str:
        """Return the digest of the password, or "" if none is set."""
        rows = self._rows("SELECT digest FROM password")
        return str(rows[0]["digest"]) if rows else ""

    def has_session(self, digest: str) -> bool:
        """Return whether there is a session."""
        return bool(self._rows("SELECT 1 FROM session WHERE digest = ?", digest))


def _as_bytes(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its findings as bytes, whichever type SQLite has given them."""
    findings = row["findings"]
    return {**row, "findings": findings.encode() if isinstance(findings, str) else findings}
