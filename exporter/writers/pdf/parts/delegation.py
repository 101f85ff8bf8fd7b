"""Chapters that other processes lay out while the document is laid out from its beginning."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from exporter.writers.pdf.parts.chapter_processes import ChapterProcesses

if TYPE_CHECKING:
    from exporter.writers.pdf.parts.layout_session import Session


class Delegation:
    """The chapters of one layout that other processes lay out, from the last one on.

    Args:
        session: The parts of the document.
        processes: How many processes there may be besides this one.
        chapters: Numbers of the items that a chapter begins with which begins a page, whatever is before it.
    """

    def __init__(self, session: Session, processes: int, chapters: list[int]) -> None:
        self._session = session
        self._processes = ChapterProcesses(processes)
        self._chapters = chapters
        self.first_page = 0
        """Index of the page with which the first of them begins; 0 before it is known."""

    def offer(self, index: int, beginning: int | None, work: Callable[[int], None]) -> None:
        """Let other processes lay out chapters that are not in the cache, if they are free.

        Args:
            index: Index of the page that is laid out next.
            beginning: Number of the item that it begins with, if a part may begin there.
            work: Lays out the chapter that begins with an item of a number, in the process of its own that calls it.
        """
        if beginning in self._chapters:
            self.first_page = self.first_page or index
            self._chapters = self._chapters[self._chapters.index(beginning) + 1 :]
        while self.first_page and self._chapters and self._processes.are_free():
            chapter = self._chapters.pop()
            if not self._session.is_kept(self.first_page, chapter):
                self._processes.start(chapter, partial(work, chapter))

    def wait(self, chapter: int) -> None:
        """Wait until a chapter is laid out, if another process does so."""
        self._processes.wait(chapter)

    def end(self) -> None:
        """End the processes."""
        self._processes.close()
